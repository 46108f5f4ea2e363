"""Members: affiliations, probation."""

from reference import BEFORE_EVERYTHING, NEVER, add_years, parse_date
from clauses.common import add_months, fact, members, people, ran_out, rule


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
