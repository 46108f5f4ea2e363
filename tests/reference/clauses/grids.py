"""Grids, their heads and workers."""

import reference

from clauses.common import PARAMETERS, figure, holders, outside, people, posts_of, rule, seated, units


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
