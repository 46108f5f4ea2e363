"""Ledgers in, findings out: quick.py LEDGER-FOLDER"""

import datetime
import sys

import jiceng

DAY = datetime.date(2026, 6, 30)

with jiceng.open("memory:", create=True) as store:
    with store.writer(datetime.datetime(2026, 6, 30, tzinfo=datetime.timezone.utc)) as writer:
        writer.import_ledgers(sys.argv[1])
    with store.snapshot() as snapshot:
        counts = snapshot.count("unit:320102", DAY)
        for measure in ("members.full", "members.probationary"):
            print(measure, counts[measure])
        for finding in snapshot.audit(DAY):
            print(finding.subject, finding.rule, finding.status)
