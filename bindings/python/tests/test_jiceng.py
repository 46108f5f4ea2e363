"""What a host in Python sees.  The organisation is the one of tests/abi/ledgers."""

import datetime
import gc
import os
import pathlib
import tempfile
import threading
import unittest

import jiceng

LEDGERS = pathlib.Path(__file__).resolve().parents[3] / "tests" / "abi" / "ledgers"
DAY = datetime.date(2026, 6, 30)
MOMENT = datetime.datetime(2026, 6, 30, tzinfo=datetime.timezone.utc)


def organization(url="memory:"):
    store = jiceng.open(url, create=True)
    with store.writer(MOMENT, author="测试") as writer:
        report = writer.import_ledgers(LEDGERS)
        assert report.outcome is jiceng.ImportOutcome.DONE, report.problems
    return store


class Ledgers(unittest.TestCase):
    def test_an_import_is_one_commit_and_says_what_it_read(self):
        with organization() as store:
            self.assertEqual([(row.seq, row.operation, row.author) for row in store.log()], [(1, "import", "测试")])
            with store.writer(MOMENT) as writer:
                again = writer.import_ledgers([LEDGERS])
            self.assertEqual((again.outcome, again.seq, again.rejected), (jiceng.ImportOutcome.DONE, 1, 0))
            self.assertEqual({row.file: row.rows for row in again.rows}["people.csv"], 3)

    def test_bad_rows_are_named_by_file_row_and_column_and_keep_everything_out(self):
        with organization() as store, tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "people.csv").write_text(
                "person_id,name,party_status,joined_on,in_service\np9,某某,full,2026-02-30,0\n", encoding="utf-8"
            )
            with store.writer(MOMENT) as writer:
                report = writer.import_ledgers(folder)
            self.assertIs(report.outcome, jiceng.ImportOutcome.REJECTED)
            problem = report.problems[0]
            self.assertEqual((problem.file, problem.row, problem.column, problem.cell),
                             ("people.csv", 2, "joined_on", "2026-02-30"))
            self.assertEqual(len(store.log()), 1)

    def test_what_no_answer_tells_goes_to_the_log(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.jiceng")
            with organization(path) as store:
                store.optimize()
            pathlib.Path(f"{path}.base").write_text("no base", encoding="utf-8")
            with self.assertLogs("jiceng", "WARNING") as logs, jiceng.open(path) as store:
                self.assertEqual(store.snapshot().seq, 1)
            self.assertEqual(len(logs.records), 1)
            self.assertIn("BASE_UNUSABLE", logs.output[0])
            self.assertIn(str(path), logs.output[0])

    def test_a_dry_run_keeps_nothing(self):
        with jiceng.open("memory:", create=True) as store, store.writer(MOMENT) as writer:
            report = writer.import_ledgers(LEDGERS, dry_run=True)
            self.assertIs(report.outcome, jiceng.ImportOutcome.CHECKED)
            self.assertEqual(store.snapshot().seq, 0)

    def test_export_gives_ledgers_that_import_to_the_same(self):
        with organization() as store, tempfile.TemporaryDirectory() as folder:
            rows = store.snapshot().export(folder)
            self.assertEqual(rows["people.csv"], 3)
            with jiceng.open("memory:", create=True) as other, other.writer(MOMENT) as writer:
                writer.import_ledgers(folder)
                self.assertEqual(other.snapshot().count("unit:320102", DAY),
                                 store.snapshot().count("unit:320102", DAY))


    def test_ledgers_need_no_files(self):
        with organization() as store:
            ledgers = store.snapshot().export_texts()
            self.assertIn("\ufeff" + "person_id,name", ledgers["people.csv"])
            with jiceng.open("memory:", create=True) as other, other.writer(MOMENT) as writer:
                report = writer.import_ledgers({**ledgers, "notes.csv": b"a,b\n"})
                self.assertIs(report.outcome, jiceng.ImportOutcome.DONE)
                self.assertEqual([row.code for row in report.warnings], ["SKIPPED_FILE"])
                self.assertEqual(other.snapshot().export_texts(), ledgers)
                with self.assertRaises(jiceng.InvalidArgument):
                    writer.import_ledgers({})


class Questions(unittest.TestCase):
    def setUp(self):
        self.store = organization()
        self.snapshot = self.store.snapshot()

    def test_counts(self):
        counts = self.snapshot.count("unit:320102", DAY)
        self.assertEqual((counts["members.full"], counts["members.probationary"]), (2, 1))

    def test_nodes_by_text_and_number(self):
        branch = self.snapshot.find("org:1001")
        self.assertEqual(self.snapshot.text(branch), "org:1001")
        self.assertTrue(self.snapshot.is_under(branch, "unit:320102", DAY))
        self.assertFalse(self.snapshot.is_under("unit:320102", branch, DAY))
        self.assertEqual(self.snapshot.path("org:1001", "unit:320102", DAY)[0], "org:1001")

    def test_findings(self):
        findings = self.snapshot.audit(DAY)
        self.assertEqual([(row.subject, row.rule, row.status) for row in findings],
                         [("org:1001", "branch.min-members", "unmet"),
                          ("org:1001", "branch.secretary-vacant", "unmet"),
                          ("store:", "report.member-unreported", "unknown"),
                          ("unit:32010200200101", "grid.head-vacant", "unmet")])
        self.assertEqual(len(findings), 4)
        self.assertEqual(findings.counts()["branch.min-members"], 1)
        self.assertEqual(findings.counts()["branch.max-members"], 0)
        self.assertIn("正式党员", findings.table()[0].message)
        self.assertIn("full member", findings.table(jiceng.Language.EN)[0].message)

    def test_rules_and_parameters_are_chosen(self):
        findings = self.snapshot.audit(DAY, rules=["report.member-unreported"], parameters={"report.deadline_days": 30})
        self.assertTrue(all(row.status == "unmet" for row in findings))
        with self.assertRaises(ValueError) as caught:
            self.snapshot.audit(DAY, parameters={"no.such": 1})
        self.assertEqual(caught.exception.reason, "UNKNOWN_PARAMETER")

    def test_a_monitor_says_what_a_commit_changes(self):
        with organization() as store, tempfile.TemporaryDirectory() as folder:
            snapshot = store.snapshot()
            with snapshot.monitor(DAY, rules=["branch.min-members"]) as monitor:
                self.assertEqual([f.subject for f in monitor.findings()], ["org:1001"])
                district = snapshot.find("unit:320102")
                self.assertEqual(monitor.members(district), (2, 1))
                self.assertIsNone(monitor.members(snapshot.find("org:1001")))
                pathlib.Path(folder, "people.csv").write_text(
                    "person_id,name,party_status,joined_on,in_service\np3,王三,full,2025-07-01,1\n", encoding="utf-8"
                )
                with store.writer(MOMENT) as writer:
                    writer.import_ledgers(folder)
                change = monitor.follow(store.snapshot())
                self.assertEqual((len(change.appeared), [f.subject for f in change.gone]), (0, ["org:1001"]))
                self.assertEqual((monitor.seq, monitor.date, len(monitor.findings())), (2, DAY, 0))
                self.assertEqual(monitor.members(district), (3, 0))
                full = {row.node: row.numerator for row in monitor.rollup("members.full", level="district")}
                self.assertEqual(full, {"unit:320102": 3})

    def test_what_if_says_what_a_change_would_bring_and_keeps_nothing(self):
        with organization() as store, tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "people.csv").write_text(
                "person_id,name,party_status,joined_on,in_service\np3,王三,full,2025-07-01,1\n", encoding="utf-8"
            )
            with store.writer(MOMENT, keep=False) as writer:
                report = writer.import_ledgers(folder)
                tried = writer.tried()
            self.assertIs(report.outcome, jiceng.ImportOutcome.CHECKED)
            self.assertEqual(len(store.snapshot().seat_changes(tried, DAY)), 0)
            across = {row.node: row.mapping for row in tried.rollup_across("members.full", DAY, DAY, level="district")}
            self.assertEqual(set(across.values()), {"exact"})
            line = {row.node: (row.kind, row.numerator) for row in tried.rollup_party_line("members.full", DAY)}
            self.assertEqual(line, {"org:1001": ("party_branch", 3)})
            monitor = store.snapshot().monitor(DAY, rules=["branch.min-members"])
            self.assertEqual([f.subject for f in monitor.follow(tried).gone], ["org:1001"])
            self.assertEqual((tried.count("org:1001", DAY)["members.full"], tried.seq), (3, 1))
            self.assertEqual(store.snapshot().count("org:1001", DAY)["members.full"], 2)
            self.assertEqual(len(store.log()), 1)

    def test_a_pack_holds_below_its_unit_and_says_where_it_comes_from(self):
        def varint(n: int) -> bytes:
            return bytes([n & 0x7F | 0x80]) + varint(n >> 7) if n > 0x7F else bytes([n])

        def text(field: int, value: bytes) -> bytes:
            return varint(field << 3 | 2) + varint(len(value)) + value

        def number(field: int, value: int) -> bytes:
            return varint(field << 3) + varint(value)

        title = text(1, "包".encode()) + text(2, b"pack")
        value = text(1, b"report.deadline_days") + number(2, 30)
        pack = (
            text(1, b"town.reports")
            + text(3, title)
            + text(5, text(1, "《某办法》".encode()) + number(6, 1))
            + text(9, text(1, b"report.member-unreported") + text(2, value))
            + text(9, text(1, b"branch.min-members") + number(5, 2))
        )
        self.assertEqual(len(jiceng.check_policy(pack)), 2)
        with self.assertRaises(jiceng.InvalidArgument):
            jiceng.check_policy(b"\xff")
        with organization() as store:
            with store.writer(MOMENT) as writer:
                change = text(30, text(1, pack) + text(2, b"unit:320102"))
                self.assertEqual(writer.apply(varint(len(change)) + change), 2)
                self.assertIsNone(writer.refused())
            snapshot = store.snapshot()
            self.assertEqual([row.pack for row in snapshot.policies()], ["town.reports"])
            self.assertEqual([row.id for row in snapshot.rules()], [row.id for row in jiceng.rules()])
            rows = list(snapshot.policy_effective("unit:320102002", DAY, rule="report.member-unreported"))
            self.assertEqual((rows[0].value, rows[0].source, rows[0].unit), ("30", "pack", "unit:320102"))
            self.assertEqual(len(snapshot.waivers()), 0)

    def test_a_verdict_is_explained_whatever_it_is(self):
        unmet = self.snapshot.explain("branch.min-members", "org:1001", DAY)
        self.assertEqual((unmet.subject, unmet.status), ("org:1001", "unmet"))
        self.assertTrue(any("p1" in fact for fact in unmet.facts))
        met = self.snapshot.explain("branch.max-members", "org:1001", DAY)
        self.assertEqual(met.status, "met")
        self.assertEqual(self.snapshot.explain("branch.max-members", "person:p1", DAY).status, "not_applicable")
        unknown = self.snapshot.explain("report.member-unreported", "person:p1", DAY)
        self.assertIn(unknown.status, ("unknown", "not_applicable"))
        with self.assertRaises(ValueError):
            self.snapshot.explain("no.such", "org:1001", DAY)

    def test_tables_read_like_sequences_and_columns(self):
        tree = self.snapshot.tree(None, DAY)
        self.assertEqual(tree[0].node, "unit:320102")
        self.assertEqual(tree[-1].as_dict()["node"], tree.column("node")[-1])
        self.assertEqual(len(tree[1:3]), 2)
        self.assertEqual(list(tree.to_dict()), list(tree.columns))
        self.assertIn("玄武区", repr(tree))
        with self.assertRaises(IndexError):
            tree[len(tree)]
        with self.assertRaises(KeyError):
            tree.column("nothing")
        with self.assertRaises(AttributeError):
            tree[0].nothing

    def test_an_actor_sees_no_more_than_the_scope(self):
        inside = self.store.snapshot(actor=jiceng.Actor("街道", "unit:320102002"))
        self.assertEqual(inside.tree(None, DAY)[0].node, "unit:320102002")
        with self.assertRaises(PermissionError):
            inside.count("unit:320102", DAY)

    def test_earlier_commits_are_still_there(self):
        with self.store.writer(MOMENT) as writer:
            self.assertEqual(writer.revert(1), 2)
        with self.assertRaises(LookupError):
            self.store.snapshot().count("unit:320102", DAY)
        self.assertEqual(self.store.snapshot(seq=1).count("unit:320102", DAY)["members.full"], 2)
        self.assertEqual(self.store.seq_at(MOMENT), 2)


