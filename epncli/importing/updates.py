"""Rows about structures that the registry has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from epncli.formats.tabular.cells import LIST_SEPARATOR, split
from epncli.importing import rows, text_cleaning
from epncli.importing.corrections import Correction, Treatment
from epncli.importing.matching import Match
from epncli.importing.merge_result import DATES, Merge
from epncli.importing.row_values import Value, in_old_spelling, is_blank, unguarded, without_default
from epncli.model.structure import CONFIRMED, FIELDS, Structure
from epncli.registry.compare import Difference
from epncli.validation.structure_check import CheckedStructure, check_structure


def compare_structure(
    merged: Merge, match: Match, before: Structure, today: str, *, strict: bool, blank_clears: bool
) -> None:
    """Add what a row changes in an existing structure to the result.

    With `strict`, nothing is corrected: a row with a bad cell is refused. A blank cell changes nothing
    unless `blank_clears`. `today` is ISO 8601.
    """
    values, corrections = dict(match.row.values), list[Correction]()
    if not strict and values.get("presentation_resume") != before.presentation_resume:
        corrections += rows.move_long_summary(values)
    cells = dict(_differing_cells(match, values, before))
    same_date = "date_maj" not in cells and not is_blank(values.get("date_maj", ""))
    blank = [name for name in cells if is_blank(cells[name])]
    for name in blank:
        if not blank_clears or (name in rows.REQUIRED and not strict):
            del cells[name]
            merged.blank_cells += name not in rows.REQUIRED and not match.reading.national
    if not cells:
        merged.same += 1
        return
    checked, changed = _checked(before, cells, today)
    if changed and not strict:
        corrections += _correct(before, cells, changed, today, blank_clears=blank_clears)
        checked, changed = _checked(before, cells, today)
        while left := [name for name in FIELDS if name in checked.refused_fields & changed.keys()]:
            corrections += rows.leave_out(left, cells, checked.problems)
            checked, changed = _checked(before, cells, today)
    if checked.refused_fields & changed.keys():
        merged.refuse(match, [problem for problem in checked.problems if problem.field in changed])
        return
    merged.correct(match, corrections)
    merged.dates += sum(
        bool(value := checked.structure.value(name)) and value != cells[name] for name in DATES & cells.keys()
    )
    if not changed:
        merged.same += 1
    else:
        merged.warn(match, checked.problems)
        names = tuple(name for name in FIELDS if name in changed)
        if not (same_date or cells.get("date_maj")) and any(name in CONFIRMED for name in names):
            changed["date_maj"] = today
        merged.changed.append(Difference(before, before.changed(**changed), names))


def _checked(
    before: Structure, cells: Mapping[str, Value], today: str
) -> tuple[CheckedStructure, dict[str, Value]]:
    """The structure with the values of these cells, and those that are not only another spelling."""
    checked = check_structure(before.changed(**cells), today, cells.keys())
    known = check_structure(before, today, cells.keys()).structure
    changed = {
        name: in_old_spelling(value, before.value(name), known.value(name))
        for name in cells
        if without_default(name, value := checked.structure.value(name))
        not in (without_default(name, before.value(name)), without_default(name, known.value(name)))
    }
    return checked, changed


def _correct(
    before: Structure, cells: dict[str, Value], names: Iterable[str], today: str, *, blank_clears: bool
) -> list[Correction]:
    """Correct the cells of these fields, or remove them if they are left out or unknown."""
    filled = {name: cells[name] for name in names if not is_blank(cells[name])}
    read, corrections = rows.read_row(filled, before.changed(**cells), today)
    unknown = {one.field for one in corrections if one.treatment is Treatment.UNKNOWN}
    clearing = frozenset(FIELDS) - rows.REQUIRED if blank_clears else frozenset[str]()
    for name in {one.field for one in corrections}:
        # A list with an unknown item is not complete: the list of the registry stays.
        if name not in read or name in unknown or (is_blank(read[name]) and name not in clearing):
            del cells[name]
        else:
            cells[name] = read[name]
    return corrections


def _differing_cells(
    match: Match, values: Mapping[str, Value], before: Structure
) -> Iterator[tuple[str, Value]]:
    """The cells of a row that differ from the structure, as they are in the file."""
    separator, national, guarded = match.reading.separator, match.reading.national, match.reading.guarded
    # Where the cell has no value, the derived place changes nothing: the registry has one.
    place = {one.field: one.values for one in match.place if not text_cleaning.has_no_value(one.text)}
    for name, value in values.items():
        old = before.value(name)
        if name == "id" or _same(name, value, old, separator):
            continue
        is_national_hours = national and name == "horaires" and bool(before.fermetures_temporaires)
        if is_national_hours and _same(name, value := _without_closings(str(value), before), old, separator):
            continue
        if guarded and _same(name, value := unguarded(value), old, separator):
            continue
        if place.get(name) and _same(name, value := place[name][0], old, separator):
            continue
        if is_blank(value):
            yield name, FIELDS[name].empty
        elif not (national and name == "telephones"):
            yield name, value
        elif more := _further_phones(value, old):
            yield name, (*old, *more)


def _same(name: str, value: Value, old: Value, separator: str) -> bool:
    """True if a cell is equal to the value in the registry, without conversion to the normal form."""
    if isinstance(value, str) or isinstance(old, str):
        return without_default(name, value) == without_default(name, old)
    # In a cell, an item that contains the separator looks like two items.
    return value == old or bool(separator and value == split(LIST_SEPARATOR.join(old), separator))


def _without_closings(hours: str, before: Structure) -> str:
    """The opening hours of a national file, without the intervals that the registry has in another field."""
    from epncli.rules import fermetures
    from epncli.rules.hours import temporary

    known = fermetures.intervals(before.fermetures_temporaires)
    return temporary.without_closings(hours, known)


def _further_phones(value: Value, old: Value) -> list[str]:
    """The phone numbers that a structure does not have yet. A national file has only one number per place."""
    from epncli.rules.telephone import key

    known = {key(number) for number in old}
    return [number for number in value if key(number) not in known]
