"""git's conflict markers: the texts between them, and the texts without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from epncli.registry.merging.pieces import Conflict, Piece, lines_of
from epncli.yamlfile.layout import newline

_MARK: Final = re.compile(r"([<|=>])\1{6,}(?= |[\r\n]|\Z)")
_MARK_AT_START: Final = re.compile(r"(?:^|(?<=\r))([<|=>])\1{6,}(?= |[\r\n]|\Z)", re.MULTILINE)
_SHORTEST: Final = 7


def marked(pieces: Sequence[Piece]) -> str:
    """The text with git's markers around each conflict."""
    texts = (text for piece in pieces for text in ([piece] if isinstance(piece, str) else piece))
    size = marker_size(texts)
    return "".join(piece if isinstance(piece, str) else _marked(piece, size) for piece in pieces)


def marker_size(texts: Iterable[str]) -> int:
    """A length of markers that no line of these texts begins with: 7, as git has it, unless one does."""
    lengths = (len(found[0]) + 1 for text in texts for found in _MARK_AT_START.finditer(text))
    return max(lengths, default=_SHORTEST)


def _marked(piece: Conflict, size: int) -> str:
    line_end = newline(piece.ours or piece.theirs)
    start, middle, end = (
        f"{sign * size}{label}{line_end}" for sign, label in (("<", " ours"), ("=", ""), (">", " theirs"))
    )
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
        found = _conflict(lines, at) if mark and mark[1] == "<" else None
        if found is None:
            yield lines[at]
            at += 1
        else:
            piece, at = found
            yield piece


def _conflict(lines: Sequence[str], start: int) -> tuple[Conflict, int] | None:
    """The conflict that begins on a line, and the line after it; None if it is not complete."""
    texts: dict[str, list[str]] = {}
    mark, size = "", 0
    for at in range(start, len(lines)):
        found = _MARK.match(lines[at])
        if found is None or (size and len(found[0]) != size):
            texts[mark].append(lines[at])
            continue
        mark, size = found[1], len(found[0])
        if mark == ">":
            ours, theirs = texts.get("<"), texts.get("=")
            known = ours is not None and theirs is not None
            return (Conflict("".join(ours or ()), "".join(theirs or ())), at + 1) if known else None
        if mark in texts:
            return None
        texts[mark] = []
    return None
