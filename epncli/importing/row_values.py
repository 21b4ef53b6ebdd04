"""The values of a row, by field, and what additions and updates both ask of them."""

from __future__ import annotations

from epncli.formats.tabular.cells import unguard
from epncli.model.structure import Texts

Value = str | Texts
"""A text, or the items of a list."""


def is_blank(value: Value) -> bool:
    """True for a value without any visible text."""
    return not (value.strip() if isinstance(value, str) else any(map(str.strip, value)))


def without_default(name: str, value: Value) -> Value:
    """The value, or "" for the default value of `statut`."""
    return "" if name == "statut" and isinstance(value, str) and value.strip() == "ouvert" else value


def unguarded(value: Value) -> Value:
    """The value without the apostrophe that `epn export csv --excel` adds before a cell."""
    if isinstance(value, str):
        return unguard(value)
    return (unguard(value[0]), *value[1:]) if value else value


def in_old_spelling(value: Value, old: Value, known: Value) -> Value:
    """A list in which old items keep their spelling. `known` is the normal form of `old`."""
    if isinstance(value, str) or len(known) != len(old):
        return value
    spelling = dict(zip(known, old, strict=True))
    return tuple(spelling.get(item, item) for item in value)
