"""`epn log`: print the history of a structure, from the versions of the registry in git."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.choosing import pick
from epncli.cli.options import (
    NoPagerOption,
    RefArgument,
    RegistryOption,
    TextOrJson,
    WholeNumber,
    value_option,
)
from epncli.cli.registry_file import find_registry
from epncli.cli.screen import life as screen
from epncli.cli.screen import terminal
from epncli.cli.screen.progress import said_if_slow
from epncli.formats.json import indented
from epncli.history.life import Event, life
from epncli.history.versions import History
from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.registry.registry import Registry

FormatOption = Annotated[
    TextOrJson, typer.Option("--format", help=_("text: for people, and lines in a pipe; json: for programs."))
]
LimitOption = Annotated[
    int | None,
    value_option("--limit", metavar=_("N"), click_type=WholeNumber(0), help=_("The N newest changes.")),
]


def show_life(
    ref: RefArgument,
    limit: LimitOption = None,
    file_format: FormatOption = TextOrJson.TEXT,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print what has changed in a structure, with the day and the author, newest first."""
    path = find_registry(registry)
    found = Registry.read(path)
    structures = pick(found.structures, ref)
    history = History.of(path)
    with said_if_slow(_("reading the versions in git…")):
        lives = [(one, islice(life(history, found, one), limit)) for one in structures]
        if file_format is TextOrJson.JSON:
            objects = [screen.as_object(one, event) for one, events in lives for event in events]
            terminal.out(indented(objects))
        elif terminal.is_terminal():
            _show(lives, pager=not no_pager)
        else:
            terminal.out("".join(line for one, events in lives for line in screen.lines(one, events)))
        terminal.flush()
    if history.is_shallow:
        terminal.say(_("the clone is shallow: ‘git fetch --unshallow’ gets the older versions"))


def _show(lives: Iterable[tuple[Structure, Iterable[Event]]], *, pager: bool) -> None:
    from epncli.cli.screen.pager import page
    from epncli.cli.screen.table import make_console

    console = make_console()
    page(
        (part for one, events in lives for part in screen.styled(one, events, console)), console, pager=pager
    )


COMMANDS = {
    "log": (
        show_life,
        examples(
            _(
                "Print the history of a structure: what has changed, when and by whom, from the versions of "
                "the registry in git."
            )
            + "\n\n"
            + _(
                "In a pipe, each line has the id, the day, the commit, the author, a group, a field, its old "
                "and its new value. The groups are those of ‘epn diff’."
            ),
            "epn log microlithe",
            "epn log microlithe --limit 3",
        ),
    )
}
