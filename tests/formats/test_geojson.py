from __future__ import annotations

import json

import pytest

from epncli.formats.detection import read
from epncli.formats.geojson import write
from epncli.formats.reading import InputFile, Row
from epncli.formats.writing import Export
from epncli.model.structure import Structure

PLACE = Structure(
    id="microlithe",
    nom="Microlithe",
    commune="Paris",
    code_postal="75020",
    telephones=("01 46 36 70 13", "3949"),
    latitude="48.8690",
    longitude="2.3910",
)


def test_a_point_has_its_longitude_first() -> None:
    written = write(Export([PLACE]))
    assert json.loads(written.data) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "microlithe",
                "geometry": {"type": "Point", "coordinates": [2.391, 48.869]},
                "properties": {
                    "name": "Microlithe",
                    "description": "75020 Paris\n[[tel:+33146367013|01 46 36 70 13]], 3949",
                    "id": "microlithe",
                    "nom": "Microlithe",
                    "commune": "Paris",
                    "code_postal": "75020",
                    "latitude": 48.869,
                    "longitude": 2.391,
                    "telephones": "01 46 36 70 13, 3949",
                    "statut": "ouvert",
                },
            }
        ],
    }
    assert written.left_out == ()


@pytest.mark.parametrize(
    ("longitude", "latitude", "coordinates"),
    [
        ("2.3910", "48.8690", "[2.3910, 48.8690]"),
        ("-61.533329999999999999", "16.0", "[-61.533329999999999999, 16.0]"),
        ("0", "-0.0", "[0, -0.0]"),
        (" 2.5 ", "48.50", "[2.5, 48.50]"),
        ("+2.50", "048.5", "[2.5, 48.5]"),  # what JSON cannot write so
        ("2,5", "48°30'N", "[2.5, 48.5]"),
    ],
)
def test_coordinates_keep_their_digits(longitude: str, latitude: str, coordinates: str) -> None:
    place = PLACE.changed(longitude=longitude, latitude=latitude)
    text = write(Export([place])).data.decode()
    assert f'"coordinates": {coordinates}}}' in text
    json.loads(text)
    [row] = read(InputFile("a.geojson", text.encode())).rows
    if coordinates == f"[{longitude}, {latitude}]":
        assert (row.values["longitude"], row.values["latitude"]) == (longitude, latitude)


def test_fields_choose_the_properties() -> None:
    written = write(Export([PLACE], fields=("code_postal",)))
    assert json.loads(written.data)["features"][0]["properties"] == {
        "name": "Microlithe",
        "description": "75020",
        "code_postal": "75020",
        "statut": "ouvert",
    }


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        ("", "", "no coordinates"),
        ("48.8", "", "only one coordinate"),
        ("", "2.3", "only one coordinate"),
        ("48", "Paris", "‘48, Paris’ are not coordinates in degrees, such as 48.85, 2.35"),
        ("148.8", "2.3", "‘148.8, 2.3’ are not coordinates in degrees, such as 48.85, 2.35"),
        ("nan", "inf", "‘nan, inf’ are not coordinates in degrees, such as 48.85, 2.35"),
    ],
)
def test_a_structure_without_a_place_is_left_out(latitude: str, longitude: str, reason: str) -> None:
    structure = PLACE.changed(latitude=latitude, longitude=longitude)
    written = write(Export([structure, PLACE]))
    assert written.left_out == ((structure, reason),)
    assert written.incomplete == ()
    assert len(json.loads(written.data)["features"]) == 1


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "name": "EPN", "features": features}).encode()


def feature(properties: object, geometry: object = None, **more: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}


