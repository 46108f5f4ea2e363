"""What a ledger should not say."""

from clauses.common import communities_of, live, people, rule, same_community


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
