from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from epncli.rules import horaires
from epncli.rules.fermetures import Interval
from epncli.rules.hours.temporary import with_closings, without_closings

SUMMER = Interval("2026-07-20", "2026-08-24", "congés d'été")
WORKS = Interval("2026-11-02", "")
HOURS = "Mo-Fr 09:00-18:00"


@pytest.mark.parametrize(
    ("hours", "intervals", "expected"),
    [
        (HOURS, [], HOURS),
        (HOURS, [SUMMER], f'{HOURS}; 2026 Jul 20-2026 Aug 24 off "congés d\'été"'),
        (
            HOURS,
            [WORKS, SUMMER],
            f'{HOURS}; 2026 Jul 20-2026 Aug 24 off "congés d\'été"; 2026 Nov 02+ off',
        ),
        (HOURS, [Interval("2026-07-14", "2026-07-14")], f"{HOURS}; 2026 Jul 14 off"),
        ("", [WORKS], "24/7 unknown; 2026 Nov 02+ off"),
        ("lundi 9h-12h", [WORKS], "Mo 09:00-12:00; 2026 Nov 02+ off"),
        ("sur demande ?", [WORKS], "sur demande ?"),
        (HOURS, [WORKS._replace(reason='"a" b')], f'{HOURS}; 2026 Nov 02+ off "a b"'),
    ],
)
def test_intervals_follow_the_hours(hours: str, intervals: list[Interval], expected: str) -> None:
    assert with_closings(hours, intervals) == expected


@pytest.mark.parametrize(
    "hours",
    [HOURS, "24/7", "", 'Mo-Fr 09:00-12:00 || unknown "sur rendez-vous"', "Jul-Aug off; Mo 09:00-12:00"],
)
@given(
    start=st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 1, 1)),
    length=st.integers(0, 400),
    open_end=st.booleans(),
    later=st.integers(0, 400),
    reason=st.sampled_from(("", "congés d'été", "a; b", "|| 24/7", "\\")),
)
def test_another_program_reads_that_the_place_is_closed_on_these_days(
    hours: str, start: datetime.date, length: int, open_end: bool, later: int, reason: str
) -> None:
    end = start + datetime.timedelta(length)
    interval = Interval(start.isoformat(), "" if open_end else end.isoformat(), reason)
    written = with_closings(hours, [interval])
    assert horaires.validate(written).value == written
    assert without_closings(written, [interval]) == hours.replace("24/7 unknown", "")

    noon = datetime.time(10, 30)
    day = datetime.datetime.combine(start + datetime.timedelta(later), noon)
    state = OpeningHours(written).state(day)[0]
    if interval.has(day.date().isoformat()):
        assert state == State.CLOSED
    else:
        before = OpeningHours(hours or "24/7 unknown").state(day)[0]
        assert state == before
