"""Adding and taking lines: the fields of a record and the items of a list, outside brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    after,
    column,
    ends_line,
    insertion,
    line_start,
    newline,
    next_line,
    skip,
)
from epncli.yamlfile.reader import Node
from epncli.yamlfile.source import LINE_BREAK

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
    while value.children:
        value = value.children[-1]
    is_block = value.start < value.end and text[value.start] in "|>"
    if not is_block or after(text, value.end) < len(text) or ends_line(text, len(text)):
        return []
    header = re.match("[|>][-+0-9]*", text[value.start :])
    assert header is not None  # a block scalar begins so
    chomped = header[0].translate({ord("+"): None, ord("-"): None}) + "-"
    return [Splice(value.start, value.start + header.end(), chomped)]


def past_blank_lines(text: str, at: int, above: Node | None) -> int:
    """From the end of lines that are taken out: past the blank ones, if they would join the value above.

    That is a block scalar, `above` or the last value in it, which keeps blank lines (`|+`), or of whose
    text a line of more blanks would be a part.
    """
    while above is not None and above.children:
        above = above.children[-1]
    end = at
    while end < len(text) and not text[end : next_line(text, end)].strip(" \t" + BREAKS):
        end = next_line(text, end)
    if above is None or text[above.start : above.start + 1] not in ("|", ">"):
        return at
    header, *lines = LINE_BREAK.split(text[above.start : above.end])
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), default=0)
    joins = "+" in header[:3] or any(len(line) > indent for line in LINE_BREAK.split(text[at:end]))
    return end if joins else at


def delete_fields(text: str, record: Node, doomed: Sequence[str]) -> list[Splice]:
    """Take fields out with their lines; the comments between them stay."""
    fields = list(record.fields().items())
    head: list[Field] = []
    for name, field in fields:
        if name not in doomed:
            break
        head.append(field)
    splices = []
    done = 0
    if head and (starts_line := text[line_start(text, record.start) : record.start]).strip(" "):
        _only_dashes(starts_line)
        rest = fields[len(head)][1][0].start if len(head) < len(fields) else head[-1][1].end
        below = after(text, head[0][1].end)
        if "#" in text[below:rest]:  # comments on lines of their own stay, below a dash alone
            splices.append(Splice(record.start, below, newline(text)))
            done = 1
        else:
            splices.append(Splice(record.start, rest, ""))
            done = len(head)
    above = None
    for index, (name, (key, value)) in enumerate(fields):
        if name not in doomed:
            above = value
        elif index >= done:
            start = line_start(text, key.start)
            _only_dashes(text[start : key.start])
            splices.append(Splice(start, past_blank_lines(text, after(text, value.end), above), ""))
    return splices


def _only_dashes(before: str) -> None:
    """Refuse what cannot be taken out line by line (`? key`): a person will do that better."""
    if before.strip(" -"):
        raise by_hand()


def by_hand() -> Unwritable:
    """A layout that epn reads, but does not know how to change without touching the rest."""
    return Unwritable(
        _("this record is written in a way that epn cannot change without touching the rest"),
        _("change it in a text editor, or write each field on a line of its own first"),
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


def delete_item(text: str, sequence: Node, index: int) -> Splice:
    """Take an item out with its line."""
    dash = dash_of(text, sequence, index)
    start = line_start(text, dash)
    if text[start:dash].strip(" "):
        raise by_hand()
    return Splice(start, after(text, sequence.children[index].end), "")


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


def comments_above(text: str, at: int, dash_column: int, top: int) -> int:
    """The start of the comment lines directly above a record, less those of the record before it.

    `top` is where the text of that one ends: a line of a quoted text may begin with # too.
    """
    while at > top:
        start = line_start(text, at - 1 - (text[at - 2 : at] == "\r\n"))
        line = text[start:at]
        content = line.lstrip(" \t")
        if not content.startswith("#") or len(line) - len(content) > dash_column:
            break
        at = start
    return at
