"""Procedures and the matters that run them."""

from __future__ import annotations

import ctypes
import datetime
from typing import Any, Mapping, Optional, Union

from ._errors import NotFound, Outcome
from ._handles import Day, Language, _Handle, _node, _optional, _ProgressCall, _table
from ._library import library, texts
from ._table import Table, to_number

# A minute, a day (its beginning), or the text of either: "2026-03-01 09:30".
Moment = Union[datetime.datetime, datetime.date, str]
# What is told: 20, True, "org:7", datetime.date(2026, 3, 1), by the name of the field.
Told = Mapping[str, Union[str, int, bool, datetime.date]]


def _at(moment: Moment) -> bytes:
    if isinstance(moment, datetime.datetime):
        return moment.strftime("%Y-%m-%d %H:%M").encode()
    return (moment if isinstance(moment, str) else moment.isoformat()).encode()


def _told(told: Told) -> list[str]:
    def text(value: Union[str, int, bool, datetime.date]) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return value.isoformat() if isinstance(value, datetime.date) else str(value)

    return [f"{name}={text(value)}" for name, value in told.items()]


def procedures(language: Language = Language.ZH) -> Table:
    """The templates: id, version, title, subjects, states, steps, clocks, citations, parameters, tallies."""
    return _table(lambda out, error: library.jiceng_procedures(int(language), out, error))


def procedure(id: str, language: Language = Language.ZH) -> Table:  # noqa: A002 - what it is called everywhere
    """The steps of one: step, title, from, to, actors, fields, guards, ties."""
    return _table(lambda out, error: library.jiceng_procedure(id.encode(), int(language), out, error))


class _WritesMatters(_Handle):
    """What a writer does with matters."""

    _call: _ProgressCall

    def _write(self, function: Any, *arguments: Any) -> int:
        outcome, seq = Outcome(), ctypes.c_int64()
        status = function(self._handle, *arguments, ctypes.byref(seq), outcome.out)
        self._call.check(outcome, status)
        return seq.value

    def open_matter(
        self,
        procedure: str,
        matter: str,
        at: Moment,
        subjects: Mapping[str, str],
        *,
        actor: Optional[str] = None,
        told: Told = {},
    ) -> int:
        """Opens a matter about nodes under the host's own id for it; the head after it, or 0: see `refused_step`."""
        nodes, node_count = texts(_told(subjects))
        fields, field_count = texts(_told(told))
        return self._write(
            library.jiceng_writer_matter_open,
            procedure.encode(),
            matter.encode(),
            _at(at),
            _optional(actor),
            nodes,
            node_count,
            fields,
            field_count,
        )

    def take_step(self, matter: str, step: str, at: Moment, *, actor: Optional[str] = None, told: Told = {}) -> int:
        """Takes a step, with the ties that follow from it; the head after it, or 0: see `refused_step`."""
        fields, field_count = texts(_told(told))
        return self._write(
            library.jiceng_writer_matter_step,
            matter.encode(),
            step.encode(),
            _at(at),
            _optional(actor),
            fields,
            field_count,
        )

    def refused_step(self, *, language: Language = Language.ZH) -> Optional[Table]:
        """Why the last call was refused for a step that may not be taken: change, code, place, message."""
        try:
            return _table(
                lambda out, error: library.jiceng_writer_refused_step(self._handle, int(language), out, error)
            )
        except NotFound:
            return None


class _ReadsMatters(_Handle):
    """What a snapshot tells of matters."""

    def matters(
        self,
        at: Moment,
        *,
        procedure: Optional[str] = None,
        node: Optional[str] = None,
        open: bool = False,  # noqa: A002 - only those that are not over
        told: bool = False,
        language: Language = Language.ZH,
    ) -> Table:
        """Those at a moment: matter, procedure, title, about, name, state, state_title, opened, entered, over, told (with
        `told` what was last told of each field, and the tallies, as `name=value`; else None)."""
        return _table(
            lambda out, error: library.jiceng_matters(
                self._handle,
                _optional(procedure),
                *_node(node),
                _at(at),
                (1 if open else 0) | (2 if told else 0),
                int(language),
                out,
                error,
            )
        )

    def late_matters(self, at: Moment, *, node: Optional[str] = None, language: Language = Language.ZH) -> Table:
        """The clocks that have run out: due, matter, procedure, clock, title, about, name, begun."""
        return _table(
            lambda out, error: library.jiceng_matters_late(
                self._handle, *_node(node), _at(at), int(language), out, error
            )
        )

    def handovers(self, at: Moment, *, node: Optional[str] = None, language: Language = Language.ZH) -> Table:
        """Who has passed on what: matter, procedure, part, depth, at, from_node, from_name, to_node, to_name, withheld,
        only_relayed."""
        return _table(
            lambda out, error: library.jiceng_matters_handovers(
                self._handle, *_node(node), _at(at), int(language), out, error
            )
        )

    def register(
        self, node: Optional[str], date: Day, *, year: int = 0, language: Language = Language.ZH
    ) -> Table:
        """The register of double reporting, a row a matter, of one year or all: matter, node, name, employer, community,
        host and home with their names, register_no, reported_on, appraisal_on, posts, services, hours, fed_back_on, form,
        published_on, published_at, used_for, used_for_title, moved_on, state, state_title."""
        return self._reported(library.jiceng_list_register, node, date, year, language)

    def services(
        self, node: Optional[str], date: Day, *, year: int = 0, language: Language = Language.ZH
    ) -> Table:
        """The records of service in it: matter, node, name, served_on, post, hours, noted_on, noted_by, noted_by_name."""
        return self._reported(library.jiceng_list_services, node, date, year, language)

    def _reported(self, question: Any, node: Optional[str], date: Day, year: int, language: Language) -> Table:
        return _table(
            lambda out, error: question(
                self._handle, *_node(node), to_number(date), year, int(language), out, error
            )
        )

    def _about(self, question: Any, matter: str, at: Moment, language: Language) -> Table:
        return _table(
            lambda out, error: question(self._handle, matter.encode(), _at(at), int(language), out, error)
        )

    def matter(self, matter: str, at: Moment, *, language: Language = Language.ZH) -> Table:
        """How it stands at a moment: what, id, title, value, value_title."""
        return self._about(library.jiceng_matter, matter, at, language)

    def matter_steps(self, matter: str, at: Moment, *, language: Language = Language.ZH) -> Table:
        """Its steps: number, at, step, title, actor, state, told."""
        return self._about(library.jiceng_matter_steps, matter, at, language)

    def matter_clocks(self, matter: str, at: Moment, *, language: Language = Language.ZH) -> Table:
        """Its clocks: clock, title, begun, since, until, due, status, reason."""
        return self._about(library.jiceng_matter_clocks, matter, at, language)
