"""Broken registries: the other records are read, with their correct positions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.validation.partial_registry import PartialRegistry, places, read
from epncli.yamlfile.source import Source, place

GOOD = """\
titre: X
structures:
  - id: a
    nom: A
    telephones: [01 46 36 70 13, 01 46 36 70 14]

  # Le deuxième
  - id: b
    nom: "B"
  - id: c
    notes: |
      - id: no record, but a line of the notes
    nom: C
"""


def reading(text: str) -> PartialRegistry:
    return read(Source(Path("registry.yaml"), text.encode(), b"", text))


def ids(text: str) -> list[str]:
    return [structure.id for structure in reading(text).structures]


def refusals(text: str) -> list[tuple[int, int]]:
    return [(refused.line, refused.column) for refused in reading(text).refusals]


def test_a_sound_file_is_read_whole() -> None:
    found = reading(GOOD)
    assert [structure.id for structure in found.structures] == ["a", "b", "c"]
    assert found.registry is not None
    assert found.refusals == []


@pytest.mark.parametrize(
    ("old", "new", "left", "line"),
    [
        ('nom: "B"', 'nom: "B', ["a", "c"], 9),
        ("nom: A", "nom: A: B", ["b", "c"], 4),
        ("[01 46 36 70 13,", "01 46 36 70 13]: [", ["b", "c"], 5),
        ('    nom: "B"', "\tnom: B", ["a", "c"], 9),
        ("- id: b", "-id: b", ["a", "c"], 8),
        ('    nom: "B"', "    nom: B\n    nom: B", ["a", "c"], 10),
        ('- id: b\n    nom: "B"', "- just a text", ["a", "c"], 8),
        ('nom: "B"', "nom: *b", ["a", "c"], 9),
        ("titre: X", "titre: 'X", ["a", "b", "c"], 1),
        ("titre: X", "titre: X\ntitre: Y", ["a", "b", "c"], 2),
    ],
)
def test_a_broken_record_hides_none_of_the_others(old: str, new: str, left: list[str], line: int) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    found = reading(text)
    assert found.registry is None
    assert [structure.id for structure in found.structures] == left
    assert [refused.line for refused in found.refusals] == [line]


def test_each_broken_record_is_said() -> None:
    text = GOOD.replace("nom: A", 'nom: "A').replace("nom: C", "nom: C: D")
    assert ids(text) == ["b"]
    assert [line for line, _column in refusals(text)] == [4, 13]


def test_places_are_those_of_the_file() -> None:
    text = GOOD.replace('nom: "B"', 'nom: "B')
    (first, its), (second, own) = places(reading(text).records[:2])
    assert place(text, second.offset(own, "nom", 0)) == (13, 10)
    assert place(text, second.offset(own, "nom", 0, key=True)) == (13, 5)
    assert place(text, first.offset(its, "telephones", 1)) == (5, 34)
    assert place(text, first.offset(its, "telephones", 2)) == (5, 17)
    assert place(text, first.offset(its, "adresse", 0)) == (3, 5)


def test_what_stands_between_the_marks_of_a_conflict_is_left_out() -> None:
    text = GOOD.replace(
        "  - id: c\n", "<<<<<<< HEAD\n  - id: d\n=======\n  - id: e\n>>>>>>> b\n  - id: f\n  - id: c\n"
    )
    assert ids(text) == ["a", "f", "c"]  # b runs into the conflict
    assert refusals(text) == [(10, 1)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<<<<<<< HEAD\nstructures:\n- id: a\n=======\nstructures:\n>>>>>>> b\n- id: c\n", ["c"]),
        ("<<<<<<<<<< HEAD\nstructures:\n- id: a\n==========\nstructures:\n>>>>>>>>>> b\n- id: c\n", ["c"]),
        ("<<<<<<< HEAD\nstructures:\n- id: a\n", []),
    ],
)
def test_a_conflict_may_begin_on_the_first_line_and_never_end(text: str, left: list[str]) -> None:
    assert ids(text) == left
    assert refusals(text) == [(1, 1)]


def test_each_conflict_is_said() -> None:
    conflict = "<<<<<<< HEAD\n  - id: d\n=======\n  - id: e\n>>>>>>> b\n"
    text = GOOD.replace("  # Le", conflict + "  # Le").replace("  - id: c", conflict + "  - id: c")
    assert [line for line, _column in refusals(text)] == [7, 15]


def test_a_record_cut_short_by_a_line_at_the_margin_is_not_taken_for_whole() -> None:
    text = GOOD.replace("    nom: A\n", "nom: A\n")
    assert ids(text) == ["b", "c"]
    assert len(refusals(text)) == 1


def test_the_last_record_is_whole_where_other_fields_of_the_file_follow_it() -> None:
    text = GOOD.replace("titre: X\n", "").replace("nom: A", 'nom: "A') + "titre: X\n"
    assert ids(text) == ["b", "c"]


def test_a_broken_record_that_is_noticed_in_the_next_one_is_said_once() -> None:
    text = GOOD.replace('- id: b\n    nom: "B"', '-\nnom: "B"')
    assert ids(text) == ["a", "c"]
    assert refusals(text) == [(8, 4)]


def test_a_list_at_the_margin_and_line_ends_of_windows_are_read_too() -> None:
    text = 'structures:\n- id: a\n  nom: "A\n- id: b\n  nom: B\n'.replace("\n", "\r\n")
    assert ids(text) == ["b"]
    assert refusals(text) == [(3, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "structures: [{id: a}, {id: b]",
        "structures: {a: b}",
        "- id: a",
        "titre: X",
        "structures:\n  nothing\n",
    ],
)
def test_where_no_record_can_be_told_the_file_is_refused_and_no_more(text: str) -> None:
    found = reading(text)
    assert found.records == []
    assert len(found.refusals) == 1


def test_slips_are_found_in_what_could_be_read() -> None:
    text = GOOD.replace("nom: A", "nom: Salle #3").replace('nom: "B"', 'nom: "B')
    assert [(slip.line, slip.column) for slip in reading(text).likely_mistakes] == [(4, 16)]
    assert [(slip.line, slip.column) for slip in reading(text.replace('"B', "B")).likely_mistakes] == [
        (4, 16)
    ]


@given(
    cut=st.integers(0, len(GOOD)),
    end=st.integers(0, 12),
    put=st.text(alphabet="-:[]{}\"'#&*!|>\n\t ab<=", max_size=8),
)
def test_no_damage_breaks_the_reading(cut: int, end: int, put: str) -> None:
    text = GOOD[:cut] + put + GOOD[cut + end :]
    found = reading(text)
    assert (found.registry is None) == bool(found.refusals)
    for record in found.records:
        assert 0 <= record.start < len(text)
    for refused in found.refusals:
        assert 1 <= refused.line <= text.count("\n") + 1
