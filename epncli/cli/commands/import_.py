"""`epn import`: import structures from other files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.import_files import HowToRead, fields_by_header, read_files
from epncli.cli.options import DryRunOption, RegistryOption, YesOption, value_option
from epncli.cli.partner_import import ask_conflicts, closings, save_recipe_file, write_last_file
from epncli.cli.screen import terminal
from epncli.cli.screen.import_summary import say_partner, say_reading, summarise
from epncli.cli.screen.progress import with_bar
from epncli.cli.session import Session
from epncli.errors import BadUsage, ExitCode, Unwritable
from epncli.formats import encodings
from epncli.formats.reading import READABLE, Reading
from epncli.i18n import _, ngettext, number
from epncli.importing.matching import Match
from epncli.importing.merge import merge, merge_with_last
from epncli.importing.merge_result import Merge
from epncli.importing.partner import Partner, read_partner
from epncli.model.structure import Structure
from epncli.registry.changes import ChangeOutcome

ImportFormat = StrEnum("ImportFormat", {name: name for name in ("auto", *READABLE)})  # type: ignore[misc]
AUTO = ImportFormat("auto")
Encoding = StrEnum("Encoding", {name: name for name in encodings.NAMES})  # type: ignore[misc]

_BAN: Final = "ban"
"""The format whose rows complete structures instead of being structures."""
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
RecipeOption = Annotated[
    str,
    value_option(
        "--recipe",
        metavar=_("FILE"),
        help=_(
            "Read the files as this recipe says, and take only what the partner has changed since last time."
        ),
    ),
]
SaveRecipeOption = Annotated[
    str,
    value_option(
        "--save-recipe",
        metavar=_("FILE"),
        help=_("Save how the columns were understood as a recipe, to be edited and used with --recipe."),
    ),
]
CloseGoneOption = Annotated[
    bool,
    typer.Option(
        "--close-gone",
        help=_("With --recipe, close the structures that are no longer in the partner’s file."),
    ),
]
BlankClearsOption = Annotated[
    bool,
    typer.Option(
        "--blank-clears", help=_("With --update, a blank cell removes the value that the registry has.")
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
    blank_clears: BlankClearsOption = False,
    strict: StrictOption = False,
    rejects: RejectsOption = "",
    partial: PartialOption = False,  # noqa: ARG001
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    mapping: MapOption = None,
    recipe: RecipeOption = "",
    save_recipe: SaveRecipeOption = "",
    close_gone: CloseGoneOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    registry: RegistryOption = "",
) -> int:
    """Add the new structures of the files and, with --update, change those that differ."""
    if close_gone and not recipe:
        raise BadUsage(_("--close-gone needs a recipe"), _("add --recipe FILE"))
    form = "" if file_format == AUTO else str(file_format)
    if form == _BAN:
        _refuse_without_effect(recipe=recipe, save_recipe=save_recipe, blank_clears=blank_clears, map=mapping)
    partner = read_partner(Path(recipe)) if recipe else None
    how = HowToRead(form, sheet or [], str(encoding or ""), fields_by_header(mapping or []), partner)
    session = Session.open(registry, dry_run=dry_run)
    readings = read_files(files, how)
    for reading in readings:
        say_reading(reading)
    _refuse_replacing([rejects, save_recipe], [*files, str(session.path)])
    if partner:
        say_partner(partner, readings)
    if save_recipe:
        save_recipe_file(save_recipe, partner, readings, yes=yes)
    structures = session.registry.structures
    if form == _BAN:
        from epncli.cli.screen.geocoding_summary import summarise_answers
        from epncli.importing.geocoding import merge_answers

        merged = merge_answers(structures, readings)
        summarise_answers(merged)
    else:
        merged = _compared(structures, readings, partner, strict=strict, blank_clears=blank_clears)
        summarise(merged, update=update or partner is not None, closing=close_gone)
    del readings, reading  # frees as much memory as the files take; `merged` has what is needed
    update = update or partner is not None or form == _BAN
    _offer_rejects(merged, rejects)
    if merged.refused and strict:
        terminal.say(_("nothing was written because rows were refused; correct them, or leave out --strict"))
        return ExitCode.NEGATIVE
    if merged.conflicts and not (yes or dry_run) and terminal.can_ask():
        ask_conflicts(merged)
    _carry_out(session, merged, partner, update=update, close_gone=close_gone, yes=yes)
    return ExitCode.NEGATIVE if merged.refused else ExitCode.DONE


def _compared(
    structures: Sequence[Structure],
    readings: Sequence[Reading],
    partner: Partner | None,
    *,
    strict: bool,
    blank_clears: bool,
) -> Merge:
    if partner:
        return merge_with_last(structures, readings, partner.last, today(), _with_bar, strict=strict)
    return merge(structures, readings, today(), _with_bar, strict=strict, blank_clears=blank_clears)


def _refuse_without_effect(**options: object) -> None:
    """Raise BadUsage for an option that has no effect on answers of the address service."""
    for name, given in options.items():
        if given:
            option = f"--{name.replace('_', '-')}"
            raise BadUsage(
                _("{option} has no effect on {format}").format(option=option, format=_BAN),
                _("remove this option"),
            )


def _carry_out(
    session: Session, merged: Merge, partner: Partner | None, *, update: bool, close_gone: bool, yes: bool
) -> None:
    changes = merged.changes(update=update) + (closings(merged) if close_gone else [])
    if not changes:
        terminal.inform(_("nothing to do"))
        outcome = None
    else:
        if not session.dry_run:
            terminal.confirm(_question(merged, len(changes)), yes=yes)
        outcome = session.carry_out(changes, backup=True, beside=partner.last_path if partner else None)
    if outcome:
        _say_done(outcome)
    if partner and not session.dry_run:
        write_last_file(partner, merged, outcome)
    if outcome:
        session.say_undo(outcome)


def _refuse_replacing(outputs: Sequence[str], files: Sequence[str]) -> None:
    """What is imported, and the registry, are not to be replaced by what this command writes beside it."""
    for output in filter(None, outputs):
        for name in files:
            with suppress(OSError):
                if Path(output).samefile(name):
                    raise Unwritable(
                        _("this file would be replaced, but it is the registry or an imported file"),
                        _("choose another file for --rejects or --save-recipe"),
                        path=output,
                    )


def _offer_rejects(merged: Merge, path: str) -> None:
    """Write the list of what was corrected or left out, or say how to get it."""
    if path:
        _write_rejects(merged, path)
    elif merged.corrections:
        terminal.inform(_("add --rejects FILE.csv for the full list of what was corrected or left out"))


def _write_rejects(merged: Merge, path: str) -> None:
    from epncli.importing import rejects
    from epncli.yamlfile.commit import write_whole

    write_whole(Path(path), rejects.write(merged))
    count = len(merged.corrections) + len(merged.errors) + len(merged.not_used)
    words = ngettext("{count} reject in {file}", "{count} rejects in {file}", count)
    terminal.inform(words.format(count=number(count), file=path))


def _with_bar(matches: Sequence[Match]) -> Iterable[Match]:
    return with_bar(matches, _("Checking the rows"), _MANY_ROWS)


def _question(merged: Merge, count: int) -> str:
    if count == len(merged.new):
        return ngettext("Add {count} structure?", "Add {count} structures?", count).format(
            count=number(count)
        )
    return ngettext("Make {count} change?", "Make these {count} changes?", count).format(count=number(count))


def _say_done(outcome: ChangeOutcome) -> None:
    """Say what was changed, and where the previous file is."""
    from epncli.yamlfile.commit import real_path

    added = sum(change.before is None for change in outcome.changes)
    changed = len(outcome.changes) - added
    path = outcome.before.path
    kept = real_path(path)
    terminal.inform(
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
            "epn import angers.xlsx --save-recipe angers.yaml --dry-run",
            "epn import angers.xlsx --recipe angers.yaml",
            "epn import - --format text --yes < page.txt",
            "epn import --format ban a.geocoded.csv",
        ),
    )
}
