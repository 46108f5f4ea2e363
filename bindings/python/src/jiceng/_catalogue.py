"""What needs no store: the catalogue, codes, the calendar."""

from __future__ import annotations

import ctypes
from typing import Sequence

from ._errors import Outcome
from ._handles import Day, Language, _table
from ._library import library, texts
from ._table import Table, to_number


def version() -> str:
    """The library's version."""
    return str(library.jiceng_version().decode())


def rules(language: Language = Language.ZH) -> Table:
    """The rules of the catalogue."""
    return _table(lambda out, error: library.jiceng_rules(int(language), out, error))


def organization_kinds(language: Language = Language.ZH) -> Table:
    return _table(lambda out, error: library.jiceng_organization_kinds(int(language), out, error))


def roles(language: Language = Language.ZH) -> Table:
    return _table(lambda out, error: library.jiceng_roles(int(language), out, error))


def tie_kinds(language: Language = Language.ZH) -> Table:
    return _table(lambda out, error: library.jiceng_tie_kinds(int(language), out, error))


def check_policy(pack: bytes) -> Table:
    """Checks a jiceng.v1.PolicyPack against the catalogue compiled in; a row for each thing it sets."""
    return _table(lambda out, error: library.jiceng_policy_check(None, pack, len(pack), out, error))


def check_codes(codes: Sequence[str]) -> Table:
    """What each code is and whether it is well formed; citizen numbers come back masked."""
    array, count = texts(codes)
    return _table(lambda out, error: library.jiceng_codes_check(array, count, out, error))


def working_day(start: Day, days: int) -> Day:
    """The n-th working day after `start`, by the State Council's schedules; a year without one is an error."""
    outcome, due = Outcome(), ctypes.c_int32()
    outcome.check(library.jiceng_calendar_due(to_number(start), days, ctypes.byref(due), outcome.out))
    return Day(due.value // 10000, due.value // 100 % 100, due.value % 100)


def working_days(start: Day, end: Day) -> int:
    """Working days in [start, end)."""
    outcome, days = Outcome(), ctypes.c_int32()
    outcome.check(
        library.jiceng_calendar_count(to_number(start), to_number(end), ctypes.byref(days), outcome.out)
    )
    return days.value
