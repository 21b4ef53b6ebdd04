"""Written scalars are read as the same text by YAML 1.1 and YAML 1.2, in block and flow style."""

from __future__ import annotations

import re

import pytest
import yaml
from changing import judge
from handwriting import VALUES
from hypothesis import example, given
from hypothesis import strategies as st

from epncli.yamlfile.edit.scalar import _CORE_1_2, write_flow_record, write_record, write_scalar

texts = st.one_of(
    st.sampled_from(VALUES),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text("ab01 \t\n\r'\"\\#:-,[]{}&*!|>%@`?~=<.é👍\u00a0\u2028\ufeff", max_size=12),
)


@given(texts, st.sampled_from(["", "'", '"']), st.booleans())
@example("0142612774", "", False)
@example("2014-09-30", "", False)
@example("=", "", False)
@example("<<", "", False)
def test_a_text_comes_back_from_every_reader(text: str, like: str, flow: bool) -> None:
    written = write_scalar(text, flow=flow, like=like)
    assert not re.search("[\n\r\x85\u2028\u2029]", written)
    place = f"k: [{written}, {written}]\n" if flow else f"k:\n- {written}\n- {written} # vu\n"
    assert judge(place) == {"k": [text, text]}
    assert yaml.safe_load(place) == {"k": [text, text]}
    if written == text:
        assert not _CORE_1_2.fullmatch(text)


@given(texts, st.lists(texts, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]), st.integers(2, 6))
def test_a_record_comes_back(text: str, items: list[str], newline: str, column: int) -> None:
    values = {"nom": text, "telephones": items, "notes": text}
    lines = "s:" + newline + "-".ljust(column) + write_record(values, column, newline) + newline
    assert judge(lines) == {"s": [values]}
    assert judge(f"s: [{write_flow_record(values)}]") == {"s": [values]}


@pytest.mark.parametrize(
    ("text", "like", "written"),
    [
        ("Microlithe", "", "Microlithe"),
        ("01 46 36 70 13", "", "01 46 36 70 13"),
        ("0142612774", "", '"0142612774"'),
        ("75020", "", '"75020"'),
        ("75020", "'", "'75020'"),
        ("l'annexe", "'", "'l''annexe'"),
        ("Microlithe", '"', '"Microlithe"'),
        ('dit "oui": non', "", "'dit \"oui\": non'"),
        ("", "", '""'),
        ("no", "", '"no"'),
        ("a: b", "", '"a: b"'),
        ("Centre d’animation “Daviel”", "", "Centre d’animation “Daviel”"),
        ("a\u00a0b\x07\u2028👍", "", '"a\u00a0b\\x07\\u2028👍"'),
        ("C:\\docs\tet\n", "'", '"C:\\\\docs\\tet\\n"'),
    ],
)
def test_a_text_is_written_as_plainly_as_it_can_be(text: str, like: str, written: str) -> None:
    assert write_scalar(text, like=like) == written


def test_a_record_is_written_as_a_person_would() -> None:
    values = {
        "id": "a",
        "code_postal": "01000",
        "telephones": ["01 46 36 70 13", "3949"],
        "notes": "Deux lignes\n\net demie",
        "courriels": ["x" * 50 + "@a.fr", "y" * 50 + "@a.fr"],
    }
    assert write_record(values, 2) == (
        "id: a\n"
        '  code_postal: "01000"\n'
        '  telephones: [01 46 36 70 13, "3949"]\n'
        "  notes: |-\n"
        "    Deux lignes\n"
        "\n"
        "    et demie\n"
        "  courriels:\n"
        f"    - {'x' * 50}@a.fr\n"
        f"    - {'y' * 50}@a.fr"
    )


def test_a_list_of_90_characters_stands_on_one_line_and_a_longer_one_on_several() -> None:
    one, other = "x" * 43, "y" * 43
    assert write_record({"a": [one, other]}, 0) == f"a: [{one}, {other}]"
    assert write_record({"a": [one, f"{other}y"]}, 0) == f"a:\n  - {one}\n  - {other}y"


def test_two_lines_are_a_literal_block_and_one_is_none() -> None:
    assert write_record({"a": "un\ndeux", "b": "trois\n"}, 0) == 'a: |-\n  un\n  deux\nb: "trois\\n"'
