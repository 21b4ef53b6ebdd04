"""Numbers without quotes in the fields that the JSON Schema requires to be texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from epncli.model.json_schema import schema
from epncli.model.structure import FIELDS
from epncli.validation import unquoted_numbers
from epncli.validation.partial_registry import read
from epncli.yamlfile.source import decode


def found(text: str) -> list[tuple[str, str, str]]:
    """Field, text, and the first characters at the offset of each number in a registry."""
    reading = read(decode(Path("r.yaml"), text.encode()))
    return [
        (one.name, one.text, text[one.start : one.start + len(one.text)])
        for numbers in unquoted_numbers.find_all(reading.records).values()
        for one in numbers
    ]


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ("code_postal: 69004", [("code_postal", "69004")]),
        ("code_postal: 01000  # Bourg", [("code_postal", "01000")]),
        (
            "code_insee: 01053\n    pivot: 73282932000074",
            [("code_insee", "01053"), ("pivot", "73282932000074")],
        ),
        ("telephones: 3949", [("telephones", "3949")]),
        (
            "telephones: [3949, '3646', +33146367013]",
            [("telephones", "3949"), ("telephones", "+33146367013")],
        ),
        ("telephones:\n      - 01 46 36 70 13\n      - 3949", [("telephones", "3949")]),
        ("code_postal: 69004\n    code_insee: '69004'", [("code_postal", "69004")]),
        ("code_postal: 75_012", [("code_postal", "75_012")]),
        ('code_postal: "69004"', []),
        ("code_postal: '69004'", []),
        ('code_postal: "\\x36\\x3900\\x34"', []),
        ("code_postal: |-\n      69004", []),
        ("code_insee: 2A004", []),
        ("telephones: 01 46 36 70 13", []),
        ("telephones: 01.46.36.70.13", []),
        ("latitude: 48.85\n    id: 12", []),
        ("code_postal: {69004: 1}", []),
        ("code_postal:", []),
    ],
)
def test_numbers_without_quotes_are_found_where_a_text_is_required(
    fields: str, numbers: list[tuple[str, str]]
) -> None:
    text = f"structures:\n  - nom: A\n    {fields}\n  - nom: B\n    code_postal: '75012'\n"
    assert found(text) == [(name, number, number) for name, number in numbers]


def test_they_are_found_in_braces_and_in_a_file_that_is_broken_elsewhere() -> None:
    number = ("code_postal", "69004", "69004")
    assert found("structures: [{nom: A, code_postal: 69004}, {nom: B, code_postal: '75012'}]\n") == [number]
    assert found("structures:\n  - nom: A\n    code_postal: 69004\n  - nom: 'B\n") == [number]


def test_the_fields_are_those_with_a_code_or_a_phone_number_that_the_json_schema_requires_to_be_a_text() -> (
    None
):
    properties = schema()["properties"]["structures"]["items"]["properties"]
    texts = {name for name in FIELDS if '"number"' not in json.dumps(properties[name])}
    assert set(unquoted_numbers._FIELDS) <= texts
    assert set(unquoted_numbers._FIELDS) == {"code_postal", "code_insee", "pivot", "telephones"}


def test_a_record_whose_numbers_are_quoted_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from epncli.yamlfile.reader import Document

    reading = read(
        decode(Path("r.yaml"), b"structures:\n  - {nom: A, code_postal: '75012', code_insee: '75112'}\n")
    )
    monkeypatch.delattr(Document, "item")
    monkeypatch.setattr(yaml.cyaml, "CParser", None)
    assert unquoted_numbers.find_all(reading.records) == {}
