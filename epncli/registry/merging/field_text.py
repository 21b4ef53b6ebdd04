"""The text of one field, and its merge: the value of one side, and the comments of both."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from epncli.registry.merging.pieces import DASH
from epncli.yamlfile.layout import line_start, next_line
from epncli.yamlfile.nodes import Node

_COMMENT_AT_END: Final = re.compile(r"([ \t]+#[^\r\n]*|[ \t]*)(?=[\r\n]*\Z)")


@dataclass(frozen=True)
class FieldText:
    """A field on lines of its own."""

    text: str
    """From its name to its last line break."""
    value: Node
    """Its value, with the positions in the file."""
    start: int
    """The position of its name in the file."""

    @cached_property
    def comment(self) -> str | None:
        """The comment after the value, with the blanks before it; None if there is no place for one."""
        end = self.value.end - self.start
        found = _COMMENT_AT_END.fullmatch(self.text.rstrip("\r\n"), min(end, len(self.text.rstrip("\r\n"))))
        is_block = self.text[self.value.start - self.start :][:1] in ("|", ">", "-", "")
        return None if is_block or not found else found[1]

    def with_comment(self, comment: str) -> str:
        """The text with another comment after the value."""
        end = self.value.end - self.start
        return self.text[:end] + comment + self.text[end + len(self.comment or "") :]

    @cached_property
    def items(self) -> ItemTexts | None:
        """The lines of each item; None unless each has lines of its own, with a dash."""
        return _items(self)


@dataclass(frozen=True)
class ItemTexts:
    """The lines of a list with dashes."""

    head: str
    """The lines above the first item."""
    indent: str
    """What stands before the dashes."""
    lines: tuple[str, ...]
    """The lines of each item, with the comments above it."""
    values: tuple[str, ...]


def _items(field: FieldText) -> ItemTexts | None:
    children = field.value.children
    if not children or isinstance(field.value.value, dict):
        return None
    starts, ends = [], []
    for child in children:
        at = child.start - field.start
        starts.append(line_start(field.text, at))
        ends.append(next_line(field.text, child.end - field.start))
        if not DASH.fullmatch(field.text[starts[-1] : at]) or not isinstance(child.value, str):
            return None
    indents = {field.text[start : field.text.index("-", start)] for start in starts}
    if len(indents) > 1 or ends[-1] != len(field.text):
        return None
    lines = (field.text[start:end] for start, end in zip([starts[0], *ends[:-1]], ends, strict=True))
    values = tuple(str(child.value) for child in children)
    return ItemTexts(field.text[: starts[0]], indents.pop(), tuple(lines), values)


def with_comment_of_both(
    chosen: FieldText, base: FieldText | None, ours: FieldText, theirs: FieldText
) -> str:
    """The text of one side, with the comment after the value that neither side has removed.

    If both sides have changed it, the chosen text stays as it is.
    """
    own, other = ours.comment, theirs.comment
    old = base.comment if base else ""
    if chosen.comment is None or own is None or other is None or old is None:
        return chosen.text
    if own.strip() == old.strip():
        return chosen.with_comment(other)
    if other.strip() == old.strip():
        return chosen.with_comment(own)
    if not own.strip() or not other.strip():
        return chosen.with_comment(own + other)
    return chosen.text


def merged_list(
    base: FieldText | None, ours: FieldText, theirs: FieldText, value: Sequence[str]
) -> str | None:
    """The text of a list with the items `value`, each with its comments; None if an item has no line."""
    own, other = ours.items, theirs.items
    old = base.items if base else None
    if own is None or other is None or own.indent != other.indent:
        return None
    before, mine, its = (_lines_of_items(side) for side in (old, own, other))
    head = other.head if old and own.head == old.head else own.head
    found = [head]
    for item in value:
        texts = [side[item].popleft() if side[item] else "" for side in (before, mine, its)]
        line = texts[2] if texts[2] and texts[1] in ("", texts[0]) else texts[1]
        if not line:
            return None
        found.append(line)
    return "".join(found)


def _lines_of_items(items: ItemTexts | None) -> defaultdict[str, deque[str]]:
    found: defaultdict[str, deque[str]] = defaultdict(deque)
    if items:
        for value, line in zip(items.values, items.lines, strict=True):
            found[value].append(line)
    return found
