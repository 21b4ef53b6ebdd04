"""Insertion and deletion of fields and list items in block style, that is, on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.yamlfile.layout import (
    BREAKS,
    LINE_BREAK,
    Splice,
    block_scalar_indent,
    column,
    ends_line,
    insertion,
    insertion_point,
    is_block_scalar,
    keeps_blank_lines,
    line_break_above,
    line_start,
    newline,
    next_line,
    next_token,
    past_blank_lines,
    previous_line,
)
from epncli.yamlfile.nodes import Node

Field = tuple[Node, Node]
"""The key node and the value node of a field."""


def insert_fields(text: str, anchor: Field, lines: Sequence[str]) -> list[Splice]:
    """The splices that insert fields, each written as `name: value`, below the field `anchor`."""
    key, value = anchor
    indent = " " * column(text, key.start)
    line_break = newline(text)
    added = line_break.join(indent + line for line in lines)
    return [
        *strip_last_line_break(text, value),
        insertion(text, insertion_point(text, value.end), added, line_break),
    ]


def strip_last_line_break(text: str, value: Node) -> list[Splice]:
    """The splice that a block scalar at the end of the file needs before lines are inserted below it.

    If the file has no final line break, the inserted one would become part of the text: `|-` strips it.
    """
    scalar = _ends_in_block_scalar(text, value)
    if scalar is None or insertion_point(text, scalar.end) < len(text) or ends_line(text, len(text)):
        return []
    value = scalar
    header = _header(text, value)
    chomped = header.translate({ord("+"): None, ord("-"): None}) + "-"
    return [Splice(value.start, value.start + len(header), chomped)]


def _header(text: str, scalar: Node) -> str:
    """The header of a block scalar, such as `|` or `>2-`."""
    header = re.match("[|>][-+0-9]*", text[scalar.start : scalar.start + 4])
    assert header is not None  # every block scalar has a header
    return header[0]


def delete_fields(text: str, record: Node, doomed: Sequence[str], rewritten: Sequence[str]) -> list[Splice]:
    """The splices that delete fields with their lines, but not the comments between them.

    `rewritten` are fields that get a new text in the same change, so that blank lines cannot join it.
    """
    fields = list(record.fields().items())
    head: list[Field] = []
    for name, field in fields:
        if name not in doomed:
            break
        head.append(field)
    splices = []
    done = 0  # number of fields already deleted
    if head and (starts_line := text[line_start(text, record.start) : record.start]).strip(" "):
        if starts_line.strip(" -"):  # `? key`
            raise by_hand()
        rest = fields[len(head)][1][0].start if len(head) < len(fields) else head[-1][1].end
        below = insertion_point(text, head[0][1].end)
        if "#" in text[below:rest]:  # keep comments on their own lines, below the dash
            splices.append(Splice(record.start, below, newline(text)))
            done = 1
        else:
            splices.append(Splice(record.start, rest, ""))
            done = len(head)
    entries = [(key.start, value) for _name, (key, value) in fields]
    indexes = {name: index for index, (name, _field) in enumerate(fields) if index >= done}
    return splices + _delete_entries(
        text,
        entries,
        {indexes[name] for name in doomed if name in indexes},
        {indexes[name] for name in rewritten if name in indexes},
    )


def _delete_entries(
    text: str, entries: Sequence[tuple[int, Node]], doomed: Container[int], rewritten: Container[int] = ()
) -> list[Splice]:
    """The splices that delete the entries at the indexes `doomed`. An entry is its start and its value."""
    splices = []
    above: Node | None = None  # the value directly above the deleted lines
    stays = 0  # the end of what is kept above them
    for index, (at, value) in enumerate(entries):
        if index not in doomed:
            above, stays = (None if index in rewritten else value), value.end
            continue
        start = line_start(text, at)
        if text[start:at].strip(" "):  # `? key`
            raise by_hand()
        if above and text[stays:start].strip(" \t" + BREAKS):  # a comment between them is kept
            above = None
        stays = past_joining_lines(text, above, insertion_point(text, value.end))
        splices.append(Splice(start, stays, ""))
    return splices


def past_joining_lines(text: str, above: Node | None, at: int) -> int:
    """The end of the blank lines from `at` on that would become part of the value `above`."""
    scalar = above and _ends_in_block_scalar(text, above)
    if scalar is None:
        return at
    keeps = keeps_blank_lines(text, scalar.start)
    indent = block_scalar_indent(text, scalar.start, scalar.end, str(scalar.value))
    end = at
    while at < len(text):
        line = text[at : (at := next_line(text, at))].rstrip(BREAKS)
        if line.strip(" "):
            break
        if keeps or len(line) > indent:
            end = at
    return end


def _ends_in_block_scalar(text: str, value: Node) -> Node | None:
    """The block scalar at the end of a value, which may be the value itself; else None."""
    while value.children:
        value = value.children[-1]
    return value if value.start < value.end and is_block_scalar(text, value.start) else None


def by_hand() -> Unwritable:
    """The error for a layout that epn can read, but cannot change without touching the rest."""
    return Unwritable(
        _("this record is written in a way that epn cannot change without changing the rest"),
        _("change it in a text editor, or first write each field on its own line"),
    )


def dash_of(text: str, sequence: Node, index: int) -> int:
    """The position of the dash of an item."""
    if index == 0:
        return sequence.start
    return next_token(text, sequence.children[index - 1].end)


def insert_item(text: str, sequence: Node, index: int, new: str) -> list[Splice]:
    """The splices that insert an item before the one at `index`, or after the last one."""
    indent = " " * column(text, sequence.start)
    line_break = newline(text)
    if index == 0:
        return [Splice(sequence.start, sequence.start, f"- {new}{line_break}{indent}")]
    above = sequence.children[index - 1]
    added = insertion(text, insertion_point(text, above.end), f"{indent}- {new}", line_break)
    return [*strip_last_line_break(text, above), added]


def delete_items(text: str, sequence: Node, doomed: Container[int]) -> list[Splice]:
    """The splices that delete items with their lines."""
    entries = [(dash_of(text, sequence, index), item) for index, item in enumerate(sequence.children)]
    return _delete_entries(text, entries, doomed)


def own_comments_end(text: str, at: int, dash_column: int) -> int:
    """The end of the comment lines from `at` on that are indented deeper than the dash of their record."""
    end = at
    while at < len(text):
        line = text[at : (following := next_line(text, at))].rstrip(BREAKS)
        content = line.lstrip(" \t")
        if content.startswith("#") and len(line) - len(content) > dash_column:
            end = following
        elif content:
            break
        at = past_blank_lines(text, following)
    return end


def comments_above(text: str, at: int, dash_column: int, stop: int) -> int:
    """The start of the comment lines directly above a record, after `stop`, the end of the previous one."""
    while at > stop:
        start = previous_line(text, at)
        line = text[start:at]
        content = line.lstrip(" \t")
        if start < stop or not content.startswith("#") or len(line) - len(content) > dash_column:
            break
        at = start
    return at


def has_blank_line(between: str) -> bool:
    """True if one of these lines is blank. They end where the next token begins, or with a line break."""
    return any(not line.strip(" \t") for line in LINE_BREAK.split(between)[:-1])


def with_blank_line(
    text: str, start: int, end: int, above: Node | None, below: str | None
) -> tuple[int, int]:
    """Start and end of the lines of a record to remove, with the blank line that set it apart.

    That is the one above it; below it, for the first record. Between two records one must remain if there
    were two. `above` is the previous record, `below` what stands between the record and the next one.
    """
    if above is None and below is not None:
        blank_below = not text[end : next_line(text, end)].strip(" \t" + BREAKS)
        return start, next_line(text, end) if blank_below else end
    if below is None or has_blank_line(below):
        stop = insertion_point(text, above.end) if above else 0
        higher = previous_line(text, start)
        if stop <= higher < start and not text[higher:start].strip(" \t" + BREAKS):
            start = higher
    return _without_last_line_break(text, start, above) if end == len(text) else start, end


def _without_last_line_break(text: str, start: int, above: Node | None) -> int:
    """Where to cut off the end of a file, which still has no final line break if it has none now."""
    scalar = above and _ends_in_block_scalar(text, above)
    is_directly_above = scalar is not None and start == insertion_point(text, scalar.end)
    if ends_line(text, len(text)) or (scalar and is_directly_above and "-" not in _header(text, scalar)):
        return start
    return line_break_above(text, start)
