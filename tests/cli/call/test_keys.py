"""The keys of a phone round."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from epncli.cli.call.keys import KEYS, Answer, legend


def test_in_one_language_a_letter_has_one_meaning() -> None:
    assert set(KEYS) == set(Answer)
    for letters in ([key.en for key in KEYS.values()], [key.fr for key in KEYS.values()]):
        assert len(set(letters)) == len(letters)
        assert all(len(letter) == 1 and letter == letter.casefold() for letter in letters)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_all_keys_are_shown_and_none_is_broken_between_lines(columns: int) -> None:
    shown = legend(columns)
    assert max(map(cell_len, shown.split("\n"))) <= columns
    assert shown.replace("\n", "  ").split("  ") == [f"[{key.en}] {key.label}" for key in KEYS.values()]
