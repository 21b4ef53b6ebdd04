"""`epn stats`: what the registry holds, in figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from epncli.cli import terminal
from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.options import Layout, LayoutOption, NoPagerOption, RegistryOption
from epncli.cli.selection import read_registry
from epncli.finding.statistics import NEVER, OLDER, Count, Counts, Statistics, statistics
from epncli.formats.published import one_line
from epncli.i18n import _, ngettext, number
from epncli.structure import CHAMPS

_MOST: Final = 20
"""The rows of a part of the screen; scripts get all of them."""
_BAR: Final = 40
_OF_CLOSED_ONES: Final = ("statut", "date_fermeture", "motif_fermeture")
"""Fields that no open structure needs: a share of them would say nothing."""


def show_statistics(
    layout: LayoutOption = None, no_pager: NoPagerOption = False, registry: RegistryOption = ""
) -> None:
    """Print the figures of the registry: bars for people, lines for scripts, JSON for programs."""
    on_terminal = terminal.is_terminal()
    figures = statistics(read_registry(registry).structures, today())
    if layout is Layout.JSON:
        terminal.out(_json(figures))
    elif layout is Layout.TABLE or (layout is None and on_terminal):
        from epncli.cli.pager import page
        from epncli.cli.table import make_console

        console = make_console()
        page([bars(figures, console.width)], console, pager=on_terminal and not no_pager)
    else:
        terminal.out(_lines(figures))
    terminal.flush()


def parts(figures: Statistics) -> dict[str, Counts]:
    """The figures by the names that scripts and programs know them by: a promise."""
    spoken = {OLDER: "plus", NEVER: "jamais"}
    return {
        "total": {"": figures.total},
        "commune": figures.communes,
        "arrondissement": figures.arrondissements,
        "date_fermeture": figures.closings,
        "champs": figures.fields,
        "date_maj": {spoken.get(name, name): count for name, count in figures.freshness.items()},
    }


def _lines(figures: Statistics) -> str:
    """Part, name, how many open, how many closed, with tabs between them."""
    from epncli.cli.screen import cell

    return "".join(
        f"{part}\t{cell(name)}\t{count.open}\t{count.closed}\n"
        for part, counts in parts(figures).items()
        for name, count in counts.items()
    )


def _json(figures: Statistics) -> str:
    import json

    from epncli.formats.json import escape

    values = {
        part: {name: {"ouvert": count.open, "fermé": count.closed} for name, count in counts.items()}
        for part, counts in parts(figures).items()
    }
    whole = {**values, "total": values["total"][""]}
    return escape(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def bars(figures: Statistics, width: int) -> str:
    """The figures as bars, what is closed in a lighter tone."""
    total = figures.total.all
    count = ngettext("{count} structure", "{count} structures", total).format(count=number(total))
    open_, closed = figures.total.open, figures.total.closed
    lines = [
        _("{structures}: {open}, {closed}").format(
            structures=count,
            open=ngettext("{count} open", "{count} open", open_).format(count=number(open_)),
            closed=ngettext("{count} closed", "{count} closed", closed).format(count=number(closed)),
        )
    ]
    ages = {_age(name): count for name, count in figures.freshness.items()}
    closings = {year or _("unknown year"): count for year, count in figures.closings.items()}
    lines += _part(_("By municipality"), figures.communes, width)
    lines += _part(_("By arrondissement"), figures.arrondissements, width)
    lines += _part(_("Closed, by year"), closings, width)
    lines += _part(_("Last confirmed"), ages if total else {}, width, out_of=total)
    fields = {name: figures.fields[name] for name in CHAMPS if name not in _OF_CLOSED_ONES}
    filled = {CHAMPS[name].label: count for name, count in fields.items() if count.all}
    lines += _part(_("Fields that are filled"), filled, width, out_of=total, most=len(fields))
    empty = ", ".join(name for name, count in fields.items() if not count.all)
    if total and empty:
        from textwrap import wrap

        words = _("filled nowhere: {fields}").format(fields=empty)
        lines += wrap(words, max(width, 20), initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lines) + "\n"


def _age(name: str) -> str:
    if name == NEVER:
        return _("never")
    if name == OLDER:
        return _("longer ago")
    return ngettext("within {count} month", "within {count} months", int(name)).format(count=name)


def _part(title: str, counts: Counts, width: int, *, out_of: int = 0, most: int = _MOST) -> Iterator[str]:
    """A title and a line for each count; with `out_of` its share of that too."""
    if not counts:
        return
    from rich.cells import cell_len, set_cell_size

    yield ""
    yield title
    shown = [(one_line(name) or "—", count) for name, count in list(counts.items())[:most]]
    names = min(max(cell_len(name) for name, _count in shown), max(width // 2, 8))
    whole = out_of or max(count.all for count in counts.values())
    digits = len(number(whole))
    room = min(_BAR, width - names - digits - (13 if out_of else 6))
    for name, count in shown:
        share = f"  {_percent(count.all, out_of):>5}" if out_of else ""
        bar = _bar(count, whole, room)
        yield f"  {set_cell_size(name, names)}  {number(count.all):>{digits}}{share}  {bar}".rstrip()
    if rest := list(counts.values())[most:]:
        left = ngettext("… and {count} other", "… and {count} others", len(rest)).format(
            count=number(len(rest))
        )
        yield f"  {left}"


def _percent(part: int, whole: int) -> str:
    return _("{share}%").format(share=100 * part // whole)


def _bar(count: Count, whole: int, room: int) -> str:
    """A bar of at most `room` characters; something for everything that is there."""
    if room < 4 or not whole:
        return ""
    length = max(round(room * count.all / whole), 1) if count.all else 0
    closed = max(round(length * count.closed / count.all), 1) if count.closed else 0
    return "█" * (length - closed) + "░" * closed


COMMANDS = {
    "stats": (
        show_statistics,
        examples(
            _("Show the registry in figures: open and closed, where, since when, how complete, how fresh.")
            + "\n\n"
            + _("In a pipe: lines of part, name, number open, number closed."),
            "epn stats",
            "epn stats --format json",
        ),
    )
}
