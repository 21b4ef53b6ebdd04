"""The rows and cells of a table in the XML of an ODS, found by searching instead of parsing.

Only `workbook_process`, with its limits of memory and time, uses this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# OpenDocument 1.3, 9.1: tables, rows and cells, the last two perhaps repeated.
_TAG: Final = re.compile(
    rb"""<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s>/])((?:[^<>"]|"[^"]*")*)>"""
)
_REPEATED: Final = re.compile(rb'repeated="([0-9]{1,9})"')
MOST_REPEATED: Final = 1_000
"""Repetitions of one row or cell that are counted."""


class Tag(NamedTuple):
    """The start tag of a row or of a cell."""

    row: int
    """From 1."""
    rows: int
    """How often the row is repeated."""
    column: int
    """From 1; 0 for a row."""
    columns: int
    """How often the cell is repeated."""
    attributes: bytes
    end: int
    """The offset in the XML after the tag."""


def tags(xml: bytes, index: int) -> Iterator[Tag]:
    """The rows and cells of the table at `index`, from 0, without tables inside its cells."""
    depth, table = 0, -1
    row = rows = column = columns = 0
    for found in _TAG.finditer(xml):
        closing, kind, attributes = found.groups()
        if kind == b"table":
            table += not closing and depth == 0
            depth += -1 if closing else not attributes.endswith(b"/")
        elif closing or table != index or depth > 1:
            continue
        elif kind == b"table-row":
            row, rows = row + max(rows, 1), _repeated(attributes)
            column = columns = 0
            yield Tag(row, rows, 0, 0, attributes, found.end())
        else:
            column, columns = column + max(columns, 1), _repeated(attributes)
            yield Tag(row, rows, column, columns, attributes, found.end())


def _repeated(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1
