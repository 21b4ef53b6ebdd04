"""Explanation of libyaml's syntax errors: the mistake that the user probably made, and how to correct it."""

from __future__ import annotations

import re
from typing import Any

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.system.os_errors import because
from epncli.yamlfile.errors.unclosed import open_bracket, open_quote
from epncli.yamlfile.errors.unsupported import conflict, refused, second_document, word
from epncli.yamlfile.layout import line_start, previous_line
from epncli.yamlfile.source import Source, place

Words = tuple[int, str, str]
"""The position, the message and the hint of an error."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def explain(source: Source, failure: Any) -> Unreadable:
    """The error to show for an error of libyaml, at the position of the probable mistake."""
    text = source.text
    if refusal := conflict(source):
        return refusal
    mark = getattr(failure, "problem_mark", None)
    if mark is None:  # a ReaderError, whose position is in bytes
        return _unprintable(source, failure)
    index = min(mark.index, len(text))
    opening = failure.context_mark.index if failure.context_mark else index
    problem, context = str(failure.problem), str(failure.context)
    if "expected <document start>" in problem and re.search(r"(^|[\n\r])\.\.\.\s*$", text[:index]):
        return second_document(source, index)
    at, message, hint = (
        _by_context(text, problem, context, opening)
        or _by_open_quote(text, index)
        or _by_problem(text, problem, index, opening)
        or _alignment(text, problem, index)
        or (
            index,
            because(_("the YAML is not valid here"), ValueError(problem)),
            _("compare the line with the ones above it: dashes, spaces, colons and quotes"),
        )
    )
    return refused(source, at if at < len(text) else max(len(text.rstrip()) - 1, 0), message, hint)


def _unprintable(source: Source, failure: Any) -> Unreadable:
    found = _UNPRINTABLE.search(source.text)
    code = ord(found[0]) if found else int(failure.character)
    return refused(
        source, found.start() if found else 0,
        _("there is a control character here (U+{code:04X}), which YAML forbids").format(code=code),
        _("delete it; it may be invisible in your editor"),
    )  # fmt: skip


def _by_context(text: str, problem: str, context: str, opening: int) -> Words | None:
    """Mistakes inside an open construct: a quoted text, an alias, a block scalar, a directive, a tag."""
    if "quoted scalar" in context:
        if "escape" in problem or "hexdecimal" in problem:
            return (
                opening,
                _("the text between these double quotes contains a backslash that is not valid in YAML"),
                _("use single quotes, or write the backslash twice"),
            )
        return opening, _("the quote opened here is never closed"), _how_to_close(text, opening)
    if "scanning an alias" in context or "scanning an anchor" in context:
        return (
            opening,
            _("‘{name}’: anchors and aliases (& and *) are not allowed in a registry")
            .format(name=word(text, opening)),
            _("write the value itself; put a value that starts with & or * between quotes"),
        )  # fmt: skip
    if "scanning a block scalar" in context:
        return (
            opening,
            _("there is text after the | or > that starts a block of text"),
            _("start the text on the next line, indented, or put the value between double quotes"),
        )
    if "directive" in context or "directive" in problem or "incompatible YAML" in problem:
        return (
            opening,
            _("a line that starts with % is an instruction for YAML, and this one is not understood"),
            _("delete the line, or put the value between quotes"),
        )
    if "tag" in context or "tag handle" in problem:
        return (
            opening,
            _("tags (!) are not allowed in a registry"),
            _("put a value that starts with ! between quotes"),
        )
    return None


def _by_open_quote(text: str, index: int) -> Words | None:
    """A missing closing quote, for which libyaml took the next quote, on a line below."""
    opening = open_quote(text, index)
    if opening is None:
        return None
    message = _("the quote opened here is closed only by the next quote, on line {line}")
    return opening, message.format(line=place(text, index)[0]), _how_to_close(text, opening)


def _how_to_close(text: str, quote: int) -> str:
    """The hint for an unclosed quote. An apostrophe may have closed a single quote too early."""
    if text[quote] == "'":
        return _("close it; an apostrophe inside single quotes is written twice: 'l''annexe'")
    return _("close it where its text ends")


def _by_problem(text: str, problem: str, index: int, opening: int) -> Words | None:
    """Mistakes that libyaml reports as an unexpected token."""
    if "cannot start any token" in problem or "found a tab character" in problem:
        return _bad_start(text, index)
    if "expected ',' or" in problem:
        if not text[index:].strip():
            return _unclosed_bracket(text, opening)
        unclosed = "\n" in text[opening:index] or "\r" in text[opening:index]
        return (
            opening if unclosed else index,
            _("a list or a mapping in brackets is not closed, or a comma is missing in it"),
            _("write ‘[01 40 28 18 48, 01 42 61 27 74]’"),
        )
    if "block sequence entries are not allowed" in problem:
        return (
            index,
            _("there is a dash where a list cannot start"),
            _("put the list on its own lines, or the value between double quotes"),
        )
    if "expected node content" in problem:
        ends = not text[index:].strip() or re.match(r"-\s", text[index : index + 2])
        if ends and (bracket := open_bracket(text)) is not None:
            return _unclosed_bracket(text, bracket)
        return (
            index,
            _("a value is missing between these brackets"),
            _("delete the extra comma or bracket"),
        )
    if "could not find expected ':'" in problem:
        return _no_colon(text, opening)
    if "mapping values are not allowed" in problem:
        return _colon(text, index)
    return None


def _unclosed_bracket(text: str, bracket: int) -> Words:
    return (
        bracket,
        _("the bracket opened here is never closed"),
        _("close it with {bracket}").format(bracket="]" if text[bracket] == "[" else "}"),
    )


def _bad_start(text: str, index: int) -> Words:
    start = index + len(text[index:]) - len(text[index:].lstrip(" \t"))
    if (character := text[start : start + 1]) in ("@", "`", "%"):
        return (
            start,
            _("a value cannot start with {character}").format(character=character),
            _("put the value between double quotes"),
        )
    return index, _("there is a tab where YAML requires spaces"), _("indent with spaces: two for each level")


def _no_colon(text: str, index: int) -> Words:
    if _is_glued_dash(text, index):
        return _glued_dash(index)
    return (
        index,
        _("this line has no colon followed by a space"),
        _("write ‘nom: Le nom’, with a space after the colon; close every quote and bracket"),
    )


def _colon(text: str, index: int) -> Words:
    """An unexpected colon: a second one on the line, or an error in the line above or in the indent."""
    start = line_start(text, index)
    own = text[start:index]
    if re.search(r":[ \t]", own):
        return (
            index,
            _("there is an extra colon here"),
            _("put a value that contains ‘: ’ between double quotes"),
        )
    above = _line_above(text, start)
    at = above + len(text[above:start]) - len(text[above:start].lstrip(" "))
    if _is_glued_dash(text, at):
        return _glued_dash(at)
    if not re.search(r":([ \t]|[\r\n]*$)", text[above:start]):
        return _no_colon(text, at + len(text[at:start]) - len(text[at:start].lstrip("- ")))
    return (
        start + len(own) - len(own.lstrip(" ")),
        _("the line is indented too far"),
        _("align the names of the fields"),
    )


def _alignment(text: str, problem: str, index: int) -> Words | None:
    """Mistakes of alignment: lines and tokens that do not continue what is above them."""
    if "expected '-' indicator" not in problem and "expected key" not in problem:
        if "expected <document start>" not in problem:
            return None
        return (
            index,
            _("the line does not fit with the lines above it"),
            _("align it with the others, or delete it"),
        )
    if _is_glued_dash(text, index):
        return _glued_dash(index)
    if text[index : index + 1] in ("]", "}"):
        return index, _("there is an extra bracket here"), _("delete it, or add the opening bracket")
    before = text[line_start(text, index) : index].rstrip(" \t")
    if before.endswith(("'", '"')):
        return (
            index,
            _("text follows the closing quote"),
            _("an apostrophe inside single quotes is written twice: 'l''annexe'")
            if before.endswith("'")
            else _("put a value that contains double quotes between single quotes: 'le \"Local\"'"),
        )
    if "expected '-' indicator" in problem or text[index : index + 1] == "-":
        return (
            index,
            _("the line is not aligned with the other records"),
            _("every record starts with ‘- ’ in the same column, and its fields start two columns further"),
        )
    return (
        index,
        _("the line is not aligned with the fields above it"),
        _("align the names of the fields"),
    )


def _is_glued_dash(text: str, index: int) -> bool:
    return re.match(r"-[^\s-]", text[index : index + 2]) is not None


def _glued_dash(index: int) -> Words:
    return index, _("the dash that starts a record must be followed by a space"), _("write ‘- id: …’")


def _line_above(text: str, start: int) -> int:
    """The start of the nearest line above that is neither blank nor a comment."""
    while start > 0:
        end, start = start, previous_line(text, start)
        line = text[start:end].strip()
        if line and not line.startswith("#"):
            break
    return start
