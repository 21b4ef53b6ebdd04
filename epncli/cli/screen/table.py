"""The table of structures on a terminal, fitted to its width by wrapping and dropping columns."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence
from itertools import chain

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from epncli.cli.screen import terminal
from epncli.cli.screen.distances import in_words
from epncli.cli.screen.listing import Distances
from epncli.cli.screen.pager import page
from epncli.display.state import States, interval_in_words
from epncli.display.words import heading
from epncli.i18n import _, language
from epncli.model.structure import FIELDS, Kind, Structure

CHUNK = 100
"""Number of rows rendered at once. Rich takes half a millisecond per row; the first screen must not wait."""

_GAP = 2
_LEAST_NAME, _LEAST = 16, 4
_FIXED = {
    Kind.ID: 60, Kind.CODE_POSTAL: 10, Kind.CODE_INSEE: 10, Kind.TELEPHONE: 20, Kind.DATE: 10,
    Kind.PLANNED_DATE: 10, Kind.PARTIAL_DATE: 10, Kind.PIVOT: 14,
}  # fmt: skip
"""Kinds whose values must not be wrapped, with the largest width of a valid value."""
_DROPPED_FIRST = ("id", "commune", "code_postal")


def print_table(
    structures: Sequence[Structure],
    fields: tuple[str, ...],
    states: States,
    also: tuple[str, ...],
    distances: Distances,
    *,
    pager: bool,
) -> None:
    """Print the table, through the pager if it is longer than the screen.

    `also` are fields to print after the default ones, if `fields` is empty. `distances` are the last column.
    """
    console = make_console()
    last = [_("Distance"), *map(in_words, distances)] if distances else []
    names = fields or _columns(structures, states, console.width - _last_width(last), also)
    parts = render(console, structures, names, states, last)
    header = next(parts)
    page(chain([header], parts), console, pager=pager, header_lines=header.count("\n"))


def make_console() -> Console:
    """A Rich console that never interprets text as markup, emoji or links, and writes only to a capture."""
    size = shutil.get_terminal_size()  # Rich does not ask a dumb terminal for its width
    # Not standard output: Rich flushes it, and exits the process if the pipe is closed.
    return Console(
        file=io.StringIO(), markup=False, emoji=False, highlight=False, soft_wrap=False,
        width=size.columns, height=size.lines, legacy_windows=False,
        color_system="standard" if terminal.in_colour() else None,
    )  # fmt: skip


def render(
    console: Console,
    structures: Sequence[Structure],
    names: Sequence[str],
    states: States,
    last: Sequence[str],
) -> Iterator[str]:
    """The text of the table: its header, then parts of CHUNK rows, all with the same column widths.

    `last` has the heading and the cells of a last column.
    """
    widths = _widths(structures, names, states, console.width - _last_width(last))
    # Columns chosen with --fields may not fit: let the terminal wrap the lines, rather than Rich the numbers.
    console.width = max(console.width, sum(widths.values()) + _GAP * (len(widths) - 1) + _last_width(last))
    yield _printed(console, _make_table(names, widths, last, header=True))
    for start in range(0, len(structures), CHUNK):
        table = _make_table(names, widths, last, header=False)
        for place, structure in enumerate(structures[start : start + CHUNK], start):
            style = Style(dim=True, strike=True) if structure.is_closed else Style()
            row = [_cell(structure, name, states, style) for name in names]
            table.add_row(*row, *(Text(cell) for cell in last[place + 1 : place + 2]))
        yield _printed(console, table)


def _last_width(last: Sequence[str]) -> int:
    """The width that the last column takes, with the gap before it."""
    return max(map(cell_len, last)) + _GAP if last else 0


def _printed(console: Console, table: Table) -> str:
    with console.capture() as capture:
        console.print(table)
    return terminal.restore_spaces(capture.get())


def _make_table(names: Sequence[str], widths: dict[str, int], last: Sequence[str], *, header: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=header, header_style="bold")
    for name in names:
        table.add_column(Text(heading(name, language())), width=widths[name], overflow="fold")
    if last:
        table.add_column(Text(last[0]), width=_last_width(last) - _GAP, justify="right", no_wrap=True)
    return table


def _cell(structure: Structure, name: str, states: States, style: Style) -> Text:
    cell = Text(terminal.protect_spaces(_shown(structure, name, states)), style=style)
    if name == "nom" and (state := _state(structure, states)):
        note = terminal.protect_spaces(f" ({state})")
        cell = Text.assemble(cell, (note, Style(dim=True)))
    return cell


def _shown(structure: Structure, name: str, states: States) -> str:
    value = structure.value(name)
    if FIELDS[name].kind is Kind.INTERVAL:
        value = tuple(interval_in_words(text, language()) for text in structure.texts(name))
    if not isinstance(value, str):
        return "\n".join(map(_on_a_line, value))
    if name == "statut" and states.is_closed_for_a_time(structure):
        return _state(structure, states)
    if name == "statut" and not value:
        return "ouvert"
    return _on_a_line(value)


def _on_a_line(text: str) -> str:
    return text.strip() if text.isprintable() else terminal.visible(" ".join(text.split()))


def _state(structure: Structure, states: States) -> str:
    return terminal.visible(states.state(structure, language()))


def _columns(
    structures: Sequence[Structure], states: States, width: int, also: tuple[str, ...]
) -> tuple[str, ...]:
    """The default columns that fit. The id is dropped first, then the commune, then the postal code."""
    names = ["code_postal", "commune", "nom", "telephones", *also]
    if width >= 120:
        names.insert(0, "id")
    for dropped in _DROPPED_FIRST:
        taken = sum(_width(structures, name, states) + _GAP for name in names if name != "nom")
        if width - taken >= _LEAST_NAME:
            break
        if dropped in names:
            names.remove(dropped)
    return tuple(names)


def _widths(
    structures: Sequence[Structure], names: Sequence[str], states: States, width: int
) -> dict[str, int]:
    """The widths of the columns: as needed for fixed ones, the rest for the others. Ids are narrowed last."""
    widths = {name: _width(structures, name, states) for name in names}
    room = width - _GAP * (len(names) - 1)
    free = [name for name in names if FIELDS[name].kind not in _FIXED]
    _narrow(widths, free, room, _LEAST_NAME)
    _narrow(widths, [*free, *(name for name in names if FIELDS[name].kind is Kind.ID)], room, _LEAST)
    return widths


def _narrow(widths: dict[str, int], names: Sequence[str], room: int, least: int) -> None:
    """Narrow the widest of these columns repeatedly, until all columns fit or it has the width `least`."""
    while names and sum(widths.values()) > room:
        widest = max(names, key=widths.__getitem__)
        others = sorted((widths[name] for name in names if name != widest), reverse=True)
        excess = sum(widths.values()) - room
        step = max(1, min(excess, widths[widest] - (others[0] if others else 0)))
        if widths[widest] <= least:
            break
        widths[widest] = max(widths[widest] - step, least)


def _width(structures: Sequence[Structure], name: str, states: States) -> int:
    lengths = (cell_len(line) for one in structures for line in _text(one, name, states).split("\n"))
    width = max(cell_len(heading(name, language())), *lengths, 0)
    return min(width, _FIXED.get(FIELDS[name].kind, 200))


def _text(structure: Structure, name: str, states: States) -> str:
    shown = _shown(structure, name, states)
    if name == "nom" and (state := _state(structure, states)):
        return f"{shown} ({state})"
    return shown
