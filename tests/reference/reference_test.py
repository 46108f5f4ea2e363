#!/usr/bin/env python3
"""The reference itself on cases small enough to work out by hand from the contract."""

import csv
import datetime
import os
import tempfile
import unittest

import ledger_files
import reference


def day(text):
    return datetime.date.fromisoformat(text)


class Case(unittest.TestCase):
    """A district 320102 > street 320102001 > community 320102001001 > grid 32010200100101, and whatever a test adds."""

    def setUp(self):
        self.rows = {name: [] for name in ledger_files.COLUMNS}
        self.unit('320102', 'district', '')
        self.unit('320102001', 'street', '320102')
        self.unit('320102001001', 'community', '320102001')
        self.unit('32010200100101', 'grid', '320102001001')

    def add(self, name, *cells, **more):
        columns = ledger_files.COLUMNS[name]
        self.rows[name].append({**dict(zip(columns, cells)), **more})

    def unit(self, code, level, parent, **more):
        self.add('units.csv', code, 'n', level, parent, **more)

    def org(self, ident, kind='party_branch', parent='', unit='320102001001', founded='', dissolved=''):
        self.add('orgs.csv', ident, 'n', kind, parent, unit, founded, dissolved)

    def person(self, ident, status='full', in_service='1', **more):
        self.add('people.csv', ident, 'n', status, '', in_service, **more)

    def member(self, ident, org, status='full', kind='formal', begin='', end=''):
        self.person(ident, status)
        self.add('affiliations.csv', ident, org, kind, begin, end)

    def members(self, count, org, **more):
        for i in range(count):
            self.member('%s-m%d' % (org, i), org, **more)

    def post(self, person, org, post, begin='', end='', kind='elected'):
        if not any(r['person_id'] == person for r in self.rows['people.csv']):
            self.person(person, 'none', '0')
        self.add('appointments.csv', person, org, '', post, kind, begin, end)

    def on(self, text):
        with tempfile.TemporaryDirectory() as folder:
            for name, rows in self.rows.items():
                with open(os.path.join(folder, name), 'w', encoding='utf-8', newline='') as f:
                    writer = csv.DictWriter(f, ledger_files.COLUMNS[name], restval='')
                    writer.writeheader()
                    writer.writerows(rows)
            return reference.Day(reference.load(folder), day(text))

    def found(self, rule, on='2024-06-01', days=30, **options):
        findings = self.on(on).audit(deadline_days=days, **options)['findings']
        return [f['subject'] for f in findings if f['rule'] == rule]


