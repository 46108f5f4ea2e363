"""The rules beyond the fixed contract, each written from its clause: a day of the reference in, the subjects that do not meet it out.

One function a rule, named by the decorator; the docstring is the clause.  Nothing here reads the library's records.  A figure that no verified
text gives is a parameter: PARAMETERS has the values the comparison uses.
"""

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


# -- what is asked again and again


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


# -- branches


@rule('branch.secretary-vacant')
def _(d):
    """支部条例 Arts. 20, 21: 设书记1名; a vacancy is filled in time."""
    return {b for b in live(d, *ORDINARY) if not holders(d, b, {'secretary'})}


@rule('branch.secretary-single')
def _(d):
    """支部条例 Art. 20: 1名书记."""
    return {b for b in live(d, *ORDINARY) if len(holders(d, b, {'secretary'})) > 1}


@rule('branch.deputy-limit')
def _(d):
    """支部条例 Art. 20: 必要时可设1名副书记."""
    return {b for b in live(d, *ORDINARY) if len(holders(d, b, {'deputy_secretary'})) > 1}


@rule('branch.committee-not-due')
def _(d):
    """支部条例 Art. 20: fewer than 7 full members, no committee."""
    return {b for b in live(d, *ORDINARY) if len(d.full_members(b)) < 7 and holders(d, b, {'committee_member'})}


@rule('branch.officers-full-members')
def _(d):
    """党章 Art. 7, 选举条例 Art. 5: only full members are elected.  A person of whom no status is said is not judged."""
    return {
        b
        for b in live(d, *BRANCHES)
        if any(d.party_status[p] in ('none', 'probationary') for p in holders(d, b, OFFICERS))
    }


@rule('joint-branch.min-members')
def _(d):
    """支部条例 Arts. 4, 5: 正式党员3人以上."""
    return {b for b in live(d, 'party_joint_branch') if len(d.full_members(b)) < 3}


@rule('joint-branch.max-members')
def _(d):
    """支部条例 Art. 4: 一般不超过50人."""
    return {b for b in live(d, 'party_joint_branch') if len(d.members(b)) > 50}


@rule('joint-branch.units')
def _(d):
    """支部条例 Art. 5: 覆盖单位一般不超过5个.  Alliances and owners' committees are no 单位."""
    bodies = EMPLOYERS | {
        'residents_committee',
        'villagers_committee',
        'collective_economic_organization',
        'service_center',
    }
    return {
        b for b in live(d, 'party_joint_branch') if len({t for t in d.targets('covers', b) if d.kind.get(t) in bodies}) > 5
    }


@rule('joint-branch.committee-required')
def _(d):
    """支部条例 Art. 20: 有正式党员7人以上的党支部，应当设立支部委员会; a joint branch is a branch."""
    return {b for b in live(d, 'party_joint_branch') if len(d.full_members(b)) >= 7 and len(holders(d, b, OFFICERS)) < 3}


@rule('temporary-branch.no-transfer')
def _(d):
    """支部条例 Art. 8: 不转接组织关系."""
    return {b for b in live(d, 'party_temporary_branch') if d.formal_people(b)}


@rule('temporary-branch.appointed')
def _(d):
    """支部条例 Art. 8: officers are named by the approver, not elected."""
    return {b for b in live(d, 'party_temporary_branch') if holders(d, b, OFFICERS, {'elected'})}


@rule('functional-branch.no-transfer')
def _(d):
    """House: the affiliation stays at home."""
    return {b for b in live(d, 'party_functional_branch') if d.formal_people(b)}


@rule('floating-branch.secretary-vacant')
def _(d):
    """支部条例 Art. 20: a branch has a secretary."""
    return {b for b in live(d, 'party_floating_branch') if not holders(d, b, {'secretary'})}


