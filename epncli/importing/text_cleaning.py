"""Cleaning of cells: words for a missing value, spreadsheet errors, HTML, wrong encoding, repeated spaces."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final

from epncli.importing.corrections import Treatment
from epncli.registry.name_key import NameKey, name_key
from epncli.rules import encoding

_NO_VALUE: Final = frozenset(
    (
        *("-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "/", "//", "\\", "?", "??", "???"),
        *("*", "~"),
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
"""What people and programs write in a cell without a value, in lowercase."""
_LONGEST_NO_VALUE: Final = max(map(len, _NO_VALUE))
_LONGEST_STRIPPED: Final = 100
"""Longest cell that may be one of them between spaces, in characters."""

_ERROR: Final = re.compile(
    r"(?i)#(?:N/[AD]|REF!|VALUE!|VALEUR!|NAME\?|NOM\s?\?|DIV/0\s?!|NUM!|NOMBRE!|NULL?!|SPILL!|PROPAGATION!"
    r"|CALC!|CALCUL!|ERROR!|ERREUR!|GETTING_DATA|FIELD!|CHAMP!|BLOCKED!|CONNECT!|UNKNOWN!)"
    r"|#{4,}|Err\s?:\s?5[0-9]{2}"
)
"""The errors of Excel, LibreOffice and Google Sheets, in English and French; #### is a column too narrow."""
_START_OF_ERROR: Final = frozenset("#=Ee \t\n\r\u00a0\u202f")
_FORMULA: Final = re.compile(
    r"=(?:[+@-]?[^\W\d][\w.]{0,60}\s?\(.*"
    r"|[+@-]?['$\[]?[^\W\d]\S*"
    r"|[^\s=>].*?(?<!\w)\$?[A-Z]{1,3}\$?[0-9]{1,7}(?!\w).*)",
    re.DOTALL,
)
"""A function, `=RECHERCHEV(A2;Feuil2!A:C;3;FAUX)`; a name, `=Feuil2!C4`; a cell anywhere, `="Tél. "&A2`.
`=1+1` may be a text.
"""

_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BLOCK_ELEMENTS: Final = "p|br|div|li|ul|ol|tr|table|h[1-6]|hr|blockquote|section|article"
_BLOCK_TAG: Final = re.compile(rf"(?i)</?(?:{_BLOCK_ELEMENTS})(?:\s[^<>]*|/)?>")
_INLINE_TAG: Final = re.compile(
    r"(?i)</?(?:a|abbr|b|body|em|font|html|i|iframe|img|o:p|script|small|span|strong|style|sub|sup|tbody|td|th"
    r"|thead|u)(?:\s[^<>]*|/)?>"
)
_ESCAPE_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-9;?]{0,30}[A-Za-z])?")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SPACES: Final = re.compile("[ \t\u00a0\u202f]{2,}")
_TO_CLEAN: Final = re.compile(f"[&<\t\u00a0\u202f\x00-\x08\x0e-\x1f\x7f{encoding.SIGNS}]")
"""A text with something to clean has two spaces in a row, or one of these."""
_MOST_PASSES: Final = 4
"""Three are needed for `&amp;amp;eacute;`."""


def is_no_value(text: str) -> bool:
    """True for words and signs that stand for a missing value: `-`, `N/A`, `néant`, `http://`."""
    return len(text) < _LONGEST_STRIPPED and text.strip().lower() in _NO_VALUE


def is_error(text: str) -> bool:
    """True for a spreadsheet error, such as `#N/A`, and for a formula in place of its value."""
    if text[:1] not in _START_OF_ERROR:
        return False
    text = text.strip()
    return bool(_ERROR.fullmatch(text) or _FORMULA.fullmatch(text))


def is_clean(text: str) -> bool:
    """True if no other function of this module finds anything in the text. Fast: most cells are clean."""
    if text[:1] in _START_OF_ERROR or "  " in text or _TO_CLEAN.search(text):
        return False
    return len(text) > _LONGEST_NO_VALUE or text.strip().lower() not in _NO_VALUE


def has_no_value(text: str) -> bool:
    """True for a blank text, for words that stand for a missing value, and for a spreadsheet error."""
    return not text.strip() or is_no_value(text) or is_error(text)


def key_of_cells(nom: str, code: str, commune: str) -> NameKey:
    """The key of a place from its cells; "" for a part that has no value."""
    nom, code, commune = ("" if has_no_value(text) else text for text in (nom, code, commune))
    return name_key(clean(nom)[0], code, commune)


def clean(text: str) -> tuple[str, Treatment]:
    """The text without HTML, control characters, repeated spaces and encoding errors, and what was done.

    If several things were done, the first one in the order of `Treatment`.
    """
    if "  " not in text and not _TO_CLEAN.search(text):
        return text, Treatment.KEPT
    return _cleaned(text)


@lru_cache(maxsize=1024)
def _cleaned(text: str) -> tuple[str, Treatment]:
    done: set[Treatment] = set()
    for _pass in range(_MOST_PASSES):  # removing one thing may reveal another
        before = text
        for treatment, step in _STEPS:
            cleaned = step(text)
            if cleaned != text:
                done.add(treatment)
                text = cleaned
        if text == before:
            break
    return text, next((treatment for treatment in Treatment if treatment in done), Treatment.KEPT)


def _without_markup(text: str) -> str:
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "<" in text:
        text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", text)).strip()
    return text


def _without_controls(text: str) -> str:
    return _CONTROL.sub("", _ESCAPE_SEQUENCE.sub("", text))


def _with_single_spaces(text: str) -> str:
    return _SPACES.sub(" ", text)


_STEPS: Final = (
    (Treatment.DECODED_AGAIN, encoding.decoded_again),
    (Treatment.MARKUP_REMOVED, _without_markup),
    (Treatment.CONTROLS_REMOVED, _without_controls),
    (Treatment.SPACES_REDUCED, _with_single_spaces),
)
