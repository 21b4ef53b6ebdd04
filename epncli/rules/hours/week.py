"""A week of opening hours in minutes: the hours that are the same in every week, and no others."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from epncli.rules.hours import osm_reader
from epncli.rules.hours.table import ALL_YEAR, MIDNIGHT, Period, Span

_HOLIDAYS = Period(holidays="PH")


class SimpleWeek(NamedTuple):
    """When a place is open, the same in every week."""

    spans: tuple[Span, ...]
    """In minutes after midnight between Sunday and Monday, in order."""
    closed_on_holidays: bool
    """True for `PH off`. Without it, nothing is said about public holidays."""


@lru_cache(maxsize=4096)
def simple_week(hours: str) -> SimpleWeek | None:
    """The week of hours in OpenStreetMap's notation; None if they depend on anything but the day of the week.

    That is: months, dates, the first Monday of the month, school holidays, comments, such as `by
    appointment`, and all that `osm_reader.read` cannot represent.
    """
    table = osm_reader.read(hours)
    if table is None or table.otherwise or not set(table.closed) <= {_HOLIDAYS}:
        return None
    if len(table.weeks) != 1 or table.weeks[0][0] != ALL_YEAR:
        return None
    week = table.weeks[0][1]
    if any(day.nth or opening.comment for day, opening in week.items()):
        return None
    spans = [
        Span(day.weekday * MIDNIGHT + span.start, day.weekday * MIDNIGHT + span.end)
        for day, opening in sorted(week.items())
        for span in opening.spans
    ]
    return SimpleWeek(tuple(spans), _HOLIDAYS in table.closed)
