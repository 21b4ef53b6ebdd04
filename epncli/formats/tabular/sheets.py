"""Reading of a workbook as a table: the choice of its sheet, its hidden rows, its merged headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from typing import Final, NamedTuple

from epncli.errors import BadUsage, Unreadable
from epncli.formats.reading import InputFile, Reading, quoted_names, shown_lines
from epncli.formats.tabular import reader, workbook
from epncli.i18n import _, ngettext, number
from epncli.rules.texte import quoted

_LOOKED_AT: Final = 20
"""Number of other sheets that are searched for a header."""
_NAMED: Final = 5
"""Largest number of sheets that a warning names."""


class Table(NamedTuple):
    """A sheet as a table."""

    lines: list[reader.Line]
    recognised: tuple[str, ...]
    warnings: tuple[str, ...]


def read(file: InputFile, *, national: bool) -> Reading:
    """The structures of the sheet that `table` finds, which it may raise errors about."""
    found = table(file)
    reading = reader.read_table(file, found.lines, found.recognised, national=national, guarded=False)
    return replace(reading, warnings=(*found.warnings, *reading.warnings))


def table(file: InputFile) -> Table:
    """The rows of the sheet that is asked for, or of the first one with a header, visible ones before hidden.

    Raises Unreadable, and BadUsage for a sheet that the workbook does not have.
    """
    recognised = [workbook.kind(file)]
    lines: list[reader.Line] = []
    hidden: list[int] = []
    others: list[str] = []
    with workbook.opened(file) as book:
        chosen = iter(_chosen(file, book))
        for sheet in chosen:
            head = book.head(sheet, reader.HEADER_ROWS)
            if header := reader.find_header(head, file.mapping):
                rows = _filled_up(chain(head, book.rest()), len(header.names))
                lines = _with_wide_header(reader.bounded_lines(file, rows), header.place)
                hidden = [line for line in book.hidden_rows if line > lines[header.place][0]]
                lines[header.place] = _with_merged_headers(lines[header.place], book.merged)
                others = _with_header(file, book, chosen)
                break
    if len(book.sheets) > 1:
        name = quoted(book.sheets[sheet])
        recognised.append(_("sheet ‘{name}’ (one of {count})").format(name=name, count=len(book.sheets)))
    return Table(lines, tuple(recognised), (*_about_others(others), *_about_hidden(hidden)))


def _with_header(file: InputFile, book: workbook.Workbook, sheets: Iterable[int]) -> list[str]:
    """The names of those sheets that have a header too."""
    found = []
    with suppress(Unreadable):  # a sheet that is too large, or damaged, is none to import
        for sheet in islice(sheets, _LOOKED_AT):
            if reader.find_header(book.head(sheet, reader.HEADER_ROWS), file.mapping):
                found.append(book.sheets[sheet])  # noqa: PERF401  keeps what is found before an error
    return found


def _about_others(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    words = ngettext(
        "another sheet has a header too, and is not read: {names}; to import it: --sheet {name}",
        "other sheets have a header too, and are not read: {names}; to import one: --sheet {name}",
        len(names),
    )
    return [words.format(names=quoted_names(names, _NAMED), name=f'"{quoted(names[0])}"')]


def _about_hidden(lines: Sequence[int]) -> list[str]:
    if not lines:
        return []
    words = ngettext(
        "{count} hidden row is read like the others: row {rows}",
        "{count} hidden rows are read like the others: rows {rows}",
        len(lines),
    )
    return [words.format(count=number(len(lines)), rows=shown_lines(lines))]


def _with_merged_headers(line: reader.Line, merged: Mapping[int, Sequence[tuple[int, int]]]) -> reader.Line:
    """The header row, in which a header that is merged across columns stands above each of them."""
    row, names = line[0], list(line[1])
    for left, right in merged.get(row, ()):
        for at in range(left + 1, min(right + 1, len(names))):
            names[at] = names[at] or names[left]
    return row, names


def _filled_up(lines: Iterable[reader.Line], width: int) -> Iterator[reader.Line]:
    """The rows, padded with blank cells to a width: in a sheet, unlike in a CSV, missing cells are empty."""
    for line, row in lines:
        yield line, [*row, *[""] * (width - len(row))]


def _with_wide_header(lines: list[reader.Line], place: int) -> list[reader.Line]:
    """The rows, with empty headers above the cells beyond the last header: they are no cells too many."""
    line, names = lines[place]
    widest = max(len(row) for _line, row in lines[place:])
    lines[place] = line, [*names, *[""] * (widest - len(names))]
    return lines


def _chosen(file: InputFile, book: workbook.Workbook) -> Sequence[int]:
    """The indexes of the sheets to search for structures. Raises BadUsage for an unknown sheet."""
    names = book.sheets
    if not names:
        raise workbook.damaged(file, _("it has no sheet"))
    if not file.sheet:
        return sorted(range(len(names)), key=book.hidden_sheets.__contains__)
    if file.sheet not in names:
        raise BadUsage(
            _("there is no sheet ‘{name}’ in {file}").format(name=file.sheet, file=file.name),
            _("the sheets are: {names}").format(names=quoted_names(names)),
        )
    return [names.index(file.sheet)]
