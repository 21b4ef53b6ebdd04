"""Intervals in which a place is closed for a time: `2026-07-20/2026-08-24 congés d'été`, `2026-11-02/..`.

An interval is its first and its last day, with a slash between; `..` is an end that is not known yet. The
reason may follow after a space. Source: ISO 8601-1:2019 (5.5.2), ISO 8601-2:2019 (4.3, open intervals).
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from epncli.folding import fold
from epncli.i18n import _
from epncli.model.structure import Texts
from epncli.problems import Problem, error
from epncli.rules import dates, texte
from epncli.rules.result import RuleResult, accepted, refused

OPEN_END: Final = ".."
_END_OF_TIME: Final = "9999-12-31"


class Interval(NamedTuple):
    """The days on which a place is closed, both included, in ISO 8601."""

    start: str
    end: str
    """"" if the end is not known yet."""
    reason: str = ""

    def __str__(self) -> str:
        """The interval in its normal form."""
        days = f"{self.start}/{self.end or OPEN_END}"
        return f"{days} {self.reason}" if self.reason else days

    def has(self, day: str) -> bool:
        """True if the interval contains the day (ISO 8601)."""
        return self.start <= day <= self.last

    @property
    def last(self) -> str:
        """The last day, for comparisons: an open end is later than any other day."""
        return self.end or _END_OF_TIME


# What people type, without the reason. The lengths are limited, since a text is searched for them.
_MONTH_NAME: Final = r"[^\W\d_]{3,9}"
_ISO: Final = r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?"
_DAY: Final = "[0-9]{1,2}(?:er|st|nd|rd|th)?"
_DATE: Final = (
    rf"(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{4}}|{_ISO}|(?:{_DAY} )?{_MONTH_NAME}\.? [0-9]{{4}})"
)
_WITHOUT_YEAR: Final = rf"(?:{_DAY} {_MONTH_NAME}\.?|[0-9]{{1,2}}[/.][0-9]{{1,2}}|[0-9]{{1,2}}(?:er)?)"
_DATE_ENDS: Final = r"(?![/.-]?\w)"
_NORMAL: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2}|\.\.)(?: (.*))?")
_ISO_RANGE: Final = re.compile(rf"\b(?P<start>{_ISO}) ?/ ?(?P<end>{_ISO}){_DATE_ENDS}")
_RANGE: Final = re.compile(
    rf"\b(?:(?:du|de|from|entre le|entre) )?(?P<start>{_DATE}|{_WITHOUT_YEAR})"
    rf"(?: ?[–—-] ?| (?:jusqu['’]au|jusqu['’]à|au|à|et le|et|to|until) )(?P<end>{_DATE}){_DATE_ENDS}",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    rf"\b(?:(?:à partir d[ue]|à compter d[ue]|depuis le|depuis|dès le|dès|from|since) (?P<since>{_DATE})"
    rf"{_DATE_ENDS}|(?P<start>{_ISO})/(?:\.\.)?(?!\S))",
    re.IGNORECASE,
)
_ONE_DAY: Final = re.compile(rf"\b(?:le|on) (?P<start>{_DATE}){_DATE_ENDS}", re.IGNORECASE)
_PATTERNS: Final = (_ISO_RANGE, _RANGE, _OPEN, _ONE_DAY)
_MEANS_CLOSED: Final = frozenset(("ferme", "fermee", "fermes", "fermees", "fermeture", "closed"))
_BEFORE_A_REASON: Final = re.compile(r"(?:pour|for) ", re.IGNORECASE)
_LONGEST: Final = 300


def validate(text: str) -> RuleResult:
    """Validate an interval. Its normal form is `2026-07-20/2026-08-24 congés d'été`; see `Interval`.

    Accepted, as people type them: `du 20 juillet au 24 août 2026 (congés)`, `20/07/2026 - 24/08/2026`, `à
    partir du 2 novembre 2026 : travaux`, months for their first and last day. Refused: an end before its
    start, what is not a date, two intervals in one text, and `|`, which separates the items of a list.
    """
    words = " ".join(text.split())
    if not words:
        return accepted("")
    if problem := texte.unwritable(words):
        return refused(text, problem)
    interval = _read(words[:_LONGEST]) if len(words) <= _LONGEST else _not_understood(words)
    if isinstance(interval, Problem):
        return refused(text, interval)
    if problem := _wrong(words, interval):
        return refused(text, problem)
    reason = texte.validate(interval.reason)
    value = str(interval._replace(reason=reason.value))
    return accepted(
        value, problems=tuple(one if one.fix is None else one._replace(fix=value) for one in reason.problems)
    )


@lru_cache(maxsize=4096)
def parse(text: str) -> Interval | None:
    """The interval in a text, None if `validate` refuses it."""
    result = validate(text)
    found = None if result.refused else _NORMAL.fullmatch(result.value)
    return _interval_of(found) if found else None


def intervals(texts: Iterable[str]) -> list[Interval]:
    """The intervals in the texts that are valid."""
    return [interval for text in texts if (interval := parse(text))]


def closed_on(texts: Iterable[str], day: str) -> Interval | None:
    """The interval in which a place is closed on a day, None if it is not. `day` is ISO 8601.

    Intervals that overlap, or follow each other without a day between, are one; the reason is that of the
    interval that contains the day.
    """
    found = intervals(texts)
    running = [one for one in found if one.has(day)]
    if not running:
        return None
    start = min(one.start for one in running)
    end = max(running, key=lambda one: one.last).end
    while end and (later := [one for one in found if one.start <= _after(end) and one.last > end]):
        end = max(later, key=lambda one: one.last).end
    return Interval(start, end, next((one.reason for one in running if one.reason), ""))


def with_interval(texts: Texts, added: Interval) -> Texts:
    """The intervals with one more, which replaces one that starts on the same day.

    If the new one has no end or no reason, that of the replaced one stays.
    """
    for place, text in enumerate(texts):
        known = parse(text)
        if known and known.start == added.start:
            joined = Interval(known.start, added.end or known.end, added.reason or known.reason)
            return (*texts[:place], str(joined), *texts[place + 1 :])
    return (*texts, str(added))


def ended(texts: Texts, day: str) -> Texts:
    """The intervals, of which those that contain the day end on the day before. `day` is ISO 8601.

    An interval that starts on that day is dropped.
    """
    result = []
    for text in texts:
        known = parse(text)
        if known is None or not known.has(day):
            result.append(text)
        elif known.start < day:
            result.append(str(known._replace(end=_shifted(day, -1))))
    return tuple(result)


def _read(words: str) -> Interval | Problem:
    """The interval in a text, or the problem that prevents it from being read."""
    if found := _NORMAL.fullmatch(words):
        interval = _interval_of(found)
        for day in filter(None, (interval.start, interval.end)):
            bound = _bound(day)
            if isinstance(bound, Problem):
                return bound
        return interval
    found = next((found for pattern in _PATTERNS if (found := pattern.search(words))), None)
    reason = None if found is None else _reason(words[: found.start()], words[found.end() :])
    if found is None or reason is None:
        return _not_understood(words)
    named = found.groupdict()
    end: str | Problem
    if "end" in named:
        end = _bound(named["end"], last=True)
        start = end if isinstance(end, Problem) else _start(named["start"], end)
    else:
        start = _bound(named["start"] or named["since"])
        end = "" if found.re is _OPEN else start
    if isinstance(start, Problem):
        return start
    return end if isinstance(end, Problem) else Interval(start, end, reason)


def _interval_of(found: re.Match[str]) -> Interval:
    start, end, reason = found.groups(default="")
    return Interval(start, "" if end == OPEN_END else end, reason)


def _start(written: str, end: str) -> str | Problem:
    """The first day, whose year, or month and year, may be those of the last day."""
    if re.fullmatch(_DATE, written):
        return _bound(written)
    if bare := re.fullmatch("([0-9]{1,2})(?:er)?", written):
        return _bound(f"{end[:7]}-{bare[1]}")
    separator = next((sign for sign in "/." if sign in written[:-1]), " ")
    start = _bound(f"{written}{separator}{end[:4]}")
    if isinstance(start, Problem) or start <= end:
        return start
    return _bound(f"{written}{separator}{int(end[:4]) - 1}")  # du 20 décembre au 3 janvier 2027


def _bound(written: str, *, last: bool = False) -> str | Problem:
    """A day in ISO 8601; for a month, its first day, or its `last` one."""
    result = dates.validate(written, today="", partial=True, future=True)
    if len(result.value) == len("2026"):
        result = dates.validate(written, today="", future=True)
    if result.refused:
        return result.problems[0]
    if len(date := result.value) == len("2026-07"):
        day = monthrange(int(date[:4]), int(date[5:]))[1] if last else 1
        return f"{date}-{day:02}"
    return date


def _reason(before: str, after: str) -> str | None:
    """The reason, which stands before or after the interval; None if both texts may be the reason."""
    parts = [part.strip(" :,;.–—-") for part in (before, after)]
    parts = [part[1:-1].strip() if part[:1] + part[-1:] == "()" else part for part in parts]
    parts = [_BEFORE_A_REASON.sub("", part, count=1) for part in parts if fold(part) not in _MEANS_CLOSED]
    parts = [part for part in parts if part]
    return None if len(parts) > 1 else parts[0] if parts else ""


def _wrong(words: str, interval: Interval) -> Problem | None:
    """The error in an interval that is read; None if there is none."""
    shown = texte.quoted(words)
    if interval.end and interval.end < interval.start:
        return error(
            _("‘{value}’: the end is before the start").format(value=shown), _("correct one of the days")
        )
    if "|" in interval.reason:
        return error(
            _("‘{value}’: the reason contains |, which separates the values of a list").format(value=shown),
            _("remove it"),
        )
    if any(pattern.search(interval.reason) for pattern in _PATTERNS):
        return error(
            _("‘{value}’ contains several intervals").format(value=shown),
            _("write each one as a value of its own"),
        )
    return None


def _not_understood(words: str) -> Problem:
    return error(
        _("‘{value}’ is not an interval of two days").format(value=texte.quoted(words)),
        _("write it in the form 2026-07-20/2026-08-24, or 2026-11-02/.. without an end; a reason may follow"),
    )


def _after(day: str) -> str:
    return _shifted(day, 1) if day < _END_OF_TIME else day


def _shifted(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()
