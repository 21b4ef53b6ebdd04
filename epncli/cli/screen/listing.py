"""Printing of a list of structures: a table, tab-separated lines or JSON."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.cli.clock import today
from epncli.cli.options import Layout
from epncli.cli.screen import terminal
from epncli.i18n import _, ngettext, number
from epncli.model.structure import Structure

LINE_FIELDS = ("id", "statut", "code_postal", "commune", "nom", "telephones")
"""The default columns of tab-separated lines. Scripts rely on them: new ones may only be added at the end."""

Distances = Sequence[float | None]
"""Kilometres, None for a structure without coordinates; empty if no distances are asked for."""

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def print_structures(
    structures: Sequence[Structure],
    fields: tuple[str, ...],
    layout: Layout | None,
    *,
    pager: bool,
    every: Sequence[Structure],
    also: tuple[str, ...] = (),
    distances: Distances = (),
) -> None:
    """Print structures, by default as a table on a terminal and as lines in a pipe, then their number.

    `every` has all structures of the registry. `also` are fields to print after the default ones, if
    `fields` is empty. `distances`, one for each structure, are the last column.
    """
    on_terminal = terminal.is_terminal()
    if layout is Layout.JSON:
        from epncli.formats import json
        from epncli.formats.writing import Export

        written = json.with_distances(structures, fields, distances) if distances else None
        terminal.out_bytes(written or json.write(Export(structures, fields)).data)
    elif layout is Layout.TABLE or (layout is None and on_terminal):
        if structures:
            from epncli.cli.screen.table import print_table
            from epncli.display.state import States

            print_table(
                structures, fields, States(every, today()), also, distances, pager=pager and on_terminal
            )
    else:
        print_lines(structures, fields or LINE_FIELDS + also, distances)
    terminal.flush()
    terminal.inform(_count_line(structures, len(every)))


def _count_line(structures: Sequence[Structure], total: int) -> str:
    """The number of structures in words: `64 structures out of 65, 1 closed, 2 closed for a time`."""
    count = len(structures)
    line = ngettext("{count} structure", "{count} structures", count).format(count=number(count))
    if count != total:
        line = _("{line} out of {total}").format(line=line, total=number(total))
    closed = sum(structure.is_closed for structure in structures)
    if closed:
        line += ngettext(", {count} closed", ", {count} closed", closed).format(count=number(closed))
    if paused := _closed_for_a_time(structures):
        words = ngettext(", {count} closed for a time", ", {count} closed for a time", paused)
        line += words.format(count=number(paused))
    return line


def _closed_for_a_time(structures: Sequence[Structure]) -> int:
    """The number of structures that are closed for a time today."""
    some = [one for one in structures if one.fermetures_temporaires]
    if not some:
        return 0
    from epncli.display.state import States  # most lists do without these imports

    return sum(map(States(today=today()).is_closed_for_a_time, some))


def print_lines(structures: Sequence[Structure], fields: Sequence[str], distances: Distances) -> None:
    """Print a line for each structure, with tabs between fields and `|` between the values of a list.

    Nothing is shortened. `distances` are in kilometres, with a point, as the last cell of each line.
    """
    lines: list[str] = []
    for structure in structures:
        cells = []
        for name in fields:
            value = getattr(structure, name)
            if name == "statut":
                value = value or "ouvert"
            cells.append(cell(value if type(value) is str else "|".join(value)))
        lines.append("\t".join(cells))
    if distances:
        from epncli.cli.screen.distances import for_programs

        lines = [f"{line}\t{for_programs(one)}" for line, one in zip(lines, distances, strict=True)]
    if lines:
        terminal.out("\n".join(lines) + "\n")


def cell(text: str) -> str:
    """A text as a tab-separated cell: backslashes, tabs, line breaks and control characters are escaped."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    code = ord(char)
    if char in _ESCAPES:
        return _ESCAPES[char]
    if code < 0x20 or 0x7F <= code < 0xA0:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if char in "\u2028\u2029" or 0xD800 <= code < 0xE000 else char


def name_of(structure: Structure) -> str:
    """The name of a structure for messages, on one line; its id if it has no name."""
    return terminal.visible(structure.nom.strip() or structure.id)
