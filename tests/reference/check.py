#!/usr/bin/env python3
"""The real command against the reference on random organisations.

    python3 check.py --jiceng PATH --seeds 1..100 [--without FEATURE,...] [--failures N] [--keep DIR]

For each seed ledgers are written, imported through the command, and every question of the contract is put to both.  Then the
properties, as theorems: importing again makes no commit; an export imported elsewhere answers the same; neither the order of rows,
columns and files nor their encoding matters; a day does not see ties that begin after it; --recorded gives the earlier belief;
revert restores it.  A disagreement prints the seed, the question, the smallest difference and the features of the ledgers without
which it goes away.
"""

import argparse
import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

import clauses
import ledger_files
import lists
import questions
import random_ledgers
import reference


class Disagreement(Exception):
    """One answer that differs; carries what to print."""

    def __init__(self, where, expected, got):
        super().__init__(where)
        self.where, self.expected, self.got = where, expected, got


class Command:
    """Runs the command and reads its JSON."""

    def __init__(self, path):
        self.path = path
        self.calls = 0

    def run(self, *words, code=0):
        self.calls += 1
        done = subprocess.run([self.path, *words], capture_output=True, timeout=120)
        if done.returncode != code:
            raise Disagreement(
                ' '.join(words),
                'exit %d' % code,
                'exit %d: %s' % (done.returncode, (done.stderr or done.stdout).decode('utf-8', 'replace')[:2000]),
            )
        return done.stdout

    def json(self, *words):
        out = self.run(*words, '--format', 'json')
        try:
            return json.loads(out)
        except ValueError:
            raise Disagreement(' '.join(words), 'JSON', out.decode('utf-8', 'replace')[:500])

    def store(self, store, *paths):
        """A new store with the ledgers imported; the import's report."""
        self.run('init', store)
        return self.json('import', store, *paths)

    def ask(self, store, date, question, recorded=None):
        name, *a = question
        words = {
            'audit': lambda under, days: ['audit', store]
            + option('--under', under)
            + option('--set', None if days is None else 'report.deadline_days=%d' % days),
            'count': lambda node: ['count', store, node],
            'rollup': lambda indicator, level: ['rollup', store, '--indicator', indicator] + option('--level', level),
            'unreported': lambda under: ['list', store, 'unreported', '--under', under],
            'cross-appointments': lambda under: ['list', store, 'cross-appointments', '--under', under],
            'officers': lambda under, role: ['list', store, 'officers', '--under', under, '--role', role],
            'under': lambda node, goal, via: ['under', store, node, goal] + option('--via', via),
        }[name](*a)
        words += ['--date', date.isoformat()] + option('--recorded', recorded)
        return fixed_part(question, self.json(*words), ' '.join(words))


    def clauses(self, store, date, recorded=None):
        """What the rules beyond the contract find, named one by one so that those that are off are judged too."""
        words = ['audit', store, '--date', date.isoformat()] + option('--recorded', recorded)
        for name, value in clauses.PARAMETERS.items():
            words += ['--set', '%s=%d' % (name, value)]
        for name in clauses.RULES:
            words += ['--rule', name]
        findings = self.json(*words)['findings']
        return [{'subject': f['subject'], 'rule': f['rule'], 'status': f['status']} for f in findings]


def option(name, value):
    return [] if value is None else [name, str(value)]