class Branches(Case):
    def test_two_full_members_are_too_few_three_are_not(self):
        self.org('A')
        self.org('B')
        self.members(2, 'A')
        self.members(3, 'B')
        self.assertEqual(self.found('branch.min-members'), ['org:A'])

    def test_probationary_temporary_and_ended_do_not_count_as_full(self):
        self.org('A')
        self.members(2, 'A')
        self.member('p', 'A', status='probationary')
        self.member('t', 'A', kind='temporary')
        self.member('e', 'A', end='2024-06-01')  # the day of `to` is the first day it no longer holds
        self.member('f', 'A', begin='2024-06-02')
        self.assertEqual(self.found('branch.min-members'), ['org:A'])
        self.assertEqual(self.found('branch.min-members', on='2024-05-31'), [])

    def test_a_person_twice_affiliated_counts_once(self):
        self.org('A')
        self.members(2, 'A')
        self.add('affiliations.csv', 'A-m0', 'A', 'formal', '2020-01-01', '')
        self.assertEqual(self.found('branch.min-members'), ['org:A'])

    def test_only_live_party_branches_are_judged(self):
        self.org('A', founded='2024-06-01', dissolved='2024-07-01')
        self.org('J', kind='party_joint_branch')
        self.assertEqual(self.found('branch.min-members', on='2024-05-31'), [])
        self.assertEqual(self.found('branch.min-members', on='2024-06-01'), ['org:A'])
        self.assertEqual(self.found('branch.min-members', on='2024-06-30'), ['org:A'])
        self.assertEqual(self.found('branch.min-members', on='2024-07-01'), [])

    def test_founded_in_a_year_means_its_first_day(self):
        self.org('A', founded='2024')
        self.org('B', founded='2024-02')
        self.assertEqual(self.found('branch.min-members', on='2023-12-31'), [])
        self.assertEqual(self.found('branch.min-members', on='2024-01-01'), ['org:A'])
        self.assertEqual(self.found('branch.min-members', on='2024-02-01'), ['org:A', 'org:B'])

    def test_fifty_members_are_allowed_fifty_one_are_not(self):
        self.org('A')
        self.org('B')
        self.members(50, 'A')
        self.members(50, 'B')
        self.member('p', 'B', status='probationary')  # members are full or probationary
        self.member('n', 'A', status='none')
        self.assertEqual(self.found('branch.max-members'), ['org:B'])

    def test_seven_full_members_need_a_committee_of_three_six_do_not(self):
        for org, members, posts in (('A', 6, 0), ('B', 7, 2), ('C', 7, 3), ('D', 7, 0)):
            self.org(org)
            self.members(members, org)
            for i in range(posts):
                self.post('%s-c%d' % (org, i), org, ['secretary', 'deputy_secretary', 'committee_member'][i])
        self.member('p', 'A', status='probationary')
        self.assertEqual(self.found('branch.committee-required'), ['org:B', 'org:D'])

    def test_one_person_in_three_posts_is_one_person(self):
        self.org('A')
        self.members(7, 'A')
        for post in ('secretary', 'deputy_secretary', 'committee_member'):
            self.post('x', 'A', post)
        for other in ('member', 'first_secretary', 'part_time_member'):
            self.post('y-' + other, 'A', other)
        self.assertEqual(self.found('branch.committee-required'), ['org:A'])

    def test_a_committee_of_seven_is_allowed_eight_is_not(self):
        for org, posts in (('A', 7), ('B', 8)):
            self.org(org)
            self.members(7, org)
            for i in range(posts):
                self.post('%s-c%d' % (org, i), org, 'committee_member')
        self.org('C')  # six full members: not judged
        self.members(6, 'C')
        for i in range(8):
            self.post('C-c%d' % i, 'C', 'committee_member')
        self.assertEqual(self.found('branch.committee-size'), ['org:B'])


class Grids(Case):
    def test_a_grid_without_an_open_head_is_found_while_it_exists(self):
        self.unit('32010200100102', 'grid', '320102001001', **{'from': '2024-01-01', 'to': '2025-01-01'})
        self.unit('32010200100103', 'micro_grid', '32010200100101')
        self.person('h', 'none', '0')
        self.add('appointments.csv', 'h', '', '32010200100101', 'grid_head', 'appointed', '2023-01-01', '2024-06-02')
        self.person('w', 'none', '0')
        self.add('appointments.csv', 'w', '', '32010200100102', 'grid_worker', 'appointed', '', '')
        self.assertEqual(self.found('grid.head-vacant'), ['unit:32010200100102'])
        self.assertEqual(
            self.found('grid.head-vacant', on='2024-06-02'), ['unit:32010200100101', 'unit:32010200100102']
        )
        self.assertEqual(self.found('grid.head-vacant', on='2025-01-01'), ['unit:32010200100101'])


