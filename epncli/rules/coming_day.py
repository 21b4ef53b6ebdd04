"""A day to come, as it is said on the phone: `demain`, `lundi`, `3 décembre`, `3/12`, `5` (in five days)."""

from __future__ import annotations

import datetime
import re
from typing import Final

from epncli.i18n import _
from epncli.problems import error
from epncli.rules import dates
from epncli.rules.hours.table import DAY_NAMES
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

_TOMORROW: Final = ("demain", "tomorrow")
_WEEKDAYS: Final = {name.casefold(): day for names in DAY_NAMES.values() for day, name in enumerate(names)}
_DAYS: Final = re.compile(r"\+?([0-9]{1,3})(?: (?:jours?|days?))?")


def validate(text: str, *, today: str) -> RuleResult:
    """Validate a day after `today` (ISO 8601). Its normal form is ISO 8601.

    Accepted: tomorrow, a weekday, a number of days, a date as in `dates.validate`, with or without its
    year. Refused: today and days before.
    """
    words = " ".join(text.split())
    date = datetime.date.fromisoformat(today)
    if days := _days_from(date, words.casefold()):
        return accepted((date + datetime.timedelta(days)).isoformat())
    for candidate in (words, *(f"{words}{sign}{date.year + more}" for more in (0, 1) for sign in " /")):
        result = dates.validate(candidate, today="", future=True)
        if not result.refused and (result.value > today or candidate == words):
            break
    else:
        return refused(text, *dates.validate(words, today="", future=True).problems)
    if result.value > today:
        return result
    return refused(
        text,
        error(
            _("‘{value}’ is not a day to come").format(value=quoted(words)),
            _("write a day after today, in the form 2014-09-30"),
        ),
    )


def _days_from(date: datetime.date, words: str) -> int:
    """The number of days until the day in these words; 0 if they are a date, or no day to come."""
    if words in _TOMORROW:
        return 1
    if words in _WEEKDAYS:
        return (_WEEKDAYS[words] - date.weekday() - 1) % 7 + 1
    found = _DAYS.fullmatch(words)
    return int(found[1]) if found else 0
