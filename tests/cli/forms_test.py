"""Double reporting from sheets to sheets: ledgers of matters through the real command, the register, and the forms read back by programs
that are not ours: openpyxl and Python's html.parser.  What should stand in them is counted here from the sheets that went in."""

import collections
import csv
import html.parser
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

COMMAND = sys.argv.pop(1)
UNITS = "code,name,level,parent_code,households,population\n320102002,梅园街道,street,,,\n320102002001,第一社区,community,320102002,,\n320102002002,第二社区,community,320102002,,\n"
LEDGERS = {
    "units.csv": UNITS,
    "orgs.csv": "org_id,name,kind,parent_id,unit_code,founded,dissolved\n11,第一社区党支部,party_branch,,320102002001,2005,\n12,第二社区党支部,party_branch,,320102002002,2005,\n"
                "20,\"=1+1, 甲公司\",employer,,320102002001,1999,\n21,甲公司党支部,party_branch,20,320102002001,2010,\n",
    "people.csv": "person_id,name,party_status,joined_on,in_service\n1,张三,full,1998,1\n2,<b>李四&,full,1999,1\n3,王五,full,1990,0\n4,=SUM(A1),full,2001,1\n5,赵六,full,1990,0\n",
    "employments.csv": "person_id,employer_id,from,to\n1,20,2010-01-01,\n2,20,2010-01-01,\n",
    "residences.csv": "person_id,unit_code,from,to\n1,320102002001,2010-01-01,2026-07-01\n1,320102002002,2026-07-01,\n2,320102002001,2010-01-01,\n4,320102002002,2010-01-01,\n",
    "appointments.csv": "person_id,org_id,unit_code,post,kind,from,to\n3,11,,secretary,elected,2020-01-01,\n5,12,,secretary,elected,2020-01-01,\n",
}
# Person 1 moves house in the middle of the year: two matters, one for each community.
MATTERS = """事项编号,程序,开立时间,办理人,党员,居住社区,设岗社区,社区党组织,单位党组织,提出人,岗位名称,岗位类别,岗位名额,面向
A-1,report.member,2026-01-05,1,1,320102002001,,11,21,,,,,
A-2,report.member,2026-07-02,1,1,320102002002,,12,21,,,,,
B-1,report.member,2026-01-06,2,2,320102002001,,11,21,,,,,
D-1,report.member,2026-02-01,4,4,320102002002,,12,,,,,,
G-1,社区服务岗位,2026-01-02,3,,,320102002001,11,,,居家养老,elderly_care,5,in_service
G-2,社区服务岗位,2026-03-01,1,,,320102002001,11,,1,@助学,own,1,anybody
G-3,社区服务岗位,2026-01-02,5,,,320102002002,12,,,法律咨询,legal_advice,5,unposted
"""
STEPS = """事项编号,办理时间,步骤,办理人,台账编号,岗位,服务日期,服务时数,《反馈表》文号,公示处,用于
A-1,2026-01-06,报到,1,,,,,,,
A-1,2026-01-07,建档,3,T-1,,,,,,
A-1,2026-01-08,岗位认领,1,,G-1,,,,,
A-1,2026-02-10,服务记录,3,,,2026-02-09,3,,,
A-1,2026-03-10,岗位认领,3,,G-2,,,,,
A-1,2026-04-10,服务记录,3,,,2026-04-09,2,,,
A-1,2026-07-01,搬离,1,,,,,,,
A-1,2026-07-15,反馈,3,,,,,+86,,
A-2,2026-07-03,报到,1,,,,,,,
A-2,2026-07-04,建档,5,-T-2,,,,,,
A-2,2026-07-05,岗位认领,1,,G-3,,,,,
A-2,2026-08-10,服务记录,5,,,2026-08-10,4,,,
B-1,2026-01-06,报到,2,,,,,,,
D-1,2026-02-02,报到,4,,,,,,,
D-1,2026-02-03,建档,5,"=HYPERLINK(""http://x"")",,,,,,
G-1,2026-01-02,开放岗位,3,,,,,,,
G-2,2026-03-10,开放岗位,3,,,,,,,
G-3,2026-01-02,开放岗位,5,,,,,,,
"""


def run(*args, code=0):
    done = subprocess.run([COMMAND, *args], capture_output=True, text=True, timeout=120)
    assert done.returncode == code, (args, done.returncode, done.stderr)
    return done


