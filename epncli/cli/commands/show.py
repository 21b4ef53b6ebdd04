"""`epn show`: print all fields of structures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.choosing import pick
from epncli.cli.clock import today
from epncli.cli.options import NoPagerOption, RefArgument, RegistryOption, TextOrJson
from epncli.cli.registry_file import read_registry
from epncli.cli.screen import terminal
from epncli.cli.screen.card import card
from epncli.display.state import States
from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.registry.registry import Registry

LayoutOption = Annotated[
    TextOrJson,
    typer.Option("--format", help=_("The output format: text for people, json for programs.")),
]


def show_structure(
    ref: RefArgument,
    layout: LayoutOption = TextOrJson.TEXT,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print all fields of the structures named by a REF."""
    found = read_registry(registry)
    structures = pick(found.structures, ref)
    if layout is TextOrJson.JSON:
        from epncli.formats import json

        terminal.out_bytes(json.whole(structures))
    else:
        _print_cards(found, structures, pager=not no_pager)
    terminal.flush()


def _print_cards(found: Registry, structures: Sequence[Structure], *, pager: bool) -> None:
    from epncli.cli.screen.pager import page
    from epncli.cli.screen.table import make_console

    console = make_console()
    screen = console if terminal.is_terminal() else None
    states = States(found.structures, today())
    cards = []
    for structure in structures:
        line, _column = found.place(structure)
        cards.append(card(structure, f"{found.path}:{line}", states, screen))
    page(["\n\n".join(cards) + "\n"], console, pager=terminal.is_terminal() and pager)


COMMANDS = {
    "show": (
        show_structure,
        examples(
            _("Show the details of a structure, with dates in words and the type of each phone number."),
            "epn show microlithe",
            "epn show picoulet --format json",
        ),
    )
}