@rule('office-branch.max-members')
def _(d):
    """机关条例 Arts. 5-7: 50人以上 a general branch, so 50 are too many for a branch that covers an employer."""
    return {
        b
        for b in live(d, 'party_branch')
        if any(d.kind.get(t) == 'employer' for t in d.targets('covers', b)) and len(d.members(b)) >= 50
    }


def full_employees(d, body):
    return {t[0] for t in d.ties_to('employment', body) if d.party_status[t[0]] == 'full'}


@rule('employer.branch-required')
def _(d):
    """支部条例 Art. 4: 凡是有正式党员3人以上的，都应当成立党支部."""
    return {b for b in live(d, *EMPLOYERS) if len(full_employees(d, b)) >= 3 and not d.ties_to('covers', b)}


@rule('employer.joint-branch-required')
def _(d):
    """支部条例 Art. 5: fewer than 3 full members, a joint branch."""
    return {b for b in live(d, *EMPLOYERS) if 1 <= len(full_employees(d, b)) < 3 and not d.ties_to('covers', b)}


@rule('cover.single')
def _(d):
    """House: one body, one covering organisation."""
    return {b for b in live(d, 'owners_committee', *EMPLOYERS) if len({t[0] for t in d.ties_to('covers', b)}) > 1}


@rule('township-committee.size')
def _(d):
    """农村条例 Art. 6: 7 to 9, of a committee seated on a unit of the townships' level."""
    return {
        o
        for o in live(d, 'party_committee')
        if any(d.level[u] == 'street' for u in d.targets('seat', o)) and not 7 <= len(holders(d, o, OFFICERS)) <= 9
    }


def outside(number, least, most):
    return not PARAMETERS[least] <= number <= PARAMETERS[most]


@rule('general-branch.committee-size')
def _(d):
    """Parameters."""
    return {
        o
        for o in live(d, 'party_general_branch')
        if outside(len(holders(d, o, OFFICERS)), 'general_branch.committee_min', 'general_branch.committee_max')
    }


@rule('committee.size')
def _(d):
    """Parameters."""
    return {
        o for o in live(d, 'party_committee') if outside(len(holders(d, o, OFFICERS)), 'committee.min', 'committee.max')
    }


@rule('community-committee.part-time-members')
def _(d):
    """Parameters, of a committee or general branch seated on a community."""
    return {
        o
        for o in live(d, 'party_committee', 'party_general_branch')
        if any(d.level[u] == 'community' for u in d.targets('seat', o))
        and outside(len(holders(d, o, {'part_time_member'})), 'part_time_members.min', 'part_time_members.max')
    }


def members_below(d, org):
    """Members formally affiliated to the organisation or to one below it on party_line; people count once."""
    return {p for o in d.kind if org in d.party_at_or_above(o) for p in d.members(o)}


def covering(d, kind, covered):
    """Live organisations of a kind that cover a body of another kind."""
    return [o for o in live(d, kind) if any(d.kind.get(t) == covered for t in d.targets('covers', o))]


@rule('village-general-branch.members')
def _(d):
    """农村条例 Art. 5: 超过50人."""
    return {o for o in covering(d, 'party_general_branch', 'villagers_committee') if not len(members_below(d, o)) > 50}


@rule('village-committee.members')
def _(d):
    """农村条例 Art. 5: 100人以上."""
    return {o for o in covering(d, 'party_committee', 'villagers_committee') if not len(members_below(d, o)) >= 100}


@rule('office-general-branch.min-members')
def _(d):
    """机关条例 Arts. 5-7: 50人以上."""
    return {o for o in covering(d, 'party_general_branch', 'employer') if not len(members_below(d, o)) >= 50}


@rule('office-general-branch.max-members')
def _(d):
    """机关条例 Arts. 5-7: 100人以下."""
    return {o for o in covering(d, 'party_general_branch', 'employer') if not len(members_below(d, o)) <= 100}


@rule('office-committee.min-members')
def _(d):
    """机关条例 Arts. 5-7: 100人以上."""
    return {o for o in covering(d, 'party_committee', 'employer') if not len(members_below(d, o)) >= 100}


