from __future__ import annotations

import pytest

from epncli.rules.territories import TERRITORIES, region_of


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("75020", "FR"), ("20000", "FR"), ("01000", "FR"), ("95999", "FR"), ("98000", "FR"),
        ("97100", "GP"), ("97005", "GP"), ("97133", "BL"), ("97701", "BL"), ("97150", "MF"),
        ("97200", "MQ"), ("97300", "GF"), ("97400", "RE"), ("97861", "RE"), ("97500", "PM"),
        ("97600", "YT"), ("98600", "WF"), ("98700", "PF"), ("98800", "NC"), ("00100", ""),
        ("96000", ""), ("98400", ""), ("99000", ""), ("7502", ""), ("750200", ""), ("7502é", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_postal_code_points_to_its_territory(code: str, region: str) -> None:
    assert region_of(code) == region


def test_no_two_territories_share_a_name_and_each_box_is_one() -> None:
    assert len({territory.name for territory in TERRITORIES.values()}) == len(TERRITORIES)
    for territory in TERRITORIES.values():
        assert territory.south < territory.north
        assert territory.west < territory.east
