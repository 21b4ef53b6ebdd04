"""Rebuild departements.csv, the bounding boxes of the departments, from GeoNames; see README.md.

python epncli/data/rebuild_departements.py communes.json cities500.json > departements.csv
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from epncli.rules.communes import fold_commune

Point = tuple[float, float]
"""Latitude and longitude, in degrees (WGS 84)."""
_MARGIN = 0.1
"""Degrees added on each side, since the towns of 500 inhabitants do not stand on the border."""
_NEAR = 0.25
"""Degrees of latitude within which a town has another one of its department; else it is a namesake."""


def rows(communes: list[dict[str, Any]], cities: dict[str, dict[str, Any]]) -> list[str]:
    """The lines `departement,south,north,west,east`, sorted, of metropolitan France.

    Corsica is one, `20`: its postal codes do not distinguish 2A from 2B.
    """
    places: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for commune in communes:
        if commune["type"] == "commune-actuelle" and "region" in commune:
            places[commune["region"], fold_commune(commune["nom"])].add(commune["departement"])
    towns: defaultdict[str, list[Point]] = defaultdict(list)
    for city in cities.values():
        if city["countrycode"] == "FR":  # not the overseas departments, which have codes of their own
            found = places.get((city["admin1code"], fold_commune(city["name"])), set())
            if len(found) == 1:
                departement = min(found).replace("2A", "20").replace("2B", "20")
                towns[departement].append((city["latitude"], city["longitude"]))
    return [f"{departement},{_box(towns[departement])}" for departement in sorted(towns)]


def _box(towns: list[Point]) -> str:
    inside = [town for town in towns if any(town != other and _near(town, other) for other in towns)]
    latitudes, longitudes = zip(*inside, strict=True)
    least = [math.floor((min(those) - _MARGIN) * 10) / 10 for those in (latitudes, longitudes)]
    most = [math.ceil((max(those) + _MARGIN) * 10) / 10 for those in (latitudes, longitudes)]
    return f"{least[0]},{most[0]},{least[1]},{most[1]}"


def _near(one: Point, other: Point) -> bool:
    # At these latitudes, a degree of longitude is about 0.7 of a degree of latitude.
    return math.hypot(one[0] - other[0], (one[1] - other[1]) * 0.7) <= _NEAR


def main(communes: Path, cities: Path) -> None:
    """Write the table to standard output."""
    found = rows(json.loads(communes.read_text("utf-8")), json.loads(cities.read_text("utf-8")))
    text = "\n".join(["departement,south,north,west,east", *found])
    sys.stdout.buffer.write(f"{text}\n".encode())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
