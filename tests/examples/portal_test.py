#!/usr/bin/env python3
"""examples/portal: its pages, as a browser has them, against what the command says of the same store.

usage: portal_test.py COMMAND PORTAL

With Chromium the pages are those of its DOM; where there is none, as they come.
"""

import concurrent.futures
import csv
import html.parser
import json
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

COMMAND, PORTAL = sys.argv[1:3]
DAY = "2026-06-30"
EVIL = "<script>document.title='harm'</script>\"'&党支部"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
VOID = {"meta", "link", "input", "br", "img"}


class Page(html.parser.HTMLParser):
    """A page's elements with their attributes and the text inside."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", "cells": [], **dict(attributes)}
        self.elements.append(element)
        if tag in ("td", "dd", "dt"):
            for outer in self.open:
                outer["cells"].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()["tag"] != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag, **attributes):
        return [e for e in self.elements if e["tag"] == tag and all(e.get(k) == v for k, v in attributes.items())]

    def one(self, tag, **attributes):
        found = self.all(tag, **attributes)
        assert len(found) == 1, (tag, attributes, len(found))
        return found[0]

    def measures(self):
        return {e["data-measure"]: int(e["cells"][1]["text"]) for e in self.elements if "data-measure" in e}

    def rules(self):
        return {e["data-rule"]: int(e["cells"][2]["text"]) for e in self.all("tr") if "data-rule" in e}

    def inside(self, **attributes):
        """The text cells of the rows of a table."""
        element = [e for e in self.elements if all(e.get(k) == v for k, v in attributes.items())]
        assert len(element) == 1, (attributes, len(element))
        return [cell["text"] for cell in element[0]["cells"]]


def command(*arguments, folder):
    return subprocess.run([COMMAND, *arguments], check=True, capture_output=True, text=True, cwd=folder).stdout


def answer(folder, *arguments):
    return json.loads(command(*arguments, "--format", "json", folder=folder))


def write(folder, name, header, *rows):
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])


class Server:
    def __init__(self, store, *options):
        self.process = subprocess.Popen([PORTAL, str(store), "--port", "0", "--date", DAY, *options],
                                        stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http://127.0.0.1:"), self.url
        self.port = int(self.url.rstrip("/").rsplit(":", 1)[1])

    def get(self, path, method="GET", headers=None):
        """(status, headers, body)"""
        request = urllib.request.Request(self.url.rstrip("/") + path, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.headers, reply.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def json(self, path):
        status, headers, body = self.get("/api" + path)
        assert status == 200 and headers["Content-Type"] == "application/json", (path, status, body)
        return json.loads(body)

    def plain(self, path):
        status, _, body = self.get(path)
        assert status == 200, (path, status)
        return Page(body)

    def page(self, path, profile):
        """The page as a browser has it."""
        if not CHROMIUM:
            return self.plain(path)
        dump = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
             "--no-first-run", f"--user-data-dir={profile}", "--dump-dom", self.url.rstrip("/") + path],
            check=True, capture_output=True, text=True, timeout=180).stdout
        return Page(dump)

    def raw(self, data):
        """All that comes back for some bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                return b"".join(iter(lambda: connection.recv(65536), b""))
            except ConnectionError:
                return b""

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        return self.process.wait(30)


