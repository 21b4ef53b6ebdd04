"""`epn edit`: change fields from the command line, or the record itself in an editor."""

from __future__ import annotations

from typing import Annotated

import typer

from epncli.cli import terminal
from epncli.cli.app import examples
from epncli.cli.change import Session, judged, parse_settings, say_warnings, stood_by, undo
from epncli.cli.options import DryRunOption, OptionalRefArgument, RegistryOption, SetOption
from epncli.cli.selection import pick_or_ask
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.problems import Problem
from epncli.changes import Change
from epncli.registry import difference
from epncli.structure import Structure

UnsetOption = Annotated[
    list[str] | None,
    typer.Option("--unset", metavar=_("FIELD"), show_default=False, help=_("Take a field away.")),
]


def edit_structure(
    ref: OptionalRefArgument = None,
    settings: SetOption = None,
    unset: UnsetOption = None,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Change one structure."""
    session = Session.open(registry, dry_run=dry_run)
    found = pick_or_ask(session.registry, ref or [])
    if len(found) > 1:
        raise BadUsage(_("one structure at a time"), _("give one id"))
    before = found[0]
    if settings or unset:
        change, warnings = _by_options(before, settings or [], unset or [])
    else:
        from epncli.cli.editor import edit_record

        change, warnings = edit_record(session.registry, before)
    if change is None:
        terminal.say(_("{name}: nothing to change").format(name=before.nom))
        say_warnings(warnings)
        return
    outcome = session.carry_out([change])
    after = change.after
    if outcome is not None and after is not None:
        names = ", ".join(name for name in difference(before, after) if name != "date_maj")
        terminal.say(_("{name}: changed {fields}").format(name=after.nom, fields=names or "date_maj"))
        terminal.say("  " + _("to take it back: {command}").format(command=undo(before, after)))
    say_warnings(warnings)


def _by_options(
    before: Structure, settings: list[str], unset: list[str]
) -> tuple[Change | None, list[Problem]]:
    wanted = parse_settings(before, settings, unset)
    names = list(difference(before, wanted))
    if not names:
        return None, []
    after, warnings = judged(wanted, names)
    if after == before:
        return None, warnings
    return Change(before, stood_by(before, after)), warnings


COMMANDS = {
    "edit": (
        edit_structure,
        examples(
            _("Change fields of a structure; without --set and --unset, its record in your text editor."),
            'epn edit microlithe --set telephones="01 46 36 70 13|06 12 34 56 78"',
            "epn edit microlithe --set courriels+=bonjour@microlithe.fr --unset site_web",
            "epn edit microlithe",
        ),
    )
}
