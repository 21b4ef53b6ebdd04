"""The columns of a table as the fields of structures: which cells of a row give the value of which field.

`recognition` assigns the columns by their headers and cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from epncli.formats import national as national_map
from epncli.formats.tabular import cells
from epncli.model.structure import FIELDS, Texts


class _Absent(str):
    __slots__ = ()


ABSENT: Final = _Absent()
"""A cell that the file does not have, unlike an empty one: its row says nothing about the field."""

Combine = Callable[[Sequence[str]], Sequence[str | Texts]]
"""Takes a cell of each column and returns a value for each field; "" for a value that they do not have.

The value of a list is a text that is still to be split, or a tuple.
"""

LISTS: Final = national_map.OLD_LISTS.union(name for name, field in FIELDS.items() if field.many)
"""The fields whose cells have several values."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Columns of a table whose cells, read together, have the values of one or more fields."""

    columns: tuple[int, ...]
    """Their indexes, from 0."""
    fields: tuple[str, ...]
    combine: Combine | None = None
    """None for one column that is one field."""


def remembered(combine: Callable[[Texts], Sequence[str | Texts]]) -> Combine:
    """A function that combines cells, with its last results: tables repeat the same cells."""
    known = lru_cache(maxsize=1024)(combine)
    return lambda texts: known(tuple(texts))


def separator_of(rows: Sequence[Sequence[str]], assignments: Sequence[Assignment]) -> str:
    """The separator of list values: `|`, else `;` as in the national schema v0.1, else ""."""
    places = [one.columns[0] for one in assignments if one.fields[0] in LISTS and not one.combine]
    texts = [row[at] for row in rows for at in places if at < len(row)]
    return next((char for char in "|;" if any(char in text for text in texts)), "")


def values(
    row: Sequence[str], assignments: Sequence[Assignment], separator: str, *, guarded: bool
) -> dict[str, str | Texts]:
    """The values of a row by field. A field that is not in the row is not in the result.

    If several assignments have the same field, lists are joined; of other values the first that is not
    blank counts. Fields that are assigned together are taken together, or not at all.
    """
    found: dict[str, str | Texts] = {}
    width = len(row)
    for one in assignments:
        combined: Sequence[str | Texts]
        if one.combine is None:
            at = one.columns[0]
            if at >= width or row[at] is ABSENT:
                continue
            combined = (_cell(row[at], guarded=guarded),)
        elif any(at < width and row[at] is not ABSENT for at in one.columns):
            combined = one.combine(cells_of(row, one.columns, guarded=guarded))
        else:
            continue
        name = one.fields[0]
        if name in LISTS:
            before, value = found.get(name, ()), combined[0]
            assert isinstance(before, tuple)
            found[name] = before + (cells.split(value, separator) if isinstance(value, str) else value)
        elif len(one.fields) == 1 and name not in found:
            found[name] = combined[0]
        elif all(is_blank(found.get(field, "")) for field in one.fields):
            found.update(zip(one.fields, combined, strict=True))
    return found


def cells_of(row: Sequence[str], places: Sequence[int], *, guarded: bool) -> list[str]:
    """The cells of a row at these indexes; "" for one that it does not have."""
    width = len(row)
    return [_cell(row[at], guarded=guarded) if at < width else "" for at in places]


def _cell(text: str, *, guarded: bool) -> str:
    return cells.unguard(text) if guarded and text else text


def is_blank(value: str | Texts) -> bool:
    """True for a value that counts as none beside another column of its field."""
    return not value or (isinstance(value, str) and not value.strip())
