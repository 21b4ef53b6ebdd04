"""What a cell of a partner's file means: its value, mended where there is one sensible reading.

A value is taken in the end only where the rule of its field takes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Final

from epncli.folding import fold
from epncli.i18n import _
from epncli.importing import cleaning
from epncli.model.structure import Field, Kind, Texts
from epncli.problems import Level
from epncli.rules import url
from epncli.rules.result import RuleResult
from epncli.validation.structure_check import Context, check_value


class Done(StrEnum):
    """What was done with a cell."""

    TAKEN = "taken"
    """As it stands, or in the normal form that the rule of its field gives it."""
    READ_AS_BLANK = "read as blank"
    CLEANED_OF_ENCODING = "cleaned of encoding"
    CLEANED_OF_MARKUP = "cleaned of markup"
    CLEANED_OF_CONTROL = "cleaned of control"
    CLEANED_OF_BLANKS = "cleaned of blanks"
    SCHEME_ADDED = "scheme added"
    VALUES_PICKED = "values picked"
    DATE_READ = "date read"
    NUMBER_OF_SPREADSHEET = "number of a spreadsheet"
    VALUE_OF_LIST = "value of the list"
    PLACE_COMPLETED = "place completed"
    SUMMARY_MOVED = "summary moved"
    LEFT_OUT = "left out"
    UNKNOWN = "unknown"
    """An error of a spreadsheet stands where the value was: the registry's own value stays."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The values that a cell stands for, none for a blank; what was done to find them, and why."""

    values: Texts
    done: Done = Done.TAKEN
    reason: str = ""


Judge = Callable[[str], RuleResult]
Found = tuple[Texts, Done]

_TEXTS: Final = frozenset((Kind.TEXT, Kind.LONG_TEXT))
_CLEANED: Final = {
    cleaning.Stain.ENCODING: Done.CLEANED_OF_ENCODING,
    cleaning.Stain.MARKUP: Done.CLEANED_OF_MARKUP,
    cleaning.Stain.CONTROL: Done.CLEANED_OF_CONTROL,
    cleaning.Stain.BLANKS: Done.CLEANED_OF_BLANKS,
}


def understand(field: Field, text: str, context: Context) -> Meaning:
    """What a cell means, or one value of a list in a cell.

    `context` is what the rule of the field is told of the others. Left out, with the reason of the
    rule, is what has no sensible reading or more than one.
    """
    plain = plainly(field, text)
    if plain.done in (Done.READ_AS_BLANK, Done.UNKNOWN, Done.LEFT_OUT):
        return plain
    bare = plain.values[0] if plain.values else ""
    judge: Judge = partial(check_value, field=field, context=context)
    result = judge(bare)
    if not result.refused:
        return Meaning(_filled(result.values), plain.done, plain.reason)
    reason = next(one.message for one in result.problems if one.level is Level.ERROR)
    values, done = _MENDED[field.kind](bare, judge, context) if field.kind in _MENDED else ((), Done.TAKEN)
    values = _filled(values)
    if not values or (len(values) > 1 and not field.many):
        return Meaning((), Done.LEFT_OUT, reason)
    return Meaning(values, done, reason)


def plainly(field: Field, text: str) -> Meaning:
    """What a cell says without regard to the rule of its field: nothing, an error, a text with HTML in it."""
    if cleaning.is_error(text):
        return Meaning((), Done.UNKNOWN, _("the cell holds a spreadsheet error or a formula"))
    if cleaning.is_placeholder(text):
        return Meaning((), Done.READ_AS_BLANK, _("the cell says that there is no value"))
    if field.kind is Kind.TELEPHONE and _is_emergency(text):
        return Meaning(
            (), Done.LEFT_OUT, _("‘{value}’ is not the number of a place").format(value=text.strip())
        )
    if field.kind is Kind.ID:
        return _id(text)
    if field.kind in _TEXTS:
        clean, stain = cleaning.clean(text)
        if stain:
            return Meaning(_filled((clean.strip(),)), _CLEANED[stain], _stained(stain))
    return Meaning(_filled((text,)))


def _filled(values: Iterable[str]) -> Texts:
    return tuple(value for value in values if value.strip())


def _stained(stain: cleaning.Stain) -> str:
    return {
        cleaning.Stain.ENCODING: _("the text was once read in the wrong encoding"),
        cleaning.Stain.MARKUP: _("there is HTML in the text"),
        cleaning.Stain.CONTROL: _("there are control characters in the text"),
        cleaning.Stain.BLANKS: _("there are several spaces in a row"),
    }[stain]


