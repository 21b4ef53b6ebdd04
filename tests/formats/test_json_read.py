from __future__ import annotations

import pytest

from epncli.errors import Unreadable
from epncli.formats.incoming import Incoming, Reading, Row
from epncli.formats.recognition import read


def reading(text: str) -> Reading:
    return read(Incoming("lieux.json", text.encode()), "json")


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
    assert found.warnings == ("unknown fields are left out: ‘wifi’, ‘x’",)


def test_what_is_no_object_is_refused_row_by_row() -> None:
    assert reading('[1, {"nom": "A"}]').rows == [
        Row(1, {}, "this is not an object with fields"), Row(1, {"nom": "A"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [("{}", 1), ("", 1), ("[\n{]", 2), ("[{}\n{}]", 2), ("[{}", 1), ("[" * 100_000, 1), ('[{"a":\n"b', 2)],
)
def test_what_is_no_array_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        reading(text)
    assert (refused.value.message, refused.value.line) == (
        "this is no array of objects, as JSON writes it", line,
    )  # fmt: skip
