"""Sorting of structures by one or more fields, in French alphabetical order."""

from __future__ import annotations

import math
from collections.abc import Sequence

from epncli.folding import SortKey, sort_key
from epncli.model.fields import find_field, stated
from epncli.model.structure import Field, Kind, Structure


def sort_structures(structures: Sequence[Structure], spec: str) -> list[Structure]:
    """The structures sorted by `champ,-champ`: by the first field, then the second; `-` for descending order.

    Blank values come last in both directions. Equal structures stay in their original order. Raises
    BadUsage for an unknown field.
    """
    ordered = list(structures)
    keys = [_parse_key(key.strip()) for key in spec.split(",")]
    for field, backwards in reversed(keys):  # stable sorts, the most significant field last
        ordered = _sorted_by(field, ordered, backwards=backwards)
    return ordered


def _parse_key(key: str) -> tuple[Field, bool]:
    return find_field(key.removeprefix("-")), key.startswith("-")


def _sorted_by(field: Field, structures: list[Structure], *, backwards: bool) -> list[Structure]:
    texts = [", ".join(stated(structure, field)).strip() for structure in structures]
    filled = [place for place, text in enumerate(texts) if text]
    blank = [place for place, text in enumerate(texts) if not text]
    filled.sort(key=lambda place: _key(field, texts[place]), reverse=backwards)
    return [structures[place] for place in filled + blank]


def _key(field: Field, text: str) -> tuple[float, SortKey]:
    if field.kind in (Kind.CODE_POSTAL, Kind.CODE_INSEE):  # codes are not numbers: 01001, 2A004
        return 0, ((text.casefold(),), text)
    return _coordinate(field, text), sort_key(text)


def _coordinate(field: Field, text: str) -> float:
    """Degrees as a number, so that -1.5 comes before 2.25; inf for another text; 0 for other fields."""
    if field.kind not in (Kind.LATITUDE, Kind.LONGITUDE):
        return 0
    try:
        degrees = float(text)
    except ValueError:
        return math.inf
    return math.inf if math.isnan(degrees) else degrees