def fixed_part(question, answer, where):
    """What the contract fixes of an answer, in the reference's shape; further members and further rules are the command's own."""
    try:
        if question[0] == 'audit':
            order = [(f['subject'].encode('utf-8'), f['rule']) for f in answer['findings']]
            if order != sorted(order):
                raise Disagreement(where, 'findings bytewise by subject then rule', order[:20])
            if any(f['waived'] for f in answer['findings']):
                raise Disagreement(where, 'nothing is waived', 'a waived finding')
            return {
                'date': answer['date'],
                'counts': {r: answer['counts'].get(r, 0) for r in reference.RULES},
                'findings': [
                    {k: f[k] for k in ('rule', 'subject', 'status')}
                    for f in answer['findings']
                    if f['rule'] in reference.RULES
                ],
            }
        if question[0] == 'count':
            return {
                'node': answer['node'],
                'date': answer['date'],
                'members': {k: answer['members'][k] for k in ('full', 'probationary')},
            }
        if question[0] == 'under':
            return {'under': answer['under'], 'path': answer['path']}
        keys = {
            'rollup': ('node', 'numerator', 'denominator'),
            'unreported': ('node',),
            'cross-appointments': ('node', 'community', 'kinds'),
            'officers': ('node', 'body', 'role', 'from'),
        }[question[0]]
        # The contract does not say how an empty `from` looks; null and "" are taken as the same.
        return [{k: (row.get(k) or None) if k in ('from', 'denominator') else row[k] for k in keys} for row in answer]
    except (KeyError, TypeError) as missing:
        raise Disagreement(
            where,
            'the shape of the contract',
            '%s missing in %s' % (missing, json.dumps(answer, ensure_ascii=False)[:500]),
        )


class Check:
    def __init__(self, command, seed, without, folder):
        self.command, self.seed, self.folder = command, seed, folder
        self.organisation = random_ledgers.make(seed, without)
        self.random = random.Random(seed)
        self.written = 0
        self.found = {}  # rule -> findings, to show that the comparison was not one of empty lists

    def write(self, organisation, style=None):
        self.written += 1
        folder = os.path.join(self.folder, 'ledgers%d' % self.written)
        ledger_files.write(folder, organisation, style)
        return folder

    def new_store(self):
        self.written += 1
        return os.path.join(self.folder, 'store%d' % self.written)

    def same(self, what, expected, got):
        if expected != got:
            raise Disagreement(what, expected, got)

    def answers(self, store, view, dates, some, what, recorded=None):
        """Puts the questions of `dates` to the store and to the reference's view of the ledgers."""
        for date in dates:
            day = reference.Day(view, date)
            for question in questions.draw(day, self.random, some):
                expected = questions.answer(day, question)
                got = self.command.ask(store, date, question, recorded)
                self.same('%s, %s, %s' % (what, date, json.dumps(question, ensure_ascii=False)), expected, got)
            expected = [{'subject': s, 'rule': r, 'status': 'unmet'} for s, r in clauses.unmet(day)]
            for finding in expected:
                self.found[finding['rule']] = self.found.get(finding['rule'], 0) + 1
            self.same('%s, %s, clauses' % (what, date), expected, self.command.clauses(store, date, recorded))
            self.lists(store, day, what, recorded)
            self.line(store, day, what, recorded)

    def line(self, store, day, what, recorded):
        for indicator in ('members.full', 'report.rate'):
            words = ['rollup', store, '--indicator', indicator, '--along', 'party_line', '--date', day.day.isoformat()]
            got = self.command.json(*words, *option('--recorded', recorded))
            got = [{k: row[k] for k in ('node', 'numerator', 'denominator')} for row in got]
            self.same('%s, %s' % (what, ' '.join(words)), day.rollup_line(indicator), got)

    def lists(self, store, day, what, recorded):
        for under in self.random.sample(['unit:' + u for u in day.ledgers.units], 2):
            words = ['--under', under, '--date', day.day.isoformat()] + option('--recorded', recorded)
            role, where = self.random.choice(
                [('grid_head', 'grid'), ('grid_head', 'community'), ('secretary', 'party_branch'), ('director', 'employer')]
            )
            got = self.command.json('list', store, 'posts', '--role', role, '--where', where, *words)
            self.same('%s, posts %s %s %s' % (what, role, where, ' '.join(words)), lists.posts(day, under, role, where), got)
            got = self.command.json('list', store, 'pairings', *words)
            self.same('%s, pairings %s' % (what, ' '.join(words)), lists.pairings(day, under), got)

    def run(self):
        organisation, command = self.organisation, self.command
        dates = organisation.dates
        ledgers = self.write(organisation)
        view = reference.load(ledgers)

        store = self.new_store()
        report = command.store(store, ledgers)
        self.same('rows accepted by import', rows_in(ledgers), {k: n for k, n in report['rows'].items() if n})
        self.same('rows rejected by import', 0, report['rejected'])
        self.answers(store, view, dates[:3], 8, 'after import')

        again = command.json('import', store, ledgers)
        self.same('importing again makes no commit', report['seq'], again['seq'])
        respelled = self.write(organisation, style=self.seed + 1)
        paths = [os.path.join(respelled, name) for name in os.listdir(respelled)]
        self.random.shuffle(paths)
        again = command.json('import', store, *paths)
        self.same('importing the same in another spelling makes no commit', report['seq'], again['seq'])

        other = self.new_store()
        command.store(other, *paths)
        self.answers(other, view, dates[3:4], 2, 'rows, columns and files in another order and encoding')

        exported = os.path.join(self.folder, 'export')
        command.run('export', store, exported)
        other = self.new_store()
        self.same('rows of the export rejected', 0, command.store(other, exported)['rejected'])
        self.answers(other, view, dates[4:5], 4, 'import of an export')

        other = self.new_store()
        command.store(other, self.write(ledger_files.until(organisation, dates[5])))
        self.answers(other, view, dates[5:6], 2, 'ledgers cut at the day')

        before = ledger_files.earlier(organisation, self.seed)
        first = self.write(before)
        first_view = reference.load(first)
        store = self.new_store()
        seq = command.store(store, first)['seq']
        self.answers(store, first_view, dates[7:8], 2, 'the earlier ledgers')
        head = command.json('import', store, ledgers)['seq']
        self.answers(store, view, dates[7:8], 3, 'the later ledgers over the earlier')
        self.answers(store, first_view, dates[6:7], 2, 'as recorded before the later ledgers', recorded=seq)
        if head != seq:
            command.run('revert', store, str(head))
            self.answers(store, first_view, dates[6:7], 3, 'after revert of the later ledgers')
            self.answers(store, view, dates[7:8], 2, 'as recorded before the revert', recorded=head)
        command.run('verify', store)


