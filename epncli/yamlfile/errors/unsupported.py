"""Errors for YAML that a registry cannot have, such as anchors, tags, merge keys and second documents."""

from __future__ import annotations

import re
from typing import Any

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.yamlfile.source import Source, place

_CONFLICT = r"(?m)^(<{7,}|={7,}|>{7,})( |\r?$)"


def refused(source: Source, index: int, message: str, hint: str) -> Unreadable:
    """An error at the line and column of a character."""
    line, column = place(source.text, index)
    return Unreadable(message, hint, path=str(source.path), line=line, column=column)


def node(source: Source, event: Any) -> Unreadable:
    """The error for an alias, or for an anchor or a tag on a value."""
    index = event.start_mark.index
    if type(event).__name__ == "AliasEvent" or event.anchor is not None:
        return refused(
            source, index,
            _("‘{name}’: anchors and aliases (& and *) are not allowed in a registry")
            .format(name=word(source.text, index)),
            _("write the value itself; put a value that starts with & or * between quotes"),
        )  # fmt: skip
    return refused(
        source, index,
        _("‘{name}’: tags (!) are not allowed in a registry").format(name=word(source.text, index)),
        _("remove the tag; put a value that starts with ! between quotes"),
    )  # fmt: skip


def key(source: Source, index: int, name: str) -> Unreadable:
    """The error for a merge key or a duplicate key."""
    if name == "<<":
        return refused(
            source, index,
            _("merge keys (<<) are not allowed in a registry"), _("write the fields themselves"),
        )  # fmt: skip
    if place(source.text, index)[1] == 1:
        return refused(
            source, index,
            _("‘{name}’ appears twice at the top level of the file").format(name=_short(name)),
            _("keep one of the two"),
        )  # fmt: skip
    return refused(
        source, index,
        _("‘{name}’ appears twice in the same record").format(name=_short(name)),
        _("keep one of the two; if a new record starts here, its line ‘- id: …’ is missing"),
    )  # fmt: skip


def complex_key(source: Source, index: int) -> Unreadable:
    """The error for a list or a mapping as a key."""
    return refused(
        source, index,
        _("a list or a mapping cannot be the name of a field"),
        _("put the value between quotes if it starts with [ or {"),
    )  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def conflict(source: Source) -> Unreadable | None:
    """The error for a file with conflict markers of git; None if there are none."""
    found = re.search(_CONFLICT, source.text)
    return found and conflict_at(source, place(source.text, found.start()), found[1])


def conflict_at(source: Source, where: tuple[int, int], mark: str) -> Unreadable:
    """The error for a conflict, at the line and column of its first marker."""
    return Unreadable(
        _("the file contains git conflict markers ({mark})").format(mark=mark),
        _("‘epn resolve’ shows both versions of each, and writes the one you choose"),
        path=str(source.path), line=where[0], column=where[1],
    )  # fmt: skip


def no_mapping(source: Source, index: int) -> Unreadable:
    """The error for a root that is not a mapping: a list, a text, or nothing."""
    # A conflict marker on the first line is a text to YAML.
    at_mark = re.compile(_CONFLICT).match(source.text, index)
    if at_mark and (refusal := conflict(source)):
        return refusal
    if not source.text[index:].strip():  # `---` alone
        return empty(source)
    return refused(
        source, index,
        _("the file is not a registry: it should start with keys such as ‘structures:’"),
        _("put the line ‘structures:’ above the list, or give another file with --registry"),
    )  # fmt: skip


def empty(source: Source) -> Unreadable:
    """The error for an empty file."""
    return refused(
        source, 0, _("the file is empty"), _("write the line ‘structures:’ in it, then use ‘epn add’")
    )


def second_document(source: Source, index: int) -> Unreadable:
    """The error for a second YAML document."""
    return refused(
        source, index,
        _("a second YAML document starts here"),
        _("a registry is one document: remove the line ‘---’ or ‘...’"),
    )  # fmt: skip


def word(text: str, index: int) -> str:
    """The text at a position, up to the next space, comma or closing bracket: at most 40 characters."""
    return re.split(r"[\s,\]}]", text[index : index + 40], maxsplit=1)[0]
