"""Workbooks that broke other readers, according to bug reports: each is read or refused with a message."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Mapping

import pytest
from archives import (
    HEADER,
    ODS_HEADER,
    ODS_ROW,
    ROW,
    SHEET,
    archive,
    ods,
    ods_parts,
    table,
    worksheet,
    xlsx,
)
from archives import xlsx_parts as parts_of

from epncli.errors import Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import InputFile

LOCKED = "this workbook is in an old format, or protected by a password"
DAMAGED = "the workbook cannot be read: its content is damaged"
NO_HEADER = "no header row was found"
TOO_LARGE = "the workbook needs too much memory or time for a list of places"
PLACE = worksheet(HEADER + ROW)
PARTS = parts_of(PLACE)
STORED = archive(PARTS, zipfile.ZIP_STORED)
RELATIONS = "xl/_rels/workbook.xml.rels"
BOOK = "xl/workbook.xml"


def rows(data: bytes, sheet: str = "") -> list[dict[str, object]]:
    return [dict(row.values) for row in read(InputFile("lieux", data, sheet), "xlsx").rows]


def place(nom: str = "Lieu", code_postal: str = "75012") -> list[dict[str, object]]:
    return [{"nom": nom, "code_postal": code_postal}]


def with_part(name: str, old: str, new: str) -> bytes:
    """The workbook with something else in one of its parts."""
    content = str(PARTS[name])
    assert old in content
    return archive({**PARTS, name: content.replace(old, new)})


def without(word: str) -> bytes:
    """The workbook without the parts that have the word in their names."""
    return archive({name: part for name, part in PARTS.items() if word not in name})


def with_target(target: str) -> bytes:
    """The workbook whose sheet is said to be elsewhere."""
    return with_part(RELATIONS, "worksheets/sheet1.xml", target)


def with_header_field(data: bytes, at: int, form: str, value: int) -> bytes:
    """The archive with a number in all headers of its entries; `at` counts in the local ones."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", at), (b"PK\x01\x02", at + 2)):
        start = changed.find(mark)
        while start >= 0:
            struct.pack_into(form, changed, start + place, value)
            start = changed.find(mark, start + 4)
    return bytes(changed)


