"""Extraction of valid values from cells that the rules refuse: several values, other words, other forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from epncli.importing.corrections import Treatment
from epncli.model.structure import Kind, Texts
from epncli.rules import statut, url
from epncli.rules.result import RuleResult

Validate = Callable[[str], RuleResult]
Extracted = tuple[Texts, Treatment]
Extractor = Callable[[str, Validate, str], Extracted]
"""Takes the text, the rule of its field and today's date in ISO 8601."""
_NOTHING: Final[Extracted] = ((), Treatment.LEFT_OUT)

_LONGEST_PHONES: Final = 1_000
_LONGEST_EMAILS: Final = 2_000
_LONGEST_WEBSITES: Final = 4_000
_LONGEST_TERMS: Final = 5_000
"""Longest texts, in characters, that are searched: longer ones are no lists of such values."""


def _accepted(texts: Iterable[str], validate: Validate) -> Texts:
    """The normal forms of the texts that the rule accepts, in their order, once each."""
    results = [validate(text) for text in dict.fromkeys(texts)]
    return tuple(dict.fromkeys(value for one in results if not one.refused for value in one.values if value))


_BETWEEN_PHONES: Final = re.compile(r"[/;,|\n\r]+|\b(?:ou|et|or|and)\b|(?=\bfax\b)", re.IGNORECASE)
_PHONE: Final = re.compile(
    r"(?<![0-9])(?:(?:\+|00)[0-9]{2,3}(?:[\s.()\-]{0,3}[0-9]){6,11}|0(?:[\s.\-]{0,2}[0-9]){9})(?![0-9])"
)


def _phones(text: str, validate: Validate, _today: str) -> Extracted:
    """The phone numbers of a text, without fax numbers and words."""
    if len(text) > _LONGEST_PHONES:
        return _NOTHING
    found: dict[str, None] = {}
    for part in _BETWEEN_PHONES.split(text):
        result = validate(part)
        if result.refused and "fax" not in part.lower() and (number := _PHONE.search(part)):
            result = validate(number[0])
        if not result.refused:
            found |= dict.fromkeys(result.values)
    return tuple(found), Treatment.VALUES_EXTRACTED


_BETWEEN_EMAILS: Final = re.compile(r"[\s,;/|<>()\"]+")
_ENCODED_SPACE: Final = re.compile(r"%(?:20|C2%A0|A0)", re.IGNORECASE)


def _emails(text: str, validate: Validate, _today: str) -> Extracted:
    """The e-mail addresses of a text, without other words."""
    if len(text) > _LONGEST_EMAILS:
        return _NOTHING
    text = re.sub(r"\s{0,5}@\s{0,5}", "@", _ENCODED_SPACE.sub(" ", text))
    parts = [part.strip(".:'’") for part in _BETWEEN_EMAILS.split(text) if "@" in part]
    return _accepted(parts, validate), Treatment.VALUES_EXTRACTED


_BETWEEN_WEBSITES: Final = re.compile(
    r"\s*[;|\n]\s*|,\s+|\s+(?:et|ou|and|or|-|–|/)\s+(?=[^\s.]+\.[^\s.])|\s+(?=\(|https?:|www\.)",
    re.IGNORECASE,
)
_SPACED_SCHEME: Final = re.compile(r"(?i)\b(https?)\s?:\s?/\s?/\s?")
_WEBSITE: Final = re.compile(r"(?:https?:|www\.)", re.IGNORECASE)


def _websites(text: str, validate: Validate, _today: str) -> Extracted:
    """The web addresses of a text. Between other words, `a.fr` without https:// or www. is none of them."""
    if len(text) > _LONGEST_WEBSITES:
        return _NOTHING
    text = _SPACED_SCHEME.sub(r"\1://", text)
    parts = [part for part in (part.strip(" \t()<>,.:'\"") for part in _BETWEEN_WEBSITES.split(text)) if part]
    found = [(part, _website(part, validate)) for part in parts]
    if not all(address for _part, address in found):
        found = [(part, address) for part, address in found if _WEBSITE.match(part)]
    addresses = tuple(dict.fromkeys(address for _part, address in found if address))
    return addresses, Treatment.SCHEME_ADDED if len(parts) == 1 else Treatment.VALUES_EXTRACTED


