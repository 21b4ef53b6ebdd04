"""Validation of opening hours in OpenStreetMap's notation, which the national schema requires."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from epncli.folding import normalized
from epncli.i18n import _
from epncli.problems import Problem, error
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted, unwritable

EXAMPLE: Final = "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"
_LONGEST: Final = 2_000

# French days may be abbreviated: `Lu`, `Lun.`, `lundi`. `Sa` is the same in both languages.
_DAYS: Final = (
    ("Mo", "lundi"), ("Tu", "mardi"), ("We", "mercredi"), ("Th", "jeudi"), ("Fr", "vendredi"),
    ("Sa", "samedi"), ("Su", "dimanche"),
)  # fmt: skip
_FRENCH: Final = {
    word: day
    for day, name in _DAYS
    for word in (name, name + "s", name[:4], name[:3], name[:2])
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_BETWEEN_DAYS: Final = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)(?: et|,| &)? (?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)")
_TIME: Final = re.compile(
    r"\b([01]?[0-9]|2[0-4])"
    r"(?: ?[hH](?: ?([0-5][0-9])(?! ?[hH0-9]))?|\.([0-5][0-9]))(?![0-9])"
)


def validate(text: str) -> RuleResult:
    """Validate opening hours such as `Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00`.

    The case and the missing zeros of `mo-fr 9:00-12:00` are corrected; valid hours are otherwise unchanged.
    Refused: what opening-hours-py cannot parse, with the position of the error, or with the translation of
    hours in French words. Source: OpenStreetMap wiki, Key:opening_hours/specification.
    """
    hours = normalized("NFC", " ".join(text.split()))
    if not hours:
        return accepted("")
    if problem := unwritable(hours):
        return refused(text, problem)
    if len(hours) > _LONGEST:
        message = _("the opening hours are longer than 2,000 characters")
        return refused(text, error(message, _example()))
    read = _read(hours)
    if read is None:
        return refused(text, _reason(hours))
    return accepted(read)


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
    return _("write them in the form {example}").format(example=EXAMPLE)


def _reason(hours: str) -> Problem:
    """The reason why the hours are refused."""
    if meant := _translated(hours):
        return error(
            _("‘{value}’: these opening hours are not in OpenStreetMap’s notation").format(
                value=quoted(hours)
            ),
            _("write {meant}").format(meant=meant),
        )
    if not any(char.isdigit() for char in hours):
        return error(
            _("‘{value}’: these are words, not opening hours").format(value=quoted(hours)),
            _(
                'put words between double quotes, such as "sur rendez-vous", and write hours in the form '
                "{example}"
            ).format(example=EXAMPLE),
        )
    stop = _stop(hours)
    rest = hours[hours.rfind(" ", 0, stop) + 1 :] if stop < len(hours) else ""
    message = (
        _("these opening hours cannot be understood from ‘{rest}’ onwards").format(rest=quoted(rest))
        if rest
        else _("these opening hours are incomplete: ‘{value}’").format(value=quoted(hours))
    )
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


def _translated(hours: str) -> str:
    """The translation of hours in French words into OpenStreetMap's notation, or "" if there is none."""
    meant = _WORD.sub(_day, hours)
    meant = _TIME.sub(lambda found: f"{int(found[1]):02}:{found[2] or found[3] or '00'}", meant)
    meant = re.sub(r"(?i)\b(?:du|de|les?) ", "", meant)
    meant = re.sub(r"(?i) ?(?:[-–—]|\b(?:à|au)\b) ?", "-", meant)
    meant = _BETWEEN_DAYS.sub(r"\1,", meant)
    # Without a space after the comma: a comma and a space would begin another rule, for all days.
    meant = re.sub(r"(?<=[0-9])(?: ?(?:et|[,/&]) ?| )(?=[0-9])", ",", meant)
    meant = re.sub(r" ?: ", " ", meant).strip(" ;,.")
    return (_read(meant) or "") if meant != hours else ""


def _day(found: re.Match[str]) -> str:
    word = found[0].lower().removesuffix(".")
    return "off" if word in ("fermé", "ferme") else _FRENCH.get(word, found[0])
