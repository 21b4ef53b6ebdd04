"""CSV (RFC 4180: UTF-8, rows that end with CRLF): one row for each structure, one column for each field.

With `excel`, a file that French Excel opens correctly: `;`, a BOM, and the apostrophes of `cells.guard`.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final

from epncli import limits
from epncli.formats.encodings import decode
from epncli.formats.reading import InputFile, Reading
from epncli.formats.tabular import cells, reader
from epncli.formats.writing import Export, Written
from epncli.i18n import _, in_quotes
from epncli.model.structure import FIELDS, Kind


def write(export: Export) -> Written:
    """The CSV with the fields asked for, by default the core fields and all others in use; lists use `|`."""
    names = cells.columns(export.structures, export.fields)
    rows = cells.rows(export.structures, names)
    if export.excel:
        kinds = [FIELDS[name].kind for name in names]
        rows = (list(map(cells.guard, row, kinds)) for row in rows)
    return Written(_encoded(chain([names], rows), excel=export.excel))


def table_for_excel(rows: Iterable[Sequence[str]]) -> bytes:
    """A table of texts as French Excel opens it: see `write` with `excel`."""
    return _encoded(([cells.guard(cell, Kind.TEXT) for cell in row] for row in rows), excel=True)


def _encoded(rows: Iterable[Sequence[str]], *, excel: bool) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n").writerows(rows)
    # A lone surrogate, which UTF-8 cannot encode, becomes a question mark.
    return text.getvalue().encode("utf-8-sig" if excel else "utf-8", "replace")


_SEPARATORS: Final = (",", ";", "\t", "|")
_HEAD: Final = 65_536
"""Number of characters that are searched for a header."""


def read(file: InputFile, *, national: bool = False) -> Reading:
    """The rows of a CSV in any encoding and with any separator, whose header names fields.

    Raises Unreadable. Only files with `;` or tabs can have the apostrophes that `write` adds with `excel`.
    """
    lines, recognised, separator = _table(file)
    return reader.read_table(file, lines, recognised, national=national, guarded=separator in ";\t")


def table(file: InputFile) -> tuple[list[reader.Line], tuple[str, ...]]:
    """All rows of a CSV, and what was recognised in it. Raises Unreadable."""
    lines, recognised, _separator = _table(file)
    return lines, recognised


def _table(file: InputFile) -> tuple[list[reader.Line], tuple[str, ...], str]:
    text, encoding = decode(file)
    separator = _separator(text, file.mapping) or ","
    recognised = (
        "CSV",
        encoding,
        _("columns separated by {char}").format(
            char=_("tabs") if separator == "\t" else in_quotes(separator)
        ),
    )
    # Counted before any memory is used for them; a separator inside a text counts too.
    if sum(map(text.count, (separator, "\n", "\r"))) > limits.MAX_VALUES:
        raise file.unreadable(*limits.too_many_values())
    return _rows(file, text, separator), recognised, separator


def has_header(text: str, mapping: Mapping[str, str]) -> bool:
    """True if the text begins with a table whose header names fields."""
    return bool(_separator(text, mapping))


def _separator(text: str, mapping: Mapping[str, str]) -> str:
    """The separator with which the header names the most fields; "" if there is no header with any."""
    head = text[:_HEAD]
    best, most = "", 0
    for separator in _SEPARATORS:
        parsed = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        rows = []
        with contextlib.suppress(csv.Error):
            for row in islice(parsed, reader.HEADER_ROWS):
                rows.append(row)  # noqa: PERF402  keeps the rows read before an error
        header = reader.find_header(list(enumerate(rows, start=1)), mapping)
        if header and header.recognised > most:
            best, most = separator, header.recognised
    return best


def _rows(file: InputFile, text: str, separator: str) -> list[reader.Line]:
    """All rows, each with the line on which it starts, from 1."""
    before = csv.field_size_limit(limits.MAX_CHARACTERS)
    try:
        return _parse(file, text, separator, strict=True)
    except csv.Error:
        return _parse(file, text, separator, strict=False)
    finally:
        csv.field_size_limit(before)


_SPACED: Final = r'^"[^"\r\n]*"{} +"'
"""A row whose quoted values follow a space: `"nom"; "commune"`."""


def _parse(file: InputFile, text: str, separator: str, *, strict: bool) -> list[reader.Line]:
    spaced = re.search(_SPACED.format(re.escape(separator)), text[:_HEAD], re.MULTILINE) is not None
    lines = io.StringIO(text, newline="")
    parsed = csv.reader(lines, delimiter=separator, skipinitialspace=spaced, strict=strict)
    return reader.bounded_lines(file, _numbered(file, text, parsed))


def _numbered(file: InputFile, text: str, parsed: Any) -> Iterator[reader.Line]:
    line = 1
    try:
        for row in parsed:
            yield line, row
            line = parsed.line_num + 1
    except csv.Error as failure:
        if "field larger" in str(failure) and not _opens_a_quote(text, line):
            raise file.unreadable(*limits.too_long(), line=line) from None
        if "field larger" in str(failure) or "unexpected end of data" in str(failure):
            raise file.unreadable(
                _("a quote opened in this row is never closed"),
                _("close it, or save the table again in your spreadsheet"),
                line=line,
            ) from None
        raise


def _opens_a_quote(text: str, line: int) -> bool:
    """True if a quoted value begins on this line and continues on the next one."""
    return next(islice(io.StringIO(text, newline=""), line - 1, line)).count('"') % 2 == 1
