"""Check of the intervals in which one structure is closed for a time, and those that are only history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from epncli.i18n import _
from epncli.model.structure import Structure, Texts
from epncli.problems import Problem, warning
from epncli.query.statistics import months_before
from epncli.rules import fermetures
from epncli.rules.dates import in_words

FIELD: Final = "fermetures_temporaires"
LONG: Final = 6
"""Number of months after which a place that is closed without an end has probably closed for good."""
KEPT: Final = 24
"""Number of months for which an interval is kept after its end."""


def check(structure: Structure, today: str) -> Iterator[Problem]:
    """Warnings about intervals that overlap, last too long or are long past. `today` is ISO 8601."""
    texts = structure.fermetures_temporaires
    known = [(at, one) for at, text in enumerate(texts) if (one := fermetures.parse(text))]
    longest = None
    for at, one in sorted(known, key=lambda pair: pair[1]):
        if longest and longest.has(one.start):
            message = _("‘{first}’ and ‘{second}’ overlap").format(first=longest, second=one)
            yield _at_item(at, warning(message, _("correct one of the intervals, or join them")))
        longest = max(longest or one, one, key=lambda interval: interval.last)
    for at, one in known:
        if not one.end and not structure.is_closed and one.start < months_before(today, LONG):
            message = _("closed for a time since {date}, without an end").format(date=in_words(one.start))
            hint = _("ask the place; then use ‘epn reopen’, or ‘epn close’ if it has closed for good")
            yield _at_item(at, warning(message, hint))
        elif _is_long_past(one, today):
            message = _("‘{interval}’ ended more than two years ago").format(interval=one)
            yield _at_item(at, warning(message, _("‘epn check --fix’ removes it"), fix=""))


def without_long_past(texts: Texts, today: str) -> Texts:
    """The intervals without those that ended more than two years ago. `today` is ISO 8601."""
    return tuple(
        text for text in texts if not ((one := fermetures.parse(text)) and _is_long_past(one, today))
    )


def _is_long_past(interval: fermetures.Interval, today: str) -> bool:
    return bool(interval.end) and interval.end < months_before(today, KEPT)


def _at_item(item: int, problem: Problem) -> Problem:
    return problem._replace(field=FIELD, item=item)
