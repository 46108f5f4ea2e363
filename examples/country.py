#!/usr/bin/env python3
"""A country, province by province: ledgers are made, imported in one commit and deleted; then the next.

Needs the china-division data set (provinces.csv to villages.csv), a built `jiceng` and its library, and for 100 million
members 60 GB of disk and some hours.  Fewer members, or a few provinces, show the same curve:

    PYTHONPATH=bindings/python/src JICENG_LIBRARY=build/release/src/capi/libjiceng.so \\
      examples/country.py --jiceng build/release/bin/jiceng --divisions DIR --work DIR --members 5500000 --provinces 32

Prints one line of JSON a province, which docs/performance.md makes a table of.  What is invented and what is real:
src/cli/synth/README.md.  Each province is the root of its own tree; the country is all of them.
"""

import argparse
import collections
import csv
import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import time

DAY = datetime.date(2026, 6, 30)
# What the benchmarks' audit asks too, so that the figures can be compared.
RULES = ["branch.min-members", "branch.max-members", "branch.committee-required", "branch.committee-size",
         "grid.head-vacant", "term.expired", "report.member-unreported", "report.duplicate"]


def run(command):
    """Runs a command; seconds of wall and CPU, and the most memory it took: in all, and without mapped files."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    private = 0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as lines:
                private = max([private] + [int(line.split()[1]) for line in lines if line.startswith("RssAnon")])
        except OSError:
            pass
        time.sleep(0.05)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}")
    return {
        "wall_s": round(time.monotonic() - began, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": round(usage.ru_maxrss / 1000),
        "private_mb": round(private / 1000),
    }


def ask(store_path, province, people):
    """In a process of its own: opening as it passes, a point question, a roll-up, an audit as CPU time."""
    import jiceng

    def timed(function, repeat=1, clock=time.process_time):
        best = None
        for _ in range(repeat):
            began = clock()
            result = function()
            taken = clock() - began
            best = taken if best is None else min(best, taken)
        return best, result

    opening, store = timed(lambda: jiceng.open(store_path), clock=time.perf_counter)
    snapshot = store.snapshot()
    rng = random.Random(1)
    names = [f"person:{province}{1 + rng.randrange(people):09d}" for _ in range(20000)]
    unit = f"unit:{province}"
    snapshot.is_under(names[0], unit, DAY)

    def each(nodes, ancestor):
        for node in nodes:
            snapshot.is_under(node, ancestor, DAY)

    by_text, _ = timed(lambda: each(names, unit), 3)
    numbers, root = [snapshot.find(name) for name in names], snapshot.find(unit)
    by_number, _ = timed(lambda: each(numbers, root), 3)
    binding, _ = timed(lambda: each([root] * len(numbers), root), 3)  # a node is under itself: the call and no more
    report, table = timed(lambda: snapshot.rollup("report.rate", DAY, level="province"))
    audit, findings = timed(lambda: snapshot.audit(DAY, rules=RULES, parameters={"report.deadline_days": 90}))
    count = len(numbers)
    print(json.dumps({
        "open_ms": round(opening * 1e3, 1),
        "under_text_us": round((by_text - binding) / count * 1e6, 2),
        "under_number_us": round((by_number - binding) / count * 1e6, 2),
        "rollup_ms": round(report * 1e3),
        "audit_ms": round(audit * 1e3),
        "findings": len(findings),
    }))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jiceng", default="build/release/bin/jiceng")
    parser.add_argument("--divisions", required=True)
    parser.add_argument("--work", required=True, help="a folder for the store and one province's ledgers")
    parser.add_argument("--members", type=int, default=100_000_000)
    parser.add_argument("--provinces", nargs="*", help="codes; all of them without")
    parser.add_argument("--people", type=int, default=0, help="how many the store holds already")
    args = parser.parse_args()

    # A province has the members its communities and villages would have if all were alike.
    communities = collections.Counter()
    with open(os.path.join(args.divisions, "villages.csv"), encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            communities[row["code"][:2]] += 1
    provinces = sorted(args.provinces or communities)
    total = sum(communities[province] for province in provinces)

    os.makedirs(args.work, exist_ok=True)
    store, ledgers = os.path.join(args.work, "country.jiceng"), os.path.join(args.work, "ledgers")
    if not os.path.exists(store):  # else the provinces are added to those that are there
        subprocess.run([args.jiceng, "init", store], check=True, stdout=subprocess.DEVNULL)
    people = args.people
    for province in provinces:
        members = args.members * communities[province] // total
        made = run([args.jiceng, "synth", ledgers, "--division", province, "--members", str(members),
                    "--prefix", province, "--divisions", args.divisions])
        with open(os.path.join(ledgers, "people.csv"), "rb") as file:
            fresh = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
        people += fresh
        imported = run([args.jiceng, "import", store, ledgers])
        shutil.rmtree(ledgers)
        asked = subprocess.run([sys.executable, os.path.abspath(__file__), "--divisions", args.divisions, "--work",
                                args.work, "--ask", store, province, str(fresh)], check=True, capture_output=True)
        print(json.dumps({
            "province": province, "people": people, "new": fresh, "synth_s": made["wall_s"], **imported,
            "store_mb": round(os.path.getsize(store) / 1e6), "base_mb": round(os.path.getsize(store + ".base") / 1e6),
            **json.loads(asked.stdout)}), flush=True)


if __name__ == "__main__":
    if "--ask" in sys.argv:
        place = sys.argv.index("--ask")
        ask(sys.argv[place + 1], sys.argv[place + 2], int(sys.argv[place + 3]))
    else:
        main()
