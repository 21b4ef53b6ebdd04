"""A merged text in pieces: texts, and conflicts between two texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from epncli.yamlfile.layout import BREAKS, LINE_BREAK

_LINE = re.compile(f"[^{BREAKS}]*+(?:\r\n|[{BREAKS}])|[^{BREAKS}]++")

DASH: Final = re.compile(r" *- +")
"""The dash of a record or of an item, with the blanks around it."""


class NotMergeable(Exception):
    """The texts are written in a way in which they cannot be merged record by record."""


class Conflict(NamedTuple):
    """Two texts between which a person must choose. Each is whole lines."""

    ours: str
    theirs: str


Piece = str | Conflict
"""A part of a merged text."""


def count_conflicts(pieces: Sequence[Piece]) -> int:
    """The number of conflicts among the pieces."""
    return sum(isinstance(piece, Conflict) for piece in pieces)


def text_of(pieces: Sequence[Piece], side: int) -> str:
    """The text with one side chosen in every conflict: 0 for ours, 1 for theirs."""
    return "".join(piece if isinstance(piece, str) else piece[side] for piece in pieces)


def lines_of(text: str) -> list[str]:
    """The lines of a text, with their line breaks."""
    return _LINE.findall(text)


def ended(line: str, line_end: str) -> str:
    """The line, with a line break."""
    return line if LINE_BREAK.search(line[-1:]) else line + line_end
