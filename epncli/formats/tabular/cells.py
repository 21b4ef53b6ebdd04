"""What a cell of a spreadsheet holds, in both directions: lists, and the guard against Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from epncli.model.structure import FIELDS, Kind, Structure

LIST_SEPARATOR = "|"
"""Between the values of a list, as in the national schema."""

# What Excel takes for a formula (OWASP, CSV Injection), in full width too.
_FORMULA = r"[=+\-@\t\r\n＝＋－＠]"
# What French Excel reads as a number or a date and would write back otherwise: a lost zero,
# 8,3E+13, sept-14, 02:30:00, 01-mai. A number of up to 11 digits comes back as it is.
_CHANGED = (
    r"(?:0[0-9]+|[0-9]{12,}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+"
    r"|[0-9]+[.,:/\-][0-9.,:/\-]*|[0-9]+(?:[.,][0-9]*)?[eE][+\-]?[0-9]+)\s*\Z"
)
_RISKY = re.compile(rf"'*(?:{_FORMULA}|{_CHANGED})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def columns(structures: Sequence[Structure], fields: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a spreadsheet: those asked for, else the core fields and all in use."""
    return fields or tuple(
        name for name, field in FIELDS.items() if field.core or any(map(attrgetter(name), structures))
    )


def column(structures: Iterable[Structure], name: str) -> list[str]:
    """The cells of one field, lists joined."""
    values = map(attrgetter(name), structures)
    return list(map(LIST_SEPARATOR.join, values)) if FIELDS[name].many else list(values)


def split(cell: str, separator: str = LIST_SEPARATOR) -> tuple[str, ...]:
    """The values of a list, from its cell."""
    if not cell:
        return ()
    return tuple(item for item in map(str.strip, cell.split(separator)) if item)


def guard(cell: str, kind: Kind) -> str:
    """The cell as French Excel leaves it alone: an apostrophe before what it would change.

    A whole day in a field of dates is left to become a date, which comes back as one.
    """
    if not _RISKY.match(cell) or (kind in (Kind.DATE, Kind.PARTIAL_DATE) and _DAY.fullmatch(cell)):
        return cell
    return "'" + cell


def unguard(cell: str) -> str:
    """The cell without the apostrophe of `guard`, for every kind of field."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


_COORDINATE = re.compile(r"[+\-]?[0-9]{1,3}(\.[0-9]{1,30})?")


def coordinate(text: str) -> float | None:
    """Decimal degrees, with a point; None for anything else."""
    text = text.strip()
    return float(text) if _COORDINATE.fullmatch(text) else None


def position(structure: Structure) -> tuple[float, float] | None:
    """Longitude and latitude in degrees, or None unless both are numbers that the Earth has."""
    longitude, latitude = coordinate(structure.longitude), coordinate(structure.latitude)
    if longitude is None or latitude is None or abs(longitude) > 180 or abs(latitude) > 90:
        return None
    return longitude, latitude


def exact_coordinate(text: str) -> float | None:
    """The number of a coordinate, if its text comes back from it; not for `48.50` or `48`."""
    degrees = coordinate(text)
    # A workbook holds 16 digits; a whole number comes back without its point.
    same = degrees is not None and f"{degrees:.16G}" == text and not degrees.is_integer()
    return degrees if same else None
