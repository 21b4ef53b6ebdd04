"""The columns, headings and caption of a published table, shared by Markdown, HTML and the web page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from epncli.display.words import heading, one_line
from epncli.formats.writing import Export
from epncli.i18n import N_, catalog
from epncli.model.structure import LABEL_FIELDS

BLOG_FIELDS: Final = ("commune", "code_postal", "nom", "telephones")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a published table."""

    fields: tuple[str, ...]
    headings: tuple[str, ...]
    """One for each field, and one for the label column, if there is one."""
    label_column: bool
    bold: bool
    """True if labelled names are in bold: only if a column also shows the labels."""


def table(export: Export) -> Table:
    """The table with `export.fields`, by default BLOG_FIELDS and, if there are labels, a label column."""
    fields = export.fields or BLOG_FIELDS
    label_column = not export.fields and any(structure.labels for structure in export.structures)
    headings = [heading(name, export.lang) for name in fields]
    if label_column:
        headings.append(catalog(export.lang).gettext(N_("Label")))
    bold = label_column or not set(LABEL_FIELDS).isdisjoint(fields)
    return Table(fields, tuple(map(one_line, headings)), label_column, bold)


def caption(export: Export) -> str:
    """The title of the registry, or `Places of digital inclusion`, in `export.lang`."""
    return one_line(export.titre) or catalog(export.lang).gettext(N_("Places of digital inclusion"))
