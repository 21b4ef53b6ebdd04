"""Why a YAML text is refused, in a sentence each, with its place and what to do."""

from __future__ import annotations

import re
from typing import Any

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.yamlfile.source import Source, place

_CONFLICT = re.compile(r"^(<<<<<<<|=======|>>>>>>>)( |\r?$)", re.MULTILINE)


def refused(source: Source, index: int, message: str, hint: str) -> Unreadable:
    """A refusal with the line and the column of a character."""
    line, column = place(source.text, index)
    return Unreadable(message, hint, path=str(source.path), line=line, column=column)


def node(source: Source, event: Any) -> Unreadable:
    """An alias, or an anchor or a tag on a value."""
    index = event.start_mark.index
    if type(event).__name__ == "AliasEvent" or event.anchor is not None:
        return refused(
            source, index,
            _("‘{name}’: anchors and aliases (& and *) are not allowed in a registry")
            .format(name=word(source.text, index)),
            _("write the value itself; a text that starts with & or * goes between quotes"),
        )  # fmt: skip
    return refused(
        source, index,
        _("‘{name}’: tags (!) are not allowed in a registry").format(name=word(source.text, index)),
        _("remove the tag; a text that starts with ! goes between quotes"),
    )  # fmt: skip


def key(source: Source, index: int, name: str) -> Unreadable:
    """A merge key, or a key that its mapping has already."""
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
    """A list or a mapping as a key."""
    return refused(
        source, index,
        _("a list or a mapping cannot be the name of a field"),
        _("put the value between quotes if it starts with [ or {"),
    )  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def conflict(source: Source) -> Unreadable | None:
    """The marks that git leaves where two people have changed the same lines; None where there are none."""
    found = _CONFLICT.search(source.text)
    return found and refused(
        source, found.start(),
        _("the file contains git conflict markers ({mark})").format(mark=found[1]),
        _("keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"),
    )  # fmt: skip


def no_mapping(source: Source, index: int) -> Unreadable:
    """A root that is a list or a text, if it is anything."""
    at_mark = _CONFLICT.match(source.text, index)  # on the first line it is a text to YAML
    if at_mark and (refusal := conflict(source)):
        return refusal
    if not source.text[index:].strip():  # `---` and nothing more
        return empty(source)
    return refused(
        source, index,
        _("the file is not a registry: it should start with keys such as ‘structures:’"),
        _("put the line ‘structures:’ above the list, or give another file with --registry"),
    )  # fmt: skip


def empty(source: Source) -> Unreadable:
    """A file without a node."""
    return refused(
        source, 0, _("the file is empty"), _("write the line ‘structures:’ in it, then use ‘epn add’")
    )


def second_document(source: Source, index: int) -> Unreadable:
    """More than one YAML document."""
    return refused(
        source, index,
        _("a second YAML document starts here"),
        _("a registry is one document: remove the line ‘---’ or ‘...’"),
    )  # fmt: skip


def word(text: str, index: int) -> str:
    """What stands at a place, up to the next blank or comma: enough to recognise it."""
    return re.split(r"[\s,\]}]", text[index : index + 40], maxsplit=1)[0]
