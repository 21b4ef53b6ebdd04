from __future__ import annotations

from pathlib import Path

import pytest

from epncli.yamlfile.likely_mistakes import LikelyMistake, likely_mistakes
from epncli.yamlfile.reader import read_document
from epncli.yamlfile.source import Source

QUOTE_IT = (
    "if it is part of the value, put the value between double quotes; otherwise write a space after the #"
)


def of(text: str) -> list[LikelyMistake]:
    return likely_mistakes(read_document(Source(Path("registry.yaml"), b"", b"", text)))


def test_a_value_cut_at_a_hash_is_said() -> None:
    assert of("structures:\n- id: a\n  nom: Salle #3 # au fond\n") == [
        LikelyMistake(3, 14, "YAML reads ‘#3’ as a comment: the value ends before it", QUOTE_IT)
    ]


def test_a_value_that_is_nothing_but_a_cut_is_said() -> None:
    assert of("structures:\n- id: a\n  notes:  #3\n") == [
        LikelyMistake(3, 11, "YAML reads ‘#3’ as a comment: the value ends before it", QUOTE_IT)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "nom: Salle # au fond",
        'nom: "Salle #3"',
        'nom: "Salle" #3',
        "nom: Salle#3",
        "telephones: [01 46 36 70 13] #2",
        "notes: |\n    Salle #3",
        "nom: Salle ## 3",
        "nom: x\n  #3",
    ],
)
def test_a_comment_that_is_meant_as_one_is_none_of_our_business(line: str) -> None:
    assert of(f"structures:\n- id: a\n  {line}\n") == []


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_no_break_space_before_a_colon_is_said(space: str) -> None:
    assert of(f"structures:\n- id: a\n  nom{space}: A\n") == [
        LikelyMistake(
            3, 3, f"the name ‘nom{space}’ contains a no-break or invisible space", "type it again as ‘nom’"
        )
    ]


def test_a_dash_without_its_space_is_said() -> None:
    assert of("structures:\n  -id: a\n  nom: A\n") == [
        LikelyMistake(
            2,
            3,
            "YAML reads ‘-id’ as the name of a field, because no space follows the dash",
            "write ‘- id: …’",
        )
    ]


def test_slips_come_in_the_order_of_the_file() -> None:
    text = "structures:\n- id: a\n  nom\u00a0: A\n- id: b #2\n  x\u00a0y: z\n"
    assert [(slip.line, slip.column) for slip in of(text)] == [(3, 3), (4, 9), (5, 3)]
