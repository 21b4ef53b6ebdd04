from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.errors import Unreadable
from epncli.recordtext import RecordText, read_record, with_values
from epncli.yamlfile.layout import apply
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import Source

BLOCK = (
    "structures:\n    -   id: a  # tête\n        notes: |\n          un\n\n          deux\n"
    "        telephones:\n        - x  # fin\n\n    -   id: b\n"
)
FLOW = "structures:\n  - {id: a, nom: A,\n     notes: 'x'}  # après\n  - id: b\n"


def _document(text: str) -> Document:
    return read_document(Source(Path("registry.yaml"), b"", b"", text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (BLOCK, "id: a  # tête\nnotes: |\n  un\n\n  deux\ntelephones:\n- x  # fin\n"),
        (BLOCK.replace("\n", "\r\n"), "id: a  # tête\nnotes: |\n  un\n\n  deux\ntelephones:\n- x  # fin\n"),
        (FLOW, "{id: a, nom: A,\n notes: 'x'}\n"),
        ("structures: [{id: a}, {id: b}]\n", "{id: a}\n"),
    ],
)
def test_a_record_is_shown_at_the_left_edge_and_goes_back_where_it_was(text: str, shown: str) -> None:
    document = _document(text)
    record = RecordText.of(document, 0)
    assert record.text == shown
    assert apply(text, [record.splice(record.text)]) == text


@pytest.mark.parametrize("text", [BLOCK, BLOCK.replace("\n", "\r\n"), FLOW])
def test_an_edited_text_takes_the_place_of_the_record_alone(text: str) -> None:
    document = _document(text)
    record = RecordText.of(document, 0)
    edited = record.text.replace("id: a", "id: z")
    after = _document(apply(text, [record.splice(edited)]))
    assert after.root == {"structures": [{**record.record, "id": "z"}, {"id": "b"}]}
    assert record.edited(edited).record == {**record.record, "id": "z"}
    assert after.text == text.replace("id: a", "id: z")


@given(
    st.lists(
        st.sampled_from(["nom: A", "  ", "- x", "notes: |", "# c", "id: 'é'", "{", "\x85", "é: [a,", "]"])
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    with suppress(Unreadable):
        assert isinstance(read_record("\n".join(lines)), dict)


@pytest.mark.parametrize("text", ["", "rien", "- a\n- b", "# seul"])
def test_what_is_no_record_has_no_fields(text: str) -> None:
    assert read_record(text) == {}


def test_an_error_has_its_line_in_the_text() -> None:
    with pytest.raises(Unreadable) as caught:
        read_record("id: a\nid: b\n")
    assert (caught.value.line, caught.value.message) == (3, "‘id’ stands twice in the same record")


def test_values_are_set_in_the_text_and_nothing_else() -> None:
    text = "id: a  # tête\ntelephones: [x,  y] # deux\n\nautre:   1\n"
    assert with_values(text, {"telephones": ["x"], "date_maj": "2026-01-02", "nom": "Un: nom"}) == (
        'id: a  # tête\nnom: "Un: nom"\ntelephones: [x] # deux\ndate_maj: "2026-01-02"\n\nautre:   1\n'
    )
    assert with_values("{id: a, nom: A}\n", {"nom": None}) == "{id: a}\n"
