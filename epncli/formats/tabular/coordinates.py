"""The coordinates of a table that are not two columns of degrees under their own names.

Two figures may be in one cell (`48.85, 2.35`, `POINT (2.35 48.85)`, `48°51'24"N 2°21'07"E`, a GeoJSON
geometry), the two columns may be swapped (`X` is a latitude in some files), and figures may be metres in
Lambert 93. In which order the figures are, and in which unit, is decided for a column as a whole, by the
French territories.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import Enum
from functools import partial
from itertools import islice
from typing import Final

from epncli.folding import fold
from epncli.formats.tabular import column_fit
from epncli.formats.tabular.columns import Assignment
from epncli.i18n import _
from epncli.model.structure import POSITION
from epncli.rules import coordonnees, lambert93
from epncli.rules.territories import in_france

_WORDS: Final = frozenset(
    word
    for words in (
        "geo point geopoint geom geometry geometrie geojson geoloc geolocalisation wkt xy shape gps",
        "coordonnee coordonnees coord coords coordinates lat latitude latlng latlon lonlat",
        "position localisation location",
    )
    for word in words.split()
)
"""A word of the header of a column with two figures in a cell."""
_FEWEST: Final = 3
"""Fewer rows do not prove that columns with the names of the fields are swapped."""
_X, _Y = (frozenset((axis, f"location {axis}", f"geometry {axis}", f"geo {axis}")) for axis in "xy")

_LONGEST: Final = 1_000
_POINTS: Final = r"[+-]?[0-9]{1,8}(?:\.[0-9]{1,20})?"
_DECIMALS: Final = r"[+-]?[0-9]{1,8}\.[0-9]{1,20}|[0-9]{6,8}"
_COMMAS: Final = r"[+-]?[0-9]{1,8},[0-9]{1,20}"
_WKT: Final = re.compile(
    rf"(?:SRID=[0-9]{{1,6}};\s?)?POINT ?(?:Z|M|ZM)? ?"
    rf"\(\s?({_POINTS})\s({_POINTS})(?:\s{_POINTS}){{0,2}}\s?\)",
    re.IGNORECASE,
)
_PAIRS: Final = tuple(
    re.compile(rf"[\[(]?\s?({figure})\s?{between}\s?({figure})\s?[\])]?")
    for figure, between in ((_DECIMALS, r"[,;/|\s]"), (_COMMAS, r"(?:[;/|\s]|,\s)"))
)
"""`|` stands between the two in an array of JSON."""
_IN_MINUTES: Final = re.compile(
    r"([^NSEWO]{3,25}[NS]|[NS][^NSEWO]{3,25}?)[\s,;/|]{0,3}([^NSEWO]{3,25}[EWO]|[EWO][^NSEWO]{3,25})",
    re.IGNORECASE,
)
"""Latitude and longitude in degrees and minutes, with the letters of their directions."""
_FIGURE: Final = re.compile(rf"{_POINTS}|{_COMMAS}")

Pair = tuple[str, str]
"""Two figures as in the file."""


class Order(Enum):
    """What two figures are."""

    LATITUDE_FIRST = 1
    LONGITUDE_FIRST = 2
    LAMBERT93 = 3

    @property
    def words(self) -> str:
        """What to say of two columns that have their figures in this order; "" for nothing."""
        if self is Order.LAMBERT93:
            return _("coordinates in Lambert 93")
        return _("latitude and longitude swapped") if self is Order.LONGITUDE_FIRST else ""


def of_columns(
    titles: Sequence[str], fields: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[Assignment, Order] | None:
    """The two columns of coordinates that must be swapped or converted, or that are only named x and y.

    None if there are none, or if they are degrees under their own names.
    """
    named = True
    columns = [fields.index(name) for name in POSITION if name in fields]
    if not columns:
        named = False
        folded = [fold(title) for title in titles]
        columns = [at for axis in (_Y, _X) for at, title in enumerate(folded) if title in axis]
    if len(columns) != len(POSITION):
        return None
    first, second = columns
    pairs = ((row[first], row[second]) for row in rows if max(columns) < len(row))
    sample = list(islice(filter(_figures, pairs), column_fit.SAMPLE))
    order = _order(sample)
    if order is None or (named and order is Order.LATITUDE_FIRST):
        return None
    if named and order is Order.LONGITUDE_FIRST and len(sample) < _FEWEST:
        return None
    return Assignment((first, second), POSITION, partial(_from_cells, order)), order


def of_one_column(title: str, column: Sequence[str], at: int) -> Assignment | None:
    """The column if most of its cells have the two coordinates of a place, else None."""
    if _WORDS.isdisjoint(fold(title[:_LONGEST]).split()):
        return None
    pairs = [pair for cell in column if (pair := _pair(cell))]
    order = _order(pairs) if 2 * len(pairs) > len(column) else None
    return Assignment((at,), POSITION, partial(_from_one_cell, order)) if order else None


def _from_cells(order: Order, cells: Sequence[str]) -> Pair:
    return _degrees(order, (cells[0], cells[1]))


def _from_one_cell(order: Order, cells: Sequence[str]) -> Pair:
    pair = _pair(cells[0])
    return _degrees(order, pair) if pair else ("", "")


def _degrees(order: Order, pair: Pair) -> Pair:
    """Latitude and longitude. Figures of another kind than those of the column are left as they are."""
    if order is Order.LATITUDE_FIRST:
        return pair
    if order is Order.LONGITUDE_FIRST:
        return pair[1], pair[0]
    metres = _figures(pair)
    if metres and lambert93.is_lambert93(*metres):
        latitude, longitude = lambert93.to_degrees(*metres)
    elif metres and lambert93.is_lambert93(metres[1], metres[0]):
        latitude, longitude = lambert93.to_degrees(metres[1], metres[0])
    else:
        return pair
    return f"{latitude:.6f}", f"{longitude:.6f}"


def _order(pairs: Sequence[Pair]) -> Order | None:
    """What most pairs are, or None if most of them are not in a French territory."""
    counts = dict.fromkeys(Order, 0)
    for pair in pairs:
        if figures := _figures(pair):
            one, other = figures
            counts[Order.LATITUDE_FIRST] += in_france(one, other)
            counts[Order.LONGITUDE_FIRST] += in_france(other, one)
            counts[Order.LAMBERT93] += lambert93.is_lambert93(one, other)
            counts[Order.LAMBERT93] += lambert93.is_lambert93(other, one)
    best = max(counts, key=lambda order: counts[order])
    return best if 2 * counts[best] > len(pairs) else None


def _figures(pair: Pair) -> tuple[float, float] | None:
    one, other = (text[:_LONGEST].strip() for text in pair)
    if not (_FIGURE.fullmatch(one) and _FIGURE.fullmatch(other)):
        return None
    return float(one.replace(",", ".")), float(other.replace(",", "."))


def _pair(cell: str) -> Pair | None:
    """The two figures of a cell: `48.85, 2.35`, `POINT (2.35 48.85)`, a point in JSON."""
    if len(cell) > _LONGEST:
        return None
    cell = " ".join(cell.split())
    if cell.startswith("{"):
        return _pair_of_json(cell)
    for pattern in (_WKT, *_PAIRS):
        if found := pattern.fullmatch(cell):
            return found[1], found[2]
    found = _IN_MINUTES.fullmatch(cell)
    place = coordonnees.point(found[1], found[2]) if found else None
    return (f"{place[0]:.6f}", f"{place[1]:.6f}") if place else None


def _pair_of_json(text: str) -> Pair | None:
    try:
        value = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and isinstance(value.get("geometry"), dict):
        value = value["geometry"]
    figures = value.get("coordinates") if isinstance(value, dict) and value.get("type") == "Point" else None
    if figures is None and isinstance(value, dict):
        keys = (("lat", "latitude"), ("lon", "lng", "long", "longitude"))
        figures = [next((value[name] for name in names if name in value), None) for names in keys]
    if not isinstance(figures, list) or len(figures) < len(POSITION):
        return None
    one, other = figures[:2]
    return (one, other) if isinstance(one, str) and isinstance(other, str) else None
