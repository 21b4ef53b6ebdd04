"""Adding and taking lines: the fields of a record and the items of a list, outside brackets."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    after,
    block_scalar_indent,
    column,
    ends_line,
    insertion,
    is_block_scalar,
    keeps_blank_lines,
    line_start,
    newline,
    next_line,
    skip,
)
from epncli.yamlfile.reader import Node

Field = tuple[Node, Node]
"""The key and the value of an entry."""


def insert_fields(text: str, anchor: Field, lines: Sequence[str]) -> list[Splice]:
    """Put fields, each written as `name: value`, below another one of their record."""
    key, value = anchor
    indent = " " * column(text, key.start)
    line_break = newline(text)
    added = line_break.join(indent + line for line in lines)
    return [*end_unended(text, value), insertion(text, after(text, value.end), added, line_break)]


def end_unended(text: str, value: Node) -> list[Splice]:
    """What a block scalar on the last line of a file without an end needs before lines go below it.

    The line break that comes then would become part of its text: `|-` leaves it out.
    """
    scalar = _ends_in_block_scalar(text, value)
    if scalar is None or after(text, scalar.end) < len(text) or ends_line(text, len(text)):
        return []
    value = scalar
    header = re.match("[|>][-+0-9]*", text[value.start :])
    assert header is not None  # a block scalar begins so
    chomped = header[0].translate({ord("+"): None, ord("-"): None}) + "-"
    return [Splice(value.start, value.start + header.end(), chomped)]


def delete_fields(text: str, record: Node, doomed: Sequence[str], rewritten: Sequence[str]) -> list[Splice]:
    """Take fields out with their lines; the comments between them stay.

    `rewritten` are the fields that get another text at the same time, not one that blank lines join.
    """
    fields = list(record.fields().items())
    head: list[Field] = []
    for name, field in fields:
        if name not in doomed:
            break
        head.append(field)
    splices = []
    done = 0  # this many fields are taken out by then
    if head and (starts_line := text[line_start(text, record.start) : record.start]).strip(" "):
        if starts_line.strip(" -"):  # `? key`
            raise by_hand()
        rest = fields[len(head)][1][0].start if len(head) < len(fields) else head[-1][1].end
        below = after(text, head[0][1].end)
        if "#" in text[below:rest]:  # comments on lines of their own stay, below a dash alone
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
    """Take out, with their lines, the entries that are doomed; each is its start and its value."""
    splices = []
    above: Node | None = None  # what the lines that are taken out stand directly below
    stays = 0  # the end of what stays above them
    for index, (at, value) in enumerate(entries):
        if index not in doomed:
            above, stays = (None if index in rewritten else value), value.end
            continue
        start = line_start(text, at)
        if text[start:at].strip(" "):  # `? key`
            raise by_hand()
        if above and text[stays:start].strip(" \t" + BREAKS):  # a comment stays between
            above = None
        stays = past_joining_lines(text, above, after(text, value.end))
        splices.append(Splice(start, stays, ""))
    return splices


def past_joining_lines(text: str, above: Node | None, at: int) -> int:
    """The end of the blank lines from `at` on that would become text of the value that is to stand above."""
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
    """The block scalar that stands at the end of a value, or is it."""
    while value.children:
        value = value.children[-1]
    return value if value.start < value.end and is_block_scalar(text, value.start) else None


def by_hand() -> Unwritable:
    """A layout that epn reads, but does not know how to change without touching the rest."""
    return Unwritable(
        _("this record is written in a way that epn cannot change without changing the rest"),
        _("change it in a text editor, or first write each field on its own line"),
    )


def dash_of(text: str, sequence: Node, index: int) -> int:
    """Where the dash of an item stands."""
    if index == 0:
        return sequence.start
    return skip(text, sequence.children[index - 1].end)


def insert_item(text: str, sequence: Node, index: int, new: str) -> list[Splice]:
    """Put an item before the one at `index`, or behind the last."""
    indent = " " * column(text, sequence.start)
    line_break = newline(text)
    if index == 0:
        return [Splice(sequence.start, sequence.start, f"- {new}{line_break}{indent}")]
    above = sequence.children[index - 1]
    added = insertion(text, after(text, above.end), f"{indent}- {new}", line_break)
    return [*end_unended(text, above), added]


def delete_items(text: str, sequence: Node, doomed: Container[int]) -> list[Splice]:
    """Take items out with their lines."""
    entries = [(dash_of(text, sequence, index), item) for index, item in enumerate(sequence.children)]
    return _delete_entries(text, entries, doomed)


def tail(text: str, at: int, dash_column: int) -> int:
    """The end of the comment lines from `at` on that are indented deeper than a dash: its record's own."""
    end = at
    while at < len(text):
        line = text[at : (following := next_line(text, at))].rstrip(BREAKS)
        content = line.lstrip(" \t")
        if content.startswith("#") and len(line) - len(content) > dash_column:
            end = following
        elif content:
            break
        at = following
    return end


def spare_line(text: str, at: int) -> int:
    """The end of the blank line at `at`, if it is all that a record put below needs; else `at` itself.

    One that was removed has left its blank line: the next one would add another each time. What
    follows the list keeps a blank line above it.
    """
    end = next_line(text, at)
    following = text[end : next_line(text, end)]
    if not ends_line(text, end) or text[at:end].strip(" \t" + BREAKS) or following.strip(" \t" + BREAKS):
        return at
    return end


def comments_above(text: str, at: int, dash_column: int, stop: int) -> int:
    """The start of the comment lines directly above a record, less those of the one that ends at `stop`."""
    while at > stop:
        start = line_start(text, at - 1 - (text[at - 2 : at] == "\r\n"))
        line = text[start:at]
        content = line.lstrip(" \t")
        if start < stop or not content.startswith("#") or len(line) - len(content) > dash_column:
            break
        at = start
    return at