def covers_of(d, body):
    """Who covers a body, by the first step that has any: its own, another body's own, any other, its place upwards, the committee there."""

    def whose(o):
        parent = d.parent_value.get(o)
        return None if parent is None or d.kind[parent] in reference.PARTY_KINDS else parent

    direct = {t[0] for t in d.ties_to('covers', body)}
    own = {o for o in direct if d.parent_value.get(o) == body}
    led = {o for o in direct if whose(o) not in (None, body)}
    line = {o for o in direct if whose(o) is None}
    for found in (own, led, line):
        if found:
            return found

    def upwards(answers):
        layer = set(d.targets('seat', body))
        while layer:
            found = {o for u in layer for o in answers(u)}
            if found:
                return found
            layer = {above for u in layer for above in d.targets('territory', u)}
        return set()

    return upwards(lambda u: {t[0] for t in d.ties_to('covers', u)}) or upwards(
        lambda u: {o for o in seated(d, u, 'party_committee', 'party_work_committee') if whose(o) is None}
    )


@rule('cover.resolved')
def _(d):
    """House: exactly one."""
    return {b for b in live(d, 'owners_committee', *EMPLOYERS) if len(covers_of(d, b)) != 1}


# -- members


def affiliations(d, person, *manners):
    return [t for t in d.ties('affiliation', person) if t[3] in manners]


@rule('member.no-branch')
def _(d):
    """教育管理条例 Art. 25: every member belongs to one branch."""
    return {p for p in members(d) if not affiliations(d, p, 'formal')}


@rule('member.in-transit')
def _(d):
    """教育管理条例 Art. 25: transferred out and not yet received, the sending organisation stays responsible.  Begun by the day, over or not."""
    had = {s for kind, s, _, begin, _, _, manner in d.ledgers.ties if kind == 'affiliation' and manner == 'formal' and begin <= d.day}
    return {p for p in members(d) if p in had and not affiliations(d, p, 'formal')}


@rule('member.two-branches')
def _(d):
    """教育管理条例 Arts. 25, 32: to one."""
    return {p for p in members(d) if len({t[0] for t in affiliations(d, p, 'formal')}) > 1}


@rule('member.temporary-too-long')
def _(d):
    """教育管理条例 Art. 25: 6个月以上的，应当转移组织关系."""
    return {
        p
        for p in members(d)
        if any(
            ran_out(d, t[1], NEVER if t[1] == BEFORE_EVERYTHING else add_months(t[1], 6))
            for t in affiliations(d, p, 'temporary')
        )
    }


@rule('member.floating-without-home')
def _(d):
    """教育管理条例 Arts. 25, 32: one home, any number of participations."""
    return {
        p
        for p in members(d)
        if affiliations(d, p, 'temporary', 'floating', 'functional') and not affiliations(d, p, 'formal')
    }


@rule('member.affiliation-of-non-member')
def _(d):
    """House."""
    return {p for p in people(d) if d.party_status[p] == 'none' and affiliations(d, p, 'formal')}


def probation_over(d, years):
    found = set()
    for p in people(d):
        joined = fact(d, p, 'joined_on')
        if d.party_status[p] == 'probationary' and joined and d.day > add_years(parse_date(joined, NEVER), years):
            found.add(p)
    return found


@rule('member.probation-due')
def _(d):
    """党章 Art. 7: probation is one year."""
    return probation_over(d, 1)


@rule('member.probation-overdue')
def _(d):
    """党章 Art. 7: and no more than one year longer."""
    return probation_over(d, 2)


@rule('person.without-purpose')
def _(d):
    """个人信息保护法 Arts. 6, 19: no affiliation, post or report so far."""
    kept = {t[1] for t in d.ledgers.ties if t[0] in ('affiliation', 'appointment', 'report') and t[3] <= d.day}
    return {p for p in people(d) if p not in kept}


