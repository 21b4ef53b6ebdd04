"""Folding of texts for comparison and sorting: without case, accents, dashes and repeated spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

FIELD_END: Final = "\x1f"
"""ASCII's unit separator: `fold_all` keeps it, so that no phrase matches across two values."""
_TEXT_END: Final = "\x1e"

_EXPANDED: Final = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
"""Letters that Unicode does not decompose. (casefold expands ß.)"""
_SPACES: Final = frozenset("ʹʻʼʽˈ°©®")
"""Folded to a space: apostrophes that Unicode counts as letters, and signs used in place of a space."""

_ASCII_TO_PLAIN: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) in FIELD_END + _TEXT_END else 0x20
    for code in range(128)
) + bytes(range(128, 256))
"""Table for bytes.translate on UTF-8, in which multi-byte characters have no byte below 128."""

_NON_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_MAX_ACCENTS: Final = 30
"""Combining marks on one letter (Unicode TR 15, Stream-Safe Text Format): no language uses more."""
_NON_ASCII_RUN: Final = re.compile(rf"[^\x00-\x7f]{{{_MAX_ACCENTS + 1},}}")


def normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in a Unicode normal form (TR 15), or unchanged if a letter has more than thirty accents.

    Python sorts the accents of a letter in time quadratic in their number: 100,000 on one letter, in a
    file of 200 kilobytes, would take a minute.
    """
    if len(text) > _MAX_ACCENTS and not text.isascii() and _heaped(text):
        return text
    return unicodedata.normalize(form, text)


def _heaped(text: str) -> bool:
    """True if more than `_MAX_ACCENTS` accents follow each other."""
    for run in _NON_ASCII_RUN.finditer(text):
        count = 0
        for character in run[0]:
            # ﾞ and ﾟ are letters to Unicode, but NFKC and NFKD turn them into combining marks.
            is_accent = unicodedata.category(character)[0] == "M" or character in "\uff9e\uff9f"
            count = count + 1 if is_accent else 0
            if count > _MAX_ACCENTS:
                return True
    return False


class _PlainCharacters(dict[str, str]):
    """The folded form of each non-ASCII character, computed once per process."""

    def __missing__(self, character: str) -> str:
        plain = self[character] = _plain(character)
        return plain


def _plain(character: str) -> str:
    cased = unicodedata.normalize("NFKD", character).casefold()
    return "".join([_plain_part(part) for part in unicodedata.normalize("NFKD", cased)])


def _plain_part(part: str) -> str:
    category = unicodedata.category(part)
    # Accents and invisible characters: soft hyphens, joiners, direction marks.
    if unicodedata.combining(part) or category == "Cf":
        return ""
    if part in _SPACES or category[0] in "PZ" or category in ("Cc", "Sm"):
        return " "
    return _EXPANDED.get(part, part)


_PLAIN: Final = _PlainCharacters()
_FRENCH: Final = tuple((letter, _plain(letter)) for letter in "’–œ\u202féèàêçôîâûëïùÉÈÀÇÎÊÔ«»\xa0")
"""The most frequent non-ASCII characters of French, replaced by str.replace, at C speed. Those beyond
Latin-1 come first: without them, Python stores the text with one byte per character."""


def _fold(text: str) -> str:
    """The folded text, before its spaces are collapsed. FIELD_END and _TEXT_END are kept."""
    if not text.isascii():
        for letter, plain in _FRENCH:
            text = text.replace(letter, plain)
        if not text.isascii():
            text = _NON_ASCII.sub(lambda match: _PLAIN[match[0]], text)
    folded = text.encode("utf-8", "surrogatepass").translate(_ASCII_TO_PLAIN)
    return folded.decode("utf-8", "surrogatepass")


@lru_cache(maxsize=4096)  # the same communes, labels and field names are folded many times
def fold(text: str) -> str:
    """The text as it is compared: `L’Œuvre – Été` gives `l oeuvre ete`.

    Case and accents are removed (Unicode's casefold and NFKD), œ, æ and ß are expanded. Each run of
    apostrophes, dashes, spaces, punctuation and control characters becomes one space, except at the start
    and the end, where it is removed.
    """
    return " ".join(_fold(text).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """The texts, folded in batches: several times faster than calling `fold` on each.

    Unlike `fold`, it keeps FIELD_END, and may leave one space around it and at the start and the end.
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
"""Texts per batch. Larger batches of texts of a few hundred characters do not fit in the CPU cache."""

_DIGITS: Final = re.compile(r"([0-9]+)")

SortKey = tuple[tuple[str | tuple[int, str], ...], str]


def sort_key(text: str) -> SortKey:
    """The sort key of a text in French alphabetical order.

    Case is ignored, é sorts as e and œ as oe; accents decide only between words that are otherwise equal
    (cote, coté, côte, côté). Runs of digits compare as numbers: `Pyrénées 2` before `Pyrénées 10`.
    """
    parts = _DIGITS.split(fold(text))  # text and digits alternate, so text is compared only with text
    primary = tuple(_number(part) if place % 2 else part for place, part in enumerate(parts))
    return primary, normalized("NFC", text.casefold())


def _number(digits: str) -> tuple[int, str]:
    """A key that compares like the number that the digits write. int() refuses more than 4,300 digits."""
    significant = digits.lstrip("0")
    return len(significant), significant
