"""Correction of text that a program decoded in the wrong encoding, such as `CitÃ©` for `Cité`."""

from __future__ import annotations

import re
from typing import Final

SIGNS: Final = "ÂÃÅâðï\x80-\x84\x86-\x9f"
"""For a regular expression: one of these is in every text that `decoded_again` changes."""

_CONTINUATION: Final = "".join(
    bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)
)
"""The bytes of UTF-8 after the first one of a character, decoded as Windows-1252."""
_MISREAD: Final = re.compile(f"[ÂÃÅ][{_CONTINUATION}]|â[€‚„][{_CONTINUATION}]|ðŸ[{_CONTINUATION}]{{2}}|ï»¿")
"""`é`, `°`, `œ`, `’`, `€`, a smiley, a byte order mark in UTF-8, decoded as Windows-1252. No French word has
such a sequence.
"""
# U+0092 is never typed: it is the apostrophe of Windows-1252, decoded as Latin-1. U+0085 is a line break.
_LATIN: Final = re.compile("[\x80-\x84\x86-\x9f]")


def decoded_again(text: str) -> str:
    """The text with each character that was decoded in the wrong encoding replaced by the intended one.

    Each character is corrected by itself: a text may be joined from two sources, of which one is correct.
    """
    return _MISREAD.sub(_from_utf8, _LATIN.sub(_from_windows, text))


def _from_windows(found: re.Match[str]) -> str:
    """The Windows-1252 character for a byte decoded as Latin-1; the same character if there is none."""
    return found[0].encode("latin-1").decode("cp1252", "ignore") or found[0]


def _from_utf8(found: re.Match[str]) -> str:
    """The character of a sequence of UTF-8 bytes; the same sequence if it is not valid."""
    try:
        character = b"".join(map(_byte, found[0])).decode("utf-8")
    except UnicodeError:
        return found[0]
    return character if character >= "\u00a0" else found[0]  # control characters are below


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:  # one of the five bytes that Windows-1252 does not use
        return char.encode("latin-1")
