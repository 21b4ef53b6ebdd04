from __future__ import annotations

import pytest

from epncli.model.structure import Structure
from epncli.validation.fixes import fixed
from epncli.validation.temporary_closings import check, without_long_past

TODAY = "2026-11-27"


def said(*texts: str, statut: str = "") -> list[tuple[int, str, str | None]]:
    """Item, message and fix of each problem."""
    structure = Structure(id="a", statut=statut, fermetures_temporaires=texts)
    return [(one.item, one.message, one.fix) for one in check(structure, TODAY)]


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("2026-07-20/2026-08-24", "2026-08-25/2026-08-31"),
        ("2026-05-28/.. travaux",),
        ("2024-11-01/2024-11-27",),
        ("bientôt", "2026-08-24/2026-07-20"),  # errors of the rule
    ],
)
def test_what_is_usual_is_not_reported(texts: tuple[str, ...]) -> None:
    assert said(*texts) == []


def test_overlaps_are_reported_at_the_later_one() -> None:
    texts = ("2026-08-01/2026-08-31", "2026-07-20/..", "2026-10-01/2026-10-02 a")
    assert said(*texts) == [
        (0, "‘2026-07-20/..’ and ‘2026-08-01/2026-08-31’ overlap", None),
        (2, "‘2026-07-20/..’ and ‘2026-10-01/2026-10-02 a’ overlap", None),
    ]


def test_an_open_end_of_more_than_six_months_is_reported_unless_the_place_has_closed() -> None:
    message = "closed for a time since 26 May 2026, without an end"
    assert said("2026-05-26/..") == [(0, message, None)]
    assert said("2026-05-26/..", statut="fermé") == []


def test_what_ended_more_than_two_years_ago_can_be_removed() -> None:
    message = "‘2024-07-01/2024-11-26 été’ ended more than two years ago"
    assert said("2026-07-20/2026-08-24", "2024-07-01/2024-11-26 été") == [(1, message, "")]


def test_the_fix_removes_only_what_is_long_past() -> None:
    texts = ("2024-07-01/2024-11-26", "2024-07-01/2024-11-27", "2020-01-01/..", "x")
    assert without_long_past(texts, TODAY) == texts[1:]
    before = Structure(id="a", fermetures_temporaires=(*texts, "du 3 au 24 août 2026"))
    assert fixed(before, TODAY).fermetures_temporaires == (*texts[1:], "2026-08-03/2026-08-24")
