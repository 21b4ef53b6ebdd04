"""What is to be exported, what comes of it, and the table of the formats.

A format is a module of this package with `write(export: Export) -> Written`. It is imported when
it is asked for: a CSV does not wait for Jinja2 or XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from epncli.structure import Structure


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
    """A CSV for French Excel: see `epncli.formats.cells`."""
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
    published: bool = False
    """Meant for readers: in French or in `--lang`, under the registry's title."""

    def write(self, export: Export) -> Written:
        """The file in this format."""
        written: Written = import_module(f"epncli.formats.{self.name}").write(export)
        return written


FORMATS: Final[dict[str, Format]] = {
    found.name: found
    for found in (
        Format("csv"),
        Format("xlsx"),
        Format("markdown", published=True),
        Format("html", published=True),
        Format("page", published=True),
        Format("json"),
        Format("yaml"),
        Format("geojson"),
        Format("mednum"),
    )
}
"""The formats by the names that `epn export` knows, which are those of their modules."""
