"""Insertion and deletion of entries in flow style, that is, in brackets or braces, with their commas."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    indent_start,
    newline_at,
    next_line,
    next_token,
    past_blanks,
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


def insert_entries_after(text: str, entry: Entry, new: Sequence[str], *, inline: bool) -> list[Splice]:
    """The splices that insert entries after another one, on lines of their own if that has its own line.

    `inline` keeps them on the line of the entry, for one whose comma is removed in the same change.
    """
    start, end = entry
    first, comma = indent_start(text, start), past_blanks(text, end)
    has_comma = text[comma] == ","
    stop = past_blanks(text, comma + 1) if has_comma else comma
    shares_line = first < 0 or text[stop] not in "#" + BREAKS or text[end - 1] == ":"
    following = next_token(text, end)
    if inline or (shares_line and text[following] != ","):
        return [insert_after(text, entry, ", ".join(new))]
    if shares_line or text[following] == "," != text[comma]:
        beside = past_blanks(text, following + 1)
        if text[beside] not in "#" + BREAKS:
            return [Splice(beside, beside, "".join(f"{one}, " for one in new))]
        return [Splice(following + 1, following + 1, "".join(f" {one}," for one in new))]
    at = next_line(text, stop)
    line_break = newline_at(text, at)
    lines = f",{line_break}".join(text[first:start] + one for one in new)
    if has_comma:
        return [Splice(at, at, f"{lines},{line_break}")]
    return [Splice(end, end, ","), Splice(at, at, lines + line_break)]


def insert_entries_before(text: str, opening: int, first: int, new: Sequence[str]) -> Splice:
    """The splice that inserts entries between an opening bracket and the first entry, at `first`."""
    start, rest = indent_start(text, first), past_blanks(text, opening + 1)
    if start < 0 or text[rest] not in "#" + BREAKS:
        return Splice(first, first, "".join(f"{one}, " for one in new))
    at = next_line(text, rest)
    indent = text[start:first]
    return Splice(at, at, "".join(f"{indent}{one},{newline_at(text, at)}" for one in new))


def insert_before(entry: Entry, new: str) -> Splice:
    """The splice that inserts an entry before another one."""
    return Splice(entry[0], entry[0], new + ", ")


def delete(text: str, entries: Sequence[Entry], doomed: Container[int]) -> list[Splice]:
    """The splices that delete entries with their commas, and with the line of an entry that has its own."""
    splices: list[Splice] = []
    kept_end = 0  # the end of the last entry that is kept
    for index, (start, end) in enumerate(entries):
        comma = next_token(text, end)
        if index not in doomed:
            kept_end = end
        elif text[comma] == ",":
            splices += _delete_with_comma(text, start, end, comma)
        else:
            splices += _delete_last(text, start, end, kept_end)
    return splices


def _delete_with_comma(text: str, start: int, end: int, comma: int) -> list[Splice]:
    first, stop = indent_start(text, start), past_blanks(text, comma + 1)
    if "#" in text[end:comma]:  # there is a comment between the entry and its comma
        return [_delete(text, start, end), Splice(comma, comma + 1, "")]
    if first >= 0 and text[stop] in "#" + BREAKS:
        return [Splice(first, next_line(text, stop), "")]
    if text[stop] not in "#" + BREAKS:
        return [Splice(start, stop, "")]
    while text[start - 1] in " \t":
        start -= 1
    return [Splice(start, comma + 1, "")]


def _delete_last(text: str, start: int, end: int, kept_end: int) -> list[Splice]:
    """The splices that delete an entry without a comma, and the comma before it, which would be the last.

    `kept_end` is the end of the last entry that is kept, or 0.
    """
    if not kept_end:
        return [_delete(text, start, end)]
    last_comma, first, stop = next_token(text, kept_end), indent_start(text, start), past_blanks(text, end)
    if text[kept_end - 1] not in "]}" and needed_quote(text, last_comma, next_token(text, end)):
        return [_delete(text, start, end)]  # a trailing comma is valid: `[a, ]`
    if first >= 0 and text[stop] in BREAKS:
        return [Splice(last_comma, last_comma + 1, ""), Splice(first, next_line(text, stop), "")]
    if "#" not in text[last_comma:start]:
        return [_delete(text, last_comma, end)]
    return [Splice(last_comma, last_comma + 1, ""), _delete(text, start, end)]


def _delete(text: str, start: int, end: int) -> Splice:
    """The splice that deletes a token, without leaving a tab at the start of a line or a `#` after a word."""
    stop = past_blanks(text, end)
    if indent_start(text, start) < 0 and stop > end:
        return Splice(start, end, "")
    return Splice(start, stop, " " if text[stop] == "#" else "")
