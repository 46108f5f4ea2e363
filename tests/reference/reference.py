#!/usr/bin/env python3
"""The slow, obviously right reference: ledgers in, the answers of the fixed contract out.

Every function is written from one sentence of the contract (docs: "Fixed contract", quoted in the comments) and works on one day:
first the day's open ties are collected into dicts, then the sentence is evaluated as it stands.  There is nothing clever here on
purpose; the library is checked against this file, never the other way round.  Where a sentence can be read in two ways the
comment says READING and which one is taken; README.md lists them all.

    python3 reference.py audit DIR --date D [--under NODE] [--set report.deadline_days=N]
    python3 reference.py count DIR NODE --date D
    python3 reference.py rollup DIR --indicator NAME --date D [--level L]
    python3 reference.py list DIR unreported|cross-appointments|officers --under NODE --date D [--role R]
    python3 reference.py under DIR NODE ANCESTOR --date D [--via KIND]
"""

import argparse
import csv
import datetime
import io
import json
import os
import sys

BEFORE_EVERYTHING = datetime.date.min  # an empty `from`
NEVER = datetime.date.max  # an empty `to`

FILES = [
    'units.csv',
    'orgs.csv',
    'people.csv',
    'affiliations.csv',
    'employments.csv',
    'residences.csv',
    'appointments.csv',
    'reports.csv',
    'terms.csv',
    'ties.csv',
    'history.csv',
]

# Contract: "Kinds of organisation".  Every kind whose name begins with party_ is a Party organisation.
PARTY_KINDS = {
    'party_committee',
    'party_work_committee',
    'party_general_branch',
    'party_branch',
    'party_joint_branch',
    'party_functional_branch',
    'party_temporary_branch',
    'party_floating_branch',
}
# `count` speaks of "branches", the rules of "branch = kind `party_branch`".
# READING: in `count` a branch is any of the five branch kinds; in the rules only `party_branch`.
MEMBER_BRANCH_KINDS = {
    'party_branch',
    'party_joint_branch',
    'party_functional_branch',
    'party_temporary_branch',
    'party_floating_branch',
}
COMMITTEE_POSTS = {'secretary', 'deputy_secretary', 'committee_member'}

RULES = [
    'branch.min-members',
    'branch.max-members',
    'branch.committee-required',
    'branch.committee-size',
    'grid.head-vacant',
    'term.expired',
    'report.member-unreported',
    'report.duplicate',
]


# ------------------------------------------------------------------------------------------------------------------ dates


def parse_date(text, empty):
    """YYYY-MM-DD; YYYY and YYYY-MM mean the first day; empty text gives `empty`."""
    text = text.strip()
    if text == '':
        return empty
    parts = [int(p) for p in text.split('-')]
    while len(parts) < 3:
        parts.append(1)
    return datetime.date(parts[0], parts[1], parts[2])


