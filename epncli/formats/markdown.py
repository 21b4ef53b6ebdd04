"""A table in GitHub Flavored Markdown, for a blog post: both outer pipes, columns padded.

A value is shown as it is and never acts: whatever Markdown, its tables or its links would read
into it is escaped, by an entity where WordPress's Markdown does not know the backslash (`<`, `&`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from operator import attrgetter

from epncli.display import links
from epncli.display.words import BETWEEN, ODD, closing_to_paste, one_line
from epncli.formats.published_table import Table, table
from epncli.formats.writing import Export, Written
from epncli.model.structure import FIELDS, Field, Structure

_WIDEST = 100
"""Cells are padded up to here; one with 10,000 characters must not widen every other."""

_ESCAPES = {ord(sign): "\\" + sign for sign in "\\`*_[]~|"} | {ord("<"): "&lt;", ord("&"): "&amp;"}
_SPECIAL = re.compile(rf"[\\`*_\[\]~|<&:.@{ODD}]")
# Where GFM makes a link of a bare address (http:, www., mail): a backslash behind this stops it.
_BARE_LINK = re.compile(r"(?i)(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.)|[\w.+\-](?=@\w)")
# Where a character may be wider or narrower than one column.
_ODD_WIDTH = re.compile("[^\x00-\u02ff\u2010-\u2044]")


def write(export: Export) -> Written:
    """The table; a labelled name in bold, a closed one struck through, with when and why."""
    shape = table(export)
    columns = [_column(export, shape, name) for name in shape.fields]
    if shape.label_column:
        columns.append([escape(BETWEEN.join(one.labels)) for one in export.structures])
    padded = [
        _padded(escape(heading), column) for heading, column in zip(shape.headings, columns, strict=True)
    ]
    lines = [f"| {' | '.join(row)} |\n" for row in zip(*padded, strict=True)]
    return Written("".join(lines).encode("utf-8", "replace"))


def escape(text: str) -> str:
    """The text on one line, as Markdown shows it."""
    if not _SPECIAL.search(text):
        return text.strip()
    return _BARE_LINK.sub(r"\g<0>\\", one_line(text).translate(_ESCAPES))


def _column(export: Export, shape: Table, name: str) -> list[str]:
    """The cells of a field, escaped."""
    if name == "nom":
        return [_name(structure, export, shape) for structure in export.structures]
    field = FIELDS[name]
    if export.links and field.kind in links.LINKED:
        return [_linked(structure, field) for structure in export.structures]
    values: Iterable[str] = map(attrgetter(name), export.structures)
    return list(map(escape, map(BETWEEN.join, values) if field.many else values))


def _name(structure: Structure, export: Export, shape: Table) -> str:
    name = escape(structure.nom)
    if not name:
        return ""
    if export.links and (site := links.site(structure)):
        name = _link(name, site)
    if structure.is_closed:
        name = f"~~{name}~~"
    if shape.bold and structure.labels:
        name = f"**{name}**"
    return f"{name} ({escape(closing_to_paste(structure, export.lang))})" if structure.is_closed else name


def _linked(structure: Structure, field: Field) -> str:
    """The values of a field, each with its link where it has one."""
    return BETWEEN.join(
        _link(escape(value), links.href(value, field.kind, structure.code_postal))
        for value in links.values(structure, field)
    )


def _link(text: str, href: str) -> str:
    # In an address `&copy` would be read as an entity.
    return f"[{text}]({href.replace('&', '&amp;')})" if href else text


def _padded(heading: str, column: list[str]) -> list[str]:
    """The heading, the delimiter and the cells, all as wide as the widest."""
    widths = [_width(cell) for cell in (heading, *column)]
    most = max(3, min(max(widths), _WIDEST))
    cells = [cell + " " * (most - width) for cell, width in zip((heading, *column), widths, strict=True)]
    cells.insert(1, "-" * most)
    return cells


def _width(cell: str) -> int:
    """The cell's columns in an editor: two for a wide character, none for a combining accent."""
    if not _ODD_WIDTH.search(cell):
        return len(cell)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in cell
    )
