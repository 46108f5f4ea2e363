"""Collective economic organisations and owners' committees."""

from clauses.common import COUNCIL, LAW_2025, PARAMETERS, holders, live, people, posts_of, recused, relatives, rule, same_community


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
