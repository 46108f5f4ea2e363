"""Posts, and several of them at once."""

from reference import BEFORE_EVERYTHING, NEVER
from clauses.common import (
    OFFICERS,
    ORDINARY,
    PARAMETERS,
    add_months,
    communities_of,
    holders,
    live,
    people,
    posts_of,
    ran_out,
    rule,
    same_community,
)


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


def without_second(d, firsts, seconds):
    """Who holds a post of the first sort in a community and none of the second there."""
    return {
        p
        for p in people(d)
        for body in posts_of(d, p, *firsts)
        if communities_of(d, body)
        and not any(same_community(d, body, b) for second in seconds for b in posts_of(d, p, *second))
    }


EVERY_POST = None
COMMITTEE_POSTS = {'director', 'deputy_director', 'member'}


@rule('cross.committee-not-in-party')
def _(d):
    """居组法 Art. 8, 村组法 Art. 8."""
    return without_second(d, (COMMITTEE_POSTS, SELF_BODIES), [(EVERY_POST, HEADS)])


@rule('cross.residents-not-in-owners')
def _(d):
    """河南省物业管理条例 Art. 28, where a place wants it."""
    return without_second(
        d, (COMMITTEE_POSTS, {'residents_committee'}), [(EVERY_POST, {'owners_committee'})]
    )


@rule('cross.owners-not-in-residents')
def _(d):
    """House: the other direction."""
    return without_second(d, (EVERY_POST, {'owners_committee'}), [(EVERY_POST, HEADS | {'residents_committee'})])


@rule('cross.property-not-in-party')
def _(d):
    """House: heads of property companies in the community's Party organisation."""
    return without_second(d, ({'director'}, {'property_company'}), [({'part_time_member'}, HEADS)])


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