class Changes(unittest.TestCase):
    def setUp(self):
        self.store = organization()

    def commit(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "people.csv").write_text(
                "person_id,name,party_status,joined_on,in_service\nq1,新某,full,2020-01-01,0\n", encoding="utf-8"
            )
            with self.store.writer(MOMENT) as writer:
                self.assertIs(writer.import_ledgers(folder).outcome, jiceng.ImportOutcome.DONE)

    def test_what_a_commit_has_said(self):
        self.commit()
        said = {(row.what, row.kind, row.value) for row in self.store.changes(1)}
        self.assertIn(("node", None, None), said)
        self.assertIn(("text", "name", "新某"), said)
        self.assertIn(("fact", "party_status", "full"), said)
        self.assertEqual({row.node for row in self.store.changes(1)}, {"person:q1"})
        self.assertEqual(len(self.store.changes(2)), 0)

    def test_the_feed_goes_through_all_pages(self):
        self.assertEqual(list(self.store.feed()), list(self.store.changes()))

    def test_the_feed_waits_for_commits(self):
        later = threading.Timer(0.2, self.commit)
        later.start()
        first = next(self.store.feed(1, timeout=None))
        later.join()
        self.assertEqual((first.seq, first.recorded_at), (2, MOMENT))

    def test_waiting_ends(self):
        self.assertEqual(self.store.wait(0), 1)
        self.assertEqual(self.store.wait(1, 0.05), 1)
        with self.assertRaises(jiceng.OutOfRange):
            self.store.wait(7, 0)
        with self.assertRaises(jiceng.Cancelled):
            self.store.wait(1, progress=lambda stage, done, total: False)

    def test_waiting_heeds_what_is_raised(self):
        def interrupt(stage, done, total):
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            self.store.wait(1, progress=interrupt)


