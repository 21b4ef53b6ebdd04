"""Conversion of Lambert 93, the legal projection of metropolitan France, to latitude and longitude.

Source: IGN, Service de géodésie, NTG 71, « Projections cartographiques coniques conformes de Lambert »,
algorithms ALG0002 (latitude from isometric latitude) and ALG0004 (Lambert to geographic coordinates), with
the constants of Lambert 93 on the ellipsoid IAG GRS 1980. RGF93 and WGS 84 differ by less than a metre.
"""

from __future__ import annotations

import math
from typing import Final

_N: Final = 0.725607765053267
"""Exponent of the projection."""
_C: Final = 11_754_255.426096
"""Constant of the projection, in metres."""
_X_POLE: Final = 700_000.0
_Y_POLE: Final = 12_655_612.049876
"""Coordinates of the pole, in metres."""
_E: Final = 0.081819191042816
"""First eccentricity of the ellipsoid."""
_MERIDIAN: Final = math.radians(3)
"""Longitude of the origin."""
_PRECISION: Final = 1e-11
"""Radians: a tenth of a millimetre on the ground."""

_WEST, _EAST = 0.0, 1_300_000.0
_SOUTH, _NORTH = 6_000_000.0, 7_200_000.0
"""The extent of the projection, in metres: metropolitan France with Corsica."""


def is_lambert93(x: float, y: float) -> bool:
    """True if x (easting) and y (northing), in metres, are in the extent of the projection."""
    return _WEST <= x <= _EAST and _SOUTH <= y <= _NORTH


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a point in metres, for which `is_lambert93` is true."""
    east, south = x - _X_POLE, _Y_POLE - y
    radius = math.hypot(east, south)
    longitude = _MERIDIAN + math.atan2(east, south) / _N
    latitude = _latitude(-math.log(radius / _C) / _N)
    return math.degrees(latitude), math.degrees(longitude)


def _latitude(isometric: float) -> float:
    """The latitude in radians of an isometric latitude (ALG0002), by successive approximation."""
    exponential = math.exp(isometric)
    latitude = 2 * math.atan(exponential) - math.pi / 2
    while True:
        sine = _E * math.sin(latitude)
        better = 2 * math.atan(((1 + sine) / (1 - sine)) ** (_E / 2) * exponential) - math.pi / 2
        if abs(better - latitude) < _PRECISION:
            return better
        latitude = better
