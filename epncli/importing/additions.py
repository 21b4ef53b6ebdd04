"""Rows about structures that the registry does not have."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from epncli.i18n import _
from epncli.importing import rows
from epncli.importing.corrections import Correction
from epncli.importing.matching import Match
from epncli.importing.merge_result import DATES, Merge
from epncli.importing.row_values import Value, unguarded, without_default
from epncli.model.structure import FIELDS, Structure
from epncli.problems import Problem, warning
from epncli.rules.texte import quoted
from epncli.validation.structure_check import (
    DEPENDENT_FIELDS,
    CheckedStructure,
    check_fields,
    check_structure,
    check_together,
)

_ALL_BUT_ID: Final = frozenset(FIELDS) - {"id"}


class NewStructure(NamedTuple):
    """The structure of a row, with its problems, and what was corrected."""

    checked: CheckedStructure
    corrections: list[Correction]
    dates: int
    """Number of dates that were converted to the form 2014-09-30."""


def add_structure(merged: Merge, match: Match, today: str, *, strict: bool) -> Structure | None:
    """Add the new structure of a row to the result, and return it; None if the row is refused.

    If it has no id, it gets one when it is written.

    With `strict`, nothing is corrected: a row with a bad cell is refused. `today` is ISO 8601.
    """
    checked, corrections, dates = new_structure(match, today, strict=strict)
    if checked.refused:
        merged.refuse(match, checked.problems)
        return None
    merged.dates += dates
    merged.correct(match, corrections)
    if match.taken_id:
        merged.warn(match, [_taken(match.taken_id)])
    if checked.problems:
        merged.warn(match, checked.problems)
    merged.new.append(checked.structure)
    return checked.structure


def new_structure(match: Match, today: str, *, strict: bool) -> NewStructure:
    """The structure that a row describes, without regard to the registry. `today` is ISO 8601."""
    values = {
        name: value
        for name, value in match.row.values.items()
        if (value.strip() if type(value) is str else value)
    }
    if match.reading.guarded:
        values = {name: unguarded(value) for name, value in values.items()}
    if match.taken_id:
        del values["id"]
    corrections: list[Correction] = []
    if not strict:
        corrections += rows.put_place(values, match.place) + rows.move_long_summary(values)
        values, more = rows.clean_row(values)
        corrections += more
    checked = check_fields(Structure(**values), today)
    if checked.refused and not strict:
        checked, more = _correct(values, checked, today)
        corrections += more
    names = None if "id" in values else _ALL_BUT_ID
    checked = check_together(checked, today, names)
    # A corrected value may contradict another field: coordinates, and their place.
    while not strict and (left := sorted(checked.refused_fields & values.keys() - rows.REQUIRED)):
        corrections += rows.leave_out(left, values, checked.problems)
        checked = check_structure(Structure(**values), today, names)
    if checked.refused:
        return NewStructure(checked, corrections, 0)
    dates = sum(checked.structure.value(name) != values[name] for name in DATES & values.keys())
    if without_default("statut", checked.structure.statut) != checked.structure.statut:
        checked = replace(checked, structure=checked.structure.changed(statut=""))
    return NewStructure(checked, corrections, dates)


def _taken(wanted: str) -> Problem:
    return warning(
        _("the id ‘{id}’ is that of another place in the registry").format(id=quoted(wanted)),
        _("the structure gets a new id; if it is the same place, correct its name and commune first"),
    )


def _correct(
    values: dict[str, Value], checked: CheckedStructure, today: str
) -> tuple[CheckedStructure, list[Correction]]:
    """Correct the refused values of a row, or leave them out; required ones that have no value stay."""
    bad = checked.refused_fields & values.keys()
    read, corrections = rows.read_row({name: values[name] for name in bad}, checked.structure, today)
    for name in bad:
        if read.get(name):
            values[name] = read[name]
        elif name not in rows.REQUIRED:
            del values[name]
    if bad & DEPENDENT_FIELDS.keys():
        return check_fields(Structure(**values), today), corrections
    corrected = {name: values.get(name) or FIELDS[name].empty for name in bad}
    again = check_fields(checked.structure.changed(**corrected), today, bad)
    others = [problem for problem in checked.problems if problem.field not in bad]
    return CheckedStructure(again.structure, [*others, *again.problems]), corrections
