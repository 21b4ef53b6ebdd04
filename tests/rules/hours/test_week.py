from __future__ import annotations

import pytest

from epncli.rules.hours.table import Span
from epncli.rules.hours.week import SimpleWeek, simple_week

DAY = 24 * 60


@pytest.mark.parametrize(
    ("hours", "spans", "closed_on_holidays"),
    [
        (
            "Mo-Tu 09:00-12:00,14:00-18:00",
            [(540, 720), (840, 1080), (DAY + 540, DAY + 720), (DAY + 840, DAY + 1080)],
            False,
        ),
        ("Su 10:00-12:00; PH off", [(6 * DAY + 600, 6 * DAY + 720)], True),
        ("Mo-We 09:00-12:00; Tu off", [(540, 720), (2 * DAY + 540, 2 * DAY + 720)], False),
        ("24/7", [(day * DAY, (day + 1) * DAY) for day in range(7)], False),
        ("PH off", None, None),
        ("off", [], False),
    ],
)
def test_a_week_is_its_spans_in_minutes(
    hours: str, spans: list[tuple[int, int]] | None, closed_on_holidays: bool
) -> None:
    expected = None if spans is None else SimpleWeek(tuple(Span(*one) for one in spans), closed_on_holidays)
    assert simple_week(hours) == expected


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "Jul-Aug: Mo-Fr 09:00-12:00",
        "Mo-Fr 09:00-12:00; Aug off",
        "Mo-Fr 09:00-12:00; Dec 25 off",
        "Mo-Fr 09:00-12:00; SH off",
        "Mo-Fr 09:00-12:00; PH,SH off",
        "Mo-Fr 09:00-12:00; PH 10:00-12:00",
        "Mo[1] 09:00-12:00",
        'Mo-Fr 09:00-12:00 "sur rendez-vous"',
        '"sur rendez-vous"',
        'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
        "week 1-53/2 Mo 09:00-12:00",
        "Mo sunrise-sunset",
        "Mo 22:00-02:00",
        "9h-12h",
    ],
)
def test_hours_that_are_not_the_same_every_week_have_no_answer(hours: str) -> None:
    assert simple_week(hours) is None