def add_years(day, years):
    """The same date `years` on, 29 February giving 28 when the year has none (民法典 Art. 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def holds(begin, end, day):
    """Contract: "Open means holding on D: from <= D < to"."""
    return begin <= day < end


# ---------------------------------------------------------------------------------------------------------------- ledgers


def read_text(path):
    """UTF-8 (BOM allowed) or GB18030."""
    with open(path, 'rb') as f:
        data = f.read()
    try:
        return data.decode('utf-8-sig')
    except UnicodeDecodeError:
        return data.decode('gb18030')


def read_rows(path):
    """The rows of a ledger as dicts by column name, whatever the order of the columns."""
    if not os.path.exists(path):
        return []
    return [
        {k: (v or '') for k, v in row.items() if k is not None} for row in csv.DictReader(io.StringIO(read_text(path)))
    ]


def short_code(code):
    """One spelling for a zero-padded and a short division code: 320102000000 and 320102 are one unit."""
    if not code.isdigit():
        return code
    for longer, zeros in ((12, 3), (9, 3), (6, 2), (4, 2)):
        if len(code) == longer and code.endswith('0' * zeros):
            code = code[:-zeros]
    return code


class Ledgers:
    """All rows of a folder, identical rows once, with units, organisations and people found by their ids."""

    def __init__(self, folder):
        rows = {}
        for name in FILES:
            unique = {}
            for row in read_rows(os.path.join(folder, name)):
                unique[tuple(sorted(row.items()))] = row  # "Identical rows are one tie"
            rows[name] = list(unique.values())
        self.units = {}  # id -> row
        self.unit_by_code = {}  # short code -> id
        for row in rows['units.csv']:
            # "its id as first written": the code of the row unless the row has an id.
            unit = row.get('id', '') or row['code']
            self.units[unit] = row
            self.unit_by_code[short_code(row['code'])] = unit
        self.orgs = {row['org_id']: row for row in rows['orgs.csv']}
        self.people = {row['person_id']: row for row in rows['people.csv']}
        self.rows = rows
        self.history = {}  # (node, attribute) -> [(from, to, value)]
        for row in rows['history.csv']:
            key = (self.node(row['node']), row['attribute'])
            self.history.setdefault(key, []).append(
                (parse_date(row['from'], BEFORE_EVERYTHING), parse_date(row['to'], NEVER), row['value'])
            )
        self.ties = self.read_ties()

    def unit(self, text):
        """The unit a cell names, "resolved by id first, then by the code"; None for an empty cell."""
        if text == '':
            return None
        if text in self.units:
            return text
        return self.unit_by_code[short_code(text)]

    def node(self, text):
        """The text form with the unit's own id: unit:320102000000 -> unit:320102."""
        kind, ident = text.split(':', 1)
        if kind == 'unit':
            return 'unit:' + self.unit(ident)
        return text

    def read_ties(self):
        """The ties that are rows, as (kind, from node, to node, from, to, role, manner)."""
        ties = []

        def add(kind, source, target, row, begin='from', end='to', role='', manner=''):
            ties.append(
                (
                    kind,
                    source,
                    target,
                    parse_date(row[begin], BEFORE_EVERYTHING),
                    parse_date(row[end], NEVER),
                    role,
                    manner,
                )
            )

        for row in self.rows['affiliations.csv']:
            add('affiliation', 'person:' + row['person_id'], 'org:' + row['branch_id'], row, manner=row['kind'])
        for row in self.rows['employments.csv']:
            add('employment', 'person:' + row['person_id'], 'org:' + row['employer_id'], row)
        for row in self.rows['residences.csv']:
            add('residence', 'person:' + row['person_id'], 'unit:' + self.unit(row['unit_code']), row)
        for row in self.rows['appointments.csv']:
            body = 'org:' + row['org_id'] if row['org_id'] else 'unit:' + self.unit(row['unit_code'])
            add('appointment', 'person:' + row['person_id'], body, row, role=row['post'], manner=row['kind'])
        for row in self.rows['reports.csv']:
            subject = row['subject_id']  # "person or organisation found by id (a person:/org: prefix is accepted)"
            if not subject.startswith(('person:', 'org:')):
                subject = ('person:' if subject in self.people else 'org:') + subject
            add('report', subject, 'unit:' + self.unit(row['community_code']), row, 'reported_on', 'ended_on')
        for row in self.rows['ties.csv']:
            attributes = json.loads(row.get('attributes', '') or '{}')
            # READING: the attributes of a tie carry the names of the columns of its own ledger: "kind" and "post".
            add(
                row['kind'],
                self.node(row['from_node']),
                self.node(row['to_node']),
                row,
                role=attributes.get('post', ''),
                manner=attributes.get('kind', ''),
            )
        return ties


# -------------------------------------------------------------------------------------------------------------------- day


