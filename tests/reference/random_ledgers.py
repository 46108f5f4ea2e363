#!/usr/bin/env python3
"""Small random organisations as valid ledgers of the fixed contract, replayable by seed.

    python3 random_ledgers.py DIR --seed N [--without FEATURE,FEATURE]

`make(seed)` gives the rows, `write(folder, organisation)` the files.  Everything written is meant to be accepted without a rejected
row: references exist, from < to, parents above their children, no cycle, keys unique.  Days come from a small pool so that ends,
beginnings and the day asked about often meet.  A feature switched off with --without leaves the rest of the organisation alike in
style, which is the quickest way to find out which part of the contract a disagreement is about.
"""

import argparse
import datetime
import random

from ledger_files import Organisation, write

FEATURES = [
    'history',
    'ties',
    'terms',
    'lifetimes',
    'padded',
    'unit_ids',
    'odd_parents',
    'partial_dates',
    'status_from',
    'duplicate_reports',
    'org_reports',
    'subject_prefix',
    'duplicate_rows',
    'shuffled',
    'encodings',
    'quotes',
    'extra_columns',
    'big_branch',
    'village',
]

LEVELS = ['province', 'city', 'district', 'street', 'community', 'grid', 'micro_grid']
PARTY_KINDS = [
    'party_committee',
    'party_work_committee',
    'party_general_branch',
    'party_branch',
    'party_joint_branch',
    'party_functional_branch',
    'party_temporary_branch',
    'party_floating_branch',
]
OTHER_KINDS = [
    'residents_committee',
    'villagers_committee',
    'supervision_committee',
    'collective_economic_organization',
    'owners_committee',
    'property_company',
    'employer',
    'social_organization',
    'alliance',
    'service_center',
]
POSTS = [
    'secretary',
    'deputy_secretary',
    'committee_member',
    'part_time_member',
    'director',
    'deputy_director',
    'member',
    'chair',
    'supervisor',
    'first_secretary',
    'secretary_assistant',
    'grid_head',
    'grid_worker',
]
POST_KINDS = ['elected', 'appointed', 'part_time', 'acting', 'seconded', 'ex_officio']

SURNAMES = '王李张刘陈杨黄赵吴周𠮷阿'
GIVEN = ['伟', '芳', '敏', '静', '秀英', '丽', '强', '磊', '依汗·买买提', '洋', '艳', '勇', '㙍']


def text(day):
    return '' if day is None else day.isoformat()


