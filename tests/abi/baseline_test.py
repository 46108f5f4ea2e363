"""What tests/abi/baseline.py lets pass and what not: baseline_test.py CC ABIDW ABIDIFF INCLUDE."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("baseline.py")
TOOLS, INCLUDE = sys.argv[1:4], sys.argv[4]


class Baseline(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.baseline = pathlib.Path(cls.folder.name, "baseline")
        cls.run_check(INCLUDE, "--write", check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_check(cls, headers, *more, check=False):
        return subprocess.run([sys.executable, CHECK, *TOOLS, cls.baseline, headers, *more], check=check,
                              capture_output=True, text=True)

    def passes(self, header, old, new):
        """Whether the interface passes with one text of a header put in the place of another."""
        with tempfile.TemporaryDirectory() as folder:
            headers = pathlib.Path(folder, "include")
            shutil.copytree(INCLUDE, headers)
            file = headers / "jiceng" / header
            text = file.read_text(encoding="utf-8")
            self.assertEqual(text.count(old), 1, f"{old!r} in {header}")
            file.write_text(text.replace(old, new), encoding="utf-8")
            return self.run_check(headers).returncode == 0

    def test_what_is_there_now(self):
        self.assertTrue(self.passes("base.h", "JICENG_OK = 0", "JICENG_OK = 0"))

    def test_additions(self):
        self.assertTrue(self.passes("base.h", "JICENG_API const char* jiceng_version(void);",
                                    "JICENG_API const char* jiceng_version(void);\nJICENG_API int jiceng_more(void);"))
        self.assertTrue(self.passes("base.h", "JICENG_DATA_LOSS = 15", "JICENG_DATA_LOSS = 15,\n  JICENG_MORE = 16"))
        self.assertTrue(self.passes("store.h", "} jiceng_open_options;", "  int64_t more;\n} jiceng_open_options;"))

    def test_what_goes(self):
        self.assertFalse(self.passes("base.h", "JICENG_API const char* jiceng_version(void);", ""))
        self.assertFalse(self.passes("base.h", "  JICENG_CANCELLED = 1,\n", ""))

    def test_what_changes(self):
        self.assertFalse(self.passes("base.h", "JICENG_CANCELLED = 1,", "JICENG_CANCELLED = 21,"))
        self.assertFalse(self.passes("base.h", "JICENG_API const char* jiceng_version(void);",
                                     "JICENG_API const char* jiceng_version(int32_t lang);"))
        self.assertFalse(self.passes("store.h", "  int64_t busy_timeout_ms;", "  int32_t busy_timeout_ms;"))
        self.assertFalse(self.passes("base.h", "typedef int32_t jiceng_status;", "typedef int64_t jiceng_status;"))
        self.assertFalse(self.passes("snapshot.h", "  int64_t number;", "  int64_t more, number;"), "no options")


sys.argv = sys.argv[:1]
unittest.main()
