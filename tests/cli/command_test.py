"""Drives the command, linked with the stand-in library, as a script would: exit codes, formats, help, what goes where."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

COMMAND = sys.argv.pop(1)
COMMANDS = ("init import audit explain whatif count rollup list under show tree search rules code calendar upcoming log verify revert erase "
            "backup report export synth optimize apply procedure matter help").split()
DATE = ("--date", "2026-06-30")


def run(*args, **kwargs):
    return subprocess.run([COMMAND, *args], capture_output=True, text=True, timeout=60, **kwargs)


class Help(unittest.TestCase):
    def test_every_command_teaches(self):
        for name in COMMANDS:
            for args in ((name, "--help"), ("help", name), (name, "-h")):
                done = run(*args)
                self.assertEqual((done.returncode, done.stderr), (0, ""), args)
                for part in ("用法", "选项", "例", "退出码", "$ jiceng " + name):
                    self.assertIn(part, done.stdout, args)
            english = run(name, "--help", "--lang", "en").stdout
            for part in ("Usage", "Options", "Example", "Exit codes"):
                self.assertIn(part, english, name)

    def test_overview_lists_every_command(self):
        overview = run("help").stdout
        for name in COMMANDS:
            self.assertIn(f"\n  {name} ", overview)
        self.assertEqual(run("--help").stdout, overview)

    def test_nothing_at_all_is_a_usage_error_with_the_overview(self):
        done = run()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("audit", done.stderr)

    def test_version(self):
        self.assertEqual(run("--version").stdout, "jiceng 0.1.0\n")


class Usage(unittest.TestCase):
    def assert_usage_error(self, args, told):
        done = run(*args)
        self.assertEqual((done.returncode, done.stdout), (2, ""), args)
        self.assertTrue(done.stderr.startswith("jiceng: "), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(told, done.stderr)

    def test_each_mistake_is_told_in_one_line(self):
        for args, told in [
            (("audti", "s"), "audit"),
            (("audit", "s", "--dat", "2026-06-30"), "--date"),
            (("audit", "s"), "--date 2026-06-30"),
            (("audit", "s", "--date", "2026-02-30"), "2026-02-30"),
            (("audit", "s", "--date", "2026-06-30", "--set", "x"), "report.deadline_days=30"),
            (("count", "s", *DATE), "NODE"),
            (("count", "s", "unit:nowhere", *DATE), "search"),
            (("audit", "s", *DATE, "--rule", "x"), "jiceng rules"),
            (("list", "s", "officers", "--under", "u", *DATE), "--role secretary"),
            (("list", "s", "unreported", "--under", "u", *DATE, "--role", "x"), "officers"),
            (("list", "s", "unreported", *DATE), "--under"),
            (("rollup", "s", "--indicator", "x", *DATE), "report.rate"),
            (("under", "s", "a", "b", *DATE, "--via", "x"), "没有这种关系"),
            (("calendar", "due", "--from", "2026-09-30"), "--working-days"),
            (("calendar", "count", "--from", "2026-09-30"), "--to"),
            (("import", "s", "p", "--mode", "snapshot"), "--scope"),
            (("import", "s", "p", "--scope", "u"), "--mode snapshot"),
            (("import", "s", "p", "--rejects", "/nowhere/at/all.csv"), "--rejects"),
            (("revert", "s", "x"), "jiceng log"),
            (("revert", "s", "9"), "jiceng log"),
            (("erase", "s", "person:1"), "--yes"),
            (("erase", "s", "person:nobody", "--yes"), "search"),
            (("search", "s", "x", *DATE, "--recorded", "9"), "jiceng log"),
            (("search", "s", "x", *DATE, "--recorded", "2001-01-01"), "jiceng log"),
            (("upcoming", "s", *DATE, "--until", "2026-01-01"), "2026-01-01"),
            (("tree", "empty"), "--date 2026-06-30"),
            (("apply", "s", "changes.txt"), ".json"),
            (("report", "s", *DATE, "--out", "/nowhere/at/all.html"), "/nowhere/at"),
            (("help", "audti"), "audit"),
        ]:
            self.assert_usage_error(args, told)

    def test_errors_in_english(self):
        self.assertIn("today is never assumed", run("audit", "s", "--lang", "en").stderr)
        self.assertIn("jiceng search STORE NAME", run("count", "s", "unit:nowhere", *DATE, "--lang=en").stderr)


class ExitCodes(unittest.TestCase):
    def test_store_trouble_is_4(self):
        for store in ("missing", "locked", "newer", "damaged"):
            for args in (("log", store), ("count", store, "unit:1", *DATE), ("import", store, "good")):
                done = run(*args)
                self.assertEqual((done.returncode, done.stdout), (4, ""), args)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertEqual(run("verify", "unsound").returncode, 4)
        self.assertEqual(run("backup", "s", "there").returncode, 4)

    def test_refused_is_1(self):
        self.assertEqual(run("import", "s", "good", "--expected-seq", "3").returncode, 1)
        self.assertEqual(run("revert", "s", "3").returncode, 1)
        done = run("import", "s", "closing", "--mode", "snapshot", "--scope", "u", *DATE, "--max-closures", "1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("person:2", done.stdout)

    def test_rejected_input_is_3(self):
        self.assertEqual(run("import", "s", "nothing").returncode, 3)
        self.assertEqual(run("calendar", "due", "--from", "2027-01-01", "--working-days", "3").returncode, 3)
        done = run("import", "s", "bad")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(sum("BAD_DATE" in line for line in done.stderr.splitlines()), 20)
        self.assertIn("还有 5 处", done.stderr)

    def test_unwritable_output_is_not_silent(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([COMMAND, "rules"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
        self.assertEqual(done.returncode, 4)


class Json(unittest.TestCase):
    def ask(self, *args):
        done = run("--format", "json", *args)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count("\n"), 1)
        return json.loads(done.stdout, object_pairs_hook=lambda pairs: dict(pairs))

    def test_audit(self):
        answer = self.ask("audit", "s", *DATE)
        self.assertEqual(list(answer), ["date", "counts", "findings"])
        self.assertEqual(answer["counts"], {"branch.max-members": 2, "grid.head-vacant": 0})
        self.assertEqual(len(answer["findings"]), 3)
        self.assertEqual(list(answer["findings"][0]),
                         ["rule", "subject", "status", "waived", "level", "message", "citation", "facts"])
        self.assertEqual([f["waived"] for f in answer["findings"]], [False, False, True])
        self.assertEqual(answer["findings"][0]["facts"], ["members=57", "threshold=50"])
        self.assertEqual(self.ask("audit", "s", *DATE, "--under", "unit:fine")["findings"], [])

    def test_count_nests_dotted_measures_and_names_the_node_by_its_id(self):
        answer = self.ask("count", "s", "unit:320102000000", *DATE)
        self.assertEqual(answer, {"node": "unit:320102", "date": "2026-06-30",
                                  "members": {"full": 6312, "probationary": 118}, "units": 9})
        self.assertEqual(list(answer), ["node", "date", "members", "units"])

    def test_rollup(self):
        self.assertEqual(self.ask("rollup", "s", "--indicator", "report.rate", *DATE)[1],
                         {"node": "unit:320102002", "numerator": 2, "denominator": 3})
        self.assertIsNone(self.ask("rollup", "s", "--indicator", "members.full", *DATE)[0]["denominator"])

    def test_rollup_along_the_party_line(self):
        self.assertEqual(self.ask("rollup", "s", "--indicator", "report.rate", *DATE, "--along", "party_line"),
                         [{"node": "org:1", "name": "某支部", "kind": "party_branch", "numerator": 2, "denominator": 3}])

    def test_lists(self):
        self.assertEqual(self.ask("list", "s", "unreported", "--under", "u", *DATE), [{"node": "person:1"}, {"node": "person:2"}])
        self.assertEqual(self.ask("list", "s", "cross-appointments", "--under", "u", *DATE),
                         [{"node": "person:1", "community": "unit:320102002001", "kinds": ["party_branch", "residents_committee"]}])
        self.assertEqual(self.ask("list", "s", "officers", "--role", "secretary", "--under", "u", *DATE)[1],
                         {"node": "person:2", "body": "org:2", "role": "secretary", "from": None})
        of_branches = self.ask("list", "s", "officers", "--role", "secretary", "--where", "party_branch", "--under", "u", *DATE)
        self.assertEqual(of_branches[1]["role"], "deputy_secretary")  # the stand-in's word for having been told
        self.assertEqual(len(self.ask("list", "s", "unreported", "--under", "u", *DATE, "--limit", "1")), 1)

    def test_under(self):
        self.assertEqual(self.ask("under", "s", "org:1", "unit:1", *DATE),
                         {"under": True, "path": ["org:1", "unit:320102002", "unit:1"]})
        self.assertEqual(self.ask("under", "s", "org:1", "unit:elsewhere", *DATE), {"under": False, "path": []})

    def test_import(self):
        answer = self.ask("import", "s", "good")
        self.assertEqual(list(answer), ["seq", "rows", "rejected", "warnings"])
        self.assertEqual(answer, {"seq": 8, "rows": {"units.csv": 12, "orgs.csv": 345}, "rejected": 0, "warnings": {"DUPLICATE_ROW": 2}})
        self.assertEqual(self.ask("import", "s", "good", "--dry-run")["seq"], 7)

    def test_rejected_import_still_answers(self):
        done = run("import", "s", "bad", "--format", "json")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(json.loads(done.stdout)["rejected"], 25)

    def test_rules(self):
        answer = self.ask("rules")
        self.assertEqual(answer[0], {"id": "branch.max-members", "level": "must", "title": "党支部一般不超过 50 人",
                                     "citations": ["Art. 5", "Art. 4"], "parameters": ["branch.max_members"], "evaluable": True})
        self.assertEqual(answer[1]["citations"], [])
        self.assertIs(answer[1]["evaluable"], False)

    def test_code(self):
        answer = self.ask("code", "320102", "--", "-1")
        self.assertEqual(answer[0], {"code": "320102", "kind": "division", "valid": True, "reason": None,
                                     "parts": {"level": "district", "city": "3201"}})
        self.assertEqual((answer[1]["code"], answer[1]["valid"], answer[1]["reason"]), ("-1", False, "BAD_LENGTH"))

    def test_calendar(self):
        self.assertEqual(self.ask("calendar", "due", "--from", "2026-09-30", "--working-days", "5"), {"due": "2026-10-13"})
        self.assertEqual(self.ask("calendar", "count", "--from", "2026-10-01", "--to", "2026-11-01"), {"working_days": 17})

    def test_procedures_and_matters(self):
        self.assertEqual(self.ask("procedure", "list")[0]["id"], "deliberation")
        self.assertEqual(self.ask("procedure", "show", "deliberation")[0]["step"], "admit")
        at = ("--at", "2026-03-01 09:00")
        self.assertEqual(self.ask("matter", "open", "s", "deliberation", "D-1", "community=unit:1", "topic=x", *at), {"seq": 7})
        self.assertEqual(self.ask("matter", "step", "s", "D-1", "admit", "a=b", *at), {"seq": 7})
        self.assertEqual(self.ask("matter", "list", "s", *at)[0]["opened"], "2026-03-01 09:00")
        self.assertEqual(self.ask("matter", "late", "s", *at), [])
        # Nobody has reported in there.
        self.assertEqual(self.ask("list", "s", "register", "--under", "u", *DATE), [])
        for what, out in (("register", "x.html"), ("feedback", "x.xlsx"), ("register", "x.doc")):
            self.assertEqual(run("form", "s", what, "--under", "u", *DATE, "--out", out).returncode, 2)
        shown = self.ask("matter", "show", "s", "D-1", *at)
        self.assertEqual(list(shown), ["matter", "steps", "clocks"])
        self.assertIsNone(shown["clocks"][0]["due"])
        # People are shown what a choice is called, programs its word beside it.
        self.assertEqual([row["value"] for row in shown["matter"]], ["2026-03-01 00:00", "not_prepared"])
        told = run("matter", "show", "s", "D-1", *at).stdout
        self.assertIn("准备不充分", told)
        self.assertNotIn("not_prepared", told)
        done = run("matter", "step", "s", "D-1", "refused", *at, "--format", "json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout), {"outcome": "refused", "step": [{"change": 0, "code": "GUARD", "place": "quorum", "message": "到会不足"}]})
        self.assertIn("什么都没有写入", done.stderr)

    def test_the_others_are_objects_by_column(self):
        self.assertEqual(self.ask("verify", "s"), [])
        self.assertEqual(self.ask("export", "s", "out"), [{"file": "units.csv", "rows": 12}])
        self.assertEqual(self.ask("log", "s", "--limit", "1")[0]["hash"], "5f0c9a1d77e2aabbccdd")
        self.assertEqual(self.ask("upcoming", "s", *DATE, "--until", "2026-12-31")[0]["due"], "2026-07-12")
        self.assertEqual(self.ask("revert", "s", "7")["seq"], 8)
        self.assertEqual(self.ask("erase", "s", "person:1", "person:2", "--yes"), {"seq": 8, "erased": 2})


class Csv(unittest.TestCase):
    def test_every_answer_that_is_a_table(self):
        for args in (("audit", "s", *DATE), ("audit", "s", *DATE, "--under", "unit:fine"), ("count", "s", "unit:1", *DATE), ("rules",),
                     ("list", "s", "unreported", "--under", "u", *DATE), ("under", "s", "a", "b", *DATE), ("log", "s"), ("tree", "s", *DATE),
                     ("calendar", "due", "--from", "2026-09-30", "--working-days", "5"), ("import", "s", "good"), ("code", "1")):
            done = run(*args, "--format", "csv")
            self.assertEqual(done.returncode, 0, done.stderr)
            rows = list(csv.reader(io.StringIO(done.stdout), strict=True))
            self.assertTrue(rows[0][0].isascii(), args)
            self.assertTrue(all(len(row) == len(rows[0]) for row in rows), args)


class Tables(unittest.TestCase):
    def test_audit_begins_with_a_summary_and_ends_with_how_to_see_more(self):
        lines = run("audit", "s", *DATE, "--limit", "2").stdout.splitlines()
        self.assertIn("2 条不符合", lines[0])
        self.assertIn("党支部一般不超过 50 人", lines[4])
        self.assertIn("--limit 0", lines[-1])

    def test_nothing_is_coloured_or_cut_away_from_a_terminal(self):
        for args in (("rules",), ("audit", "s", *DATE), ("tree", "s", *DATE)):
            done = run(*args, env={**os.environ, "TERM": "xterm"})
            self.assertNotIn("\x1b", done.stdout + done.stderr)
            self.assertNotIn("…", done.stdout)

    def test_tree_is_drawn(self):
        lines = run("tree", "s", *DATE).stdout.splitlines()[2:7]
        self.assertEqual([line.split("  ")[0].rstrip() for line in lines[:2]], ["区", "├─ 甲街道"])
        self.assertTrue(lines[2].startswith("│  ├─ 甲一社区"))
        self.assertTrue(lines[3].startswith("│  └─ 甲支部"))
        self.assertTrue(lines[4].startswith("└─ 乙街道"))

    def test_a_date_taken_from_the_store_is_said(self):
        done = run("tree", "s")
        self.assertEqual(done.returncode, 0)
        self.assertIn("2026-06-30", done.stderr)

    def test_rates_are_shown_with_both_parts(self):
        done = run("rollup", "s", "--indicator", "report.rate", *DATE)
        self.assertIn("79.8%", done.stdout)
        self.assertIn("66.7%", done.stdout)
        self.assertIn("2371", done.stdout)


class Rejects(unittest.TestCase):
    def test_bad_rows_go_to_the_file_and_the_exit_code_is_0(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "rejects.csv")
            done = run("import", "s", "bad", "--rejects", path, "--format", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["rejected"], 25)
            with open(path, newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
        self.assertEqual(rows[0], ["file", "row", "column", "cell", "code", "message"])
        self.assertEqual(len(rows), 26)
        self.assertEqual(rows[1], ["people.csv", "2", "joined_on", "2026-02-30", "BAD_DATE", "日期不存在，\"二月\"没有 30 日"])


class Snapshots(unittest.TestCase):
    def test_the_plan_is_printed_first(self):
        done = run("import", "s", "closing", "--mode", "snapshot", "--scope", "u", *DATE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertLess(done.stdout.index("person:2"), done.stdout.index("units.csv"))

    def test_json_stays_json(self):
        done = run("import", "s", "closing", "--mode", "snapshot", "--scope", "u", *DATE, "--format", "json")
        self.assertEqual(json.loads(done.stdout)["seq"], 8)
        self.assertIn("person:2", done.stderr)


class Apply(unittest.TestCase):
    def test_whatif_says_what_would_change(self):
        with tempfile.TemporaryDirectory() as folder:
            changes = os.path.join(folder, "c.json")
            with open(changes, "w", encoding="utf-8") as file:
                file.write('[{"rename":{"node":"unit:1","name":"新","on":{"year":2026,"month":7,"day":1}}}]')
            done = run("whatif", "s", changes, *DATE, "--format=json")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            answer = json.loads(done.stdout)
            self.assertEqual(answer["date"], "2026-06-30")
            self.assertEqual([f["subject"] for f in answer["appeared"]], ["org:1"])
            self.assertEqual([f["subject"] for f in answer["gone"]], ["org:1", "org:2"])
            self.assertEqual(answer["seats"], [
                {"what": "vacant", "body": "org:1", "body_name": "某支部", "role": "secretary", "person": None,
                 "person_name": None, "manner": None, "before": 1, "after": 0}])
            self.assertEqual(answer["indicators"], [
                {"indicator": "members.full", "node": "unit:320102002", "numerator_before": 2,
                 "denominator_before": None, "numerator_after": 3, "denominator_after": None},
                {"indicator": "report.rate", "node": "unit:320102002", "numerator_before": 2,
                 "denominator_before": 3, "numerator_after": 3, "denominator_after": 3}])
            said = run("whatif", "s", changes, *DATE).stdout
            self.assertIn("1 条", said)
            self.assertIn("org:2", said)
        self.assertEqual(run("whatif", "s", "nothing", *DATE).returncode, 3)
        self.assertEqual(run("whatif", "s", "/nowhere/c.json", *DATE).returncode, 3)
        self.assertEqual(run("whatif", "s", "x").returncode, 2)
        self.assertEqual(run("whatif", "s", "x", *DATE, "--format=csv").returncode, 2)

    def apply(self, name, content, *args):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
            return run("apply", "s", path, *args)

    def test_json(self):
        done = self.apply("c.json", '[{"rename":{"node":"unit:1","name":"新","on":{"year":2026,"month":7,"day":1}}}]', "--format=json")
        self.assertEqual((done.returncode, done.stdout), (0, '{"seq":8,"changes":1}\n'), done.stderr)

    def test_what_is_no_change_set_is_3(self):
        for content in ("{", '[{"renmae":{}}]', "[]"):
            self.assertEqual(self.apply("c.json", content).returncode, 3, content)
        self.assertEqual(run("apply", "s", "/nowhere/c.json").returncode, 3)


if __name__ == "__main__":
    unittest.main()
