from __future__ import annotations

import pytest

from epncli.importing.row_values import Value, is_blank, unguarded, without_default
from epncli.model.structure import FIELDS


@pytest.mark.parametrize(
    ("value", "expected"),
    [("'=1+1", "=1+1"), ("=1+1", "=1+1"), (("'=1", "'=2"), ("=1", "'=2")), ((), ())],
)
def test_the_apostrophe_before_a_cell_is_taken_off(value: Value, expected: Value) -> None:
    """In a list, before the first item: the cell as a whole has it."""
    assert unguarded(value) == expected


@pytest.mark.parametrize(
    ("value", "blank"), [("", True), (" ", True), ((), True), (("", " "), True), ("a", False)]
)
def test_a_value_without_visible_text_is_blank(value: Value, blank: bool) -> None:
    assert is_blank(value) is blank


def test_no_value_and_the_default_value() -> None:
    assert (FIELDS["nom"].empty, FIELDS["telephones"].empty) == ("", ())
    assert [without_default("statut", text) for text in (" ouvert", "fermé")] == ["", "fermé"]
    assert without_default("notes", "ouvert") == "ouvert"
