"""The rules beyond the fixed contract, each written from its clause: a day of the reference in, the subjects that do not meet it out.

One function a rule, named by the decorator; the docstring is the clause.  Nothing here reads the library's records.  A figure that no verified
text gives is a parameter: PARAMETERS has the values the comparison uses.
The files are those of the records in src/rules/data, as far as they have the same subject.
"""

from clauses import branches, committees, data, grids, members, posts, property, shares, terms
from clauses.common import PARAMETERS, RULES

__all__ = ["PARAMETERS", "RULES", "unmet", "branches", "committees", "data", "grids", "members", "posts", "property", "shares", "terms"]


def unmet(day):
    """[(subject, rule)] of all rules, ordered as findings are."""
    found = [(subject, name) for name, judge in RULES.items() for subject in judge(day)]
    return sorted(found, key=lambda f: (f[0].encode('utf-8'), f[1]))
