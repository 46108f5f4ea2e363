"""The rows of an organisation, what they were before and up to a day, and their spelling as files.

The spelling (order of rows and columns, encoding, line ends, quotes, doubled rows) has a seed of its own: the same rows can be
written in many ways that must all mean the same.
"""

import csv
import io
import os
import random

COLUMNS = {
    'units.csv': ['code', 'name', 'level', 'parent_code', 'households', 'population', 'id', 'from', 'to'],
    'orgs.csv': ['org_id', 'name', 'kind', 'parent_id', 'unit_code', 'founded', 'dissolved'],
    'people.csv': ['person_id', 'name', 'party_status', 'joined_on', 'in_service', 'full_on', 'status_from', 'sex'],
    'affiliations.csv': ['person_id', 'branch_id', 'kind', 'from', 'to'],
    'employments.csv': ['person_id', 'employer_id', 'from', 'to'],
    'residences.csv': ['person_id', 'unit_code', 'from', 'to'],
    'appointments.csv': ['person_id', 'org_id', 'unit_code', 'post', 'kind', 'from', 'to'],
    'reports.csv': ['subject_id', 'community_code', 'reported_on', 'ended_on'],
    'terms.csv': ['org_id', 'term_no', 'elected_on', 'years', 'ends_on', 'extended_to'],
    'ties.csv': ['kind', 'from_node', 'to_node', 'from', 'to', 'attributes'],
    'history.csv': ['node', 'attribute', 'value', 'from', 'to'],
}
OPTIONAL_COLUMNS = {'units.csv': ['id', 'from', 'to'], 'people.csv': ['full_on', 'status_from', 'sex']}
OPTIONAL_FILES = ['terms.csv', 'ties.csv', 'history.csv']


class Organisation:
    """The rows of one random organisation and what to ask about it."""

    def __init__(self, seed):
        self.seed = seed
        self.tables = {name: [] for name in COLUMNS}
        self.dates = []  # days worth asking about
        self.units = []  # node texts
        self.orgs = []
        self.people = []
        self.off = frozenset()


def earlier(organisation, seed):
    """The same organisation as it might have been known a month before: fewer ties, some not yet closed, other statuses and parents.

    Importing `organisation` over it gives what importing `organisation` alone gives (merge mode amends).
    """
    r = random.Random(seed)
    before = Organisation(organisation.seed)
    before.off = organisation.off
    before.dates, before.units = organisation.dates, organisation.units
    before.orgs, before.people = organisation.orgs, organisation.people
    dated = {(row['node'], row['attribute']) for row in organisation.tables['history.csv']}
    end_column = {
        'affiliations.csv': 'to',
        'employments.csv': 'to',
        'residences.csv': 'to',
        'appointments.csv': 'to',
        'reports.csv': 'ended_on',
        'ties.csv': 'to',
    }
    for name, rows in organisation.tables.items():
        kept = []
        for row in rows:
            row = dict(row)
            if name in end_column:
                if r.random() < 0.3:
                    continue
                if r.random() < 0.3:
                    row[end_column[name]] = ''
            if name == 'terms.csv' and r.random() < 0.3:
                continue
            if name == 'people.csv' and row['status_from'] == '' and r.random() < 0.2:
                if ('person:' + row['person_id'], 'party_status') not in dated:
                    row['party_status'] = r.choice(['full', 'probationary'])
                    row['joined_on'] = row['joined_on'] or '2015'
            if name == 'orgs.csv' and r.random() < 0.2 and ('org:' + row['org_id'], 'parent_id') not in dated:
                row['parent_id'] = ''
            kept.append(row)
        before.tables[name] = kept
    return before


def until(organisation, day):
    """The ledgers without ties and terms that begin after the day."""
    limit = day.isoformat()
    begin_column = {
        'affiliations.csv': 'from',
        'employments.csv': 'from',
        'residences.csv': 'from',
        'appointments.csv': 'from',
        'reports.csv': 'reported_on',
        'ties.csv': 'from',
        'terms.csv': 'elected_on',
    }
    cut = Organisation(organisation.seed)
    cut.off = organisation.off
    for name, rows in organisation.tables.items():
        column = begin_column.get(name)
        cut.tables[name] = [dict(r) for r in rows if column is None or r[column] <= limit]
    return cut


def write(folder, organisation, style=None):
    """Writes the ledgers; `style` seeds the order of rows and columns, encodings, line ends, quotes and doubled rows."""
    r = random.Random(organisation.seed if style is None else style)
    off = organisation.off
    os.makedirs(folder, exist_ok=True)
    for name, columns in COLUMNS.items():
        rows = [dict(row) for row in organisation.tables[name]]
        columns = list(columns)
        if not rows and name in OPTIONAL_FILES and r.random() < 0.7:
            continue
        for column in OPTIONAL_COLUMNS.get(name, ()):
            if not any(row[column] for row in rows) and r.random() < 0.5:
                columns.remove(column)
        if 'duplicate_rows' not in off and rows and r.random() < 0.15:
            rows += [dict(row) for row in r.sample(rows, r.randint(1, min(3, len(rows))))]
        if 'extra_columns' not in off and r.random() < 0.1:
            columns.append('备注')
        if 'shuffled' not in off:
            if r.random() < 0.7:
                r.shuffle(rows)
            if r.random() < 0.5:
                r.shuffle(columns)
        out = io.StringIO()
        crlf = 'encodings' not in off and r.random() < 0.3
        quoting = csv.QUOTE_ALL if 'quotes' not in off and r.random() < 0.2 else csv.QUOTE_MINIMAL
        writer = csv.DictWriter(
            out, columns, extrasaction='ignore', restval='', lineterminator='\r\n' if crlf else '\n', quoting=quoting
        )
        writer.writeheader()
        writer.writerows(rows)
        data = out.getvalue().encode('utf-8')
        drawn = r.random() if 'encodings' not in off else 1
        if drawn < 0.25:
            data = b'\xef\xbb\xbf' + data
        elif drawn < 0.5:
            gb = out.getvalue().encode('gb18030')
            try:
                gb.decode('utf-8')  # a text that could be either is written as UTF-8
            except UnicodeDecodeError:
                data = gb
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(data)