class Pipe(io.RawIOBase):
    """What cannot be written at an earlier place: sizes stand after the data, as in streamed archives."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(data)  # type: ignore[arg-type]


def streamed(parts: Mapping[str, str | bytes]) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return pipe.data


def zip64(parts: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in parts.items():
            with packed.open(name, "w", force_zip64=True) as part:
                part.write(content if isinstance(content, bytes) else content.encode())
    return data.getvalue()


def with_an_entry_twice() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in PARTS.items():
            packed.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr(SHEET, worksheet(HEADER + ROW.replace("Lieu", "Autre")))
    return data.getvalue()


def prefixed(xml: str) -> str:
    return xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")


READ = {
    "a target with its whole path": with_target("/xl/worksheets/sheet1.xml"),  # PHPOffice/PhpSpreadsheet#907
    "a target through its parent": archive(parts_of(PLACE, target="../worksheets/../x.xml")),
    "sizes behind the data": streamed(PARTS),
    "ZIP64": zip64(PARTS),
    "something before it": b"PK\x03\x04" + b"x" * 100 + archive(PARTS),
    "something behind it": archive(PARTS) + b"x" * 1000,
    "thousands of entries": archive({**PARTS, **{f"x/{number}": "" for number in range(3000)}}),
    "an entry with a long name": archive({**PARTS, "x" * 65_000: ""}),
    "entries outside": archive({**PARTS, "../../../x": "a", "/etc/x": "b", "C:\\x": "c", "\x1b[31m": "d"}),
    "no content types": without("Types"),
    "a size of 4 GB": with_header_field(archive(PARTS), 22, "<I", 0xFFFFFFFE),  # CVE-2026-38359
    "cells without references": xlsx(re.sub(' r="[AB][12]"', "", HEADER + ROW)),
    "rows in another order": xlsx(ROW + HEADER),
    "a dimension of all cells": archive(
        parts_of(worksheet(HEADER + ROW, '<dimension ref="A1:XFD1048576"/>{}'))
    ),
    "all cells merged": archive(parts_of(worksheet(  # CVE-2024-22368
        HEADER + ROW, '{}<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ))),
    "a style that is not there": xlsx(HEADER + ROW.replace('r="B2"', 'r="B2" s="999999999"')),
    "a prefix on each element": archive({
        **PARTS, SHEET: prefixed(str(PARTS[SHEET])), BOOK: prefixed(str(PARTS[BOOK])),
    }),
    "a DTD elsewhere": archive({**PARTS, SHEET: f'<!DOCTYPE x SYSTEM "http://x.example/x">{PARTS[SHEET]}'}),
    "a byte order mark": archive({**PARTS, SHEET: b"\xef\xbb\xbf" + str(PARTS[SHEET]).encode()}),
    "two sheets of one name": archive({**parts_of(PLACE, sheets=2), BOOK: str(
        parts_of("", sheets=2)[BOOK]).replace("S2", "S1")
    }),
    "a sheet with a long name": with_part(BOOK, 'name="S1"', f'name="{"x" * 1_000_000}"'),
    "a million rows that are blank": ods(table(
        ODS_HEADER + ODS_ROW + '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )),
}  # fmt: skip
READ_AS = {
    "an entry twice": (with_an_entry_twice(), place("Autre")),
    "a value that is an error": (xlsx(HEADER + ROW.replace('"str"><v>Lieu', '"e"><v>#REF!')), place("#REF!")),
    "a day beyond the calendar": (  # dimastbk/python-calamine#139
        xlsx(HEADER + ROW.replace('"str"><v>Lieu', '"d"><v>10099-01-01')), place("10099-01-01"),
    ),
    "no number": (xlsx(HEADER + ROW.replace("75012", "NaN")), place(code_postal="nan")),
    "a number without end": (xlsx(HEADER + ROW.replace("75012", "1e999")), place(code_postal="inf")),
    "an escape sequence": (xlsx(HEADER + ROW.replace("Lieu", "L&#27;[31m")), place("L\x1b[31m")),
    "a day of ODS beyond the calendar": (
        ods(table(ODS_HEADER + ODS_ROW.replace(
            '"string"><text:p>Lieu', '"date" office:date-value="99999-99-99"><text:p>x'
        ))), place("99999-99-99"),
    ),
}  # fmt: skip
ODS, MANIFEST = ods_parts(table()), "META-INF/manifest.xml"
ENCRYPTED = str(ODS[MANIFEST]).replace(
    "/>",
    '><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    "</manifest:manifest>",
)
LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
REFUSED = {
    "a target on this machine": (with_target("../../../etc/passwd"), DAMAGED),
    "a target elsewhere": (with_target("http://x.example/x.xml"), DAMAGED),
    "a target with a backslash": (with_target("worksheets\\sheet1.xml"), DAMAGED),  # python-excel/xlrd#96
    "a target that is the workbook": (with_target("workbook.xml"), NO_HEADER),
    "a checksum that is wrong": (STORED.replace(b"<v>Lieu</v>", b"<v>Lieo</v>"), DAMAGED),
    "the mark of encryption": (with_header_field(STORED, 6, "<H", 1), DAMAGED),
    "a method that is unknown": (with_header_field(STORED, 8, "<H", 99), DAMAGED),
    "a size of one byte": (with_header_field(archive(PARTS), 22, "<I", 1), DAMAGED),
    "only the beginning": (
        archive(PARTS)[:900], "the workbook cannot be read: it is damaged, or a part of it is missing",
    ),
    "a password of LibreOffice": (archive({**ODS, MANIFEST: ENCRYPTED}), LOCKED),
    "a password of LibreOffice 24.8": (
        archive({"mimetype": ODS["mimetype"], "encrypted-package": ""}), LOCKED,
    ),
    "a row 0": (xlsx(HEADER + ROW.replace("A2", "A0")), DAMAGED),  # tafia/calamine#285
    "a row of twenty digits": (xlsx(HEADER + ROW.replace("A2", f"A{'9' * 20}")), TOO_LARGE),
    "an empty reference": (xlsx(HEADER + ROW.replace("A2", "")), DAMAGED),
    "a text that is not there": (xlsx(HEADER + ROW.replace('"str"><v>Lieu', '"s"><v>4294967295')), DAMAGED),
    "a kind that is unknown": (xlsx(HEADER + ROW.replace('"str"', '"x"')), DAMAGED),
    "a billion laughs": (
        archive({**PARTS, SHEET: f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]>' + worksheet(
            HEADER + ROW.replace("Lieu", "&j;"))}), DAMAGED,
    ),
    "a file of this machine": (  # CVE-2024-23525
        archive({**PARTS, SHEET: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + worksheet(
            HEADER + ROW.replace("Lieu", "&e;"))}), DAMAGED,
    ),
    "a part in UTF-16": (
        archive({**PARTS, SHEET: f'<?xml version="1.0" encoding="UTF-16"?>{PARTS[SHEET]}'.encode("utf-16")}),
        NO_HEADER,
    ),
    "bytes that are no UTF-8": (
        archive({**PARTS, SHEET: str(PARTS[SHEET]).encode().replace(b"Lieu", b"Li\xffeu")}), DAMAGED,
    ),
    "a character that there is not": (xlsx(HEADER + ROW.replace("Lieu", "&#x110000;")), DAMAGED),
    "no relationships": (without("rels"), DAMAGED),
    "no sheet part": (without("sheet1"), DAMAGED),
    "no sheet": (xlsx(sheets=0), "the workbook cannot be read: it has no sheet"),
    "fewer than no rows": (
        ods(table(ODS_HEADER.replace("row>", 'row table:number-rows-repeated="-5">', 1) + ODS_ROW)), DAMAGED,
    ),
    "four billion blanks": (
        ods(table(ODS_HEADER + ODS_ROW.replace("Lieu", 'L<text:s text:c="4000000000"/>'))), DAMAGED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_an_odd_workbook_is_read(name: str) -> None:
    assert rows(READ[name]) == place()


@pytest.mark.parametrize("name", READ_AS)
def test_an_odd_value_is_text(name: str) -> None:
    data, expected = READ_AS[name]
    assert rows(data) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_is_refused_in_a_sentence(name: str) -> None:
    data, message = REFUSED[name]
    with pytest.raises(Unreadable) as refused:
        rows(data)
    assert refused.value.message == message


def test_a_sheet_that_is_too_large_hides_no_other() -> None:
    parts = parts_of(PLACE, sheets=2)
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
    parts[RELATIONS] = str(parts[RELATIONS]).replace("sheet1.xml", "sheet2.xml", 1)
    data = archive({**parts, "xl/worksheets/sheet2.xml": worksheet(far)})
    assert rows(data, "S2") == place()
    with pytest.raises(Unreadable, match=TOO_LARGE):
        rows(data)
