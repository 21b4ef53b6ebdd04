"""Why a YAML text is refused, in a sentence each, with its place and what to do."""

from __future__ import annotations

import re
from typing import Any

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.yamlfile.source import Source, place

_CONFLICT = re.compile(r"^(<<<<<<<|=======|>>>>>>>)( |\r?$)", re.MULTILINE)


def _refused(source: Source, index: int, message: str, hint: str) -> Unreadable:
    line, column = place(source.text, index)
    return Unreadable(message, hint, path=str(source.path), line=line, column=column)


def node(source: Source, event: Any) -> Unreadable:
    """An alias, or an anchor or a tag on a value."""
    index = event.start_mark.index
    if type(event).__name__ == "AliasEvent" or event.anchor is not None:
        return _refused(
            source, index,
            _("‘{name}’: anchors and aliases (& and *) have no place in a registry")
            .format(name=_word(source.text, index)),
            _("write the value itself; a text that starts with & or * goes between quotes"),
        )  # fmt: skip
    return _refused(
        source, index,
        _("‘{name}’: tags (!) have no place in a registry").format(name=_word(source.text, index)),
        _("take the tag away; a text that starts with ! goes between quotes"),
    )  # fmt: skip


def key(source: Source, index: int, name: str) -> Unreadable:
    """A merge key, or a key that its mapping has already."""
    if name == "<<":
        return _refused(
            source, index,
            _("merge keys (<<) have no place in a registry"), _("write the fields themselves"),
        )  # fmt: skip
    return _refused(
        source, index,
        _("‘{name}’ stands twice in the same record").format(name=name),
        _("keep one of the two; if a new record begins here, its line ‘- id: …’ is missing"),
    )  # fmt: skip


def complex_key(source: Source, index: int) -> Unreadable:
    """A list or a mapping as a key."""
    return _refused(
        source, index,
        _("a list or a mapping cannot be the name of a field"),
        _("put the value between quotes if it starts with [ or {"),
    )  # fmt: skip


def no_mapping(source: Source, index: int) -> Unreadable:
    """A root that is a list or a text."""
    return _refused(
        source, index,
        _("the file is not a registry: it should begin with fields such as ‘structures:’"),
        _("put the line ‘structures:’ above the list, or make a new registry with ‘epn init’"),
    )  # fmt: skip


def empty(source: Source) -> Unreadable:
    """A file without a node."""
    return _refused(source, 0, _("the file is empty"), _("‘epn init’ makes a new registry"))


def second_document(source: Source, index: int) -> Unreadable:
    """More than one YAML document."""
    return _refused(
        source, index,
        _("a second YAML document starts here (---)"), _("a registry is one document: remove the line"),
    )  # fmt: skip


def too_deep(source: Source, index: int, limit: int) -> Unreadable:
    """Nesting beyond what a registry can mean."""
    return _refused(
        source, index,
        _("lists and mappings are nested more than {limit} deep").format(limit=limit),
        _("look for brackets or dashes that were typed or pasted by mistake"),
    )  # fmt: skip


def syntax(source: Source, failure: Any) -> Unreadable:
    """What libyaml could not read: the likely slip in words, else its own sentence."""
    text = source.text
    if conflict := _CONFLICT.search(text):
        return _refused(
            source, conflict.start(),
            _("the file holds the marks of a git conflict ({mark})").format(mark=conflict[1]),
            _("keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"),
        )  # fmt: skip
    problem = str(getattr(failure, "problem", None) or getattr(failure, "reason", None) or failure)
    mark = getattr(failure, "problem_mark", None)
    context_mark = getattr(failure, "context_mark", None)
    if mark is None:  # a ReaderError: its position counts bytes
        return _unprintable(source, failure)
    index = min(mark.index, len(text))
    if "quoted scalar" in str(failure.context):
        return _in_quotes(source, problem, context_mark.index if context_mark else index)
    for pattern, words in _SLIPS:
        if pattern in problem:
            message, hint = words()
            return _refused(source, _blamed(text, index), message, hint)
    return _refused(
        source, index,
        _("the YAML cannot be read: {reason}").format(reason=problem),
        _("compare the line with the ones above it: dashes, spaces, colons and quotes"),
    )  # fmt: skip


def _in_quotes(source: Source, problem: str, index: int) -> Unreadable:
    if "escape" in problem or "did not find expected hexdecimal" in problem:
        return _refused(
            source, index,
            _("there is a backslash in these double quotes that means nothing in YAML"),
            _("use single quotes, or write the backslash twice"),
        )  # fmt: skip
    return _refused(
        source, index,
        _("the quote that opens here is never closed"),
        _("close it; an apostrophe inside single quotes is written twice: 'l''annexe'"),
    )  # fmt: skip


def _unprintable(source: Source, failure: Any) -> Unreadable:
    character = getattr(failure, "character", None)
    found = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]", source.text)
    index = found.start() if found else 0
    code = ord(found[0]) if found else character if isinstance(character, int) else 0
    return _refused(
        source, index,
        _("there is a control character here (U+{code:04X}), which YAML forbids").format(code=code),
        _("delete it; it may be invisible in your editor"),
    )  # fmt: skip


def _blamed(text: str, index: int) -> int:
    """libyaml notices most slips one line late, at the start of the next token or at the end."""
    return index if index < len(text) else max(len(text.rstrip()) - 1, 0)


_SLIPS = (
    ("found character '\\t'", lambda: (
        _("a tab stands where YAML wants spaces"), _("indent with spaces: two for each level"))),
    ("found character that cannot start any token", lambda: (
        _("a value cannot begin with this character (a tab, @, ` or %)"),
        _("put the value between double quotes, and indent with spaces"))),
    ("could not find expected ':'", lambda: (
        _("this line has no colon followed by a space, or the one above has no end"),
        _("write ‘nom: Le nom’, with a space after the colon; close every quote and bracket"))),
    ("mapping values are not allowed", lambda: (
        _("there is one colon too many here, or the line is indented too far"),
        _("put a value that holds ‘: ’ between double quotes, and align the line with the others"))),
    ("did not find expected '-' indicator", lambda: (
        _("the line is not aligned with the other records"),
        _("every record begins with ‘- ’ in the same column, its fields two columns further"))),
    ("did not find expected key", lambda: (
        _("the line is not aligned with the fields above it, or text follows a closing quote"),
        _("align the names of the fields; put a value that holds quotes between double quotes"))),
    ("did not find expected ',' or", lambda: (
        _("a list or a mapping in brackets is not closed, or lacks a comma"),
        _("write ‘[01 40 28 18 48, 01 42 61 27 74]’"))),
    ("block sequence entries are not allowed", lambda: (
        _("a dash stands where no list can begin"),
        _("put the list on lines of its own, or the value between double quotes"))),
    ("did not find expected node content", lambda: (
        _("a value is missing between these brackets"), _("delete the comma or the bracket too many"))),
    ("found undefined tag handle", lambda: (
        _("tags (!) have no place in a registry"), _("a text that starts with ! goes between quotes"))),
    ("did not find expected <document start>", lambda: (
        _("the line does not belong to what stands above it"),
        _("align it with the others, or delete it"))),
)  # fmt: skip


def _word(text: str, index: int) -> str:
    return re.split(r"[\s,\]}]", text[index : index + 40], maxsplit=1)[0]
