"""Conversion between values and the cells of a spreadsheet: lists, coordinates, protection against Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from epncli.model.structure import DATE_KINDS, FIELDS, Kind, Structure

LIST_SEPARATOR = "|"
"""The separator of the values of a list, as in the national schema."""

# The start of what Excel interprets as a formula (OWASP, CSV Injection), full-width characters included.
_FORMULA = r"[=+\-@\t\r\n＝＋－＠]"
# What French Excel converts to a number or a date and saves differently: without its leading zero, or as
# 8,3E+13, sept-14, 02:30:00, 01-mai. A number of up to 11 digits is saved unchanged.
_CHANGED = (
    r"(?:0[0-9]+|[0-9]{12,}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+"
    r"|[0-9]+[.,:/\-][0-9.,:/\-]*|[0-9]+(?:[.,][0-9]*)?[eE][+\-]?[0-9]+)\s*\Z"
)
_RISKY = re.compile(rf"'*(?:{_FORMULA}|{_CHANGED})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def columns(structures: Sequence[Structure], fields: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a spreadsheet: `fields`, by default the core fields and all others in use.

    Private fields are only in it if `fields` names them.
    """
    if fields:
        return fields
    used = in_use(structures)
    return tuple(name for name, field in FIELDS.items() if field.core or (not field.private and name in used))


def in_use(structures: Iterable[Structure]) -> set[str]:
    """The names of the fields that at least one of the structures has."""
    return {name for structure in structures for name, value in vars(structure).items() if value}


def rows(structures: Iterable[Structure], names: Sequence[str]) -> Iterator[list[str]]:
    """The cells of these fields, row by row, with the values of a list joined by LIST_SEPARATOR."""
    places = [place for place, name in enumerate(names) if FIELDS[name].many]
    for structure in structures:
        row = [getattr(structure, name) for name in names]
        for place in places:
            row[place] = LIST_SEPARATOR.join(row[place])
        yield row


def split(cell: str, separator: str = LIST_SEPARATOR) -> tuple[str, ...]:
    """The values of a list in one cell, stripped; empty ones are dropped."""
    if not cell:
        return ()
    return tuple(item for item in map(str.strip, cell.split(separator)) if item)


def letters(at: int) -> str:
    """The name of a column in a spreadsheet, by its index from 0: `A` for 0, `AB` for 27."""
    before, letter = divmod(at, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + letter)


def guard(cell: str, kind: Kind) -> str:
    """The cell with an apostrophe before it if French Excel would change it.

    A complete date in a date field gets none: Excel converts it to a date and saves it unchanged.
    """
    if not _RISKY.match(cell) or (kind in DATE_KINDS and _DAY.fullmatch(cell)):
        return cell
    return "'" + cell


def unguard(cell: str) -> str:
    """The cell without the apostrophe that `guard` adds, for any kind of field."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


_COORDINATE = re.compile(r"[+\-]?[0-9]{1,3}(\.[0-9]{1,30})?")


def coordinate(text: str) -> float | None:
    """The number of decimal degrees, written with a point; None for any other text."""
    text = text.strip()
    return float(text) if _COORDINATE.fullmatch(text) else None


def exact_coordinate(text: str) -> float | None:
    """The number of a coordinate, or None if it would be read back as another text, as `48.50` or `48`."""
    degrees = coordinate(text)
    # XlsxWriter writes 16 digits, of which the shortest equal number is read; a whole one without its point.
    same = degrees is not None and f"{degrees:.16G}" == text == repr(degrees) and not degrees.is_integer()
    return degrees if same else None