class Portal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        folder = cls.folder = pathlib.Path(cls.scratch.name)
        command("synth", "ledgers", "--division", "320102", "--members", "3000", "--seed", "5", folder=folder)
        command("init", "a.jiceng", folder=folder)
        command("import", "a.jiceng", "ledgers", folder=folder)
        # A street with what the others do not have: a name that is markup, an acting secretary, a grid without a head.
        extra = folder / "extra"
        write(extra, "units.csv", "code,name,level,parent_code,households,population,from",
              ["320102099", "试验街道", "street", "320102", "", "", ""],
              ["320102099001", "试验社区", "community", "320102099", "10", "20", ""],
              ["320102099001001", "第一网格", "grid", "320102099001", "", "", "2024-01-01"])
        write(extra, "orgs.csv", "org_id,name,kind,parent_id,unit_code,founded,dissolved",
              ["x/1?", EVIL, "party_branch", "", "320102099001", "2015-01-01", ""],
              ["x2", "代理书记党支部", "party_branch", "", "320102099001", "2015-01-01", ""])
        write(extra, "people.csv", "person_id,name,party_status,joined_on,in_service",
              *[[f"x{i}", f"甲乙{i}", "full", "2010-07-01", "0"] for i in range(1, 6)])
        write(extra, "affiliations.csv", "person_id,branch_id,kind,from,to",
              *[[f"x{i}", "x/1?" if i < 3 else "x2", "formal", "2016-01-01", ""] for i in range(1, 6)])
        write(extra, "appointments.csv", "person_id,org_id,unit_code,post,kind,from,to",
              ["x1", "x/1?", "", "secretary", "elected", "2024-03-01", "2026-03-01"],
              ["x3", "x2", "", "secretary", "acting", "2026-01-01", ""])
        command("import", "a.jiceng", "extra", folder=folder)
        cls.store = folder / "a.jiceng"
        cls.profile = folder / "profile"
        cls.portal = Server(cls.store)

    @classmethod
    def tearDownClass(cls):
        code = cls.portal.stop()
        cls.scratch.cleanup()
        assert code == 0, f"stopped with {code}"

    def ask(self, *arguments):
        return answer(self.folder, *arguments)

    def browse(self, path):
        return self.portal.page(path, self.profile)

    def test_the_numbers_are_those_of_the_command(self):
        page = self.browse("/unit/320102")
        counted = self.ask("count", "a.jiceng", "unit:320102", "--date", DAY)
        measures = page.measures()
        self.assertEqual(measures["members.full"], counted["members"]["full"])
        self.assertEqual(measures["members.probationary"], counted["members"]["probationary"])
        for measure in ("branches", "organizations", "units", "grids"):
            self.assertEqual(measures[measure], counted[measure])
        self.assertGreater(measures["members.full"], 2000)
        audited = self.ask("audit", "a.jiceng", "--under", "unit:320102", "--date", DAY)
        unmet = {rule: count for rule, count in audited["counts"].items() if count}
        self.assertEqual({rule: count for rule, count in page.rules().items() if count}, unmet)
        self.assertGreater(len(unmet), 3)

    def test_below_stand_the_streets_with_their_members(self):
        below = {node["node"]: node["members"] for node in self.portal.json("/unit/320102")["below"]}
        streets = self.ask("rollup", "a.jiceng", "--indicator", "members.full", "--date", DAY, "--level", "street")
        self.assertGreater(len(streets), 5)
        for street in streets:
            self.assertGreaterEqual(below[street["node"]], street["numerator"])

    def test_every_finding_has_its_clause(self):
        rules = {rule["id"]: rule for rule in self.ask("rules")}
        page = self.browse("/unit/320102?rule=branch.min-members")
        audited = self.ask("audit", "a.jiceng", "--under", "unit:320102", "--rule", "branch.min-members", "--date", DAY)
        articles = page.all("article")
        self.assertGreater(len(articles), 0)
        self.assertEqual(len(articles), min(50, len(audited["findings"])))
        for article, finding in zip(articles, audited["findings"]):
            self.assertIn(finding["message"], article["text"])
            for part in (rules["branch.min-members"]["title"], *rules["branch.min-members"]["citations"], "尚缺"):
                self.assertIn(part, article["text"])

    def test_findings_come_page_by_page(self):
        listed, page = [], 0
        while True:
            body = self.portal.json(f"/unit/320102?page={page}")
            if not body["findings"]:
                break
            listed += [(finding["subject"], finding["rule"]) for finding in body["findings"]]
            page += 1
        audited = self.ask("audit", "a.jiceng", "--under", "unit:320102", "--date", DAY)["findings"]
        expected = [(f["subject"], f["rule"]) for f in audited if not f["subject"].startswith("person:")]
        self.assertEqual(sorted(listed), sorted(expected))
        self.assertEqual(body["listed"], len(expected))
        self.assertGreater(page, 1)

    def test_posts_are_filled_acting_or_vacant(self):
        page = self.browse("/unit/320102099")
        rows = page.inside(**{"class": "establishment"})
        self.assertEqual([rows[i:i + 6] for i in range(0, len(rows), 6)],
                         [["网格", "网格长", "1", "0", "0", "1"], ["党支部", "书记", "2", "0", "1", "1"]])
        for where, role in (("grid", "grid_head"), ("party_branch", "secretary")):
            states = [post["state"] for post in self.ask("list", "a.jiceng", "posts", "--under", "unit:320102", "--role", role,
                                                         "--where", where, "--date", DAY)]
            title = {"grid": "网格", "party_branch": "党支部"}[where]
            told = [row for row in self.portal.json("/unit/320102")["establishment"] if row["where"] == title][0]
            self.assertEqual((told["bodies"], told["vacant"]), (len(states), states.count("vacant")))
        self.assertEqual([post["state"] for post in self.portal.json("/org/x2")["posts"]], ["acting"])
        self.assertEqual([post["state"] for post in self.portal.json("/unit/320102099001001")["posts"]], ["vacant"])

    def test_the_day_is_chosen(self):
        path = "/org/x%2F1%3F"
        self.assertEqual([e["data-state"] for e in self.browse(path).all("tr") if "data-state" in e], ["vacant"])
        page = self.browse(path + "?date=2025-01-01")
        self.assertEqual([e["data-state"] for e in page.all("tr") if "data-state" in e], ["filled"])
        self.assertIn("甲乙1", page.one("section", id="posts")["text"])
        self.assertEqual(page.one("input", type="date")["value"], "2025-01-01")
        self.assertTrue(all("date=2025-01-01" in link["href"] for link in page.all("a") if link["href"].startswith("/")))
        # Before it was founded there is nothing to head.
        self.assertEqual(self.portal.json("/org/x2?date=2014-01-01")["posts"], [])

    def test_a_name_is_text(self):
        # Which Chromium shows as it is, and nothing of it runs.
        page = self.browse("/org/x%2F1%3F")
        self.assertEqual(page.one("h1")["text"], EVIL)
        self.assertTrue(page.one("title")["text"].startswith("<script>"))
        self.assertEqual(page.all("script"), [])
        for path in ("/unit/320102099001", "/search?q=" + urllib.parse.quote(EVIL), "/search?q=%22%3E%3Cscript%3E",
                     "/person/x1?date=2025-01-01", "/%3Cscript%3E", "/unit/320102?rule=%22%3E%3Cscript%3E"):
            status, _, body = self.portal.get(path)
            self.assertIn(status, (200, 400, 404))
            self.assertNotIn("<script", body)
        page = self.portal.plain("/search?q=" + urllib.parse.quote(EVIL))
        self.assertEqual(page.one("input", type="search")["value"], EVIL)
        self.assertIn("org:x/1?", page.inside(**{"class": "found"}))

    def test_people_are_named_where_they_hold_a_post(self):
        for path in ("/org/x2", "/unit/320102099001", "/unit/320102099", "/unit/320102"):
            for prefix in ("", "/api"):
                body = self.portal.get(prefix + path)[2]
                self.assertNotIn("甲乙4", body)
                self.assertNotIn("person:x4", body)
        self.assertIn("甲乙3", self.portal.get("/org/x2")[2])
        self.assertEqual([node["node"] for node in self.portal.json("/search?q=" + urllib.parse.quote("甲乙"))["found"]],
                         ["person:x3"])
        self.assertEqual(self.portal.json("/search?q=x4")["found"], [])
        self.assertEqual(self.portal.json("/person/x3")["posts"][0]["body"]["node"], "org:x2")
        self.assertEqual(self.portal.get("/person/x4")[0], 404)
        self.assertEqual(self.portal.get("/person/x1")[0], 404)
        self.assertEqual(self.portal.get("/person/x1?date=2025-01-01")[0], 200)
        # No listed finding tells of somebody who is in the ledgers.
        for page in range(3):
            self.assertNotIn("person:", self.portal.get(f"/unit/320102?page={page}")[2].split('id="findings"')[1])

    def test_searches_by_name_and_id(self):
        found = self.browse("/search?q=" + urllib.parse.quote("试验")).inside(**{"class": "found"})
        self.assertEqual([found[i] for i in range(2, len(found), 4)], ["unit:320102099", "unit:320102099001"])
        for text, node in (("320102099001", "unit:320102099001"), ("org:x2", "org:x2"), ("x2", "org:x2")):
            self.assertEqual(self.portal.json("/search?q=" + text)["found"][0]["node"], node)
        self.assertEqual(self.portal.json("/search?q=")["found"], [])
        self.assertEqual(self.portal.json("/search?q=" + urllib.parse.quote("没有这个名字"))["found"], [])

    def test_links_lead_through_the_structure(self):
        above = self.portal.json("/unit/320102099001001")["above"]
        self.assertEqual([node["node"] for node in above], ["unit:320102", "unit:320102099", "unit:320102099001"])
        seen, queue = set(), ["/"]
        while queue and len(seen) < 60:
            path = queue.pop(0)
            if path in seen or path.startswith("#"):
                continue
            seen.add(path)
            queue += [link["href"] for link in self.portal.plain(path).all("a") if link["href"].startswith("/")]
        self.assertEqual(len(seen), 60)

    def test_speaks_english_when_asked(self):
        page = self.browse("/unit/320102099?lang=en")
        self.assertEqual(page.one("html")["lang"], "en")
        self.assertIn("Heads here and below", page.one("main")["text"])
        self.assertEqual(self.portal.plain("/unit/320102099").one("html")["lang"], "zh-CN")
        self.assertTrue(all("lang=en" in link["href"] for link in page.all("a") if link["href"].startswith("/")))

    def test_wrong_requests_are_told_so(self):
        for path, status in (("/unit/1", 404), ("/org/nobody", 404), ("/nothing", 404), ("/unit/", 404), ("/person/", 404),
                             ("/unit/320102?date=2026-02-30", 400), ("/unit/320102?date=yesterday", 400),
                             ("/?date=20260630", 400), ("/unit/320102?page=-1", 400), ("/unit/320102?rule=no.such", 400)):
            got, headers, body = self.portal.get(path)
            self.assertEqual(got, status, path)
            self.assertEqual(Page(body).one("h1")["text"], str(status))
            got, headers, body = self.portal.get("/api" + path)
            self.assertEqual((got, json.loads(body)["status"], headers["Content-Type"]), (status, status, "application/json"))
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            got, headers, _ = self.portal.get("/", method=method)
            self.assertEqual((got, headers["Allow"]), (405, "GET, HEAD"))
        self.assertEqual(self.portal.get("/", method="HEAD")[::2], (200, ""))

    def test_a_browser_is_told_to_be_careful(self):
        for path in ("/", "/style.css", "/unit/1", "/api/", "/unit/320102?date=x"):
            _, headers, body = self.portal.get(path)
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertNotIn("http:", body)
            self.assertNotIn("https:", body)
        # A site that gives its own name this address is not answered.
        self.assertEqual(self.portal.get("/", headers={"Host": "evil.example"})[0], 403)
        self.assertEqual(self.portal.get("/", headers={"Host": f"localhost:{self.portal.port}"})[0], 200)

    def test_nothing_that_is_sent_brings_it_down(self):
        head = b" HTTP/1.1\r\nHost: localhost\r\n"
        long = b"a" * 7000
        requests = [b"GET /" + path + head + b"\r\n" for path in (
            b"%", b"%2", b"%zz", b"%00", b"unit/%00", b"unit/%u", b"unit/%uD800", b"unit/%ff%fe", b"unit/\xff\xfe", b"org/" + long,
            b"org/" + b"%E5" * 2000, b"search?q=" + long, b"search?q=%00", b"search?q=%", b"search?q=%ff", b"?date=" + long,
            b"?" + b"&" * 5000, b"?" + b"a=b&" * 1500, b"??", b"unit/320102?page=99999", b"unit/320102?page=999999999999999999999",
            b"api/unit/%ff", b"api/search?q=%ed%a0%80", b"//", b"/../../etc/passwd", b"unit/..%2f..", b"unit/320102?rule=%ff",
            b"api", b"apiunit/320102", b"x" * 20000)]
        requests += [b"", b"\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"BREW / HTTP/1.1\r\n\r\n", b"\x00" * 100,
                     b"GET /" + head + b"Range: bytes=" + b"0-1," * 1800 + b"0-1\r\n\r\n",
                     b"GET /" + head + b"Range: bytes=0-99999999999999999999999\r\n\r\n", b"GET /" + head + b"Range: bytes=-\r\n\r\n",
                     b"GET /" + head + b"Accept-Encoding: " + b"gzip, " * 1000 + b"\r\n\r\n", b"GET /" + head + b"X: " + b"y" * 100000 + b"\r\n\r\n",
                     b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\nGET /unit/320102" + head + b"\r\n"]
        seed = 20260630
        print("seed", seed, file=sys.stderr)
        dice = random.Random(seed)
        pieces = [b"/", b"%", b"unit", b"org", b"person:", b"?", b"&", b"=", b"q", b"date", b"..", b"%00", b"%E5%8D%8A", b"\xe5", b"'", b"<", b"#", b"+"]
        requests += [b"GET /" + b"".join(dice.choice(pieces) for _ in range(dice.randrange(40))) + head + b"\r\n" for _ in range(300)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            replies = list(pool.map(self.portal.raw, requests))
        for request, reply in zip(requests, replies):
            self.assertNotIn(b" 500 ", reply[:20], request[:200])
            self.assertLessEqual(reply.count(b"HTTP/1.1 "), 1, request[:200])
        self.assertIsNone(self.portal.process.poll())
        self.assertEqual(self.portal.get("/")[0], 200)

    def test_a_commit_beside_it_shows_on_the_next_request(self):
        store = self.folder / "moving.jiceng"
        command("init", store.name, folder=self.folder)
        command("import", store.name, "ledgers/units.csv", "extra", folder=self.folder)
        server = Server(store)
        try:
            self.assertEqual(server.json("/")["seq"], 1)
            for commit in range(2, 6):
                later = self.folder / f"later{commit}"
                write(later, "orgs.csv", "org_id,name,kind,parent_id,unit_code,founded,dissolved",
                      [f"n{commit}", f"新支部{commit}", "party_branch", "", "320102099001", "2026-01-01", ""])
                self.assertEqual(server.get(f"/org/n{commit}")[0], 404)
                command("import", store.name, later.name, folder=self.folder)
                self.assertEqual(server.plain(f"/org/n{commit}").one("h1")["text"], f"新支部{commit}")
                self.assertEqual(server.json("/")["seq"], commit)
                self.assertEqual(server.plain("/unit/320102099").measures()["branches"], commit + 1)
        finally:
            self.assertEqual(server.stop(), 0)

    def test_many_readers_at_once_read_the_same(self):
        paths = ["/unit/320102", "/unit/320102099", "/org/x2", "/search?q=" + urllib.parse.quote("支部")] * 10
        once = {path: self.portal.get(path)[2] for path in set(paths)}
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for path, reply in zip(paths, pool.map(self.portal.get, paths)):
                self.assertEqual((reply[0], reply[2]), (200, once[path]))

    def test_shows_no_more_than_its_scope(self):
        server = Server(self.store, "--scope", "unit:320102099")
        try:
            self.assertEqual([node["node"] for node in server.json("/")["top"]], ["unit:320102099"])
            self.assertEqual(server.json("/unit/320102099")["counts"], self.portal.json("/unit/320102099")["counts"])
            self.assertEqual(server.json("/unit/320102099")["above"], [])
            self.assertEqual(server.get("/unit/320102")[0], 403)
            self.assertEqual(server.json("/search?q=" + urllib.parse.quote("玄武"))["found"], [])
            self.assertNotIn("甲乙4", server.get("/unit/320102099")[2])
        finally:
            self.assertEqual(server.stop(), 0)

    def test_stops_while_somebody_holds_a_connection(self):
        server = Server(self.store)
        with socket.create_connection(("127.0.0.1", server.port)):
            begun = time.monotonic()
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.monotonic() - begun, 10)

    def test_says_what_it_takes(self):
        run = lambda *arguments: subprocess.run([PORTAL, *arguments], capture_output=True, text=True, timeout=60)
        self.assertEqual(run("--help").returncode, 0)
        self.assertIn("--port", run("--help").stdout)
        for wrong in ([], ["a", "b"], ["a", "--port"], ["a", "--port", "70000"], ["a", "--nothing", "1"], ["a", "--date", "2026-02-30"]):
            self.assertEqual(run(*wrong).returncode, 2, wrong)
        missing = run(str(self.folder / "none.jiceng"))
        self.assertEqual((missing.returncode, "STORE_NOT_FOUND" in missing.stderr), (1, True))
        self.assertEqual(run(str(self.store), "--port", "0", "--scope", "unit:none").returncode, 1)
        taken = run(str(self.store), "--port", str(self.portal.port))
        self.assertEqual((taken.returncode, "cannot listen" in taken.stderr), (1, True))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