def _website(text: str, validate: Validate) -> str:
    for candidate in (text, url.with_scheme(text)):
        if candidate and not (result := validate(candidate)).refused:
            return result.value
    return ""


_TIME: Final = r"[0-9]{1,2}\s?[:hH]\s?[0-9]{0,2}(?::[0-9]{1,2}(?:[.,][0-9]{1,9})?)?\s?(?:[AaPp][Mm]|Z|UTC)?"
_DATE_AND_TIME: Final = re.compile(
    rf"(?P<day>[0-9]{{1,4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,4}}|[0-9]{{1,2}} \S{{3,9}} [0-9]{{4}})"
    rf"(?:\s*T\s*|,?\s+(?:[àa]\s+|-\s+)?){_TIME}(?:\s?[+-][0-9]{{2}}:?[0-9]{{2}})?"
)
_SHORT_YEAR: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2})")
_SPREADSHEET_DAY: Final = re.compile(r"([2-6][0-9]{4})(?:[.,][0-9]{1,15})?")
_UNIX_SECONDS: Final = re.compile(r"(1[0-9]{9})(?:[0-9]{3})?(?:[.,][0-9]{1,9})?")
"""Also milliseconds."""
_DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 of Excel, for dates from March 1900, and of LibreOffice."""
_LONGEST_DATE: Final = 100


def _date(text: str, validate: Validate, today: str) -> Extracted:
    """The day of a date with a time, with a year of two digits, or written as a number by a program."""
    words = " ".join(text[:_LONGEST_DATE].split())
    candidates: list[str] = []
    if found := _DATE_AND_TIME.fullmatch(words):
        words = found["day"]
        candidates.append(words)
    if found := _SHORT_YEAR.fullmatch(words):
        day, month, year = found.groups()
        century = "20" if year <= today[2:4] else "19"
        candidates.append(f"{day}/{month}/{century}{year}")
    elif found := _SPREADSHEET_DAY.fullmatch(words):
        candidates.append((_DAY_ZERO + timedelta(days=int(found[1]))).isoformat())
    elif found := _UNIX_SECONDS.fullmatch(words):
        candidates.append(datetime.fromtimestamp(int(found[1]), UTC).date().isoformat())
    for candidate in candidates:
        if not (result := validate(candidate)).refused:
            return result.values, Treatment.DATE_CONVERTED
    return _NOTHING


_BETWEEN_TERMS: Final = re.compile(r"[|;,\n/]+")


def _terms(text: str, validate: Validate, _today: str) -> Extracted:
    """The values of a closed list in a text, without other words."""
    if len(text) > _LONGEST_TERMS:
        return _NOTHING
    if (word := statut.of_words(text)) and not validate(word).refused:
        return (word,), Treatment.TERM_REPLACED
    parts = [part for part in _BETWEEN_TERMS.split(text) if part.strip()]
    return _accepted(parts, validate), Treatment.VALUES_EXTRACTED


_FIVE_DIGITS: Final = re.compile(r"(?<![^\s(,])[0-9]{5}(?![^\s),])")
_LONGEST_CODE_POSTAL: Final = 200


def _code_postal(text: str, validate: Validate, _today: str) -> Extracted:
    """The postal code in a text with one number of five digits: `75012 PARIS`."""
    codes = _FIVE_DIGITS.findall(text[:_LONGEST_CODE_POSTAL])
    if len(codes) == 1 and not (result := validate(codes[0])).refused:
        return result.values, Treatment.VALUES_EXTRACTED
    return _NOTHING


def _id(text: str, validate: Validate, _today: str) -> Extracted:
    """An id on one line."""
    result = validate(" ".join(text.split()))
    return _NOTHING if result.refused else (result.values, Treatment.SPACES_REDUCED)


EXTRACTORS: Final[Mapping[Kind, Extractor]] = {
    Kind.ID: _id,
    Kind.REFERENCE: _id,
    Kind.TELEPHONE: _phones,
    Kind.COURRIEL: _emails,
    Kind.URL: _websites,
    Kind.DATE: _date,
    Kind.PLANNED_DATE: _date,
    Kind.PARTIAL_DATE: _date,
    Kind.ENUM: _terms,
    Kind.CODE_POSTAL: _code_postal,
}
"""By the kind of a field: the values in a text that its rule refuses. Values of other kinds have one form."""
