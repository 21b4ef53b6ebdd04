"""Validation of dates (a day, or in some fields a month or a year) in ISO 8601, and dates in words."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from typing import Final

from epncli.i18n import _, language
from epncli.problems import Problem, error
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

MONTHS: Final = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
"""The names of the months. Babel, which also has them, is not installed at run time."""

_EARLIEST: Final = 1900
"""The earliest accepted year. No EPN is older, so an earlier year is a typing error."""

# Abbreviations of months, folded, other than their first three letters.
_SHORT_MONTHS: Final = {
    "janv": 1, "fevr": 2, "juil": 7, "juill": 7, "sept": 9,
}  # fmt: skip

_ISO: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[T ][0-9]{2}:[0-9]{2}[0-9:.+Z-]{0,20})?)?)?"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})(?:[/.]([0-9]{1,2}))?")
_DAY_FIRST: Final = re.compile(
    r"(?:(?P<day>[0-9]{1,2}) ?[/. -] ?)?(?P<month>[0-9]{1,2}) ?[/. -] ?(?P<year>[0-9]{4}|[0-9]{2})"
)
_IN_WORDS: Final = re.compile(
    r"(?:le )?(?:(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)? )?"
    r"(?P<month>[a-z]{3,9})(?: |\.| \.|\. )(?P<year>[0-9]{1,4})"
)
_SPREADSHEET_DAY: Final = re.compile(r"[2-6][0-9]{4}")


def validate(text: str, *, today: str, partial: bool = False, future: bool = False) -> RuleResult:
    """Validate a date. Its normal form is `2014-09-30`, and with `partial` also `2014-09` or `2014`.

    Accepted, as French lists write them: `30/09/2014`, `30.09.2014`, `1er septembre 2014`, `sept. 2014`.
    Refused: dates that do not exist, years of two digits or before 1900, dates after `today` (ISO 8601)
    unless `future`, and without `partial` a month or a year alone. Source: ISO 8601.
    """
    words = " ".join(text.split())
    if not words:
        return accepted("")
    parts = _parts(words)
    if parts is None:
        return refused(text, _not_understood(words, partial=partial))
    year, month, day = parts
    if problem := _impossible(words, year, month, day) or _too_coarse(words, month, day, partial):
        return refused(text, problem)
    date = "-".join(part.rjust(2, "0") for part in parts if part)
    if not future and date > today[: len(date)]:
        return refused(text, _in_the_future(date, today))
    return accepted(date)


def day_of(text: str) -> datetime.date | None:
    """The day that a text says in the normal form; None for any other text, such as `2026-02-30`."""
    try:
        return datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def in_words(date: str, lang: str = "") -> str:
    """A date in words: `1er septembre 2014`, `septembre 2014`, `2014`.

    `date` is in normal form; any other text is returned unchanged. `lang` is `fr` or `en`, by default the
    language of this process.
    """
    found = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?", date)
    if not found:
        return date
    year, month, day = found.groups()
    lang = lang or language()
    words = [year]
    if month:
        words.insert(0, MONTHS[lang][int(month) - 1])
    if day:
        words.insert(0, "1er" if lang == "fr" and day == "01" else str(int(day)))
    return " ".join(words)


def _parts(words: str) -> tuple[str, str, str] | None:
    """Year, month and day as written, "" for a missing part; None if the text does not look like a date."""
    if found := _ISO.fullmatch(words) or _YEAR_FIRST.fullmatch(words):
        year, month, day = found.groups(default="")
    elif found := _DAY_FIRST.fullmatch(words):
        day, month, year = found.groups(default="")
    elif found := _IN_WORDS.fullmatch(_folded(words)):
        day, name, year = found.groups(default="")
        month = _month_number(name)
        if not month:
            return None
    else:
        return None
    return year, month, day


def _folded(words: str) -> str:
    """The text in lowercase, without the accents that occur in the French names of months."""
    return words.lower().translate(str.maketrans("éèûê", "eeue"))


def _month_number(name: str) -> str:
    """`9` for `septembre`, `sept`, `sep`, `september`; "" for an unknown or ambiguous name."""
    if name in _SHORT_MONTHS:
        return str(_SHORT_MONTHS[name])
    months = {
        number
        for names in MONTHS.values()
        for number, month in enumerate(names, start=1)
        if name in (_folded(month), _folded(month)[:3])
    }
    # `jui` is juin or juillet.
    return str(months.pop()) if len(months) == 1 else ""


def _impossible(words: str, year: str, month: str, day: str) -> Problem | None:
    """The error for a date that does not exist or is too early; None if there is none."""
    example = _("write it in the form 2014-09-30")
    if len(year) < 4:
        return error(
            _("‘{value}’: the year has fewer than four digits").format(value=quoted(words)),
            _("write all four digits, in the form 2014-09-30"),
        )
    if int(year) < _EARLIEST:
        return error(
            _("‘{value}’: the year {year} is before {earliest}").format(
                value=quoted(words), year=year, earliest=_EARLIEST
            ),
            example,
        )
    if month and not 1 <= int(month) <= 12:
        if int(month) <= 31 and not words.startswith(year):
            example = _("write the day before the month, or use the form 2014-09-30")
        return error(
            _("‘{value}’: there is no month {month}").format(value=quoted(words), month=month),
            example,
        )
    if day and int(day) == 0:
        return error(_("‘{value}’: there is no day 0").format(value=quoted(words)), example)
    if day and int(day) > (days := monthrange(int(year), int(month))[1]):
        month_in_words = in_words(f"{year}-{int(month):02}")
        return error(
            _("‘{value}’: {month} has {days} days").format(
                value=quoted(words), month=month_in_words, days=days
            ),
            example,
        )
    return None


def _too_coarse(words: str, month: str, day: str, partial: bool) -> Problem | None:  # noqa: FBT001
    if partial or day:
        return None
    message = _("‘{value}’ is a month, not a day") if month else _("‘{value}’ is a year, not a day")
    return error(message.format(value=quoted(words)), _("write the day too, in the form 2014-09-30"))


def _in_the_future(date: str, today: str) -> Problem:
    return error(
        _("‘{date}’ is in the future: today is {today}").format(date=date, today=in_words(today)),
        _("write a date that is not in the future, in the form 2014-09-30"),
    )


def _not_understood(words: str, *, partial: bool) -> Problem:
    if _SPREADSHEET_DAY.fullmatch(words):
        return error(
            _("‘{value}’ is not a date: it is the day number that a spreadsheet uses").format(value=words),
            _("format the cell as a date, or write the date in the form 2014-09-30"),
        )
    hint = (
        _("write it in the form 2014-09-30, 2014-09 or 2014")
        if partial
        else _("write it in the form 2014-09-30")
    )
    return error(_("‘{value}’ is not a valid date").format(value=quoted(words)), hint)
