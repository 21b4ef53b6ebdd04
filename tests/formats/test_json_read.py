from __future__ import annotations

import json

import pytest

from epncli import limits
from epncli.errors import Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading, Row


def reading(text: str) -> Reading:
    return read(InputFile("lieux.json", text.encode()), "json")


def test_objects_are_rows_with_their_lines() -> None:
    text = (
        '[\n  {"nom": "A", "telephones": "3949", "notes": null},\n\n'
        '  {"nom": "B",\n "telephones": ["a", "b"]}\n]'
    )
    assert reading(text).rows == [
        Row(2, {"nom": "A", "telephones": ("3949",), "notes": ""}),
        Row(4, {"nom": "B", "telephones": ("a", "b")}),
    ]


def test_numbers_are_read_as_they_are_written() -> None:
    [row] = reading('[{"latitude": 48.850, "pivot": 73282932000074, "code_postal": 1000, "nom": true}]').rows
    assert row.values == {
        "latitude": "48.850", "pivot": "73282932000074", "code_postal": "1000", "nom": "true",
    }  # fmt: skip


def test_keys_are_headers_as_in_a_csv() -> None:
    text = '[{"Nom du lieu": "A", "CP": 75001, "Tél": "3949|3631", "Accueil": "a@b.fr"}]'
    found = read(InputFile("lieux.json", text.encode(), mapping={"accueil": "courriels"}), "json")
    assert found.rows == [
        Row(1, {"nom": "A", "code_postal": "75001", "telephones": ("3949", "3631"), "courriels": ("a@b.fr",)})
    ]
    assert (found.recognised, found.warnings, found.mapped) == (
        ("JSON", "UTF-8", "lists separated by ‘|’"), (), {"accueil"},
    )  # fmt: skip


def test_objects_in_an_object_are_known_by_all_their_keys() -> None:
    text = (
        '[{"nom": "A", "tel": [{"numero": "3949"}, {"numero": "3631"}], "wifi": {"a": [1]}, "qwz": ""},'
        ' {"nom": "B", "adresse": {"rue": {"nom": "rue X"}}}]'
    )
    mapping = {"tel.numero": "telephones", "adresse.rue.nom": "adresse"}
    found = read(InputFile("lieux.json", text.encode(), mapping=mapping), "json")
    assert [row.values for row in found.rows] == [
        {"nom": "A", "telephones": ("3949", "3631")}, {"nom": "B", "adresse": "rue X"},
    ]  # fmt: skip
    assert found.warnings == (
        'the column ‘wifi.a’ is unknown and ignored; to import it: --map "wifi.a=FIELD"',
        'the column ‘qwz’ is unknown and ignored; to import it: --map "qwz=FIELD"',
    )


def test_a_key_that_an_object_does_not_have_says_nothing_of_the_field() -> None:
    text = '[{"nom": "A", "notes": "n", "commune": "Paris"}, {"nom": "B", "commune": null}]'
    assert [row.values for row in reading(text).rows] == [
        {"nom": "A", "notes": "n", "commune": "Paris"}, {"nom": "B", "commune": ""},
    ]  # fmt: skip


PLACES = '[\n{"nom": "A", "CP": "75001"},\n{"nom": "B", "CP": "75002"}]'


@pytest.mark.parametrize(
    "text",
    [
        '{"total_count": 2, "results": %s}',
        '{"name": "EPN", "id": 1, "tags": ["a", "b", "c"], "links": [{"a": 1}, {}, {}], "data": %s}',
        '{"data": {"hits": {"lieux": %s}}}',
    ],
)
def test_the_array_may_be_in_an_object(text: str) -> None:
    found = read(InputFile("lieux", (text % PLACES).encode()))
    assert (found.recognised, found.rows) == (
        ("JSON", "UTF-8"),
        [Row(2, {"nom": "A", "code_postal": "75001"}), Row(3, {"nom": "B", "code_postal": "75002"})],
    )


def test_objects_may_follow_one_another() -> None:
    text = '{"nom": "A", "CP": "75001"}\r\n\n{"nom": "B",\n"CP": "75002"}\n3\n'
    assert read(InputFile("lieux", text.encode())).rows == [
        Row(1, {"nom": "A", "code_postal": "75001"}), Row(3, {"nom": "B", "code_postal": "75002"}),
        Row(5, {}, "this item is not a JSON object"),
    ]  # fmt: skip
    one = '{"nom": "A", "CP": "75001", "horaires": [{"jour": "lundi"}]}\n'
    assert read(InputFile("lieux", one.encode())).rows == [Row(1, {"nom": "A", "code_postal": "75001"})]
    with pytest.raises(Unreadable) as refused:
        reading('{"nom": "A"}\n{"nom": }\n')
    assert refused.value.line == 2