class Bulk(unittest.TestCase):
    def setUp(self):
        self.snapshot = organization().snapshot()

    def test_ties_of_a_node(self):
        branch = self.snapshot.find("org:1001")
        members = self.snapshot.node_ties(branch, "affiliation", ends=jiceng.Ends.TO, date=DAY)
        table = self.snapshot.ties("affiliation", DAY)
        self.assertEqual(
            sorted((tie.number, tie.from_node, tie.valid_from) for tie in members),
            sorted((row.tie, row.from_number, row.valid_from) for row in table if row.to_number == branch),
        )
        self.assertEqual({tie.kind for tie in members}, {"affiliation"})
        self.assertEqual(self.snapshot.node_ties("org:1001", "recusal"), [])
        with self.assertRaises(KeyError):
            self.snapshot.node_ties(branch, "friendship")

    def test_nodes_by_their_numbers(self):
        numbers = [self.snapshot.find("org:1001"), 0, self.snapshot.find("person:p2")]
        self.assertEqual([row.node for row in self.snapshot.nodes_by_number(numbers)], ["org:1001", None, "person:p2"])
        self.assertEqual(len(self.snapshot.nodes_by_number([])), 0)
        for row in self.snapshot.nodes("org"):
            self.assertEqual(self.snapshot.text(row.number), row.node)

    def test_a_stream_is_a_capsule(self):
        for source in (self.snapshot.ties("affiliation"), self.snapshot.audit(DAY)):
            self.assertIn("arrow_array_stream", repr(source.__arrow_c_stream__()))


