"""The difference between two sets of values, as splices: only what changes is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from epncli.yamlfile import block, flow
from epncli.yamlfile.layout import (
    BREAKS,
    Splice,
    after,
    column,
    may_end_block_scalar,
    ends_line,
    insertion,
    line_start,
    newline,
    next_line,
    past_blanks,
    skip,
)
from epncli.yamlfile.reader import Document, Node
from epncli.yamlfile.scalar import (
    write_flow_record,
    write_literal,
    write_record,
    write_scalar,
    write_value,
)
from epncli.yamlfile.source import LINE_BREAK

Values = Mapping[str, str | list[str] | None]
"""Fields and what they are to hold; None takes the field away."""


def change_item(
    document: Document, key: str, index: int, changes: Values, order: Sequence[str]
) -> list[Splice]:
    """Set, add and take fields of one record of the list under `key`.

    `order` is the order in which a field that is new finds its place among the others.
    """
    text, record = document.text, document.item(key, index)
    fields = record.fields()
    gone = [name for name, value in changes.items() if value is None and name in fields]
    fresh = {name: value for name, value in changes.items() if value is not None and name not in fields}
    in_flow = text[record.start] == "{"
    if not in_flow and any(text[line_start(text, k.start) : k.start].strip(" -") for k, _ in fields.values()):
        raise block.by_hand()
    splices: list[Splice] = []
    for name, value in changes.items():
        if value is not None and name in fields:
            splices += _set_value(text, fields[name], value, in_flow=in_flow)
    if gone:
        splices += (
            flow.delete(text, *_flow_entries(fields, gone))
            if in_flow
            else block.delete_fields(text, record, gone)
        )
    if fresh:
        kept = {name: field for name, field in fields.items() if name not in gone}
        if not kept:
            raise block.by_hand()
        splices += _insert_fields(text, kept, fresh, order, in_flow=in_flow)
    return splices


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
    *,
    in_flow: bool,
) -> list[Splice]:
    """Put each new field behind the nearest one before it in `order`, else behind the first."""
    rank = {name: place for place, name in enumerate(order)}
    groups: dict[str, list[str]] = {}
    for name in sorted(fresh, key=lambda name: rank.get(name, len(rank))):
        before = [other for other in kept if rank.get(other, -1) < rank.get(name, len(rank))]
        anchor = max(before, key=lambda other: rank.get(other, -1)) if before else next(iter(kept))
        groups.setdefault(anchor, []).append(name)
    splices = []
    for anchor, names in groups.items():
        key, value = kept[anchor]
        indent = column(text, key.start)
        literal = may_end_block_scalar(text, after(text, value.end), indent + 2)
        written = [
            write_scalar(name, flow=in_flow)
            + ":"
            + write_value(fresh[name], indent, newline(text), flow=in_flow, literal=literal)
            for name in names
        ]
        if in_flow:
            splices.append(flow.insert_after(text, (key.start, value.end), ", ".join(written)))
        else:
            splices += block.insert_fields(text, (key, value), written)
    return splices


def _set_value(
    text: str, field: block.Field, new: str | list[str], *, in_flow: bool
) -> list[Splice]:
    key, old = field
    if isinstance(new, list):
        if isinstance(old.value, list) and all(isinstance(item, str) for item in old.value):
            return _change_list(text, old, new, in_flow=in_flow)
    if isinstance(old.value, str):
        return [_replace(text, key, old, _written(text, key, old, new, in_flow=in_flow), old.start)]
    colon = text.index(":", key.end) + 1
    return [_replace(text, key, old, _written(text, key, old, new, in_flow=in_flow), colon)]


def _written(
    text: str, key: Node, old: Node, new: str | list[str], *, in_flow: bool
) -> str:
    if isinstance(new, list):
        return write_value(new, 0, "", flow=True).lstrip()
    indent = column(text, key.start) + 2
    if not in_flow and not _shares_line(text, old) and may_end_block_scalar(text, after(text, old.end), indent):
        literal = write_literal(new, " " * indent, newline(text))
        if literal:
            return literal
    like = text[old.start : old.start + 1] if isinstance(old.value, str) and old.start < old.end else ""
    return write_scalar(new, flow=in_flow, like=like)


def _shares_line(text: str, old: Node) -> bool:
    """True when something (a comment) follows the value on its last line."""
    if old.start < old.end and text[old.start] in "|>":
        return False
    line = text[old.end : next_line(text, old.end)]
    return bool(line.strip(" \t" + BREAKS))


def _replace(text: str, key: Node, old: Node, new: str, start: int) -> Splice:
    """Put a value in the place of another, with the blanks and the colon that it needs around it."""
    if old.start == old.end == key.end:  # `{name}`: no colon yet
        new = ": " + new
    elif start and text[start - 1] in ":-,[{":
        new = " " + new
    if text[old.end : old.end + 1] == "#":
        new += " "
    if old.start < old.end and text[old.start] in "|>":
        line_break = newline(text)
        header = text[old.start : next_line(text, old.start)].rstrip(" \t" + BREAKS)
        first, *rest = new.split(line_break)
        new = line_break.join([first + header.lstrip("|>+-0123456789"), *rest])  # its comment stays
    end = old.end
    if old.start < end and text[end - 1] in BREAKS:  # a block scalar that keeps its blank lines
        new += newline(text)
    elif newline(text) in new:  # blanks behind it would become part of the text
        end = past_blanks(text, end)
    return Splice(start, end, new)


def _change_list(text: str, old: Node, new: list[str], *, in_flow: bool) -> list[Splice]:
    """Change a list item by item, so that the comments beside the others stay."""
    items = old.children
    in_flow = in_flow or text[old.start] == "["
    if in_flow and not items:
        return [flow.insert_first(text, old.start, ", ".join(write_scalar(v, flow=True) for v in new))]
    splices: list[Splice] = []
    doomed: set[int] = set()
    inserts: list[tuple[int, list[str]]] = []
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, old.value, new, autojunk=False).get_opcodes():
        if _tag == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        for item, value in zip(items[i1 : i1 + both], new[j1 : j1 + both], strict=True):
            like = text[item.start : item.start + 1] if item.start < item.end else ""
            splices.append(_replace(text, _NO_KEY, item, write_scalar(value, flow=in_flow, like=like), item.start))
        doomed.update(range(i1 + both, i2))
        if j1 + both < j2:
            inserts.append((i1 + both, new[j1 + both : j2]))
    if in_flow:
        return splices + _change_flow_list(text, items, doomed, inserts)
    splices += [block.delete_item(text, old, index) for index in doomed]
    for index, values in inserts:
        between = newline(text) + " " * column(text, old.start) + "- "
        splices += block.insert_item(text, old, index, between.join(map(write_scalar, values)))
    return splices


_NO_KEY = Node(-1, -1, "")


def _change_flow_list(
    text: str, items: Sequence[Node], doomed: set[int], inserts: list[tuple[int, list[str]]]
) -> list[Splice]:
    entries = [(item.start, item.end) for item in items]
    splices = flow.delete(text, entries, doomed) if doomed else []
    for index, values in inserts:
        written = ", ".join(write_scalar(v, flow=True) for v in values)
        if index:
            splices.append(flow.insert_after(text, entries[index - 1], written))
        else:
            splices.append(flow.insert_before(entries[index], written))
    return splices


def append_items(document: Document, key: str, records: Sequence[dict[str, str | list[str]]]) -> list[Splice]:
    """Add records at the end of the list under `key`, laid out as the last one is."""
    text, items = document.text, document.root.get(key, "")
    if isinstance(items, list) and items:
        last = document.item(key, len(items) - 1)
        if text[document.start(key)] == "[":
            new = ", ".join(write_flow_record(record) for record in records)
            return [flow.insert_after(text, (last.start, last.end), new)]
        return _append_lines(document, key, last, records)
    if key not in document.root:
        raise block.by_hand()
    return _first_items(document, key, records)


def _first_items(
    document: Document, key: str, records: Sequence[dict[str, str | list[str]]]
) -> list[Splice]:
    """Put records into a list that has none: `structures:` without a value, or `[]`."""
    text, root = document.text, document.root_node()
    name, value = root.fields()[key]
    empty = value.start == value.end
    in_flow = text[root.start] == "{"
    if in_flow or (not empty and "#" in text[value.start : value.end]):
        new = ", ".join(write_flow_record(record) for record in records)
        if isinstance(value.value, list):
            return [flow.insert_first(text, value.start, new)]
        return [_replace(text, name, value, f"[{new}]", value.start)]
    start = value.start
    while text[start - 1] in " \t":
        start -= 1
    at = block.tail(text, after(text, value.end), column(text, name.start))
    lines = _record_lines(records, column(text, name.start) + 2, 2, text, at, blank=True)
    end = past_blanks(text, value.end)
    glued = " " if text[end : end + 1] == "#" else ""
    return [Splice(start, end, glued), insertion(text, at, lines, newline(text))]


def _append_lines(
    document: Document, key: str, last: Node, records: Sequence[dict[str, str | list[str]]]
) -> list[Splice]:
    text, dash_column = document.text, column(document.text, document.start(key))
    if text[line_start(text, document.start(key)) : document.start(key)].strip(" "):
        raise block.by_hand()
    at = block.tail(text, after(text, last.end), dash_column)
    blank = len(document.root[key]) < 2 or _blank_above(text, document, key)
    width = column(text, last.start) - dash_column
    width = width if text[last.start] != "{" and 1 < width < 9 else 2
    lines = _record_lines(records, dash_column, width, text, at, blank=blank)
    if blank and not (at == last.end and ends_line(text, at)):  # a `|+` would take the blank line for its own
        lines = newline(text) + lines
    return [*block.end_unended(text, last), insertion(text, at, lines, newline(text))]


def _blank_above(text: str, document: Document, key: str) -> bool:
    """True when a blank line stands between the last two records."""
    count = len(document.root[key])
    start = after(text, document.item(key, count - 2).end)
    *lines, _dash = LINE_BREAK.split(text[start : document.item(key, count - 1).start])
    return any(not line.strip(" \t") for line in lines)


def _record_lines(
    records: Sequence[dict[str, str | list[str]]],
    dash_column: int,
    width: int,
    text: str,
    at: int,
    *,
    blank: bool,
) -> str:
    """Records as they are written in the text at a place where their lines can begin."""
    line_break = newline(text)
    literal = may_end_block_scalar(text, at, dash_column + width + 2)
    dash = " " * dash_column + "-" + " " * (width - 1)
    between = line_break * 2 if blank else line_break
    return between.join(
        dash + write_record(record, dash_column + width, line_break, literal=literal) for record in records
    )


def remove_item(document: Document, key: str, index: int) -> tuple[list[Splice], str]:
    """Take a record out; also the text of all that goes with it.

    With its lines go the comments that are indented deeper than its dash, and the comment lines
    directly above it. A heading stays: a blank line sets it apart from the record.
    """
    text, record = document.text, document.item(key, index)
    opening = document.start(key)
    if text[opening] == "[":
        count = len(document.root[key])
        entries = [(node.start, node.end) for node in (document.item(key, i) for i in range(count))]
        splices = flow.delete(text, entries, {index})
        return splices, "".join(text[max(s.start, record.start) : s.end] for s in splices)
    dash = skip(text, document.item(key, index - 1).end) if index else opening
    first = line_start(text, dash)
    if text[first:dash].strip(" "):
        raise block.by_hand()
    dash_column = column(text, dash)
    start = block.comments_above(text, first, dash_column)
    end = block.tail(text, after(text, record.end), dash_column)
    return [Splice(start, end, "")], text[start:end]