# -- terms


def shift(d, judge):
    found = set()
    for org, kind in d.kind.items():
        terms = begun_terms(d, org)
        if kind in ELECTED and terms and judge(terms):
            found.add(org)
    return found


@rule('term.extended-too-long')
def _(d):
    """任期意见 二, 选举条例 Art. 3: an extension of a year at most."""

    def judge(terms):
        end, extended = regular_end(terms[-1]), parse_date(terms[-1][2]['extended_to'], None)
        return end is not None and extended is not None and extended > add_years(end, 1)

    return shift(d, judge)


@rule('term.elected-late')
def _(d):
    """任期意见 二, 选举条例 Art. 3: no later than a year after the term before."""

    def judge(terms):
        end = regular_end(terms[-2]) if len(terms) > 1 else None
        return end is not None and terms[-1][0] > add_years(end, 1)

    return shift(d, judge)


@rule('term.elected-early')
def _(d):
    """选举条例 Art. 3: no earlier than a year before."""

    def judge(terms):
        end = regular_end(terms[-2]) if len(terms) > 1 else None
        return end is not None and add_years(terms[-1][0], 1) < end

    return shift(d, judge)


def by_post(d, kind, posts, years=5):
    """Without terms on record the post of the head is the evidence."""
    return {
        o
        for o in live(d, kind)
        if not begun_terms(d, o)
        and any(
            t[2] in posts and (t[1] == BEFORE_EVERYTHING or d.day > add_years(t[1], years))
            for t in d.ties_to('appointment', o)
        )
    }


@rule('residents-committee.term-expired')
def _(d):
    """居组法 Art. 14 (2018 Art. 8): 五年."""
    return by_post(d, 'residents_committee', {'director'})


@rule('villagers-committee.term-expired')
def _(d):
    """村组法 Art. 14 (2018 Art. 11): 五年."""
    return by_post(d, 'villagers_committee', {'director'})


@rule('collective.term-expired')
def _(d):
    """农村集体经济组织法 Art. 29: 五年."""
    return by_post(d, 'collective_economic_organization', {'chair'}) if d.day >= LAW_2025 else set()


@rule('owners-committee.term-expired')
def _(d):
    """指导规则 Arts. 31-34: 5 years at most."""
    return by_post(d, 'owners_committee', {'chair', 'director'})


# -- residents' and villagers' committees


@rule('residents-committee.size')
def _(d):
    """居组法 Art. 8 (2018 Art. 7): 五至九人."""
    return {o for o in live(d, 'residents_committee') if not 5 <= len(holders(d, o, SELF)) <= 9}


@rule('villagers-committee.size')
def _(d):
    """村组法 Art. 8 (2018 Art. 6): 三至七人."""
    return {o for o in live(d, 'villagers_committee') if not 3 <= len(holders(d, o, SELF)) <= 7}


def no_woman(d, org):
    return not any(fact(d, p, 'sex') == 'female' for p in holders(d, org, SELF))


@rule('residents-committee.women')
def _(d):
    """居组法 Art. 8 since 2026: asked of a committee elected under it."""
    return {o for o in live(d, 'residents_committee') if elected_under(d, o, LAW_2026) and no_woman(d, o)}


@rule('villagers-committee.women')
def _(d):
    """村组法 Art. 8 (2018 Art. 6)."""
    return {o for o in live(d, 'villagers_committee') if no_woman(d, o)}


def relatives(d, kind, posts):
    """Two members of one body with a declared recusal."""
    return {
        p
        for p in people(d)
        for body in posts_of(d, p, posts, {kind})
        if any(body in posts_of(d, other, posts, {kind}) for other in recused(d, p))
    }


@rule('residents-committee.relatives')
def _(d):
    """居组法 Art. 8 since 2026: 近亲属回避."""
    return relatives(d, 'residents_committee', SELF) if d.day >= LAW_2026 else set()


