"""`epn undo`: undo the last change that epn made, then the one before."""

from __future__ import annotations

from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.options import DryRunOption, RegistryOption
from epncli.cli.partner_import import restore_last_file
from epncli.cli.registry_file import find_registry
from epncli.cli.screen import terminal
from epncli.cli.screen.difference import print_difference
from epncli.cli.screen.undo_steps import in_words, print_steps
from epncli.cli.session import say_file, say_waiting
from epncli.i18n import _
from epncli.registry import undo
from epncli.registry.undo_log import Step

ListOption = Annotated[
    bool, typer.Option("--list", help=_("List the changes that can be undone, and change nothing."))
]


def undo_change(
    listed: ListOption = False, dry_run: DryRunOption = False, registry: RegistryOption = ""
) -> None:
    """Undo the last change of the registry."""
    path = find_registry(registry)
    if listed:
        _list(undo.undoable(path))
        return
    if dry_run:
        would = undo.preview_undo(path)
        print_difference(path, would.before, would.step.splices)
        return
    done = undo.undo(path, on_wait=say_waiting, before_writing=_restore_beside)
    say_file(path, done.hard_links)
    command = f"epn {done.step.command}"
    terminal.inform(_("undone: {command} ({change})").format(command=command, change=in_words(done.step)))


def _restore_beside(step: Step) -> None:
    if step.beside:
        restore_last_file(step.beside)


def _list(found: undo.Undoable) -> None:
    print_steps(found.steps)
    if not found.steps:
        terminal.inform(_("no change by epn can be undone"))
    elif not found.complete:
        terminal.inform(_("older changes can no longer be undone: the file was changed by something else"))


COMMANDS = {
    "undo": (
        undo_change,
        examples(
            _(
                "Undo the last change made by epn, to the byte, then the one before: the last 20 changes of "
                "a registry are kept. If something else has changed the file since, nothing is undone."
            ),
            "epn undo --list",
            "epn undo --dry-run",
            "epn undo",
        ),
    )
}
