"""What is to be exported, what comes of it, and the table of the formats.

A format is a module of this package with `write(export: Export) -> Written`. It is imported when
it is asked for: a CSV does not wait for Jinja2 or XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from epncli.i18n import N_, _
from epncli.model.structure import Structure


@dataclass(frozen=True)
class Export:
    """What is to be written, whatever the format."""

    structures: Sequence[Structure]
    fields: tuple[str, ...] = ()
    """Names of the schema, in the order of the columns; none: the format's own choice."""
    titre: str = ""
    """The caption of what is published."""
    lang: str = "fr"
    """The language of what is published, `fr` or `en`: not that of the screen."""
    excel: bool = False
    """A CSV for French Excel: see `epncli.formats.tabular.cells`."""
    links: bool = False
    """Names lead to their site, phones to a call: in markdown and html."""


@dataclass(frozen=True)
class Written:
    """The bytes of the file, and the structures that are not in it, each with the reason.

    The reasons are in the language of this process.
    """

    data: bytes
    left_out: tuple[tuple[Structure, str], ...] = ()
    """Those that the format has no place for: a closed one on the national map."""
    lacking: tuple[tuple[Structure, str], ...] = ()
    """Those that should be in it, but lack what the format requires: a partial export."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of export."""

    name: str
    about_id: str
    """What it is, in English: the key of its translation."""
    heeds: frozenset[str] = frozenset({"fields"})
    """What of an `Export`, and of `epn export`, makes a difference to it beside the structures."""

    @property
    def about(self) -> str:
        """What it is, in the language of this process."""
        return _(self.about_id)

    def write(self, export: Export) -> Written:
        """The file in this format."""
        written: Written = import_module(f"epncli.formats.{self.name}").write(export)
        return written


FORMATS: Final[dict[str, Format]] = {
    found.name: found
    for found in (
        Format("csv", N_("for any spreadsheet program"), frozenset({"fields", "excel"})),
        Format("xlsx", N_("an Excel workbook")),
        Format("markdown", N_("a table for a blog post"), frozenset({"fields", "lang", "links"})),
        Format("html", N_("a table to paste into a web page"), frozenset({"fields", "lang", "links"})),
        Format("page", N_("a complete web page with a search box"), frozenset({"fields", "lang"})),
        Format("json", N_("for programs")),
        Format("yaml", N_("another registry for epn")),
        Format("geojson", N_("points for a map")),
        Format("mednum", N_("the CSV of the national map"), frozenset({"partial"})),
    )
}
"""The formats by the names that `epn export` knows, which are those of their modules."""
