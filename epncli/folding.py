"""Texts made alike for comparing and sorting: case, accents, dashes and spaces aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

FIELD_END: Final = "\x1f"
"""ASCII's unit separator: it survives `fold_all`, so that no phrase runs from value to value."""
_TEXT_END: Final = "\x1e"

_EXPANDED: Final = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
"""Letters that Unicode does not decompose (ß is spelled out by casefold)."""
_SPACES: Final = frozenset("ʹʻʼʽˈ°©®")
"""Apostrophes that Unicode counts as letters, and signs that stand where a space may."""

_ASCII_TO_PLAIN: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) in FIELD_END + _TEXT_END else 0x20
    for code in range(128)
) + bytes(range(128, 256))
"""For bytes.translate on UTF-8, whose longer characters have no byte under 128."""

_NON_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_MAX_ACCENTS: Final = 30
"""On one letter (Unicode TR 15, Stream-Safe Text Format): more than any language has."""
_NON_ASCII_RUN: Final = re.compile(rf"[^\x00-\x7f]{{{_MAX_ACCENTS + 1},}}")


def normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form of Unicode (TR 15); as it is where a letter has over thirty accents.

    Python puts the accents of a letter in order in a time that grows with the square of their number:
    100,000 on one letter, a file of 200 kilobytes, would take a minute.
    """
    if len(text) > _MAX_ACCENTS and not text.isascii() and _heaped(text):
        return text
    return unicodedata.normalize(form, text)


def _heaped(text: str) -> bool:
    """True where more accents follow each other than any language puts on one letter."""
    for run in _NON_ASCII_RUN.finditer(text):
        count = 0
        for character in run[0]:
            # The two that are no marks, ﾞ and ﾟ, become some.
            is_accent = unicodedata.category(character)[0] == "M" or character in "\uff9e\uff9f"
            count = count + 1 if is_accent else 0
            if count > _MAX_ACCENTS:
                return True
    return False


class _PlainCharacters(dict[str, str]):
    """What each character beyond ASCII is folded to, found out once a process."""

    def __missing__(self, character: str) -> str:
        plain = self[character] = _plain(character)
        return plain


def _plain(character: str) -> str:
    cased = unicodedata.normalize("NFKD", character).casefold()
    return "".join([_plain_part(part) for part in unicodedata.normalize("NFKD", cased)])


def _plain_part(part: str) -> str:
    category = unicodedata.category(part)
    # Accents, and what is not to be seen: soft hyphens, joiners, direction marks.
    if unicodedata.combining(part) or category == "Cf":
        return ""
    if part in _SPACES or category[0] in "PZ" or category in ("Cc", "Sm"):
        return " "
    return _EXPANDED.get(part, part)


_PLAIN: Final = _PlainCharacters()
_FRENCH: Final = tuple((letter, _plain(letter)) for letter in "’–œ\u202féèàêçôîâûëïùÉÈÀÇÎÊÔ«»\xa0")
"""Nearly all that a French text has beyond ASCII: replaced whole texts at a time, at C speed. Those
beyond Latin-1 first: without them Python holds the text in one byte a character."""


def _fold(text: str) -> str:
    """The text in plain characters, with runs of spaces left in it; the two separators stay."""
    if not text.isascii():
        for letter, plain in _FRENCH:
            text = text.replace(letter, plain)
        if not text.isascii():
            text = _NON_ASCII.sub(lambda match: _PLAIN[match[0]], text)
    folded = text.encode("utf-8", "surrogatepass").translate(_ASCII_TO_PLAIN)
    return folded.decode("utf-8", "surrogatepass")


@lru_cache(maxsize=4096)  # communes, labels and field names come again and again
def fold(text: str) -> str:
    """The text as it is compared: `L’Œuvre – Été` gives `l oeuvre ete`.

    Case and accents are off (Unicode's casefold and NFKD), œ, æ and ß are spelled out; every run of
    apostrophes, dashes, spaces, punctuation and control characters is one space, and none stands at
    an end.
    """
    return " ".join(_fold(text).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded, many at a time: several times faster than `fold` on each.

    Unlike `fold` it keeps FIELD_END, and there may be a space around it and at the ends.
    """
    folded: list[str] = []
    for start in range(0, len(texts), _AT_A_TIME):
        some = [text.replace(_TEXT_END, " ") for text in texts[start : start + _AT_A_TIME]]
        plain = _fold(_TEXT_END.join(some))
        while "  " in plain:
            plain = plain.replace("  ", " ")
        folded += plain.split(_TEXT_END)
    return folded


_AT_A_TIME: Final = 64
"""Texts of a few hundred characters; more of them at once fall out of the processor's cache."""

_DIGITS: Final = re.compile(r"([0-9]+)")

SortKey = tuple[tuple[str | tuple[int, str], ...], str]


def sort_key(text: str) -> SortKey:
    """Where the text stands in French order.

    Case aside, é with e and œ as oe; accents decide only between words that are otherwise the same
    (cote, coté, côte, côté). Runs of digits count as numbers: `Pyrénées 2` before `Pyrénées 10`.
    """
    parts = _DIGITS.split(fold(text))  # text and digits in turn, so that like meets like
    primary = tuple(_number(part) if place % 2 else part for place, part in enumerate(parts))
    return primary, normalized("NFC", text.casefold())


def _number(digits: str) -> tuple[int, str]:
    """Digits as what compares like their number; int() refuses more than 4,300 of them."""
    significant = digits.lstrip("0")
    return len(significant), significant