def openpyxl():
    """The module; of another Python than Debian's, the one of the Debian package."""
    try:
        import openpyxl
    except ImportError:
        sys.path.append("/usr/lib/python3/dist-packages")
        import openpyxl
    return openpyxl


class Page(html.parser.HTMLParser):
    """Sections, each a list of rows of cell texts; every tag and attribute that was met."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.sections, self.tags, self.attributes, self.open = [], collections.Counter(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        self.attributes.update(attributes)
        self.open.append(tag)
        if tag == "section":
            self.sections.append([])
        elif tag == "tr":
            self.sections[-1].append([])
        elif tag in ("td", "th"):
            self.sections[-1][-1].append("")
        if tag in ("meta", "col"):
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"):
            self.sections[-1][-1][-1] += data


class Forms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = cls.path("a.jiceng")
        os.mkdir(cls.path("in"))
        for name, text in {**LEDGERS, "matters.csv": MATTERS, "matter_steps.csv": STEPS}.items():
            with open(cls.path(os.path.join("in", name)), "w", encoding="utf-8") as file:
                file.write(text)
        run("init", cls.store)
        run("import", cls.store, cls.path("in"))
        cls.steps = list(csv.DictReader(io.StringIO(STEPS)))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    def form(self, what, under, day, name, *more):
        run("form", self.store, what, "--under", under, "--date", day, "--out", self.path(name), *more)
        if name.endswith(".html"):
            with open(self.path(name), encoding="utf-8") as file:
                return Page(file.read())
        return openpyxl().load_workbook(self.path(name))

    def hours(self, matter, until):
        return [int(row["服务时数"]) for row in self.steps if row["事项编号"] == matter and row["步骤"] == "服务记录" and row["办理时间"] <= until]

    def test_the_register_is_as_of_any_day(self):
        for day, communities in (("2026-03-31", {"unit:320102002001": ["A-1", "B-1"]}),
                                 ("2026-12-31", {"unit:320102002001": ["A-1", "B-1"], "unit:320102002002": ["D-1", "A-2"],
                                                 "unit:320102002": ["A-1", "B-1", "D-1", "A-2"]})):
            for unit, matters in communities.items():
                rows = json.loads(run("list", self.store, "register", "--under", unit, "--date", day, "--format", "json").stdout)
                self.assertEqual([row["matter"] for row in rows], matters)
                for row in rows:
                    hours = self.hours(row["matter"], day)
                    self.assertEqual((row["services"], row["hours"]), (len(hours), sum(hours)))
                    self.assertNotIn("name", row)
                    moved = row["matter"] == "A-1" and day >= "2026-07-01"
                    self.assertEqual(row["moved_on"], "2026-07-01" if moved else None)
                    self.assertEqual(row["fed_back_on"], "2026-07-15" if row["matter"] == "A-1" and day >= "2026-07-15" else None)
        table = run("list", self.store, "register", "--under", "unit:320102002001", "--date", "2026-12-31", "--lang", "zh").stdout
        self.assertIn("居家养老; @助学", table)
        plain = run("list", self.store, "register", "--under", "unit:320102002001", "--date", "2026-12-31", "--format", "csv").stdout
        self.assertEqual(next(csv.DictReader(io.StringIO(plain)))["reported_on"], "2026-01-06")

    def test_one_feedback_form_for_each_community(self):
        book = self.form("feedback", "person:1", "2026-12-31", "member.xlsx")
        page = self.form("feedback", "person:1", "2026-12-31", "member.html")
        self.assertEqual(len(book.sheetnames), 3)  # a summary and two
        forms = [[[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()] for sheet in book]
        for form, section, matter, posts in zip(forms[1:], page.sections[1:], ("A-1", "A-2"), ("居家养老、@助学", "法律咨询")):
            hours = self.hours(matter, "2026-12-31")
            for rows in (form, section):
                self.assertIn(["合计", "", "服务次数", str(len(hours)), "时数", str(sum(hours))],
                              [[str(cell) for cell in row] if len(row) == 6 else [str(row[0]), ""] + [str(c) for c in row[1:]] for row in rows if row and row[0] == "合计"])
                claimed = next(row for row in rows if row and row[0] == "认领岗位")
                self.assertEqual(claimed[1], posts)
        # What was done before the post of their own was opened was done in the one claimed first.
        served = [row[1:4] for row in page.sections[1] if row[0] in ("1", "2")]
        self.assertEqual(served, [["2026-02-09", "居家养老", "3"], ["2026-04-09", "@助学", "2"]])
        # Pages and workbooks say the same.
        said = [[cell for row in section for cell in row if cell] for section in page.sections]
        filed = [[str(cell) for row in form[1:] for cell in row if cell != ""] for form in forms]
        self.assertEqual([[text for text in one if "截至" not in text] for one in filed], said)

    def test_an_employer_gets_all_its_members(self):
        for node in ("org:20", "org:21"):  # the employer, and its Party organisation
            page = self.form("feedback", node, "2026-12-31", "employer.html")
            self.assertEqual([row[2] for row in page.sections[0][1:-1]], ["张三", "<b>李四&", "张三"])
            self.assertEqual(len(page.sections), 4)
        self.assertEqual(len(self.form("feedback", "org:20", "2026-06-30", "employer.html").sections), 3)

    def test_a_year_has_its_own_services(self):
        run("form", self.store, "feedback", "--under", "person:1", "--date", "2026-12-31", "--year", "2025", "--out", self.path("none.html"), code=2)
        self.assertEqual(len(self.form("feedback", "person:1", "2026-12-31", "year.html", "--year", "2026").sections), 3)

    def test_cells_are_texts_and_numbers_and_nothing_else(self):
        book = self.form("register", "unit:320102002", "2026-12-31", "register.xlsx")
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
        self.assertEqual({cell.data_type for cell in cells}, {"s", "n"})
        texts = {cell.value for cell in cells}
        for text in ("=SUM(A1)", "-T-2", "+86", "=1+1, 甲公司", '=HYPERLINK("http://x")', "<b>李四&"):
            self.assertIn(text, texts)
        with zipfile.ZipFile(self.path("register.xlsx")) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        self.assertNotIn("<f>", sheet)
        page = self.form("register", "unit:320102002", "2026-12-31", "register.html")
        self.assertEqual(page.tags["b"] + page.tags["script"] + page.tags["a"] + page.tags["img"], 0)
        self.assertFalse({name for name, _ in page.attributes} & {"src", "href", "onload"})
        self.assertIn("<b>李四&", [cell for row in page.sections[0] for cell in row])

    def test_the_same_answers_give_the_same_bytes(self):
        for name in ("same.xlsx", "same.html"):
            self.form("register", "unit:320102002", "2026-12-31", name)
            with open(self.path(name), "rb") as file:
                first = file.read()
            time.sleep(2.1)  # a time of day in the file would have moved
            self.form("register", "unit:320102002", "2026-12-31", name)
            with open(self.path(name), "rb") as file:
                self.assertEqual(file.read(), first)

    def test_ledgers_of_matters_survive_the_way_out_and_back(self):
        run("export", self.store, self.path("out"))
        run("init", self.path("b.jiceng"))
        run("import", self.path("b.jiceng"), self.path("out"))
        run("export", self.path("b.jiceng"), self.path("again"))
        self.assertEqual(sorted(os.listdir(self.path("out"))), sorted(os.listdir(self.path("again"))))
        for name in os.listdir(self.path("out")):
            with open(os.path.join(self.path("out"), name), "rb") as a, open(os.path.join(self.path("again"), name), "rb") as b:
                self.assertEqual(a.read(), b.read(), name)
        ask = ("list", "register", "--under", "unit:320102002", "--date", "2026-12-31", "--format", "json")
        self.assertEqual(*(run(ask[0], store, *ask[1:]).stdout for store in (self.store, self.path("b.jiceng"))))

    def test_what_cannot_be_written_is_said(self):
        run("form", self.store, "register", "--under", "unit:320102002", "--date", "2026-12-31", "--out", self.path("x.pdf"), code=2)
        run("form", self.store, "register", "--under", "unit:9", "--date", "2026-12-31", "--out", self.path("x.html"), code=2)
        for name in ("no/x.html", "no/x.xlsx"):
            run("form", self.store, "register", "--under", "unit:320102002", "--date", "2026-12-31", "--out", self.path(name), code=4)


if __name__ == "__main__":
    unittest.main()
