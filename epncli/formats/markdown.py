"""A table in GitHub Flavored Markdown, for a blog post: with outer pipes and padded columns.

Values are never interpreted as markup: all characters with a meaning in Markdown are escaped, by an entity
where WordPress's Markdown does not support the backslash (`<`, `&`, `]` in a link), or where WordPress would
change the text that is left once the Markdown is HTML (see `wordpress`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from operator import attrgetter

from epncli.display import hours, links
from epncli.display.state import intervals_to_paste
from epncli.display.words import BETWEEN, ODD, one_line
from epncli.formats import wordpress
from epncli.formats.published_table import Table, table
from epncli.formats.writing import Export, Written
from epncli.model.structure import FIELDS, Field, Kind, Structure

_WIDEST = 100
"""The largest width to which cells are padded: one cell of 10,000 characters must not widen all others."""

_ESCAPES = {ord(sign): "\\" + sign for sign in "\\*_|"} | {
    ord("<"): "&lt;", ord("&"): "&amp;", ord("`"): "&#96;", ord("~"): "&#126;", ord("]"): "&#93;",
}  # fmt: skip
_SPECIAL = re.compile(rf"[\\`*_\[\]~|<&:.@{ODD}]")
# The sign that makes an address a link in GFM (http:, www., mail): as an entity it does not.
_BARE_LINK = re.compile(
    r"(?i)(?:(?<=http)|(?<=https)|(?<=ftp)|(?<=mailto)|(?<=xmpp)):|(?<=www)\.|(?<=[\w.+\-])@(?=\w)"
)
# In a link target: what makes `&` begin an entity (`&copy=` is none), a shortcode that WordPress obeys (`//[`
# begins an IPv6 address), and `~~`, which ends a closed name. Entities in a target are escaped by Parsedown.
_IN_TARGET = re.compile(
    r"(?<=&)[A-Za-z](?=\w*(?:[^\w=]|$))|(?<=&#)[0-9Xx]|(?<!//)\[|~(?=~)|(?<=~)~", re.ASCII
)
# Characters that may not be one column wide.
_ODD_WIDTH = re.compile("[^\x00-\u02ff\u2010-\u2044]")


def write(export: Export) -> Written:
    """The table. Labelled names are in bold, closed ones struck through; the state of a structure follows."""
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
    """The text on one line, escaped for Markdown."""
    if not _SPECIAL.search(text):
        return wordpress.keep(text.strip())
    return wordpress.keep(_BARE_LINK.sub(wordpress.entity, one_line(text).translate(_ESCAPES)))


def _column(export: Export, shape: Table, name: str) -> list[str]:
    """The cells of a field, escaped."""
    if name == "nom":
        return [_name(structure, export, shape) for structure in export.structures]
    field = FIELDS[name]
    if export.links and field.kind in links.LINKED:
        return [_linked(structure, field) for structure in export.structures]
    values: Iterable[str] = map(attrgetter(name), export.structures)
    if field.kind is Kind.HORAIRES:
        return [escape(hours.in_words_to_paste(value, export.lang)) for value in values]
    if field.kind is Kind.INTERVAL:
        return [escape(intervals_to_paste(value, export.lang)) for value in values]
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
    state = export.states.state_to_paste(structure, export.lang)
    return f"{name} ({escape(state)})" if state else name


def _linked(structure: Structure, field: Field) -> str:
    """The values of a field, as links if possible."""
    return BETWEEN.join(
        _link(escape(value), links.href(value, field.kind, structure.code_postal))
        for value in structure.texts(field.name)
    )


def _link(text: str, href: str) -> str:
    return f"[{text}]({_IN_TARGET.sub(_percent, href)})" if href else text


def _percent(found: re.Match[str]) -> str:
    """The character that was found, in percent-encoding."""
    return f"%{ord(found[0]):02X}"


def _padded(heading: str, column: list[str]) -> list[str]:
    """The heading, the delimiter and the cells, padded to the same width."""
    widths = [_width(cell) for cell in (heading, *column)]
    most = max(3, min(max(widths), _WIDEST))
    cells = [cell + " " * (most - width) for cell, width in zip((heading, *column), widths, strict=True)]
    cells.insert(1, "-" * most)
    return cells


def _width(cell: str) -> int:
    """The width of a cell in an editor: two columns for a wide character, none for a combining accent."""
    if not _ODD_WIDTH.search(cell):
        return len(cell)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in cell
    )
