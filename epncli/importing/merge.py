"""Comparison of files with a registry: new, changed, unchanged and refused structures.

This module reads and writes no files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from epncli.formats.reading import Reading
from epncli.formats.tabular.cells import LIST_SEPARATOR, split, unguard
from epncli.importing import cleaning, rows
from epncli.importing.cells import Done
from epncli.importing.matching import Match, match
from epncli.model.structure import FIELDS, Kind, Structure, Texts
from epncli.problems import Level, Problem, error
from epncli.registry.changes import Change
from epncli.validation.structure_check import CheckedStructure, check_structure

Value = str | Texts
Track = Callable[[Sequence[Match]], Iterable[Match]]
"""A function that yields the rows and may show a progress bar."""


class RowProblem(NamedTuple):
    """A problem of a row, with its file and line."""

    file: str
    line: int
    problem: Problem


class RowCell(NamedTuple):
    """A cell that does not come in as it stands, with its place."""

    file: str
    line: int
    cell: rows.MendedCell


@dataclass(frozen=True, slots=True)
class Difference:
    """A structure that a row changes. `fields` are the names of the changed fields."""

    before: Structure
    after: Structure
    fields: tuple[str, ...]


@dataclass
class Merge:
    """The result of comparing files with a registry."""

    new: list[Structure] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    same: int = 0
    refused: int = 0
    """Number of refused rows. The reasons are in `errors`."""
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    cells: list[RowCell] = field(default_factory=list)
    """Cells that were mended or left out, of rows that came in."""
    gone: list[Structure] = field(default_factory=list)
    """Structures of the registry that are not in the files; empty for files of the national map."""
    dates: int = 0
    """Number of dates that were converted to the form 2014-09-30."""

    def changes(self, *, update: bool) -> list[Change]:
        """The changes to commit: the new structures and, with `update`, the changed ones."""
        changes = [Change(None, structure) for structure in self.new]
        if update:
            changes += [Change(one.before, one.after) for one in self.changed]
        return changes


def merge(
    structures: Sequence[Structure],
    readings: Sequence[Reading],
    today: str,
    track: Track = iter,
    *,
    strict: bool = False,
) -> Merge:
    """The result of comparing the files with the registry. `today` is ISO 8601.

    A bad cell is corrected or ignored, and the row is kept: only a new structure needs a name, a commune
    and a postal code. With `strict`, each row that has a bad cell is refused.
    """
    merged = Merge()
    matches = match(structures, readings, today, strict=strict)
    for one in track(matches):
        if one.refusal:
            _refuse(merged, one, [error(one.refusal)])
        elif one.position is None:
            _take_new(merged, one, today, strict=strict)
        else:
            _compare(merged, one, structures[one.position], today, strict=strict)
    if not any(reading.national for reading in readings):
        met = {one.position for one in matches}
        merged.gone = [one for position, one in enumerate(structures) if position not in met]
    return merged


def _refuse(merged: Merge, one: Match, problems: Iterable[Problem]) -> None:
    merged.refused += 1
    merged.errors += [RowProblem(one.reading.name, one.row.line, problem) for problem in problems]


def _warn(merged: Merge, one: Match, problems: Iterable[Problem]) -> None:
    merged.warnings += [
        RowProblem(one.reading.name, one.row.line, problem)
        for problem in problems
        if problem.level is Level.WARNING
    ]


_ALL_BUT_ID: Final = frozenset(FIELDS) - {"id"}
_NEEDED: Final = frozenset(("nom", "commune", "code_postal"))
"""Without these a row is no place; an id is made where there is none."""
_DATES: Final = frozenset(
    name for name, field in FIELDS.items() if field.kind in (Kind.DATE, Kind.PARTIAL_DATE)
)


def _take_new(merged: Merge, one: Match, today: str, *, strict: bool) -> None:
    """Add a new structure to the result. If it has no id, it gets one when it is written."""
    values = {
        name: _unguarded(value) if one.reading.guarded else value
        for name, value in one.row.values.items()
        if (value.strip() if type(value) is str else value)
    }
    cells: rows.Cells = []
    if not strict:
        place = rows.with_place(values, one.place)
        values, cells = rows.plain(values)
        cells += place + rows.with_summary_moved(values)
    if _plain("statut", values.get("statut", "")) == "":
        values.pop("statut", None)
    validated = _validated_new(values, today)
    if validated.refused and not strict:
        validated = _without_bad_cells(values, validated, cells, today)
    if validated.refused:
        _refuse(merged, one, [found for found in validated.problems if found.level is Level.ERROR])
        return
    merged.dates += sum(validated.structure.value(name) != values[name] for name in _DATES & values.keys())
    _tell(merged, one, cells)
    if validated.problems:
        _warn(merged, one, validated.problems)
    merged.new.append(validated.structure)


def _validated_new(values: Mapping[str, Value], today: str) -> CheckedStructure:
    return check_structure(_structure(values), today, None if "id" in values else _ALL_BUT_ID)


def _without_bad_cells(
    values: dict[str, Value], validated: CheckedStructure, cells: rows.Cells, today: str
) -> CheckedStructure:
    """The new structure once its bad cells are mended or left out of `values`; `cells` gets what was done."""
    bad = _refused_fields(validated) & values.keys()
    meant, more = rows.understood({name: values[name] for name in bad}, validated.structure, today)
    cells += more
    for name in bad:
        if meant.get(name):
            values[name] = meant[name]
        elif name not in _NEEDED:
            del values[name]
    validated = _validated_new(values, today)
    # What one field is read as may not go with another: a number of six digits, and its territory.
    if left := _refused_fields(validated) & values.keys() - _NEEDED:
        cells += rows.without(sorted(left), values, validated.problems)
        validated = _validated_new(values, today)
    return validated


def _refused_fields(validated: CheckedStructure) -> set[str]:
    return {found.field for found in validated.problems if found.level is Level.ERROR}


def _tell(merged: Merge, one: Match, cells: Iterable[rows.MendedCell]) -> None:
    merged.cells += [RowCell(one.reading.name, one.row.line, cell) for cell in cells]


def _structure(values: Mapping[str, Value]) -> Structure:
    # As for a registry: only the fields that are present are set and validated.
    return Structure.from_values(
        {name: value if isinstance(value, str) else list(value) for name, value in values.items()}
    )


def _compare(merged: Merge, one: Match, before: Structure, today: str, *, strict: bool) -> None:
    """Add the changes of an existing structure to the result."""
    values, told = (dict(one.row.values), []) if strict else _meant_values(one, before)
    cells = dict(_differing_cells(one, values, before, strict=strict))
    if not cells:
        merged.same += 1
        return
    validated, fields = _judged(before, cells, today)
    if fields and not strict:
        told += _mend(one, before, cells, fields, today)
        validated, fields = _judged(before, cells, today)
        if left := [name for name in FIELDS if name in _refused_fields(validated) & fields.keys()]:
            told += rows.without(left, cells, validated.problems)
            validated, fields = _judged(before, cells, today)
    _tell(merged, one, told)
    errors = [found for found in validated.problems if found.level is Level.ERROR and found.field in fields]
    merged.dates += sum(
        bool(value := validated.structure.value(name)) and value != cells[name]
        for name in _DATES & cells.keys()
    )
    if errors:
        _refuse(merged, one, errors)
    elif not fields:
        merged.same += 1
    else:
        _warn(merged, one, validated.problems)
        names = tuple(name for name in FIELDS if name in fields)
        if not fields.get("date_maj") and names != ("date_maj",):
            fields["date_maj"] = today
        merged.changed.append(Difference(before, before.changed(**fields), names))


def _judged(
    before: Structure, cells: Mapping[str, Value], today: str
) -> tuple[CheckedStructure, dict[str, Value]]:
    """The structure with these cells, and the values of those that say something else than before."""
    validated = check_structure(before.changed(**cells), today, cells.keys())
    known = check_structure(before, today, cells.keys()).structure
    fields = {
        name: _in_old_spelling(value, before.value(name), known.value(name))
        for name in cells
        if _plain(name, value := validated.structure.value(name))
        not in (_plain(name, before.value(name)), _plain(name, known.value(name)))
    }
    return validated, fields


def _meant_values(one: Match, before: Structure) -> tuple[dict[str, Value], rows.Cells]:
    """The values of a row, a long summary where it belongs."""
    values = dict(one.row.values)
    if values.get(rows.SUMMARY) == before.presentation_resume:
        return values, []
    return values, rows.with_summary_moved(values)


def _mend(
    one: Match, before: Structure, cells: dict[str, Value], fields: Iterable[str], today: str
) -> rows.Cells:
    """Put what the cells of these fields mean into `cells`; those that mean nothing are taken out."""
    filled = {name: cells[name] for name in fields if not _blank(cells[name])}
    meant, told = rows.understood(filled, before.changed(**cells), today)
    unknown = {cell.field for cell in told if cell.done is Done.UNKNOWN}
    for name in {cell.field for cell in told}:
        if name not in meant or name in unknown or (_blank(meant[name]) and not _clears(one, name)):
            del cells[name]
        else:
            cells[name] = meant[name]
    return told


def _clears(one: Match, name: str) -> bool:
    """True where a blank cell takes out the value of the registry: in a row that was found by its id."""
    return one.by_id and not one.reading.national and name not in _NEEDED


def _in_old_spelling(value: Value, old: Value, known: Value) -> Value:
    """A list in which old items keep their spelling. `known` is the normal form of `old`."""
    if isinstance(value, str) or len(known) != len(old):
        return value
    spelling = dict(zip(known, old, strict=True))
    return tuple(spelling.get(item, item) for item in value)


def _differing_cells(
    one: Match, values: Mapping[str, Value], before: Structure, *, strict: bool
) -> Iterator[tuple[str, Value]]:
    """The cells of a row that differ from the structure, as they are in the file.

    An empty cell counts only in a row that was matched by its id, and never in a file of the national map.
    """
    separator, national, guarded = one.reading.separator, one.reading.national, one.reading.guarded
    # A blank cell says nothing of the place that is known already.
    place = {found.field: found.value for found in one.place if not cleaning.says_nothing(found.text)}
    for name, value in values.items():
        old = before.value(name)
        if name == "id" or _same(name, value, old, separator):
            continue
        if guarded and _same(name, value := _unguarded(value), old, separator):
            continue
        if place.get(name) and _same(name, value := place[name], old, separator):
            continue
        if _blank(value):
            if _clears(one, name) or (strict and one.by_id and not national):
                yield name, () if FIELDS[name].many else ""
        elif not (national and name == "telephones"):
            yield name, value
        elif more := _further_phones(value, old):
            yield name, (*old, *more)


def _same(name: str, value: Value, old: Value, separator: str) -> bool:
    """True if a cell is equal to the value in the registry, without conversion to the normal form."""
    if isinstance(value, str) or isinstance(old, str):
        return _plain(name, value) == _plain(name, old)
    # In a cell, an item that contains the separator looks like two items.
    return value == old or bool(separator and value == split(LIST_SEPARATOR.join(old), separator))


def _plain(name: str, value: Value) -> Value:
    """The value, or "" for the default value of `statut`."""
    return "" if name == "statut" and isinstance(value, str) and value.strip() == "ouvert" else value


def _blank(value: Value) -> bool:
    return not (value.strip() if isinstance(value, str) else any(map(str.strip, value)))


def _unguarded(value: Value) -> Value:
    """The value without the apostrophe that `epn export csv --excel` adds before a cell."""
    if isinstance(value, str):
        return unguard(value)
    return (unguard(value[0]), *value[1:]) if value else value


def _further_phones(value: Value, old: Value) -> list[str]:
    """The phone numbers that a structure does not have yet. A national file has only one number per place."""
    from epncli.rules.telephone import key

    known = {key(number) for number in old}
    return [number for number in value if key(number) not in known]