class Matters(unittest.TestCase):
    def test_a_matter_is_opened_refused_and_looked_at(self):
        self.assertIn("deliberation", [row.id for row in jiceng.procedures()])
        self.assertEqual(jiceng.procedure("report.member")[0].step, "open")
        subjects = {"member": "person:p1", "community": "unit:320102002001", "host": "org:1001"}
        store = organization()
        with store.writer(MOMENT) as writer:
            opened = datetime.datetime(2026, 3, 2, 9, 30)
            self.assertEqual(writer.open_matter("report.member", "R1", opened, subjects, actor="person:p1"), 2)
            self.assertIsNone(writer.refused_step())
            # She lives nowhere.
            self.assertEqual(writer.take_step("R1", "report", datetime.date(2026, 3, 3), actor="person:p1"), 0)
            refused = [(row.change, row.code, row.place) for row in writer.refused_step()]
            self.assertEqual(refused, [(0, "GUARD", "resides")])
            self.assertIsNone(writer.refused())
            with self.assertRaises(jiceng.NotFound):
                writer.take_step("R2", "report", "2026-03-03")
            self.assertEqual(writer.take_step("R1", "withdraw", "2026-03-03 10:00", actor="person:p1"), 3)
        snapshot = store.snapshot()
        self.assertEqual([row.state for row in snapshot.matters("2026-03-03")], ["announced"])
        self.assertEqual(len(snapshot.matters("2026-03-04", open=True)), 0)
        self.assertIsNone(snapshot.matters("2026-03-03")[0].told)
        self.assertEqual(list(snapshot.matters("2026-03-03", told=True)[0].told), [])
        self.assertEqual(len(snapshot.late_matters("2026-03-04")), 0)
        self.assertEqual(len(snapshot.handovers("2026-03-04")), 0)
        self.assertEqual([row.step for row in snapshot.matter_steps("R1", "2026-03-04")], ["open", "withdraw"])
        self.assertEqual(snapshot.matter("R1", "2026-03-04")[1].id, "withdrawn")
        self.assertEqual(len(snapshot.matter_clocks("R1", "2026-03-04")), 0)
        for year in (0, 2026):  # withdrawn before anybody reported
            self.assertEqual(len(snapshot.register("unit:320102", DAY, year=year, language=jiceng.Language.EN)), 0)
            self.assertEqual(len(snapshot.services(None, DAY, year=year)), 0)
        with self.assertRaises(jiceng.InvalidArgument):
            snapshot.register(None, DAY, year=26)
        self.assertEqual([(row.what, row.kind) for row in store.changes(1)], [("step", "open"), ("step", "step")])

    def test_matters_come_and_go_as_ledgers(self):
        matters = "matter_id,procedure,opened,actor,member,community,host\nR1,report.member,2026-03-02 09:30,p1,p1,320102002001,1001\n"
        steps = "事项编号,办理时间,步骤,办理人\nR1,2026-03-03 10:00,撤回,p1\nR1,2026-03-04,报到,p1\n"
        store = organization()
        with store.writer(MOMENT) as writer:
            report = writer.import_ledgers({"matters.csv": matters, "matter_steps.csv": steps})
            self.assertIs(report.outcome, jiceng.ImportOutcome.REJECTED)
            self.assertEqual([(row.file, row.row, row.code) for row in report.problems], [("matter_steps.csv", 3, "MATTER_OVER")])
            steps = steps[:steps.rindex("R1")]
            self.assertIs(writer.import_ledgers({"matters.csv": matters, "matter_steps.csv": steps}).outcome, jiceng.ImportOutcome.DONE)
        ledgers = store.snapshot().export_texts()
        self.assertIn("R1,1,2026-03-03 10:00,withdraw,person:p1", ledgers["matter_steps.csv"])
        with jiceng.open("memory:", create=True) as other, other.writer(MOMENT) as writer:
            self.assertIs(writer.import_ledgers(ledgers).outcome, jiceng.ImportOutcome.DONE)
            self.assertEqual(other.snapshot().export_texts(), ledgers)
            self.assertEqual([row.state for row in other.snapshot().matters("2026-03-04")], ["withdrawn"])


    def test_an_overdue_matter_is_a_finding_and_is_counted(self):
        store = organization()
        with store.writer(MOMENT) as writer:
            about = {"place": "unit:320102002001", "platform": "org:1001"}
            writer.open_matter("case.four-orders", "C1", datetime.date(2026, 3, 2), about, told={"matter": "x"})
        snapshot = store.snapshot()
        audit = lambda day: snapshot.audit(day, rules=["case.orders-overdue"])
        self.assertEqual(len(audit(datetime.date(2026, 3, 2))), 0)
        found = audit(datetime.date(2026, 3, 3)).table(language=jiceng.Language.EN)
        self.assertEqual([(row.subject, row.since) for row in found], [("unit:320102002001", datetime.date(2026, 3, 3))])
        self.assertIn("C1: first answer the same day, due 2026-03-02 24:00", found[0].message)
        rows = snapshot.rollup("case.orders-overdue", datetime.date(2026, 3, 3), level="community")
        self.assertEqual([(row.numerator, row.denominator) for row in rows], [(0, 1)])
        self.assertEqual(len(snapshot.rollup("case.on-time-rate", datetime.date(2026, 3, 3))), 0)