@rule('villagers-committee.relatives')
def _(d):
    """村组法 Art. 8 since 2026: 近亲属回避."""
    return relatives(d, 'villagers_committee', SELF) if d.day >= LAW_2026 else set()


def households_outside(d, least, most):
    found = set()
    for u in units(d, 'community'):
        households = figure(d, u, 'households')
        if seated(d, u, 'residents_committee') and households is not None and not least <= households <= most:
            found.add(u)
    return found


@rule('community.households-1989')
def _(d):
    """居组法 (2018) Art. 6, until 2025-12-31: 一百户至七百户."""
    return households_outside(d, 100, 700) if d.day < LAW_2026 else set()


@rule('community.households')
def _(d):
    """居组法 Art. 3, from 2026-01-01: 一千户至三千户."""
    return households_outside(d, 1000, 3000) if d.day >= LAW_2026 else set()


@rule('community.one-committee')
def _(d):
    """居组法 Art. 3, from 2026-01-01: a community is the area of one residents' committee."""
    if d.day < LAW_2026:
        return set()
    return {u for u in units(d, 'community') if len(seated(d, u, 'residents_committee')) > 1}


def unsupervised(d, kind):
    return {u for u in units(d, 'community') if seated(d, u, kind) and not seated(d, u, 'supervision_committee')}


@rule('community.supervision-missing')
def _(d):
    """居组法 Art. 36, from 2026-01-01."""
    return unsupervised(d, 'residents_committee') if d.day >= LAW_2026 else set()


@rule('village.supervision-missing')
def _(d):
    """村组法 Art. 37 (2018 Art. 32)."""
    return unsupervised(d, 'villagers_committee')


def supervises_itself(d, kind):
    return {
        p
        for p in people(d)
        for a in posts_of(d, p, SELF, {kind})
        for b in posts_of(d, p, None, {'supervision_committee'})
        if same_community(d, a, b)
    }


def supervises_relative(d, kind):
    return {
        p
        for p in people(d)
        for b in posts_of(d, p, None, {'supervision_committee'})
        for other in recused(d, p)
        for a in posts_of(d, other, SELF, {kind})
        if same_community(d, a, b)
    }


@rule('supervision.residents-member')
def _(d):
    """居组法 Art. 36, from 2026-01-01: members may not sit on the supervision committee."""
    return supervises_itself(d, 'residents_committee') if d.day >= LAW_2026 else set()


@rule('supervision.residents-relative')
def _(d):
    """居组法 Art. 36, from 2026-01-01: nor may their near relatives."""
    return supervises_relative(d, 'residents_committee') if d.day >= LAW_2026 else set()


@rule('supervision.villagers-member')
def _(d):
    """村组法 Art. 37 (2018 Art. 32)."""
    return supervises_itself(d, 'villagers_committee')


@rule('supervision.villagers-relative')
def _(d):
    """村组法 Art. 37 (2018 Art. 32)."""
    return supervises_relative(d, 'villagers_committee')


# -- collective economic organisations and owners' committees


def councils(d):
    """Live organisations whose council is on record: more than the head alone; since the law is in force."""
    if d.day < LAW_2025:
        return []
    return [
        (o, n)
        for o in live(d, 'collective_economic_organization')
        for n in [len(holders(d, o, COUNCIL))]
        if n >= 2
    ]


@rule('collective.council-size')
def _(d):
    """农村集体经济组织法 Art. 29: 一般由三至七名."""
    return {o for o, n in councils(d) if not 3 <= n <= 7}


@rule('collective.council-odd')
def _(d):
    """农村集体经济组织法 Art. 29: 单数."""
    return {o for o, n in councils(d) if n % 2 == 0}


COLLECTIVE = {'collective_economic_organization'}


