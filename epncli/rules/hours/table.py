"""Opening hours as data: for each period of the year, for each day of the week, the times of opening.

A day has one entry in a period, so that no rule that is written from the table overrides another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

DAY_NAMES: Final = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""As they are published: Babel is not there at run time."""
TUESDAY: Final = 1
SATURDAY: Final = 5
SUNDAY: Final = 6
_MONTH_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MIDNIGHT: Final = 24 * 60
_EARLIEST_OPENING: Final = 5 * 60


class Day(NamedTuple):
    """A day of the week."""

    weekday: int
    """From 0 for Monday."""
    nth: tuple[int, ...] = ()
    """Which ones of the month, -1 for the last; () for all."""

    @classmethod
    def of_the_month(cls, weekday: int, nth: Iterable[int]) -> Day:
        """The first Monday of the month and the like: each number once, in order, the last at the end."""
        return cls(weekday, tuple(sorted(set(nth), key=lambda one: (one < 0, one))))

    def may_coincide(self, other: Day) -> bool:
        """True if a date may be both, such as a Monday and the first Monday of the month."""
        if self.weekday != other.weekday:
            return False
        if not self.nth or not other.nth:
            return True
        return bool(set(self.nth) & set(other.nth)) or min(self.nth + other.nth) < 0


EVERY_DAY: Final = tuple(map(Day, range(7)))


class Span(NamedTuple):
    """From when to when a place is open, in minutes after midnight."""

    start: int
    end: int

    @property
    def is_plausible(self) -> bool:
        """False before 5 a.m., since `2h-6h` probably means the afternoon, and past midnight.

        Past midnight, the rule of the next day would override the end of the span.
        """
        if self == ALL_DAY:
            return True
        return _EARLIEST_OPENING <= self.start < self.end <= MIDNIGHT


ALL_DAY: Final = Span(0, MIDNIGHT)


class Opening(NamedTuple):
    """When a place is open on a day.

    Without spans and without a comment it is closed. With a comment alone, `sur rendez-vous`, the times
    are not known.
    """

    spans: tuple[Span, ...] = ()
    """In order."""
    comment: str = ""

    def joined(self, other: Opening) -> Opening | None:
        """The spans of both; None if some overlap, or if one has a comment or is closed."""
        spans = tuple(sorted({*self.spans, *other.spans}))
        if self.comment or other.comment or not self.spans or not other.spans or overlap(spans):
            return None
        return Opening(spans)


CLOSED: Final = Opening()
Week = Mapping[Day, Opening]


class Date(NamedTuple):
    """A day of every year; `day` is 0 for a whole month."""

    month: int
    day: int = 0

    @property
    def exists(self) -> bool:
        """False for 30 February."""
        return 1 <= self.month <= 12 and 0 <= self.day <= _MONTH_LENGTHS[self.month - 1]


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the year; without dates and holidays, the whole year."""

    dates: tuple[tuple[Date, Date], ...] = ()
    """The first and the last of each range."""
    holidays: str = ""
    """`PH` for public holidays, `SH` for school holidays."""

    @property
    def days(self) -> frozenset[tuple[int, int]]:
        """The dates of a leap year, as month and day; none for holidays and for the whole year."""
        return frozenset(day for first, last in self.dates for day in _days_between(first, last))


ALL_YEAR: Final = Period()


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of a place."""

    weeks: tuple[tuple[Period, Week], ...] = ()
    """The whole year first; the other periods do not overlap, and each replaces its week."""
    closed: tuple[Period, ...] = ()
    """When the place is closed, whatever the weeks are."""
    otherwise: str = ""
    """The comment for all other times, such as `sur rendez-vous`."""


def groups(week: Week) -> list[tuple[tuple[Day, ...], Opening]]:
    """The days that have the same opening, grouped, from Monday on; the closed ones last."""
    found: dict[tuple[Opening, tuple[int, ...]], list[Day]] = {}
    for day in sorted(week):
        found.setdefault((week[day], day.nth), []).append(day)
    together = [(tuple(days), opening) for (opening, _nth), days in found.items()]
    return sorted(together, key=lambda group: (not group[1].spans and not group[1].comment, group[0][0]))


def runs(weekdays: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of consecutive weekdays."""
    first = last = -1
    for weekday in sorted(weekdays):
        if last >= 0 and weekday == last + 1:
            last = weekday
            continue
        if last >= 0:
            yield first, last
        first = last = weekday
    if last >= 0:
        yield first, last


def overlap(spans: Sequence[Span]) -> bool:
    """True where two of these have a minute in common."""
    return any(one.end > other.start for one, other in pairwise(sorted(spans)))


def _days_between(first: Date, last: Date) -> Iterator[tuple[int, int]]:
    month, day = first.month, first.day or 1
    end = last.month, last.day or _MONTH_LENGTHS[last.month - 1]
    for _step in range(366):
        yield month, day
        if (month, day) == end:
            return
        day += 1
        if day > _MONTH_LENGTHS[month - 1]:
            month, day = month % 12 + 1, 1
