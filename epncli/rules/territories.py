"""The French territories and departments: their names, their bounding boxes and their postal codes.

Source of the boxes of the departments: `epncli/data/departements.csv`; the README.md beside it gives its
origin and its licence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from epncli.i18n import N_
from epncli.rules.communes import is_code


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory or department and its bounding box, in degrees (WGS 84), a little larger than the land.

    The boxes only need to reveal swapped coordinates, lost signs and coordinates of another region.
    """

    name: str
    """The English name, which is the key of its translation; the number of a department."""
    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """True if the point is in the bounding box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def distance(self, latitude: float, longitude: float) -> float:
        """The distance of the point from the bounding box, in kilometres; 0 inside."""
        nearest = (
            min(max(latitude, self.south), self.north),
            min(max(longitude, self.west), self.east),
        )
        return distance((latitude, longitude), nearest)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points (latitude and longitude, in degrees) on a sphere, in kilometres."""
    north, east = (math.radians(there - here) for here, there in zip(one, other, strict=True))
    parallels = math.cos(math.radians(one[0])) * math.cos(math.radians(other[0]))
    chord = math.sin(north / 2) ** 2 + parallels * math.sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS * math.asin(math.sqrt(min(chord, 1)))


_EARTH_RADIUS: Final = 6371.0
"""Kilometres."""


TERRITORIES: Final = {
    "FR": Territory(N_("metropolitan France"), 41.2, 51.2, -5.3, 9.7),
    "BL": Territory(N_("Saint-Barthélemy"), 17.8, 18.0, -63.0, -62.7),
    "MF": Territory(N_("Saint-Martin"), 18.0, 18.2, -63.2, -62.9),
    "GP": Territory(N_("Guadeloupe"), 15.8, 16.6, -61.9, -60.9),
    "MQ": Territory(N_("Martinique"), 14.3, 15.0, -61.3, -60.7),
    "GF": Territory(N_("French Guiana"), 2.0, 6.0, -54.7, -51.5),
    "RE": Territory(N_("Réunion"), -21.5, -20.8, 55.1, 55.9),
    "PM": Territory(N_("Saint-Pierre and Miquelon"), 46.7, 47.2, -56.5, -56.0),
    "YT": Territory(N_("Mayotte"), -13.1, -12.5, 44.9, 45.4),
    "WF": Territory(N_("Wallis and Futuna"), -14.5, -13.1, -178.3, -176.0),
    "PF": Territory(N_("French Polynesia"), -28.5, -7.0, -155.5, -134.0),
    "NC": Territory(N_("New Caledonia"), -23.5, -17.5, 158.0, 173.0),
}
"""The territories by ISO 3166-1 code, which is also their region in libphonenumber."""

_PREFIXES: Final = {
    "97133": "BL", "97150": "MF",
    # 970 and 978 are CEDEX codes of Guadeloupe and Réunion. 980 is Monaco, which has its own phone plan.
    "970": "GP", "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT",
    "977": "BL", "978": "RE", "980": "FR", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
"""The territories by the first digits of a postal code, except 01 to 95: metropolitan France."""


def in_france(latitude: float, longitude: float) -> bool:
    """True if the point is in the bounding box of a territory."""
    return region_at(latitude, longitude) != ""


def region_at(latitude: float, longitude: float) -> str:
    """The code of the first territory whose bounding box the point is in; "" for none."""
    return next((code for code, one in TERRITORIES.items() if one.holds(latitude, longitude)), "")


def region_of(code_postal: str) -> str:
    """The code of the territory of a postal code: `MQ` for 97200; "" if the postal code has none."""
    if not is_code(code_postal):
        return ""
    overseas = _PREFIXES.get(code_postal) or _PREFIXES.get(code_postal[:3], "")
    return overseas or ("FR" if "01" <= code_postal[:2] <= "95" else "")


def departement_box(departement: str) -> Territory | None:
    """The bounding box of a department of metropolitan France by its number in postal codes, such as `20`."""
    return _departements().get(departement)


@cache
def _departements() -> dict[str, Territory]:
    rows = [line.split(",") for line in _DEPARTEMENTS.read_text(encoding="utf-8").splitlines()[1:]]
    return {name: Territory(name, *map(float, sides)) for name, *sides in rows}


_DEPARTEMENTS: Final = Path(__file__).parent.parent / "data" / "departements.csv"
