"""Splitting of a text into phone numbers, and removal of labels (`Tél.`) and extensions (`poste 12`).

This module does not use the numbering plan; it only assumes that a complete number has ten digits.
"""

from __future__ import annotations

import re
from typing import Final

from epncli.folding import normalized

_NOT_LETTER_BEFORE: Final = r"(?<![^\W\d_])"
_NOT_LETTER_AFTER: Final = r"(?![^\W\d_])"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_DIGIT = re.compile(r"[0-9]")
_DECIMAL_OF_SPREADSHEET = re.compile(r"(?<=[0-9]{4})[.,]0(?![0-9])")
# A single number whose pairs of digits are separated like different numbers: 01/46/36/70/13.
_ONE_NUMBER = re.compile(r"[^\w+]*0[0-9]([^\w+]{0,3})[0-9]{2}(?:\1[0-9]{2}){3}[^\w+]*")
_BETWEEN_NUMBERS = re.compile(
    rf"[/;,|&\n\r]+|{_NOT_LETTER_BEFORE}(?:ou|et|or|and){_NOT_LETTER_AFTER}"
    rf"|(?=\+)|{_NOT_LETTER_BEFORE}(?=fax|t[ée]l)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"{_NOT_LETTER_BEFORE}(?:n[°o]|t[ée]l(?:[ée]phone)?s?|phone|fixe|mobile|portable|port|gsm)"
    rf"{_NOT_LETTER_AFTER}[\s.:]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    rf"{_NOT_LETTER_BEFORE}(?:poste|ext(?:ension)?)[\s.:]*[0-9]{{1,6}}(?=[^\w]*$)", re.IGNORECASE
)
_BRACKETED_EXTENSION = re.compile(
    r"\(\s{0,5}(?:poste|ext(?:ension)?|int(?:erne)?|p)?[\s.:°]{0,5}[0-9]{1,5}\s{0,5}\)(?=[^\w]*$)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[0-9\s().\-–—‑_·•'\"+/,]*")
_NOT_DIGITS = re.compile(r"[^0-9+]")
_WORD = re.compile(r"[^\W_]")


def split_numbers(text: str) -> list[str]:
    """The parts of the text that are one number each; empty if the text has no digits."""
    if not text.isascii():
        text = normalized("NFKC", _INVISIBLE.sub("", text))
    if not _DIGIT.search(text):
        return []
    if _ONE_NUMBER.fullmatch(text):
        return [text]
    parts = _BETWEEN_NUMBERS.split(_DECIMAL_OF_SPREADSHEET.sub("", text))
    return [piece for part in parts if _WORD.search(without_labels(part)) for piece in _run_together(part)]


def _run_together(part: str) -> list[str]:
    """The numbers of a part without a clear separator: `01 46 36 70 13 - 06 12 34 56 78`."""
    digits = _NOT_DIGITS.sub("", part)
    if len(digits) < 20 or not is_plain(part):
        return [part]
    tens = [digits[i : i + 10] for i in range(0, len(digits), 10)]
    return tens if all(len(ten) == 10 and ten[0] == "0" for ten in tens) else [part]


def is_plain(piece: str) -> bool:
    """True for a text of digits and of characters that may separate them."""
    return _PLAIN.fullmatch(piece) is not None


def without_labels(piece: str) -> str:
    """The text without `Tel :`, `mobile` and similar labels."""
    return _LABEL.sub(" ", piece)


def without_extension(piece: str, *, follows_number: bool) -> tuple[str, str]:
    """The text without its extension, and the extension: `poste 12`, `(12)`, or "".

    Digits in brackets are an extension after a complete number, and, if the text `follows_number`, after
    the last digits of a second one: `07 (12)`. In `02 41 50 90 (06)` they belong to the number.
    """
    found = _EXTENSION.search(piece)
    if not found:
        found = _BRACKETED_EXTENSION.search(piece)
        before = len(_DIGIT.findall(piece, 0, found.start())) if found else 0
        if not (before >= 9 or (follows_number and 2 <= before <= 4)):
            return piece, ""
        assert found
    return piece[: found.start()] + piece[found.end() :], found[0]


def digits_of(piece: str) -> tuple[str, bool]:
    """The digits of the text, and whether they start with a country code (after `+` or `00`).

    The zero of `+33 (0)1` and the `00` are not part of the digits.
    """
    digits = _NOT_DIGITS.sub("", piece)
    abroad = digits.startswith("+")
    if abroad or digits.startswith("00"):
        digits = _NOT_DIGITS.sub("", piece.replace("(0)", "")).replace("+", "")
        if digits.startswith("00") and digits.strip("0"):
            return digits[2:], True
    return digits, abroad
