"""What is asked of an organisation on a day, shared by the checks, and the reference's answers to it.

A question is a tuple: ('audit', under, deadline days) ('count', node) ('rollup', indicator, level) ('unreported', unit)
('cross-appointments', unit) ('officers', node, role) ('under', node, ancestor, via); None where an option is not given.
"""

import json


def draw(day, random, some):
    """All the whole-organisation questions and about `some` of each question about nodes."""
    units = ['unit:' + u for u in day.ledgers.units]
    orgs = ['org:' + o for o in day.ledgers.orgs]
    people = ['person:' + p for p in day.ledgers.people]
    high = [u for u in units if day.level[u] not in ('grid', 'micro_grid')] or units

    def pick(nodes, n):
        return random.sample(nodes, min(n, len(nodes)))

    asked = [
        ('audit', None, None),
        ('audit', None, random.choice([0, 29, 30, 31, 90])),
        ('rollup', 'members.full', None),
        ('rollup', 'report.rate', None),
    ]
    if some > 5:
        asked += [('rollup', 'report.rate', 'community'), ('rollup', 'members.full', 'grid')]
    for node in pick(high, max(1, some // 4)) + pick(orgs, max(1, some // 5)):
        asked.append(('audit', node, random.choice([None, 30])))
    for node in pick(high, some // 2) + pick(orgs, some // 3):
        asked.append(('count', node))
        asked.append(('officers', node, random.choice(['secretary', 'secretary', 'grid_head', 'committee_member'])))
    for node in pick(high, some // 2) + pick(units, 1):
        asked.append(('unreported', node))
        asked.append(('cross-appointments', node))
    for _ in range(some // 2 + 1):
        a, b = random.choice(units + orgs + people), random.choice(high)
        asked.append(('under', a, b, None))
        a, b = random.choice(orgs + people), random.choice(orgs)
        asked.append(('under', a, b, None))
        asked.append(
            ('under', random.choice(orgs), b, random.choice(['party_line', 'admin_line', 'guidance', 'supervision']))
        )
    for node in pick(orgs + people + units, some):  # pairs that are likely to hold
        kind = node.split(':', 1)[0]
        near = day.at_or_above(node) if kind == 'unit' else day.party_at_or_above(node) if kind == 'org' else []
        seats = [u for s in day.targets('residence' if kind == 'person' else 'seat', node) for u in day.at_or_above(s)]
        bodies = [b for o in day.targets('affiliation', node) for b in day.party_at_or_above(o)]
        for goal in pick(near + seats + bodies, 2):
            asked.append(('under', node, goal, None))
    return asked


def answer(day, question):
    """The reference's answer."""
    name, *a = question
    return {
        'audit': lambda under, days: day.audit(under, days),
        'count': day.count,
        'rollup': day.rollup,
        'unreported': day.list_unreported,
        'cross-appointments': day.list_cross_appointments,
        'officers': day.list_officers,
        'under': day.under,
    }[name](*a)


def tally(counts, question, value):
    """Counts what the answers held, to show that the comparison was not one of empty lists."""
    name = question[0]
    if name == 'audit':
        for rule, n in value['counts'].items():
            counts[rule] = counts.get(rule, 0) + n
        return
    size = (
        len(value)
        if isinstance(value, list)
        else len(value['path']) if name == 'under' else sum(value['members'].values())
    )
    if name == 'rollup':
        name = question[1]
    counts[name] = counts.get(name, 0) + (1 if size else 0)


def summary(counts):
    return 'findings and non-empty answers: ' + ', '.join('%s %d' % item for item in sorted(counts.items()))


def show_difference(expected, got, left, right):
    """The smallest telling difference: rows of one side only, or both values."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in sorted(set(expected) | set(got)):
            if expected.get(key) != got.get(key):
                print(' at %s' % key)
                show_difference(expected.get(key), got.get(key), left, right)
        return
    if isinstance(expected, list) and isinstance(got, list) and all(isinstance(x, dict) for x in expected + got):
        a = [json.dumps(x, ensure_ascii=False, sort_keys=True) for x in expected]
        b = [json.dumps(x, ensure_ascii=False, sort_keys=True) for x in got]
        only_a, only_b = [x for x in a if x not in b], [x for x in b if x not in a]
        for side, rows in ((left, only_a), (right, only_b)):
            for row in rows[:6]:
                print('  only %s: %s' % (side, row))
            if len(rows) > 6:
                print('  ... and %d more' % (len(rows) - 6))
        if not only_a and not only_b:
            print('  the same rows in another order or number')
        return
    print('  %s: %s' % (left, json.dumps(expected, ensure_ascii=False)))
    print('  %s: %s' % (right, json.dumps(got, ensure_ascii=False)))
