"""Combines what the sentences of opening hours say of each day into one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from epncli.rules.hours.table import ALL_YEAR, CLOSED, Day, Hours, Opening, Period, Span
from epncli.rules.hours.times import in_day_part, outside_day_part
from epncli.rules.hours.tokens import SAME_DAY_TWICE, NotUnderstood, Token


class Statement(NamedTuple):
    """A sentence: on these days of a period, a place is open at these times."""

    start: Token
    period: Period
    days: tuple[Day, ...]
    spans: tuple[Span, ...]
    is_range: bool
    """True if the days are a range, from which a later sentence may take one."""
    day_part: str
    """The part of the day that is named, "" if none is."""
    comment: str


class Closure(NamedTuple):
    """A sentence: a place is closed on these days of a period; without days, in the whole period."""

    start: Token
    period: Period = ALL_YEAR
    days: tuple[Day, ...] = ()
    day_part: str = ""
    """The part of the day that is named, "" if none is."""
    is_exception: bool = False
    """True after `sauf`: the days are left out of the table instead of being closed."""


_Week = dict[Day, Opening]
_Sources = dict[tuple[Period, Day], Statement]
"""The last statement about each day."""


def combined(statements: Sequence[Statement], closures: Sequence[Closure], otherwise: str) -> Hours:
    """The opening hours that all sentences together state; NotUnderstood if two disagree on a day."""
    weeks: dict[Period, _Week] = {}
    sources: _Sources = {}
    for statement in statements:
        if not _open(statement, weeks.setdefault(statement.period, {}), sources):
            raise NotUnderstood(statement.start, SAME_DAY_TWICE)
    closed: dict[Period, None] = {}
    for closure in closures:
        if not closure.days:
            closed[closure.period] = None
        elif not _close(closure, weeks.setdefault(closure.period, {}), sources):
            raise NotUnderstood(closure.start, SAME_DAY_TWICE)
    _require_separate_periods(weeks, (*statements, *closures))
    year_first = sorted(weeks.items(), key=lambda item: item[0] != ALL_YEAR)
    return Hours(tuple(year_first), tuple(sorted(closed, key=lambda period: period.holidays)), otherwise)


def _open(statement: Statement, week: _Week, sources: _Sources) -> bool:
    """Enter a statement in the table; False if it disagrees with one before."""
    for day in statement.days:
        if any(day.may_coincide(other) for other in week if other != day):
            return False
        opening = Opening(statement.spans, statement.comment)
        if day in week:
            joined = week[day].joined(opening)
            if joined is None or not _adds_times(statement, sources[statement.period, day], week[day]):
                return False
            opening = joined
        week[day] = opening
        sources[statement.period, day] = statement
    return True


def _adds_times(statement: Statement, before: Statement, opening: Opening) -> bool:
    """True if a second statement about a day adds times to the first and cannot replace it."""
    if set(before.days) == set(statement.days):
        return True
    if not statement.day_part and not before.day_part:
        return False
    return not (_any_in(opening.spans, statement.day_part) or _any_in(statement.spans, before.day_part))


def _any_in(spans: Iterable[Span], day_part: str) -> bool:
    return bool(day_part) and any(in_day_part((span,), day_part) for span in spans)


def _close(closure: Closure, week: _Week, sources: _Sources) -> bool:
    """Enter a closure in the table; False if it disagrees with a statement."""
    for day in closure.days:
        before = week.get(day)
        if before is None:
            if closure.day_part or closure.is_exception or any(day.may_coincide(other) for other in week):
                return False
            week[day] = CLOSED
            continue
        source = sources.get((closure.period, day))
        left = outside_day_part(before.spans, closure.day_part) if closure.day_part else ()
        if left is None or (left != before.spans and (source is None or not source.is_range)):
            return False
        if closure.is_exception and not left:
            del week[day]
        else:
            week[day] = Opening(left, before.comment if left else "")
    return True


def _require_separate_periods(weeks: dict[Period, _Week], sentences: Iterable[Statement | Closure]) -> None:
    """Raise NotUnderstood if a period overlaps another, or may replace only a part of the usual week."""
    if len(weeks) < 2:
        return
    starts = {sentence.period: sentence.start for sentence in reversed(tuple(sentences))}
    taken: set[tuple[int, int]] = set()
    open_all_year = {day for day, opening in weeks.get(ALL_YEAR, {}).items() if opening != CLOSED}
    for period, week in weeks.items():
        is_open = any(opening.spans for opening in week.values())
        leaves_days_out = bool(open_all_year - set(week))
        if not is_open or leaves_days_out or taken & period.days or any(day.nth for day in week):
            raise NotUnderstood(starts[period], SAME_DAY_TWICE)
        taken |= period.days
