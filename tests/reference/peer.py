#!/usr/bin/env python3
"""Loads the ledgers into plain SQLite and asks the contract's questions there.

Two uses: a second opinion on reference.py (check_peer.py compares them on random organisations), and the peer of the benchmarks.
The loader shares no code with reference.py and works the other way round: the reference evaluates one day, the loader cuts
everything into intervals once.

    python3 peer.py DIR DATABASE [--time]
"""

import csv
import datetime
import io
import json
import os
import re
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
END = 99999999


def rows_of(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return
    with open(path, 'rb') as f:
        data = f.read()
    try:
        text = data.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = data.decode('gb18030')
    reader = csv.reader(io.StringIO(text))
    header = {name: i for i, name in enumerate(next(reader))}
    for row in reader:
        yield lambda column, row=row: row[header[column]] if column in header else ''


def number(text, empty):
    """YYYY[-MM[-DD]] as an integer YYYYMMDD; a month or day not given is the first."""
    digits = text.replace('-', '')
    return int(digits + '0101'[len(digits) - 4 :]) if digits else empty


def cut(a, b):
    """The common part of two intervals or None."""
    first, until = max(a[0], b[0]), min(a[1], b[1])
    return (first, until) if first < until else None


class Loader:
    def __init__(self, folder, database):
        self.db = database
        self.folder = folder
        self.units, self.codes, self.orgs, self.people = {}, {}, {}, {}
        self.history = {}

    def put(self, table, rows):
        rows = sorted(set(rows))
        if rows:
            self.db.executemany('INSERT INTO %s VALUES(%s)' % (table, ','.join('?' * len(rows[0]))), rows)

    def unit(self, text):
        if text in self.units:
            return self.units[text]
        return self.codes[self.canonical(text)]

    @staticmethod
    def canonical(code):
        """The groups 2-2-2-3-3 of a division code without those of zeros at its end; other codes as they are."""
        if len(code) not in (2, 4, 6, 9, 12) or not code.isdigit():
            return code
        groups = [code[a:b] for a, b in ((0, 2), (2, 4), (4, 6), (6, 9), (9, 12)) if a < len(code)]
        while len(groups) > 1 and not groups[-1].strip('0'):
            groups.pop()
        return ''.join(groups)

    def steps(self, node, attribute, current, since=0):
        """The value of an attribute as intervals [(first, until, value)] without the empty ones."""
        earlier = self.history.get((node, attribute), [])
        begin = since
        if earlier:
            begin = max(since, max(until for _, until, _ in earlier))
        return [s for s in earlier + [(begin, END, current)] if s[2] != '' and s[0] < s[1]]

    def load(self):
        folder = self.folder
        units = list(rows_of(folder, 'units.csv'))
        seen = {}
        for row in units:
            seen.setdefault(row('id') or row('code'), row)
        units = list(seen.values())
        for n, row in enumerate(units, 1):
            self.units[row('id') or row('code')] = n
            self.codes[self.canonical(row('code'))] = n
        orgs = list({row('org_id'): row for row in rows_of(folder, 'orgs.csv')}.values())
        self.orgs = {row('org_id'): n for n, row in enumerate(orgs, 1)}
        people = list({row('person_id'): row for row in rows_of(folder, 'people.csv')}.values())
        self.people = {row('person_id'): n for n, row in enumerate(people, 1)}
        for row in rows_of(folder, 'history.csv'):
            node = self.find(row('node'))
            entry = (number(row('from'), 0), number(row('to'), END), row('value'))
            entries = self.history.setdefault((node, row('attribute')), [])
            if entry not in entries:
                entries.append(entry)

        unit_life, org_life, kinds = {}, {}, {}
        levels, territory = [], []
        for n, row in enumerate(units, 1):
            unit_life[n] = (number(row('from'), 0), number(row('to'), END))
        for n, row in enumerate(units, 1):
            for first, until, value in self.steps(('unit', n), 'level', row('level')):
                levels.append((n, first, until, value))
            for first, until, value in self.steps(('unit', n), 'parent_code', row('parent_code')):
                parent = self.unit(value)
                both = cut(unit_life[n], unit_life[parent])
                part = both and cut(both, (first, until))
                if part:
                    territory.append((n, part[0], part[1], parent))
        self.put(
            'unit',
            [
                (self.units[row('id') or row('code')], row('id') or row('code')) + unit_life[n]
                for n, row in enumerate(units, 1)
            ],
        )
        self.put('unit_level', levels)
        self.put('territory', territory)

        parents, seats = {}, []
        for n, row in enumerate(orgs, 1):
            org_life[n] = (number(row('founded'), 0), number(row('dissolved'), END))
            kinds[n] = row('kind')
            parents[n] = [
                (first, until, self.orgs[value])
                for first, until, value in self.steps(('org', n), 'parent_id', row('parent_id'))
            ]
            for first, until, value in self.steps(('org', n), 'unit_code', row('unit_code')):
                unit = self.unit(value)
                both = cut(org_life[n], unit_life[unit])
                part = both and cut(both, (first, until))
                if part:
                    seats.append((n, unit) + part)
        self.put(
            'org',
            [
                (
                    n,
                    row('org_id'),
                    kinds[n],
                    int(kinds[n].startswith('party_')),
                    int(
                        kinds[n].startswith('party_')
                        and kinds[n].endswith('branch')
                        and kinds[n] != 'party_general_branch'
                    ),
                    org_life[n][0],
                    org_life[n][1],
                )
                for n, row in enumerate(orgs, 1)
            ],
        )
        self.put(
            'org_parent', [(n, first, until, parent) for n, steps in parents.items() for first, until, parent in steps]
        )

        def party(n):
            return kinds[n].startswith('party_')

        def nearest_party(n, span):
            """[(first, until, Party organisation)] reached through parents during the span."""
            found = []
            for first, until, parent in parents[n]:
                part = cut(span, (first, until))
                if part:
                    found += [part + (parent,)] if party(parent) else nearest_party(parent, part)
            return found

        org_ties = []

        def org_tie(kind, low, high, span):
            part = cut(org_life[low], org_life[high])
            part = part and cut(part, span)
            if part:
                org_ties.append((kind, low, high) + part)

        for n in kinds:
            if party(n):
                for first, until, parent in nearest_party(n, (0, END)):
                    org_tie('party_line', n, parent, (first, until))
            for first, until, parent in parents[n]:
                if party(n) and not party(parent):
                    org_tie('covers', n, parent, (first, until))
                elif party(parent) and not party(n):
                    org_tie('covers', parent, n, (first, until))
                elif not party(n):
                    guided = kinds[n] == 'social_organization' or (kinds[n], kinds[parent]) == (
                        'owners_committee',
                        'residents_committee',
                    )
                    org_tie('guidance' if guided else 'admin_line', n, parent, (first, until))

        facts = []
        status_number = {'full': 2, 'probationary': 1}
        for n, row in enumerate(people, 1):
            since = number(row('status_from'), 0)
            if (
                since == 0
                and (('person', n), 'party_status') not in self.history
                and (('person', n), 'in_service') not in self.history
            ):
                facts.append((n, 0, END, status_number.get(row('party_status'), 0), int(row('in_service') == '1')))
                continue
            statuses = self.steps(('person', n), 'party_status', row('party_status'), since)
            services = self.steps(('person', n), 'in_service', row('in_service'), since)
            edges = sorted({0, END} | {e for s in statuses + services for e in s[:2]})
            for first, until in zip(edges, edges[1:]):
                status = [v for a, b, v in statuses if a <= first < b]
                service = [v for a, b, v in services if a <= first < b]
                facts.append((n, first, until, status_number.get(status[0], 0) if status else 0, int(service == ['1'])))
        self.put('person', [(n, row('person_id')) for n, row in enumerate(people, 1)])
        self.put('person_fact', facts)

        def span(row, first='from', until='to'):
            return number(row(first), 0), number(row(until), END)

        affiliations = [
            (self.orgs[r('branch_id')], self.people[r('person_id')]) + span(r) + (int(r('kind') == 'formal'),)
            for r in rows_of(folder, 'affiliations.csv')
        ]
        residences = [
            (self.people[r('person_id')], self.unit(r('unit_code'))) + span(r)
            for r in rows_of(folder, 'residences.csv')
        ]
        employments = [
            (self.people[r('person_id')], self.orgs[r('employer_id')]) + span(r)
            for r in rows_of(folder, 'employments.csv')
        ]
        appointments = [
            (self.people[r('person_id')],)
            + ((1, self.orgs[r('org_id')]) if r('org_id') else (0, self.unit(r('unit_code'))))
            + (r('post'),)
            + span(r)
            for r in rows_of(folder, 'appointments.csv')
        ]
        reports = [
            self.subject(r('subject_id')) + (self.unit(r('community_code')),) + span(r, 'reported_on', 'ended_on')
            for r in rows_of(folder, 'reports.csv')
        ]
        for r in rows_of(folder, 'ties.csv'):
            (_, a), (_, b), kind = self.find(r('from_node')), self.find(r('to_node')), r('kind')
            attributes = json.loads(r('attributes') or '{}')
            if kind == 'seat':
                seats.append((a, b) + span(r))
            elif kind in ('party_line', 'admin_line', 'guidance', 'supervision', 'dispatch'):
                org_ties.append((kind, a, b) + span(r))
            elif kind == 'residence':
                residences.append((a, b) + span(r))
            elif kind == 'employment':
                employments.append((a, b) + span(r))
            elif kind == 'report':
                reports.append((0 if r('from_node').startswith('person:') else 1, a, b) + span(r))
            elif kind == 'affiliation':
                affiliations.append((b, a) + span(r) + (int(attributes.get('kind') == 'formal'),))
            elif kind == 'appointment':
                appointments.append((a, int(r('to_node').startswith('org:')), b, attributes.get('post', '')) + span(r))
        terms = []
        for r in rows_of(folder, 'terms.csv'):
            elected = number(r('elected_on'), 0)
            last = number(r('extended_to') or r('ends_on'), END)
            if not (r('extended_to') or r('ends_on')) and r('years'):
                last = elected + 10000 * int(r('years'))
            terms.append((self.orgs[r('org_id')], elected, int(r('term_no')), last))
        self.put('seat', seats)
        self.put('org_tie', org_ties)
        self.put('affiliation', affiliations)
        self.put('residence', residences)
        self.put('employment', employments)
        self.put('appointment', appointments)
        self.put('report', reports)
        self.put('term', terms)

    def find(self, text):
        kind, _, ident = text.partition(':')
        return kind, {'unit': self.unit, 'org': self.orgs.get, 'person': self.people.get}[kind](ident)

    def subject(self, text):
        """(0, person) or (1, organisation)."""
        if text in self.people:
            return 0, self.people[text]
        if text in self.orgs:
            return 1, self.orgs[text]
        kind, n = self.find(text)
        return (0 if kind == 'person' else 1), n


def statements():
    with open(os.path.join(HERE, 'peer_queries.sql'), encoding='utf-8') as f:
        parts = re.split(r'^-- name: (\S+)\n', f.read(), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def script(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        return f.read()


class Peer:
    """The contract's questions; dates are datetime.date, nodes text."""

    def __init__(self, folder, path=':memory:'):
        self.db = sqlite3.connect(path)
        self.db.executescript(script('peer_schema.sql'))
        self.loader = Loader(folder, self.db)
        with self.db:
            self.loader.load()
        self.db.executescript(script('peer_closure.sql'))
        self.sql = statements()

    def ask(self, name, **values):
        return self.db.execute(self.sql[name], values).fetchall()

    @staticmethod
    def day(date):
        return date.year * 10000 + date.month * 100 + date.day

    def find(self, node):
        return self.loader.find(node)

    def text(self, node):
        kind, n = self.find(node)
        return '%s:%s' % (kind, self.db.execute('SELECT id FROM %s WHERE n = ?' % kind, (n,)).fetchone()[0])

    def is_under(self, node, ancestor, date):
        (kind, n), (above, a), d = self.find(node), self.find(ancestor), self.day(date)
        if (kind, n) == (above, a):
            return True
        name = '%s-under-%s' % (kind, above)
        if name not in self.sql:
            return False
        return bool(self.ask(name, below=n, p=n, o=n if name == 'org-under-unit' else a, u=a, d=d)[0][0])

    def under(self, node, ancestor, date, via=None):
        (kind, n), (above, a), d = self.find(node), self.find(ancestor), self.day(date)
        path = None
        if (kind, n) == (above, a):
            path = self.text(node)
        elif above == 'unit' and via is None:
            path = self.ask('smallest-path-to-unit', start=kind, n=n, u=a, d=d)[0][0]
        elif above == 'org' and (via is None or kind == 'org'):
            path = self.ask('smallest-path-to-org', start=kind, n=n, o=a, d=d, kind=via or 'party_line')[0][0]
        return {'under': path is not None, 'path': path.split('\x01') if path else []}

    def audit(self, date, under=None, deadline_days=None):
        d = self.day(date)
        findings, counts = [], {}
        for name in sorted(self.sql):
            if not name.startswith('audit.'):
                continue
            rule = name[len('audit.') :]
            subjects = []
            if rule != 'report.member-unreported':
                subjects = self.ask(name, d=d)
            elif deadline_days is not None:
                subjects = self.ask(name, d=d, cutoff=self.day(date - datetime.timedelta(days=deadline_days)))
            subjects = [s for s, in subjects if under is None or self.is_under(s, under, date)]
            counts[rule] = len(subjects)
            findings += [{'rule': rule, 'subject': s, 'status': 'unmet'} for s in subjects]
        if deadline_days is None:
            findings.append(
                {
                    'rule': 'report.member-unreported',
                    'subject': self.text(under) if under else 'store:',
                    'status': 'unknown',
                }
            )
        return {
            'date': date.isoformat(),
            'counts': counts,
            'findings': sorted(findings, key=lambda f: (f['subject'], f['rule'])),
        }

    def count(self, node, date):
        kind, n = self.find(node)
        full, probationary = self.ask('members-under-' + kind, u=n, o=n, d=self.day(date))[0]
        return {
            'node': self.text(node),
            'date': date.isoformat(),
            'members': {'full': full, 'probationary': probationary},
        }

    def rollup(self, indicator, date, level=None):
        rows = self.ask('rollup.' + indicator, d=self.day(date))
        if level is not None:
            there = {
                'unit:' + i
                for i, in self.db.execute(
                    'SELECT u.id FROM unit_level l JOIN unit u ON u.n = l.unit WHERE l.level = :l AND l.first <= :d AND l.until > :d',
                    {'l': level, 'd': self.day(date)},
                )
            }
            rows = [r for r in rows if r[0] in there]
        return sorted(
            ({'node': r[0], 'numerator': r[1], 'denominator': r[2] if len(r) > 2 else None} for r in rows),
            key=lambda r: r['node'],
        )

    def list_unreported(self, under, date):
        return sorted(
            ({'node': p} for p, in self.ask('unreported', u=self.find(under)[1], d=self.day(date))),
            key=lambda r: r['node'],
        )

    def list_cross_appointments(self, under, date):
        rows = self.ask('cross-appointments', u=self.find(under)[1], d=self.day(date))
        return sorted(
            ({'node': p, 'community': c, 'kinds': sorted(k.split(','))} for p, c, k in rows),
            key=lambda r: (r['node'], r['community']),
        )

    def list_officers(self, under, role, date):
        kind, n = self.find(under)
        rows = self.ask('officers-under-' + kind, u=n, o=n, role=role, d=self.day(date))
        return sorted(
            (
                {
                    'node': p,
                    'body': b,
                    'role': role,
                    'from': '%04d-%02d-%02d' % (f // 10000, f // 100 % 100, f % 100) if f else None,
                }
                for p, b, f in rows
            ),
            key=lambda r: (r['node'], r['body'], r['from'] or ''),
        )


def main():
    began = time.time()
    peer = Peer(sys.argv[1], sys.argv[2])
    print('loaded in %.2f s' % (time.time() - began))
    for (table,) in peer.db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall():
        print('  %-14s %9d' % (table, peer.db.execute('SELECT count(*) FROM ' + table).fetchone()[0]))
    peer.db.close()


if __name__ == '__main__':
    main()
