"""Replacement of the value of a field, keeping its quotes, its layout and its comments."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from epncli.yamlfile.edit import block, flow
from epncli.yamlfile.edit.scalar import write_literal, write_scalar, write_value
from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    column,
    ends_line,
    insertion_point,
    may_end_block_scalar,
    newline,
    next_line,
    past_blanks,
)
from epncli.yamlfile.nodes import Node


class Style(NamedTuple):
    """How the values of a record are written."""

    in_flow: bool
    """True for a record in braces."""
    literal: bool
    """True if a text of several lines may be a block scalar: never in braces."""
    quote: str
    """The quote to use for a value that has none yet, or ""."""


def set_value(text: str, field: block.Field, new: str | list[str], style: Style) -> list[Splice]:
    """The splices that replace the value of a field."""
    key, old = field
    if isinstance(new, list) and isinstance(old.value, list):
        items = [item for item in old.value if isinstance(item, str)]
        if len(items) == len(old.value):
            return _change_list(text, old, items, new, style)
    written = _written(text, key, old, new, style)
    start = old.start if isinstance(old.value, str) else text.index(":", key.end) + 1
    return [replace_field_value(text, field, written, start)]


def _written(text: str, key: Node, old: Node, new: str | list[str], style: Style) -> str:
    if isinstance(new, list):
        return write_value(new, 0, "", flow=True).lstrip()
    if "\n" in new and style.literal and not _shares_line(text, old):
        indent = column(text, key.start) + 2
        if may_end_block_scalar(text, insertion_point(text, old.end), indent) and (
            lines := write_literal(new, " " * indent, newline(text))
        ):
            return lines
    return write_scalar(new, flow=style.in_flow, like=_quote_of(text, old) or style.quote)


def _quote_of(text: str, old: Node) -> str:
    """The quote of a value, or "" if it is not quoted."""
    first = text[old.start : old.end][:1] if isinstance(old.value, str) else ""
    return first if first in ("'", '"') else ""


def _shares_line(text: str, old: Node) -> bool:
    """True if something, such as a comment, follows the value on its last line."""
    if old.start < old.end and text[old.start] in "|>":
        return False
    line = text[old.end : next_line(text, old.end)]
    return bool(line.strip(" \t" + BREAKS))


def _may_be_glued(text: str, old: Node, new: str) -> bool:
    """True if no space is needed after the colon, as in `"nom":"A"`."""
    return new[0] in "\"'" and text.startswith(new[0], old.start)


def replace_field_value(text: str, field: block.Field, new: str, start: int) -> Splice:
    """The splice that replaces the value of a field, from `start` on, and adds a missing colon."""
    key, old = field
    if old.start == old.end == key.end:  # `{name}`: no colon yet
        glued = " " if text[old.end : old.end + 1] == "#" else ""
        return Splice(start, old.end, f": {new}{glued}")
    return _replace_value(text, old, new, start)


def _replace_value(text: str, old: Node, new: str, start: int) -> Splice:
    """The splice that replaces a value, with the spaces that the new one needs around it."""
    if text[start - 1 : start] in (":", "-") and not _may_be_glued(text, old, new):
        new = " " + new
    if text[old.end : old.end + 1] == "#" and not ends_line(text, old.end):
        new += " "
    if old.start < old.end and text[old.start] in "|>":
        line_break = newline(text)
        header = text[old.start : next_line(text, old.start)].rstrip(" \t" + BREAKS)
        first, *rest = new.split(line_break)
        new = line_break.join([first + header.lstrip("|>+-0123456789"), *rest])  # keep its comment
    end = old.end
    if old.start < end and text[end - 1] in BREAKS:  # a block scalar that keeps its blank lines
        new += newline(text)
    elif newline(text) in new:  # spaces after it would become part of the text
        end = past_blanks(text, end)
    return Splice(start, end, new)


def _change_list(text: str, old: Node, values: list[str], new: list[str], style: Style) -> list[Splice]:
    """The splices that change a list item by item, so that comments beside other items are kept."""
    items, in_flow, quote = old.children, style.in_flow, style.quote
    if text[old.start] == "[":
        in_flow = True
        quote = quote or flow.needed_quote(text, old.start, old.end)
    if in_flow and not items:
        return [flow.insert_first(text, old.start, _flow_items(new, quote))]
    splices: list[Splice] = []
    doomed: set[int] = set()
    inserts: list[tuple[int, list[str]]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, values, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        for item, value in zip(items[i1 : i1 + both], new[j1 : j1 + both], strict=True):
            written = write_scalar(value, flow=in_flow, like=_quote_of(text, item) or quote)
            splices.append(_replace_value(text, item, written, item.start))
        doomed.update(range(i1 + both, i2))
        if j1 + both < j2:
            inserts.append((i1 + both, new[j1 + both : j2]))
    if in_flow:
        return splices + _change_flow_list(text, items, doomed, inserts, quote)
    if doomed:
        splices += block.delete_items(text, old, doomed)
    for index, fresh in inserts:
        between = newline(text) + " " * column(text, old.start) + "- "
        splices += block.insert_item(text, old, index, between.join(map(write_scalar, fresh)))
    return splices


def _change_flow_list(
    text: str, items: Sequence[Node], doomed: set[int], inserts: list[tuple[int, list[str]]], quote: str
) -> list[Splice]:
    entries = [(item.start, item.end) for item in items]
    splices = flow.delete(text, entries, doomed) if doomed else []
    for index, values in inserts:
        written = _flow_items(values, quote)
        if index:
            splices.append(flow.insert_after(text, entries[index - 1], written))
        else:
            splices.append(flow.insert_before(entries[index], written))
    return splices


def _flow_items(values: Sequence[str], quote: str) -> str:
    return ", ".join(write_scalar(value, flow=True, like=quote) for value in values)
