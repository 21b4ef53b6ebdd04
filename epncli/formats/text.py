"""Plain text pasted from a page, with one place on each line: `PARIS 75012 EPN du 12e 01 40 28 18 48`.

The commune stands before or after its postal code, the name and the phone numbers at either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from epncli import limits
from epncli.folding import fold
from epncli.formats.encodings import decode
from epncli.formats.reading import InputFile, Reading, Row, shown_lines
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
_TEN_AT_START: Final = re.compile(
    rf"[\s|]*(?:t[ée]l[^0-9+]{{0,20}})?({_TEN}(?:[\s/|,;-]{{1,5}}{_TEN})*+)[\s|,;:–-]*", re.IGNORECASE
)
_BETWEEN: Final = " \t|,:–-"
_PIECES: Final = re.compile(r"\s*[\t|,]\s*|\s+[–-]\s+")
_STREET: Final = re.compile(
    r"(?:[0-9]{1,4}\s?(?:bis|ter|quater|[a-d])?[\s,]+[^\W\d_]|(?:all[ée]e|avenue|av\.|boulevard|bd|chemin|cours|"
    r"esplanade|impasse|mail|passage|place|promenade|quai|route|rue|ruelle|square|villa)\b)",
    re.IGNORECASE,
)
"""The start of an address."""
_WORD: Final = re.compile(r"[^\s\t|,]+")
_OF_DATA: Final = re.compile(
    r"""(["'])[,;\t]\1|\A".*,.*"\s*\Z|</[a-z]{1,20}>|[0-9]T[0-9]{2}:[0-9]{2}:[0-9]{2}""",
    re.IGNORECASE,
)
"""What only a file for programs has: quoted values side by side, a row in quotes, markup, a time of ISO 8601.

A line with it is that of a table without a recognised header, or of a format that epn does not read.
"""
_CEDEX: Final = re.compile(r"\s*\bcedex\b(?:\s+[0-9]{1,2}\b)?", re.IGNORECASE)
_LONGEST_NAME: Final = 6
"""The largest number of words of a commune that are compared."""


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
            if _FIVE_DIGITS.search(line[:_LONGEST]) and not _OF_DATA.search(line[:_LONGEST]):
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
    words = ngettext(
        "an ignored line has a postal code but no known commune: line {lines}",
        "some ignored lines have a postal code but no known commune: lines {lines}",
        len(lines),
    )
    return (words.format(lines=shown_lines(lines)),)


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
    if len(line) > _LONGEST or _OF_DATA.search(line):
        return {}
    found = _PLACE.match(line)
    commune = _commune(found[1].strip(" -–:,"), found[2]) if found else ""
    if not found or not commune:
        return _in_another_order(line)
    nom, telephones = _split_phones(found[3], found[2])
    nom, closing = _split_closing(nom)
    values: dict[str, str | Texts] = {"nom": nom, "commune": commune, "code_postal": found[2]}
    if telephones:
        values["telephones"] = (telephones,)
    return values | closing


def _in_another_order(line: str) -> dict[str, str | Texts]:
    """The fields of a place whose commune, known by its code, stands after it or at the end of the name."""
    first = _TEN_AT_START.match(line)
    rest = line[first.end() :] if first else line
    for code in islice(_FIVE_DIGITS.finditer(rest), 3):
        before = rest[: code.start()]
        after, last = _split_phones(rest[code.end() :], code[0])
        if end := _commune_at_start(after, code[0]):
            commune, after = after[:end], _CEDEX.sub("", after[end:], count=1)
        elif start := _commune_at_end(before, code[0]):
            commune, before = before[start:], before[:start]
        else:
            continue
        nom, adresse = _split_address(f"{before.strip(_BETWEEN)}\t{after.strip(_BETWEEN)}")
        nom, closing = _split_closing(nom)
        telephones = tuple(filter(None, (first[1] if first else "", last)))
        found: dict[str, str | Texts] = {
            "nom": nom, "adresse": adresse, "commune": _commune(commune.strip(_BETWEEN), code[0]),
            "code_postal": code[0], "telephones": telephones,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value} | closing if nom else {}
    return {}


def _commune_at_start(text: str, code_postal: str) -> int:
    """The end of the longest name of a commune with this code at the start of a text, or 0."""
    from epncli.rules import communes

    if not communes.communes(code_postal):
        return 0
    words = list(islice(_WORD.finditer(text), _LONGEST_NAME))
    ends = (word.end() for word in reversed(words))
    return next((end for end in ends if communes.communes_named(code_postal, text[:end].strip(_BETWEEN))), 0)


def _commune_at_end(text: str, code_postal: str) -> int:
    """The start of the longest name of a commune with this code at the end of a text, or 0."""
    from epncli.rules import communes

    if not communes.communes(code_postal):
        return 0
    words = list(_WORD.finditer(text))[-_LONGEST_NAME:]
    starts = (word.start() for word in words)
    return next((at for at in starts if communes.communes_named(code_postal, text[at:].strip(_BETWEEN))), 0)


def _split_address(text: str) -> tuple[str, str]:
    """The name and the address in a text, by the first piece that starts like an address."""
    pieces = [piece for piece in _PIECES.split(text) if piece]
    at = next((at for at, piece in enumerate(pieces) if at and _STREET.match(piece)), len(pieces))
    if at == len(pieces):
        return " ".join(text.split()), ""
    street = pieces[at]
    if at + 1 < len(pieces) and street.isdigit():
        street = f"{street} {pieces.pop(at + 1)}"
    return ", ".join((*pieces[:at], *pieces[at + 1 :])), street


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
