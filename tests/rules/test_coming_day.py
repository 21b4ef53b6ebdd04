"""A day to come, as it is said on the phone."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.rules import coming_day

FRIDAY = "2026-11-27"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("demain", "2026-11-28"),
        ("Tomorrow", "2026-11-28"),
        ("lundi", "2026-11-30"),
        ("Friday", "2026-12-04"),
        ("3", "2026-11-30"),
        ("+10 jours", "2026-12-07"),
        ("2026-12-03", "2026-12-03"),
        ("3 décembre", "2026-12-03"),
        ("3/12", "2026-12-03"),
        ("5 janvier", "2027-01-05"),
        ("05/01", "2027-01-05"),
        ("le 1er mars", "2027-03-01"),
        ("3 décembre 2027", "2027-12-03"),
        ("29 février 2028", "2028-02-29"),
    ],
)
def test_a_day_to_come_is_understood(typed: str, day: str) -> None:
    result = coming_day.validate(typed, today=FRIDAY)
    assert (result.value, result.problems) == (day, ())


@pytest.mark.parametrize("typed", ["2026-11-27", "26/11/2026", "2026-11-26"])
def test_today_and_days_before_are_refused(typed: str) -> None:
    result = coming_day.validate(typed, today=FRIDAY)
    assert [one.message for one in result.problems] == [f"‘{typed}’ is not a day to come"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("bientôt", "‘bientôt’ is not a valid date"),
        ("décembre 2026", "‘décembre 2026’ is a month, not a day"),
        ("30 février", "‘30 février’ is not a valid date"),
        ("0", "‘0’ is not a valid date"),
    ],
)
def test_what_is_no_day_is_refused(typed: str, message: str) -> None:
    result = coming_day.validate(typed, today=FRIDAY)
    assert [one.message for one in result.problems] == [message]


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)), st.integers(1, 300))
def test_a_day_without_its_year_is_the_next_one(today: datetime.date, days: int) -> None:
    day = today + datetime.timedelta(days)
    for typed in (f"{day.day}/{day.month}", str(days), day.isoformat()):
        assert coming_day.validate(typed, today=today.isoformat()).value == day.isoformat()


@given(st.text(max_size=20))
def test_what_is_accepted_is_after_today(typed: str) -> None:
    result = coming_day.validate(typed, today=FRIDAY)
    assert result.refused or datetime.date.fromisoformat(result.value).isoformat() > FRIDAY
