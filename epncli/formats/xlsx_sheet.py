"""The sheet of a workbook: how its columns and cells look, and in which cells a person may type what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from epncli.formats.tabular import cells
from epncli.i18n import N_, catalog
from epncli.model.structure import CLOSED_WORDS, DATE_KINDS, Field, Kind
from epncli.rules.dates import day_of
from epncli.rules.horaires import EXAMPLE_IN_WORDS

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

SHEET: Final = "structures"
_SPARE_ROWS: Final = 500
"""Number of empty rows below the last structure that look and behave like its row."""
_WIDEST: Final = {Kind.ID: 22, Kind.LONG_TEXT: 60}
_WIDEST_OTHER: Final = 40
"""The largest width of a column, in characters. Longer texts are wrapped, except the id."""
_FILTER_BUTTON: Final = 4
"""The width of the button in a header with the margin, in characters."""
_MARGIN: Final = 2
_MOST_LINES: Final = 5
"""A row shows that many lines: a long description does not push the other structures off the screen."""
_LETTERS_PER_DIGIT: Final = 1.05
"""Widths are counted in digits. Letters are narrower on the average, but few lines are full."""
_LINE_HEIGHT: Final = 15
"""In points."""
_WIDEST_PAGE: Final = 220
"""The largest sum of the widths that is still readable on an A4 page, in characters."""
_A4: Final = 9

_Look = dict[str, Any]
"""Properties of a format of XlsxWriter."""
_PLAIN: Final[_Look] = {"valign": "top"}
_LEFT: Final = _PLAIN | {"align": "left", "indent": 1}
"""With a space between a long id, which is cut off, and the name."""
# `@`, the built-in text format: Excel does not convert what is typed in the cell.
_TEXT: Final = _LEFT | {"num_format": 49, "text_wrap": True}
_HEADING: Final = _LEFT | {"num_format": 49, "bold": True, "font_color": "#000091", "bg_color": "#E3E3FD"}
_DATE: Final = _LEFT | {"num_format": "yyyy-mm-dd"}
"""The order of `2014-09`, which may stand in the same column; both are aligned alike."""
_GREY: Final[_Look] = {"font_color": "#595959", "bg_color": "#EDEDED"}

_FIRST_DAY: Final = "1900-03-01"
"""Before it, Excel and other programs have different numbers for a day: Excel counts a 29 February 1900."""


@dataclass(frozen=True)
class Column:
    """A column of the sheet."""

    header: str
    field: Field | None = None
    """None for a column that is derived from the one before it."""

    @property
    def kind(self) -> Kind:
        """The kind of the field; text for a derived column."""
        return self.field.kind if self.field else Kind.TEXT

    @property
    def is_coordinate(self) -> bool:
        """True for a column of numbers."""
        return self.kind in (Kind.LATITUDE, Kind.LONGITUDE)

    @cached_property
    def has_other_values(self) -> bool:
        """True for a column in which texts can become dates or numbers."""
        return self.is_coordinate or self.kind in DATE_KINDS

    @property
    def text(self) -> _Look:
        """The look of a text in the column."""
        look = _TEXT | ({} if self.field else {"italic": True})
        if self.is_coordinate:
            return look | {"align": "right", "indent": 0}
        return look | {"text_wrap": False} if self.kind is Kind.ID else look

    @property
    def blank(self) -> _Look:
        """The look of an empty cell: a day that is typed there becomes a date, and `2014-09` never does."""
        if self.is_coordinate:
            return _PLAIN
        return _DATE if self.kind in (Kind.DATE, Kind.PLANNED_DATE) else self.text

    def value(self, cell: str) -> str | float | date:
        """What is written for a text: a number or a date if it is read back as the same text."""
        if self.kind in DATE_KINDS:
            return _day(cell) or cell
        degrees = cells.exact_coordinate(cell) if self.is_coordinate else None
        return cell if degrees is None else degrees

    def width(self, texts: Sequence[str]) -> int:
        """The width of the column with these texts, in characters."""
        widest = max(
            (max(map(len, text.split("\n"))) if "\n" in text else len(text) for text in texts), default=0
        )
        heading = round(len(self.header) * 1.1) + _FILTER_BUTTON  # bold letters are wider
        return max(heading, min(widest + _MARGIN, _WIDEST.get(self.kind, _WIDEST_OTHER)))


def _day(text: str) -> date | None:
    """The day of a complete date that a spreadsheet can hold as one; else None."""
    return None if text < _FIRST_DAY else day_of(text)


def add_sheet(
    workbook: Workbook,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    closed: Sequence[bool],
    lang: str,
) -> None:
    """Add the sheet with these cells. `closed` says which rows are grey; `lang` is that of its messages."""
    sheet = workbook.add_worksheet(SHEET)
    widths = [column.width([row[at] for row in rows]) for at, column in enumerate(columns)]
    last = len(rows) + _SPARE_ROWS
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(at, at, width, workbook.add_format(column.blank))
        heading = _HEADING | ({} if column.field else {"italic": True})
        sheet.write_string(0, at, column.header, workbook.add_format(heading))
        _guide(sheet, at, column, last, lang)
    headers = [column.header for column in columns]
    follows_status = "statut" in headers
    if follows_status:
        _grey_by_status(workbook, sheet, headers.index("statut"), last, len(columns) - 1)
    _fill(workbook, sheet, columns, rows, [one and not follows_status for one in closed])
    _set_heights(sheet, columns, widths, rows)
    sheet.freeze_panes(1, headers.index("nom") + 1 if "nom" in headers[:2] else 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    # Without this, Excel puts a green triangle into each cell with a postal code.
    all_cells = f"A1:{cells.letters(len(columns) - 1)}{last + 1}"
    sheet.ignore_errors({"number_stored_as_text": all_cells, "two_digit_text_year": all_cells})
    _print(sheet, sum(widths))


def _guide(sheet: Worksheet, at: int, column: Column, last: int, lang: str) -> None:
    """Offer the values of an enumeration, and say of a derived column which one counts."""
    if column.field is None:
        text = N_(
            "Derived from the column ‘horaires’, which counts. To change the hours, write them there, in "
            "words if you like: {example}"
        )
        message = catalog(lang).gettext(text).format(example=EXAMPLE_IN_WORDS)
        sheet.data_validation(1, at, last, at, {"validate": "any", "input_message": message})
    elif column.field.values and not column.field.many:
        choice = {"validate": "list", "source": list(column.field.values)}
        sheet.data_validation(1, at, last, at, choice)


def _grey_by_status(workbook: Workbook, sheet: Worksheet, status: int, last: int, right: int) -> None:
    """Make the rows of closed structures grey, also those that someone closes in the workbook."""
    cell = f"LOWER(TRIM(${cells.letters(status)}2))"
    is_closed = ",".join(f'{cell}="{word}"' for word in CLOSED_WORDS)
    look = {"type": "formula", "criteria": f"=OR({is_closed})", "format": workbook.add_format(_GREY)}
    sheet.conditional_format(1, 0, last, right, look)


def _fill(
    workbook: Workbook,
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    grey: Sequence[bool],
) -> None:
    """Write the cells. `write_string` never converts a text to a formula, a link or a number."""

    def styles(colours: _Look) -> Callable[[int, str], Format]:
        @cache
        def style(at: int, what: str) -> Format:
            looks = {"text": columns[at].text, "blank": columns[at].blank, "date": _DATE, "number": _PLAIN}
            return workbook.add_format(looks[what] | colours)

        return style

    plain_style, grey_style = styles({}), styles(_GREY)
    for index, (row, is_grey) in enumerate(zip(rows, grey, strict=True), start=1):
        style = grey_style if is_grey else plain_style
        for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if not cell:
                if is_grey:
                    sheet.write_blank(index, at, None, style(at, "blank"))
                continue
            value = column.value(cell) if column.has_other_values else cell
            if isinstance(value, str):
                sheet.write_string(index, at, value, style(at, "text"))
            elif isinstance(value, date):
                sheet.write_datetime(index, at, value, style(at, "date"))
            else:
                sheet.write_number(index, at, value, style(at, "number"))


def _set_heights(
    sheet: Worksheet, columns: Sequence[Column], widths: Sequence[int], rows: Sequence[Sequence[str]]
) -> None:
    """Make rows as high as their wrapped cells, up to _MOST_LINES. LibreOffice does not do it by itself."""
    wrapped = [
        (at, round((width - _MARGIN) * _LETTERS_PER_DIGIT))
        for at, (column, width) in enumerate(zip(columns, widths, strict=True))
        if column.text["text_wrap"]
    ]
    for index, row in enumerate(rows, start=1):
        lines = max((_lines(row[at], letters) for at, letters in wrapped), default=1)
        if lines > 1:
            sheet.set_row(index, lines * _LINE_HEIGHT)


def _lines(cell: str, letters: int) -> int:
    """About how many lines a cell takes, at most _MOST_LINES, with that number of letters on a line."""
    if len(cell) <= letters and "\n" not in cell:
        return 1
    lines = cell[: letters * _MOST_LINES].split("\n")
    return min(sum(ceil(len(line) / letters) or 1 for line in lines), _MOST_LINES)


def _print(sheet: Worksheet, width: int) -> None:
    """Lay out the printed pages: the header on each, and all columns side by side while that is readable."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.repeat_rows(0)
    if width <= _WIDEST_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.repeat_columns(0, 1)
