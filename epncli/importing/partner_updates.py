"""Rows of a partner's file about structures that the registry has: what changed since the last file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from epncli.formats.reading import Row
from epncli.importing import rows, text_cleaning
from epncli.importing.additions import new_structure
from epncli.importing.corrections import Correction, Treatment
from epncli.importing.last_file import LastFile
from epncli.importing.matching import Match
from epncli.importing.merge_result import Conflict, Merge, PartnerRow
from epncli.importing.row_values import in_old_spelling, without_default
from epncli.model.structure import CONFIRMED, FIELDS, Structure, Texts
from epncli.problems import Problem
from epncli.registry.compare import Difference
from epncli.registry.three_way import merge as merge_three
from epncli.validation.structure_check import check_structure

_NO_VALUES: Final = {name: field.empty for name, field in FIELDS.items() if name != "id"}


def compare_partner_row(merged: Merge, match: Match, before: Structure, today: str, *, strict: bool) -> None:
    """Add what the partner changed in a structure since the last file to the result. `today` is ISO 8601.

    What the registry changed or added stays. If both changed a field, it is a conflict, and the value of the
    registry stays too.
    """
    if match.last and _says_the_same(match.row, match.last):  # as most rows: they need no validation
        merged.same += 1
        merged.partner_rows.append(PartnerRow(match.last, before))
        return
    checked, corrections, dates = new_structure(_with_required(match, before), today, strict=strict)
    if checked.refused:
        _refuse(merged, match, before, checked.problems)
        return
    merged.correct(match, corrections)
    merged.dates += dates
    base = _comparable((match.last or Structure()).changed(id=before.id))
    theirs = checked.structure.changed(id=before.id)
    unknown = {one.field: base.value(one.field) for one in corrections if _is_unknown(one, theirs)}
    theirs = theirs.changed(**unknown)
    difference, conflicts = _three_way(base, before, theirs, today)
    if conflicts:
        merged.conflicts.append(Conflict(before, theirs, conflicts))
    if difference is None:
        merged.same += not conflicts
    elif errors := check_structure(difference.after, today, difference.fields).errors:
        # Such as the commune of one side and the postal code of the other.
        _refuse(merged, match, before, errors)
        return
    else:
        merged.changed.append(difference)
    merged.partner_rows.append(PartnerRow(theirs, before))


def _says_the_same(row: Row, last: Structure) -> bool:
    """True if the cells of a row are the values of the last file, in their normal form."""
    return all(last.value(name) == (row.values.get(name) or none) for name, none in _NO_VALUES.items())


def _with_required(match: Match, before: Structure) -> Match:
    """The row, with the name and the place of the structure if it does not give them."""
    known = match.last or before
    required = {
        name: known.value(name)
        for name in rows.REQUIRED
        if text_cleaning.has_no_value(str(match.row.values.get(name, "")))
    }
    if not required:
        return match
    place = [one for one in match.place if one.field not in required]
    return replace(match, row=replace(match.row, values=match.row.values | required), place=place)


def _three_way(
    base: Structure, before: Structure, theirs: Structure, today: str
) -> tuple[Difference | None, Texts]:
    """What the partner changed in a structure, None for nothing, and the fields that are in conflict."""
    if _comparable(theirs) == base:
        return None, ()
    known = _comparable(check_structure(before, today).structure)
    found = merge_three(base, known, _comparable(theirs))
    names = tuple(name for name in FIELDS if found.structure.value(name) != known.value(name))
    if not names:
        return None, found.conflicts
    after = before.changed(
        **{
            name: in_old_spelling(found.structure.value(name), before.value(name), known.value(name))
            for name in names
        }
    )
    if not theirs.date_maj and any(name in CONFIRMED for name in names):
        after = after.changed(date_maj=today)
    return Difference(before, after, names), found.conflicts


def _refuse(merged: Merge, match: Match, before: Structure, problems: Sequence[Problem]) -> None:
    """Refuse a row. The next one is still compared with the last one that was taken."""
    merged.refuse(match, problems)
    if match.last:
        merged.partner_rows.append(PartnerRow(match.last, before))


def _is_unknown(correction: Correction, theirs: Structure) -> bool:
    """True if the file does not say what the value of the field is, rather than that it is blank."""
    if correction.treatment is Treatment.LEFT_OUT:  # of a list, the other items are known
        return not theirs.value(correction.field)
    return correction.treatment is Treatment.UNKNOWN


def _comparable(structure: Structure) -> Structure:
    statut = without_default("statut", structure.statut)
    return structure if statut == structure.statut else structure.changed(statut=str(statut))


def find_gone(
    merged: Merge, matches: Sequence[Match], structures: Sequence[Structure], last: LastFile
) -> None:
    """Add the structures of the last file that are not in the new one to the result.

    They stay in what the next file is compared with, as do the rows that are refused now.
    """
    by_id = {one.id: one for one in structures}
    by_identifier = {key: one for one in structures for key in one.identifiants_externes}
    here = {id(one.last) for one in matches if one.last}
    kept = {id(one.last) for one in matches if one.last and one.refusal}
    written = {id(row.known) for row in merged.partner_rows}
    unreadable = any(one.row.refusal for one in matches)
    for base in last.structures:
        known = _known(base, by_id, by_identifier)
        if known is None or id(known) in written:
            continue
        if id(base) not in here and not unreadable and not known.is_closed:
            merged.gone.append(known)
        if id(base) not in here or id(base) in kept:
            merged.partner_rows.append(PartnerRow(base, known))


def _known(
    base: Structure, by_id: Mapping[str, Structure], by_identifier: Mapping[str, Structure]
) -> Structure | None:
    found = (by_identifier[key] for key in base.identifiants_externes if key in by_identifier)
    return next(found, None) or by_id.get(base.id)
