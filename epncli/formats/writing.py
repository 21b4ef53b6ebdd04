"""Types for writing files of any format: the export, its result, and the table of export formats.

A format that can be written is a module of this package with `write(export: Export) -> Written`. It is
imported only when it is used, so that exporting a CSV does not import Jinja2 or XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final, NamedTuple

from epncli.display.state import States
from epncli.i18n import N_, _
from epncli.model.structure import Structure


@dataclass(frozen=True)
class Export:
    """The structures to write, and the options of all formats."""

    structures: Sequence[Structure]
    fields: tuple[str, ...] = ()
    """Names of fields, in the order of the columns; empty for the default of the format."""
    titre: str = ""
    """The caption of published tables."""
    lang: str = "fr"
    """The language of published tables, `fr` or `en`, whatever the language of messages."""
    excel: bool = False
    """True for a CSV for French Excel: see `epncli.formats.tabular.cells`."""
    links: bool = False
    """True for links to websites, phone numbers and e-mail addresses, in markdown and html."""
    states: States = field(default_factory=States)
    """What the structures are on the day of the export; by default, none is closed for a time."""
    contact: str = ""
    """Whom readers of a published list may write to or call: an e-mail address, a phone number or a URL."""


class OmittedValue(NamedTuple):
    """A value of a structure that is in the file without it."""

    structure: Structure
    value: str
    reason: str


@dataclass(frozen=True)
class Written:
    """The bytes of the written file, and what is not in it, with the reasons.

    The reasons are in the language of this process.
    """

    data: bytes
    left_out: tuple[tuple[Structure, str], ...] = ()
    """Structures that do not belong in the format, such as closed ones on the national map."""
    incomplete: tuple[tuple[Structure, str], ...] = ()
    """Structures that lack something that the format requires, so that the export is partial."""
    omitted_phones: tuple[OmittedValue, ...] = ()
    """Phone numbers for which the format has no place."""


@dataclass(frozen=True, slots=True)
class Format:
    """An export format."""

    name: str
    about_id: str
    """The English description, which is the key of its translation."""
    options: frozenset[str] = frozenset({"fields"})
    """The options of `Export` and of `epn export` that the format uses."""

    @property
    def about(self) -> str:
        """The description of the format, in the language of this process."""
        return _(self.about_id)

    def write(self, export: Export) -> Written:
        """The file in this format."""
        written: Written = import_module(f"epncli.formats.{self.name}").write(export)
        return written


FORMATS: Final[dict[str, Format]] = {
    found.name: found
    for found in (
        Format("csv", N_("for any spreadsheet program"), frozenset({"fields", "excel"})),
        Format("xlsx", N_("an Excel workbook"), frozenset({"fields", "lang"})),
        Format("markdown", N_("a table for a blog post"), frozenset({"fields", "lang", "links"})),
        Format("html", N_("a table to paste into a web page"), frozenset({"fields", "lang", "links"})),
        Format("page", N_("a complete web page with a search box"), frozenset({"fields", "lang"})),
        Format("json", N_("for programs")),
        Format("yaml", N_("another registry for epn")),
        Format("geojson", N_("points for a map, such as uMap"), frozenset({"fields", "lang"})),
        Format("ban", N_("addresses to be geocoded by the state"), frozenset()),
        Format("vcard", N_("contacts for a phone or an address book"), frozenset()),
        Format("mednum", N_("the CSV of the national map"), frozenset({"partial"})),
    )
}
"""The formats of `epn export`, by name, which is also the name of their module."""
