"""Comparison of files with a registry: new, changed, unchanged and refused structures.

This module reads and writes no files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from epncli.formats.reading import Reading
from epncli.importing.additions import add_structure
from epncli.importing.matching import Match, match
from epncli.importing.merge_result import Merge
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
) -> Merge:
    """The result of comparing the files with the registry. `today` is ISO 8601.

    A bad cell is corrected or left out, and the row is imported: only a new structure needs a name, a
    commune and a postal code. With `strict`, nothing is corrected, and a row with a bad cell is refused.
    """
    merged = Merge()
    matches = match(structures, readings, today, strict=strict)
    for one in track(matches):
        if one.refusal:
            merged.refuse(one, [error(one.refusal)])
        elif one.repeats:
            merged.repeated += 1
        elif one.position is None:
            add_structure(merged, one, today, strict=strict)
        else:
            compare_structure(merged, one, structures[one.position], today, strict=strict)
    if not any(reading.national for reading in readings):
        met = {one.position for one in matches}
        merged.missing = [one for position, one in enumerate(structures) if position not in met]
    return merged
