"""What an answer changes in a structure."""

from __future__ import annotations

import pytest

from epncli.cli.call import answers
from epncli.model.structure import Structure

TODAY = "2026-11-27"


def structure(**fields: str) -> Structure:
    return Structure.from_values({"id": "a", "nom": "A", **fields})


def test_a_settled_structure_is_confirmed_and_not_called_back() -> None:
    before = structure(rappeler_le="2026-11-20", notes="x")
    assert answers.settled(before, TODAY) == structure(date_maj=TODAY, notes="x")


def test_a_call_without_an_answer_adds_a_line_and_a_day() -> None:
    assert answers.unanswered(structure(), TODAY) == structure(
        notes="2026-11-27 : pas de réponse", rappeler_le="2026-11-30"
    )
    before = structure(notes="demander Léa\n", date_maj="2020-01-01")
    assert answers.unanswered(before, TODAY) == structure(
        notes="demander Léa\n2026-11-27 : pas de réponse", rappeler_le="2026-11-30", date_maj="2020-01-01"
    )


def test_a_wrong_number_is_named_in_the_notes() -> None:
    assert answers.misdialled(structure(notes="x"), "01 46 36\n70 13", TODAY) == structure(
        notes="x\n2026-11-27 : numéro erroné (01 46 36 70 13)", rappeler_le="2026-11-30"
    )


@pytest.mark.parametrize(
    ("notes", "days"),
    [
        ("", 0),
        ("2026-11-20 : pas de réponse", 1),
        ("2026-11-20 : pas de réponse\n2026-11-24 : pas de réponse\n", 2),
        ("2026-11-20: Pas de réponse.\n\n 2026-11-24\xa0: pas de réponse", 2),
        ("2026-11-20 : pas de réponse\ndemander Léa\n2026-11-24 : pas de réponse", 1),
        ("2026-11-24 : pas de réponse\n2026-11-24 : pas de réponse", 1),
        ("2026-11-20 : pas de réponse\n2026-11-24 : numéro erroné (39 49)", 0),
        ("2026-03-01 : pas de réponse\n2026-11-24 : pas de réponse", 1),
    ],
    ids=range(8),
)
def test_days_without_an_answer_count_in_a_row_since_the_last_confirmation(notes: str, days: int) -> None:
    assert answers.unanswered_days(structure(notes=notes, date_maj="2026-03-01"), TODAY) == days
