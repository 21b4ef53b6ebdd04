"""Positions of the items of a list, found by parsing only the item."""

from __future__ import annotations

from pathlib import Path

import pytest

from epncli.yamlfile import events
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import Source

TABS = '{\n\t"structures": [\n\t\t{"id": "a", "nom": "A"},\n\t\t{"id": "b"}\n\t],\n\t"autre": 1\n}\n'


def _document(text: str) -> Document:
    return read_document(Source(Path("registry.yaml"), b"", b"", text))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("structures: [{id: a, nom: A}\n\t]\n", ["{id: a, nom: A}"]),
        ("structures: [{id: a}]\n", ["{id: a}"]),
        ("{structures: [{id: a}]\n\t, titre: x}\n", ["{id: a}"]),
        ("{structures: [{id: a}\n\t,\n\t{id: b}\n\t]\n\t}\n", ["{id: a}", "{id: b}"]),
        (TABS, ['{"id": "a", "nom": "A"}', '{"id": "b"}']),
        ("structures: [id: a, nom: b]\n", ["id: a", "nom: b"]),
        ("structures: [{id: a}, id: 'b'\n\t]\n", ["{id: a}", "id: 'b'"]),
        ("structures:\n- {id: a,\n\t\"nom\": 'A'\n\t}\n- id: b\n", ["{id: a,\n\t\"nom\": 'A'\n\t}", "id: b"]),
    ],
)
def test_an_item_in_brackets_is_found_whatever_begins_its_lines(text: str, items: list[str]) -> None:
    document = _document(text)
    found = [document.item("structures", index) for index in range(len(items))]
    assert [text[node.start : node.end] for node in found] == items
    assert tuple(found) == document.node("structures").children


@pytest.mark.parametrize("text", ["structures: [{id: a}, id: b, {id: c}]\n", TABS])
def test_no_item_costs_a_second_reading_of_the_whole(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = _document(text)
    monkeypatch.delattr(events.Builder, "build")
    for index, value in enumerate(document.root["structures"]):
        assert document.item("structures", index).value == value


@pytest.mark.parametrize(
    ("value", "end"),
    [
        ("|\n    un\n\n", "un"),
        ("|\n    un\n      \n    \n", "un\n      "),
        (">-\n    un\n\n     \n\n", "un\n\n     "),
        ("|2\n      \n   \n", "|2\n      "),
        ("|\n\n    un\n    \t\n", "un\n    \t"),
        ("|+\n    un\n\n", "un\n\n"),
    ],
)
def test_a_block_scalar_ends_where_its_last_text_does(value: str, end: str) -> None:
    text = f"structures:\n- id: a\n  notes: {value}  nom: A\n"
    document = _document(text)
    _name, notes = document.item("structures", 0).fields()["notes"]
    assert text[: notes.end].endswith(end)
    assert text[notes.end :].lstrip(" \n") == "nom: A\n"
