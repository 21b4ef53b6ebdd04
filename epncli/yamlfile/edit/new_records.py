"""Insertion of new records into a list, as splices that keep every other byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from epncli.yamlfile.edit import block, flow
from epncli.yamlfile.edit.scalar import write_flow_record, write_record
from epncli.yamlfile.edit.values import replace_field_value
from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    column,
    ends_line,
    insertion,
    insertion_point,
    line_break_above,
    line_start,
    may_end_block_scalar,
    newline_at,
    next_line,
    next_token,
    past_blanks,
    previous_line,
)
from epncli.yamlfile.nodes import Node
from epncli.yamlfile.reader import Document

Record = Mapping[str, str | list[str]]
"""The values of a new record by name."""

FIRST = -1
"""The place above the first record."""


def insert_items(
    document: Document,
    key: str,
    groups: Mapping[int, Sequence[Record]],
    removed: AbstractSet[int] = frozenset(),
) -> list[Splice]:
    """The splices that insert records into the list under `key`, with the layout of their neighbours.

    `groups` has the records by the index of the one after which they go, or `FIRST`. `removed` are the
    indexes of the items that `remove_item` removes in the same change: nothing is inserted after these.
    Comments stay with what they belong to: those indented deeper than a dash with the record above them,
    all others with what follows. Raises `Unwritable` for a layout that epn cannot change.
    """
    text, items = document.text, document.root.get(key, "")
    if isinstance(items, list) and items:
        if text[document.start(key)] == "[":
            return [s for index in groups for s in _in_flow(document, key, index, groups[index], removed)]
        if text[line_start(text, document.start(key)) : document.start(key)].strip(" "):
            raise block.by_hand()
        return [s for index in groups for s in _in_block(document, key, index, groups[index], removed)]
    if key not in document.root:
        raise block.by_hand()
    return _into_empty_list(document, key, [record for group in groups.values() for record in group])


def _in_flow(
    document: Document, key: str, index: int, records: Sequence[Record], removed: AbstractSet[int]
) -> list[Splice]:
    text, count = document.text, len(document.root[key])
    new = [write_flow_record(record) for record in records]
    if index != FIRST:
        node = document.item(key, index)
        return flow.insert_entries_after(text, (node.start, node.end), new, inline=index + 1 in removed)
    if len(removed) == count:
        return [flow.insert_first(text, document.start(key), ", ".join(new))]
    return [flow.insert_entries_before(text, document.start(key), document.item(key, 0).start, new)]


def _in_block(
    document: Document, key: str, index: int, records: Sequence[Record], removed: AbstractSet[int]
) -> list[Splice]:
    text, dash_column = document.text, column(document.text, document.start(key))
    node = document.item(key, max(index, 0))
    width = column(text, node.start) - dash_column
    width = width if text[node.start] != "{" and 1 < width < 9 else 2
    blank = all(map(block.has_blank_line, _gaps(document, key, index, node)))
    at = block.own_comments_end(text, insertion_point(text, node.end), dash_column)
    if index == FIRST:
        at = _above_first(text, document.start(key), dash_column, past_blank_lines=0 not in removed)
        blank = blank or "#" in text[at : document.start(key)]
    line_break = newline_at(text, at)
    later = range(index + 1, len(document.root[key]))
    ends_file = 0 < len(later) <= len(removed) and removed >= set(later) and not ends_line(text, len(text))
    literal = not ends_file and may_end_block_scalar(text, at, dash_column + width + 2)
    lines = _lines(records, dash_column, width, line_break, blank=blank, literal=literal)
    if index == FIRST:
        lines += line_break if blank and len(removed) < len(document.root[key]) else ""
    elif blank and not (at == node.end and ends_line(text, at)):  # a `|+` would include the blank line
        lines = line_break + lines
    added = insertion(text, at, lines, line_break)
    if ends_file:  # then the line break above may be removed too
        before = line_break_above(text, at)
        added = Splice(before, before, line_break + lines)
    return [added] if index == FIRST else [*block.strip_last_line_break(text, node), added]


def _gaps(document: Document, key: str, index: int, node: Node) -> list[str]:
    """The text between a record, `node`, and its neighbours; for `FIRST`, between the first two records."""
    text, count = document.text, len(document.root[key])
    ends = [document.item(key, index - 1).end] if index > 0 else []
    if max(index, 0) < count - 1:
        ends.append(node.end)
    dash_column = column(text, document.start(key))
    starts = (block.own_comments_end(text, insertion_point(text, end), dash_column) for end in ends)
    return [text[start : next_token(text, start)] for start in starts]


def _above_first(text: str, dash: int, dash_column: int, *, past_blank_lines: bool) -> int:
    """Where a record goes above the first one and its heading: the start of a line."""
    at = higher = line_start(text, dash)
    while text[higher:at].lstrip(" \t")[:1] in ("", "#", *BREAKS):
        at, higher = higher, previous_line(text, higher)
    at = block.own_comments_end(text, at, dash_column)
    while past_blank_lines and not text[at : next_line(text, at)].strip(" \t" + BREAKS):
        at = next_line(text, at)
    return at


def _into_empty_list(document: Document, key: str, records: Sequence[Record]) -> list[Splice]:
    """The splices that add records to an empty list: `structures:` without a value, or `[]`."""
    text, root = document.text, document.root_node()
    name, value = root.fields()[key]
    empty = value.start == value.end
    in_flow = text[root.start] == "{"
    if in_flow or (not empty and "#" in text[value.start : value.end]):
        new = ", ".join(map(write_flow_record, records))
        if isinstance(value.value, list):
            return [flow.insert_first(text, value.start, new)]
        return [replace_field_value(text, (name, value), f"[{new}]", value.start)]
    splices = []
    if not empty:  # `[]`
        end = past_blanks(text, value.end)
        start = value.start
        while text[start - 1] in " \t":
            start -= 1
        splices.append(Splice(start, end, " " if text[end : end + 1] == "#" else ""))
    below = insertion_point(text, value.end)
    at = block.own_comments_end(text, below, column(text, name.start))
    dash_column, line_break = column(text, name.start) + 2, newline_at(text, at)
    literal = may_end_block_scalar(text, at, dash_column + 4)
    lines = _lines(records, dash_column, 2, line_break, blank=True, literal=literal)
    above = line_break if at > below else ""  # a comment directly above a record belongs to it
    return [*splices, insertion(text, at, above + lines, line_break)]


def _lines(
    records: Sequence[Record], dash_column: int, width: int, line_break: str, *, blank: bool, literal: bool
) -> str:
    """The lines of records, without the last line break."""
    dash = " " * dash_column + "-" + " " * (width - 1)
    between = line_break * 2 if blank else line_break
    return between.join(
        dash + write_record(record, dash_column + width, line_break, literal=literal) for record in records
    )
