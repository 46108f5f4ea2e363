#!/usr/bin/env python3
"""reference.py and the SQL peer must answer alike.

python3 check_peer.py --seeds 1..200
python3 check_peer.py --ledgers DIR --date D [--date D]...     (a given folder, e.g. a synthetic district)
"""

import argparse
import datetime
import json
import random
import sys
import tempfile
import time

import ledger_files
import peer
import questions
import random_ledgers
import reference


def answers_of_peer(p, question, date):
    name, *a = question
    return {
        'audit': lambda under, days: p.audit(date, under, days),
        'count': lambda node: p.count(node, date),
        'rollup': lambda indicator, level: p.rollup(indicator, date, level),
        'unreported': lambda under: p.list_unreported(under, date),
        'cross-appointments': lambda under: p.list_cross_appointments(under, date),
        'officers': lambda under, role: p.list_officers(under, role, date),
        'under': lambda node, ancestor, via: p.under(node, ancestor, date, via),
    }[name](*a)


def compare(folder, dates, draw, where, tally=None):
    """Asks every question of the day on both sides; the first disagreement is printed and False returned."""
    ledgers = reference.load(folder)
    other = peer.Peer(folder)
    for date in dates:
        day = reference.Day(ledgers, date)
        for question in draw(day):
            expected = questions.answer(day, question)
            got = answers_of_peer(other, question, date)
            if tally is not None:
                questions.tally(tally, question, expected)
            if expected != got:
                print(
                    '%s, %s, %s: reference and SQL disagree' % (where, date, json.dumps(question, ensure_ascii=False))
                )
                questions.show_difference(expected, got, 'reference', 'SQL')
                return False
    return True


def theorems(folder, organisation, dates, seed):
    """On the reference alone: the spelling of the files does not matter, and a day does not see ties that begin after it."""
    ledgers = reference.load(folder)
    with tempfile.TemporaryDirectory() as other:
        ledger_files.write(other, organisation, style=seed + 1)
        respelled = reference.load(other)
        for date in dates[:2]:
            with tempfile.TemporaryDirectory() as cut:
                ledger_files.write(cut, ledger_files.until(organisation, date))
                truncated = reference.Day(reference.load(cut), date)
            day, again = reference.Day(ledgers, date), reference.Day(respelled, date)
            for question in questions.draw(day, random.Random(seed), 5):
                expected = questions.answer(day, question)
                for name, view in (('respelled files', again), ('files cut at the day', truncated)):
                    got = questions.answer(view, question)
                    if expected != got:
                        print('seed %d, %s, %s: %s' % (seed, date, json.dumps(question, ensure_ascii=False), name))
                        questions.show_difference(expected, got, 'as written', name)
                        return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seeds', default='1..100', help='A..B')
    parser.add_argument('--without', default='')
    parser.add_argument('--ledgers')
    parser.add_argument('--date', action='append', default=[])
    args = parser.parse_args()
    began = time.time()
    tally = {}
    if args.ledgers:
        dates = [datetime.date.fromisoformat(d) for d in args.date]
        if not compare(args.ledgers, dates, lambda day: questions.draw(day, random.Random(1), 40), args.ledgers, tally):
            return 1
        print('equal on %d days, %.1f s; %s' % (len(dates), time.time() - began, questions.summary(tally)))
        return 0
    first, last = (int(s) for s in args.seeds.split('..'))
    for seed in range(first, last + 1):
        organisation = random_ledgers.make(seed, [f for f in args.without.split(',') if f])
        with tempfile.TemporaryDirectory() as folder:
            ledger_files.write(folder, organisation)
            dates = organisation.dates[:6]
            if not compare(
                folder, dates, lambda day: questions.draw(day, random.Random(seed), 10), 'seed %d' % seed, tally
            ):
                return 1
            if not theorems(folder, organisation, dates, seed):
                return 1
    print('seeds %d..%d equal, %.1f s; %s' % (first, last, time.time() - began, questions.summary(tally)))
    return 0


if __name__ == '__main__':
    sys.exit(main())
