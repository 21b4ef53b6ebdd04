"""What was read of a large YAML file, kept in the user's cache folder: parsing takes several times as long.

It is found by the content of the file, never by its name and time, and is plain data: JSON, and positions as
numbers of four bytes. In doubt, the file is parsed. Nothing here verifies a change: `read_document` of the
reader does that.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from epncli import __version__
from epncli.system import cache_folder
from epncli.yamlfile.events import event_starts
from epncli.yamlfile.reader import Document, Value, libyaml, read_document
from epncli.yamlfile.source import Source, digest_of

Columns = dict[str, list[Any]]
"""For each field, its values in the order of the records: texts or lists of texts."""

_FORMAT: Final = "1"
"""To be changed with the form of what is kept, and with how the reader reads values."""
_GROWTH: Final = 4
"""How many times larger than the file what is kept of it may be. A larger one is neither kept nor read."""
_PIECE: Final = 100
"""The number of items of a list that are written at once."""
_EVENT: Final = array("I").itemsize
"""The bytes of the start of an event."""
_ERRORS: Final = (ValueError, TypeError, OverflowError, RecursionError)
"""What plain data that is not as it was kept can raise."""

_json = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


def read_remembered(source: Source) -> Document:
    """The values and positions of a file, as `read_document` gives them. Raises the same errors."""
    if cache_folder.is_off():
        return read_document(source)
    name = f"{_address(source)}.document"
    found = _load_document(source, name)
    if found is None:
        found = read_document(source)
        _store_document(found, name)
    return found


def remembered_columns(source: Source, names: Collection[str]) -> Columns | None:
    """These columns, as `remember_columns` has kept them for a file of this content; None if it has not."""
    if cache_folder.is_off():
        return None
    content = cache_folder.load(f"{_address(source)}.columns", _GROWTH * len(source.data))
    if content is None:
        return None
    lines = (line.partition(" ") for line in str(content, "ascii", "replace").split("\n"))
    try:
        found = {name: json.loads(values) for name, _space, values in lines if name in names}
        lengths = {len(column) for column in found.values()}
    except _ERRORS:
        return None
    return found if found.keys() == set(names) and len(lengths) <= 1 else None


def remember_columns(source: Source, columns: Columns) -> None:
    """Keep columns of the records of a file, each in a line of its own: few of them are read at once."""
    if not cache_folder.is_off():
        lines = (f"{name} {_json(column)}\n".encode() for name, column in columns.items())
        _store(source, f"{_address(source)}.columns", lines)


def read_event_starts(source: Source) -> array[int]:
    """The start of each event of a file known to be valid, as `event_starts` gives them."""
    if cache_folder.is_off():
        return event_starts(source, libyaml())
    name = f"{_address(source)}.events"
    content = cache_folder.load(name, _GROWTH * len(source.data))
    if content is not None and len(content) % _EVENT == 0:
        return _little_endian(array("I", content.tobytes()))
    found = event_starts(source, libyaml())
    _store(source, name, [_little_endian(found).tobytes()])
    return found


def _address(source: Source) -> str:
    """The digest of the content of a file, and of the versions on which its values depend."""
    pyyaml = libyaml().__version__
    from yaml._yaml import get_version_string

    parts = (_FORMAT, __version__, pyyaml, get_version_string(), digest_of(source.data))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _load_document(source: Source, name: str) -> Document | None:
    content = cache_folder.load(name, _GROWTH * len(source.data))
    if content is None:
        return None
    try:
        match json.loads(str(content, "ascii")):
            case [dict(root), dict(collections), dict(records)]:
                starts = {key: array("I", starts) for key, starts in records.items()}
                return Document(source, root, collections, starts)
    except _ERRORS:
        pass
    return None


def _store_document(document: Document, name: str) -> None:
    starts = {key: list(starts) for key, starts in document.record_starts.items()}
    _store(document.source, name, _in_pieces(document.root, [document.collection_starts, starts]))


def _in_pieces(root: dict[str, Value], positions: Sequence[Any]) -> Iterator[bytes]:
    """A list of the root and the positions, as JSON. As one piece, it would take half as long again."""
    yield b"[{"
    for number, (key, value) in enumerate(root.items()):
        yield f"{',' if number else ''}{_json(key)}:".encode()
        if isinstance(value, list):
            yield b"["
            for start in range(0, len(value), _PIECE):
                yield (b"," if start else b"") + _json(value[start : start + _PIECE]).encode()[1:-1]
            yield b"]"
        else:
            yield _json(value).encode()
    yield b"}," + _json(positions).encode()[1:]


def _store(source: Source, name: str, content: Iterable[bytes]) -> None:
    cache_folder.store(name, content, _GROWTH * len(source.data))


def _little_endian(starts: array[int]) -> array[int]:
    """Numbers of this processor with their bytes in the order of the file that keeps them, or the reverse."""
    if sys.byteorder == "little":
        return starts
    swapped = starts[:]
    swapped.byteswap()
    return swapped
