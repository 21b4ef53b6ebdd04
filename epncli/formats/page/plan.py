"""The plan of the web page: the open places as points on the outlines of their departments, as SVG.

Source of the outlines: `epncli/data/contours.csv`; the README.md beside it gives its origin and its licence.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Final

from epncli.display.words import one_line
from epncli.model.structure import Structure
from epncli.query.distance import Point, position
from epncli.rules.code_postal import departement
from epncli.rules.territories import region_at

_MOST: Final = 500
"""The most places that a plan has."""
_WIDTH: Final = 640
_HEIGHTS: Final = (320, 800)
"""The least and the greatest height. A unit is a pixel on a wide screen, and half of one on a phone."""
_MARGIN: Final = 40
_DOT: Final = 9
"""The radius of a point."""
_TARGET: Final = 25
"""The radius around a point that can be touched, where no other point is nearer than twice as far."""
_SMALLEST: Final = 0.05
"""The least height or width that is shown, in degrees of latitude: the outlines are right to 0.01."""
_ENOUGH: Final = 3
"""Outlines that are more than so many times larger than what the points need are cut off at the edges."""
_KILOMETRES: Final = (1, 2, 5, 10, 20, 50, 100, 200)
"""What the bar that tells the scale may stand for."""
_ROOM: Final = 20
"""How far the number of a department is from the points and from the border, at least."""
_BAR: Final = 160
"""The longest bar, in units."""

_DEGREE: Final = 111.2
"""A degree of latitude in kilometres."""

Flat = tuple[float, float]
"""How far right and how far down, in degrees of latitude or in units."""
Ring = Sequence[Point]


def drawn(places: Sequence[Structure]) -> list[Structure]:
    """The places on the plan; none if that is one alone, without outlines, or of more than 500.

    They are the open ones in the territory that has most of them. Places without a name are not among them,
    and neither are places with the same id: a link could not tell their rows apart.
    """
    every = ((one, position(one)) for one in places if not one.is_closed and one_line(one.nom))
    located = list(islice(((one, place) for one, place in every if place), _MOST + 1))
    if len(located) > _MOST:
        return []
    ids = Counter(one.id for one in places)
    found: defaultdict[str, list[Structure]] = defaultdict(list)
    for one, place in located:
        if ids[one.id] == 1:
            found[region_at(*place)].append(one)
    found.pop("", None)
    most = max(found.values(), key=len, default=[])
    return most if len(most) > 1 and _departements(most) else []


def svg(places: Sequence[Structure], anchors: Mapping[str, str], name: str) -> str:
    """The plan of these places, named `name`; each point is a link to the anchor of its structure."""
    points = [place for one in places if (place := position(one))]
    outlines = {number: _outlines()[number] for number in _departements(places)}
    frame = _frame(points, [ring for rings in outlines.values() for ring in rings])
    flat = [frame.unit(point) for point in points]
    parts = [
        f'<svg role="group" aria-label="{escape(name)}" viewBox="0 0 {_WIDTH} {frame.height}">',
        *(f'<path class="land" d="{frame.path(rings)}"/>' for rings in outlines.values()),
        *(_number(number, rings, flat, frame) for number, rings in outlines.items() if len(outlines) > 1),
        _bar(frame),
        *map(_point, places, flat, _targets(flat), [anchors[one.id] for one in places]),
        "</svg>",
    ]
    return "\n".join(filter(None, parts))


def _point(structure: Structure, at: Flat, target: float, anchor: str) -> str:
    name = escape(", ".join(filter(None, map(one_line, (structure.nom, structure.commune)))))
    where = f'cx="{at[0]:g}" cy="{at[1]:g}"'
    return (
        f'<a href="#{anchor}" aria-label="{name}"><title>{name}</title>'
        f'<circle class="target" {where} r="{target:g}"/><circle class="dot" {where} r="{_DOT}"/></a>'
    )


def _number(number: str, rings: Sequence[Ring], flat: Sequence[Flat], frame: _Frame) -> str:
    """The number of a department, where its largest part has most room; "" if it has none.

    The largest part is the one with most points on its border.
    """
    border = [frame.unit(point) for point in max(rings, key=len)]
    (left, top), (right, bottom) = _box(border)
    near = [*border, *((x, y) for x, y in flat if left <= x <= right and top <= y <= bottom)]
    spots = [
        (left + (right - left) * across / 6, top + (bottom - top) * down / 6)
        for across, down in product(range(1, 6), repeat=2)
    ]
    rooms = [(min(math.dist(spot, one) for one in near), spot) for spot in spots if _is_inside(spot, border)]
    room, (x, y) = max(rooms, default=(0, (0, 0)))
    if room < _ROOM:
        return ""
    return f'<text class="number" aria-hidden="true" x="{x:.0f}" y="{y:.0f}">{number}</text>'


def _is_inside(spot: Flat, border: Sequence[Flat]) -> bool:
    """True if a line from the spot to the right crosses the border an odd number of times."""
    x, y = spot
    crossed = (
        (one[1] > y) != (other[1] > y)
        and x < one[0] + (other[0] - one[0]) * (y - one[1]) / (other[1] - one[1])
        for one, other in pairwise(border)
    )
    return sum(crossed) % 2 == 1


def _bar(frame: _Frame) -> str:
    """A bar that is so many kilometres long, in the lower left corner."""
    unit = frame.scale / _DEGREE
    kilometres = max(one for one in _KILOMETRES if one == 1 or one * unit <= _BAR)
    length, y = round(kilometres * unit), frame.height - 16
    return (
        f'<path class="bar" d="M16 {y - 6}v6h{length}v-6"/>'
        f'<text class="scale" aria-hidden="true" x="{length + 26}" y="{y}">{kilometres}\u00a0km</text>'
    )


def _targets(points: Sequence[Flat]) -> list[float]:
    """The radius of each point that can be touched: up to halfway to the nearest other one."""
    radii = [float(_TARGET)] * len(points)
    for at, one in enumerate(points):
        for other in range(at):
            half = max(_DOT, int(math.dist(one, points[other]) / 2))
            radii[at], radii[other] = min(radii[at], half), min(radii[other], half)
    return radii


def _departements(places: Sequence[Structure]) -> list[str]:
    """The departments of the postal codes of the places that have an outline in the same territory."""
    numbers = sorted({departement(one.code_postal.strip()) for one in places} & _outlines().keys())
    here = {region_at(*place) for one in places if (place := position(one))}
    return [number for number in numbers if region_at(*_outlines()[number][0][0]) in here]


@dataclass(frozen=True)
class _Frame:
    """How degrees become units."""

    middle: Flat
    """The point in the middle of the plan, in degrees of latitude."""
    shrink: float
    """What a degree of longitude is of a degree of latitude."""
    scale: float
    """Units to a degree of latitude."""
    height: int
    """Units."""

    def unit(self, point: Point) -> tuple[int, int]:
        """Where a point is, in units from the upper left corner."""
        x, y = _flat(point, self.shrink)
        return (
            round((x - self.middle[0]) * self.scale + _WIDTH / 2),
            round((y - self.middle[1]) * self.scale + self.height / 2),
        )

    def path(self, rings: Sequence[Ring]) -> str:
        """The commands of a path along the rings, without the steps that are too short to be seen."""
        parts = []
        for ring in rings:
            points = [self.unit(point) for point in ring]
            steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (a, b) != (x, y)]
            if len(steps) > 2:
                lines = " ".join(f"{x} {y}" for x, y in steps[:-1]).replace(" -", "-")
                parts.append(f"M{points[0][0]} {points[0][1]}l{lines}z")
        return "".join(parts)


def _flat(point: Point, shrink: float) -> Flat:
    return point[1] * shrink, -point[0]


def _frame(points: Sequence[Point], rings: Sequence[Ring]) -> _Frame:
    """The frame of the points; with the outlines, unless these are much larger."""
    shrink = math.cos(math.radians(sum(latitude for latitude, _ in points) / len(points)))
    inner = _box([_flat(point, shrink) for point in points])
    outer = _box([*inner, *(_flat(point, shrink) for ring in rings for point in ring)])
    (left, top), (right, bottom) = outer if _size(outer) <= _ENOUGH * _size(inner) else inner
    width, height = max(right - left, _SMALLEST), max(bottom - top, _SMALLEST)
    scale = min((_WIDTH - 2 * _MARGIN) / width, (_HEIGHTS[1] - 2 * _MARGIN) / height)
    units = max(_HEIGHTS[0], round(height * scale) + 2 * _MARGIN)
    return _Frame(((left + right) / 2, (top + bottom) / 2), shrink, scale, units)


def _box(points: Sequence[Flat]) -> tuple[Flat, Flat]:
    """The upper left and the lower right corner around the points."""
    across, down = zip(*points, strict=True)
    return (min(across), min(down)), (max(across), max(down))


def _size(box: tuple[Flat, Flat]) -> float:
    (left, top), (right, bottom) = box
    return max(right - left, bottom - top)


@cache
def _outlines() -> dict[str, list[Ring]]:
    """The rings of each department, by its number in postal codes, such as `20`."""
    rows = [line.split(",") for line in _CONTOURS.read_text(encoding="utf-8").splitlines()[1:]]
    return {number: [_ring(ring) for ring in outline.split(";")] for number, outline in rows}


def _ring(text: str) -> Ring:
    """The points of a ring, which the file has as steps east and north in thousandths of a degree."""
    x = y = 0
    points = []
    steps = iter(map(int, text.split()))
    for right, up in zip(steps, steps, strict=True):
        x, y = x + right, y + up
        points.append((y / 1000, x / 1000))
    return points


_CONTOURS: Final = Path(__file__).parents[2] / "data" / "contours.csv"
