"""Writes opening hours in OpenStreetMap's notation.

Source: OpenStreetMap wiki, Key:opening_hours/specification.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from epncli.rules.hours.table import ALL_DAY, ALL_YEAR, Date, Day, Hours, Opening, Period, groups, runs

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write(hours: Hours) -> str:
    """`Mo-Fr 09:00-12:00; Aug off || unknown "sur rendez-vous"`."""
    rules = []
    for period, week in hours.weeks:
        for days, opening in groups(week):
            if period == ALL_YEAR and len(days) == 7 and opening == Opening((ALL_DAY,)):
                rules.append("24/7")
            else:
                rules.append(" ".join(filter(None, (_period(period), _days(days), _opening(opening)))))
    rules += [f"{_period(period)} off" for period in hours.closed]
    text = "; ".join(rules)
    # Some readers take a comment alone for "always open"; by the specification it is `unknown` already.
    comment = f'unknown "{hours.otherwise}"' if hours.otherwise else ""
    return " || ".join(filter(None, (text, comment)))


def _period(period: Period) -> str:
    """`Jul-Aug`, `Jul 01-Aug 15`, `SH`; "" for the whole year."""
    return period.holidays or ",".join(_dates(first, last) for first, last in period.dates)


def _days(days: Sequence[Day]) -> str:
    if nth := days[0].nth:
        return ",".join(f"{WEEKDAYS[day.weekday]}[{','.join(map(str, nth))}]" for day in days)
    parts = []
    for first, last in runs(day.weekday for day in days):
        if last - first == 1:
            parts += [WEEKDAYS[first], WEEKDAYS[last]]
        else:
            parts.append(WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}")
    return ",".join(parts)


def _opening(opening: Opening) -> str:
    times = ",".join(f"{_time(start)}-{_time(end)}" for start, end in opening.spans)
    if opening.comment:
        return f'{times or "unknown"} "{opening.comment}"'
    return times or "off"


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _dates(first: Date, last: Date) -> str:
    one, other = _date(first), _date(last)
    return one if one == other else f"{one}-{other}"


def _date(date: Date) -> str:
    return f"{MONTHS[date.month - 1]} {date.day:02}" if date.day else MONTHS[date.month - 1]
