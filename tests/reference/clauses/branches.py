"""Branches, general branches, committees, and what they cover."""

import reference

from clauses.common import BRANCHES, EMPLOYERS, OFFICERS, ORDINARY, holders, live, outside, rule, seated


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
