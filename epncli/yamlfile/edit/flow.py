"""Insertion and deletion of entries in flow style, that is, in brackets or braces, with their commas."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    line_start,
    next_line,
    past_blanks,
    skip,
)

_TAB_LINE = re.compile(f"[{BREAKS}] *\t")
Entry = tuple[int, int]
"""Start and end of an item of a list, or of a key and its value."""


def needed_quote(text: str, start: int, end: int) -> str:
    """The quote that new texts need in these brackets, or "".

    If a line begins with a tab, a plain scalar before it would continue on that line, which libyaml refuses.
    """
    return '"' if _TAB_LINE.search(text, start, end) else ""


def insert_first(text: str, opening: int, new: str) -> Splice:
    """The splice that inserts an entry in the empty brackets that open at `opening`."""
    glued = " " if text[opening + 1 : opening + 2] == "#" else ""
    return Splice(opening + 1, opening + 1, new + glued)


def insert_after(text: str, entry: Entry, new: str) -> Splice:
    """The splice that inserts an entry after another one."""
    start, end = entry
    bare = start == end or text[end - 1] == ":"  # an empty value: in `a:,`, the key would be `a:`
    glued = " " if text[end : end + 1] == "#" else ""
    return Splice(end, end, (" , " if bare else ", ") + new + glued)


def insert_before(entry: Entry, new: str) -> Splice:
    """The splice that inserts an entry before another one."""
    return Splice(entry[0], entry[0], new + ", ")


def delete(text: str, entries: Sequence[Entry], doomed: Container[int]) -> list[Splice]:
    """The splices that delete entries with their commas, and with the line of an entry that has its own."""
    splices: list[Splice] = []
    last_comma = -1  # the comma of the last entry that is kept
    for index, (start, end) in enumerate(entries):
        comma = skip(text, end)
        if text[comma] != ",":
            comma = -1
        if index not in doomed:
            last_comma = comma
        elif comma >= 0:
            splices += _delete_with_comma(text, start, end, comma)
        else:
            splices += _delete_last(text, start, end, last_comma)
    return splices


def _delete_with_comma(text: str, start: int, end: int, comma: int) -> list[Splice]:
    first, stop = line_start(text, start), past_blanks(text, comma + 1)
    if "#" in text[end:comma]:  # there is a comment between the entry and its comma
        return [_delete(text, start, end), Splice(comma, comma + 1, "")]
    if not text[first:start].strip(" \t") and text[stop] in "#" + BREAKS:
        return [Splice(first, next_line(text, stop), "")]
    return [Splice(start, stop if text[stop] not in "#" + BREAKS else comma + 1, "")]


def _delete_last(text: str, start: int, end: int, last_comma: int) -> list[Splice]:
    """The splices that delete an entry without a comma, and the comma before it, which would be the last."""
    if last_comma < 0 or needed_quote(text, end, skip(text, end)):  # a trailing comma is valid: `[a, ]`
        return [_delete(text, start, end)]
    if "#" not in text[last_comma:start]:
        return [_delete(text, last_comma, end)]
    if needed_quote(text, last_comma, start):
        return [_delete(text, start, end)]
    return [Splice(last_comma, last_comma + 1, ""), _delete(text, start, end)]


def _delete(text: str, start: int, end: int) -> Splice:
    """The splice that deletes a token, without leaving a tab at the start of a line or a `#` after a word."""
    stop = past_blanks(text, end)
    if text[stop] == "#":
        return Splice(start, stop, " ")
    return Splice(start, stop if text[stop] in BREAKS or "\t" in text[end:stop] else end, "")
