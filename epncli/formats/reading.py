"""What a file brings, whatever its format: rows of values under the names of the fields.

A format that can be read is a module of this package with `read(file: InputFile) -> Reading`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from epncli import limits
from epncli.errors import Unreadable
from epncli.i18n import _, listed
from epncli.model.structure import Texts
from epncli.rules.texte import quoted

READABLE: Final = ("csv", "xlsx", "mednum", "text", "json", "yaml")
"""The formats that `epn import` knows, which are the names of their modules."""

WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What workbooks begin with: ZIP archives; files of Excel before 2007, and locked ones of today."""


@dataclass(frozen=True, slots=True)
class Row:
    """One structure as a file describes it.

    A field that is not in `values` is none of the file's business; "" and () are empty cells.
    """

    line: int
    """Where it stands in the file, from 1."""
    values: dict[str, str | Texts]
    refusal: str = ""
    """Why the row cannot be understood; then `values` is empty."""


@dataclass(frozen=True)
class Reading:
    """All that a file says."""

    name: str
    """Of the file, for messages."""
    rows: Sequence[Row]
    said: tuple[str, ...] = ()
    """What was recognised: format, encoding, separators; in the language of this process."""
    warnings: tuple[str, ...] = ()
    """What was left out, and what to do about it."""
    separator: str = ""
    """Between the values of a list in one cell; "" where the file itself has lists."""
    guarded: bool = False
    """Cells may have the apostrophes of `epn export csv --excel`, or the values may."""
    national: bool = False
    """A file of the national map: it knows one phone of each place, and not all places."""
    mapped: frozenset[str] = frozenset()
    """The headers of `InputFile.mapping` that the file has."""


@dataclass(frozen=True)
class InputFile:
    """A file to be read."""

    name: str
    data: bytes
    sheet: str = ""
    """The sheet of a workbook; "" for the first that holds structures."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Headers, as the file has them, and the fields that they stand for."""

    def unreadable(self, message: str, hint: str = "", line: int = 0) -> Unreadable:
        """The error that the file deserves."""
        return Unreadable(message, hint, path=self.name, line=line)


def bounded(file: InputFile, rows: Iterable[Row]) -> list[Row]:
    """The rows; raise Unreadable at the first thing that no list of places has, and read no further."""
    found: list[Row] = []
    for row in rows:
        if len(found) == limits.MAX_ROWS:
            raise file.unreadable(*limits.too_many_rows())
        for value in row.values.values():
            if isinstance(value, tuple) and len(value) > limits.MAX_ITEMS:
                raise file.unreadable(*limits.too_many_items(limits.MAX_ITEMS), line=row.line)
            longest = len(value) if isinstance(value, str) else max(map(len, value), default=0)
            if longest > limits.MAX_CHARACTERS:
                raise file.unreadable(*limits.too_long(), line=row.line)
        found.append(row)
    return found


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding; no bytes are beyond reading."""
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), name
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)


def unknown_fields(names: Collection[str]) -> tuple[str, ...]:
    """What to say of the fields that the schema does not know, if there are any."""
    return (_("unknown fields are ignored: {names}").format(names=some(names)),) if names else ()


def some(names: Collection[str], most: int = 20) -> str:
    """Names that a file brings, for a message: short, and no more of them than a person reads."""
    return listed(map(quoted, islice(names, most))) + (" …" if len(names) > most else "")
