"""The encoding of a text file: recognised by its first bytes or by its letters, or named by the user.

Spreadsheets still write the code pages of MS-DOS and of old Macs. Any bytes are valid in these, as they
nearly are in Windows-1252, but only the right one gives French letters in places where French has them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Final

from epncli.formats.reading import InputFile

NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "iso-8859-15": "ISO-8859-15",
    "cp850": "CP850 (MS-DOS)",
    "mac-roman": "Mac Roman",
}
"""The encodings of --encoding, with their names for readers."""

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WITHOUT_MARK: Final = ("cp1252", "cp850", "mac-roman")
"""What a file may be that has no mark and is not UTF-8; the first one if nothing tells them apart."""

_FREQUENT: Final = "éèàêç"
_SELDOM: Final = "âîôûùëïüöœæ"
_SIGNS: Final = "’“”«»°–…€\u00a0"
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_MOST: Final = 20_000
"""Number of bytes that are compared; so many tell enough."""


def decode(file: InputFile) -> tuple[str, str]:
    """The text of a file and the name of its encoding. Never raises: invalid bytes are replaced."""
    encoding = file.encoding or _recognised(file.data)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    return file.data.decode(codec, "replace"), NAMES[encoding]


def _recognised(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode()
    except UnicodeDecodeError:
        return _by_letters(data)
    return "utf-8"


def _by_letters(data: bytes) -> str:
    """The encoding in which the bytes beyond ASCII are letters and signs that French has there."""
    met = Counter(
        (_case(data[max(0, at - 2) : at]), data[at : at + 1])
        for at in (found.start() for found in islice(_NOT_ASCII.finditer(data), _MOST))
    )
    return max(
        _WITHOUT_MARK,
        key=lambda encoding: sum(
            count * _weight(byte.decode(encoding, "replace"), case) for (case, byte), count in met.items()
        ),
    )


def _case(before: bytes) -> str:
    """The case that the next letter must have: `lower` within `Médiath`, `upper` within `MÉDIATH`."""
    if before[-1:].islower():
        return "lower"
    return "upper" if len(before) == 2 and before.isalpha() and before.isupper() else ""


def _weight(char: str, case: str) -> int:
    """How likely a character makes the encoding in which it is read."""
    if char in _SIGNS:
        return 2
    if case and not (char.islower() if case == "lower" else char.isupper()):
        return 0
    return 3 if char.lower() in _FREQUENT else 1 if char.lower() in _SELDOM else 0
