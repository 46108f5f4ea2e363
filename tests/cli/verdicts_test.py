"""What explain and upcoming say, through the real command: verdicts as stable JSON that replays, days on which verdicts turn, the calendar.

The expected days are worked out here from the clauses, not taken from an answer.
"""

import datetime
import json
import os
import subprocess
import sys
import tempfile
import unittest

COMMAND = sys.argv.pop(1)

KEYS = ["date", "rule", "subject", "status", "waived", "level", "message", "value", "comparator", "threshold", "object", "since", "missing", "citation",
        "facts", "evidence"]
EVIDENCE = ["kind", "tie_kind", "from_node", "to_node", "role", "manner", "from", "to", "node", "fact", "value"]

LEDGERS = {
    "units.csv": """code,name,level,parent_code,households,population
320102,玄武区,district,,,
320102002,梅园新村街道,street,320102,,
320102002001,梅园社区,community,320102002,,
320102002001001,一网格,grid,320102002001,,
""",
    "orgs.csv": """org_id,name,kind,parent_id,unit_code,founded,dissolved
1,某街道党工委,party_work_committee,,320102002,,
11,"某,社区;党支部",party_branch,1,320102002001,,
12,临时党支部,party_temporary_branch,1,320102002001,,
""",
    # Full since different days, one on probation.
    "people.csv": """person_id,name,party_status,joined_on,in_service
a,甲,full,2001-07-01,1
b,乙,full,2001-07-01,0
c,丙,full,2001-07-01,0
d,丁,probationary,2026-02-28,0
""",
    "affiliations.csv": """person_id,branch_id,kind,from,to
a,11,formal,2020-01-01,
b,11,formal,2021-03-01,2026-05-01
c,11,formal,2022-04-01,2026-09-01
d,11,formal,2026-02-28,
a,12,temporary,2026-01-31,
""",
    "appointments.csv": """person_id,org_id,unit_code,post,kind,from,to
a,11,,secretary,elected,2021-08-31,
b,,320102002001001,grid_head,appointed,2024-01-01,2026-10-15
""",
    "residences.csv": """person_id,unit_code,from,to
a,320102002001001,2026-06-20,
""",
}


def parser():
    """The module icalendar; of another Python than Debian's, the one of the Debian package."""
    try:
        import icalendar
    except ImportError:
        sys.path.append("/usr/lib/python3/dist-packages")
        try:
            import icalendar
        except ImportError:
            return None
    return icalendar


def run(*args):
    return subprocess.run([COMMAND, *args], capture_output=True, timeout=120)


