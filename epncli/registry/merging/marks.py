"""git's conflict markers: the texts between them, and the texts without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from epncli.registry.merging.pieces import Conflict, Piece, lines_of
from epncli.yamlfile.layout import newline

_MARK: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?= |[\r\n]|\Z)")


def marked(pieces: Sequence[Piece]) -> str:
    """The text with git's markers around each conflict."""
    return "".join(piece if isinstance(piece, str) else _marked(piece) for piece in pieces)


def _marked(piece: Conflict) -> str:
    line_end = newline(piece.ours or piece.theirs)
    start, middle, end = (f"{mark}{line_end}" for mark in ("<<<<<<< ours", "=======", ">>>>>>> theirs"))
    return f"{start}{piece.ours}{middle}{piece.theirs}{end}"


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text with markers. What git has marked as the common base is left out.

    A marker without those that belong to it is part of the text.
    """
    return list(_pieces(lines_of(text)))


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    at = 0
    while at < len(lines):
        mark = _MARK.match(lines[at])
        found = _conflict(lines, at) if mark and mark[1][0] == "<" else None
        if found is None:
            yield lines[at]
            at += 1
        else:
            piece, at = found
            yield piece


def _conflict(lines: Sequence[str], start: int) -> tuple[Conflict, int] | None:
    """The conflict that begins on a line, and the line behind it; None if it is not complete."""
    texts: dict[str, list[str]] = {}
    mark = ""
    for at in range(start, len(lines)):
        found = _MARK.match(lines[at])
        if found is None:
            texts[mark].append(lines[at])
            continue
        mark = found[1][0]
        if mark == ">":
            ours, theirs = texts.get("<"), texts.get("=")
            known = ours is not None and theirs is not None
            return (Conflict("".join(ours or ()), "".join(theirs or ())), at + 1) if known else None
        if mark in texts:
            return None
        texts[mark] = []
    return None
