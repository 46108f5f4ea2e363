"""Drives the real command over a synthetic district, end to end, and checks its answers against counts made here from the ledgers themselves."""

import collections
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

COMMAND = sys.argv.pop(1)
DAY = "2026-06-30"
AT = ("--date", DAY)


def run(*args):
    return subprocess.run([COMMAND, *args], capture_output=True, text=True, timeout=300)


class Ledgers:
    """The synthetic ledgers as rows, with the contract's words: open means from <= D < to."""

    def __init__(self, folder):
        self.rows = {}
        for name in os.listdir(folder):
            if name.endswith(".csv"):
                with open(os.path.join(folder, name), newline="", encoding="utf-8-sig") as file:
                    self.rows[name[:-4]] = list(csv.DictReader(file))
        self.parent = {u["code"]: u["parent_code"] for u in self.rows["units"]}
        self.level = {u["code"]: u["level"] for u in self.rows["units"]}
        self.org = {o["org_id"]: o for o in self.rows["orgs"]}
        # A later row of one person overrides an earlier one from its day on; the synthetic people have one row each unless dated.
        self.person = {}
        for row in self.rows["people"]:
            if not row.get("status_from") or row["status_from"] <= DAY:
                self.person[row["person_id"]] = row

    @staticmethod
    def open(row, start="from", end="to"):
        return (not row[start] or row[start] <= DAY) and (not row[end] or DAY < row[end])

    def community(self, code):
        while code and self.level[code] != "community":
            code = self.parent[code]
        return code or None

    def at_or_below(self, code, top):
        while code and code != top:
            code = self.parent[code]
        return code == top

    def is_member(self, person, statuses=("full", "probationary")):
        return self.person.get(person, {}).get("party_status") in statuses