def rows_in(folder):
    counts = {}
    for name in reference.FILES:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            n = len(list(csv.reader(io.StringIO(reference.read_text(path))))) - 1
            if n:
                counts[name] = n
    return counts


def check(command, seed, without, keep=None, found=None):
    """None, or the disagreement; adds to `found` what the rules beyond the contract found."""
    folder = tempfile.mkdtemp(prefix='reference-')
    try:
        one = Check(command, seed, without, folder)
        one.run()
        for rule, n in one.found.items() if found is not None else ():
            found[rule] = found.get(rule, 0) + n
        return None
    except Disagreement as d:
        if keep:
            shutil.copytree(folder, os.path.join(keep, 'seed%d' % seed), dirs_exist_ok=True)
        return d
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--jiceng', required=True)
    parser.add_argument('--seeds', default='1..50', help='A..B')
    parser.add_argument(
        '--without', default='', help='features to leave out, of: ' + ', '.join(random_ledgers.FEATURES)
    )
    parser.add_argument('--failures', type=int, default=1, help='stop after so many seeds that disagree')
    parser.add_argument('--keep', help='folder for the ledgers and stores of seeds that disagree')
    args = parser.parse_args()
    without = [f for f in args.without.split(',') if f]
    command = Command(os.path.abspath(args.jiceng))
    first, last = (int(s) for s in args.seeds.split('..'))
    began, failures, tally = time.time(), 0, {}
    for seed in range(first, last + 1):
        found = check(command, seed, without, args.keep, tally)
        if found is None:
            continue
        failures += 1
        print('seed %d%s: %s' % (seed, ' --without ' + args.without if without else '', found.where))
        questions.show_difference(found.expected, found.got, 'expected', 'got')
        needed = [
            f for f in random_ledgers.FEATURES if f not in without and check(command, seed, without + [f]) is None
        ]
        print('  goes away without any one of: %s' % (', '.join(needed) or '-'))
        sys.stdout.flush()
        if failures >= args.failures:
            break
    print('seeds %d..%d: %d disagree; %d calls, %.1f s' % (first, seed, failures, command.calls, time.time() - began))
    never = [rule for rule in clauses.RULES if rule not in tally]
    print('%d findings of %d rules; never found: %s' % (sum(tally.values()), len(tally), ', '.join(never) or '-'))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
