"""Which structures are called in a phone round, and in which order."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import Structure
from epncli.query.to_call import sharing, to_call, together

TODAY = "2026-11-27"


def structure(name: str, number: str = "01 46 36 70 13", **fields: Any) -> Structure:
    return Structure.from_values({"id": name, "code_postal": "75012", "telephones": number, **fields})


def called(*structures: Structure, months: int = 6) -> list[str]:
    return [one.id for one in to_call(structures, months, TODAY)]


def test_the_never_confirmed_come_first_then_the_oldest() -> None:
    assert called(
        structure("may", "01 40 00 00 01", date_maj="2026-05-01"),
        structure("never", "01 40 00 00 02"),
        structure("old", "01 40 00 00 03", date_maj="2024"),
        structure("not a date", "01 40 00 00 04", date_maj="hier"),
    ) == ["never", "not a date", "old", "may"]


def test_what_was_confirmed_in_the_last_months_is_not_called() -> None:
    lately = structure("lately", date_maj="2026-06-01")
    assert called(lately) == []
    assert called(lately, months=5) == ["lately"]


@pytest.mark.parametrize(
    "fields",
    [
        {"statut": "fermé"},
        {"telephones": ""},
        {"telephones": [" "]},
        {"fermetures_temporaires": "2026-11-02/.. travaux"},
        {"fermetures_temporaires": "2026-11-20/2026-11-27"},
        {"rappeler_le": "2026-11-28"},
    ],
)
def test_what_is_closed_or_waits_or_has_no_phone_is_not_called(fields: dict[str, Any]) -> None:
    assert called(structure("a", **fields)) == []


def test_what_opens_again_and_a_day_that_nobody_understands_do_not_prevent_a_call() -> None:
    assert called(
        structure("again", "01 40 00 00 01", fermetures_temporaires="2026-11-20/2026-11-26"),
        structure("soon", "01 40 00 00 02", rappeler_le="bientôt"),
    ) == ["again", "soon"]


def test_a_day_to_call_back_that_has_come_is_first_whenever_the_structure_was_confirmed() -> None:
    assert called(
        structure("never", "01 40 00 00 01"),
        structure("today", "01 40 00 00 02", rappeler_le="2026-11-27", date_maj="2026-11-20"),
        structure("late", "01 40 00 00 03", rappeler_le="2026-11-25"),
    ) == ["late", "today", "never"]


def test_structures_with_one_number_follow_each_other() -> None:
    assert called(
        structure("old", "01 40 00 00 01", date_maj="2020-01-01"),
        structure("other", "01 40 00 00 02", date_maj="2021-01-01"),
        structure("same", "+33 1 40 00 00 01", date_maj="2022-01-01"),
    ) == ["old", "same", "other"]


def test_a_number_shared_by_way_of_another_structure_keeps_them_together() -> None:
    first, apart, both = (
        structure("first", "01 40 00 00 01"),
        structure("apart", "01 40 00 00 09"),
        structure("both", telephones=["01 40 00 00 01", "01 40 00 00 02"]),
    )
    last = structure("last", "01 40 00 00 02")
    assert together([first, apart, both, last]) == [first, both, last, apart]


def test_six_digits_are_another_number_in_another_territory() -> None:
    one = structure("one", "41 12 34", code_postal="97500")
    other = structure("other", "41 12 34", code_postal="98800")
    closed = structure("closed", "41 12 34", code_postal="97500", statut="fermé")
    same = structure("same", "41 12 34", code_postal="97500")
    assert sharing(one, [one, other, closed, same]) == [same]


@given(st.lists(st.integers(0, 5), max_size=12))
def test_each_number_is_called_once_in_the_order_of_the_first_that_has_it(phones: list[int]) -> None:
    places = [structure(str(place), f"01 40 00 00 0{one}") for place, one in enumerate(phones)]
    ordered = together(places)
    assert sorted(map(id, ordered)) == sorted(map(id, places))
    calls = [number for number, _group in groupby(ordered, key=lambda one: one.telephones)]
    assert calls == list(dict.fromkeys(one.telephones for one in places))
    for number in calls:
        having = [int(one.id) for one in ordered if one.telephones == number]
        assert having == sorted(having)
