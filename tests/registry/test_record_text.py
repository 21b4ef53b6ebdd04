"""The text of a record for an editor, and writing it back to its file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from linear import assert_linear

from epncli.errors import Unreadable
from epncli.registry.record_text import RecordText
from epncli.yamlfile.layout import apply
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import Source

sys.path.insert(0, str(Path(__file__).parent))  # for `editing`, which is no test
from editing import DECLINED, DONE, INVALID, faults

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
    return apply(text, record.splices(record.edited(record.shown.replace(old, new))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (BLOCK, "id: a  # tête\nnotes: |\n  un\n\n  deux\ntelephones:\n- x  # fin\n"),
        (BLOCK.replace("\n", "\r\n"), "id: a  # tête\nnotes: |\n  un\n\n  deux\ntelephones:\n- x  # fin\n"),
        (FLOW, "{id: a, nom: A,\n notes: 'x'}  # après\n"),
        ("structures: [{id: a}, {id: b}]\n", "{id: a}\n"),
        ("structures:\n- id: a\n  # vu\n\n  # revu\n# Lyon\n- id: b\n", "id: a\n# vu\n\n# revu\n"),
        ("structures:\n- id: a\n  notes: |+\n    x\n\n\n- id: b\n", "id: a\nnotes: |+\n  x\n\n\n"),
        ("structures:\n- id: a\n  notes: |\n    x\n      \n\n- id: b\n", "id: a\nnotes: |\n  x\n    \n"),
        ("structures:\n- id: a\n  notes: |\n    x", "id: a\nnotes: |\n  x\n"),
        ("structures:\n  -  # vu\n     id: a\n     nom: A\n", "# vu\nid: a\nnom: A\n"),
        ("structures:\n  - id: a\n# à gauche\n", "id: a\n"),
        ("structures: [\n\t{id: a,\n\t\tnom: A,\n x: y}\n]\n", "{id: a,\n\tnom: A,\n x: y}\n"),
    ],
)  # fmt: skip
def test_a_record_is_shown_at_the_left_edge_with_all_that_is_its_own(text: str, shown: str) -> None:
    record = _record(text)
    assert record.shown == shown
    assert record.edited(record.shown) == record.lines
    assert record.splices(record.lines) == []


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
        ("structures:\n  - id: a\n    nom: A\n", "id: a\n", "# vu\nid: a\n",
         "structures:\n  - # vu\n    id: a\n    nom: A\n"),
        ("structures:\n- id: a\n  nom: A\n  x: y", "x: y\n", "", "structures:\n- id: a\n  nom: A"),
        ("structures:\n- id: a\n  nom: A\n# à gauche\n  x: y\n", "# à gauche", "# autre",
         "structures:\n- id: a\n  nom: A\n# autre\n  x: y\n"),
        ("structures: [{id: a}, {id: b}]\n", "{id: a}", "{id: a}  # vu",
         "structures: [{id: a}  # vu\n             , {id: b}]\n"),
        ("structures: [\n\t{id: a,\n x: y}\n]\n", " x: y}", " x: z}",
         "structures: [\n\t{id: a,\n x: z}\n]\n"),
        ("structures:\r- id: a\r  nom: A\n\n  x: y\n", "nom: A\n", "", "structures:\r- id: a\r\n\n  x: y\n"),
        ("structures:\r- id: a\r  nom: A\n  x: y\n", "nom: A\n", "\n",
         "structures:\r- id: a\r\r\n  x: y\n"),
        # a line that moves keeps its own end; a new one has that of the line nearest to it
        ("structures:\r\n- id: a\r\n  nom: A\n  x: y\r", "nom: A\nx: y\n", "z: z\nx: y\nnom: A\n",
         "structures:\r\n- id: a\r\n  z: z\r\n  x: y\r  nom: A\n"),
        ("structures:\r\n- id: a\r\n  nom: A\n  x: y", "x: y", "x: z\nw: v",
         "structures:\r\n- id: a\r\n  nom: A\n  x: z\n  w: v"),
        ("structures:\n- id: a\r\n  nom: A\n", "id: a", "# vu\nid: a",
         "structures:\n- # vu\r\n  id: a\r\n  nom: A\n"),
    ],
)  # fmt: skip
def test_lines_that_come_and_go_have_the_indent_and_the_end_of_their_neighbours(
    text: str, old: str, new: str, expected: str
) -> None:
    assert _after(text, old, new) == expected


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
    ],
    ids=["nothing", "CRLF", "no blanks at the ends of lines"],
)
@pytest.mark.parametrize("last", ["notes: |+\n    x  \n\n\n- id: b\n", "notes: |\n    x  \n", "x: y"])
def test_what_editors_do_by_themselves_is_no_change(save: Callable[[str], str], last: str) -> None:
    record = _record(f"structures:\n- id: a   \n  nom: A \n \n  {last}")
    assert record.edited(save(record.shown)) == record.lines


@pytest.mark.parametrize("last", ["notes: |\n    x\n", "notes: |+\n    x\n", "x: y\n", "x: y"])
def test_an_editor_may_leave_out_the_last_line_end(last: str) -> None:
    record = _record(f"structures:\n- id: a\n  {last}")
    assert record.edited(record.shown.removesuffix("\n")) == record.lines


@pytest.mark.parametrize("end", ["x: y\n", "x: y", "notes: |\n    x\n", "notes: |\n    x"])
def test_blank_lines_at_the_end_that_belong_to_no_value_are_no_change(end: str) -> None:
    record = _record(f"structures:\n- id: a\n  {end}")
    assert record.edited(record.shown + "\n \n\n") == record.lines


@pytest.mark.parametrize(
    ("text", "old", "new", "value"),
    [
        ("|+\n    x\n\n\n", "x\n\n\n", "x\n\n", "x\n\n"),
        ("|+\n    x\n\n\n", "x", "y", "y\n\n\n"),
        ("A\n", "A", "|+\n  x\n\n", "x\n\n\n"),
        ("|\n    x  \n    y  \n", "x  ", "x", "x\ny  \n"),
        ("|\n    x\n    y\n", "x", "x\n       ", "x\n     \ny\n"),
    ],
)
def test_blanks_that_a_person_types_or_deletes_in_a_value_count(
    text: str, old: str, new: str, value: str
) -> None:
    after = _after(f"structures:\n- id: a\n  notes: {text}- id: b\n", old, new)
    assert _document(after).root["structures"] == [{"id": "a", "notes": value}, {"id": "b"}]


def test_a_record_of_many_blank_lines_takes_no_more_time_than_their_number_allows() -> None:
    def named_b(text: str) -> None:
        assert _after(text, "nom: A", "nom: B") == text.replace("nom: A", "nom: B")

    def text(lines: int) -> str:
        return "structures:\n- id: a\n  notes: |\n    x\n" + "\n" * lines + "    y\n  nom: A\n"

    assert_linear(named_b, text, 20_000)


@given(
    st.lists(
        st.sampled_from(["nom: A", "  ", "- x", "notes: |", "# c", "id: 'é'", "{", "\x85", "é: [a,", "]"])
    )
)
@settings(max_examples=60)
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    record = _record(BLOCK)
    with suppress(Unreadable):
        assert isinstance(record.values(record.edited("\n".join(lines))), dict)


@pytest.mark.parametrize("text", ["", "rien", "- a\n- b", "# seul"])
def test_what_is_no_record_has_no_fields(text: str) -> None:
    record = _record(BLOCK)
    assert record.values(record.edited(text)) == {}


def test_an_error_has_its_line_in_the_text() -> None:
    record = _record(BLOCK)
    with pytest.raises(Unreadable) as caught:
        record.values(record.edited("id: a\nid: b\n"))
    error = caught.value
    assert (error.line, error.column, error.message) == (2, 1, "‘id’ appears twice in the same record")


def test_values_are_set_in_the_text_and_nothing_else() -> None:
    record = _record("structures:\n  - id: a  # tête\n    telephones: [x,  y] # deux\n\n    autre:   1\n")
    values: dict[str, str | list[str] | None] = {
        "telephones": ["x"], "date_maj": "2026-01-02", "nom": "Un: nom",
    }  # fmt: skip
    assert record.with_values(record.lines, values) == [
        "id: a  # tête", 'nom: "Un: nom"', "telephones: [x] # deux", 'date_maj: "2026-01-02"', "",
        "autre:   1",
    ]  # fmt: skip
    record = _record("structures: [{id: a, nom: A}]\n")
    assert record.with_values(record.lines, {"nom": None}) == ["{id: a}"]


def test_the_lines_that_a_person_typed_are_told() -> None:
    record = _record("structures:\n- id: a\n  nom: A\n  x: y\n")
    assert record.typed(["id: a", "nom: B", "# vu", "x: y"]) == ["nom: B", "# vu"]
    assert record.typed(record.lines) == []


def _many(seeds: range) -> Counter[str]:
    endings: Counter[str] = Counter()
    for seed in seeds:
        ending, found = faults(Random(seed))  # noqa: S311  nothing is secret here
        assert found == [], f"seed {seed}"
        endings[ending] += 1
    return endings


def test_random_edits_touch_no_line_that_was_not_edited() -> None:
    endings = _many(range(2_600))
    assert endings[DONE] + endings[INVALID] + endings[DECLINED] > 2_000
    assert endings[DONE] > 1_000
    assert endings[DECLINED] <= 10


@pytest.mark.long
@pytest.mark.parametrize("start", range(2_600, 132_600, 5_000))
def test_a_hundred_thousand_random_edits_touch_no_line_that_was_not_edited(start: int) -> None:
    assert _many(range(start, start + 5_000))[DECLINED] <= 30
