"""Terms: when they end, early and late elections."""

from reference import BEFORE_EVERYTHING, add_years, parse_date
from clauses.common import ELECTED, LAW_2025, begun_terms, live, regular_end, rule


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
