"""What the clauses share: parameters, kinds of bodies, and what is asked again and again."""

import datetime

import reference
from reference import BEFORE_EVERYTHING, NEVER, add_years, parse_date

PARAMETERS = {
    'general_branch.committee_min': 2,
    'general_branch.committee_max': 3,
    'committee.min': 1,
    'committee.max': 3,
    'part_time_members.min': 1,
    'part_time_members.max': 2,
    'owners_committee.party_min': 1,
    'posts.max_per_person': 2,
    'acting.max_months': 18,
    'secondment.max_months': 30,
    'secondment.max_people': 1,
    'establishment.max_people': 2,
    'grid.min_households': 300,
    'grid.max_households': 1200,
    'grid.max_population': 1500,
    'grid.min_workers': 1,
    'grid.min_party_staff': 1,
    'grid.max_per_head': 1,
    'grid.staff_average_min': 2,
    'establishment.claimed_below': 3,
    'community_workers.per_10000': 10,
}

LAW_2026 = datetime.date(2026, 1, 1)  # 居组法, 村组法 as revised on 2025-10-28
LAW_2025 = datetime.date(2025, 5, 1)  # 农村集体经济组织法

OFFICERS = {'secretary', 'deputy_secretary', 'committee_member'}
SELF = {'director', 'deputy_director', 'member'}  # 主任、副主任和委员
COUNCIL = {'chair', 'director', 'deputy_director', 'member'}  # 理事; 业主委员会成员
BRANCHES = reference.MEMBER_BRANCH_KINDS
ORDINARY = {'party_branch', 'party_joint_branch'}
ELECTED = set(reference.PARTY_KINDS) - {'party_work_committee', 'party_functional_branch', 'party_temporary_branch'}
EMPLOYERS = {'employer', 'social_organization', 'property_company'}

RULES = {}


def rule(name):
    def enter(function):
        RULES[name] = function
        return function

    return enter


def add_months(day, months):
    """The same day `months` on, else the last day of that month (民法典 Art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, min(last, day.day))
        except ValueError:
            pass
    raise AssertionError


def live(d, *kinds):
    return [o for o, kind in d.kind.items() if d.exists[o] and (not kinds or kind in kinds)]


def units(d, *levels):
    return [u for u, level in d.level.items() if d.exists[u] and level in levels]


def people(d):
    return list(d.party_status)


def members(d):
    return [p for p in people(d) if d.is_member(p)]


def holders(d, body, posts=None, manners=None):
    """Distinct people in open posts at a body."""
    return {
        t[0]
        for t in d.ties_to('appointment', body)
        if (posts is None or t[2] in posts) and (manners is None or t[3] in manners)
    }


def posts_of(d, person, posts=None, kinds=None):
    """The bodies in which a person holds such posts; with `kinds` organisations of these kinds only."""
    return [
        t[0]
        for t in d.ties('appointment', person)
        if (posts is None or t[2] in posts) and (kinds is None or d.kind.get(t[0]) in kinds)
    ]


def seated(d, unit, *kinds):
    """Distinct organisations of these kinds with a seat on the unit itself."""
    return {t[0] for t in d.ties_to('seat', unit) if d.kind[t[0]] in kinds}


def communities_of(d, node):
    """A unit's community, or those of an organisation's seats."""
    places = [node] if node.startswith('unit:') else d.targets('seat', node)
    return {c for c in (d.community_of(u) for u in places) if c is not None}


def same_community(d, a, b):
    return bool(communities_of(d, a) & communities_of(d, b))


def recused(d, person):
    return set(d.targets('recusal', person)) | {t[0] for t in d.ties_to('recusal', person)}


def fact(d, person, column):
    """READING: `status_from` dates the status; sex and the day of joining are as the row has them, whatever the day."""
    return d.value(person, column, d.ledgers.people[person.split(':', 1)[1]].get(column, ''))


def figure(d, unit, column):
    text = d.value(unit, column, d.ledgers.units[unit.split(':', 1)[1]][column])
    return None if text == '' else int(text)


def ran_out(d, begin, last_day):
    """What began before everything has run out; else the day after the last one."""
    return begin == BEFORE_EVERYTHING or d.day > last_day


def begun_terms(d, org):
    """The terms begun by the day, the one elected last at the end."""
    terms = [(parse_date(r['elected_on'], BEFORE_EVERYTHING), int(r['term_no']), r) for r in d.terms.get(org, [])]
    return sorted((t for t in terms if t[0] <= d.day), key=lambda t: t[:2])


def regular_end(term):
    elected, _, row = term
    if row['ends_on']:
        return parse_date(row['ends_on'], NEVER)
    return add_years(elected, int(row['years'])) if row['years'] else None


def elected_under(d, org, since):
    """Whether the latest term on record was elected under the law in force since that day."""
    terms = begun_terms(d, org)
    return bool(terms) and terms[-1][0] >= since


def outside(number, least, most):
    return not PARAMETERS[least] <= number <= PARAMETERS[most]


def relatives(d, kind, posts):
    """Two members of one body with a declared recusal."""
    return {
        p
        for p in people(d)
        for body in posts_of(d, p, posts, {kind})
        if any(body in posts_of(d, other, posts, {kind}) for other in recused(d, p))
    }
