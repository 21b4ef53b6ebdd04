"""Change and removal of the records of a list, as splices that touch only what changes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from epncli.yamlfile.edit import block, flow
from epncli.yamlfile.edit.scalar import write_scalar, write_value
from epncli.yamlfile.edit.values import Style, set_value
from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    column,
    insertion_point,
    line_start,
    may_end_block_scalar,
    newline,
    next_token,
)
from epncli.yamlfile.nodes import Node
from epncli.yamlfile.reader import Document

Values = Mapping[str, str | list[str] | None]
"""New values of fields by name; None removes the field."""


_COMMENT_OR_BLANKS = re.compile(f"#|[{BREAKS}][ \t]+[{BREAKS}]")


def change_item(
    document: Document, key: str, index: int, changes: Values, order: Sequence[str]
) -> list[Splice]:
    """The splices that set, add and remove fields of one record of the list under `key`.

    `order` is the order of all fields, which determines where a new field is inserted. Raises `Unwritable`
    for a layout that epn cannot change.
    """
    text, record = document.text, document.item(key, index)
    fields = record.fields()
    gone = [name for name, value in changes.items() if value is None and name in fields]
    fresh = {name: value for name, value in changes.items() if value is not None and name not in fields}
    in_flow = text[record.start] == "{"
    if not in_flow and any(text[line_start(text, k.start) : k.start].strip(" -") for k, _ in fields.values()):
        raise block.by_hand()
    # A new block scalar above a removed field would take in a comment or blanks that remain below it.
    own_lines = text[record.start : next_token(text, record.end)]
    quote = flow.needed_quote(text, record.start, record.end) if in_flow else ""
    style = Style(in_flow, not in_flow and not (gone and _COMMENT_OR_BLANKS.search(own_lines)), quote)
    splices: list[Splice] = []
    for name, value in changes.items():
        if value is not None and name in fields:
            splices += set_value(text, fields[name], value, style)
    rewritten = [name for name in changes if name in fields and isinstance(fields[name][1].value, str)]
    if gone:
        splices += (
            flow.delete(text, *_flow_entries(fields, gone))
            if in_flow
            else block.delete_fields(text, record, gone, rewritten)
        )
    if fresh:
        kept = {name: field for name, field in fields.items() if name not in gone}
        if not kept:
            raise block.by_hand()
        splices += _insert_fields(text, kept, fresh, order, style)
    return splices


def quote_plain(
    document: Document, key: str, index: int, texts: Collection[tuple[str, str]], others: Sequence[Splice]
) -> list[Splice]:
    """The splices that quote plain scalars of a record, given by field and text, where `others` are not."""
    text, fields = document.text, document.item(key, index).fields()
    wanted = set(texts)
    others = sorted(others)
    starts = [other.start for other in others]
    ends = list(accumulate((other.end for other in others), max))
    return [
        Splice(node.start, node.end, write_scalar(node.value, like='"'))
        for name in dict.fromkeys(name for name, _text in texts if name in fields)
        for node in (fields[name][1].children or (fields[name][1],))
        if isinstance(node.value, str)
        and (name, node.value) in wanted
        and text.startswith(node.value, node.start)
        and ((before := bisect_left(starts, node.end)) == 0 or ends[before - 1] <= node.start)
    ]


def _flow_entries(
    fields: Mapping[str, block.Field], gone: Sequence[str]
) -> tuple[list[flow.Entry], set[int]]:
    entries = [(key.start, value.end) for key, value in fields.values()]
    return entries, {index for index, name in enumerate(fields) if name in gone}


def _insert_fields(
    text: str,
    kept: Mapping[str, block.Field],
    fresh: Mapping[str, str | list[str]],
    order: Sequence[str],
    style: Style,
) -> list[Splice]:
    """The splices that insert new fields, each after the nearest one before it in `order`, else the first."""
    rank = {name: place for place, name in enumerate(order)}
    groups: dict[str, list[str]] = {}
    for name in sorted(fresh, key=lambda name: rank.get(name, len(rank))):
        before = [other for other in kept if rank.get(other, -1) < rank.get(name, len(rank))]
        anchor = max(before, key=lambda other: rank.get(other, -1)) if before else next(iter(kept))
        groups.setdefault(anchor, []).append(name)
    splices = []
    for anchor, names in groups.items():
        key, value = kept[anchor]
        flows, indent = style.in_flow, 0 if style.in_flow else column(text, key.start)
        fits = style.literal and may_end_block_scalar(text, insertion_point(text, value.end), indent + 2)
        written = [
            write_scalar(name, flow=flows)
            + ":"
            + write_value(fresh[name], indent, newline(text), flow=flows, literal=fits, like=style.quote)
            for name in names
        ]
        if flows:
            splices.append(flow.insert_after(text, (key.start, value.end), ", ".join(written)))
        else:
            splices += block.insert_fields(text, (key, value), written)
    return splices


def dash_of_item(document: Document, key: str, index: int) -> int:
    """The position of the dash of a record."""
    return _dash_below(document, key, document.item(key, index - 1) if index else None)


def _dash_below(document: Document, key: str, above: Node | None) -> int:
    return document.start(key) if above is None else next_token(document.text, above.end)


def remove_item(document: Document, key: str, index: int) -> tuple[list[Splice], str]:
    """The splices that remove a record, and the text that they remove.

    Removed with its lines are the comments indented deeper than its dash and the comment lines directly
    above it. A heading, which a blank line separates from the record, is kept. Of the blank lines around the
    record, the one that `insert_items` would have written goes too. Raises `Unwritable` for a layout that epn
    cannot change.
    """
    text, record = document.text, document.item(key, index)
    opening = document.start(key)
    count = len(document.root[key])
    above = document.item(key, index - 1) if index else None
    if text[opening] == "[":
        around = [record] if above is None else [above, record]
        splices = flow.delete(text, [(node.start, node.end) for node in around], {len(around) - 1})
        return splices, "".join(text[max(s.start, record.start) : s.end] for s in splices)
    dash = _dash_below(document, key, above)
    first = line_start(text, dash)
    if text[first:dash].strip(" "):
        raise block.by_hand()
    dash_column = column(text, dash)
    start = block.comments_above(text, first, dash_column, stop=above.end if above else 0)
    end = block.own_comments_end(text, insertion_point(text, record.end), dash_column)
    gone = text[start:end]
    if above and not text[above.end : start].strip(" \t" + BREAKS):
        end = block.past_joining_lines(text, above, end)
    below = text[end : next_token(text, end)] if index + 1 < count else None
    return [Splice(*block.with_blank_line(text, start, end, above, below), "")], gone
