#!/usr/bin/env python3
"""Random ledgers are valid input: every integrity law and row key holds, so the command has nothing to reject."""

import collections
import hashlib
import os
import subprocess
import sys
import tempfile
import unittest

import ledger_files
import peer
import random_ledgers

SEEDS = range(1, 201)
TIE_FILES = {
    'affiliations.csv': ('person_id', 'branch_id', 'from'),
    'employments.csv': ('person_id', 'employer_id', 'from'),
    'residences.csv': ('person_id', 'unit_code', 'from'),
    'appointments.csv': ('person_id', 'org_id', 'unit_code', 'post', 'from'),
}
ENDS = {'reports.csv': ('reported_on', 'ended_on'), 'orgs.csv': ('founded', 'dissolved')}
HIERARCHIES = ('party_line', 'admin_line', 'guidance', 'supervision', 'dispatch')


class RandomLedgers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = {seed: random_ledgers.make(seed) for seed in SEEDS}

    def loaded(self, seed):
        with tempfile.TemporaryDirectory() as folder:
            ledger_files.write(folder, self.made[seed])
            return peer.Peer(folder)

    def test_from_is_before_to(self):
        for seed, organisation in self.made.items():
            for name, rows in organisation.tables.items():
                begin, end = ENDS.get(name, ('from', 'to'))
                for row in rows:
                    if row.get(begin) and row.get(end):
                        self.assertLess(peer.number(row[begin], 0), peer.number(row[end], 0), (seed, name, row))

    def test_a_term_does_not_end_before_it_starts(self):
        for seed, organisation in self.made.items():
            for row in organisation.tables['terms.csv']:
                for end in ('ends_on', 'extended_to'):
                    if row[end]:
                        self.assertLessEqual(row['elected_on'], row[end], (seed, row))

    def test_keys_are_unique(self):
        for seed, organisation in self.made.items():
            for name, columns in [
                ('units.csv', ('code',)),
                ('orgs.csv', ('org_id',)),
                ('people.csv', ('person_id',)),
                ('terms.csv', ('org_id', 'term_no')),
                *TIE_FILES.items(),
                ('ties.csv', ('kind', 'from_node', 'to_node', 'from')),
            ]:
                keys = collections.Counter(tuple(row[c] for c in columns) for row in organisation.tables[name])
                self.assertEqual([k for k, n in keys.items() if n > 1], [], (seed, name))

    def test_a_tie_is_in_one_ledger_only(self):
        for seed in SEEDS:
            db = self.loaded(seed).db
            for table, key in [
                ('seat', 'org, unit, first'),
                ('org_tie', 'kind, child, parent, first'),
                ('residence', 'person, unit, first'),
                ('employment', 'person, org, first'),
                ('report', 'subject_kind, subject, unit, first'),
                ('affiliation', 'org, person, first'),
            ]:
                # the tables' own keys refuse two rows; ask that a key never came with two ends
                twice = db.execute('SELECT %s FROM %s GROUP BY %s HAVING count(*) > 1' % (key, table, key)).fetchall()
                self.assertEqual(twice, [], (seed, table))

    def test_territory_is_a_tree_in_level_order_on_every_day(self):
        rank = {level: i for i, level in enumerate(random_ledgers.LEVELS)}
        for seed in SEEDS:
            db = self.loaded(seed).db
            overlaps = db.execute(
                'SELECT count(*) FROM territory a JOIN territory b ON b.child = a.child AND b.first < a.until '
                'AND a.first < b.until AND (b.first, b.parent) <> (a.first, a.parent)'
            ).fetchone()[0]
            self.assertEqual(overlaps, 0, seed)
            for low, high in db.execute(
                'SELECT c.level, p.level FROM territory t JOIN unit_level c ON c.unit = t.child JOIN unit_level p ON p.unit = t.parent '
                'WHERE max(t.first, c.first, p.first) < min(t.until, c.until, p.until)'
            ):
                self.assertLess(rank[high], rank[low], seed)

    def test_no_authority_graph_has_a_cycle(self):
        for seed in SEEDS:
            edges = self.loaded(seed).db.execute('SELECT kind, child, parent FROM org_tie').fetchall()
            for kind in HIERARCHIES:
                up = collections.defaultdict(set)
                for k, child, parent in edges:
                    if k == kind:
                        up[child].add(parent)
                done = set()

                def visit(node, on_the_way):
                    self.assertNotIn(node, on_the_way, (seed, kind))
                    if node not in done:
                        for parent in up[node]:
                            visit(parent, on_the_way | {node})
                        done.add(node)

                for node in list(up):
                    visit(node, frozenset())

    def test_the_same_seed_gives_the_same_bytes_in_every_process(self):
        seen = set()
        for hash_seed in ('1', '2', '3'):
            digest = hashlib.sha256()
            for seed in ('5', '6'):
                with tempfile.TemporaryDirectory() as folder:
                    command = [sys.executable, '-B', random_ledgers.__file__, folder, '--seed', seed]
                    said = subprocess.run(
                        command, env={**os.environ, 'PYTHONHASHSEED': hash_seed}, capture_output=True, check=True
                    )
                    digest.update(said.stdout)
                    for name in sorted(os.listdir(folder)):
                        with open(os.path.join(folder, name), 'rb') as f:
                            digest.update(name.encode() + f.read())
            seen.add(digest.hexdigest())
        self.assertEqual(len(seen), 1)

    def test_every_feature_can_be_left_out(self):
        for feature in random_ledgers.FEATURES:
            with tempfile.TemporaryDirectory() as folder:
                ledger_files.write(folder, random_ledgers.make(7, [feature]))
                peer.Peer(folder)


if __name__ == '__main__':
    unittest.main()