class Erasing(unittest.TestCase):
    def test_an_erased_person_is_a_number(self):
        store = organization()
        person = store.snapshot().nodes("person")[0]
        before = store.snapshot().count("unit:320102", DAY)
        with store.writer(MOMENT) as writer:
            self.assertEqual(writer.erase([person.node]), 2)
            with self.assertRaises(jiceng.NotFound):
                writer.erase([person.node])
            self.assertEqual(writer.erase([]), 2)
        after = store.snapshot()
        self.assertEqual(after.text(person.number), f"person:#{person.number}")
        self.assertEqual(after.count("unit:320102", DAY), before)
        self.assertEqual([row.what for row in store.changes(1)], ["erased"])
        self.assertEqual(len(store.verify()), 0)


class Errors(unittest.TestCase):
    def test_an_error_has_reason_field_and_both_languages(self):
        with organization() as store, self.assertRaises(LookupError) as caught:
            store.snapshot().count("org:none", DAY)
        self.assertIsInstance(caught.exception, jiceng.NotFound)
        self.assertEqual(caught.exception.reason, "UNKNOWN_NODE")
        self.assertIn("没有", caught.exception.message_zh)

    def test_a_file_that_is_no_store(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "x.jiceng")
            path.write_text("nothing of the kind" * 1000)
            with self.assertRaises(jiceng.DataLoss):
                jiceng.open(path)
            with self.assertRaises(jiceng.NotFound):
                jiceng.open(pathlib.Path(folder, "y.jiceng"))

    def test_a_moment_without_a_time_zone_is_refused(self):
        with organization() as store, self.assertRaises(ValueError):
            store.writer(datetime.datetime(2026, 6, 30))

    def test_what_is_closed_says_so(self):
        store = organization()
        snapshot = store.snapshot()
        store.close()
        store.close()
        with self.assertRaises(ValueError):
            store.snapshot()
        self.assertEqual(snapshot.count("unit:320102", DAY)["members.full"], 2)  # keeps what it needs
        with organization() as another, another.writer(MOMENT) as writer:
            report = writer.import_ledgers(LEDGERS)
        rows = report.rows
        report.close()
        with self.assertRaises(ValueError):
            rows[0]

    def test_tables_outlive_the_name_of_their_report(self):
        with organization() as store, store.writer(MOMENT) as writer:
            rows = writer.import_ledgers(LEDGERS).rows
        gc.collect()
        self.assertEqual(rows.column("file")[0], "affiliations.csv")


