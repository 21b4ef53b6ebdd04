"""Intervals in which a place is closed for a time, in its opening hours in OpenStreetMap's notation.

Source: OpenStreetMap wiki, Key:opening_hours/specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from epncli.rules import horaires
from epncli.rules.fermetures import Interval
from epncli.rules.hours.osm_writer import MONTHS

_UNKNOWN_HOURS: Final = "24/7 unknown"
"""Without other rules, `off` would mean that the place is never open."""
_NOT_IN_A_COMMENT: Final = re.compile(r'[\x00-\x1f"\x7f-\x9f]')


def with_closings(hours: str, intervals: Iterable[Interval]) -> str:
    """`Mo-Fr 09:00-18:00; 2026 Jul 20-2026 Aug 24 off "congés d'été"`.

    The hours are unchanged if there are no intervals, or if they are not valid.
    """
    closed = [_closed(one) for one in sorted(intervals)]
    if not closed or (result := horaires.validate(hours)).refused:
        return hours
    return "; ".join((result.value or _UNKNOWN_HOURS, *closed))


def without_closings(hours: str, intervals: Iterable[Interval]) -> str:
    """The hours without what `with_closings` has added for these intervals."""
    for one in intervals:
        hours = hours.replace(f"; {_closed(one)}", "")
    return "" if hours == _UNKNOWN_HOURS else hours


def _closed(interval: Interval) -> str:
    start, end = _day(interval.start), _day(interval.last)
    days = f"{start}+" if not interval.end else start if start == end else f"{start}-{end}"
    reason = _NOT_IN_A_COMMENT.sub("", interval.reason).strip()
    return f'{days} off "{reason}"' if reason else f"{days} off"


def _day(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year} {MONTHS[int(month) - 1]} {day}"
