"""Warnings about valid YAML that was probably not meant, such as `#3` read as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from epncli.i18n import _
from epncli.yamlfile.nodes import Node
from epncli.yamlfile.reader import Document, Value
from epncli.yamlfile.source import Lines

_GLUED_COMMENT = re.compile(r"#(?<=[ \t]#)[^\s#]\S*")
_BAD_NAME = re.compile("^-[^-]|[\u00a0\u2007\u202f\u200b\u2060\ufeff]")
"""A key that begins with a dash without a space, or contains a no-break or invisible space."""


class LikelyMistake(NamedTuple):
    """A warning: its position (line and column from 1), its message, and what to type instead."""

    line: int
    column: int
    message: str
    hint: str


def likely_mistakes(document: Document) -> list[LikelyMistake]:
    """The likely mistakes in a document, in the order of the file."""
    return sorted([*_cut_values(document), *_bad_names(document)])


def _cut_values(document: Document) -> Iterator[LikelyMistake]:
    """Values cut short by a `#`: `nom: Salle #3` is ‘Salle’ to YAML. A real comment has a space after #."""
    text = document.text
    found = list(_GLUED_COMMENT.finditer(text))
    if not found:
        return
    marks = document.marks
    starts = dict(zip(marks[1::2], marks[::2], strict=True))
    lines = Lines(text)
    for comment in found:
        start = starts.get(_end_of_text(text, comment.start()))
        if start is not None and text[start] not in "\"'|>[{":
            yield LikelyMistake(
                *lines.place(comment.start()),
                _("YAML reads ‘{text}’ as a comment: the value ends before it").format(text=comment[0]),
                _(
                    "if it is part of the value, put the value between double quotes; "
                    "otherwise write a space after the #"
                ),
            )


def _end_of_text(text: str, comment: int) -> int:
    """Where the text ends that is before a comment."""
    while text[comment - 1] in " \t":
        comment -= 1
    return comment


def _bad_names(document: Document) -> Iterator[LikelyMistake]:
    if not any(_BAD_NAME.search(name) for name in _names(document.root)):
        return  # the usual case, in which no nodes need to be built
    lines = Lines(document.text)
    for key in _keys(document.root_node()):
        name = str(key.value)
        if name.startswith("-") and _BAD_NAME.search(name):
            yield LikelyMistake(
                *lines.place(key.start),
                _("YAML reads ‘{name}’ as the name of a field, because no space follows the dash").format(
                    name=name
                ),
                _("write ‘- {name}: …’").format(name=name[1:]),
            )
        elif _BAD_NAME.search(name):
            yield LikelyMistake(
                *lines.place(key.start),
                _("the name ‘{name}’ contains a no-break or invisible space").format(name=name),
                _("type it again as ‘{name}’").format(name=_BAD_NAME.sub(" ", name).strip()),
            )


def _names(root: dict[str, Value]) -> set[str]:
    """The keys of the root and of the records in its lists. A registry has no deeper keys."""
    names = set(root)
    for value in root.values():
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, dict):
                names.update(item)
    return names


def _keys(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        yield from node.children[::2]
    for child in node.children:
        yield from _keys(child)
