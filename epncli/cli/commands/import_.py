"""`epn import`: import structures from other files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from epncli import limits
from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.options import DryRunOption, RegistryOption, YesOption, value_option
from epncli.cli.screen import terminal
from epncli.cli.screen.import_summary import say_reading, summarise
from epncli.cli.screen.progress import said_if_slow, with_bar
from epncli.cli.session import Session
from epncli.errors import BadUsage, ExitCode, Unreadable, Unwritable
from epncli.formats import encodings
from epncli.formats.detection import read
from epncli.formats.reading import READABLE, WORKBOOKS, InputFile, Reading
from epncli.i18n import _, ngettext, number
from epncli.importing.matching import Match
from epncli.importing.merge import merge
from epncli.importing.merge_result import Merge
from epncli.registry.changes import ChangeOutcome
from epncli.system import shell
from epncli.system.os_errors import because, how_to_read

ImportFormat = StrEnum("ImportFormat", {name: name for name in ("auto", *READABLE)})  # type: ignore[misc]
AUTO = ImportFormat("auto")
Encoding = StrEnum("Encoding", {name: name for name in encodings.NAMES})  # type: ignore[misc]

_MANY_ROWS = 500
"""Number of rows from which a progress bar may be shown."""

FilesArgument = Annotated[
    list[str], typer.Argument(metavar=_("FILE..."), help=_("The files to import; - is standard input."))
]
FormatOption = Annotated[
    ImportFormat,
    typer.Option(
        "--format",
        help=_("The format of the files: auto detects it from the content, and xlsx also reads ODS."),
    ),
]
UpdateOption = Annotated[
    bool, typer.Option("--update", help=_("Also update existing structures that differ from the file."))
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help=_("Import nothing if a value is refused, instead of leaving it out."))
]
RejectsOption = Annotated[
    str,
    value_option(
        "--rejects",
        metavar=_("FILE"),
        help=_("List all values and rows that were corrected or left out in this CSV file."),
    ),
]
PartialOption = Annotated[bool, typer.Option("--partial", hidden=True)]
"""What is done now without it: accepted, without effect, until the next version."""
SheetOption = Annotated[
    list[str] | None,
    value_option(
        "--sheet",
        metavar=_("NAME"),
        help=_("The sheet of the workbook; by default, the first one with a header; can be repeated."),
    ),
]
EncodingOption = Annotated[
    Encoding | None,
    typer.Option(
        "--encoding",
        show_default=False,
        help=_("The encoding of a text, if accented letters are read wrongly; by default, it is recognised."),
    ),
]
MapOption = Annotated[
    list[str] | None,
    value_option(
        "--map",
        metavar=_("HEADER=FIELD"),
        help=_("Import the column HEADER into FIELD, or leave it out if FIELD is empty; can be repeated."),
    ),
]


def import_structures(
    files: FilesArgument,
    file_format: FormatOption = AUTO,
    update: UpdateOption = False,
    strict: StrictOption = False,
    rejects: RejectsOption = "",
    partial: PartialOption = False,  # noqa: ARG001
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    mapping: MapOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    registry: RegistryOption = "",
) -> int:
    """Add the new structures of the files and, with --update, change those that differ."""
    fields = _mapping(mapping or [])
    session = Session.open(registry, dry_run=dry_run)
    form = "" if file_format == AUTO else str(file_format)
    incoming = (_input_file(name, encoding or "", fields) for name in files)
    readings = [_read(part, form) for file in incoming for part in _sheets(file, sheet or [])]
    _say_readings(readings, fields)
    _refuse_replacing(rejects, [*files, str(session.where.path)])
    merged = merge(session.registry.structures, readings, today(), _with_bar, strict=strict)
    del readings  # frees as much memory as the files take; `merged` has what is needed
    summarise(merged, update=update)
    if rejects:
        _write_rejects(merged, rejects)
    elif merged.corrections:
        terminal.say(_("add --rejects FILE.csv for the full list of what was corrected or left out"))
    if merged.refused and strict:
        terminal.say(_("nothing was written because rows were refused; correct them, or leave out --strict"))
        return ExitCode.NEGATIVE
    code = ExitCode.NEGATIVE if merged.refused else ExitCode.DONE
    changes = merged.changes(update=update)
    if not changes:
        terminal.say(_("nothing to do"))
        return code
    if not dry_run:
        terminal.confirm(_question(merged, len(changes)), yes=yes)
    outcome = session.carry_out(changes, backup=True)
    if outcome is not None:
        _say_done(outcome)
    return code


def _refuse_replacing(rejects: str, files: Sequence[str]) -> None:
    """What is imported, and the registry, are not to be replaced by the list of what was left out."""
    for name in files if rejects else ():
        with suppress(OSError):
            if Path(rejects).samefile(name):
                raise Unwritable(
                    _("the list of rejects would replace this file"),
                    _("choose another file with --rejects"),
                    path=rejects,
                )


def _write_rejects(merged: Merge, path: str) -> None:
    from epncli.importing import rejects
    from epncli.yamlfile.commit import write_whole

    write_whole(Path(path), rejects.write(merged))
    count = len(merged.corrections) + len(merged.errors)
    words = ngettext("{count} reject in {file}", "{count} rejects in {file}", count)
    terminal.say(words.format(count=number(count), file=path))


def _mapping(options: Sequence[str]) -> dict[str, str]:
    """The fields by header, from options such as `--map "Tél. accueil=telephones"`. Raises BadUsage.

    The field is "" for a column to leave out: `--map "Statut="`.
    """
    from epncli.model.fields import find_field

    fields: dict[str, str] = {}
    for option in options:
        header, equals, name = option.rpartition("=")
        if not equals or not header.strip():
            raise BadUsage(
                _("‘{text}’ is not of the form HEADER=FIELD").format(text=option),
                _('for example: --map "Tél. accueil=telephones"'),
            )
        fields[header.strip()] = find_field(name).name if name.strip() else ""
    return fields


def _say_readings(readings: Sequence[Reading], fields: dict[str, str]) -> None:
    """Say what was read. Raises BadUsage if a header of --map is in no file."""
    used = frozenset[str]().union(*(reading.mapped for reading in readings))
    for header in fields.keys() - used:
        raise BadUsage(
            _("no file has a column ‘{header}’").format(header=header),
            _("copy the header exactly as it is in the file"),
        )
    for reading in readings:
        say_reading(reading)


def _input_file(name: str, encoding: str, fields: dict[str, str]) -> InputFile:
    """The file of that name, or standard input for `-`. Raises Unreadable, also if it is too large."""
    shown = _("(standard input)") if name == "-" else name
    try:
        if name == "-":
            data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(limits.MAX_BYTES + 1)
    except (OSError, ValueError) as failure:
        raise Unreadable(
            because(_("the file cannot be read"), failure),
            how_to_read(failure),
            path=shown,
        ) from None
    if len(data) > limits.MAX_BYTES:
        raise Unreadable(*limits.too_large(), path=shown)
    return InputFile(shown, data, mapping=fields, encoding=str(encoding))


def _sheets(file: InputFile, names: Sequence[str]) -> list[InputFile]:
    """The file for each of these sheets; once if it is no workbook."""
    if len(names) > 1 and file.data.startswith(WORKBOOKS):
        return [replace(file, name=f"{file.name} [{name}]", sheet=name) for name in dict.fromkeys(names)]
    return [replace(file, sheet=name) for name in names[:1]] or [file]


def _read(file: InputFile, form: str) -> Reading:
    with said_if_slow(_("reading {file}…").format(file=file.name)):
        return read(file, form)


def _with_bar(matches: Sequence[Match]) -> Iterable[Match]:
    return with_bar(matches, _("Checking the rows"), _MANY_ROWS)


def _question(merged: Merge, count: int) -> str:
    if count == len(merged.new):
        return ngettext("Add {count} structure?", "Add {count} structures?", count).format(
            count=number(count)
        )
    return ngettext("Make {count} change?", "Make these {count} changes?", count).format(count=number(count))


def _say_done(outcome: ChangeOutcome) -> None:
    """Say what was changed, where the previous file is, and how to restore it."""
    from epncli.yamlfile.commit import real_path

    added = sum(change.before is None for change in outcome.changes)
    changed = len(outcome.changes) - added
    path = outcome.before.path
    kept = real_path(path)
    terminal.say(
        _("{file}: {additions}, {changes}; the previous file is {kept}~").format(
            file=path,
            additions=ngettext("{count} addition", "{count} additions", added).format(count=number(added))
            if added
            else _("no addition"),
            changes=ngettext("{count} change", "{count} changes", changed).format(count=number(changed))
            if changed
            else _("no change"),
            kept=kept.name,
        )
    )
    if command := shell.move(Path(f"{kept}~"), kept):
        terminal.say_unwrapped("  " + _("to undo: {command}").format(command=command))


COMMANDS = {
    "import": (
        import_structures,
        examples(
            _(
                "Import structures from a spreadsheet, text copied from a web page or a file of the "
                "national map."
            ),
            _("epn import places.xlsx --dry-run"),
            _('epn import places.csv --update --map "Tél. accueil=telephones"'),
            "epn import - --format text --yes < page.txt",
        ),
    )
}
