"""Search for the quote or bracket that was not closed; libyaml reports the error only further on."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from epncli.yamlfile.layout import line_start, next_line

_FIELD = re.compile(r"^[ \t]*(?:#|(?:-[ \t]+)?[^\s:#'\"-][^:\n\r'\"]*:(?=[ \t\r\n]))", re.MULTILINE)
"""The start of a line with a field or a comment."""


def open_quote(text: str, index: int) -> int | None:
    """The quote that is still open at the start of the line of an error, if fields follow it; else None.

    YAML takes the next quote, wherever it is, as its end; libyaml then reports what follows as an error.
    """
    failure = deque(_events(text[: line_start(text, index)]), maxlen=1)[0]
    if "quoted scalar" not in str(getattr(failure, "context", "")):
        return None
    opening: int = failure.context_mark.index
    return opening if _FIELD.search(text, next_line(text, opening), index) else None


def open_bracket(text: str) -> int | None:
    """The innermost bracket that is open where libyaml stops parsing, or None."""
    opened: list[int] = []
    for event in _events(text):
        kind = type(event).__name__
        if kind in ("SequenceStartEvent", "MappingStartEvent"):
            opened.append(event.start_mark.index)
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            opened.pop()
    brackets = [start for start in opened if text[start] in "[{"]
    return brackets[-1] if brackets else None


def _events(text: str) -> Iterator[Any]:
    """libyaml's events, and its error, if any, as the last item."""
    import yaml

    libyaml: Any = yaml.cyaml
    next_event = libyaml.CParser(text).get_event
    try:
        while (event := next_event()) is not None:
            yield event
    except yaml.YAMLError as failure:
        yield failure
