"""The part of a workbook that has a sheet."""

from __future__ import annotations

import io
import zipfile

import pytest

from epncli.formats.tabular import workbook_parts
from epncli.formats.tabular.workbook_parts import SheetXml, sheet_xml


def archive(parts: dict[str, str], separator: str = "/") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("/", separator), text)
    return data.getvalue()


def xlsx(target: str = "worksheets/sheet1.xml", main: str = "xl/workbook.xml") -> dict[str, str]:
    """A workbook with the sheets A, whose part is missing, and B."""
    folder, _, name = main.rpartition("/")
    return {
        "_rels/.rels": f'<x><Relationship Type="http://x/officeDocument" Target="/{main}"/></x>',
        main: '<workbook xmlns:r="r"><sheet name="A" r:id="r1"/><sheet name="B" r:id="r2"/></workbook>',
        f"{folder}/_rels/{name}.rels": f'<x><Relationship Id="r2" Target="{target}"/>'
        '<Relationship Id="r1" Target="worksheets/none.xml"/></x>',
        target.removeprefix("/") if target.startswith("/") else f"{folder}/{target}": "<worksheet/>",
    }


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "Sheets/S.xml"])
@pytest.mark.parametrize("main", ["xl/workbook.xml", "xl/Book22.xml", "office/workbook.xml"])
@pytest.mark.parametrize("separator", ["/", "\\"])
def test_it_is_found_by_its_relation(target: str, main: str, separator: str) -> None:
    data = archive(xlsx(target, main), separator)
    assert sheet_xml(data, "B", 1) == SheetXml(b"<worksheet/>")
    assert [sheet_xml(data, name, 0) for name in ("A", "C")] == [SheetXml(b""), SheetXml(b"")]


def test_without_a_relation_to_the_main_part_its_usual_name_counts() -> None:
    parts = xlsx()
    del parts["_rels/.rels"]
    assert sheet_xml(archive(parts), "B", 1) == SheetXml(b"<worksheet/>")


def test_all_sheets_of_an_ods_are_in_one_part() -> None:
    assert sheet_xml(archive({"Content.xml": "<x/>"}), "B", 3) == SheetXml(b"<x/>", 3)


def test_a_part_that_is_too_large_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "_LARGEST_PART", 11)
    assert sheet_xml(archive(xlsx()), "B", 1) == SheetXml(b"")


@pytest.mark.parametrize("separator", ["/", "\\"])
def test_the_usual_names_are_those_that_calamine_knows(separator: str) -> None:
    data = archive(xlsx(main="office/Book22.xml"), separator)
    with zipfile.ZipFile(io.BytesIO(workbook_parts.with_usual_names(data))) as usual:
        assert usual.namelist() == [
            "_rels/.rels", "office/workbook.xml", "office/_rels/workbook.xml.rels",
            "office/worksheets/sheet1.xml",
        ]  # fmt: skip
        assert b'Target="/office/workbook.xml"' in usual.read("_rels/.rels")
