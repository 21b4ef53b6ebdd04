"""The history of one structure: what changed in it, from version to version of its registry.

Parsing each version of a large registry would take minutes. A version whose text has the record as it was in
the next version has not changed it; of any other version, only the record is parsed, if it can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from epncli.errors import Unreadable
from epncli.history.versions import History, Version
from epncli.model.structure import Structure
from epncli.registry.compare import Difference, added, changed_fields, match
from epncli.registry.registry import STRUCTURES, Registry
from epncli.yamlfile.layout import insertion_point, line_start
from epncli.yamlfile.source import decode

_LINE: Final = re.compile(rb"(?:[ \t]*(?:\r\n|[\r\n]))*+( *)[^ \t\r\n]")
"""Blank lines, then the indent of the next line, which may be a comment."""
_NEXT: Final = re.compile(rb"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]))*+( *)[^ \t\r\n#]")
"""Blank lines and comments, then the indent of the next line with anything else."""
_LIST: Final = re.compile(
    rb"^structures:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n])(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]))*+( *)-",
    re.MULTILINE,
)
"""The start of the list, up to its first dash."""
_OTHER_KEY: Final = re.compile(rb"^[^\s#-]", re.MULTILINE)
_WIDEST: Final = 1000
"""The deepest indent of a dash that is looked for, in spaces."""


class Event(NamedTuple):
    """A version that changed the structure, or added it."""

    version: Version | None
    """None for what has not been committed yet."""
    change: Difference


class _Record(NamedTuple):
    """A structure in one version, with the text of its record: whole lines."""

    structure: Structure
    text: bytes


def life(history: History, registry: Registry, structure: Structure) -> Iterator[Event]:
    """The events of a structure of the registry, newest first; the last one is that it was added.

    A version that cannot be read is passed over. Raises Unreadable without a version of the file.
    """
    later = _record(registry, registry.index(structure))
    version: Version | None = None
    versions = [one for one in history.versions if one.blob]
    for earlier, data in zip(versions, history.git.contents(one.blob for one in versions), strict=True):
        try:
            found = later if _has(data, later.text) else _find(data, later.structure)
        except Unreadable:
            continue
        if found is None:
            break
        if names := changed_fields(found.structure, later.structure):
            yield Event(version, Difference(found.structure, later.structure, names))
        later, version = found, earlier
    yield Event(version, added(later.structure))


def _record(registry: Registry, index: int) -> _Record:
    document = registry.document
    node, text = document.item(STRUCTURES, index), document.text
    lines = text[line_start(text, node.start) : insertion_point(text, node.end)]
    return _Record(registry.structures[index], lines.encode())


def _has(data: bytes, lines: bytes) -> bool:
    """True if a version has these lines, and nothing more in the record that they are."""
    at = data.find(lines)
    if at < 0 or (at and data[at - 1 : at] not in (b"\n", b"\r")):
        return False
    return _ends(data, at + len(lines), _dash_column(lines))


def _dash_column(lines: bytes) -> int:
    return len(lines) - len(lines.lstrip(b" "))


def _ends(data: bytes, at: int, dash_column: int) -> bool:
    """True if a record with its dash in that column ends before the line at `at`.

    A deeper comment may be part of a text; one that is not may stand between two fields.
    """
    line = _LINE.match(data, at)
    if line is not None and len(line[1]) > dash_column:
        return False
    following = _NEXT.match(data, at)
    return following is None or len(following[1]) <= dash_column


def _find(data: bytes, wanted: Structure) -> _Record | None:
    """The same structure in another version; None if that does not have it. Raises Unreadable."""
    return _find_by_id(data, wanted.id) or _find_in_all(data, wanted)


def _find_in_all(data: bytes, wanted: Structure) -> _Record | None:
    registry = _registry(data)
    pairs = match(registry.structures, [wanted])
    return None if pairs[0].before is None else _record(registry, pairs[0].before)


def _find_by_id(data: bytes, wanted: str) -> _Record | None:
    """The only record in block style with this id; None if it is not there, or not found in this way."""
    starts = list(_starts_of_id(data, wanted.encode(errors="surrogatepass")))
    if len(starts) != 1:
        return None
    start = starts[0]
    column = _dash_column(data[start:])
    while not data.startswith(b"-", start + column):  # up to the line with the dash
        if not start:
            return None
        start = data.rfind(b"\n", 0, start - 1) + 1
        column = _dash_column(data[start : start + _WIDEST])
    if not _is_in_list(data, start, column):
        return None
    end = data.find(b"\n", start) + 1
    while end and not _ends(data, end, column):
        end = data.find(b"\n", end) + 1
    try:
        registry = _registry(b"structures:\n" + data[start : end or len(data)])
    except Unreadable:
        return None
    same = len(registry.structures) == 1 and registry.structures[0].id == wanted
    return _record(registry, 0) if same else None


def _is_in_list(data: bytes, start: int, column: int) -> bool:
    """True if a line with a dash in this column is an item of `structures`, not of a text or another list."""
    opening = _LIST.search(data)
    return (
        opening is not None
        and len(opening[1]) == column
        and opening.end() <= start + column + 1
        and _OTHER_KEY.search(data, opening.end(), start) is None
    )


def _starts_of_id(data: bytes, wanted: bytes) -> Iterator[int]:
    """The starts of the lines that give this id to a record."""
    line = re.compile(rb" *(?:- +)?id: +([\"']?)" + re.escape(wanted) + rb"\1 *(?:#[^\n]*)?\r?(?:\n|\Z)")
    at = data.find(wanted) if wanted else -1
    while at >= 0:
        start = data.rfind(b"\n", 0, at) + 1
        if line.match(data, start):
            yield start
        at = data.find(wanted, at + 1)


def _registry(data: bytes) -> Registry:
    return Registry.read_text(decode(Path(), data))