@rule('collective.council-supervisor')
def _(d):
    """农村集体经济组织法 Art. 34: 理事不得担任监事."""
    if d.day < LAW_2025:
        return set()
    return {
        p
        for p in people(d)
        if set(posts_of(d, p, COUNCIL, COLLECTIVE)) & set(posts_of(d, p, {'supervisor'}, COLLECTIVE))
    }


@rule('collective.supervisor-relative')
def _(d):
    """农村集体经济组织法 Art. 34: nor may their near relatives."""
    if d.day < LAW_2025:
        return set()
    return {
        p
        for p in people(d)
        for body in posts_of(d, p, {'supervisor'}, COLLECTIVE)
        if any(body in posts_of(d, other, COUNCIL, COLLECTIVE) for other in recused(d, p))
    }


@rule('collective.council-relatives')
def _(d):
    """农村集体经济组织法 Art. 29: 理事会成员之间近亲属回避."""
    return relatives(d, 'collective_economic_organization', COUNCIL) if d.day >= LAW_2025 else set()


@rule('owners-committee.size')
def _(d):
    """指导规则 Arts. 31-34: 5至11人."""
    return {o for o in live(d, 'owners_committee') if not 5 <= len(holders(d, o, COUNCIL)) <= 11}


@rule('owners-committee.odd')
def _(d):
    """指导规则 Arts. 31-34: 单数; a committee without anybody on record is another rule's."""
    return {
        o for o in live(d, 'owners_committee') if holders(d, o, COUNCIL) and len(holders(d, o, COUNCIL)) % 2 == 0
    }


@rule('owners-committee.property-employee')
def _(d):
    """Some local statutes: no member works for the property company of the area."""
    found = set()
    for p in people(d):
        works = [b for b in d.targets('employment', p) if d.kind[b] == 'property_company']
        works += posts_of(d, p, None, {'property_company'})
        for body in posts_of(d, p, COUNCIL, {'owners_committee'}):
            if any(same_community(d, body, w) for w in works):
                found.add(p)
    return found


@rule('owners-committee.party-members')
def _(d):
    """Parameter."""
    return {
        o
        for o in live(d, 'owners_committee')
        if sum(d.is_member(p) for p in holders(d, o, COUNCIL)) < PARAMETERS['owners_committee.party_min']
    }


# -- posts


@rule('post.two-posts-one-body')
def _(d):
    """House: one open post of a person in a body."""
    return {
        p for p in people(d) for bodies in [d.targets('appointment', p)] if len(bodies) > len(set(bodies))
    }


@rule('post.party-post-by-non-member')
def _(d):
    """党章 Art. 7, 选举条例 Art. 5."""
    posts = OFFICERS | {'first_secretary'}
    return {
        o
        for o in live(d, 'party_committee', 'party_work_committee', 'party_general_branch')
        if any(d.party_status[p] == 'none' for p in holders(d, o, posts))
    }


@rule('post.ex-officio-without-source')
def _(d):
    """House: a seat held because of another post ends with it."""
    found = set()
    for p in people(d):
        manners = {t[3] for t in d.ties('appointment', p)}
        rests = manners & {'elected', 'appointed', 'acting', 'seconded'} or d.targets('employment', p)
        if 'ex_officio' in manners and not rests:
            found.add(p)
    return found


HEADS = {'party_committee', 'party_general_branch', 'party_branch'}
SELF_BODIES = {'residents_committee', 'villagers_committee'}


@rule('cross.secretary-not-director')
def _(d):
    """居组法 Art. 8, 村组法 Art. 8, where a place wants it.  A director of a body without a community is not judged."""
    return {
        p
        for p in people(d)
        for body in posts_of(d, p, {'director'}, SELF_BODIES)
        if communities_of(d, body)
        and not any(same_community(d, body, b) for b in posts_of(d, p, {'secretary'}, HEADS))
    }


@rule('cross.secretary-is-director')
def _(d):
    """The same, where a place wants two people."""
    return {
        p
        for p in people(d)
        for body in posts_of(d, p, {'secretary'}, HEADS)
        if any(same_community(d, body, b) for b in posts_of(d, p, {'director'}, SELF_BODIES))
    }