class Terms(Case):
    def test_three_years_run_out_the_day_after_the_same_date(self):
        self.org('A')
        self.post('s', 'A', 'secretary', begin='2021-06-01')
        self.assertEqual(self.found('term.expired', on='2024-06-01'), [])
        self.assertEqual(self.found('term.expired', on='2024-06-02'), ['org:A'])

    def test_a_term_from_29_february_ends_on_the_28th(self):
        self.org('A')
        self.post('s', 'A', 'secretary', begin='2020-02-29')
        self.assertEqual(self.found('term.expired', on='2023-02-28'), [])
        self.assertEqual(self.found('term.expired', on='2023-03-01'), ['org:A'])

    def test_an_empty_from_began_before_everything(self):
        self.org('A')
        self.post('s', 'A', 'secretary')
        self.assertEqual(self.found('term.expired'), ['org:A'])

    def test_a_party_committee_has_five_years_other_bodies_none(self):
        self.org('A', kind='party_committee', unit='320102')
        self.org('B', kind='party_general_branch', unit='320102')
        self.org('C', kind='party_joint_branch')
        self.org('D', kind='residents_committee')
        for org in 'ABCD':
            self.post('s' + org, org, 'secretary', begin='2020-06-01', kind='acting')
        self.assertEqual(self.found('term.expired', on='2024-06-01'), ['org:B'])
        self.assertEqual(self.found('term.expired', on='2025-06-02'), ['org:A', 'org:B'])

    def test_a_community_branch_under_a_party_body_above_the_community_has_five_years(self):
        self.org('W', kind='party_work_committee', unit='320102001')
        self.org('E', kind='employer', unit='320102001')
        self.org('K', kind='party_committee', unit='320102001001')
        self.org('A', parent='W')  # five years
        self.org('B', parent='E')  # the parent is no Party organisation
        self.org('C', parent='K')  # the parent sits on the community itself
        self.org('D', parent='W', unit='32010200100101')  # not seated on a community
        for org in 'ABCD':
            self.post('s' + org, org, 'secretary', begin='2020-06-01')
        self.assertEqual(self.found('term.expired', on='2023-06-02'), ['org:B', 'org:C', 'org:D'])
        self.assertEqual(self.found('term.expired', on='2025-06-01'), ['org:B', 'org:C', 'org:D'])
        self.assertEqual(self.found('term.expired', on='2025-06-02'), ['org:A', 'org:B', 'org:C', 'org:D'])

    def test_only_an_open_secretary_post_is_evidence(self):
        self.org('A')
        self.post('s', 'A', 'secretary', begin='2010-01-01', end='2024-06-01')
        self.post('d', 'A', 'deputy_secretary', begin='2010-01-01')
        self.post('f', 'A', 'first_secretary', begin='2010-01-01')
        self.assertEqual(self.found('term.expired', on='2024-06-01'), [])
        self.assertEqual(self.found('term.expired', on='2024-05-31'), ['org:A'])

    def test_a_body_with_terms_is_judged_by_the_latest(self):
        self.org('A', kind='residents_committee')
        self.add('terms.csv', 'A', '1', '2015-01-01', '5', '2020-01-01', '')
        self.add('terms.csv', 'A', '2', '2020-01-01', '5', '2024-12-31', '2025-06-30')
        self.assertEqual(self.found('term.expired', on='2019-12-31'), [])
        self.assertEqual(self.found('term.expired', on='2025-06-30'), [])
        self.assertEqual(self.found('term.expired', on='2025-07-01'), ['org:A'])

    def test_the_day_of_expiry_is_still_inside(self):
        self.org('A')
        self.add('terms.csv', 'A', '1', '2020-02-29', '3', '', '')
        self.assertEqual(self.found('term.expired', on='2023-02-28'), [])
        self.assertEqual(self.found('term.expired', on='2023-03-01'), ['org:A'])

    def test_terms_override_the_secretary_but_only_once_begun(self):
        self.org('A')
        self.post('s', 'A', 'secretary', begin='2010-01-01')
        self.add('terms.csv', 'A', '1', '2024-01-01', '3', '', '')
        self.assertEqual(self.found('term.expired', on='2023-12-31'), ['org:A'])
        self.assertEqual(self.found('term.expired', on='2024-01-01'), [])


