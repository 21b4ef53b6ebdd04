"""What a cell holds beside its value: words for no value, errors of a spreadsheet, HTML, a wrong encoding."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

_PLACEHOLDERS: Final = frozenset(
    (
        *("-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "/", "//", "\\", "?", "??", "???", "*"),
        *("n/a", "na", "n.a.", "n.a", "n/d", "nd", "n.d.", "n.d", "n/c", "nc", "n.c.", "n.c", "n/r", "nr"),
        *("s.o.", "s.o", "s/o", "nan", "null", "nil", "none", "undefined", "vide", "(vide)", "aucun"),
        *("aucune", "néant", "neant", "rien", "inconnu", "inconnue", "sans objet", "pas de site"),
        *("non renseigné", "non renseignée", "non renseigne", "non renseignee", "non communiqué"),
        *("non communiquée", "non communique", "non disponible", "non applicable", "à compléter"),
        *("a completer", "à renseigner", "a renseigner", "pas renseigné", "not available", "unknown"),
        *("http://", "https://", "http:", "https:", "http", "https", "www", "www.", "http://www."),
        *("https://www.", "http://www", "https://www", "@", "00/00/0000", "0000-00-00"),
        *("0000-00-00 00:00:00",),
    )
)
"""Cells, in small letters, that people and programs write where they have no value."""
_LONGEST_PLACEHOLDER: Final = max(map(len, _PLACEHOLDERS))
_BLANKS_ASIDE: Final = 100
"""Characters of a cell that may be one of them between blanks."""

_ERROR: Final = re.compile(
    r"(?i)#(?:N/[AD]|REF!|VALUE!|VALEUR!|NAME\?|NOM\s?\?|DIV/0\s?!|NUM!|NOMBRE!|NULL?!|SPILL!|PROPAGATION!"
    r"|CALC!|CALCUL!|ERROR!|ERREUR!|GETTING_DATA|FIELD!|CHAMP!|BLOCKED!|CONNECT!|UNKNOWN!)"
    r"|#{4,}|Err\s?:\s?5[0-9]{2}"
)
"""What Excel, LibreOffice and Google Sheets show in English and French; #### is a column too narrow."""
_FIRST_OF_ERRORS: Final = frozenset("#=Ee \t\n\r\u00a0\u202f")
"""What errors begin with, and blanks, behind which one may stand."""
_FORMULA: Final = re.compile(
    r"=[+@-]?(?:[A-ZÉÈ][A-ZÉÈ0-9._]{0,40}\s?\(.*\)|[^\s!]{0,40}!?\$?[A-Z]{1,3}\$?[0-9]{1,7})", re.DOTALL
)
"""`=RECHERCHEV(A2;Feuil2!A:C;3;FAUX)`, `=Feuil2!C4`; `=1+1` may be a text."""

_CONTINUING: Final = "".join(
    bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)
)
"""The bytes of UTF-8 after the first of a character, as Windows-1252 reads them."""
_MISREAD: Final = re.compile(f"[ÂÃÅ][{_CONTINUING}]|â[€‚„][{_CONTINUING}]")
"""`é`, `°`, `œ`, `’`, `€` in UTF-8 that was read as Windows-1252; French has no such pairs."""
_LATIN: Final = re.compile("[\x80-\x9f]")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BREAKING: Final = "p|br|div|li|ul|ol|tr|table|h[1-6]|hr|blockquote|section|article"
_BREAKING_TAG: Final = re.compile(rf"(?i)</?(?:{_BREAKING})(?:\s[^<>]*|/)?>")
_OTHER_TAG: Final = re.compile(
    r"(?i)</?(?:a|abbr|b|body|em|font|html|i|iframe|img|o:p|script|small|span|strong|style|sub|sup|tbody|td|th"
    r"|thead|u)(?:\s[^<>]*|/)?>"
)
_ESCAPE_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-9;?]{0,30}[A-Za-z])?")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BLANKS: Final = re.compile("[ \t\u00a0\u202f]{2,}")
_ODD: Final = re.compile("[&<ÂÃÅ€‚„\t\u00a0\u202f\x00-\x08\x0e-\x1f\x7f]")
"""What a text has one of, or two blanks, if there is anything to clean."""
_PASSES: Final = 4
"""`&amp;amp;eacute;` takes three; what is still not clean then was made to be so."""


class Stain(StrEnum):
    """What a text was cleaned of."""

    ENCODING = "encoding"
    MARKUP = "markup"
    CONTROL = "control"
    BLANKS = "blanks"


def is_placeholder(text: str) -> bool:
    """True for what stands where there is no value: `-`, `N/A`, `néant`, `http://`; not for a blank."""
    return len(text) < _BLANKS_ASIDE and text.strip().lower() in _PLACEHOLDERS


def is_error(text: str) -> bool:
    """True for an error of a spreadsheet, `#N/A`, and for a formula in place of its value."""
    if text[:1] not in _FIRST_OF_ERRORS:
        return False
    text = text.strip()
    return bool(_ERROR.fullmatch(text) or _FORMULA.fullmatch(text))


def is_suspect(text: str) -> bool:
    """False where none of the functions here finds anything: most cells, told in a fraction of the time."""
    if text[:1] in _FIRST_OF_ERRORS or "  " in text or _ODD.search(text):
        return True
    return len(text) <= _LONGEST_PLACEHOLDER and text.strip().lower() in _PLACEHOLDERS


def says_nothing(text: str) -> bool:
    """True for a blank, for what stands where there is no value, and for an error."""
    return not text.strip() or is_placeholder(text) or is_error(text)


def clean(text: str) -> tuple[str, Stain | None]:
    """The text without HTML, double blanks and control characters, and in the encoding that was meant.

    Also what it was cleaned of, the gravest first. What would not come out as a text stays as it is.
    """
    if "  " not in text and not _ODD.search(text):
        return text, None
    return _clean(text)


@lru_cache(maxsize=1024)
def _clean(text: str) -> tuple[str, Stain | None]:
    stains: set[Stain] = set()
    for _pass in range(_PASSES):
        before = text
        for stain, step in _STEPS:
            cleaned = step(text)
            if cleaned != text:
                stains.add(stain)
                text = cleaned
        if text == before:
            break
    return text, next((stain for stain in Stain if stain in stains), None)


def _reencode(text: str) -> str:
    return _MISREAD.sub(_meant, _LATIN.sub(_from_windows, text))


def _from_windows(found: re.Match[str]) -> str:
    """What Windows-1252 means by a byte that was read as Latin-1; itself where nothing."""
    return found[0].encode("latin-1").decode("cp1252", "ignore") or found[0]


def _meant(found: re.Match[str]) -> str:
    """One character that was read as two or three; what was found where that is none."""
    try:
        meant = b"".join(_byte(char) for char in found[0]).decode("utf-8")
    except UnicodeError:
        return found[0]
    return meant if meant >= "\u00a0" else found[0]  # control characters are below


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:  # five bytes that Windows-1252 has no character for
        return char.encode("latin-1")


def _without_markup(text: str) -> str:
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "<" in text:
        text = _OTHER_TAG.sub("", _BREAKING_TAG.sub("\n", text)).strip()
    return text


def _without_controls(text: str) -> str:
    return _CONTROL.sub("", _ESCAPE_SEQUENCE.sub("", text))


def _single_blanks(text: str) -> str:
    return _BLANKS.sub(" ", text)


_STEPS: Final = (
    (Stain.ENCODING, _reencode),
    (Stain.MARKUP, _without_markup),
    (Stain.CONTROL, _without_controls),
    (Stain.BLANKS, _single_blanks),
)
