"""Validation of opening hours in OpenStreetMap's notation, which the national schema requires."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from epncli.folding import normalized
from epncli.i18n import _
from epncli.problems import Problem, error, warning
from epncli.rules.hours import french, osm_reader, osm_writer
from epncli.rules.hours.overridden import overridden_rule
from epncli.rules.hours.tokens import LONGEST, NOT_READABLE, NotUnderstood
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted, unwritable

EXAMPLE: Final = "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"
EXAMPLE_IN_WORDS: Final = "lundi au vendredi 9h-12h, 14h-18h ; samedi 9h-12h"


def validate(text: str) -> RuleResult:
    """Validate opening hours such as `Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00`.

    French words that have one meaning, `lundi au vendredi 9h-12h / 14h-18h`, are converted to the notation.
    The case and the missing zeros of `mo-fr 9:00-12:00` are corrected; valid hours are otherwise unchanged.
    Refused: what is neither, with the position of the error. Warned about: a rule that later rules override
    on all its days, `Mo-Fr 09:00-12:00; Mo-Fr 14:00-17:00`; the fix joins their times. Source: OpenStreetMap
    wiki, Key:opening_hours/specification.
    """
    hours = normalized("NFC", " ".join(text.split()))
    if not hours:
        return accepted("")
    if problem := unwritable(hours):
        return refused(text, problem)
    if len(hours) > LONGEST:
        message = _("the opening hours are longer than 2,000 characters")
        return refused(text, error(message, _example()))
    read = _read(hours)
    if read is not None:
        return _in_notation(read)
    words = normalized("NFC", text.strip())
    try:
        return accepted(osm_writer.write(french.read(words)))
    except NotUnderstood as refusal:
        return refused(text, _reason(hours, words, refusal))


@lru_cache(maxsize=4096)
def closed_on(text: str, day: str) -> bool:
    """True if by these hours a place does not open on a day (ISO 8601). Public holidays are those of France.

    False for hours that are missing, invalid or unknown on that day, and for those that name school holidays.
    """
    from opening_hours import OpeningHours, State

    result = validate(text)
    if result.refused or not result.value or "SH" in result.value:  # the library has no school holidays
        return False
    start = datetime.fromisoformat(day)
    intervals = OpeningHours(result.value, country="FR").intervals(start, start + timedelta(days=1))
    return all(state == State.CLOSED for _start, _end, state, _comment in intervals)


def _in_notation(hours: str) -> RuleResult:
    """Valid hours, with a warning if they probably do not mean what their writer intended."""
    if overridden := overridden_rule(hours):
        message = _("‘{rule}’ has no effect: a later rule replaces it on the same days").format(
            rule=quoted(overridden.text)
        )
        fix = overridden.correction
        if not fix:
            return accepted(hours, problems=(warning(message, _("delete it or correct the other rules")),))
        return accepted(fix, problems=(warning(message, _("write {meant}").format(meant=fix), fix=fix),))
    if meant := _in_french(hours):
        message = _("‘{value}’ means {meant} in French, but not in OpenStreetMap’s notation").format(
            value=quoted(hours), meant=meant
        )
        return accepted(
            hours,
            problems=(warning(message, _("if that is what you mean, write {meant}").format(meant=meant)),),
        )
    return accepted(hours)


@lru_cache(maxsize=4096)
def _in_french(hours: str) -> str:
    """What valid hours mean in French if that is different, else "": `Mar` is March, not Tuesday."""
    if not _MAR.search(hours):
        return ""
    try:
        meant = french.read(hours)
    except NotUnderstood:
        return ""
    return osm_writer.write(meant) if meant != osm_reader.read(hours) else ""


_MAR: Final = re.compile(r"(?i)\bmar\b")


@lru_cache(maxsize=4096)
def _read(hours: str) -> str | None:
    """The hours with case and zeros corrected, or None if they cannot be parsed."""
    from opening_hours import OpeningHours

    try:
        shown = str(OpeningHours(hours))
    except Exception:  # noqa: BLE001  the class of the error differs between versions of the library
        return None
    # The library also replaces `off` by `closed` and moves spaces: both were valid, so they are kept.
    if _blankless(shown) != _blankless(hours) and _skeleton(shown) == _skeleton(hours):
        return shown
    return hours


def _blankless(hours: str) -> str:
    return hours.replace(" ", "")


def _skeleton(hours: str) -> str:
    """The hours in lowercase, without spaces and without the zero of `09:00`."""
    return re.sub(r"(?<![0-9:])0(?=[0-9]:)", "", _blankless(hours).lower())


def _example() -> str:
    return _("write them in the form ‘{words}’ or {example}").format(words=EXAMPLE_IN_WORDS, example=EXAMPLE)


def _reason(hours: str, words: str, refusal: NotUnderstood) -> Problem:
    """Why the hours are refused: as French words or as notation, whichever is understood further."""
    stop = _stop(hours)
    if refusal.position > stop or refusal.reason != NOT_READABLE:
        rest = " ".join(words[refusal.position :].split())
        reason = refusal.reason
    elif not any(char.isdigit() for char in hours):
        return error(
            _("‘{value}’: these are words, not opening hours").format(value=quoted(hours)),
            _(
                'put words between double quotes, such as "sur rendez-vous", and write hours in the form '
                "{example}"
            ).format(example=EXAMPLE),
        )
    else:
        rest = hours[hours.rfind(" ", 0, stop) + 1 :] if stop < len(hours) else ""
        reason = NOT_READABLE
    if not rest:
        message = _("these opening hours are incomplete: ‘{value}’").format(value=quoted(hours))
    else:
        message = _(reason).format(rest=quoted(rest))
    return error(message, _example())


def _stop(hours: str) -> int:
    """The offset, in characters, at which the library stops parsing; 0 if it does not give one."""
    from opening_hours import OpeningHours

    try:
        OpeningHours(hours)
    except Exception as refusal:  # noqa: BLE001  as above
        found = re.search(r"--> 1:([0-9]{1,6})", str(refusal))
        return int(found[1]) - 1 if found else 0
    return 0
