"""What real readers of Arrow make of the library's streams.  The organisation is that of tests/abi/ledgers, or a large
one written here."""

import datetime
import gc
import pathlib
import tempfile
import unittest

import duckdb
import pandas
import polars
import pyarrow

import jiceng

LEDGERS = pathlib.Path(__file__).resolve().parents[3] / "tests" / "abi" / "ledgers"
DAY = datetime.date(2026, 6, 30)
MOMENT = datetime.datetime(2026, 6, 30, tzinfo=datetime.timezone.utc)


def organization(ledgers=LEDGERS):
    store = jiceng.open("memory:", create=True)
    with store.writer(MOMENT, author="测试") as writer:
        report = writer.import_ledgers(ledgers)
        assert report.outcome is jiceng.ImportOutcome.DONE, report.problems
    return store


def rows(arrow):
    """Of a pyarrow table, as the package itself gives rows."""
    return [tuple(row.values()) for row in arrow.to_pylist()]


class Streams(unittest.TestCase):
    def setUp(self):
        self.store = organization()
        self.snapshot = self.store.snapshot()

    def test_ties_are_columns_of_the_types_the_header_promises(self):
        table = pyarrow.table(self.snapshot.ties("affiliation"))
        self.assertEqual(
            [(field.name, str(field.type)) for field in table.schema],
            [
                ("tie", "int64"),
                ("from_number", "int64"),
                ("to_number", "int64"),
                ("valid_from", "date32[day]"),
                ("valid_to", "date32[day]"),
                ("role", "dictionary<values=string, indices=uint8, ordered=0>"),
                ("manner", "dictionary<values=string, indices=uint8, ordered=0>"),
                ("attributes", "string"),
            ],
        )
        table.validate(full=True)

    def test_every_kind_of_column_arrives_as_the_rows_say(self):
        for table in (
            self.snapshot.ties("affiliation"),
            self.snapshot.ties("territory"),
            self.snapshot.ties("recusal"),  # there are none
            self.snapshot.nodes("person"),  # names, read when they are asked for
            self.snapshot.audit(DAY).table(),  # lists of texts
            self.store.log(),  # moments
            self.store.changes(),  # yes and no
            jiceng.rules(),
        ):
            with self.subTest(table.columns):
                arrow = pyarrow.table(table)
                arrow.validate(full=True)
                self.assertEqual(arrow.column_names, list(table.columns))
                self.assertEqual(rows(arrow), [tuple(row) for row in table])

    def test_findings_stream_as_their_table(self):
        findings = self.snapshot.audit(DAY)
        self.assertGreater(len(findings), 0)
        self.assertEqual(rows(pyarrow.table(findings)), [tuple(row) for row in findings.table()])

    def test_a_stream_outlives_what_it_came_from(self):
        findings = self.snapshot.audit(DAY)
        expected = [tuple(row) for row in findings.table()]
        table = findings.table()
        readers = [pyarrow.RecordBatchReader.from_stream(one) for one in (findings, table)]
        findings.close()
        del table
        self.snapshot.close()
        self.store.close()
        gc.collect()
        for reader in readers:
            self.assertEqual(rows(reader.read_all()), expected)

    def test_a_stream_nobody_reads_is_given_back(self):
        table = self.snapshot.ties("affiliation")
        before = len(jiceng._arrow._structs)
        capsules = [table.__arrow_c_stream__() for _ in range(100)]
        self.assertEqual(len(jiceng._arrow._structs), before + 100)
        half = pyarrow.RecordBatchReader.from_stream(table)
        del capsules, half
        gc.collect()
        self.assertEqual(len(jiceng._arrow._structs), before)

    def test_a_closed_table_has_no_stream(self):
        findings = self.snapshot.audit(DAY)
        findings.close()
        with self.assertRaises(ValueError):
            pyarrow.table(findings)


class Readers(unittest.TestCase):
    """Each takes the object itself; no other library between."""

    def setUp(self):
        self.snapshot = organization().snapshot()
        self.ties = self.snapshot.ties("affiliation")
        self.people = self.snapshot.nodes("person")

    def expected(self):
        names = {row.number: row.name for row in self.people}
        return sorted((names[row.from_number], row.valid_from, row.manner) for row in self.ties)

    def test_pandas(self):
        frame = pandas.DataFrame.from_arrow(self.ties).merge(
            pandas.DataFrame.from_arrow(self.people), left_on="from_number", right_on="number"
        )
        days = pandas.to_datetime(frame["valid_from"]).dt.date
        self.assertEqual(sorted(zip(frame["name"], days, frame["manner"])), self.expected())

    def test_polars(self):
        people = polars.DataFrame(self.people)
        frame = polars.DataFrame(self.ties).join(people, left_on="from_number", right_on="number")
        self.assertEqual(
            sorted(frame.select("name", "valid_from", polars.col("manner").cast(polars.String)).rows()), self.expected()
        )

    def test_duckdb(self):
        ties, people = self.ties, self.people  # DuckDB finds them by these names
        found = duckdb.sql("SELECT name, valid_from, manner FROM ties JOIN people ON from_number = number").fetchall()
        self.assertEqual(sorted(found), self.expected())
        del ties, people


class Many(unittest.TestCase):
    """More rows than fit into one batch."""

    PEOPLE = 150_000

    def test_all_of_them_arrive_in_order(self):
        with tempfile.TemporaryDirectory() as folder:
            for file in LEDGERS.iterdir():
                if file.name not in ("people.csv", "affiliations.csv"):
                    pathlib.Path(folder, file.name).write_bytes(file.read_bytes())
            with open(pathlib.Path(folder, "people.csv"), "w", encoding="utf-8") as people:
                people.write("person_id,name,party_status,joined_on,in_service\n")
                people.writelines(f"q{i},周{i},full,2000-07-01,0\n" for i in range(self.PEOPLE))
            with open(pathlib.Path(folder, "affiliations.csv"), "w", encoding="utf-8") as affiliations:
                affiliations.write("person_id,branch_id,kind,from,to\n")
                affiliations.writelines(
                    f"q{i},1001,formal,{2000 + i % 20}-0{1 + i % 9}-01,{'2026-01-01' if i % 3 == 0 else ''}\n"
                    for i in range(self.PEOPLE)
                )
            snapshot = organization(folder).snapshot()
        table = pyarrow.table(snapshot.ties("affiliation"))
        table.validate(full=True)
        self.assertEqual(table.num_rows, self.PEOPLE)
        self.assertGreater(table.column("tie").num_chunks, 1)
        names = pyarrow.table(snapshot.nodes("person"))
        self.assertEqual(names.column("name").to_pylist(), [f"周{i}" for i in range(self.PEOPLE)])
        for i in (0, 1, 65_535, 65_536, self.PEOPLE - 1):
            row = table.slice(i, 1).to_pylist()[0]
            self.assertEqual(row["valid_from"], datetime.date(2000 + i % 20, 1 + i % 9, 1))
            self.assertEqual(row["valid_to"], datetime.date(2026, 1, 1) if i % 3 == 0 else None)
            self.assertEqual(row["manner"], "formal")
        self.assertEqual(pyarrow.table(snapshot.ties("affiliation", DAY)).num_rows, self.PEOPLE - self.PEOPLE // 3)


if __name__ == "__main__":
    unittest.main()
