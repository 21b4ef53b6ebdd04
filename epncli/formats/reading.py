"""Types and helpers for reading files of any format: the input file, its rows, its limits.

A format that can be read is a module of this package with `read(file: InputFile) -> Reading`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from epncli import limits
from epncli.errors import Unreadable
from epncli.i18n import listed, ngettext
from epncli.model.structure import Texts
from epncli.rules.texte import quoted

if TYPE_CHECKING:
    from epncli.formats.tabular.recipe import Recipe

READABLE: Final = ("csv", "xlsx", "mednum", "text", "json", "geojson", "yaml", "ban")
"""The formats of `epn import`, which are the names of their modules."""

WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of workbooks: ZIP archives; files of Excel before 2007 or with a password."""


@dataclass(frozen=True, slots=True)
class Row:
    """One structure of a file.

    A field that is not in `values` is not in the file; "" and () are empty cells.
    """

    line: int
    """The line in the file, from 1."""
    values: dict[str, str | Texts]
    refusal: str = ""
    """Why the row could not be read; `values` is then empty."""


@dataclass(frozen=True)
class Reading:
    """The content of a file."""

    name: str
    """The name of the file, for messages."""
    rows: Sequence[Row]
    recognised: tuple[str, ...] = ()
    """What was recognised (format, encoding, separators), in the language of this process."""
    warnings: tuple[str, ...] = ()
    """What was left out, and what the user can do about it."""
    separator: str = ""
    """The separator of list values in one cell; "" if the format has lists."""
    guarded: bool = False
    """True if apostrophes may come from `epn export csv --excel` or may belong to the values."""
    national: bool = False
    """True for a file of the national map, which has one phone number for each place, and not all places."""
    mapped: frozenset[str] = frozenset()
    """The headers of `InputFile.mapping` that the file has."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The header of the column of each field of a table; `N° + Voie` for a field of several columns."""
    understood: Recipe | None = None
    """How the columns of a table were recognised. Its `recognised` are read, but have no entry."""


@dataclass(frozen=True)
class InputFile:
    """A file to read."""

    name: str
    data: bytes
    sheet: str = ""
    """The sheet of a workbook to read; "" for the first sheet with structures."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """The fields of headers, by the header in the file; "" for a column to leave out."""
    encoding: str = ""
    """The encoding of a text, one of `encodings.NAMES`; "" for the one that is recognised."""
    recipe: Recipe | None = None
    """What else is known about the columns; `mapping` has all headers that it names."""

    def unreadable(self, message: str, hint: str = "", line: int = 0) -> Unreadable:
        """An error about this file."""
        return Unreadable(message, hint, path=self.name, line=line)


def bounded(file: InputFile, rows: Iterable[Row]) -> list[Row]:
    """The rows as a list. Raises Unreadable, without reading further, as soon as a limit is exceeded."""
    found: list[Row] = []
    for row in rows:
        if len(found) == limits.MAX_ROWS:
            raise file.unreadable(*limits.too_many_rows())
        for value in row.values.values():
            if type(value) is tuple:
                if len(value) > limits.MAX_ITEMS:
                    raise file.unreadable(*limits.too_many_items(limits.MAX_ITEMS), line=row.line)
                longest = max(map(len, value), default=0)
            else:
                longest = len(value)
            if longest > limits.MAX_CHARACTERS:
                raise file.unreadable(*limits.too_long(), line=row.line)
        found.append(row)
    return found


def unknown_fields(names: Collection[str]) -> tuple[str, ...]:
    """The warning about fields that are not in the schema; empty if there are none."""
    if not names:
        return ()
    words = ngettext("unknown field ignored: {names}", "unknown fields ignored: {names}", len(names))
    return (words.format(names=quoted_names(names)),)


def shown_lines(numbers: Sequence[int]) -> str:
    """The numbers of lines for a message: the first five, and … if there are more."""
    return ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")


def quoted_names(names: Collection[str], most: int = 20) -> str:
    """Names from a file, quoted and shortened for a message: at most `most` of them."""
    return listed(map(quoted, islice(names, most))) + (" …" if len(names) > most else "")
