"""Residents', villagers' and supervision committees."""

from clauses.common import (
    LAW_2026,
    SELF,
    elected_under,
    fact,
    figure,
    holders,
    live,
    people,
    posts_of,
    recused,
    relatives,
    rule,
    same_community,
    seated,
    units,
)


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
