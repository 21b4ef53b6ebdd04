"""A merged text in pieces: texts, and conflicts between two texts."""

from __future__ import annotations

from typing import NamedTuple

from epncli.yamlfile.layout import LINE_BREAK


class NotMergeable(Exception):
    """The texts are written in a way in which they cannot be merged record by record."""


class Conflict(NamedTuple):
    """Two texts between which a person must choose. Each is whole lines."""

    ours: str
    theirs: str


Piece = str | Conflict
"""A part of a merged text."""


def lines_of(text: str) -> list[str]:
    """The lines of a text, with their line breaks."""
    lines, at = [], 0
    for found in LINE_BREAK.finditer(text):
        lines.append(text[at : found.end()])
        at = found.end()
    return [*lines, text[at:]] if at < len(text) else lines


def ended(line: str, line_end: str) -> str:
    """The line, with a line break."""
    return line if LINE_BREAK.search(line[-1:]) else line + line_end
