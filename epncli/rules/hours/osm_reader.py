"""Reads opening hours in OpenStreetMap's notation, as far as a table of `Hours` can represent them.

Source: OpenStreetMap wiki, Key:opening_hours/specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from epncli.rules.hours.osm_writer import MONTHS, WEEKDAYS
from epncli.rules.hours.table import (
    ALL_DAY,
    ALL_YEAR,
    CLOSED,
    EVERY_DAY,
    Date,
    Day,
    Hours,
    Opening,
    Period,
    Span,
    Week,
    overlap,
)

_DAY: Final = rf"(?:{'|'.join(WEEKDAYS)})"
_NTH: Final = r"(?:[1-5]-[1-5]|-?[1-5])"
_DAYS: Final = rf"{_DAY}(?:-{_DAY}|\[{_NTH}(?:,{_NTH})*\])?"
_MONTH: Final = rf"(?:{'|'.join(MONTHS)})"
_DATE: Final = rf"{_MONTH}(?: [0-9]{{1,2}})?"
_DATES: Final = rf"{_DATE}(?: ?- ?(?:{_DATE}|[0-9]{{1,2}}))?"
_SPAN: Final = r"[0-9]{1,2}:[0-9]{2} ?- ?[0-9]{1,2}:[0-9]{2}"
_RULE: Final = re.compile(
    rf"(?:(?P<holidays>PH|SH|PH,SH|SH,PH)|(?P<dates>{_DATES}(?:,{_DATES}){{0,11}}))?:? ?"
    rf"(?P<days>{_DAYS}(?:,{_DAYS}){{0,6}})? ?"
    rf"(?P<times>24/7|off|closed|unknown|{_SPAN}(?:, ?{_SPAN}){{0,9}})?"
    r' ?(?:"(?P<comment>[^"]{1,200})")?'
)
_COMMENT: Final = re.compile(r' ?(?:unknown )?"([^"]{1,200})"')
"""A comment on all times; `unknown` may be left out."""


class Rule(NamedTuple):
    """A rule of the notation: the opening of a place on some days of a period."""

    period: Period
    days: tuple[Day, ...]
    opening: Opening
    text: str

    @property
    def closes_a_period(self) -> bool:
        """True for `Aug off`, `PH off`."""
        return self.opening == CLOSED and self.days == EVERY_DAY and self.period != ALL_YEAR


def read(text: str) -> Hours | None:
    """The opening hours that a text in the notation means; None if `Hours` cannot represent them."""
    times, bar, otherwise = text.partition("||")
    comment = _COMMENT.fullmatch(otherwise if bar else text)
    if comment and not bar:
        return Hours(otherwise=comment[1])
    found = rules(times)
    if found is None or (bar and not comment):
        return None
    return _table(found, comment[1] if comment else "")


def rules(text: str) -> list[Rule] | None:
    """The rules of a text, in order; None if `Hours` cannot represent one of them."""
    if text.count('"') % 2 or any(";" in comment for comment in text.split('"')[1::2]):
        return None
    found: list[Rule] = []
    for part in text.split(";"):
        rule = _RULE.fullmatch(" ".join(part.split()))
        if rule is None or (rule["times"] is None and rule["comment"] is None):
            return None
        read = _rule(rule)
        if not read:
            return None
        found += read
    return found


def _rule(found: re.Match[str]) -> list[Rule]:
    """A rule for each kind of holidays, else one rule; none if `Hours` cannot represent it."""
    opening = _opening(found["times"] or "", found["comment"] or "")
    days = _days(found["days"] or "Mo-Su")
    if opening is None or days is None:
        return []
    if found["holidays"]:
        if opening != CLOSED or found["days"]:
            return []
        return [Rule(Period(holidays=name), days, opening, found[0]) for name in found["holidays"].split(",")]
    dates = _dates(found["dates"] or "")
    return [] if dates is None else [Rule(Period(dates), days, opening, found[0])]


def _opening(times: str, comment: str) -> Opening | None:
    if times in ("off", "closed"):
        return None if comment else CLOSED
    if times == "24/7":
        return Opening((ALL_DAY,), comment)
    if times in ("", "unknown"):
        return Opening((), comment) if comment else None
    spans = []
    for part in filter(None, times.split(",")):
        start, end = map(_minutes, part.split("-"))
        spans.append(Span(start, end))
    if not all(span.is_plausible for span in spans) or overlap(spans) or spans != sorted(spans):
        return None
    return Opening(tuple(spans), comment)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _days(text: str) -> tuple[Day, ...] | None:
    found: list[Day] = []
    for part in re.split(r",(?![-0-9])", text):
        first = WEEKDAYS.index(part[:2])
        if part[2:3] == "[":
            day = Day.of_the_month(first, _nth(part[3:-1]))
            if not day.nth:
                return None
            found.append(day)
        else:
            last = WEEKDAYS.index(part[3:]) if part[2:] else first
            found += [Day((first + step) % 7) for step in range((last - first) % 7 + 1)]
    if any(one.may_coincide(other) for one, other in combinations(found, 2)):
        return None
    return tuple(sorted(found))


def _nth(text: str) -> Iterator[int]:
    """The numbers in `1,3`, `1-2`, `-1`; of `3-1`, none."""
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first and dash:
            yield from range(int(first), int(last) + 1)
        else:
            yield int(part)


def _dates(text: str) -> tuple[tuple[Date, Date], ...] | None:
    ranges = []
    for part in filter(None, text.split(",")):
        first, _dash, last = part.partition("-")
        one = _date(first)
        other = _date(last, one.month) if last else one
        if bool(one.day) != bool(other.day) or not (one.exists and other.exists):
            return None
        ranges.append((one, other))
    return tuple(ranges)


def _date(text: str, month: int = 0) -> Date:
    """`Jul`, `Jul 01`, or the number alone of a day in this month."""
    name, _blank, day = text.strip().partition(" ")
    if name.isdigit():
        return Date(month, int(name))
    return Date(MONTHS.index(name) + 1, int(day or 0)) if day != "0" else Date(0)


def _table(found: Sequence[Rule], otherwise: str) -> Hours | None:
    """The week of each period; a rule replaces those before it on the days that it names."""
    parts = split(found)
    if parts is None:
        return None
    weekly, closed = parts
    weeks: dict[Period, dict[Day, Opening]] = {}
    for rule in weekly:
        week = weeks.setdefault(rule.period, dict(weeks.get(ALL_YEAR, {})))
        for day in rule.days:
            if any(other != day and other.may_coincide(day) for other in week):
                return None
            week[day] = rule.opening
    return None if have_days_in_common(weeks) else Hours(tuple(weeks.items()), closed, otherwise)


def split(found: Sequence[Rule]) -> tuple[list[Rule], tuple[Period, ...]] | None:
    """The rules of weeks, and the periods that other rules close; None if they are not in this order.

    The order is: the rules for the whole year, those for other periods, those that close a period. In
    another order, a rule may override one for another period.
    """
    closed = [rule for rule in found if rule.closes_a_period]
    whole_year = [rule for rule in found if rule.period == ALL_YEAR]
    others = [rule for rule in found if rule not in closed and rule not in whole_year]
    if [*whole_year, *others, *closed] != list(found):
        return None
    return [*whole_year, *others], tuple(dict.fromkeys(rule.period for rule in closed))


def have_days_in_common(weeks: Mapping[Period, Week]) -> bool:
    """True if two periods of the year have, or may have, a date in common."""
    dates = [period.days for period in weeks if period != ALL_YEAR]
    some_of_the_month = any(day.nth for week in weeks.values() for day in week)
    in_all = frozenset[tuple[int, int]]().union(*dates)
    return sum(map(len, dates)) > len(in_all) or (bool(dates) and some_of_the_month)