def test_objects_without_any_known_key_are_refused_with_what_to_do() -> None:
    for text in ('[{"a": 1}]', '{"a": {"b": []}}', '{"a": 1}\n{"b": 2}'):
        with pytest.raises(Unreadable) as refused:
            reading(text)
        assert (refused.value.message, refused.value.hint) == (
            "no object has a known field",
            'epn knows ‘nom’, ‘commune’, ‘code_postal’, etc.; use --map "Key=field" for other keys',
        )


def test_a_file_of_the_national_map_is_known_by_its_keys() -> None:
    place = {
        "id": "a", "pivot": "00000000000000", "nom": "A", "commune": "Paris", "code_postal": "75012",
        "adresse": "1 rue X", "telephone": "+33140010203", "date_maj": "2024-01-31",
        "services": "Aide aux démarches administratives|Insertion professionnelle via le numérique",
        "publics_accueillis": "Jeunes (16-26 ans)|Tous", "latitude": 48.85,
    }  # fmt: skip
    found = read(InputFile("lieux", json.dumps([place]).encode()))
    assert found.national
    assert (found.recognised, found.rows) == (
        ("national schema", "JSON", "UTF-8", "lists separated by ‘|’"),
        [Row(1, {
            "id": "a", "nom": "A", "commune": "Paris", "code_postal": "75012", "adresse": "1 rue X",
            "telephones": ("+33140010203",), "date_maj": "2024-01-31", "latitude": "48.85",
            "services": (
                "Aide aux démarches administratives", "Insertion professionnelle via le numérique",
            ),
            "publics_specifiquement_adresses": ("Jeunes",), "prise_en_charge_specifique": (),
        })],
    )  # fmt: skip
    assert found.warnings == (
        "publics_accueillis: ‘Tous’ is ignored in 1 row: the schema no longer has this value",
    )


def test_what_is_no_object_is_refused_row_by_row() -> None:
    assert reading('[1, {"nom": "A"}]').rows == [
        Row(1, {"nom": "A"}), Row(1, {}, "this item is not a JSON object"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("3", 1),
        ("{", 1),
        ('{"a": [}', 1),
        ("[\n{]", 2),
        ("[{}\n{}]", 2),
        ("[{}", 1),
        ("[" * 100_000, 1),
        ('[{"a":\n"b', 2),
    ],
)
def test_what_is_no_array_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        reading(text)
    assert (refused.value.message, refused.value.line) == (
        "the file is not a JSON array of objects", line,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "most", "text", "message"),
    [
        ("MAX_ROWS", 2, "[1,\n2,\n3]", "the file has more than 2 rows"),
        ("MAX_FIELDS", 2, '[1,\n{"nom":1,"b":2,"c":3}]', "there are more than 2 fields here"),
        ("MAX_ITEMS", 2, '[{"nom":1},\n{"x":["a","b","c"]}]', "a list has more than 2 items"),
        ("MAX_ITEMS", 2, '[1,\n{"telephones":["a","b","c"]}]', "a list has more than 2 items"),
        ("MAX_CHARACTERS", 2, '[1,\n{"nom":"abc"}]', "a value is longer than 2 characters"),
        ("MAX_CHARACTERS", 2, '[1,\n{"telephones":["a","abc"]}]', "a value is longer than 2 characters"),
        ("MAX_VALUES", 2, "[[],1]", "the file has more than 2 values"),
        ("MAX_DEPTH", 3, '[{"nom":1},\n{"x":[[]]}]', "lists and mappings are nested more than 3 levels deep"),
    ],
)
def test_what_no_list_of_places_has_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int, text: str, message: str
) -> None:
    assert reading(text).rows
    monkeypatch.setattr(limits, name, most + 1)
    assert reading(text).rows
    monkeypatch.setattr(limits, name, most)
    with pytest.raises(Unreadable) as refused:
        reading(text)
    whole_file = name in ("MAX_ROWS", "MAX_VALUES")
    assert (refused.value.message, refused.value.line) == (message, 0 if whole_file else 2)
