"""Reading of a table of cells, from a CSV or a workbook, into rows: its header, its columns, its lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli import limits
from epncli.folding import fold
from epncli.formats import national as national_map
from epncli.formats.reading import InputFile, Reading, Row, bounded
from epncli.formats.tabular import cells, headers
from epncli.i18n import _, ngettext, number
from epncli.model.structure import FIELDS, Kind, Texts

Line = tuple[int, Sequence[str]]
"""A row of a table: its line in the file, from 1, and its cells."""


class _Absent(str):
    __slots__ = ()


ABSENT: Final = _Absent()
"""A cell that the file does not have, unlike an empty one: its row says nothing about the field."""

HEADER_ROWS: Final = 30
"""Number of rows that are searched for the header, which may follow titles and remarks."""

_NAMED: Final = 5
"""Largest number of columns of one kind that a warning names. The others are counted."""


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
    columns, warnings = _columns(header, national=national)
    body = [(line, row) for line, row in lines if any(map(str.strip, row))]
    warnings += _without_header(header.names, body)
    recognised = list(recognised)
    if not separator and (separator := _separator(body, columns)):
        recognised.append(_("lists separated by ‘{char}’").format(char=separator))
    rows = bounded(file, _rows(body, columns, len(header.names), separator, guarded=guarded))
    if national:
        recognised.insert(0, _("national schema"))
        rows, left_out = national_map.to_current_version(rows)
        warnings += left_out
    suspected = not guarded and _looks_guarded(body, columns)
    if suspected:
        recognised.append(_("with the apostrophes that protect cells from Excel"))
    names = {fold(name) for name in header.names}
    return Reading(
        file.name,
        rows,
        recognised=tuple(recognised),
        warnings=tuple(warnings),
        separator=separator or cells.LIST_SEPARATOR,
        guarded=suspected,
        national=national,
        mapped=frozenset(known for known in file.mapping if fold(known) in names),
    )


def _rows(
    body: Sequence[Line],
    columns: Sequence[tuple[int, str]],
    width: int,
    separator: str,
    *,
    guarded: bool,
) -> Iterator[Row]:
    for line, row in body:
        if any(map(str.strip, row[width:])):
            yield Row(line, {}, _too_wide(row, width))
        else:
            yield Row(line, _values(row, columns, separator or cells.LIST_SEPARATOR, guarded=guarded))


_LISTS: Final = national_map.OLD_LISTS.union(name for name, field in FIELDS.items() if field.many)


def _columns(header: Header, *, national: bool) -> tuple[list[tuple[int, str]], list[str]]:
    """The index and the field of each column that is read, and warnings about the others."""
    found: list[tuple[int, str]] = []
    warnings: list[str] = []
    unknown: list[str] = []
    taken: set[str] = set()
    for at, (title, known) in enumerate(zip(header.names, header.fields, strict=True)):
        name = (title.strip() if national and title.strip() in national_map.OLD_COLUMNS else "") or known
        if not title.strip():
            continue
        if not name:
            unknown.append(title)
        elif name in taken and name not in _LISTS:
            words = _("the column ‘{header}’ is ignored: another column is already used for ‘{field}’")
            warnings.append(words.format(header=title.strip(), field=name))
        else:
            taken.add(name)
            found.append((at, name))
    return found, warnings + _all_unknown(unknown)


def _all_unknown(titles: Sequence[str]) -> list[str]:
    """The warnings about unknown columns: a file may have a hundred, such as the answers to a survey."""
    warnings = [_unknown(title) for title in titles[:_NAMED]]
    if more := len(titles) - len(warnings):
        words = ngettext(
            "{count} other unknown column is ignored", "{count} other unknown columns are ignored", more
        )
        warnings.append(words.format(count=number(more)))
    return warnings


def _without_header(names: Sequence[str], body: Sequence[Line]) -> list[str]:
    """The warnings about values in columns whose header is empty."""
    places = [at for at, name in enumerate(names) if not name.strip()]
    counts = [(at, sum(at < len(row) and bool(row[at].strip()) for _line, row in body)) for at in places]
    filled = [(at, count) for at, count in counts if count]
    warnings = [
        ngettext(
            "column {column} has no header: its {count} value is ignored; to import it, write a header "
            "above it",
            "column {column} has no header: its {count} values are ignored; to import them, write a header "
            "above them",
            count,
        ).format(column=_letters(at), count=number(count))
        for at, count in filled[:_NAMED]
    ]
    if more := len(filled) - len(warnings):
        words = ngettext(
            "{count} other column without a header is ignored",
            "{count} other columns without a header are ignored",
            more,
        )
        warnings.append(words.format(count=number(more)))
    return warnings


def _letters(at: int) -> str:
    """The name of a column in a spreadsheet: A for 0, AB for 27."""
    before, letter = divmod(at, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def _unknown(title: str) -> str:
    title = headers.shown(title)
    words = _("the column ‘{header}’ is unknown and ignored").format(header=title)
    example = headers.nearest(title) or _("FIELD")
    return words + _('; to import it: --map "{header}={field}"').format(header=title, field=example)


def _separator(body: Sequence[Line], columns: Sequence[tuple[int, str]]) -> str:
    """The separator of list values: `|`, else `;` as in the national schema v0.1, else ""."""
    places = [at for at, name in columns if name in _LISTS]
    texts = [row[at] for _line, row in body for at in places if at < len(row)]
    return next((char for char in "|;" if any(char in text for text in texts)), "")


def _values(
    row: Sequence[str], columns: Sequence[tuple[int, str]], separator: str, *, guarded: bool
) -> dict[str, str | Texts]:
    values: dict[str, str | Texts] = {}
    for at, name in columns:
        if at >= len(row) or row[at] is ABSENT:  # the fields missing at the end are not in the file either
            continue
        cell = cells.unguard(row[at]) if guarded and row[at] else row[at]
        if name in _LISTS:
            before = values.get(name, ())
            assert isinstance(before, tuple)
            values[name] = before + cells.split(cell, separator)
        else:
            values[name] = cell
    return values


_NEVER_QUOTED: Final = frozenset(
    (Kind.CODE_POSTAL, Kind.CODE_INSEE, Kind.PIVOT, Kind.LATITUDE, Kind.LONGITUDE, Kind.PARTIAL_DATE)
)
"""Kinds of fields with numeric values: an apostrophe before one was added by `cells.guard`."""


def _looks_guarded(body: Sequence[Line], columns: Sequence[tuple[int, str]]) -> bool:
    """True if the table is probably a CSV for Excel, saved by a spreadsheet program in another format."""
    places = [at for at, name in columns if name in FIELDS and FIELDS[name].kind in _NEVER_QUOTED]
    return any(cells.unguard(row[at]) != row[at] for _line, row in body for at in places if at < len(row))


def _too_wide(row: Sequence[str], width: int) -> str:
    return ngettext(
        "the row has {count} cells, but the header has only {width}",
        "the row has {count} cells, but the header has only {width}",
        width,
    ).format(count=number(len(row)), width=number(width))
