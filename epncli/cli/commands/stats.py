"""`epn stats`: print statistics of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.options import Layout, LayoutOption, NoPagerOption, RegistryOption
from epncli.cli.registry_file import read_registry
from epncli.cli.screen import statistics as screen
from epncli.cli.screen import terminal
from epncli.i18n import _
from epncli.query.over_time import Period, over_time
from epncli.query.statistics import Counts, statistics

OverTimeOption = Annotated[
    Period | None,
    typer.Option(
        "--over-time",
        show_default=False,
        help=_("Open, closed and confirmed structures by month or by year, from the dates in the records."),
    ),
]


def show_statistics(
    over: OverTimeOption = None,
    layout: LayoutOption = None,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print statistics of the registry: bars on a terminal, tab-separated lines in a pipe, or JSON."""
    structures = read_registry(registry).structures
    parts: Mapping[str, Counts]
    draw: Callable[[int], str]
    if over:
        found = over_time(structures, today(), over)
        parts, draw = screen.parts_over_time(found), partial(screen.bars_over_time, found)
    else:
        figures = statistics(structures, today())
        parts, draw = screen.parts(figures), partial(screen.bars, figures)
    on_terminal = terminal.is_terminal()
    if layout is Layout.JSON:
        terminal.out(screen.as_json(parts))
    elif layout is Layout.TABLE or (layout is None and on_terminal):
        from epncli.cli.screen.pager import page
        from epncli.cli.screen.table import make_console

        console = make_console()
        page([draw(console.width)], console, pager=on_terminal and not no_pager)
    else:
        terminal.out(screen.lines(parts))
    terminal.flush()


COMMANDS = {
    "stats": (
        show_statistics,
        examples(
            _(
                "Show statistics about the registry: open and closed structures, communes, years of closure, "
                "filled fields and last confirmations."
            )
            + "\n\n"
            + _(
                "In a pipe, each line has a section, a name, the number of open structures and the number "
                "of closed structures."
            )
            + " "
            + _("In the section date_maj, 12 means confirmed 6 to 12 months ago."),
            "epn stats",
            "epn stats --format json",
            "epn stats --over-time year",
        ),
    )
}
