"""Adding and taking entries between brackets and braces, with the one comma that goes with each."""

from __future__ import annotations

from collections.abc import Container, Sequence

from epncli.yamlfile.layout import BREAKS, Splice, line_start, next_line, skip

Entry = tuple[int, int]
"""Start and end of an item of a list, or of a key with its value."""


def insert_first(text: str, opening: int, new: str) -> Splice:
    """Put an entry into empty brackets that open at `opening`."""
    glued = " " if text[opening + 1 : opening + 2] == "#" else ""
    return Splice(opening + 1, opening + 1, new + glued)


def insert_after(text: str, entry: Entry, new: str) -> Splice:
    """Put an entry behind another one."""
    start, end = entry
    bare = start == end or text[end - 1] == ":"  # an empty value: `a:,` would be another key
    return Splice(end, end, (" , " if bare else ", ") + new)


def insert_before(entry: Entry, new: str) -> Splice:
    """Put an entry before another one."""
    return Splice(entry[0], entry[0], new + ", ")


def delete(text: str, entries: Sequence[Entry], doomed: Container[int]) -> list[Splice]:
    """Take entries out, each with its comma, and with its line where it has one to itself."""
    splices: list[Splice] = []
    last_comma: Splice | None = None  # of the last entry that is kept
    for index, (start, end) in enumerate(entries):
        comma = skip(text, end)
        if text[comma] != ",":
            comma = -1
        if index not in doomed:
            last_comma = Splice(comma, comma + 1, "") if comma >= 0 else None
        elif comma >= 0:
            splices += _with_comma(text, start, end, comma)
        else:
            while text[start - 1] in " \t" and text[start - 1 : start] and last_comma:
                start -= 1
            splices.append(Splice(start, end, ""))
            if last_comma:
                splices.append(last_comma)
    return splices


def _with_comma(text: str, start: int, end: int, comma: int) -> list[Splice]:
    first, stop = line_start(text, start), comma + 1
    while text[stop] in " \t":
        stop += 1
    alone = not text[first:start].strip(" \t") and text[stop] in BREAKS and "#" not in text[end:comma]
    if alone:
        return [Splice(first, next_line(text, stop), "")]
    if text[end:comma].strip(" \t"):  # a comment stands between the entry and its comma
        return [Splice(start, end, ""), Splice(comma, comma + 1, "")]
    return [Splice(start, stop if text[stop] not in "#" + BREAKS else comma + 1, "")]
