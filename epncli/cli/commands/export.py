"""`epn export`: write the structures in another format."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from typing import Annotated

import click
import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.options import Language, RegistryOption
from epncli.cli.output_file import OutputOption, deliver, refuse_replacing
from epncli.cli.registry_file import read_registry
from epncli.cli.screen import terminal
from epncli.cli.selection import Selection
from epncli.display.state import States
from epncli.errors import BadUsage, ExitCode
from epncli.formats.writing import FORMATS, Export, OmittedValue
from epncli.i18n import _, ngettext, number, with_colon
from epncli.model.structure import Structure
from epncli.rules.texte import quoted


class FormatName(click.Choice[str]):
    """The parameter type of a format name."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The names on one line; Click would write one on each line."""
        return _("Choose one of: {formats}").format(formats=", ".join(self.choices))


FormatArgument = Annotated[
    str,
    typer.Argument(
        click_type=FormatName(list(FORMATS)), metavar=_("FORMAT"), help=_("One of the formats above.")
    ),
]
LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        show_default=False,
        help=_("xlsx, markdown, html, page, geojson: the language of the published text; fr by default."),
    ),
]
ExcelOption = Annotated[
    bool,
    typer.Option("--excel", help=_("csv: write a file that the French version of Excel opens correctly.")),
]
LinksOption = Annotated[
    bool, typer.Option("--links", help=_("markdown, html: turn websites and phone numbers into links."))
]
PartialOption = Annotated[
    bool, typer.Option("--partial", help=_("mednum: leave out structures that lack required fields."))
]


def export_structures(
    file_format: FormatArgument,
    selection: Selection,
    output: OutputOption = "",
    lang: LangOption = None,
    excel: ExcelOption = False,
    links: LinksOption = False,
    partial: PartialOption = False,
    registry: RegistryOption = "",
) -> int:
    """Write the structures that pass the filters, in another format."""
    output = "" if output == "-" else output  # - is standard output
    names = selection.field_names()
    _refuse_unused_options(file_format, fields=names, lang=lang, excel=excel, links=links, partial=partial)
    found = read_registry(registry)
    kept = selection.arranged(selection.filtered(found.structures))
    refuse_replacing(output, registry)
    binary = file_format == "xlsx"
    if binary and not output and terminal.is_terminal():
        raise BadUsage(_("a workbook cannot be displayed on a terminal"), _("give a file with -o"))
    export = Export(
        kept,
        names,
        found.titre,
        lang or Language.FR,
        excel,
        links,
        States(found.structures, today()),
        found.contact,
    )
    written = FORMATS[file_format].write(export)
    lacking = bool(written.incomplete) and not partial
    if lacking:
        _say_omitted(written.incomplete, _incomplete)
        terminal.say(_("nothing was written; complete these structures, or leave them out with --partial"))
        return ExitCode.NEGATIVE
    count = len(kept) - len(written.left_out) - len(written.incomplete)
    words = ngettext("{count} structure", "{count} structures", count).format(count=number(count))
    deliver(written.data, output, words)
    _say_omitted(written.left_out, _left_out)
    _say_omitted(written.incomplete, _incomplete)
    _say_omitted_phones(written.omitted_phones)
    return ExitCode.DONE


def _refuse_unused_options(file_format: str, **options: object) -> None:
    """Raise BadUsage for an option that the format does not use."""
    for name, given in options.items():
        if given and name not in FORMATS[file_format].options:
            those = ", ".join(one.name for one in FORMATS.values() if name in one.options)
            raise BadUsage(
                _("{option} has no effect on {format}").format(option=f"--{name}", format=file_format),
                _("remove this option; it applies only to {formats}").format(formats=those),
            )


def _left_out(count: int) -> str:
    return ngettext("{count} left out", "{count} left out", count)


def _incomplete(count: int) -> str:
    return ngettext("{count} incomplete", "{count} incomplete", count)


def _say_omitted_phones(omitted: Sequence[OmittedValue]) -> None:
    """Say how many phone numbers are not in the file, by reason, with the first few of each."""
    reasons: dict[str, list[OmittedValue]] = {}
    for one in omitted:
        reasons.setdefault(one.reason, []).append(one)
    for reason, those in reasons.items():
        words = ngettext("{count} phone number left out", "{count} phone numbers left out", len(those))
        numbers = ", ".join(f"{one.structure.id} ({quoted(one.value)})" for one in those[:5])
        counted = words.format(count=number(len(those)))
        terminal.say(with_colon(f"{counted} ({reason})", numbers + (", …" if len(those) > 5 else "")))


def _say_omitted(omitted: Sequence[tuple[Structure, str]], words: Callable[[int], str]) -> None:
    """Say how many structures are not in the file, by reason, with the first few of each."""
    reasons: dict[str, list[Structure]] = {}
    for structure, reason in omitted:
        reasons.setdefault(reason, []).append(structure)
    for reason, those in reasons.items():
        names = ", ".join(one.id for one in those[:5]) + (", …" if len(those) > 5 else "")
        counted = words(len(those)).format(count=number(len(those)))
        terminal.say(with_colon(f"{counted} ({reason})", names))


def _formats() -> str:
    """The list of formats for the help, wrapped to the width of the terminal."""
    names = max(map(len, FORMATS))
    lines = [f"  {name:{names}}  {found.about}" for name, found in FORMATS.items()]
    columns = shutil.get_terminal_size().columns - 4
    folded = (part for line in lines for part in terminal.folded(line, columns, names + 4))
    return "\n".join(["\b", _("Formats:"), *folded])


COMMANDS = {
    "export": (
        export_structures,
        examples(
            _("Export structures for a spreadsheet, a blog post, a web page or the national map.")
            + f"\n\n{_formats()}",
            _("epn export markdown --open > table.md"),
            "epn export csv --excel -o epn.csv",
            "epn export page -o epn.html",
            "epn export ban -o a.csv",
            "epn export mednum --partial -o mednum.csv",
        ),
    )
}
