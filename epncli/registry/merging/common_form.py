"""Three versions of a registry in one form, so that what only looks different does not count as changed.

The form is the indent of the dashes, the line ends and a line break at the end. As with values, the form of
the side that has changed it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

from epncli.errors import Unreadable
from epncli.registry.merging.pieces import lines_of
from epncli.registry.merging.raw_values import registry_of
from epncli.registry.merging.version import Version
from epncli.registry.registry import STRUCTURES, Registry
from epncli.yamlfile.layout import leading_blanks, line_start, newline
from epncli.yamlfile.reader import read_document

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_Form = TypeVar("_Form")
Registries = tuple[Registry, Registry, Registry]
"""Base, ours, theirs."""


def in_common_form(base: Registry, ours: Registry, theirs: Registry) -> Registries:
    """The three registries in one form."""
    # Without a line break at the end of the file, the value of a last field in `|` does not have one either.
    found = (_with_line_break(base), _with_line_break(ours), _with_line_break(theirs))
    found = _brought_to(found, _line_end, _with_line_end)
    return _brought_to(found, _dash_column, _with_dash_column)


def _brought_to(
    versions: Registries,
    form_of: Callable[[Registry], _Form | None],
    brought: Callable[[Registry, _Form], Registry],
) -> Registries:
    """The versions in the form of the side that has changed it; as they are if one has no such form."""
    old, own, other = map(form_of, versions)
    wanted = other if own == old else own
    if wanted is None or old == own == other:
        return versions
    base, ours, theirs = (one if form_of(one) in (None, wanted) else brought(one, wanted) for one in versions)
    return base, ours, theirs


def _with_line_break(registry: Registry) -> Registry:
    text = registry.document.text
    return registry if _BREAK.search(text[-1:]) else _read_again(registry, text + newline(text)) or registry


def _line_end(registry: Registry) -> str | None:
    """The line end of all lines; None if they have several."""
    found = set(_BREAK.findall(registry.document.text))
    return found.pop() if len(found) == 1 else None


def _with_line_end(registry: Registry, line_end: str) -> Registry:
    return _read_again(registry, _BREAK.sub(line_end, registry.document.text)) or registry


def _dash_column(registry: Registry) -> int | None:
    """The column of the dashes of the structures; None if there are none."""
    document = registry.document
    starts = document.record_starts.get(STRUCTURES)
    if not starts or document.text[document.start(STRUCTURES)] == "[":
        return None
    return leading_blanks(document.text[line_start(document.text, starts[0]) : starts[0] + 1])


def _with_dash_column(registry: Registry, column: int) -> Registry:
    here = _dash_column(registry)
    assert here is not None
    text = registry.document.text
    start, end = Version(registry, {}).bounds
    lines = (_shifted(line, column - here) for line in lines_of(text[start:end]))
    found = _read_again(registry, text[:start] + "".join(lines) + text[end:])
    return found if found and found.structures == registry.structures else registry


def _shifted(line: str, columns: int) -> str:
    if not line.strip():
        return line
    blanks = leading_blanks(line)
    return " " * max(blanks + columns, 0) + line[blanks:]


def _read_again(registry: Registry, text: str) -> Registry | None:
    source = registry.document.source
    try:
        return registry_of(read_document(source.with_text(text)))
    except (Unreadable, UnicodeEncodeError):
        return None