class Verdicts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = os.path.join(cls.folder.name, "store.jiceng")
        cls.write(LEDGERS)
        cls.done("init", cls.store)
        cls.done("import", cls.store, cls.path("ledgers"), "--recorded-at", "2026-06-30T08:00")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def write(cls, ledgers, folder="ledgers"):
        os.makedirs(cls.path(folder), exist_ok=True)
        for name, text in ledgers.items():
            with open(os.path.join(cls.path(folder), name), "w", encoding="utf-8") as file:
                file.write(text)

    @staticmethod
    def done(*args):
        result = run(*args)
        if result.returncode != 0:
            raise AssertionError((args, result.returncode, result.stderr.decode()))
        return result.stdout

    def explain(self, rule, node, date, *more):
        return json.loads(self.done("explain", self.store, rule, node, "--date", date, "--format", "json", *more))

    # --- verdicts

    def test_fields_and_their_order(self):
        verdict = self.explain("branch.min-members", "org:11", "2026-06-30")
        self.assertEqual(list(verdict), KEYS)
        for fact in verdict["evidence"]:
            self.assertEqual(list(fact), EVIDENCE)
        self.assertEqual((verdict["status"], verdict["value"], verdict["comparator"], verdict["threshold"]), ("unmet", 2, "at_least", 3))
        self.assertEqual(verdict["missing"], ["missing affiliation formal (party_status full): ? → org:11"])
        self.assertIn("Art. 4", verdict["citation"])
        ties = [f for f in verdict["evidence"] if f["kind"] == "tie"]
        self.assertEqual([(f["from_node"], f["to_node"], f["manner"], f["from"], f["to"]) for f in ties],
                         [("person:a", "org:11", "formal", "2020-01-01", None), ("person:c", "org:11", "formal", "2022-04-01", "2026-09-01")])
        self.assertEqual([(f["tie_kind"], f["to_node"], f["value"]) for f in verdict["evidence"] if f["kind"] == "missing"], [("affiliation", "org:11", 1)])

    def test_since_when(self):
        # b leaves on 2026-05-01, and with c and a two full members stay.
        self.assertEqual(self.explain("branch.min-members", "org:11", "2026-06-30")["since"], "2026-05-01")
        # In September c has left as well; it has been unmet without a break.
        self.assertEqual(self.explain("branch.min-members", "org:11", "2026-09-30")["since"], "2026-05-01")
        # Before the third came in April 2022 the branch was short since it has been known at all.
        self.assertEqual(self.explain("branch.min-members", "org:11", "2022-03-31")["status"], "unmet")
        self.assertIsNone(self.explain("branch.min-members", "org:11", "2022-03-31")["since"])
        # Three full members from 2022-04-01 to 2026-04-30.
        self.assertEqual([self.explain("branch.min-members", "org:11", d)["status"] for d in ("2022-04-01", "2026-04-30")], ["met", "met"])
        self.assertIsNone(self.explain("branch.min-members", "org:11", "2022-04-01")["since"])

    def test_the_least_that_would_mend_it(self):
        self.assertEqual(self.explain("temporary-branch.no-transfer", "org:12", "2026-06-30")["missing"], [])  # met
        verdict = self.explain("member.temporary-too-long", "person:a", "2026-08-01")
        self.assertEqual((verdict["status"], verdict["missing"]), ("unmet", ["one too many: affiliation person:a → org:12 temporary"]))
        unknown = self.explain("report.member-unreported", "person:a", "2026-06-30")
        self.assertEqual((unknown["status"], unknown["missing"]), ("unknown", ["parameter report.deadline_days has no value"]))

    def test_replays_to_the_same_bytes(self):
        asked = [(rule, node, date, lang)
                 for rule, node in (("branch.min-members", "org:11"), ("term.expired", "org:11"), ("member.probation-due", "person:d"),
                                    ("member.temporary-too-long", "person:a"), ("grid.head-vacant", "unit:320102002001001"),
                                    ("branch.max-members", "org:11"))
                 for date in ("2026-06-30", "2026-12-31", "2027-06-30") for lang in ("zh", "en")]

        def ask(seq):
            return [self.done("explain", self.store, rule, node, "--date", date, "--format", "json", "--lang", lang, "--recorded", seq)
                    for rule, node, date, lang in asked]

        def audit(seq):
            return self.done("audit", self.store, "--date", "2026-12-31", "--format", "json", "--recorded", seq)

        head = str(json.loads(self.done("log", self.store, "--limit", "1", "--format", "json"))[0]["seq"])
        before, findings = ask(head), audit(head)
        # Everything that was judged changes: members join, the secretary is replaced, the candidate is full, the grid gets a head.
        self.write({"affiliations.csv": "person_id,branch_id,kind,from,to\nb,11,formal,2021-03-01,\nc,11,formal,2022-04-01,\na,12,temporary,2026-01-31,2026-07-31\n",
                    "people.csv": "person_id,name,party_status,joined_on,in_service,full_on\nd,丁,full,2026-02-28,0,2026-03-01\n",
                    "terms.csv": "org_id,term_no,elected_on,years,ends_on,extended_to\n11,1,2026-06-01,5,,\n",
                    "appointments.csv": "person_id,org_id,unit_code,post,kind,from,to\nb,,320102002001001,grid_head,appointed,2024-01-01,2030-01-01\n"}, "later")
        self.done("import", self.store, self.path("later"), "--recorded-at", "2026-07-01")
        try:
            self.assertEqual(ask(head), before)
            self.assertEqual(audit(head), findings)
            now = json.loads(self.done("log", self.store, "--limit", "1", "--format", "json"))[0]["seq"]
            self.assertNotEqual(ask(str(now)), before)
        finally:
            self.done("revert", self.store, str(now), "--recorded-at", "2026-07-02")

    # --- upcoming

    def upcoming(self, until, *more):
        return json.loads(self.done("upcoming", self.store, "--date", "2026-06-30", "--until", until, "--format", "json", *more))

    def turns(self, until, *more):
        return {(row["due"], row["detail"].split()[0], row["node"]) for row in self.upcoming(until, *more) if row["what"] == "rule_unmet"}

    def test_every_shape_turns_on_its_day(self):
        turns = self.turns("2028-12-31", "--set", "report.deadline_days=30")
        for expected in (
            # a temporary affiliation of 2026-01-31: six months end on 2026-07-31 (民法典 Arts. 201, 202).
            ("2026-08-01", "member.temporary-too-long", "person:a"),
            # a residence of 2026-06-20 and 30 days: the last is 2026-07-20.
            ("2026-07-21", "report.member-unreported", "person:a"),
            # the grid's head goes on 2026-10-15.
            ("2026-10-15", "grid.head-vacant", "unit:320102002001001"),
            # two years of probation from 2026-02-28 end on 2028-02-28.
            ("2028-02-29", "member.probation-overdue", "person:d"),
        ):
            self.assertIn(expected, turns)
        # Without the figure nobody can say.
        self.assertNotIn("report.member-unreported", {rule for _, rule, _ in self.turns("2028-12-31")})

    def test_an_overdue_matter_is_found_explained_and_rolled_up(self):
        store = self.path("matters.jiceng")
        self.done("init", store)
        self.done("import", store, self.path("ledgers"), "--recorded-at", "2026-06-30T08:00")
        self.done("matter", "open", store, "case.four-orders", "C1", "place=unit:320102002001", "platform=org:11", "matter=路灯",
                  "--at", "2026-07-01 09:00", "--recorded-at", "2026-07-01T09:00")
        ask = lambda *args: json.loads(self.done(*args, "--format", "json", "--lang", "zh"))
        # The day of the order itself, to its end (民法典 Art. 203).
        self.assertEqual(ask("audit", store, "--rule", "case.orders-overdue", "--date", "2026-07-01")["findings"], [])
        found = ask("audit", store, "--rule", "case.orders-overdue", "--date", "2026-07-03", "--under", "unit:320102002")
        self.assertEqual(found["counts"], {"case.orders-overdue": 1})
        finding = found["findings"][0]
        self.assertEqual((finding["subject"], finding["status"], finding["level"]), ("unit:320102002001", "unmet", "should"))
        self.assertEqual(finding["message"], "四单联动（点单、派单、办单、评单） C1：当日首次答复，2026-07-01 24:00 到期，已逾期 2 天")
        self.assertIn("《中华人民共和国民法典》", finding["citation"])
        verdict = ask("explain", store, "case.orders-overdue", "unit:320102002001", "--date", "2026-07-03")
        self.assertIn("C1", json.dumps(verdict, ensure_ascii=False))
        self.assertEqual(ask("rollup", store, "--indicator", "case.orders-overdue", "--date", "2026-07-03", "--level", "district"),
                         [{"node": "unit:320102", "numerator": 0, "denominator": 1}])
        # A period has a row of its own; the rule that speaks of it the day after is not told beside it.  Three working days after 1 July.
        self.done("matter", "step", store, "C1", "answer", "--at", "2026-07-01 10:00", "--actor", "person:a", "--recorded-at", "2026-07-01T10:00")
        coming = [(row["due"], row["what"]) for row in ask("upcoming", store, "--date", "2026-07-01", "--until", "2026-07-10")
                  if row["node"] == "unit:320102002001"]
        self.assertEqual(coming, [("2026-07-06", "matter_due")])

    def test_what_has_a_row_of_its_own_is_not_told_twice(self):
        rows = self.upcoming("2027-12-31")
        # A community's branch under the street: five years from 2021-08-31 (任期意见 item 1), told as the end of a term, not as a rule the day after.
        self.assertIn(("2026-08-31", "term_ends", "org:11"), {(r["due"], r["what"], r["node"]) for r in rows})
        self.assertNotIn("term.expired", {r["detail"].split()[0] for r in rows})
        self.assertIn(("2027-02-28", "probation_ends", "person:d"), {(r["due"], r["what"], r["node"]) for r in rows})
        self.assertNotIn("member.probation-due", {r["detail"].split()[0] for r in rows})

    def test_each_turn_is_one_of_two_audits(self):
        """On its day the audit finds it, the day before it does not; and nothing else turns on any day of the window."""
        more = ("--set", "report.deadline_days=30")

        def unmet(day):
            found = json.loads(self.done("audit", self.store, "--date", day, "--format", "json", *more))["findings"]
            return {(f["rule"], f["subject"]) for f in found if f["status"] == "unmet"}

        turns = {(day, rule, node) for day, rule, node in self.turns("2026-10-31", *more)}
        terms = {(r["due"], r["node"]) for r in self.upcoming("2026-10-31") if r["what"] in ("term_ends", "probation_ends")}
        day, yesterday = datetime.date(2026, 6, 30), unmet("2026-06-30")
        while day < datetime.date(2026, 10, 31):
            before, day = day, day + datetime.timedelta(days=1)
            today = unmet(day.isoformat())
            for rule, node in today - yesterday:
                self.assertTrue((day.isoformat(), rule, node) in turns or (before.isoformat(), node) in terms, (day, rule, node))
                turns.discard((day.isoformat(), rule, node))
            yesterday = today
        self.assertEqual(turns, set())

    # --- calendar

    def calendar(self, *more):
        return self.done("upcoming", self.store, "--date", "2026-06-30", "--until", "2027-12-31", "--format", "ics", "--set", "report.deadline_days=30", *more)

    def test_calendar_is_the_same_bytes_and_asks_no_clock(self):
        self.assertEqual(self.calendar(), self.calendar())
        self.assertIn(b"DTSTAMP:20260630T080000Z\r\n", self.calendar("--recorded", "1"))
        self.assertIn(b"DTSTAMP:20260701T123000Z\r\n", self.calendar("--recorded-at", "2026-07-01T12:30"))
        # The UIDs are the same in both languages.
        uids = [[line for line in self.calendar("--lang", lang).split(b"\r\n") if line.startswith(b"UID:")] for lang in ("zh", "en")]
        self.assertEqual(*uids)
        self.assertEqual(len(set(uids[0])), len(uids[0]))

    def test_calendar_is_read_by_somebody_elses_parser(self):
        icalendar = parser()
        if icalendar is None:
            self.skipTest("needs the Debian package python3-icalendar")
        rows = self.upcoming("2027-12-31", "--set", "report.deadline_days=30")
        calendar = icalendar.Calendar.from_ical(self.calendar())
        self.assertEqual(str(calendar["VERSION"]), "2.0")
        events = calendar.walk("VEVENT")
        self.assertEqual([str(e["DTSTART"].dt) for e in events], [r["due"] for r in rows])
        for event, row in zip(events, rows):
            self.assertEqual(event.errors, [])
            self.assertEqual(type(event["DTSTART"].dt), datetime.date)
            self.assertEqual(event["DTEND"].dt - event["DTSTART"].dt, datetime.timedelta(days=1))
            self.assertTrue(str(event["SUMMARY"]).endswith(row["name"] or row["node"]))
            self.assertTrue(str(event["DESCRIPTION"]).startswith(row["node"]))
            self.assertIn(row["what"], str(event["UID"]))
        # A name with a comma and a semicolon comes back as it was written.
        self.assertIn("某,社区;党支部", {str(e["SUMMARY"]).split("  ")[1] for e in events})

    def test_only_upcoming_writes_a_calendar(self):
        refused = run("audit", self.store, "--date", "2026-06-30", "--format", "ics")
        self.assertEqual((refused.returncode, refused.stdout), (2, b""))


if __name__ == "__main__":
    unittest.main()
