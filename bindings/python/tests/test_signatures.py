"""The types of the functions in _library.py are those of the headers."""

import ctypes
import pathlib
import re
import unittest

from jiceng import _library

HEADERS = pathlib.Path(__file__).resolve().parents[3] / "include" / "jiceng"

SCALARS = {
    "int32_t": ctypes.c_int32,
    "int64_t": ctypes.c_int64,
    "uint32_t": ctypes.c_uint32,
    "uint64_t": ctypes.c_uint64,
    "size_t": ctypes.c_size_t,
    "jiceng_status": ctypes.c_int32,
    "jiceng_progress_fn": _library.Progress,
    "jiceng_notice_fn": _library.Notice,
}
STRUCTS = {
    "jiceng_open_options": _library.OpenOptions,
    "jiceng_writer_options": _library.WriterOptions,
    "jiceng_import_options": _library.ImportOptions,
    "jiceng_audit_options": _library.AuditOptions,
    "jiceng_tie": _library.TieStruct,
}


def source():
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(HEADERS.glob("*.h")))
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def expected(declared):
    """The ctypes types that fit a C type."""
    declared = re.sub(r"\bconst\b", "", declared)
    stars = declared.count("*")
    name = declared.replace("*", "").strip()
    if stars == 0:
        return [None] if name == "void" else [SCALARS[name]]
    if stars == 1:
        if name in STRUCTS:
            return [ctypes.POINTER(STRUCTS[name])]
        if name in ("char", "void"):
            return [ctypes.c_char_p, ctypes.c_void_p]
        if name in SCALARS:
            return [ctypes.POINTER(SCALARS[name])]
        return [ctypes.c_void_p]  # a handle
    if name == "char":
        return [ctypes.POINTER(ctypes.c_char_p)]
    return [ctypes.POINTER(ctypes.c_void_p)]


class Signatures(unittest.TestCase):
    def test_every_function_is_declared_as_the_header_has_it(self):
        found = {}
        for result, name, parameters in re.findall(r"JICENG_API\s+([^;()]*?)\b(jiceng_\w+)\s*\(([^;]*)\)\s*;", source()):
            # "const char* name" -> "const char*"
            types = [] if parameters.strip() in ("void", "") else [
                re.sub(r"\b\w+$", "", one.strip()) for one in parameters.split(",")
            ]
            found[name] = (result, types)
        self.assertEqual(found.keys(), _library.FUNCTIONS.keys())
        for name, (result, types) in found.items():
            have_result, have = _library.FUNCTIONS[name]
            with self.subTest(name):
                self.assertIn(have_result, expected(result))
                self.assertEqual(len(have), len(types), types)
                for i, (mine, declared) in enumerate(zip(have, types)):
                    self.assertIn(mine, expected(declared), f"argument {i}: {declared}")

    def test_every_struct_has_the_headers_fields(self):
        text = source()
        for name, mine in STRUCTS.items():
            body = re.search(r"typedef struct %s \{(.*?)\} %s;" % (name, name), text, flags=re.S)[1]
            fields = [one.strip() for one in body.split(";") if one.strip()]
            with self.subTest(name):
                self.assertEqual([re.search(r"(\w+)$", one)[1] for one in fields], [f for f, _ in mine._fields_])
                for declared, (field, kind) in zip(fields, mine._fields_):
                    self.assertIn(kind, expected(re.sub(r"\w+$", "", declared)), field)


if __name__ == "__main__":
    unittest.main()
