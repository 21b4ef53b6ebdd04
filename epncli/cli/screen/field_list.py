"""The fields of a structure with what they hold, for `epn schema --fields` and the reference."""

from __future__ import annotations

from collections.abc import Iterator

from epncli.cli.screen.terminal import folded
from epncli.i18n import _
from epncli.model.json_schema import description
from epncli.model.structure import FIELDS, Field

_INDENT = 4


def lines(columns: int) -> Iterator[str]:
    """The fields as text for people: the name, the label and, below them, what the field holds."""
    for field in FIELDS.values():
        yield f"{field.name}  {field.label}"
        for text in filter(None, (holds(field), " | ".join(field.values))):
            yield from folded(" " * _INDENT + text, columns, _INDENT)


def cells(field: Field) -> tuple[str, str, str, str]:
    """A field as columns: its name, its label, what it holds, and its values, separated by `|`."""
    return field.name, field.label, holds(field), "|".join(field.values)


def holds(field: Field) -> str:
    """What a field holds, in sentences; "" for any text on one line."""
    words = [_("Required.")] if field.required else []
    words.append(description(field, _))
    if field.max_length:
        words.append(_("At most {count} characters.").format(count=field.max_length))
    if field.private:
        words.append(_("Private: exported only if --fields names it."))
    return " ".join(filter(None, words))
