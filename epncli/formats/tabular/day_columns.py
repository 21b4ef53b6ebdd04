"""The opening hours of a table that has a column for each day, or for each half of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from epncli.formats.tabular import column_fit
from epncli.formats.tabular.columns import Assignment, remembered
from epncli.rules.hours import columns as hours_columns

_FEWEST: Final = 2
"""One column named after a day may be anything."""


def assignment(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Assignment | None:
    """The columns of the days, read together as the opening hours; None if there are none.

    None too if two columns are for the same day or half, since nothing tells which one counts, and if most
    of their cells are not opening hours.
    """
    found = {at: column for at, title in enumerate(titles) if (column := hours_columns.column_of(title))}
    if len({column.weekday for column in found.values()}) < _FEWEST or len(set(found.values())) < len(found):
        return None
    cells = [cell for at in found for cell in column_fit.filled(rows, at)]
    if 2 * sum(column_fit.fits("horaires", cell) for cell in cells) < len(cells):
        return None
    names = tuple(titles[at].strip() for at in found)
    combine = remembered(partial(_hours, names, tuple(found.values())))
    return Assignment(tuple(found), ("horaires",), combine)


def _hours(names: Sequence[str], days: Sequence[hours_columns.Column], cells: Sequence[str]) -> Sequence[str]:
    """The hours in OpenStreetMap's notation; if they are not understood, the cells, to be reported."""
    result = hours_columns.join(dict(zip(days, cells, strict=True)))
    if not result.refused:
        return (result.value,)
    filled = [(name, cell) for name, cell in zip(names, cells, strict=True) if cell.strip()]
    return (" ; ".join(f"{name} : {cell}" for name, cell in filled),)
