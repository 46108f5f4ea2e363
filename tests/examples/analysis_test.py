#!/usr/bin/env python3
"""examples/analysis against the same figures counted from the ledgers by other code.

usage: analysis_test.py COMMAND EXAMPLE
"""

import collections
import csv
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.dom.minidom

COMMAND, EXAMPLE = sys.argv[1:3]
DAY = "2026-06-30"


def rows(folder, file):
    with open(pathlib.Path(folder, file), encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def is_open(row, begin="from", end="to"):
    return (not row[begin] or row[begin] <= DAY) and (not row[end] or row[end] > DAY)


def counted(folder):
    """Street name -> (reported, in service, crossed, posted), by the words of the contract of the ledgers."""
    units = {row["code"]: row for row in rows(folder, "units.csv")}

    def climb(code, level):
        while code and units[code]["level"] != level:
            code = units[code]["parent_code"]
        return code

    serving = {p["person_id"] for p in rows(folder, "people.csv")
               if p["in_service"] == "1" and p["party_status"] in ("full", "probationary")}
    homes = [r for r in rows(folder, "residences.csv") if is_open(r) and r["person_id"] in serving]
    reports = {(r["subject_id"], r["community_code"]) for r in rows(folder, "reports.csv")
               if is_open(r, "reported_on", "ended_on")}
    live, reported = collections.defaultdict(set), collections.defaultdict(set)
    for home in homes:
        street, community = climb(home["unit_code"], "street"), climb(home["unit_code"], "community")
        live[street].add(home["person_id"])
        if (home["person_id"], community) in reports:
            reported[street].add(home["person_id"])
    orgs = {o["org_id"]: o for o in rows(folder, "orgs.csv")}
    kinds, posted, crossed = collections.defaultdict(set), collections.defaultdict(set), collections.defaultdict(set)
    for post in rows(folder, "appointments.csv"):
        org = orgs.get(post["org_id"])
        if org is None or not is_open(post) or not is_open(org, "founded", "dissolved"):
            continue
        community = climb(org["unit_code"], "community")
        if community:
            posted[climb(community, "street")].add(post["person_id"])
            kinds[post["person_id"], community].add(org["kind"])
    for (person, community), of in kinds.items():
        if len(of) > 1:
            crossed[climb(community, "street")].add(person)
    return {units[street]["name"]: tuple(len(of[street]) for of in (reported, live, crossed, posted))
            for street in units if units[street]["level"] == "street"}


class Streets(unittest.TestCase):
    def test_the_figures_are_those_of_the_ledgers(self):
        with tempfile.TemporaryDirectory() as folder:
            def run(*command):
                return subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout

            run(COMMAND, "synth", "ledgers", "--division", "320102", "--members", "3000", "--seed", "5")
            run(COMMAND, "init", "a.jiceng")
            run(COMMAND, "import", "a.jiceng", "ledgers")
            said = run(sys.executable, "-B", EXAMPLE, "a.jiceng", DAY, "streets.svg")
            found = {}
            for line in said.splitlines():
                name, _, *share, _, part, whole = line.split("\t")
                found[name] = (*map(int, share), int(part), int(whole))
            expected = counted(pathlib.Path(folder, "ledgers"))
            self.assertEqual(found, expected)
            self.assertGreater(sum(figures[2] for figures in expected.values()), 0)
            self.assertGreater(sum(figures[0] for figures in expected.values()), 0)
            chart = xml.dom.minidom.parse(str(pathlib.Path(folder, "streets.svg")))
            texts = {node.firstChild.data for node in chart.getElementsByTagName("text")}
            for name, (reported, live, _, _) in expected.items():
                self.assertIn(name, texts)
                self.assertTrue(any(f"({reported}/{live})" in text for text in texts), name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