class District(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.ledgers_path, cls.store = (os.path.join(cls.folder.name, name) for name in ("ledgers", "district.jiceng"))
        for args in (("synth", cls.ledgers_path, "--division", "320102", "--members", "2000", "--seed", "11"), ("init", cls.store)):
            done = run(*args)
            assert done.returncode == 0, done.stderr
        done = run("import", cls.store, cls.ledgers_path, "--format", "json", "--author", "李静", "--recorded-at", "2026-06-30T08:00:00+08:00")
        assert done.returncode == 0, done.stderr
        cls.imported = json.loads(done.stdout)
        cls.ledgers = Ledgers(cls.ledgers_path)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def ask(self, *args, code=0):
        done = run("--format", "json", *args)
        self.assertEqual(done.returncode, code, (args, done.stderr))
        return json.loads(done.stdout)

    def copy_of_store(self, name):
        copy = self.path(name)
        self.assertEqual(run("backup", self.store, copy).returncode, 0)
        return copy

    def finding_subjects(self, rule, *more):
        answer = self.ask("audit", self.store, *AT, "--rule", rule, *more)
        self.assertEqual({f["rule"] for f in answer["findings"]} - {rule}, set())
        self.assertEqual(answer["counts"][rule], sum(f["status"] == "unmet" and not f["waived"] for f in answer["findings"]))
        return [f["subject"] for f in answer["findings"]]

    # --- import

    def test_import_counts_the_rows_of_every_ledger(self):
        self.assertEqual(self.imported["rejected"], 0)
        self.assertEqual(self.imported["rows"], {f"{name}.csv": len(rows) for name, rows in self.ledgers.rows.items()})

    def test_importing_again_changes_nothing(self):
        again = self.ask("import", self.store, self.ledgers_path, "--recorded-at", "2026-07-01")
        self.assertEqual(again["seq"], self.imported["seq"])
        self.assertEqual(again["rows"], self.imported["rows"])

    def test_one_bad_row_rejects_all_and_rejects_keeps_the_others(self):
        store, folder, rejects = self.copy_of_store("bad.jiceng"), self.path("bad"), self.path("rejects.csv")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "people.csv"), "w", encoding="gb18030") as file:
            file.write("person_id,name,party_status,joined_on,in_service\nx1,张三,full,2001-02-30,1\nx2,李四,full,2001-02-28,0\n")
        done = run("import", store, folder, "--recorded-at", "2026-07-01")
        self.assertEqual(done.returncode, 3)
        self.assertIn("people.csv", done.stderr)
        self.assertIn("joined_on", done.stderr)
        kept = self.ask("import", store, folder, "--rejects", rejects, "--recorded-at", "2026-07-01")
        self.assertEqual((kept["rejected"], kept["rows"]), (1, {"people.csv": 1}))
        with open(rejects, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(r["file"], r["row"], r["column"], r["cell"]) for r in rows], [("people.csv", "2", "joined_on", "2001-02-30")])

    def test_a_dry_run_keeps_nothing(self):
        store, file = self.copy_of_store("dry.jiceng"), self.path("units.csv")
        with open(file, "w", encoding="utf-8") as out:
            out.write("code,name,level,parent_code,households,population\n320199,试验区,district,,1,1\n")
        self.assertEqual(self.ask("import", store, file, "--dry-run", "--recorded-at", "2026-07-01")["rows"], {"units.csv": 1})
        self.assertEqual(run("show", store, "unit:320199", *AT).returncode, 2)

    def test_paths_that_are_not_there_are_rejected_input(self):
        self.assertEqual(run("import", self.store, self.path("nowhere")).returncode, 3)

    # --- answers

    def test_members_of_the_district(self):
        statuses = collections.defaultdict(set)
        for tie in self.ledgers.rows["affiliations"]:
            if tie["kind"] == "formal" and self.ledgers.open(tie):
                body = self.ledgers.org[tie["branch_id"]]
                if "branch" in body["kind"] and body["kind"] != "party_general_branch":
                    statuses[self.ledgers.person[tie["person_id"]]["party_status"]].add(tie["person_id"])
        answer = self.ask("count", self.store, "unit:320102", *AT)
        self.assertEqual(list(answer)[:3], ["node", "date", "members"])
        self.assertEqual((answer["node"], answer["date"]), ("unit:320102", DAY))
        self.assertEqual(answer["members"]["full"], len(statuses["full"]))
        self.assertEqual(answer["members"]["probationary"], len(statuses["probationary"]))

    def residences(self):
        """(person, has reported to the community lived in) for each open residence of an in-service member."""
        reported = {(r["subject_id"].split(":")[-1], r["community_code"]) for r in self.ledgers.rows["reports"]
                    if self.ledgers.open(r, "reported_on", "ended_on")}
        for tie in self.ledgers.rows["residences"]:
            person = tie["person_id"]
            if self.ledgers.open(tie) and self.ledgers.is_member(person) and self.ledgers.person[person]["in_service"] == "1":
                # Who lives where no community is can have reported to none.
                yield person, (person, self.ledgers.community(tie["unit_code"])) in reported

    def test_who_has_not_reported(self):
        answer = self.ask("list", self.store, "unreported", "--under", "unit:320102", *AT)
        self.assertEqual(sorted(row["node"] for row in answer), sorted({"person:" + person for person, reported in self.residences() if not reported}))
        self.assertTrue(all(list(row) == ["node"] for row in answer))

    def test_report_rate_adds_up(self):
        rows = {row["node"]: row for row in self.ask("rollup", self.store, "--indicator", "report.rate", *AT)}
        top = rows["unit:320102"]
        self.assertEqual(top["denominator"], len({person for person, _ in self.residences()}))
        self.assertEqual(top["numerator"], len({person for person, reported in self.residences() if reported}))
        streets = self.ask("rollup", self.store, "--indicator", "report.rate", "--level", "street", *AT)
        self.assertEqual({self.ledgers.level[row["node"].split(":")[1]] for row in streets}, {"street"})

    def test_officers(self):
        expected = sorted(("person:" + row["person_id"], ("org:" + row["org_id"]) if row["org_id"] else "unit:" + row["unit_code"], row["from"] or None)
                          for row in self.ledgers.rows["appointments"] if row["post"] == "secretary" and self.ledgers.open(row))
        answer = self.ask("list", self.store, "officers", "--role", "secretary", "--under", "unit:320102", *AT)
        self.assertEqual(sorted(set((row["node"], row["body"], row["from"]) for row in answer), key=str), sorted(set(expected), key=str))
        self.assertEqual(list(answer[0]), ["node", "body", "role", "from"])

    def test_paths(self):
        grid = next(code for code, level in self.ledgers.level.items() if level == "grid" and self.ledgers.at_or_below(code, "320102"))
        path = []
        code = grid
        while code:
            path.append("unit:" + code)
            code = self.ledgers.parent[code]
        self.assertEqual(self.ask("under", self.store, "unit:" + grid, "unit:320102", *AT), {"under": True, "path": path})
        self.assertEqual(self.ask("under", self.store, "unit:320102", "unit:" + grid, *AT), {"under": False, "path": []})

    # --- audit

    def test_vacant_grids(self):
        headed = {row["unit_code"] for row in self.ledgers.rows["appointments"] if row["post"] == "grid_head" and self.ledgers.open(row)}
        grids = {unit["code"] for unit in self.ledgers.rows["units"]
                 if unit["level"] == "grid" and self.ledgers.open(dict({"from": "", "to": ""}, **unit))}
        self.assertEqual(self.finding_subjects("grid.head-vacant"), sorted("unit:" + code for code in grids - headed))

    def test_branch_sizes(self):
        members, full = collections.defaultdict(set), collections.defaultdict(set)
        for tie in self.ledgers.rows["affiliations"]:
            if tie["kind"] == "formal" and self.ledgers.open(tie):
                if self.ledgers.is_member(tie["person_id"]):
                    members[tie["branch_id"]].add(tie["person_id"])
                if self.ledgers.is_member(tie["person_id"], ("full",)):
                    full[tie["branch_id"]].add(tie["person_id"])
        live = [o["org_id"] for o in self.ledgers.rows["orgs"] if o["kind"] == "party_branch" and self.ledgers.open(o, "founded", "dissolved")]
        self.assertEqual(self.finding_subjects("branch.max-members"), sorted("org:" + b for b in live if len(members[b]) > 50))
        self.assertEqual(self.finding_subjects("branch.min-members"), sorted("org:" + b for b in live if len(full[b]) < 3))

    def test_a_parameter_without_a_value_is_one_unknown_and_set_gives_it(self):
        rule = ("--rule", "report.member-unreported")
        unknown = self.ask("audit", self.store, *AT, *rule)["findings"]
        self.assertEqual([(f["subject"], f["status"]) for f in unknown], [("store:", "unknown")])
        under = self.ask("audit", self.store, *AT, *rule, "--under", "unit:320102")["findings"]
        self.assertEqual([(f["subject"], f["status"]) for f in under], [("unit:320102", "unknown")])
        known = self.ask("audit", self.store, *AT, *rule, "--set", "report.deadline_days=0")
        self.assertGreater(known["counts"]["report.member-unreported"], 0)
        self.assertEqual({f["status"] for f in known["findings"]}, {"unmet"})

    def test_findings_come_in_order(self):
        findings = self.ask("audit", self.store, *AT, "--set", "report.deadline_days=30")["findings"]
        keys = [(f["subject"].encode(), f["rule"].encode()) for f in findings]
        self.assertEqual(keys, sorted(keys))
        self.assertEqual(list(findings[0]), ["rule", "subject", "status", "waived", "level", "message", "citation", "facts"])

    # --- keeping

    def test_export_imports_to_the_same_answers(self):
        folder, store = self.path("exported"), self.path("again.jiceng")
        self.ask("export", self.store, folder)
        self.assertEqual(run("init", store).returncode, 0)
        self.assertEqual(self.ask("import", store, folder, "--recorded-at", "2026-07-01")["rejected"], 0)
        for args in (("audit", "{}", *AT, "--set", "report.deadline_days=30"), ("count", "{}", "unit:320102", *AT),
                     ("list", "{}", "cross-appointments", "--under", "unit:320102", *AT), ("tree", "{}", "unit:320102", *AT, "--depth", "0"),
                     ("rollup", "{}", "--indicator", "members.full", "--date", "2020-01-01")):
            self.assertEqual(*(self.ask(*(arg.format(path) for arg in args)) for path in (self.store, store)), args)

    def test_apply_revert_and_what_was_believed_before(self):
        store, file = self.copy_of_store("changes.jiceng"), self.path("rename.json")
        name = lambda *more: [row["value"] for row in self.ask("show", store, "unit:320102", "--date", "2026-08-01", *more) if row["key"] == "name"]
        before = name()
        with open(file, "w", encoding="utf-8") as out:
            json.dump({"changes": [{"rename": {"node": "unit:320102", "name": "新玄武区", "on": {"year": 2026, "month": 7, "day": 1}}}]}, out)
        applied = self.ask("apply", store, file, "--recorded-at", "2026-07-02", "--basis", "民函〔2026〕3号")["seq"]
        self.assertEqual(applied, self.imported["seq"] + 1)
        self.assertEqual(name(), ["新玄武区"])
        self.assertEqual(name("--recorded", str(applied - 1)), before)
        self.assertEqual(name("--recorded", "2026-07-01"), before)
        self.assertEqual(run("apply", store, file, "--recorded-at", "2026-07-03", "--expected-seq", "0").returncode, 1)
        reverted = self.ask("revert", store, str(applied), "--recorded-at", "2026-07-03")["seq"]
        self.assertEqual(reverted, applied + 1)
        self.assertEqual(name(), before)
        self.assertEqual([row["seq"] for row in self.ask("log", store)][:2], [reverted, applied])
        self.assertEqual(self.ask("verify", store), [])

    def test_a_pack_from_file_to_refusal_and_a_waiver(self):
        store, pack, binary = self.copy_of_store("policy.jiceng"), self.path("block.textproto"), self.path("block.binpb")
        with open(pack, "w", encoding="utf-8") as out:
            out.write("""
                id: "xuanwu.grids" version: "1" title { zh: "网格" en: "Grids" } issuer { zh: "某区" en: "A district" }
                citations { document: "某办法" article: "Art. 1" confidence: RULE_CONFIDENCE_VERIFIED }
                rules { rule: "grid.head-vacant" enforcement: POLICY_ENFORCEMENT_BLOCK }""")
        self.assertEqual([row["setting"] for row in self.ask("policy", "validate", pack)], ["enforcement"])
        self.ask("policy", "compile", pack, binary)
        at = ("--recorded-at", "2026-07-01")
        seq = self.ask("policy", "attach", store, binary, "--unit", "unit:320102", "--from", "2026-01-01", *at)["seq"]
        self.assertEqual([(row["pack"], row["unit"]) for row in self.ask("policy", "list", store)], [("xuanwu.grids", "unit:320102")])
        officers = self.ask("list", store, "officers", "--role", "grid_head", "--under", "unit:320102", *AT)
        heads = collections.Counter(row["body"] for row in officers)
        head = next(row for row in officers if heads[row["body"]] == 1)
        blocks = lambda node, day: [row["value"] for row in self.ask("policy", "effective", store, node, "--date", day, "--rule", "grid.head-vacant")
                                    if row["setting"] == "enforcement"]
        self.assertEqual((blocks(head["body"], "2026-06-30"), blocks(head["body"], "2025-12-31")), (["block"], ["report"]))

        # A grid loses its only head: refused with the finding, and nothing is kept.
        vacant = {f["subject"] for f in self.ask("audit", store, *AT, "--rule", "grid.head-vacant")["findings"]}
        day = lambda text: dict(zip(("year", "month", "day"), map(int, text.split("-"))))
        change = self.path("close.json")
        with open(change, "w", encoding="utf-8") as out:
            json.dump({"changes": [{"close_tie": {"tie": {"kind": "TIE_KIND_APPOINTMENT", "from_node": head["node"], "to_node": head["body"],
                                                          "role": "grid_head", "from": day(head["from"])}, "to": day("2026-06-30")}}]}, out)
        refused = self.ask("apply", store, change, *at, code=1)
        self.assertEqual(refused["outcome"], "refused")
        self.assertEqual([(f["rule"], f["subject"]) for f in refused["findings"]], [("grid.head-vacant", head["body"])])
        self.assertEqual(self.ask("log", store)[0]["seq"], seq)
        would = lambda *when: [f["subject"] for f in self.ask("whatif", store, change, *AT, *when)["refused"]]
        self.assertEqual(would(*at), [head["body"]])

        # What is waived is listed and not counted, until its day.
        waived = sorted(vacant)[0]
        self.ask("waive", store, "grid.head-vacant", waived, "--to", "2026-09-01", "--reason", "在招聘", "--basis", "某会议纪要", *at)
        for date, expected in (("2026-08-31", True), ("2026-09-01", False)):
            answer = self.ask("audit", store, "--date", date, "--rule", "grid.head-vacant")
            self.assertEqual([f["waived"] for f in answer["findings"] if f["subject"] == waived], [expected])
            self.assertEqual(answer["counts"]["grid.head-vacant"], len(answer["findings"]) - expected)
        # An export has both, as a change set that puts them back; the ledgers alone bring none.
        files = {row["file"]: row["rows"] for row in self.ask("export", store, self.path("policies"))}
        self.assertEqual(files["policies.binpb"], 2)
        other = self.path("policies.jiceng")
        self.ask("init", other)
        self.ask("import", other, self.path("policies"), *at)
        asked = lambda of: [self.ask(*words, *more) for words, more in ((("policy", "list", of), ()), (("policy", "waivers", of), ()),
                            (("policy", "effective", of, head["body"]), AT), (("audit", of, "--rule", "grid.head-vacant"), AT))]
        self.assertEqual(asked(other)[:2], [[], []])
        self.ask("apply", other, self.path("policies/policies.binpb"), *at)
        self.assertEqual(asked(other), asked(store))
        self.ask("policy", "detach", store, "xuanwu.grids", "--unit", "unit:320102", "--to", "2026-07-01", *at)
        # Whether it would be refused depends on when it is recorded: the pack held until the day before.
        self.assertEqual((would(*at), would("--recorded-at", "2026-06-30")), ([], [head["body"]]))
        self.assertEqual(blocks(head["body"], "2026-07-01"), ["report"])
        self.assertEqual(self.ask("verify", store), [])

    def test_a_snapshot_ends_what_is_not_listed_unless_that_is_too_much(self):
        store, file = self.copy_of_store("snapshot.jiceng"), self.path("snapshot/appointments.csv")
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as out:
            out.write("person_id,org_id,unit_code,post,kind,from,to\n")
        day = ("--mode", "snapshot", "--scope", "unit:320102", *AT, "--recorded-at", "2026-07-01")
        refused = run("import", store, file, *day, "--max-closures", "1")
        self.assertEqual(refused.returncode, 1, refused.stderr)
        secretaries = ("list", store, "officers", "--role", "secretary", "--under", "unit:320102", *AT)
        self.assertNotEqual(self.ask(*secretaries), [])
        self.assertEqual(run("import", store, file, *day).returncode, 0)
        self.assertEqual(self.ask(*secretaries), [])

    def test_store_trouble(self):
        junk = self.path("junk.jiceng")
        with open(junk, "wb") as file:
            file.write(b"not a store at all" * 1000)
        for store in (junk, self.path("none.jiceng")):
            for args in (("log", store), ("count", store, "unit:320102", *AT), ("import", store, self.ledgers_path), ("verify", store)):
                done = run(*args)
                self.assertEqual(done.returncode, 4, (args, done.stderr))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertEqual(run("init", self.store).returncode, 4)

    # --- without a store

    def test_calendar_of_october_2026(self):
        # State Council notice for 2026: 1 to 7 October off, 20 September and 10 October worked.
        self.assertEqual(self.ask("calendar", "due", "--from", "2026-09-30", "--working-days", "1"), {"due": "2026-10-08"})
        self.assertEqual(self.ask("calendar", "due", "--from", "2026-09-30", "--working-days", "3"), {"due": "2026-10-10"})
        self.assertEqual(run("calendar", "due", "--from", "2031-01-01", "--working-days", "1").returncode, 3)

    def test_codes(self):
        # GB 11643 gives 11010519491231002X as its example.
        answer = self.ask("code", "11010519491231002X", "110105194912310021", "320102002001")
        self.assertEqual([(row["kind"], row["valid"]) for row in answer], [("citizen_id", True), ("citizen_id", False), ("division", True)])
        self.assertNotIn("19491231", answer[0]["code"])
        self.assertIsInstance(answer[0]["parts"], dict)

    def test_rules_name_the_contract(self):
        rules = {row["id"]: row for row in self.ask("rules")}
        for rule in ("branch.min-members", "branch.max-members", "branch.committee-required", "branch.committee-size", "grid.head-vacant", "term.expired",
                     "report.member-unreported", "report.duplicate"):
            self.assertTrue(rules[rule]["evaluable"])
            self.assertTrue(rules[rule]["citations"])

    def test_every_rule_is_cited(self):
        # A norm names document, version and article; what is only known to be said somewhere may lack the article, and
        # its confidence says so.  What the library itself wants of data names its own section; a rule about a procedure that
        # no norm sets names that of procedures, as the procedure does.
        article = re.compile(r".+ \(\d{4}(-\d\d(-\d\d)?)?\) .+ \[(V|V-|S|K)\]")
        no_article = re.compile(r".+ \(\d{4}(-\d\d(-\d\d)?)?\) \[(S|K)\]")
        for rule in self.ask("rules"):
            self.assertTrue(rule["citations"], rule["id"])
            for citation in rule["citations"]:
                house = citation == f"jiceng data conventions {rule['id']} [house]"
                if rule["id"] in ("case.orders-overdue", "report.feedback-overdue", "secondment.return-overdue"):
                    house = citation == "jiceng data conventions procedures [house]"
                self.assertTrue(house or article.fullmatch(citation) or no_article.fullmatch(citation), citation)

    # --- formats

    def test_every_question_in_every_format_and_language(self):
        report = self.path("report.html")
        for args in (("audit", self.store, *AT), ("count", self.store, "unit:320102", *AT), ("rollup", self.store, "--indicator", "members.full", *AT),
                     ("list", self.store, "unreported", "--under", "unit:320102", *AT),
                     ("list", self.store, "cross-appointments", "--under", "unit:320102", *AT),
                     ("list", self.store, "officers", "--role", "grid_head", "--under", "unit:320102", *AT),
                     ("under", self.store, "org:1000001", "unit:320102", *AT), ("show", self.store, "org:1000001", *AT), ("tree", self.store, *AT),
                     ("search", self.store, "社区", *AT), ("rules",), ("code", "320102"), ("upcoming", self.store, *AT, "--until", "2026-12-31"),
                     ("log", self.store), ("verify", self.store), ("optimize", self.store), ("report", self.store, *AT, "--out", report),
                     ("calendar", "count", "--from", "2026-10-01", "--to", "2026-11-01")):
            for lang in ("zh", "en"):
                for form in ("table", "json", "csv"):
                    done = run(*args, "--format", form, "--lang", lang)
                    self.assertEqual((done.returncode, done.stderr), (0, ""), (args, form, lang))
                    self.assertTrue(done.stdout)
                    if form == "json":
                        json.loads(done.stdout)
                    elif form == "csv":
                        rows = list(csv.reader(io.StringIO(done.stdout), strict=True))
                        self.assertTrue(all(len(row) == len(rows[0]) for row in rows), args)


if __name__ == "__main__":
    unittest.main()
