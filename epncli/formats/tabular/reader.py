"""Reading of a table of cells, from a CSV or a workbook, into rows: its header, its columns, its lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli import limits
from epncli.folding import fold
from epncli.formats import national as national_map
from epncli.formats.reading import InputFile, Reading, Row, bounded
from epncli.formats.tabular import cells, column_warnings, columns, headers, hours_in_words, recognition
from epncli.formats.tabular.as_recipe import as_recipe
from epncli.formats.tabular.columns import Assignment
from epncli.i18n import _, ngettext, number
from epncli.model.structure import FIELDS, Kind

Line = tuple[int, Sequence[str]]
"""A row of a table: its line in the file, from 1, and its cells."""

HEADER_ROWS: Final = 30
"""Number of rows that are searched for the header, which may follow titles and remarks."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a table."""

    place: int
    """The index of the row, from 0."""
    names: Sequence[str]
    """The headers as in the file."""
    fields: list[str]
    """The field of each column; "" for an unknown one."""

    @property
    def recognised(self) -> int:
        """The number of different fields in the header."""
        return len(set(self.fields) - {""})


def find_header(lines: Sequence[Line], mapping: Mapping[str, str]) -> Header | None:
    """The row with the most fields among the first HEADER_ROWS, or None if there is no header."""
    found = [
        Header(place, names, fields)
        for place, (_line, row) in enumerate(lines[:HEADER_ROWS])
        if (fields := headers.recognised(names := row[: limits.MAX_FIELDS], mapping))
    ]
    return max(found, key=lambda header: header.recognised, default=None)


def bounded_lines(file: InputFile, lines: Iterable[Line]) -> list[Line]:
    """The first HEADER_ROWS rows, and the others that are not blank.

    Raises Unreadable, without reading further, as soon as a limit is exceeded.
    """
    found: list[Line] = []
    values = 0
    for place, (line, row) in enumerate(lines):
        values += 1 + len(row)
        if values > limits.MAX_VALUES:
            raise file.unreadable(*limits.too_many_values())
        if len(row) > limits.MAX_FIELDS and any(map(str.strip, row[limits.MAX_FIELDS :])):
            raise file.unreadable(*limits.too_many_fields(), line=line)
        if place < HEADER_ROWS or any(map(str.strip, row)):
            if len(found) == HEADER_ROWS + limits.MAX_ROWS:
                raise file.unreadable(*limits.too_many_rows())
            found.append((line, row[: limits.MAX_FIELDS]))
    return found


def read_table(
    file: InputFile, lines: Sequence[Line], recognised: Sequence[str], *, national: bool, guarded: bool
) -> Reading:
    """The rows below the header. Raises Unreadable if there is none.

    `recognised` is what was recognised in the file. `guarded` is true if cells may have the apostrophe of
    `epn export csv --excel`, which is then removed.
    """
    header = find_header(lines, file.mapping)
    if header is None:
        raise file.unreadable(
            _("no header row was found"),
            _(
                "one row must contain the column names: nom, commune, code_postal, etc.; use --map "
                '"Header=field" for other headers'
            ),
        )
    body = lines[header.place + 1 :]
    return read_body(file, header, body, recognised, national=national, guarded=guarded)


def read_body(
    file: InputFile,
    header: Header,
    lines: Sequence[Line],
    recognised: Sequence[str],
    *,
    separator: str = "",
    national: bool = False,
    guarded: bool = False,
) -> Reading:
    """The rows below a header. `separator` is that of lists, by default the one that is recognised."""
    national = national or national_map.is_national(header.names)
    body = [(line, row) for line, row in lines if any(map(str.strip, row))]
    cells_only = [row for _line, row in body]
    found = recognition.assign(
        header.names, header.fields, cells_only, file.mapping, file.recipe, national=national
    )
    assignments = found.assignments
    warnings = found.warnings + column_warnings.without_header(header.names, cells_only)
    warnings += hours_in_words.disagreements(header.names, body, assignments, guarded=guarded)
    recognised = [*recognised, *found.recognised]
    if not separator and (separator := columns.separator_of(cells_only, assignments)):
        recognised.append(_("lists separated by ‘{char}’").format(char=separator))
    rows = bounded(file, _rows(body, assignments, len(header.names), separator, guarded=guarded))
    if file.recipe:
        for row in rows:
            file.recipe.complete(row.values)
    if national:
        recognised.insert(0, _("national schema"))
        rows, left_out = national_map.to_current_version(rows)
        warnings += left_out
    suspected = not guarded and _looks_guarded(cells_only, assignments)
    if suspected:
        recognised.append(_("with the apostrophes that protect cells from Excel"))
    names = [fold(name) for name in header.names]
    return Reading(
        file.name,
        rows,
        recognised=tuple(recognised),
        warnings=tuple(warnings),
        separator=separator or cells.LIST_SEPARATOR,
        guarded=suspected,
        national=national,
        mapped=frozenset(known for known in file.mapping if fold(known) in names),
        headers=_headers_by_field(header, assignments, national=national),
        understood=as_recipe(
            header.names, cells_only, assignments, file.mapping, file.recipe, guarded=guarded
        ),
    )


def _headers_by_field(header: Header, assignments: Iterable[Assignment], *, national: bool) -> dict[str, str]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for one in assignments:
        for name in one.fields:
            for field in national_map.current_names(name) if national else (name,):
                places[field] += one.columns
    return {
        field: headers.shown_together(header.names[at] for at in sorted(columns))
        for field, columns in places.items()
    }


def _rows(
    body: Sequence[Line],
    assignments: Sequence[Assignment],
    width: int,
    separator: str,
    *,
    guarded: bool,
) -> Iterator[Row]:
    for line, row in body:
        if any(map(str.strip, row[width:])):
            yield Row(line, {}, _too_wide(row, width))
        else:
            parts = columns.values(row, assignments, separator or cells.LIST_SEPARATOR, guarded=guarded)
            yield Row(line, parts)


_NEVER_QUOTED: Final = frozenset(
    (Kind.CODE_POSTAL, Kind.CODE_INSEE, Kind.PIVOT, Kind.LATITUDE, Kind.LONGITUDE, Kind.PARTIAL_DATE)
)
"""Kinds of fields with numeric values: an apostrophe before one was added by `cells.guard`."""


def _looks_guarded(rows: Sequence[Sequence[str]], assignments: Sequence[Assignment]) -> bool:
    """True if the table is probably a CSV for Excel, saved by a spreadsheet program in another format."""
    places = [
        at
        for one in assignments
        for at in one.columns
        if one.fields[0] in FIELDS and FIELDS[one.fields[0]].kind in _NEVER_QUOTED
    ]
    return any(cells.unguard(row[at]) != row[at] for row in rows for at in places if at < len(row))


def _too_wide(row: Sequence[str], width: int) -> str:
    return ngettext(
        "the row has {count} cells, but the header has only {width}",
        "the row has {count} cells, but the header has only {width}",
        width,
    ).format(count=number(len(row)), width=number(width))