@rule('cross.grid-secretary-not-head')
def _(d):
    """House: one person as grid head and branch secretary."""
    return {
        p
        for p in people(d)
        for grid in posts_of(d, p, {'grid_head'})
        if grid.startswith('unit:')
        and d.level[grid] == 'grid'
        and communities_of(d, grid)
        and not any(same_community(d, grid, b) for b in posts_of(d, p, {'secretary'}, ORDINARY))
    }


@rule('post.too-many')
def _(d):
    """Parameter."""
    return {p for p in people(d) if len(d.ties('appointment', p)) > PARAMETERS['posts.max_per_person']}


def held_too_long(d, manner, months):
    return {
        p
        for p in people(d)
        for t in d.ties('appointment', p)
        if t[3] == manner
        and ran_out(d, t[1], NEVER if t[1] == BEFORE_EVERYTHING else add_months(t[1], PARAMETERS[months]))
    }


@rule('post.acting-too-long')
def _(d):
    """Parameter."""
    return held_too_long(d, 'acting', 'acting.max_months')


@rule('post.seconded-too-long')
def _(d):
    """Parameter."""
    return held_too_long(d, 'seconded', 'secondment.max_months')


@rule('body.seconded-too-many')
def _(d):
    """Parameter."""
    return {o for o in live(d) if len(holders(d, o, None, {'seconded'})) > PARAMETERS['secondment.max_people']}


@rule('body.establishment-quota')
def _(d):
    """Parameter: part-time and ex officio members take no post of the establishment."""
    return {
        o
        for o in live(d, 'service_center', 'residents_committee', 'villagers_committee')
        if len(holders(d, o, None, {'elected', 'appointed', 'acting'})) > PARAMETERS['establishment.max_people']
    }


# -- grids


@rule('grid.without-community')
def _(d):
    """House: something is above a grid."""
    return {u for u in units(d, 'grid', 'micro_grid') if not d.targets('territory', u)}


@rule('grid.two-heads')
def _(d):
    """House."""
    return {u for u in units(d, 'grid') if len(holders(d, u, {'grid_head'})) > 1}


@rule('grid.party-uncovered')
def _(d):
    """House: covered, or a Party organisation has its seat on it."""
    return {
        u
        for u in units(d, 'grid')
        if not d.ties_to('covers', u) and not seated(d, u, *reference.PARTY_KINDS)
    }


def grids_with(d, column, wrong):
    return {u for u in units(d, 'grid') for n in [figure(d, u, column)] if n is not None and wrong(n)}


@rule('grid.households')
def _(d):
    """Parameters."""
    return grids_with(d, 'households', lambda n: outside(n, 'grid.min_households', 'grid.max_households'))


@rule('grid.population')
def _(d):
    """Parameter."""
    return grids_with(d, 'population', lambda n: n > PARAMETERS['grid.max_population'])


@rule('grid.workers')
def _(d):
    """Parameter."""
    return {u for u in units(d, 'grid') if len(holders(d, u, {'grid_worker'})) < PARAMETERS['grid.min_workers']}


@rule('grid.party-workers')
def _(d):
    """Parameter."""
    return {
        u
        for u in units(d, 'grid')
        if sum(d.is_member(p) for p in holders(d, u, {'grid_head', 'grid_worker'})) < PARAMETERS['grid.min_party_staff']
    }


@rule('grid.head-load')
def _(d):
    """Parameter: distinct bodies of which one person is grid head."""
    return {p for p in people(d) if len(set(posts_of(d, p, {'grid_head'}))) > PARAMETERS['grid.max_per_head']}


# -- data quality


@rule('report.wrong-community')
def _(d):
    """House: an in-service member's report is to the community of a residence."""
    return {
        p
        for p in people(d)
        if d.is_in_service_member(p)
        for community in d.targets('report', p)
        if communities_of(d, community)
        and not any(same_community(d, community, home) for home, _ in d.residences(p))
    }


