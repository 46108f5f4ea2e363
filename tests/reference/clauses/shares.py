"""So many to so many: whole numbers, both kept."""

from clauses.common import PARAMETERS, SELF, figure, holders, people, rule, units


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
