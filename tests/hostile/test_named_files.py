"""Files that once took minutes or gigabytes, or crashed: one message, no hang, under a gigabyte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import HEADER, MAIN, SHEET, archive, ods, table, worksheet, xlsx, xlsx_parts
from children import Ended, run
from linear import assert_linear

from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.importing.merge import merge

pytestmark = pytest.mark.needs("fork")
"""Each file is read in a copy of this process, whose memory can be told, and which is ended if it hangs."""

MB = 1 << 20
TOO_LARGE = "the workbook needs too much memory or time for a list of places"
DEEP = "lists and mappings are nested more than 20 levels deep"
VALUES = "the file has more than 4,000,000 values"
ITEMS = "a list has more than 1,000 items"
FIELDS = "there are more than 1,000 fields here"
LONG = "a value is longer than 100,000 characters"

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
"""Two cells with seventeen billion between them."""
WIDE = '<row r="1"><c r="A1"><v>1</v></c></row><row r="6000"><c r="CVB6000"><v>2</v></c></row>'
MANY_CELLS = (
    '<table:table-row table:number-rows-repeated="4400"><table:table-cell '
    'table:number-columns-repeated="4400" office:value-type="string"><text:p>a</text:p>'
    "</table:table-cell></table:table-row>"
)
PHONES = ",".join(f'"{number:010}"' for number in range(400_000))
SHARED = f'<sst xmlns="{MAIN}" {{}}</sst>'


def with_strings(strings: str) -> bytes:
    return archive({**xlsx_parts(worksheet(HEADER)), "xl/sharedStrings.xml": SHARED.format(strings)})


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "far.xlsx": lambda: xlsx(FAR),
    "single_quotes.xlsx": lambda: xlsx(FAR.replace('"', "'")),
    "blanks.xlsx": lambda: xlsx(FAR.replace('r="', 'r = "')),
    "elsewhere.xlsx": lambda: xlsx(FAR, target="elsewhere/x.xml"),
    "letters.xlsx": lambda: xlsx('<row r="1"><c r="AAAAAAAAA1"><v>1</v></c></row>'),  # tafia/calamine#709
    "sheets.xlsx": lambda: xlsx(WIDE, sheets=10_000),
    "strings.xlsx": lambda: with_strings('uniqueCount="4294967295">'),  # tafia/calamine#684
    "tables.ods": lambda: ods("".join(table(MANY_CELLS, f"T{number}") for number in range(200))),
}


def of_json(field: str) -> bytes:
    return f'[{{"nom":"A",{field}}}]'.encode()


def of_yaml(field: str) -> bytes:
    return f"structures: [{{nom: A, {field}}}]".encode()


def fields(form: str) -> str:
    return ",".join(form.format(number) for number in range(99_999))


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "deep.json": (lambda: b"[" + b'{"a":' * 900 + b"1" + b"}" * 900 + b"]", DEEP),
    "deep_field.json": (lambda: of_json('"x":' + '{"a":' * 480 + "1" + "}" * 480), DEEP),
    "million.json": (lambda: b"[" + b"{}," * 999_999 + b"{}]", "the file has more than 200,000 rows"),
    "million.yaml": (
        lambda: b"structures: [" + b"{}," * 999_999 + b"{}]", "a list has more than 200,000 items",
    ),
    "phones.json": (lambda: of_json(f'"telephones":[{PHONES}]'), ITEMS),
    "phones.yaml": (lambda: of_yaml(f"telephones: [{PHONES}]"), ITEMS),
    "phones.csv": (lambda: b"nom,telephones\nA," + b"0140010203|" * 400_000 + b"\n", LONG),
    "many_phones.csv": (lambda: b"nom,telephones\nA," + b"0140010203|" * 1_001 + b"\n", ITEMS),
    "fields.json": (lambda: of_json(fields('"a{}":1')), FIELDS),
    "fields.yaml": (lambda: of_yaml(fields("a{}: 1")), FIELDS),
    "quote.csv": (
        lambda: b'nom,commune\nA,B\n"' + b"a,b\n" * 100_000, "a quote opened in this row is never closed",
    ),
}  # fmt: skip
OF_ANY_SIZE: dict[str, tuple[Callable[[int], bytes], str]] = {
    "lists.json": (lambda size: of_json('"a":[' + "[]," * (size // 3) + "[]]"), VALUES),
    "cell.json": (lambda size: of_json('"notes":"' + "a" * size + '"'), LONG),
    "cell.yaml": (lambda size: of_yaml('notes: "' + "a" * size + '"'), LONG),
    "cell.csv": (lambda size: b"nom,commune\n" + b"a" * size + b",b\n", LONG),
    "cells.csv": (lambda size: b"nom,commune\nA" + b"," * size + b"\n", VALUES),
    "rows.csv": (lambda size: b"nom,commune\n" + b"," * (size // 2) + b"\n" * (size // 2), VALUES),
    "lines.txt": (
        lambda size: b"PARIS 75012 A\n" + b"\n" * size, "the file has more than 200,000 rows",
    ),
}  # fmt: skip


def first_error(ended: Ended) -> str:
    return next((line.partition("error: ")[2] for line in ended.err.splitlines() if "error: " in line), "")


def within_bounds(ended: Ended) -> bool:
    return ended.peak < 1000 * MB


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_asks_for_too_much_is_too_large(
    hostile: Callable[[str, bytes], Path], name: str
) -> None:
    ended = run(hostile(name, WORKBOOKS[name]()), "import", name, "--dry-run")
    assert (ended.code, first_error(ended)) == (3, TOO_LARGE), ended
    assert within_bounds(ended), ended


@pytest.mark.long
@pytest.mark.parametrize("megabytes", [13, 60])
@pytest.mark.parametrize("name", OF_ANY_SIZE)
def test_it_does_not_count_how_large_it_is(
    hostile: Callable[[str, bytes], Path], name: str, megabytes: int
) -> None:
    make, message = OF_ANY_SIZE[name]
    ended = run(hostile(name, make(megabytes * MB)), "import", name, "--dry-run")
    assert (ended.code, first_error(ended)) == (3, message), ended.err[:500]
    assert within_bounds(ended), ended


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_list_of_places_is_refused_at_once(
    hostile: Callable[[str, bytes], Path], name: str
) -> None:
    make, message = FILES[name]
    ended = run(hostile(name, make()), "import", name, "--dry-run")
    assert (ended.code, first_error(ended)) == (3, message), ended.err[:500]
    assert within_bounds(ended), ended


def accents(count: int) -> str:
    """Python puts these in order in a time quadratic in their number."""
    return "\u0315\u0300" * count


TEXTS: dict[str, tuple[Callable[[int], str], int]] = {
    "accents.csv": (lambda count: f"nom,commune,code_postal\na{accents(count)},Paris,75012\n", 49_000),
    "accents.yaml": (
        lambda count: f"structures: [{{nom: a{accents(count)}, commune: Paris, code_postal: '75012'}}]",
        49_000,
    ),
    # All ways to cut a row of pairs into numbers of six and of eight digits.
    "pairs.txt": (lambda count: ("NOUMEA 98800 Lieu " + "24 " * count + "x\n") * 10, 300),
    "spaces.txt": (lambda count: "PARIS 75012 Lieu\n" + (" " * count + "\n") * 300, 999),
    "before_a_phone.txt": (
        lambda count: ("PARIS 75012 Lieu" + " " * count + "01 40 01 02 04\n") * 30, 900,
    ),
    "brackets.txt": (lambda count: ("PARIS 75012 Lieu" + " " * count + "(\n") * 30, 900),
}  # fmt: skip
"""Texts, and how often what is hostile in them stands in the longest one that is read."""


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_takes_more_time_than_its_length_allows(
    hostile: Callable[[str, bytes], Path], name: str
) -> None:
    make, count = TEXTS[name]
    ended = run(hostile(name, make(count).encode()), "import", name, "--dry-run")
    assert ended.code == 0, ended
    assert within_bounds(ended), ended
    assert_linear(imported, lambda count: InputFile(name, make(count).encode()), count)


def imported(file: InputFile) -> None:
    assert merge((), [read(file)], "2026-01-31").new


def bomb(name: str, start: str, unit: bytes, end: str) -> bytes:
    """A workbook of which one part unpacks to two gigabytes."""
    data = io.BytesIO()
    parts = xlsx_parts(worksheet(HEADER))
    parts.pop(name, None)
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for other, content in parts.items():
            packed.writestr(other, content)
        with packed.open(name, "w") as part:
            part.write(start.encode())
            for _ in range(2000):
                part.write(unit * (MB // len(unit)))
            part.write(end.encode())
    return data.getvalue()


@pytest.mark.long
@pytest.mark.parametrize(
    ("part", "unit", "around"),
    [
        (SHEET, b" ", worksheet(HEADER).replace("</row>", "{}</row>")),
        (SHEET, b"<row/>", worksheet("{}")),
        (SHEET, b"<x>", worksheet("{}")),
        ("xl/sharedStrings.xml", b"<si><t>01</t></si>", SHARED.format(">{}")),
    ],
)
def test_a_workbook_that_unpacks_to_gigabytes_is_refused(
    hostile: Callable[[str, bytes], Path], part: str, unit: bytes, around: str
) -> None:
    start, end = around.split("{}")
    data = bomb(part, start, unit, end)
    ended = run(hostile("bomb.xlsx", data), "import", "bomb.xlsx", "--dry-run")
    assert ended.code == 3 and first_error(ended), ended
    assert within_bounds(ended), ended
