"""Objects of JSON as the rows of a table, whose headers are the keys: `adresse.rue` for an object in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from epncli import limits
from epncli.formats.reading import InputFile, Reading, Row
from epncli.formats.tabular import cells, columns, headers, reader
from epncli.i18n import _

_Values = dict[str, list[str]]
"""The values of an object by their keys; several from a list."""
_DEPTH: Final = 2
"""Nesting depth of the objects: the array, the object."""


def read_objects(file: InputFile, elements: Iterable[tuple[int, Any]], recognised: Sequence[str]) -> Reading:
    """The rows of elements, each with its line; what is not an object is a refused row. Raises Unreadable."""
    table = _Table(file)
    lines = reader.bounded_lines(file, table.lines(elements))
    names = list(table.names)
    header = reader.Header(0, names, headers.fields_of(names, file.mapping))
    if names and not header.recognised:
        raise file.unreadable(
            _("no object has a known field"),
            _('epn knows ‘nom’, ‘commune’, ‘code_postal’, etc.; use --map "Key=field" for other keys'),
        )
    separator = cells.LIST_SEPARATOR if table.has_lists else ""
    reading = reader.read_body(file, header, lines, recognised, separator=separator)
    rows = sorted((*reading.rows, *table.refused), key=lambda row: row.line)
    return replace(reading, rows=rows)


class _Table:
    """The table that elements are laid out in: its columns and what was found on the way."""

    def __init__(self, file: InputFile) -> None:
        self.file = file
        self.names: dict[str, int] = {}
        """The index of each column, by its key."""
        self.has_lists = False
        """True if a value is an array: a list whose items need no separator."""
        self.refused: list[Row] = []

    def lines(self, elements: Iterable[tuple[int, Any]]) -> Iterator[reader.Line]:
        """The cells of each object; `columns.ABSENT` for a key that it does not have."""
        for place, (line, found) in enumerate(elements):
            if place == limits.MAX_ROWS:
                raise self.file.unreadable(*limits.too_many_rows())
            if isinstance(found, dict):
                values: _Values = {}
                self._add_object(values, "", found, line, _DEPTH)
                row: list[str] = [columns.ABSENT] * (1 + max(map(self._index, values), default=-1))
                for name, items in values.items():
                    row[self.names[name]] = cells.LIST_SEPARATOR.join(items)
                if len(self.names) > limits.MAX_FIELDS:
                    raise self.file.unreadable(*limits.too_many_fields(), line=line)
                yield line, row
            else:
                self.refused.append(Row(line, {}, _("this item is not a JSON object")))

    def _index(self, name: str) -> int:
        return self.names.setdefault(name, len(self.names))

    def _add(self, values: _Values, name: str, value: Any, line: int, depth: int) -> None:
        """Add a value to those of its key. The keys of objects in it follow on its own key."""
        if isinstance(value, dict | list) and depth > limits.MAX_DEPTH:
            raise self.file.unreadable(*limits.too_deep(), line=line)
        if isinstance(value, dict):
            self._add_object(values, f"{name}.", value, line, depth)
        elif isinstance(value, list):
            if len(value) > limits.MAX_ITEMS:
                raise self.file.unreadable(*limits.too_many_items(limits.MAX_ITEMS), line=line)
            self.has_lists = True
            if not value:
                values.setdefault(name, [])
            for item in value:
                self._add(values, name, item, line, depth + 1)
        else:
            values.setdefault(name, []).append(
                "" if value is None else value if isinstance(value, str) else str(value).lower()
            )

    def _add_object(self, values: _Values, prefix: str, found: dict[str, Any], line: int, depth: int) -> None:
        for key, value in found.items():
            self._add(values, f"{prefix}{key}", value, line, depth + 1)
            if len(values) > limits.MAX_FIELDS:
                raise self.file.unreadable(*limits.too_many_fields(), line=line)
