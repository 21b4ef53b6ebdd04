"""Rebuild contours.csv, the outlines of the departments, from Natural Earth; see README.md.

python epncli/data/rebuild_outlines.py departements.json fra.topo.json > contours.csv
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from epncli.folding import fold

Point = tuple[int, int]
"""Longitude and latitude, in thousandths of a degree (WGS 84)."""
_MISSPELT = {
    "Haute-Rhin": "Haut-Rhin",
    "Meurhe-et-Moselle": "Meurthe-et-Moselle",
    "Seien-et-Marne": "Seine-et-Marne",
    "Guyane française": "Guyane",
}
"""The names of the package that are not the official ones, and the official ones."""


def rows(departements: list[dict[str, Any]], topology: dict[str, Any]) -> list[str]:
    """The lines `departement,outline`, sorted.

    An outline has its rings between semicolons, and a ring has the longitude and latitude of its first
    point, then the step from each point to the next one, in thousandths of a degree; the last point is the
    first one. Corsica is one, `20`: its postal codes do not distinguish 2A from 2B.

    Raises:
        KeyError: a name of the topology is not that of a department.
    """
    codes = {fold(one["nom"]): one["code"].replace("2A", "20").replace("2B", "20") for one in departements}
    arcs = [_arc(steps, topology["transform"]) for steps in topology["arcs"]]
    outlines: defaultdict[str, list[str]] = defaultdict(list)
    for shape in topology["objects"]["fra"]["geometries"]:
        name = shape["properties"]["name"]
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        code = codes[fold(_MISSPELT.get(name, name))]
        outlines[code] += [_ring(numbers, arcs) for rings in polygons for numbers in rings]
    return [f"{code},{';'.join(outlines[code])}" for code in sorted(outlines)]


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """The points of an arc of a TopoJSON file, which has steps on a grid of its own."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for right, up in steps:
        x, y = x + right, y + up
        points.append((round((west + x * wide) * 1000), round((south + y * high) * 1000)))
    return points


def _ring(numbers: list[int], arcs: list[list[Point]]) -> str:
    """The arcs of a ring, one after the other; ~n is arc n backwards."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points)]
    return " ".join(f"{x} {y}" for x, y in [points[0], *steps])


def main(departements: Path, topology: Path) -> None:
    """Write the table to standard output."""
    found = rows(*(json.loads(file.read_text("utf-8")) for file in (departements, topology)))
    text = "\n".join(["departement,outline", *found])
    sys.stdout.buffer.write(f"{text}\n".encode())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
