from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.json import whole, write
from epncli.formats.writing import Export
from epncli.model.structure import Structure


def test_a_registry_as_json(registry: Sequence[Structure]) -> None:
    structures = (replace(registry[0], unknown_fields={"horaire": ["lundi", {"mardi": ""}]}), registry[1])
    assert write(Export(structures)).data.decode() == (
        "[\n"
        "  {\n"
        '    "id": "freepam",\n'
        '    "nom": "FREPAM",\n'
        '    "commune": "Paris",\n'
        '    "code_postal": "75009",\n'
        '    "telephones": ["06 99 93 14 51"],\n'
        '    "statut": "ouvert",\n'
        '    "horaire": ["lundi", {"mardi": ""}]\n'
        "  },\n"
        "  {\n"
        '    "id": "microlithe",\n'
        '    "nom": "Microlithe",\n'
        '    "commune": "Paris",\n'
        '    "code_postal": "75020",\n'
        '    "telephones": ["01 46 36 70 13", "3949"],\n'
        '    "courriels": ["contact@microlithe.fr"],\n'
        '    "site_web": ["http://www.microlithe.fr"],\n'
        '    "statut": "fermé",\n'
        '    "date_fermeture": "2014-09",\n'
        '    "motif_fermeture": "association fermée"\n'
        "  }\n"
        "]\n"
    )


@pytest.mark.parametrize(
    ("latitude", "written"),
    [
        ("48.8690", "48.8690"),
        ("-0.123456789012345678901234567890", "-0.123456789012345678901234567890"),
        ("0", "0"),
        ("+48.8", '"+48.8"'),
        ("048.8", '"048.8"'),
        ("48,8", '"48,8"'),
        ("48.", '"48."'),
        ("4٨", '"4٨"'),
        ("1e5", '"1e5"'),
        ("48.8\n", '"48.8\\n"'),
    ],
)
def test_a_coordinate_is_a_number_digit_for_digit(latitude: str, written: str) -> None:
    place = Structure(id="a", nom="48.8", latitude=latitude)
    assert write(Export([place])).data.decode() == (
        '[\n  {\n    "id": "a",\n    "nom": "48.8",\n'
        f'    "latitude": {written},\n    "statut": "ouvert"\n  }}\n]\n'
    )
    json.loads(write(Export([place])).data)


def test_a_structure_as_a_whole_has_its_private_fields() -> None:
    place = Structure(id="a", notes="x", identifiants_externes=("p:1",), unknown_fields={"wifi": "oui"})
    assert json.loads(whole([place])) == [
        {"id": "a", "statut": "ouvert", "identifiants_externes": ["p:1"], "notes": "x", "wifi": "oui"}
    ]


def test_no_structure_is_an_empty_array() -> None:
    assert write(Export(())).data == b"[]\n"


def test_fields_keep_their_order_and_the_status_is_always_there(
    registry: Sequence[Structure],
) -> None:
    data = write(Export(registry[:2], fields=("telephones", "id", "motif_fermeture"))).data
    assert [list(one.items()) for one in json.loads(data)] == [
        [("telephones", ["06 99 93 14 51"]), ("id", "freepam"), ("statut", "ouvert")],
        [
            ("telephones", ["01 46 36 70 13", "3949"]),
            ("id", "microlithe"),
            ("motif_fermeture", "association fermée"),
            ("statut", "fermé"),
        ],
    ]


@given(data=st.data())
def test_json_reads_back_to_the_same_values(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject
) -> None:
    given_structures = data.draw(structures)
    written = write(Export(given_structures)).data
    # Coordinates are numbers, with the digits of the registry.
    assert json.loads(written, parse_int=str, parse_float=str) == [
        {**one.values(), "statut": one.statut or "ouvert"} for one in given_structures
    ]


def test_a_screen_has_nothing_to_obey(hostile: str) -> None:
    structure = Structure(id="a", nom=hostile, unknown_fields={hostile: hostile})
    text = write(Export([structure])).data.decode()
    assert not re.search("[^\n\x20-\x7e\xa0-\U0010ffff]|[\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)
    assert [(one["nom"], one[hostile]) for one in json.loads(text)] == [(hostile, hostile)]
