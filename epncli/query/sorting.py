"""Put structures in order, as a French reader expects it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from epncli.folding import SortKey, sort_key
from epncli.model.fields import find_field, stated
from epncli.model.structure import Field, Kind, Structure


def sort_structures(structures: Sequence[Structure], spec: str) -> list[Structure]:
    """The structures by `champ,-champ`: the first field first, `-` from the last to the first.

    Blanks come last in both directions; equals stay in the order in which they came. BadUsage for a
    field that the schema does not know.
    """
    ordered = list(structures)
    keys = [_parse_key(key.strip()) for key in spec.split(",")]
    for field, backwards in reversed(keys):  # a stable sort by each, the weightiest last
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
    if field.kind in (Kind.CODE_POSTAL, Kind.CODE_INSEE):  # digits of a code are no number: 01001, 2A004
        return 0, ((text.casefold(),), text)
    return _coordinate(field, text), sort_key(text)


def _coordinate(field: Field, text: str) -> float:
    """Degrees, so that -1.5 comes before 2.25; inf if it is no number; 0 for every other field."""
    if field.kind not in (Kind.LATITUDE, Kind.LONGITUDE):
        return 0
    try:
        degrees = float(text)
    except ValueError:
        return math.inf
    return math.inf if math.isnan(degrees) else degrees