class Day:
    """The organisation as it is on one day: values in force and open ties."""

    def __init__(self, ledgers, day):
        self.ledgers = ledgers
        self.day = day

        self.exists = {}  # node -> bool; people have no lifetime in the ledgers
        for unit, row in ledgers.units.items():
            self.exists['unit:' + unit] = holds(
                parse_date(row.get('from', ''), BEFORE_EVERYTHING), parse_date(row.get('to', ''), NEVER), day
            )
        for org, row in ledgers.orgs.items():
            self.exists['org:' + org] = holds(
                parse_date(row['founded'], BEFORE_EVERYTHING), parse_date(row['dissolved'], NEVER), day
            )
        for person in ledgers.people:
            self.exists['person:' + person] = True

        self.level = {'unit:' + u: self.value('unit:' + u, 'level', row['level']) for u, row in ledgers.units.items()}
        self.kind = {'org:' + o: row['kind'] for o, row in ledgers.orgs.items()}
        self.parent_value = {}  # organisation -> the organisation in its own parent_id
        self.party_status = {}
        self.in_service = {}
        for org, row in ledgers.orgs.items():
            parent = self.value('org:' + org, 'parent_id', row['parent_id'])
            if parent != '':
                self.parent_value['org:' + org] = 'org:' + parent
        for person, row in ledgers.people.items():
            # "A fact holds from status_from, else [...] before everything."
            # READING: "a fact" is every fact of the row, so in_service too begins on status_from; history.csv goes before it.
            since = parse_date(row.get('status_from', ''), BEFORE_EVERYTHING)
            node = 'person:' + person
            self.party_status[node] = self.value(node, 'party_status', row['party_status'], since)
            self.in_service[node] = self.value(node, 'in_service', row['in_service'], since)

        # kind -> from node -> [(to node, from, role, manner)], open on the day
        self.open = {}
        self.open_to = {}  # the same by the other end
        self.terms = {}  # organisation -> rows of terms.csv
        for row in ledgers.rows['terms.csv']:
            self.terms.setdefault('org:' + row['org_id'], []).append(row)
        for kind, source, target, begin, end, role, manner in ledgers.ties:
            if holds(begin, end, day):
                self.add(kind, source, target, begin, role, manner)
        self.derive_ties()

    def value(self, node, attribute, current, since=BEFORE_EVERYTHING):
        """The value in force: history.csv gives the earlier ones, the current one begins where the last of them ends.

        READING: an attribute of history.csv is a column name of the node's own ledger; on a day before the last history row's end
        that no history row covers there is no value.
        """
        rows = self.ledgers.history.get((node, attribute), [])
        if rows and self.day < max(end for _, end, _ in rows):
            for begin, end, value in rows:
                if holds(begin, end, self.day):
                    return value
            return ''
        return current if self.day >= since else ''

    def add(self, kind, source, target, begin=BEFORE_EVERYTHING, role='', manner=''):
        self.open.setdefault(kind, {}).setdefault(source, []).append((target, begin, role, manner))
        self.open_to.setdefault(kind, {}).setdefault(target, []).append((source, begin, role, manner))

    def add_derived(self, kind, source, target):
        """Contract: "Ties from units.csv and orgs.csv hold while both nodes exist"."""
        if self.exists[source] and self.exists[target]:
            self.add(kind, source, target)

    def derive_ties(self):
        for unit, row in self.ledgers.units.items():
            parent = self.ledgers.unit(self.value('unit:' + unit, 'parent_code', row['parent_code']))
            if parent is not None:
                self.add_derived('territory', 'unit:' + unit, 'unit:' + parent)
        for org, row in self.ledgers.orgs.items():
            node = 'org:' + org
            seat = self.ledgers.unit(self.value(node, 'unit_code', row['unit_code']))
            if seat is not None:
                self.add_derived('seat', node, 'unit:' + seat)
            parent = self.parent_value.get(node)
            if parent is None:
                continue
            if self.kind[node] in PARTY_KINDS:
                # "a Party organisation's party_line goes to its nearest Party ancestor by parent_id"
                # READING: the bodies between are only walked through; whether they exist on D does not matter.
                ancestor = parent
                while ancestor is not None and self.kind[ancestor] not in PARTY_KINDS:
                    ancestor = self.parent_value.get(ancestor)
                if ancestor is not None:
                    self.add_derived('party_line', node, ancestor)
                # "a Party organisation whose parent is a non-Party body covers that body"
                if self.kind[parent] not in PARTY_KINDS:
                    self.add_derived('covers', node, parent)
            elif self.kind[parent] in PARTY_KINDS:
                # "a non-Party body whose parent is a Party organisation is covers-ed by it"
                self.add_derived('covers', parent, node)
            elif self.kind[node] == 'social_organization':
                self.add_derived('guidance', node, parent)
            elif self.kind[node] == 'owners_committee' and self.kind[parent] == 'residents_committee':
                self.add_derived('guidance', node, parent)
            else:
                self.add_derived('admin_line', node, parent)

    def ties(self, kind, source):
        return self.open.get(kind, {}).get(source, [])

    def ties_to(self, kind, target):
        return self.open_to.get(kind, {}).get(target, [])

    def targets(self, kind, source):
        return [tie[0] for tie in self.ties(kind, source)]

    # -- where things are

    def at_or_above(self, unit):
        """The unit, its parent, and so on, by territory."""
        found = []
        waiting = [unit]
        while waiting:
            u = waiting.pop()
            if u not in found:
                found.append(u)
                waiting.extend(self.targets('territory', u))
        return found

    def party_at_or_above(self, org):
        found = []
        waiting = [org]
        while waiting:
            o = waiting.pop()
            if o not in found:
                found.append(o)
                waiting.extend(self.targets('party_line', o))
        return found

    def community_of(self, unit):
        """The community at or above a unit, or None."""
        for u in self.at_or_above(unit):
            if self.level[u] == 'community':
                return u
        return None

    def residences(self, person):
        """[(unit, since)] of the open residences."""
        return [(tie[0], tie[1]) for tie in self.ties('residence', person)]

    def seats_at_or_above(self, org):
        return {u for seat in self.targets('seat', org) for u in self.at_or_above(seat)}

    def formal_people(self, org):
        """People with an open formal affiliation to the organisation; people count once."""
        return {tie[0] for tie in self.ties_to('affiliation', org) if tie[3] == 'formal'}

    # -- who is what

    def is_member(self, person):
        """Contract: "Member = a person whose party_status on D is full or probationary, whatever the affiliation"."""
        return self.party_status[person] in ('full', 'probationary')

    def is_in_service_member(self, person):
        return self.is_member(person) and self.in_service[person] == '1'

    def full_members(self, org):
        """Contract: "full = people whose status is `full`, with an open `formal` affiliation, distinct people"."""
        return {p for p in self.formal_people(org) if self.party_status[p] == 'full'}

    def members(self, org):
        return {p for p in self.formal_people(org) if self.is_member(p)}

    def has_reported(self, subject, community):
        return community is not None and community in self.targets('report', subject)

    # -- questions

    def path(self, node, ancestor, via=None):
        """The bytewise smallest path from node to ancestor, or []."""
        target_kind = ancestor.split(':', 1)[0]
        known = {}

        def steps(n):
            kind = n.split(':', 1)[0]
            if via is not None:
                return self.targets(via, n)
            if target_kind == 'unit':
                return self.targets({'unit': 'territory', 'org': 'seat', 'person': 'residence'}[kind], n)
            if target_kind == 'org' and kind == 'org':
                return self.targets('party_line', n)
            if target_kind == 'org' and kind == 'person':
                return [tie[0] for tie in self.ties('affiliation', n) if tie[3] == 'formal']
            return []

        def smallest(n):
            if n == ancestor:  # "a node is under itself"
                return [n]
            if n not in known:
                known[n] = []
                paths = [p for p in (smallest(s) for s in steps(n)) if p]
                if paths:
                    # READING: paths are compared node by node, each node's text form as bytes.
                    known[n] = [n] + min(paths, key=lambda p: [x.encode('utf-8') for x in p])
            return known[n]

        return smallest(node)

    def under(self, node, ancestor, via=None):
        path = self.path(self.ledgers.node(node), self.ledgers.node(ancestor), via)
        return {'under': bool(path), 'path': path}

    def count(self, node):
        node = self.ledgers.node(node)
        people = set()
        for org, kind in self.kind.items():
            if kind in MEMBER_BRANCH_KINDS:
                above = self.seats_at_or_above(org) if node.startswith('unit:') else self.party_at_or_above(org)
                if node in above:
                    people |= self.formal_people(org)
        statuses = [self.party_status[p] for p in people]
        return {
            'node': node,
            'date': self.day.isoformat(),
            'members': {'full': statuses.count('full'), 'probationary': statuses.count('probationary')},
        }

    def rollup(self, indicator, level=None):
        numerator = {}
        denominator = {}
        if indicator == 'members.full':
            for org, kind in self.kind.items():
                if kind in PARTY_KINDS:
                    people = self.full_members(org)
                    if people:
                        for unit in self.seats_at_or_above(org):
                            numerator.setdefault(unit, set()).update(people)
            counted = numerator
        elif indicator == 'report.rate':
            for person in self.party_status:
                if self.is_in_service_member(person):
                    for home, _ in self.residences(person):
                        for unit in self.at_or_above(home):
                            denominator.setdefault(unit, set()).add(person)
                            if self.has_reported(person, self.community_of(home)):
                                numerator.setdefault(unit, set()).add(person)
            counted = denominator
        else:
            raise ValueError(indicator)
        # READING: "units of all levels with something to count" do not have to exist on D: an open residence on a closed unit counts
        # for that unit (and for nobody above it, since the territory tie ended with the unit).
        return [
            {
                'node': unit,
                'numerator': len(numerator.get(unit, ())),
                'denominator': len(denominator[unit]) if indicator == 'report.rate' else None,
            }
            for unit in sorted(counted, key=lambda u: u.encode('utf-8'))
            if level is None or self.level[unit] == level
        ]

    def rollup_line(self, indicator):
        """An indicator at Party organisations: people by their formal affiliation, once at each organisation and all above."""
        numerator, denominator = {}, {}
        for org, kind in self.kind.items():
            if kind not in PARTY_KINDS:
                continue
            for person in self.formal_people(org):
                homes = [home for home, _ in self.residences(person)]
                if indicator == 'members.full':
                    counted, among = self.party_status[person] == 'full', True
                else:
                    among = self.is_in_service_member(person) and bool(homes)
                    counted = any(self.has_reported(person, self.community_of(home)) for home in homes)
                for above in self.party_at_or_above(org):
                    if among and (counted or indicator == 'report.rate'):
                        denominator.setdefault(above, set()).add(person)
                        if counted:
                            numerator.setdefault(above, set()).add(person)
        return [
            {
                'node': org,
                'numerator': len(numerator.get(org, ())),
                'denominator': len(people) if indicator == 'report.rate' else None,
            }
            for org, people in sorted(denominator.items(), key=lambda item: item[0].encode('utf-8'))
        ]

    def list_unreported(self, under):
        under = self.ledgers.node(under)
        found = set()
        for person in self.party_status:
            if self.is_in_service_member(person):
                for home, _ in self.residences(person):
                    # READING: a residence without a community above it has no report to its community, so the person is listed
                    # (as in report.rate, where it "counts in the denominator only").
                    if under in self.at_or_above(home) and not self.has_reported(person, self.community_of(home)):
                        found.add(person)
        return [{'node': p} for p in sorted(found, key=lambda p: p.encode('utf-8'))]

    def list_cross_appointments(self, under):
        under = self.ledgers.node(under)
        found = []
        for person, posts in self.open.get('appointment', {}).items():
            kinds = {}  # community -> kinds of organisation
            for body, _, _, _ in posts:
                if body.startswith('org:'):  # "posts on units do not count"
                    for seat in self.targets('seat', body):
                        community = self.community_of(seat)
                        if community is not None:
                            kinds.setdefault(community, set()).add(self.kind[body])
            for community, k in kinds.items():
                # READING: --under asks whether the community is at or below the node.
                if len(k) >= 2 and under in self.at_or_above(community):
                    found.append({'node': person, 'community': community, 'kinds': sorted(k)})
        return sorted(found, key=lambda r: (r['node'].encode('utf-8'), r['community'].encode('utf-8')))

    def list_officers(self, under, role):
        under = self.ledgers.node(under)
        found = []
        for person, posts in self.open.get('appointment', {}).items():
            for body, begin, post, _ in posts:
                # READING: --under asks whether the body is at or below the node, as the command `under` does.
                if post == role and self.path(body, under):
                    found.append(
                        {
                            'node': person,
                            'body': body,
                            'role': role,
                            'from': None if begin == BEFORE_EVERYTHING else begin.isoformat(),
                        }
                    )
        return sorted(found, key=lambda r: (r['node'].encode('utf-8'), r['body'].encode('utf-8'), r['from'] or ''))

    # -- the eight rules: each gives the set of subjects that do not meet it

    def live_branches(self):
        """Contract: "branch = kind party_branch; live = founded <= D < dissolved"."""
        return [o for o, kind in self.kind.items() if kind == 'party_branch' and self.exists[o]]

    def committee(self, branch):
        """Distinct people in open secretary / deputy_secretary / committee_member posts."""
        return {tie[0] for tie in self.ties_to('appointment', branch) if tie[2] in COMMITTEE_POSTS}

    def branch_min_members(self):
        return {b for b in self.live_branches() if len(self.full_members(b)) < 3}

    def branch_max_members(self):
        return {b for b in self.live_branches() if len(self.members(b)) > 50}

    def branch_committee_required(self):
        return {b for b in self.live_branches() if len(self.full_members(b)) >= 7 and len(self.committee(b)) < 3}

    def branch_committee_size(self):
        return {b for b in self.live_branches() if len(self.full_members(b)) >= 7 and len(self.committee(b)) > 7}

    def grid_head_vacant(self):
        return {
            u
            for u, level in self.level.items()
            if level == 'grid'
            and self.exists[u]
            and not any(tie[2] == 'grid_head' for tie in self.ties_to('appointment', u))
        }

    def term_years(self, org):
        """The term by the secretary evidence, or None for a body the contract names no term for."""
        kind = self.kind[org]
        if kind == 'party_committee':
            return 5
        if kind not in ('party_general_branch', 'party_branch'):
            return None
        parent = self.parent_value.get(org)
        if parent is not None and self.kind[parent] in PARTY_KINDS:
            for community in self.targets('seat', org):
                if self.level[community] == 'community':
                    # READING: an ancestor of the community is above it, not the community itself.
                    ancestors = [u for u in self.at_or_above(community) if u != community]
                    if any(seat in ancestors for seat in self.targets('seat', parent)):
                        return 5
        return 3

    def term_last_day(self, org):
        """The last day of the latest term, or None when no term has begun by D.

        READING: the latest term is the one elected last by D; of two on one day the one with the greater number.  A term without
        ends_on ends `years` after elected_on.
        """
        begun = []
        for row in self.terms.get(org, []):
            elected = parse_date(row['elected_on'], BEFORE_EVERYTHING)
            if elected <= self.day:
                begun.append((elected, int(row['term_no']), row))
        if not begun:
            return None
        elected, _, row = max(begun, key=lambda t: t[:2])
        if row['extended_to']:
            return parse_date(row['extended_to'], NEVER)
        if row['ends_on']:
            return parse_date(row['ends_on'], NEVER)
        # READING: a term with neither ends_on nor years has no last day; it does not run out.
        return add_years(elected, int(row['years'])) if row['years'] else NEVER

    def term_expired(self):
        # READING: neither clause asks the body to be live.
        found = set()
        for org in self.kind:
            last_day = self.term_last_day(org)
            if last_day is not None:
                if self.day > last_day:
                    found.add(org)
                continue
            years = self.term_years(org)
            if years is None:
                continue
            for _, begin, role, _ in self.ties_to('appointment', org):
                # READING: an empty `from` is before everything, so it began more than the term ago.
                if role == 'secretary' and (begin == BEFORE_EVERYTHING or self.day > add_years(begin, years)):
                    found.add(org)
        return found

    def report_member_unreported(self, deadline_days):
        found = set()
        for person in self.party_status:
            if self.is_in_service_member(person):
                for home, since in self.residences(person):
                    community = self.community_of(home)
                    if (
                        community is not None
                        and (self.day - since).days > deadline_days
                        and not self.has_reported(person, community)
                    ):
                        found.add(person)
        return found

    def report_duplicate(self):
        return {
            subject
            for subject, ties in self.open.get('report', {}).items()
            if len({(t[0], t[1]) for t in ties}) > len({t[0] for t in ties})
        }

    def audit(self, under=None, deadline_days=None):
        under = None if under is None else self.ledgers.node(under)
        subjects = {
            'branch.min-members': self.branch_min_members(),
            'branch.max-members': self.branch_max_members(),
            'branch.committee-required': self.branch_committee_required(),
            'branch.committee-size': self.branch_committee_size(),
            'grid.head-vacant': self.grid_head_vacant(),
            'term.expired': self.term_expired(),
            'report.duplicate': self.report_duplicate(),
            'report.member-unreported': (
                set() if deadline_days is None else self.report_member_unreported(deadline_days)
            ),
        }
        findings = []
        counts = {}
        for rule in RULES:
            # READING: --under keeps the findings whose subject is under the node in the sense of the command `under`.
            unmet = [s for s in subjects[rule] if under is None or self.path(s, under)]
            counts[rule] = len(unmet)
            findings += [{'rule': rule, 'subject': s, 'status': 'unmet'} for s in unmet]
        if deadline_days is None:
            # "A missing parameter gives one unknown for the rule at the audit's root": "--under's node, else store:".
            findings.append({'rule': 'report.member-unreported', 'subject': under or 'store:', 'status': 'unknown'})
        findings.sort(key=lambda f: (f['subject'].encode('utf-8'), f['rule']))
        return {'date': self.day.isoformat(), 'counts': counts, 'findings': findings}