def _is_emergency(text: str) -> bool:
    """True for `15`, `17`, `18`, `112`: two or three digits are the number of a service, not of a place."""
    return len(text) < 20 and sum(map(str.isdigit, text)) in (2, 3)


_DECIMAL_ID: Final = re.compile(r"\s*([0-9]{1,15})[.,]0{1,3}\s*")


def _id(text: str) -> Meaning:
    if found := _DECIMAL_ID.fullmatch(text):
        return Meaning(
            (found[1],), Done.NUMBER_OF_SPREADSHEET, _("a spreadsheet turned it into a decimal number")
        )
    return Meaning(_filled((text,)))


_BRACKETED_EXTENSION: Final = re.compile(
    r"\(\s*(?:poste|p|ext|int|interne)?[\s.:°]*[0-9]{1,5}\s*\)", re.IGNORECASE
)
_AFTER_DIGITS: Final = re.compile(r"(?:[0-9][^0-9]{0,4}){9}\Z")
_BETWEEN_PHONES: Final = re.compile(r"[/;,|\n\r]+|\b(?:ou|et|or|and)\b|(?=\bfax\b)", re.IGNORECASE)
_WRITTEN_PHONE: Final = re.compile(
    r"(?<![0-9])(?:(?:\+|00)[0-9]{2,3}(?:[\s.()\-]{0,3}[0-9]){6,11}|0(?:[\s.\-]{0,2}[0-9]){9})(?![0-9])"
)


def _phones(text: str, judge: Judge, _context: Context) -> Found:
    """The numbers of a cell, without fax numbers, extensions and words."""
    if len(text) > 1_000:
        return (), Done.TAKEN
    found: dict[str, None] = {}
    for part in _BETWEEN_PHONES.split(_BRACKETED_EXTENSION.sub(_without_extension, text)):
        if _is_emergency(part):
            continue
        result = judge(part)
        if result.refused and "fax" not in part.lower() and (number := _WRITTEN_PHONE.search(part)):
            result = judge(number[0])
        if not result.refused:
            found |= dict.fromkeys(_filled(result.values))
    return tuple(found), Done.VALUES_PICKED


def _without_extension(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 50) : found.start()]
    return " " if _AFTER_DIGITS.search(before) else found[0]


_BETWEEN_ADDRESSES: Final = re.compile(r"[\s,;/|<>()\"]+")


def _addresses(text: str, judge: Judge, _context: Context) -> Found:
    """The e-mail addresses of a cell, without the words around them."""
    if len(text) > 2_000:
        return (), Done.TAKEN
    parts = _BETWEEN_ADDRESSES.split(re.sub(r"\s{0,5}@\s{0,5}", "@", text))
    parts = [part.strip(".:'’") for part in parts if "@" in part]
    results = [judge(part) for part in parts if part]
    found = dict.fromkeys(result.value for result in results if not result.refused and result.value)
    return tuple(found), Done.VALUES_PICKED


_BETWEEN_SITES: Final = re.compile(
    r"\s*[;|\n]\s*|,\s+|\s+(?:et|ou|and|or|-|–|/)\s+(?=[^\s.]+\.[^\s.])|\s+(?=\(|https?:|www\.)",
    re.IGNORECASE,
)
_SPACED_SCHEME: Final = re.compile(r"(?i)\b(https?)\s?:\s?/\s?/\s?")
_SURELY_A_SITE: Final = re.compile(r"(?:https?:|www\.)", re.IGNORECASE)


def _sites(text: str, judge: Judge, _context: Context) -> Found:
    """The addresses of a cell; those without https:// and www. only where there is nothing else in it."""
    if len(text) > 4_000:
        return (), Done.TAKEN
    text = _SPACED_SCHEME.sub(r"\1://", text)
    parts = [part for part in (part.strip(" \t()<>,.:'\"") for part in _BETWEEN_SITES.split(text)) if part]
    meant = [_site(part, judge) for part in parts]
    if not all(meant):
        meant = [site for part, site in zip(parts, meant, strict=True) if _SURELY_A_SITE.match(part)]
    found = tuple(dict.fromkeys(site for site in meant if site))
    return found, Done.SCHEME_ADDED if len(parts) == 1 else Done.VALUES_PICKED


def _site(text: str, judge: Judge) -> str:
    for candidate in (text, url.with_scheme(text)):
        if candidate and not (result := judge(candidate)).refused:
            return result.value
    return ""