class Reports(Case):
    def resident(self, ident, begin='2024-01-01', unit='32010200100101', **more):
        self.person(ident, **more)
        self.add('residences.csv', ident, unit, begin, '')

    def report(self, ident, begin='2024-01-01', end='', community='320102001001'):
        self.add('reports.csv', ident, community, begin, end)

    def test_more_than_the_deadline_means_the_day_after_it(self):
        self.resident('a', begin='2024-05-02')  # 30 days before 2024-06-01
        self.assertEqual(self.found('report.member-unreported', on='2024-06-01'), [])
        self.assertEqual(self.found('report.member-unreported', on='2024-06-02'), ['person:a'])
        self.assertEqual(self.found('report.member-unreported', on='2024-05-02', days=0), [])
        self.assertEqual(self.found('report.member-unreported', on='2024-05-03', days=0), ['person:a'])

    def test_who_is_judged(self):
        self.resident('retired', in_service='0')
        self.resident('nobody', status='none')
        self.resident('new', status='probationary')
        self.resident('reported')
        self.report('reported')
        self.resident('ended')
        self.report('ended', end='2024-06-01')
        self.resident('nowhere', unit='320102001')  # no community above the street
        self.assertEqual(self.found('report.member-unreported'), ['person:ended', 'person:new'])

    def test_each_residence_has_its_own_community(self):
        self.unit('320102001002', 'community', '320102001')
        self.resident('a')
        self.add('residences.csv', 'a', '320102001002', '2024-01-01', '')
        self.report('a')
        now = self.on('2024-06-01')
        self.assertEqual(self.found('report.member-unreported'), ['person:a'])
        self.assertEqual(now.list_unreported('unit:320102001001'), [])
        self.assertEqual(now.list_unreported('unit:320102001'), [{'node': 'person:a'}])
        rate = {r['node']: (r['numerator'], r['denominator']) for r in now.rollup('report.rate')}
        self.assertEqual(rate['unit:320102'], (1, 1))
        self.assertEqual(rate['unit:320102001002'], (0, 1))

    def test_without_the_parameter_one_unknown_at_the_root(self):
        audit = self.on('2024-06-01').audit()
        self.assertIn({'rule': 'report.member-unreported', 'subject': 'store:', 'status': 'unknown'}, audit['findings'])
        self.assertEqual(audit['counts']['report.member-unreported'], 0)
        audit = self.on('2024-06-01').audit(under='unit:320102000000')
        self.assertIn(
            {'rule': 'report.member-unreported', 'subject': 'unit:320102', 'status': 'unknown'}, audit['findings']
        )

    def test_two_open_reports_to_one_community_by_person_or_organisation(self):
        self.resident('a')
        self.resident('b')
        self.org('O', kind='employer')
        self.report('a')
        self.report('a', begin='2024-02-01')
        self.report('b')
        self.report('b', begin='2024-02-01', end='2024-06-01')
        self.report('org:O')
        self.report('O', begin='')
        self.assertEqual(self.found('report.duplicate'), ['org:O', 'person:a'])


