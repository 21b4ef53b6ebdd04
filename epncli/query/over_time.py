"""How many structures were open, closed and confirmed over time, from the dates in their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from epncli.model.structure import Structure
from epncli.query.statistics import Count, Counts, last_confirmed
from epncli.rules import dates


class Period(StrEnum):
    """What is counted together."""

    MONTH = "month"
    YEAR = "year"


UNKNOWN = ""
"""The period of a date that is missing, or does not say the month."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Counts by period (`2026` or `2026-11`), from the first date of any record to today, without gaps."""

    open: Counts
    """Structures that had not closed at the end of the period. When a place opened is not in its record."""
    closed: Counts
    """Structures that closed in the period; UNKNOWN comes last."""
    confirmed: Counts
    """Structures that were last confirmed in the period; UNKNOWN, for never, comes last."""


def over_time(structures: Sequence[Structure], today: str, period: Period) -> OverTime:
    """The structures over time. `today` is ISO 8601."""
    closings = [_closed_on(one, today) for one in structures if one.is_closed]
    confirmations = [(last_confirmed(one, today), one.is_closed) for one in structures]
    known = [*closings, *(day for day, _closed in confirmations)]
    periods = list(_periods((day for day in known if day), today, period))
    closed = Counter(_period(day, period) for day in closings)
    confirmed = Counter((_period(day, period), is_closed) for day, is_closed in confirmations)
    ends = [(name, len(structures) - sum(_has_closed(day, name) for day in closings)) for name in periods]
    return OverTime(
        {name: Count(open=count) for name, count in ends},
        {name: Count(closed=closed[name]) for name in _with_unknown(periods, closed)},
        {
            name: Count(confirmed[name, False], confirmed[name, True])
            for name in _with_unknown(periods, [name for name, _closed in confirmed])
        },
    )


def _closed_on(structure: Structure, today: str) -> str:
    """The closing date, perhaps a month or a year; "" if it is missing or invalid."""
    result = dates.validate(structure.date_fermeture, today=today, partial=True, future=True)
    return "" if result.refused else result.value


def _has_closed(day: str, name: str) -> bool:
    """True if a structure that closed on a day had closed at the end of a period.

    Without a day, it had always closed; without a month, it is taken to close at the end of the year.
    """
    shortest = min(len(day), len(name))
    if day[:shortest] != name[:shortest]:
        return day < name
    return len(day) != len("2014") or name in (day, f"{day}-12")


def _period(day: str, period: Period) -> str:
    length = 4 if period is Period.YEAR else 7
    return day[:length] if len(day) >= length else UNKNOWN


def _periods(days: Iterable[str], today: str, period: Period) -> Iterator[str]:
    """All periods from that of the first of the days to that of today."""
    first = min((*days, today))
    year, month = int(first[:4]), int(first[5:7] or 1)
    last = _period(today, period)
    while True:
        name = f"{year:04}" if period is Period.YEAR else f"{year:04}-{month:02}"
        if name > last:
            return
        yield name
        year, month = (year, month + 1) if period is Period.MONTH and month < 12 else (year + 1, 1)


def _with_unknown(periods: list[str], found: Iterable[str]) -> list[str]:
    return [*periods, UNKNOWN] if UNKNOWN in found else periods
