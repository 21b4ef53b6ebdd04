"""Plain text pasted from a page, with one place on each line: `PARIS 75012 EPN du 12e 01 40 28 18 48`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from epncli import limits
from epncli.folding import fold
from epncli.formats.encodings import decode
from epncli.formats.reading import InputFile, Reading, Row
from epncli.i18n import _, ngettext, number
from epncli.model.structure import Texts

_LONGEST: Final = 1000
"""The longest line that is parsed, in characters."""
_PLACE: Final = re.compile(r"\s*(?:[-*•|]\s*)?([^\W\d_][^\t|]{0,60}?)[\s|]{1,200}+([0-9]{5})[\s|]+(\S.*)")
_LINE_END: Final = re.compile("\r\n|[\r\n]")
_FIVE_DIGITS: Final = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_TEN: Final = (
    r"(?<![0-9])(?:0[1-9]|(?:\+|00)[0-9]{2,3} ?(?:\(0\) ?)?[1-9])(?:[ .\-\u00a0\u202f]?[0-9]{2}){4}(?![0-9])"
)
_SHORT: Final = r"(?<![0-9])[0-9]{2}(?:[ .\-]?[0-9]{2}){2,3}(?![0-9])"
"""Numbers of six or eight digits: those of Nouvelle-Calédonie, Polynésie, Wallis-et-Futuna."""
# What may follow a number up to the end of the line: more numbers, or only their last digits (/ 04 16).
_MORE: Final = r"(?:\s*(?:[/,;.|–-]|ou\b|et\b)(?:[0-9\s/,;.|–-]|ou\b|et\b)*+)?\s*\Z"
_TEN_AT_END: Final = re.compile(rf"{_TEN}(?:\s+{_TEN})*+{_MORE}")
# At most six numbers: a long run of pairs can be split into numbers of three or four pairs in exponentially
# many ways.
_SHORT_AT_END: Final = re.compile(rf"{_SHORT}(?:\s+{_SHORT}){{0,5}}{_MORE}")
_TENS: Final = 150
_SHORTS: Final = 100
"""How far from the end of a line its phone numbers may begin, in characters."""
_LABEL: Final = re.compile(r"(?<![\s(,;–-])[\s(,;–-]*+\bt[ée]l(?:[ée]phone)?[\s.:]*\Z", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\(([^()]{1,200})\)\s*\Z")
_CLOSED: Final = re.compile(r"\b(?:d[ée]finitivement )?(ferm(?:ée?s?|ees?|eture))\b(.*)", re.IGNORECASE)
_BEFORE_A_DATE: Final = re.compile(
    r"\s*(?:d[ée]finitive(?:ment)?)?[\s:,]*(?:depuis|en|le|au|fin|courant)?\s*(?:le\b)?\s*"
)
_SHOWN: Final = 5


def read(file: InputFile) -> Reading:
    """The rows of the lines with a commune and its postal code. The other lines are skipped and counted.

    Raises Unreadable if there are too many lines.
    """
    text, encoding = decode(file)
    rows: list[Row] = []
    skipped = 0
    odd: list[int] = []
    for place, line in enumerate(_lines(text), start=1):
        if place > limits.MAX_ROWS:
            raise file.unreadable(*limits.too_many_rows())
        if values := _values(line):
            rows.append(Row(place, values))
        elif line.strip():
            skipped += 1
            if _FIVE_DIGITS.search(line[:_LONGEST]):
                odd.append(place)
    recognised = [_("text"), encoding]
    if skipped:
        recognised.append(
            ngettext(
                "{count} line ignored: no commune with its postal code",
                "{count} lines ignored: no commune with its postal code",
                skipped,
            ).format(count=number(skipped))
        )
    return Reading(file.name, rows, tuple(recognised), _look_at(odd))


def _look_at(lines: list[int]) -> tuple[str, ...]:
    """The warning about skipped lines with five digits, which may have a misspelled commune."""
    if not lines:
        return ()
    shown = ", ".join(map(str, lines[:_SHOWN])) + (" …" if len(lines) > _SHOWN else "")
    words = ngettext(
        "an ignored line has a postal code but no known commune: line {lines}",
        "some ignored lines have a postal code but no known commune: lines {lines}",
        len(lines),
    )
    return (words.format(lines=shown),)


def has_places(text: str) -> bool:
    """True if a line of the text can be read as a place."""
    return any(_values(line) for line in islice(_lines(text), limits.MAX_ROWS))


def _lines(text: str) -> Iterator[str]:
    start = 0
    for end in _LINE_END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    yield text[start:]


def _values(line: str) -> dict[str, str | Texts]:
    """The fields of the place on a line; empty if there is none."""
    found = _PLACE.match(line[:_LONGEST]) if len(line) <= _LONGEST else None
    if not found:
        return {}
    commune = _commune(found[1].strip(" -–:,"), found[2])
    if not commune:
        return {}
    nom, telephones = _split_phones(found[3], found[2])
    nom, closing = _split_closing(nom)
    values: dict[str, str | Texts] = {"nom": nom, "commune": commune, "code_postal": found[2]}
    if telephones:
        values["telephones"] = (telephones,)
    return values | closing


def _commune(text: str, code_postal: str) -> str:
    """The commune in its official spelling, even if it has another postal code; "" if it is unknown."""
    from epncli.rules import communes

    if named := communes.communes_named(code_postal, text):
        return named[0].nom
    if codes := communes.codes(text):
        return communes.communes_named(codes[0], text)[0].nom
    return ""


def _split_phones(rest: str, code_postal: str) -> tuple[str, str]:
    """The name and the phone numbers after it, "" if there are none."""
    from epncli.rules.telephone_plan import LOCAL_LENGTHS, region

    found = _TEN_AT_END.search(rest, max(0, len(rest) - _TENS))
    if not found and region(code_postal) in LOCAL_LENGTHS:
        found = _SHORT_AT_END.search(rest, max(0, len(rest) - _SHORTS))
    if not found:
        return rest.strip(" \t|"), ""
    nom = _LABEL.sub("", rest[: found.start()])
    return nom.strip(" \t|:/-–"), found[0].strip(" \t|/,;.-–")


def _split_closing(nom: str) -> tuple[str, dict[str, str | Texts]]:
    """The name without `(association fermée en septembre 2014)` at its end, and the fields of the closing."""
    bracket = _BRACKET.search(nom)
    closed = _CLOSED.search(bracket[1]) if bracket else None
    if bracket is None or closed is None or not nom[: bracket.start()].strip():
        return nom, {}
    date = _date(closed[2])
    if date is None:
        return nom, {}
    closing: dict[str, str | Texts] = {"statut": "fermé"}
    if date:
        closing["date_fermeture"] = date
    if before := bracket[1][: closed.start()].strip(" ,:–-"):
        closing["motif_fermeture"] = f"{before} {closed[1]}"
    return nom[: bracket.start()].rstrip(), closing


def _date(words: str) -> str | None:
    """The closing date in the words after `fermé`; "" if there is no date.

    None if the words do not mean a closing, as in `fermé le lundi` or `fermé en août`.
    """
    from epncli.rules import dates

    before = _BEFORE_A_DATE.match(words)
    rest = words[before.end() :].strip(" .") if before else words
    if not rest:
        return "" if not fold(words) or fold(words).startswith("definitive") else None
    result = dates.validate(rest, today="9999-12-31", partial=True)
    return None if result.refused else result.value
