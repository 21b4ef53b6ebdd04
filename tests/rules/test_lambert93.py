from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.rules.lambert93 import is_lambert93, to_degrees


@pytest.mark.parametrize(
    ("x", "y", "latitude", "longitude"),
    [
        # The origin of the projection, by its definition; the others computed with PROJ (EPSG:2154 to 4326).
        (700_000, 6_600_000, 46.5, 3),
        (652_469.02, 6_862_035.26, 48.8566000050, 2.3521999630),
        (394_035.185458573, 6_692_191.98038466, 47.2594409999, -1.0477729999),
        (1_213_000, 6_050_000, 41.3728667927, 9.1200387245),
        (130_000, 6_840_000, 48.4094896706, -4.7146322917),
    ],
)
def test_points_are_converted_as_by_other_programs(
    x: float, y: float, latitude: float, longitude: float
) -> None:
    assert to_degrees(x, y) == pytest.approx((latitude, longitude), abs=1e-8)


def projected(latitude: float, longitude: float) -> tuple[float, float]:
    """The point in metres, from the definition: two standard parallels, 44° and 49°, and GRS 1980."""
    flattening = 1 / 298.257222101
    e = math.sqrt(2 * flattening - flattening**2)

    def isometric(angle: float) -> float:
        return math.atanh(math.sin(angle)) - e * math.atanh(e * math.sin(angle))

    def parallel(angle: float) -> float:
        return 6_378_137 * math.cos(angle) / math.sqrt(1 - (e * math.sin(angle)) ** 2)

    south, north, origin = map(math.radians, (44, 49, 46.5))
    n = math.log(parallel(north) / parallel(south)) / (isometric(south) - isometric(north))
    c = parallel(south) / n * math.exp(n * isometric(south))
    radius = c * math.exp(-n * isometric(math.radians(latitude)))
    angle = n * math.radians(longitude - 3)
    pole = 6_600_000 + c * math.exp(-n * isometric(origin))
    return 700_000 + radius * math.sin(angle), pole - radius * math.cos(angle)


@given(st.floats(41.2, 51.2), st.floats(-5.3, 9.7))
def test_the_conversion_inverts_the_projection(latitude: float, longitude: float) -> None:
    assert to_degrees(*projected(latitude, longitude)) == pytest.approx((latitude, longitude), abs=1e-9)


@given(st.floats(0, 1_300_000), st.floats(6_000_000, 7_200_000))
def test_every_point_of_the_extent_is_converted(x: float, y: float) -> None:
    latitude, longitude = to_degrees(x, y)
    assert 40 < latitude < 53
    assert -8 < longitude < 13


@pytest.mark.parametrize(
    ("x", "y"), [(2.35, 48.85), (6_862_035, 652_469), (-1, 6_600_000), (700_000, 2_600_000)]
)
def test_other_figures_are_not_lambert_93(x: float, y: float) -> None:
    assert not is_lambert93(x, y)
