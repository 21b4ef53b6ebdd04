"""The text of a record as an editor shows it, and as it goes back into its file."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.errors import Unreadable
from epncli.recordtext import RecordText
from epncli.yamlfile.layout import Splice, apply
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import Source

sys.path.insert(0, str(Path(__file__).parent))  # for `editing`, which is no test
from editing import faults

BLOCK = (
    "structures:\n    -   id: a  # tête\n        notes: |\n          un\n\n          deux\n"
    "        telephones:\n        - x  # fin\n\n    -   id: b\n"
)
FLOW = "structures:\n  - {id: a, nom: A,\n     notes: 'x'}  # après\n  - id: b\n"


def _document(text: str) -> Document:
    return read_document(Source(Path("registry.yaml"), b"", b"", text))


def _record(text: str) -> RecordText:
    return RecordText.of(_document(text), 0)


def _after(text: str, old: str, new: str) -> str:
    """The file after an editor has put `new` in the place of `old` in its first record."""
    record = _record(text)
    assert old in record.shown
    edited = record.edited(record.shown.replace(old, new))
    return apply(text, [Splice(record.start, record.end, edited.text)])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (BLOCK, "id: a  # tête\nnotes: |\n  un\n\n  deux\ntelephones:\n- x  # fin\n"),
        (BLOCK.replace("\n", "\r\n"), "id: a  # tête\nnotes: |\n  un\n\n  deux\ntelephones:\n- x  # fin\n"),
        (FLOW, "{id: a, nom: A,\n notes: 'x'}\n"),
        ("structures: [{id: a}, {id: b}]\n", "{id: a}\n"),
        ("structures:\n- id: a\n  # vu\n\n  # revu\n# Lyon\n- id: b\n", "id: a\n# vu\n\n# revu\n"),
        ("structures:\n- id: a\n  notes: |+\n    x\n\n\n- id: b\n", "id: a\nnotes: |+\n  x\n\n\n"),
    ],
)  # fmt: skip
def test_a_record_is_shown_at_the_left_edge_with_all_that_is_its_own(text: str, shown: str) -> None:
    record = _record(text)
    assert record.shown == shown
    assert record.edited(record.shown) == record
    assert text[record.start : record.end] == record.text


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        # comments left of the fields
        ("structures:\n  - id: a\n# à gauche\n    nom: A\n", "A", "B"),
        # mixed line ends, lines of blanks, blanks at the end of a line
        ("structures:\r\n- id: a\n   \n  nom: A\r  notes: x  \r\n\n- id: b\n", "A", "B"),
        # a tab in a further line of a value
        ("structures:\n- id: a\n  notes: un\n    \tdeux\n  nom: A\n", "A", "B"),
        # a last value that keeps the blank lines below it
        ("structures:\n- id: a\n  nom: A\n  notes: |+\n    x\n\n\n- id: b\n", "A", "B"),
        ("structures:\n- id: a\n  nom: A\n  notes: |2+\n    x\n\n", "A", "B"),
        ("structures:\n- id: a\n  nom: A\n  notes: |+\n  # dessous\n- id: b\n", "A", "B"),
        ("structures:\n- id: a\n  nom: A\n  notes: |+\n    x", "A", "B"),
        # a file without an end, braces
        ("structures:\n- id: a\n  nom: A", "A", "B"),
        ("structures: [{id: a,\n  nom: A,\n\tnotes: x},\n {id: b}]\n", "A", "B"),
        # a field below the dash, and a dash alone on its line
        ("structures:\n-\n  id: a\n  nom: A\n", "A", "B"),
    ],
)
def test_only_the_line_that_is_edited_changes(text: str, old: str, new: str) -> None:
    assert _after(text, old, new) == text.replace(f"nom: {old}", f"nom: {new}")
    before, after = (yaml.load(one, yaml.CBaseLoader) for one in (text, _after(text, old, new)))  # noqa: S506
    before["structures"][0]["nom"] = new
    assert after == before


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (
            "structures:\r\n  - id: a\r\n    nom: A\n  - id: b\n", "nom: A\n", "nom: A\nnotes: x\n",
            "structures:\r\n  - id: a\r\n    nom: A\n    notes: x\n  - id: b\n",
        ),
        ("structures:\n- id: a\n  nom: A", "nom: A\n", "nom: A\nnotes: x\n",
         "structures:\n- id: a\n  nom: A\n  notes: x"),
        ("structures:\n  - id: a\n    nom: A\n", "id: a\n", "", "structures:\n  - nom: A\n"),
        ("structures:\n  - id: a\n    nom: A\n", "id: a\nnom: A", "nom: A\nid: a",
         "structures:\n  - nom: A\n    id: a\n"),
        ("structures:\n- id: a\n  nom: A\n", "nom: A", "# vu\n\n\nnom: A",
         "structures:\n- id: a\n  # vu\n\n\n  nom: A\n"),
    ],
)  # fmt: skip
def test_lines_that_come_and_go_have_the_indent_and_the_end_of_their_neighbours(
    text: str, old: str, new: str, expected: str
) -> None:
    assert _after(text, old, new) == expected


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n",
        lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
    ],
    ids=["CRLF", "no end", "more blank lines", "no blanks at the ends of lines"],
)
def test_what_editors_do_by_themselves_is_no_change(save: object) -> None:
    text = "structures:\n- id: a   \n  nom: A \n \n  notes: |+\n    x  \n\n\n- id: b\n"
    record = _record(text)
    assert record.edited(save(record.shown)) == record  # type: ignore[operator]


@given(
    st.lists(
        st.sampled_from(["nom: A", "  ", "- x", "notes: |", "# c", "id: 'é'", "{", "\x85", "é: [a,", "]"])
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    with suppress(Unreadable):
        assert isinstance(_record(BLOCK).edited("\n".join(lines)).values(), dict)


@pytest.mark.parametrize("text", ["", "rien", "- a\n- b", "# seul"])
def test_what_is_no_record_has_no_fields(text: str) -> None:
    assert _record(BLOCK).edited(text).values() == {}


def test_an_error_has_its_line_in_the_text() -> None:
    record = _record(BLOCK)
    with pytest.raises(Unreadable) as caught:
        record.edited("id: a\nid: b\n").values()
    assert (caught.value.line, caught.value.message) == (3, "‘id’ stands twice in the same record")


def test_values_are_set_in_the_text_and_nothing_else() -> None:
    record = _record("structures:\n  - id: a  # tête\n    telephones: [x,  y] # deux\n\n    autre:   1\n")
    set_values = {"telephones": ["x"], "date_maj": "2026-01-02", "nom": "Un: nom"}
    assert record.with_values(set_values).text == (
        'id: a  # tête\n    nom: "Un: nom"\n    telephones: [x] # deux\n    date_maj: "2026-01-02"\n\n'
        "    autre:   1\n"
    )
    assert _record("structures: [{id: a, nom: A}]\n").with_values({"nom": None}).text == "{id: a}"


def _many(seeds: range) -> Counter[str]:
    endings: Counter[str] = Counter()
    for seed in seeds:
        ending, found = faults(Random(seed))  # noqa: S311  nothing is secret here
        assert found == [], f"seed {seed}"
        endings[ending] += 1
    return endings


def test_random_edits_touch_no_line_that_was_not_edited() -> None:
    endings = _many(range(2_900))
    assert endings["done"] + endings["declined"] > 2_000
    assert endings["done"] > 4 * endings["declined"]


@pytest.mark.long
@pytest.mark.parametrize("start", range(2_900, 152_900, 5_000))
def test_a_hundred_thousand_random_edits_touch_no_line_that_was_not_edited(start: int) -> None:
    _many(range(start, start + 5_000))