class Questions(Case):
    def test_codes_padded_and_short_are_one_unit(self):
        self.org('A', unit='320102000000')
        self.assertEqual(
            self.on('2024-06-01').under('org:A', 'unit:320102'), {'under': True, 'path': ['org:A', 'unit:320102']}
        )
        self.assertEqual(
            [
                reference.short_code(c)
                for c in ('441900000000', '441900', '4419', '320000', '441900003', '32010200100100')
            ],
            ['4419', '4419', '4419', '32', '441900003', '32010200100100'],
        )

    def test_count_is_of_branches_only_and_people_once(self):
        self.org('C', kind='party_committee', unit='320102')
        self.org('A', parent='C')
        self.org('J', kind='party_joint_branch', parent='A')
        self.members(2, 'A')
        self.add('affiliations.csv', 'A-m0', 'J', 'formal', '', '')
        self.member('p', 'J', status='probationary')
        self.member('c', 'C')
        now = self.on('2024-06-01')
        for node in ('unit:320102', 'org:C'):
            self.assertEqual(now.count(node)['members'], {'full': 2, 'probationary': 1})
        self.assertEqual(
            now.rollup('members.full', 'district'), [{'node': 'unit:320102', 'numerator': 3, 'denominator': None}]
        )

    def test_party_line_passes_over_bodies_that_are_not_of_the_party(self):
        self.org('C', kind='party_committee')
        self.org('E', kind='employer', parent='C')
        self.org('A', parent='E')
        now = self.on('2024-06-01')
        self.assertEqual(now.under('org:A', 'org:C')['path'], ['org:A', 'org:C'])
        self.assertEqual(now.under('org:A', 'org:E'), {'under': False, 'path': []})
        self.assertEqual(now.under('org:A', 'org:A')['path'], ['org:A'])

    def test_of_several_paths_the_bytewise_smallest(self):
        self.unit('320102001002', 'community', '320102001')
        self.person('a')
        self.add('residences.csv', 'a', '320102001002', '', '')
        self.add('residences.csv', 'a', '32010200100101', '', '')
        # "32010200100101" is below "320102001002" by the twelfth character: not the shortest path, the smallest.
        self.assertEqual(
            self.on('2024-06-01').under('person:a', 'unit:320102001')['path'],
            ['person:a', 'unit:32010200100101', 'unit:320102001001', 'unit:320102001'],
        )

    def test_cross_appointments_are_of_kinds_in_one_community(self):
        self.org('A')
        self.org('A2', unit='32010200100101')
        self.org('R', kind='residents_committee', unit='32010200100101')
        self.post('x', 'A', 'secretary')
        self.post('x', 'R', 'director')
        self.post('y', 'A', 'member')
        self.post('y', 'A2', 'member')  # one kind only
        expected = [
            {'node': 'person:x', 'community': 'unit:320102001001', 'kinds': ['party_branch', 'residents_committee']}
        ]
        now = self.on('2024-06-01')
        self.assertEqual(now.list_cross_appointments('unit:320102'), expected)
        self.assertEqual(now.list_cross_appointments('unit:32010200100101'), [])

    def test_officers(self):
        self.org('A')
        self.post('x', 'A', 'secretary', begin='2023-01-01')
        self.post('y', 'A', 'secretary')
        self.assertEqual(
            self.on('2024-06-01').list_officers('unit:320102', 'secretary'),
            [
                {'node': 'person:x', 'body': 'org:A', 'role': 'secretary', 'from': '2023-01-01'},
                {'node': 'person:y', 'body': 'org:A', 'role': 'secretary', 'from': None},
            ],
        )

    def test_history_gives_the_earlier_parent_and_status(self):
        self.unit('320102002', 'street', '320102')
        self.add('history.csv', 'unit:320102001001', 'parent_code', '320102002', '2020-01-01', '2022-01-01')
        self.org('A')
        self.members(3, 'A')
        self.add('history.csv', 'person:A-m0', 'party_status', 'probationary', '2021-01-01', '2022-01-01')
        self.assertEqual(self.on('2019-12-31').path('unit:320102001001', 'unit:320102'), [])
        self.assertEqual(self.on('2021-12-31').path('unit:320102001001', 'unit:320102')[1], 'unit:320102002')
        self.assertEqual(self.on('2022-01-01').path('unit:320102001001', 'unit:320102')[1], 'unit:320102001')
        self.assertEqual(self.on('2020-12-31').count('org:A')['members'], {'full': 2, 'probationary': 0})
        self.assertEqual(self.on('2021-01-01').count('org:A')['members'], {'full': 2, 'probationary': 1})
        self.assertEqual(self.on('2022-01-01').count('org:A')['members'], {'full': 3, 'probationary': 0})

    def test_status_holds_from_status_from(self):
        self.org('A')
        self.member('a', 'A')
        self.rows['people.csv'][0]['status_from'] = '2024-01-01'
        self.assertEqual(self.on('2023-12-31').count('org:A')['members']['full'], 0)
        self.assertEqual(self.on('2024-01-01').count('org:A')['members']['full'], 1)

    def test_a_dissolved_organisation_has_no_seat(self):
        self.org('A', dissolved='2024-01-01')
        self.members(3, 'A')
        self.assertEqual(self.on('2023-12-31').count('unit:320102')['members']['full'], 3)
        self.assertEqual(self.on('2024-01-01').count('unit:320102')['members']['full'], 0)


if __name__ == '__main__':
    unittest.main()