class Progress(unittest.TestCase):
    def test_false_stops_the_work(self):
        with organization() as store, self.assertRaises(jiceng.Cancelled):
            store.verify(progress=lambda stage, done, total: False)

    def test_what_is_raised_comes_out(self):
        def stop(stage, done, total):
            raise ZeroDivisionError(stage)

        with organization() as store, self.assertRaises(ZeroDivisionError):
            store.verify(progress=stop)

    def test_stages_are_told(self):
        stages = []
        with jiceng.open("memory:", create=True) as store:
            with store.writer(MOMENT, progress=lambda stage, done, total: stages.append(stage)) as writer:
                writer.import_ledgers(LEDGERS)
        self.assertIn("read", stages)


class Processes(unittest.TestCase):
    def test_threads_share_a_snapshot(self):
        with organization() as store:
            snapshot = store.snapshot()
            wrong = []

            def ask():
                for _ in range(200):
                    if len(snapshot.audit(DAY)) != 4:
                        wrong.append(1)

            threads = [threading.Thread(target=ask) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(wrong, [])

    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_a_child_is_told_to_open_the_store_anew(self):
        with tempfile.TemporaryDirectory() as folder, organization(pathlib.Path(folder, "a.jiceng")) as store:
            read, write = os.pipe()
            child = os.fork()
            if child == 0:
                try:
                    store.snapshot()
                    answer = "no error"
                except jiceng.FailedPrecondition as error:
                    answer = error.reason
                os.write(write, answer.encode())
                os._exit(0)
            os.waitpid(child, 0)
            os.close(write)
            with os.fdopen(read) as pipe:
                self.assertEqual(pipe.read(), "STORE_USED_AFTER_FORK")
            self.assertEqual(len(store.verify()), 0)


class Catalogue(unittest.TestCase):
    def test_rules_kinds_roles(self):
        self.assertIn("branch.min-members", jiceng.rules().column("id"))
        self.assertIn("party_branch", jiceng.organization_kinds().column("id"))
        self.assertIn("secretary", jiceng.roles().column("id"))

    def test_working_days(self):
        # The State Council's schedule of 2026: 1 to 7 October are holidays, Saturday 10 October is worked.
        self.assertEqual(jiceng.working_day(datetime.date(2026, 9, 30), 1), datetime.date(2026, 10, 8))
        self.assertEqual(jiceng.working_days(datetime.date(2026, 10, 1), datetime.date(2026, 10, 11)), 3)
        with self.assertRaises(jiceng.OutOfRange):
            jiceng.working_day(datetime.date(2035, 1, 1), 1)

    def test_codes_are_checked_and_citizen_numbers_masked(self):
        rows = jiceng.check_codes(["320102", "320102198001011238"])
        self.assertEqual([row.kind for row in rows], ["division", "citizen_id"])
        self.assertTrue(all(row.valid for row in rows))
        self.assertNotIn("19800101", repr(rows))


if __name__ == "__main__":
    unittest.main()