def load(folder):
    return Ledgers(folder)


def main():
    parser = argparse.ArgumentParser(description='Slow reference answers from a folder of ledgers.')
    parser.add_argument('command', choices=['audit', 'count', 'rollup', 'list', 'under'])
    parser.add_argument('folder')
    parser.add_argument('words', nargs='*')
    parser.add_argument('--date', required=True)
    parser.add_argument('--under')
    parser.add_argument('--indicator')
    parser.add_argument('--level')
    parser.add_argument('--role')
    parser.add_argument('--via')
    parser.add_argument('--set', action='append', default=[])
    args = parser.parse_args()
    day = Day(load(args.folder), datetime.date.fromisoformat(args.date))
    if args.command == 'audit':
        parameters = dict(s.split('=', 1) for s in args.set)
        days = parameters.get('report.deadline_days')
        answer = day.audit(args.under, None if days is None else int(days))
    elif args.command == 'count':
        answer = day.count(args.words[0])
    elif args.command == 'rollup':
        answer = day.rollup(args.indicator, args.level)
    elif args.command == 'under':
        answer = day.under(args.words[0], args.words[1], args.via)
    elif args.words[0] == 'unreported':
        answer = day.list_unreported(args.under)
    elif args.words[0] == 'cross-appointments':
        answer = day.list_cross_appointments(args.under)
    else:
        answer = day.list_officers(args.under, args.role)
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == '__main__':
    main()
