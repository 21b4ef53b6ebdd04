"""A table in HTML, to paste in the HTML block of a blog.

It uses only elements that WordPress's filter keeps (table, caption, thead, tbody, tr, th scope, td,
strong, s, a href), written as a browser would write them, so that a filter changes nothing.
"""

from __future__ import annotations

from html import escape as escape_html

from epncli.display import hours, links
from epncli.display.state import intervals_to_paste
from epncli.display.words import BETWEEN, one_line
from epncli.formats import wordpress
from epncli.formats.published_table import Table, caption, table
from epncli.formats.writing import Export, Written
from epncli.model.structure import FIELDS, Kind, Structure


def write(export: Export) -> Written:
    """The table. Labelled names are in bold, closed ones struck through; the state of a structure follows."""
    shape = table(export)
    heads = [f'<th scope="col">{escape(heading)}</th>' for heading in shape.headings]
    lines = ["<table>", f"<caption>{escape(caption(export))}</caption>", "<thead>"]
    lines += [f"<tr>{''.join(heads)}</tr>", "</thead>", "<tbody>"]
    lines += [f"<tr>{_row(structure, export, shape)}</tr>" for structure in export.structures]
    lines += ["</tbody>", "</table>", ""]
    return Written("\n".join(lines).encode("utf-8", "replace"))


def escape(text: str) -> str:
    """The text on one line, escaped for the content of an HTML element that WordPress shows."""
    return wordpress.keep(escape_html(one_line(text), quote=False).replace("\xa0", "&nbsp;"))


def _row(structure: Structure, export: Export, shape: Table) -> str:
    cells = [
        f'<th scope="row">{_name(structure, export, shape)}</th>'
        if name == "nom"
        else f"<td>{_values(structure, name, export)}</td>"
        for name in shape.fields
    ]
    if shape.label_column:
        cells.append(f"<td>{escape(BETWEEN.join(structure.labels))}</td>")
    return "".join(cells)


def _name(structure: Structure, export: Export, shape: Table) -> str:
    name = escape(structure.nom)
    if export.links:
        name = _link(name, links.site(structure))
    if structure.is_closed:
        name = f"<s>{name}</s>"
    if shape.bold and structure.labels:
        name = f"<strong>{name}</strong>"
    state = export.states.state_to_paste(structure, export.lang)
    return f"{name} ({escape(state)})" if state else name


def _values(structure: Structure, name: str, export: Export) -> str:
    field = FIELDS[name]
    values = structure.texts(name)
    if field.kind is Kind.HORAIRES:
        values = tuple(hours.in_words_to_paste(value, export.lang) for value in values)
    if field.kind is Kind.INTERVAL:
        return escape(intervals_to_paste(values, export.lang))
    if not (export.links and field.kind in links.LINKED):
        return escape(BETWEEN.join(values))
    return BETWEEN.join(
        _link(escape(value), links.href(value, field.kind, structure.code_postal)) for value in values
    )


def _link(text: str, href: str) -> str:
    return f'<a href="{wordpress.keep(href.replace("&", "&amp;"))}">{text}</a>' if href else text