def test_the_properties_of_a_point_are_read_with_its_coordinates() -> None:
    point = {"type": "Point", "coordinates": [2.391, 48.869, 35]}
    found = read(
        InputFile(
            "lieux.geojson",
            collection(
                feature({"Nom": "A", "CP": "75020"}, point, id=7),
                feature({"Nom": "B", "CP": "75012", "id": "b"}, {"type": "LineString", "coordinates": []}),
                feature({"Nom": "C", "latitude": "48.0", "longitude": "2.0"}, point),
                feature(None, point),
                feature([1], point),
                3,
            ),
        )
    )
    assert found.recognised == ("GeoJSON", "UTF-8")
    assert found.rows == [
        Row(1, {"id": "7", "longitude": "2.391", "latitude": "48.869", "nom": "A", "code_postal": "75020"}),
        Row(1, {"nom": "B", "code_postal": "75012", "id": "b"}),
        Row(1, {"nom": "C", "latitude": "48.0", "longitude": "2.0"}),
        Row(1, {"longitude": "2.391", "latitude": "48.869"}),
        Row(1, {}, "this item is not a JSON object"),
        Row(1, {}, "this item is not a JSON object"),
    ]
    assert found.warnings == ()


def test_features_may_follow_one_another() -> None:
    lines = b"\n".join(
        json.dumps(feature({"nom": name, "cp": "75020"}, {"type": "Point", "coordinates": [1, 2]})).encode()
        for name in "AB"
    )
    rows = read(InputFile("x", lines)).rows
    assert [(row.line, row.values["nom"], row.values["latitude"]) for row in rows] == [
        (1, "A", "2"), (2, "B", "2"),
    ]  # fmt: skip


def test_unknown_fields_do_not_replace_what_umap_shows_or_where_a_click_leads() -> None:
    odd = {
        "name": "x",
        "description": "x",
        "_umap_options": {"outlink": "x"},
        "_storage_options": "x",
        "a": "b",
    }
    [found] = json.loads(write(Export([PLACE.changed(statut="fermé", unknown_fields=odd)])).data)["features"]
    assert (
        found["properties"] | {"name": "Microlithe", "_umap_options": {"color": "#6a6a6a"}, "a": "b"}
        == (found["properties"])
    )
    assert found["properties"]["description"].startswith("**Fermée**\n75020 Paris\n")
    assert "_storage_options" not in found["properties"]


@pytest.mark.parametrize("nom", ["Microlithe", "<b>L&amp;M</b> [[x]] {y}"])
def test_what_umap_shows_is_not_read_back(nom: str) -> None:
    place = PLACE.changed(nom=nom, statut="fermé", horaires="Mo 10:00-12:00")
    [row] = read(InputFile("a.geojson", write(Export([place])).data)).rows
    assert row.values == place.values() | {"telephones": PLACE.telephones}


def test_what_was_exported_comes_back() -> None:
    found = read(InputFile("lieux.geojson", write(Export([PLACE])).data))
    assert found.warnings == ()
    assert [row.values for row in found.rows] == [
        PLACE.values() | {"telephones": PLACE.telephones, "statut": "ouvert"}
    ]
    assert read(InputFile("lieux.geojson", write(Export([])).data)).rows == []


@pytest.mark.parametrize(
    ("geometry", "place"),
    [
        (
            {"type": "MultiPoint", "coordinates": [[2.391, 48.869]]},
            {"latitude": "48.869", "longitude": "2.391"},
        ),
        ({"type": "MultiPoint", "coordinates": [[2.391, 48.869], [2.4, 48.9]]}, {}),
        ({"type": "MultiPoint", "coordinates": [[]]}, {}),
        ({"type": "MultiPoint", "coordinates": [7]}, {}),
        ({"type": "MultiPoint"}, {}),
        ({"type": ["Point"], "coordinates": [2.391, 48.869]}, {}),
    ],
)
def test_several_points_are_a_place_only_if_they_are_one(
    geometry: dict[str, object], place: dict[str, str]
) -> None:
    one = feature({"nom": "A", "cp": "75020"}, geometry)
    [row] = read(InputFile("lieux.geojson", json.dumps(one).encode())).rows
    assert row.values == {"nom": "A", "code_postal": "75020", **place}