@rule('report.unit-unreported')
def _(d):
    """Not read in any text: an employer reports to the community of each of its seats."""
    return {
        o
        for o in live(d, 'employer')
        for seat in d.targets('seat', o)
        if d.community_of(seat) is not None
        and not any(d.community_of(r) == d.community_of(seat) for r in d.targets('report', o))
    }


@rule('affiliation.duplicate')
def _(d):
    """House."""
    return {p for p in people(d) for to in [d.targets('affiliation', p)] if len(to) > len(set(to))}


@rule('employment.overlap')
def _(d):
    """House."""
    return {p for p in people(d) if len(set(d.targets('employment', p))) > 1}


@rule('residence.overlap')
def _(d):
    """House."""
    return {p for p in people(d) if len(set(d.targets('residence', p))) > 1}


@rule('seat.overlap')
def _(d):
    """House; whether the organisation is live does not matter."""
    return {o for o in d.kind if len(set(d.targets('seat', o))) > 1}


@rule('organization.no-seat')
def _(d):
    """House."""
    return {o for o in live(d) if not d.targets('seat', o)}


def gone_with(d, nodes, *kinds):
    return {n for n in nodes if not d.exists[n] and any(d.ties_to(kind, n) for kind in kinds)}


@rule('organization.gone-with-ties')
def _(d):
    """House."""
    return gone_with(d, d.kind, 'affiliation', 'appointment', 'employment')


@rule('unit.gone-with-ties')
def _(d):
    """House."""
    return gone_with(d, d.level, 'residence', 'report', 'appointment')


# -- shares: whole numbers, both kept


def units_below(d, unit, level):
    """Units of a level that have a parent at or below the unit."""
    return {
        u
        for u, is_level in d.level.items()
        if is_level == level and any(unit in d.at_or_above(above) for above in d.targets('territory', u))
    }


def posted_below(d, unit, posts, *kinds):
    """Distinct people in such posts of organisations of these kinds seated at or below the unit."""
    return {
        p for o, kind in d.kind.items() if kind in kinds and unit in d.seats_at_or_above(o) for p in holders(d, o, posts)
    }


@rule('establishment.per-community')
def _(d):
    """A claim: fewer than so many people per community."""
    found = set()
    for u in units(d, 'city', 'district', 'street'):
        communities = len(units_below(d, u, 'community'))
        people = len(posted_below(d, u, SELF, 'residents_committee', 'villagers_committee'))
        if communities and not people < PARAMETERS['establishment.claimed_below'] * communities:
            found.add(u)
    return found


@rule('community-workers.per-residents')
def _(d):
    """So many for every 10,000 residents: people × 10000 ≥ figure × residents."""
    found = set()
    for u in units(d, 'district', 'street', 'community'):
        residents = figure(d, u, 'population')
        people = len(posted_below(d, u, SELF, 'residents_committee', 'service_center'))
        if residents and people * 10000 < PARAMETERS['community_workers.per_10000'] * residents:
            found.add(u)
    return found


@rule('grid.staff-average')
def _(d):
    """At least so many people per grid."""
    found = set()
    for u in units(d, 'city', 'district', 'street', 'community'):
        grids = len(units_below(d, u, 'grid'))
        at = [g for g, level in d.level.items() if level == 'grid' and u in d.at_or_above(g)]
        people = {p for g in at for p in holders(d, g, {'grid_head', 'grid_worker'})}
        if grids and len(people) < PARAMETERS['grid.staff_average_min'] * grids:
            found.add(u)
    return found


def unmet(day):
    """[(subject, rule)] of all rules, ordered as findings are."""
    found = [(subject, name) for name, judge in RULES.items() for subject in judge(day)]
    return sorted(found, key=lambda f: (f[0].encode('utf-8'), f[1]))
