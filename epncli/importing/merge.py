"""Comparison of files with a registry: new, changed, unchanged and refused structures.

This module reads and writes no files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from epncli.formats.reading import Reading
from epncli.importing.additions import add_structure
from epncli.importing.doubles import find_doubles
from epncli.importing.last_file import LastFile
from epncli.importing.matching import Match, match
from epncli.importing.merge_result import Merge, PartnerRow, place_of
from epncli.importing.partner_updates import compare_partner_row, find_gone
from epncli.importing.updates import compare_structure
from epncli.model.structure import Structure
from epncli.problems import error

Track = Callable[[Sequence[Match]], Iterable[Match]]
"""A function that yields the rows and may show a progress bar."""


def merge(
    structures: Sequence[Structure],
    readings: Sequence[Reading],
    today: str,
    track: Track = iter,
    *,
    strict: bool = False,
    blank_clears: bool = False,
) -> Merge:
    """The result of comparing the files with the registry. `today` is ISO 8601.

    A bad cell is corrected or left out, and the row is imported: only a new structure needs a name, a
    commune and a postal code. With `strict`, nothing is corrected, and a row with a bad cell is refused.
    A blank cell changes nothing unless `blank_clears`.
    """
    merged = Merge()
    matches = match(structures, readings, today, strict=strict)
    for one in track(matches):
        if _is_settled(merged, one):
            continue
        if one.position is None:
            add_structure(merged, one, today, strict=strict)
        else:
            before = structures[one.position]
            compare_structure(merged, one, before, today, strict=strict, blank_clears=blank_clears)
    merged.doubles = find_doubles(structures, merged.new)
    if not any(reading.national for reading in readings):
        met = {one.position for one in matches}
        merged.missing = [one for position, one in enumerate(structures) if position not in met]
    return merged


def merge_with_last(
    structures: Sequence[Structure],
    readings: Sequence[Reading],
    last: LastFile,
    today: str,
    track: Track = iter,
    *,
    strict: bool = False,
) -> Merge:
    """The result of comparing a partner's files with the last one and with the registry, as `merge`.

    Only what the partner changed since then is changed. Structures that are in neither file are not
    concerned, and those that someone has removed from the registry are not added again.
    """
    merged = Merge()
    matches = match(structures, readings, today, strict=strict, last=last)
    for one in track(matches):
        if _is_settled(merged, one):
            continue
        if one.position is not None:
            compare_partner_row(merged, one, structures[one.position], today, strict=strict)
        elif one.last is not None:
            merged.removed.append(one.last)
            merged.partner_rows.append(PartnerRow(one.last, one.last))
        elif new := add_structure(merged, one, today, strict=strict):
            merged.partner_rows.append(PartnerRow(new, new))
    find_gone(merged, matches, structures, last)
    merged.doubles = find_doubles(structures, merged.new)
    return merged


def _is_settled(merged: Merge, match: Match) -> bool:
    """Count a row that is refused or repeats another one; False for any other."""
    if match.refusal:
        merged.refuse(match, [error(match.refusal)])
    elif match.repeats:
        merged.repeated.append(place_of(match))
    return bool(match.refusal or match.repeats)
