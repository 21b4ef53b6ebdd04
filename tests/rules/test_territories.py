from __future__ import annotations

import json
import runpy
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import epncli
from epncli.rules.code_postal import departement
from epncli.rules.territories import (
    TERRITORIES,
    Territory,
    departement_box,
    distance,
    in_france,
    region_of,
)

DATA = Path(epncli.__file__).parent / "data"
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


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


@pytest.mark.parametrize("point", [(48.85, 2.35), (-20.88, 55.45), (-13.28, -176.17), (4.92, -52.31)])
def test_a_point_of_a_territory_is_in_france_and_with_its_figures_swapped_it_is_not(
    point: tuple[float, float],
) -> None:
    assert (in_france(*point), in_france(*point[::-1])) == (True, False)


def test_no_swapped_territory_overlaps_another_one() -> None:
    for one in TERRITORIES.values():
        for other in TERRITORIES.values():
            is_north_or_south = one.east < other.south or one.west > other.north
            is_east_or_west = one.north < other.west or one.south > other.east
            assert is_north_or_south or is_east_or_west, (one.name, other.name)


def test_no_two_territories_share_a_name_and_each_box_is_one() -> None:
    assert len({territory.name for territory in TERRITORIES.values()}) == len(TERRITORIES)
    for territory in TERRITORIES.values():
        assert territory.south < territory.north
        assert territory.west < territory.east


def test_every_department_of_metropolitan_france_has_its_box_and_no_other() -> None:
    lines = (DATA / "codes_postaux.csv").read_text("utf-8").splitlines()[1:]
    numbers = {departement(line[:5]) for line in lines}
    assert [number for number in numbers if departement_box(number)] == [
        number for number in numbers if len(number) == 2
    ]
    boxes = [box for number in numbers if (box := departement_box(number))]
    assert len(boxes) == 95
    france = TERRITORIES["FR"]
    for box in boxes:
        assert france.holds(box.south, box.west)
        assert france.holds(box.north, box.east)
        assert 0.2 < box.north - box.south < 2
        assert 0.2 < box.east - box.west < 2.4


def test_the_boxes_are_rebuilt_from_towns_without_their_namesakes(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def commune(nom: str, number: str) -> dict[str, str]:
        return {"type": "commune-actuelle", "nom": nom, "region": "94", "departement": number}

    def city(name: str, latitude: float, longitude: float, code: str = "94") -> dict[str, object]:
        return {"countrycode": "FR", "admin1code": code, "name": name, "latitude": latitude,
                "longitude": longitude}  # fmt: skip

    communes = [
        commune("Ajaccio", "2A"),
        commune("Alata", "2A"),
        commune("Bastia", "2B"),
        commune("Furiani", "2B"),
    ]
    communes += [commune("Deux", "2A"), commune("Deux", "2B"), commune("Nice", "2B")]
    cities = [
        city("Ajaccio", 41.92, 8.73), city("Alata", 41.98, 8.74), city("Bastia", 42.69, 9.45),
        city("Furiani", 42.66, 9.41), city("Deux", 40, 8), city("Nice", 43.7, 7.27),
        city("Bastia", 48, 2, "11"),
    ]  # fmt: skip
    files = [tmp_path / "communes.json", tmp_path / "cities.json"]
    for file, content in zip(files, (communes, {str(n): one for n, one in enumerate(cities)}), strict=True):
        file.write_text(json.dumps(content), "utf-8")

    runpy.run_path(str(DATA / "rebuild_departements.py"))["main"](*files)

    assert (
        capfdbinary.readouterr().out.decode() == "departement,south,north,west,east\n20,41.8,42.8,8.6,9.6\n"
    )


def test_every_department_has_an_outline_and_lies_in_its_box() -> None:
    lines = (DATA / "contours.csv").read_text("utf-8").splitlines()
    boxes = (DATA / "departements.csv").read_text("utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    assert rows[0] == ["departement", "outline"]
    assert [number for number, _ in rows[1:]] == [
        *(line[:2] for line in boxes), "971", "972", "973", "974", "976",
    ]  # fmt: skip
    for number, outline in rows[1:]:
        box = departement_box(number) or TERRITORIES[region_of(f"{number}00")]
        for ring in outline.split(";"):
            figures = [int(figure) for figure in ring.split()]
            across, down = list(accumulate(figures[::2])), list(accumulate(figures[1::2]))
            assert (across[0], down[0]) == (across[-1], down[-1])
            points = [(y / 1000, x / 1000) for x, y in zip(across, down, strict=True)]
            assert max(box.distance(*point) for point in points) < 25


def test_the_outlines_are_rebuilt_from_arcs_that_departments_share(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    departements = [{"code": "2A", "nom": "Corse-du-Sud"}, {"code": "68", "nom": "Haut-Rhin"}]
    topology = {
        "transform": {"scale": [0.5, 0.25], "translate": [8, 41.0004]},
        "arcs": [[[0, 0], [2, 0]], [[2, 0], [0, 4], [-2, -4]], [[0, 0], [0, 8], [2, -8]]],
        "objects": {"fra": {"geometries": [
            {"type": "Polygon", "properties": {"name": "Haute-Rhin"}, "arcs": [[0, 1]]},
            {"type": "MultiPolygon", "properties": {"name": "Corse-du-Sud"}, "arcs": [[[2, -1]], [[0, 1]]]},
        ]}},
    }  # fmt: skip
    files = [tmp_path / "departements.json", tmp_path / "fra.topo.json"]
    for file, content in zip(files, (departements, topology), strict=True):
        file.write_text(json.dumps(content), "utf-8")

    runpy.run_path(str(DATA / "rebuild_outlines.py"))["main"](*files)

    assert capfdbinary.readouterr().out.decode() == (
        "departement,outline\n"
        "20,8000 41000 0 2000 1000 -2000 -1000 0;8000 41000 1000 0 0 1000 -1000 -1000\n"
        "68,8000 41000 1000 0 0 1000 -1000 -1000\n"
    )


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_at_most_half_way_round_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert distance(one, one) == 0
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0 <= distance(one, other) <= 20_016


def test_paris_and_lyon_are_392_kilometres_apart() -> None:
    assert distance((48.8566, 2.3522), (45.7640, 4.8357)) == pytest.approx(392, abs=1)


def test_a_point_in_a_box_has_no_distance_from_it() -> None:
    box = Territory("", 41.0, 43.0, 8.0, 9.0)
    assert box.distance(42, 8.5) == 0
    assert box.distance(44, 8.5) == pytest.approx(111, abs=1)
    assert box.distance(42, 10) == pytest.approx(83, abs=1)
