"""Where new structures go in a registry."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import Structure
from epncli.registry.changes import Change, preview
from epncli.registry.placement import new_by_place
from epncli.registry.registry import Registry
from epncli.yamlfile.edit.new_records import FIRST

PARIS = Path(__file__).parents[2] / "registry.yaml"


@pytest.mark.parametrize(
    ("codes", "new", "places"),
    [
        ("", "b a b", {FIRST: [0, 1, 2]}),
        ("b", "a", {0: [0]}),
        ("c c a a b b", "a", {3: [0]}),
        ("c c a a b b", "c", {1: [0]}),
        ("c c a a b b", "d aa", {5: [0, 1]}),
        ("b a b", "b", {2: [0]}),
        ("b a - a c", "a", {4: [0]}),
        ("a a c c", "b", {1: [0]}),
        ("a a c c", "0", {FIRST: [0]}),
        ("a a c c", "z - d d", {3: [2, 3, 0, 1]}),
        ("b a a", "- c a", {2: [0, 1, 2]}),
        ("a - c -", "b c", {0: [0], 2: [1]}),
        ("a b d b d d e e e f", "b c d g", {3: [0, 1], 5: [2], 9: [3]}),
        ("a b d b d a e e e f", "b c d g", {9: [0, 1, 2, 3]}),
    ],
)
def test_a_place_is_found_by_postal_code(codes: str, new: str, places: dict[int, list[int]]) -> None:
    as_codes = [["" if code == "-" else code for code in text.split()] for text in (codes, new)]
    assert new_by_place(*as_codes) == places


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcde")))
def test_a_sorted_registry_stays_sorted(codes: list[str], new: list[str]) -> None:
    codes.sort()
    if len(set(codes)) < 2:
        return
    groups = new_by_place(codes, new)
    merged = [new[one] for one in groups.get(FIRST, [])]
    for index, code in enumerate(codes):
        merged += [code, *(new[one] for one in groups.get(index, []))]
    assert merged == sorted(codes + new)


def test_a_place_of_the_12th_stands_under_the_heading_of_the_12th() -> None:
    registry = Registry.read(PARIS)
    codes = {"n": "75012", "m": "75008", "o": "75013", "p": "75019"}
    changes = [
        Change(None, Structure(id=name, nom=name, commune="Paris", code_postal=code))
        for name, code in codes.items()
    ]
    lines = '  - id: {}\n    nom: {}\n    commune: Paris\n    code_postal: "{}"\n\n'
    expected = registry.document.text
    for heading, record in (
        ("  # 13e arrondissement\n", lines.format("n", "n", "75012")),
        ("  # 14e arrondissement\n", lines.format("o", "o", "75013")),
        ("  # 20e arrondissement\n", lines.format("p", "p", "75019")),
        ("  # 9e arrondissement\n", lines.format("m", "m", "75008")),
    ):
        assert expected.count(heading) == 1
        expected = expected.replace(heading, record + heading)
    outcome = preview(registry, changes)
    assert outcome.written.text == expected
    removals = [Change(one, None) for one in outcome.after.structures if one.id in codes]
    assert preview(outcome.after, removals).written.text == registry.document.text