class Maker:
    def __init__(self, seed, without):
        self.r = random.Random(seed)
        self.off = frozenset(without)
        self.out = Organisation(seed)
        self.out.off = self.off
        self.pool = self.day_pool()
        self.keys = set()  # keys of ties already written

    def on(self, feature, chance=1.0):
        """Draws always, so that switching a feature off changes as little as possible of the rest."""
        drawn = self.r.random() < chance
        return drawn and feature not in self.off

    def chance(self, p):
        return self.r.random() < p

    # -- days

    def day_pool(self):
        days = {datetime.date(2020, 2, 29), datetime.date(2025, 2, 28), datetime.date(2023, 3, 1)}
        for _ in range(7):
            days.add(datetime.date(self.r.randint(2016, 2027), self.r.randint(1, 12), self.r.randint(1, 28)))
        for day in sorted(days):  # sorted, as a set has another order in every process
            if self.chance(0.4):
                days.add(day + datetime.timedelta(days=self.r.choice([-1, 1, 2, 30, 31])))
            if self.chance(0.4):
                days.add(datetime.date(day.year + self.r.choice([3, 5]), day.month, min(day.day, 28)))
        return sorted(days)

    def interval(self, open_start=0.15, open_end=0.6):
        """(from, to) with from < to; None is an open end."""
        a, b = sorted(self.r.sample(self.pool, 2))
        return (None if self.chance(open_start) else a), (None if self.chance(open_end) else b)

    def partial(self, day):
        """A founding or joining day, sometimes as YYYY or YYYY-MM; the first day is the one meant."""
        if day is None:
            return ''
        drawn = self.r.random()
        if 'partial_dates' in self.off or drawn < 0.6:
            return day.isoformat()
        return '%04d' % day.year if drawn < 0.8 else '%04d-%02d' % (day.year, day.month)

    # -- units

    def make_units(self):
        r = self.r
        self.unit_rows = []
        self.rank = []  # index of the level
        self.code = []
        codes = set()
        count = r.choice([3, 6, 10, 15, 25, 40])
        top = r.choice([0, 1, 2, 2, 3])
        for i in range(count):
            if i < top + 1 and i == 0:
                rank = top
            else:
                rank = r.choices(range(7), [1, 1, 2, 4, 8, 9, 2])[0]
            above = [j for j in range(i) if self.rank[j] < rank]
            parent = None
            if above and not self.on('odd_parents', 0.06):  # else a root of its own: a missing parent is legal
                near = [j for j in above if self.rank[j] == max(self.rank[k] for k in above)]
                parent = (
                    r.choice(near) if self.chance(0.7) else r.choice(above)
                )  # else some levels are missing (4419 has no districts)
            prefix_of = parent
            if above and self.on('odd_parents', 0.15):
                prefix_of = r.choice(above)  # managed by a unit that is not the code's prefix
            for _ in range(1000):
                code = self.new_code(rank, '' if prefix_of is None else self.code[prefix_of])
                if code not in codes:
                    break
            codes.add(code)
            self.rank.append(rank)
            self.code.append(code)
            self.unit_rows.append({'parent': parent})
        self.unit_id = []
        for i, extra in enumerate(self.unit_rows):
            begin, end = (None, None)
            if self.on('lifetimes', 0.25):
                begin, end = self.interval(0.3, 0.5)
            ident = (
                r.choice(['U-%d' % i, '网格%d' % i, 'u.%d_%d' % (i, r.randint(0, 99))])
                if self.on('unit_ids', 0.1)
                else ''
            )
            written = self.spell(i)
            self.unit_id.append(ident or written)
            self.out.tables['units.csv'].append(
                {
                    'code': written,
                    'name': self.name('单元'),
                    'level': LEVELS[self.rank[i]],
                    'parent_code': '' if extra['parent'] is None else None,
                    'households': str(r.choice([99, 100, 300, 700, 701, 999, 1000, 3000, 3001, r.randint(0, 3500)]))
                    if self.chance(0.7)
                    else '',
                    'population': str(r.randint(0, 3000)) if self.chance(0.7) else '',
                    'id': ident,
                    'from': text(begin),
                    'to': text(end),
                }
            )
        for i, extra in enumerate(self.unit_rows):
            if extra['parent'] is not None:
                self.out.tables['units.csv'][i]['parent_code'] = self.unit_ref(extra['parent'])
        self.out.units = ['unit:' + u for u in self.unit_id]
        self.communities = [i for i in range(count) if LEVELS[self.rank[i]] == 'community']

    def new_code(self, rank, prefix):
        r = self.r
        lengths = [2, 4, 6, 9, 12, 15, 15]
        length = r.choice([14, 15]) if rank >= 5 else lengths[rank]
        if len(prefix) >= length:
            prefix = prefix[:12] if rank >= 5 else ''
        if prefix == '' and length > 2:
            prefix = '%02d' % r.randint(11, 65)
        before = ([0] + lengths)[rank] if rank < 5 else 12  # digits of the level above; missing levels are zeros
        prefix = prefix[:before].ljust(before, '0')
        width = length - before
        return prefix + '%0*d' % (width, r.randint(1, min(10**width - 1, 60)) if rank else r.randint(11, 65))

    def spell(self, i):
        """A unit's code, now and then zero-padded."""
        code = self.code[i]
        if len(code) < 12 and self.on('padded', 0.25):
            longer = [n for n in (4, 6, 9, 12) if n > len(code)]
            return code.ljust(self.r.choice(longer + [12, 12]), '0')
        return code

    def unit_ref(self, i):
        if self.unit_id and not self.unit_id[i].isdigit() and self.chance(0.3):
            return self.unit_id[i]  # "resolved by id first, then by the code in force"
        return self.spell(i)

    # -- organisations

    def make_orgs(self):
        r = self.r
        count = r.choice([2, 5, 9, 14, 25])
        self.org_kind = []
        # A community with all its committees, whose few people hold several posts: what the committee laws are about.
        village = []
        if self.communities and self.on('village', 0.4):
            village = [r.choice(['residents_committee', 'villagers_committee']) for _ in range(r.choice([1, 1, 2]))]
            village += ['collective_economic_organization', 'owners_committee', 'party_branch', 'service_center']
            village += ['supervision_committee'] * r.choice([0, 1, 1]) + ['property_company'] * r.choice([0, 1])
        self.village = range(count, count + len(village))
        self.org_id = []
        self.org_parents = []  # all parent values an organisation ever has
        self.org_seats = []
        for i in range(count + len(village)):
            party = self.chance(0.7)
            kind = r.choices(PARTY_KINDS, [4, 1, 3, 12, 2, 2, 2, 2])[0] if party else r.choice(OTHER_KINDS)
            if i in self.village:
                kind = village[i - count]
            parent = None
            candidates = self.parent_candidates(i, kind)
            if candidates and self.chance(0.8):
                parent = r.choice(candidates)
            seat = r.choice(self.seat_candidates()) if self.chance(0.85) else None
            if i in self.village:
                seat = self.communities[0]
            begin, end = (None, None)
            if self.on('lifetimes', 0.5):
                begin, end = self.interval(0.3, 0.7)
            founded = self.partial(begin)
            ident = r.choice(['%d' % (1000001 + i), 'O%d' % i, 'o-%d.%d' % (i, r.randint(0, 9)), '支部%d' % i])
            self.org_kind.append(kind)
            self.org_id.append(ident)
            self.org_parents.append(set() if parent is None else {parent})
            self.org_seats.append(set() if seat is None else {seat})
            self.out.tables['orgs.csv'].append(
                {
                    'org_id': ident,
                    'name': self.name('组织'),
                    'kind': kind,
                    'parent_id': '' if parent is None else self.org_id[parent],
                    'unit_code': '' if seat is None else self.unit_ref(seat),
                    'founded': founded,
                    'dissolved': text(end),
                }
            )
        self.out.orgs = ['org:' + o for o in self.org_id]

    def parent_candidates(self, i, kind):
        """Earlier organisations, so no authority graph can have a cycle."""
        if kind == 'owners_committee':
            return [j for j in range(i) if self.org_kind[j] == 'residents_committee' or self.org_kind[j] in PARTY_KINDS]
        return list(range(i))

    def seat_candidates(self):
        if self.communities and self.chance(0.6):
            return self.communities
        return list(range(len(self.unit_id)))

    # -- people

    def make_people(self):
        r = self.r
        count = r.choice([4, 8, 15, 30, 60])
        self.big = self.on('big_branch', 0.12)
        if self.big:
            count = r.randint(60, 74)  # about 51 of them members of one branch
        self.person_id = []
        for i in range(count):
            ident = r.choice(['%d' % (1000023522 + i), 'P%d' % i, 'p-%d' % i, '党员%d' % i])
            if self.on('subject_prefix', 0.03) and self.org_id:
                ident = r.choice(self.org_id)  # the same id as an organisation: legal, ids are unique in their kind
                if ident in self.person_id:
                    ident = 'P%d' % i
            self.person_id.append(ident)
            joined = r.choice(self.pool)
            status = r.choices(['full', 'probationary', 'none'], [14, 3, 2])[0]
            since = r.choice(self.pool) if self.on('status_from', 0.15) else None
            self.out.tables['people.csv'].append(
                {
                    'person_id': ident,
                    'name': self.name('人'),
                    'party_status': status,
                    'joined_on': '' if status == 'none' else self.partial(joined),
                    'in_service': r.choice('1110'),
                    'full_on': '',
                    'status_from': text(since),
                    'sex': r.choice(['', 'male', 'male', 'female']),
                }
            )
        self.out.people = ['person:' + p for p in self.person_id]

    def name(self, what):
        r = self.r
        name = r.choice(SURNAMES) + r.choice(GIVEN) + what + str(r.randint(1, 99))
        if self.on('quotes', 0.08):
            name += r.choice([',路', '"号"', '(甲)', ', "x"'])
        return name

    # -- ties

    def new_key(self, *key):
        if key in self.keys:
            return False
        self.keys.add(key)
        return True

    def make_affiliations(self):
        r = self.r
        self.crowded = None
        party = [i for i, kind in enumerate(self.org_kind) if kind in PARTY_KINDS]
        if not party:
            return
        favourites = r.sample(party, min(len(party), r.choice([1, 2, 3, 6])))
        branches = [i for i in party if self.org_kind[i] == 'party_branch']
        if branches and self.chance(0.5):
            favourites[0] = r.choice(branches)
        self.crowded = branches[0] if self.big and branches else favourites[0] if favourites[0] in branches else None
        for p, person in enumerate(self.person_id):
            for k in range(r.choices([0, 1, 2, 3], [1, 12, 3, 1])[0]):
                org = r.choice(favourites) if self.chance(0.85) else r.choice(party)
                begin, end = self.interval(0.3, 0.75)
                kind = 'formal' if self.chance(0.85) else r.choice(['temporary', 'floating', 'functional'])
                if self.big and branches and k == 0 and self.chance(0.97):
                    org, begin, end, kind = branches[0], None, None, 'formal'
                if self.new_key('affiliation', p, org, begin):
                    self.out.tables['affiliations.csv'].append(
                        {
                            'person_id': person,
                            'branch_id': self.org_id[org],
                            'kind': kind,
                            'from': text(begin),
                            'to': text(end),
                        }
                    )

    def make_employments(self):
        for p, person in enumerate(self.person_id):
            if self.chance(0.3):
                org = self.r.randrange(len(self.org_id))
                begin, end = self.interval()
                if self.new_key('employment', p, org, begin):
                    self.out.tables['employments.csv'].append(
                        {'person_id': person, 'employer_id': self.org_id[org], 'from': text(begin), 'to': text(end)}
                    )

    def make_residences_and_reports(self):
        r = self.r
        homes = [i for i in range(len(self.unit_id)) if self.rank[i] >= 4] or list(range(len(self.unit_id)))
        for p, person in enumerate(self.person_id):
            for _ in range(r.choices([0, 1, 2], [2, 8, 2])[0]):
                home = r.choice(homes) if self.chance(0.95) else r.randrange(len(self.unit_id))
                begin, end = self.interval(0.15, 0.75)
                if self.new_key('residence', p, home, begin):
                    self.out.tables['residences.csv'].append(
                        {'person_id': person, 'unit_code': self.unit_ref(home), 'from': text(begin), 'to': text(end)}
                    )
                if self.communities and self.chance(0.75):
                    above = home
                    while above is not None and above not in self.communities:
                        above = self.unit_rows[above]['parent']
                    self.report(
                        ('person', p), above if above is not None and self.chance(0.8) else r.choice(self.communities)
                    )
        for o in range(len(self.org_id)):
            if self.communities and self.on('org_reports', 0.2):
                self.report(('org', o), r.choice(self.communities))

    def report(self, subject, community):
        for _ in range(2 if self.on('duplicate_reports', 0.15) else 1):
            begin, end = self.interval(0.1, 0.7)
            if not self.new_key('report', subject, community, begin):
                continue
            kind, i = subject
            ident = self.person_id[i] if kind == 'person' else self.org_id[i]
            both = ident in self.org_id and ident in self.person_id
            if both or self.on('subject_prefix', 0.1):
                ident = kind + ':' + ident
            self.out.tables['reports.csv'].append(
                {
                    'subject_id': ident,
                    'community_code': self.unit_ref(community),
                    'reported_on': text(begin),
                    'ended_on': text(end),
                }
            )

    def make_appointments(self):
        r = self.r
        count = r.randint(0, 2 * len(self.org_id) + 4)
        crowd = r.randrange(len(self.org_id)) if self.chance(0.4) else None  # one body with a large committee
        branches = [i for i, kind in enumerate(self.org_kind) if kind == 'party_branch']
        if crowd is not None and branches:
            crowd = self.crowded if self.crowded is not None and self.chance(0.7) else r.choice(branches)
        posts = [(None, None, None)] * count + [('org', crowd, 'committee')] * (
            r.choice([2, 3, 7, 8, 9, 12]) if crowd is not None else 0
        )
        grids = [i for i in range(len(self.unit_id)) if LEVELS[self.rank[i]] == 'grid']
        posts += [('unit', g, 'grid_head') for g in grids if self.chance(0.6)]
        for o in self.village:
            roles = {'party_branch': ['secretary'], 'supervision_committee': ['chair', 'supervisor']}.get(
                self.org_kind[o], ['director', 'deputy_director', 'member', 'member', 'member', 'chair', 'supervisor']
            )
            posts += [('village', o, r.choice(roles)) for _ in range(r.choice([1, 3, 5, 7, 10]))]
        for side, body, post in posts:
            p = r.randrange(len(self.person_id))
            begin, end = self.interval(0.1, 0.7)
            if side == 'village':
                side, p = 'org', r.randrange(min(12, len(self.person_id)))
                begin, end = (begin if self.chance(0.5) else None), (end if self.chance(0.2) else None)
            elif side is None:
                side = 'unit' if self.chance(0.15) else 'org'
                body = r.randrange(len(self.unit_id) if side == 'unit' else len(self.org_id))
                post = r.choice(POSTS) if self.chance(0.5) else 'secretary'
            elif post == 'committee':
                post = r.choice(['secretary', 'deputy_secretary', 'committee_member', 'committee_member'])
                begin, end = (begin if self.chance(0.5) else None), (end if self.chance(0.2) else None)
            if begin is not None and end is not None and begin >= end:
                continue
            if self.new_key('appointment', p, side, body, post, begin):
                self.out.tables['appointments.csv'].append(
                    {
                        'person_id': self.person_id[p],
                        'org_id': self.org_id[body] if side == 'org' else '',
                        'unit_code': self.unit_ref(body) if side == 'unit' else '',
                        'post': post,
                        'kind': r.choice(POST_KINDS),
                        'from': text(begin),
                        'to': text(end),
                    }
                )

    def make_terms(self):
        r = self.r
        for o in range(len(self.org_id)):
            if not self.on('terms', 0.25):
                continue
            number = r.randint(1, 9)
            days = sorted(r.sample(self.pool, r.choice([1, 1, 2, 3])))
            if self.chance(0.15):
                days.append(r.choice(days))  # two terms elected on one day
            if self.chance(0.15):
                r.shuffle(days)  # term numbers need not follow the days
            for elected in days:
                years = r.choice([3, 5])
                last = datetime.date(elected.year + years, elected.month, min(elected.day, 28))
                ends = r.choice([None, last, max(r.choice(self.pool), elected + datetime.timedelta(days=30))])
                extended = None
                if self.chance(0.25):
                    extended = (ends or last) + datetime.timedelta(days=r.choice([1, 60, 365]))
                self.out.tables['terms.csv'].append(
                    {
                        'org_id': self.org_id[o],
                        'term_no': str(number),
                        'elected_on': elected.isoformat(),
                        'years': '' if ends is not None and self.chance(0.2) else str(years),
                        'ends_on': text(ends),
                        'extended_to': text(extended),
                    }
                )
                number += 1

    # -- history and further ties

    def make_history(self):
        r = self.r
        rows = self.out.tables['history.csv']

        def add(node, attribute, draw):
            days = sorted(r.sample(self.pool, r.choice([2, 2, 3, 4])))
            begin = None if self.chance(0.5) else days[0]
            for end in days[1:]:
                if begin is None or begin < end:
                    if not (self.chance(0.15) and end != days[-1]):  # else a gap: no value at all
                        rows.append(
                            {
                                'node': node,
                                'attribute': attribute,
                                'value': draw(),
                                'from': text(begin),
                                'to': end.isoformat(),
                            }
                        )
                    begin = end

        parents = {row['parent'] for row in self.unit_rows}
        for i in range(len(self.unit_id)):
            node = 'unit:' + self.unit_id[i]
            above = [j for j in range(len(self.unit_id)) if self.rank[j] < min(self.rank[i], 5)]
            if above and self.on('history', 0.12):
                used = []

                def draw_parent():
                    if self.chance(0.15):
                        return ''
                    used.append(r.choice(above))
                    return self.unit_ref(used[-1])

                add(node, 'parent_code', draw_parent)
                parents.update(used)
            if self.on('history', 0.05):
                add(node, 'name', lambda: self.name('旧'))
        for i in range(len(self.unit_id)):
            # A grid that used to be a micro grid or the other way round: only without anything below, its parents above both.
            parent = self.unit_rows[i]['parent']
            if (
                self.rank[i] >= 5
                and i not in parents
                and (parent is None or self.rank[parent] < 5)
                and self.on('history', 0.2)
            ):
                add('unit:' + self.unit_id[i], 'level', lambda: r.choice(['grid', 'micro_grid']))
        for i in range(len(self.org_id)):
            node = 'org:' + self.org_id[i]
            candidates = self.parent_candidates(i, self.org_kind[i])
            if candidates and self.on('history', 0.15):

                def draw_org():
                    if self.chance(0.15):
                        return ''
                    parent = r.choice(candidates)
                    self.org_parents[i].add(parent)
                    return self.org_id[parent]

                add(node, 'parent_id', draw_org)
            if self.on('history', 0.15):

                def draw_seat():
                    if self.chance(0.15):
                        return ''
                    seat = r.choice(self.seat_candidates())
                    self.org_seats[i].add(seat)
                    return self.unit_ref(seat)

                add(node, 'unit_code', draw_seat)
            if self.on('history', 0.05):
                add(node, 'name', lambda: self.name('旧'))
        for i, person in enumerate(self.person_id):
            row = self.out.tables['people.csv'][i]
            if row['status_from'] == '' and self.on('history', 0.1):
                add(
                    'person:' + person,
                    'party_status',
                    lambda: r.choice(['full', 'probationary', 'probationary', 'none', '']),
                )
            if row['status_from'] == '' and self.on('history', 0.05):
                add('person:' + person, 'in_service', lambda: r.choice(['0', '1']))

    def make_ties(self):
        """Ties of any kind; never with the nodes of a tie that another ledger gives."""
        r = self.r
        units, orgs, people = range(len(self.unit_id)), range(len(self.org_id)), range(len(self.person_id))
        party = [i for i in orgs if self.org_kind[i] in PARTY_KINDS]

        def above(i):  # every organisation an organisation ever has above it
            found = set()
            for p in self.org_parents[i]:
                found |= {p} | above(p)
            return found

        for _ in range(r.randint(0, 12) + (6 if self.village else 0)):
            kind = 'recusal' if self.village and self.chance(0.4) else r.choice(
                [
                    'seat',
                    'seat',
                    'seat',
                    'party_line',
                    'party_line',
                    'admin_line',
                    'guidance',
                    'supervision',
                    'dispatch',
                    'residence',
                    'residence',
                    'report',
                    'employment',
                    'overlay',
                    'alliance',
                    'pairing',
                    'service',
                    'liaison',
                    'covers',
                    'recusal',
                ]
            )
            a = b = None
            if kind in ('seat', 'service'):
                a, b = ('org', r.choice(orgs)), ('unit', r.choice(units))
                if b[1] in self.org_seats[a[1]]:
                    continue
            elif kind in (
                'party_line',
                'admin_line',
                'guidance',
                'supervision',
                'dispatch',
                'alliance',
                'pairing',
                'covers',
            ):
                among = party if kind == 'party_line' else orgs
                if len(among) < 2:
                    continue
                low, high = sorted(r.sample(list(among), 2))
                if high in above(low) or low in above(high):
                    continue  # the tie may be one that parent_id gives
                a, b = ('org', high), ('org', low)
                if kind == 'covers' and a[1] not in party:
                    continue
            elif kind == 'overlay':
                if len(units) < 2:
                    continue
                low, high = sorted(r.sample(list(units), 2))
                a, b = ('unit', high), ('unit', low)
            elif kind in ('residence', 'report'):
                places = self.communities if kind == 'report' else list(units)
                if not places:
                    continue
                a, b = ('person', r.choice(people)), ('unit', r.choice(places))
            elif kind in ('employment', 'liaison'):
                a, b = ('person', r.choice(people)), ('org', r.choice(orgs))
            else:
                if len(people) < 2:
                    continue
                low, high = sorted(r.sample(list(people)[:12] if self.village else list(people), 2))
                a, b = ('person', low), ('person', high)
            begin, end = self.interval(0.2, 0.7)
            key = (kind, a if kind == 'report' else a[1], b[1], begin)
            if 'ties' in self.off or not self.new_key(*key):
                continue
            ids = {'unit': self.unit_id, 'org': self.org_id, 'person': self.person_id}
            self.out.tables['ties.csv'].append(
                {
                    'kind': kind,
                    'from_node': '%s:%s' % (a[0], ids[a[0]][a[1]]),
                    'to_node': '%s:%s' % (b[0], ids[b[0]][b[1]]),
                    'from': text(begin),
                    'to': text(end),
                    'attributes': r.choice(['', '{}']),
                }
            )

    def make(self):
        self.unit_id = []
        self.make_units()
        self.make_orgs()
        self.make_people()
        self.make_affiliations()
        self.make_employments()
        self.make_residences_and_reports()
        self.make_appointments()
        self.make_terms()
        self.make_history()
        self.make_ties()
        days = []
        for day in self.pool:
            days += [day, day + datetime.timedelta(days=self.r.choice([-1, 1, 30, 31]))]
        self.r.shuffle(days)
        self.out.dates = days
        return self.out


def make(seed, without=()):
    return Maker(seed, without).make()


def main():
    parser = argparse.ArgumentParser(description='Writes the ledgers of a small random organisation.')
    parser.add_argument('folder')
    parser.add_argument('--seed', type=int, required=True)
    parser.add_argument('--without', default='', help='features to leave out, of: ' + ', '.join(FEATURES))
    args = parser.parse_args()
    organisation = make(args.seed, [f for f in args.without.split(',') if f])
    write(args.folder, organisation)
    print('days worth asking about:', ' '.join(sorted({d.isoformat() for d in organisation.dates})))


if __name__ == '__main__':
    main()
