from __future__ import annotations

import json

import pytest

from epncli.formats.geojson import write
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
                    "id": "microlithe",
                    "nom": "Microlithe",
                    "commune": "Paris",
                    "code_postal": "75020",
                    "latitude": "48.8690",
                    "longitude": "2.3910",
                    "telephones": "01 46 36 70 13, 3949",
                    "statut": "ouvert",
                },
            }
        ],
    }
    assert written.left_out == ()


def test_fields_choose_the_properties() -> None:
    written = write(Export([PLACE], fields=("code_postal",)))
    assert json.loads(written.data)["features"][0]["properties"] == {
        "name": "Microlithe",
        "code_postal": "75020",
        "statut": "ouvert",
    }


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        ("", "", "no coordinates"),
        ("48.8", "", "only one coordinate"),
        ("", "2.3", "only one coordinate"),
        ("48,8", "2,3", "‘48,8, 2,3’ are not coordinates in degrees, such as 48.85, 2.35"),
        ("148.8", "2.3", "‘148.8, 2.3’ are not coordinates in degrees, such as 48.85, 2.35"),
        ("nan", "inf", "‘nan, inf’ are not coordinates in degrees, such as 48.85, 2.35"),
    ],
)
def test_a_structure_without_a_place_is_left_out(latitude: str, longitude: str, reason: str) -> None:
    structure = PLACE.changed(latitude=latitude, longitude=longitude)
    written = write(Export([structure, PLACE]))
    assert written.left_out == ((structure, reason),)
    assert written.lacking == ()
    assert len(json.loads(written.data)["features"]) == 1
