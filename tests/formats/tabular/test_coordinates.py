"""Coordinates in other columns than `latitude` and `longitude`, in other orders and in metres."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading
from epncli.formats.tabular import coordinates


def table(header: list[str], *rows: list[str], mapping: dict[str, str] | None = None) -> Reading:
    lines = [["nom", "CP", *header], *(["A", "75001", *row] for row in rows)]
    text = "".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n" for line in lines)
    return read(InputFile("liste.csv", text.encode(), mapping=mapping or {}))


def points(found: Reading) -> list[tuple[object, object]]:
    return [(row.values.get("latitude"), row.values.get("longitude")) for row in found.rows]


@pytest.mark.parametrize(
    ("cell", "latitude", "longitude"),
    [
        ("48.8566, 2.3522", "48.8566", "2.3522"), ("48.8566,2.3522", "48.8566", "2.3522"),
        ("2.3522 48.8566", "48.8566", "2.3522"), ("[2.3522, 48.8566]", "48.8566", "2.3522"),
        ("(48.8566; 2.3522)", "48.8566", "2.3522"), ("48,8566 ; 2,3522", "48,8566", "2,3522"),
        ("48,8566, 2,3522", "48,8566", "2,3522"), ("-22.2339,166.4681", "-22.2339", "166.4681"),
        ("POINT (2.3522 48.8566)", "48.8566", "2.3522"),
        ("SRID=4326;point(2.3522 48.8566)", "48.8566", "2.3522"),
        ("POINT Z (2.3522 48.8566 35)", "48.8566", "2.3522"),
        ("POINT (652469.02 6862035.26)", "48.856600", "2.352200"),
        ('{"type": "Point", "coordinates": [2.3522, 48.8566]}', "48.8566", "2.3522"),
        ('{"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.35, 48.85, 0]}}',
         "48.85", "2.35"),
        ('{"lon": 166.4681, "lat": -22.2339}', "-22.2339", "166.4681"),
        ("48°51'24.0\"N 2°21'07.9\"E", "48.856667", "2.352194"),
        ("S 22° 14.034', E 166° 28.086'", "-22.233900", "166.468100"),
        ("48.8566° N, 2.3522° E", "48.856600", "2.352200"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("header", ["Geo Point", "geo_point_2d", "coordonnees_finales", "the_geom"])
def test_two_figures_in_a_cell_are_latitude_and_longitude(
    header: str, cell: str, latitude: str, longitude: str
) -> None:
    found = table([header], [cell], [""], [cell])
    assert points(found) == [(latitude, longitude), ("", ""), (latitude, longitude)]
    assert found.warnings == ()


@pytest.mark.parametrize(
    "cell",
    [
        "1.5, 2.5",
        "12 rue X",
        "48, 2",
        "45/5",
        "POINT EMPTY",
        "{}",
        "{[",
        '{"type": "Polygon", "coordinates": [[]]}',
        '{"lat": 48.85, "lon": null}',
        '{"lat": 48.85, "lon": [2.35]}',
        '{"lat": ' + "[" * 2000,
    ],
)
def test_a_column_without_french_coordinates_is_left_alone(cell: str) -> None:
    found = table(["Geo Point"], [cell], [cell])
    assert points(found) == [(None, None)] * 2
    assert found.warnings[0].startswith("the column ‘Geo Point’ is unknown and ignored")


@pytest.mark.parametrize(
    "value",
    [
        {"geo_point_2d": {"lon": 2.35, "lat": 48.85}},
        {"geo_point_2d": [48.85, 2.35]},
        {"location": {"latitude": 48.85, "longitude": 2.35}},
        {"coordonnees": {"lat": 48.85, "lng": 2.35}},
        {"geometry": {"type": "Point", "coordinates": [2.35, 48.85]}},
        {"geo_shape": {"type": "Feature", "geometry": {"coordinates": [2.35, 48.85], "type": "Point"}}},
    ],
)
def test_objects_and_arrays_of_json_have_them_as_well(value: dict[str, object]) -> None:
    places = [{"nom": "A", "CP": "75001", **value}, {"nom": "B"}]
    found = read(InputFile("liste.json", json.dumps(places).encode()))
    assert points(found) == [("48.85", "2.35"), (None, None)]


def test_figures_under_a_header_of_something_else_are_left_alone() -> None:
    assert points(table(["Siège"], ["48.8566, 2.3522"])) == [(None, None)]


@pytest.mark.parametrize(
    "header", [["x", "y"], ["X_L93", "Y_L93"], ["longitude", "latitude"], ["Coord. X", "Coord. Y"]]
)
def test_metres_in_lambert_93_become_degrees(header: list[str]) -> None:
    found = table(header, ["652469,02", "6862035,26"], ["", ""], ["394035.185458573", "6692191.98038466"])
    assert points(found) == [("48.856600", "2.352200"), ("", ""), ("47.259441", "-1.047773")]
    assert found.recognised[-1] == "coordinates in Lambert 93"


def test_columns_named_x_and_y_may_have_degrees() -> None:
    found = table(["x", "y"], ["2.3522", "48.8566"])
    assert (points(found), found.warnings) == ([("48.8566", "2.3522")], ())


def test_columns_named_x_and_y_without_coordinates_are_left_alone() -> None:
    found = table(["x", "y"], ["oui", "non"])
    assert (points(found), len(found.warnings)) == ([(None, None)], 2)


def test_swapped_columns_are_exchanged_if_all_rows_show_it() -> None:
    rows = [["48.8566", "2.3522"], ["47.21", "-1.55"], ["43.30", "5.37"]]
    found = table(["Coord. X", "Coord. Y"], *rows)
    assert points(found) == [("48.8566", "2.3522"), ("47.21", "-1.55"), ("43.30", "5.37")]
    assert found.recognised[-1] == "latitude and longitude swapped"
    one_row = table(["Coord. X", "Coord. Y"], rows[0])
    assert points(one_row) == [("2.3522", "48.8566")]


def test_coordinates_under_their_own_names_keep_their_text() -> None:
    found = table(["latitude", "longitude"], *[["48.850", "+2.35"], ["x", ""], ["0", "0"]] * 2)
    assert points(found) == [("48.850", "+2.35"), ("x", ""), ("0", "0")] * 2


def test_a_point_counts_in_rows_without_own_coordinates_and_never_half() -> None:
    header = ["Geo Point", "latitude", "longitude"]
    found = table(
        header, ["48.85, 2.35", "", ""], ["48.85, 2.35", "47.21", "-1.55"], ["48.85, 2.35", "47.21", ""]
    )
    assert points(found) == [("48.85", "2.35"), ("47.21", "-1.55"), ("47.21", "")]


def test_map_leaves_out_a_column_with_coordinates() -> None:
    found = table(["x", "y"], ["2.3522", "48.8566"], mapping={"x": "", "y": ""})
    assert (points(found), found.warnings) == ([(None, None)], ())


@given(st.lists(st.text(max_size=200) | st.builds(lambda n: "[" * n, st.integers(0, 900)), max_size=5))
def test_any_cells_have_an_answer(cells: list[str]) -> None:
    nested = [json.dumps({"lat": cell, "lon": cell}) for cell in cells]
    assert coordinates.of_one_column("geo", cells + nested, 0) is None