_CLOCK: Final = r"[0-9]{1,2}\s?[:hH]\s?[0-9]{0,2}(?::[0-9]{1,2}(?:[.,][0-9]{1,9})?)?\s?(?:[AaPp][Mm]|Z|UTC)?"
_WITH_TIME: Final = re.compile(
    rf"(?P<day>[0-9]{{1,4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,4}}|[0-9]{{1,2}} \S{{3,9}} [0-9]{{4}})"
    rf"(?:\s*T\s*|,?\s+(?:[àa]\s+|-\s+)?){_CLOCK}(?:\s?[+-][0-9]{{2}}:?[0-9]{{2}})?"
)
_SHORT_YEAR: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2})")
_SERIAL: Final = re.compile(r"([2-6][0-9]{4})(?:[.,][0-9]{1,15})?")
_UNIX_SECONDS: Final = re.compile(r"(1[0-9]{9})(?:[0-9]{3})?(?:[.,][0-9]{1,9})?")
_DAY_ZERO: Final = date(1899, 12, 30)
"""Of Excel since March 1900, and of LibreOffice."""


def _date(text: str, judge: Judge, context: Context) -> Found:
    """The day of a date with a time, with a year of two digits, or counted by a program."""
    words = " ".join(text[:100].split())
    candidates: list[str] = []
    if found := _WITH_TIME.fullmatch(words):
        words = found["day"]
        candidates.append(words)
    if found := _SHORT_YEAR.fullmatch(words):
        day, month, year = found.groups()
        century = "20" if year <= context.today[2:4] else "19"
        candidates.append(f"{day}/{month}/{century}{year}")
    elif found := _SERIAL.fullmatch(words):
        candidates.append((_DAY_ZERO + timedelta(days=int(found[1]))).isoformat())
    elif found := _UNIX_SECONDS.fullmatch(words):
        candidates.append(datetime.fromtimestamp(int(found[1]), UTC).date().isoformat())
    for candidate in candidates:
        if not (result := judge(candidate)).refused:
            return result.values, Done.DATE_READ
    return (), Done.TAKEN


_BETWEEN_TERMS: Final = re.compile(r"[|;,\n/]+")
_OTHER_WORDS: Final = {
    "fermee": "fermé", "fermes": "fermé", "fermees": "fermé", "ferme definitivement": "fermé",
    "fermee definitivement": "fermé", "definitivement ferme": "fermé", "definitivement fermee": "fermé",
    "ouverte": "ouvert", "ouverts": "ouvert", "ouvertes": "ouvert", "open": "ouvert", "closed": "fermé",
}  # fmt: skip
"""Folded words for the values of `statut`."""


def _terms(text: str, judge: Judge, _context: Context) -> Found:
    """The values of a closed list that stand in one cell; others beside them are left out."""
    if len(text) > 5_000:
        return (), Done.TAKEN
    if (word := _OTHER_WORDS.get(fold(text[:40]))) and not judge(word).refused:
        return (word,), Done.VALUE_OF_LIST
    results = [judge(part) for part in _BETWEEN_TERMS.split(text) if part.strip()]
    found = dict.fromkeys(result.value for result in results if not result.refused and result.value)
    return tuple(found), Done.VALUES_PICKED


_FIVE_DIGITS: Final = re.compile(r"(?<![^\s(,])[0-9]{5}(?![^\s),])")


def _code_postal(text: str, judge: Judge, _context: Context) -> Found:
    """The one code of five digits in a cell: `75012 PARIS`."""
    codes = _FIVE_DIGITS.findall(text[:200])
    if len(codes) == 1 and not (result := judge(codes[0])).refused:
        return result.values, Done.VALUES_PICKED
    return (), Done.TAKEN


def _one_line_id(text: str, judge: Judge, _context: Context) -> Found:
    """An id without the line breaks and control characters that a cell can have."""
    result = judge(" ".join(cleaning.clean(text)[0].split()))
    return ((), Done.TAKEN) if result.refused else (result.values, Done.CLEANED_OF_BLANKS)


_MENDED: Final[dict[Kind, Callable[[str, Judge, Context], Found]]] = {
    Kind.ID: _one_line_id,
    Kind.TELEPHONE: _phones,
    Kind.COURRIEL: _addresses,
    Kind.URL: _sites,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _date,
    Kind.ENUM: _terms,
    Kind.CODE_POSTAL: _code_postal,
}
"""How a text is read that the rule of its field refuses; kinds that are not here have one spelling."""
