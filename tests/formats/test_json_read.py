from __future__ import annotations

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


def test_unknown_fields_are_named_and_left_out() -> None:
    found = reading('[{"nom": "A", "wifi": {"a": [1]}, "x": ""}]')
    assert found.rows == [Row(1, {"nom": "A"})]
    assert found.warnings == ("unknown fields ignored: ‘wifi’, ‘x’",)


def test_what_is_no_object_is_refused_row_by_row() -> None:
    assert reading('[1, {"nom": "A"}]').rows == [
        Row(1, {}, "this item is not a JSON object"), Row(1, {"nom": "A"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [("{}", 1), ("", 1), ("[\n{]", 2), ("[{}\n{}]", 2), ("[{}", 1), ("[" * 100_000, 1), ('[{"a":\n"b', 2)],
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
        ("MAX_FIELDS", 2, '[1,\n{"a":1,"b":2,"c":3}]', "there are more than 2 fields here"),
        ("MAX_ITEMS", 2, '[1,\n{"x":["a","b","c"]}]', "a list has more than 2 items"),
        ("MAX_ITEMS", 2, '[1,\n{"telephones":["a","b","c"]}]', "a list has more than 2 items"),
        ("MAX_CHARACTERS", 2, '[1,\n{"nom":"abc"}]', "a value is longer than 2 characters"),
        ("MAX_CHARACTERS", 2, '[1,\n{"telephones":["a","abc"]}]', "a value is longer than 2 characters"),
        ("MAX_VALUES", 2, "[[],1]", "the file has more than 2 values"),
        ("MAX_DEPTH", 3, '[1,\n{"x":[[]]}]', "lists and mappings are nested more than 3 levels deep"),
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


def test_of_many_unknown_fields_only_some_are_named() -> None:
    found = reading("[{" + ",".join(f'"x{number}":1' for number in range(30)) + "}]")
    assert found.warnings == (
        "unknown fields ignored: " + ", ".join(f"‘x{number}’" for number in range(20)) + " …",
    )
    assert reading('[{"' + "x" * 1000 + '":1}]').warnings == ("unknown field ignored: ‘" + "x" * 59 + "…’",)
