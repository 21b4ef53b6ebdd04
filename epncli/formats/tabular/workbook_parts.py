"""The parts of a workbook, which is a ZIP archive: which of them has a sheet, and those with unusual names.

Only `workbook_process`, with its limits of memory and time, uses this module.
"""

from __future__ import annotations

import io
import posixpath
from typing import Final, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

_LARGEST_PART: Final = 256 * 1024 * 1024
"""Size in bytes of the XML of a sheet that is searched."""
_MAIN: Final = "/officeDocument"
"""The end of the type of the relation to the main part (ISO/IEC 29500-2, 8.3)."""
_CONTENT: Final = "content.xml"
"""The part of an ODS that has all its sheets."""

Element = tuple[str, dict[str, str]]
"""The local name of an element, and its attributes."""


class SheetXml(NamedTuple):
    """The XML that has a sheet, to search it for what calamine does not tell."""

    xml: bytes
    table: int | None = None
    """The place of the sheet among the tables of an ODS, from 0; None for an XLSX."""


def sheet_xml(data: bytes, name: str, index: int) -> SheetXml:
    """The XML of a sheet, by its name in an XLSX and by its index, from 0, in an ODS.

    Empty if it is too large, or not found.

    Raises an exception of zipfile or expat if the archive or a part is damaged.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        part = _named(archive, _CONTENT)
        table = index if part else None
        part = part or _part_of(archive, name)
        if not part or archive.getinfo(part).file_size > _LARGEST_PART:
            return SheetXml(b"")
        return SheetXml(archive.read(part), table)


def with_usual_names(data: bytes) -> bytes:
    """The archive with `/` in the names of its parts, and with `workbook.xml` as its main part.

    Some programs write backslashes, or call the main part otherwise; calamine knows it by its name.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        main = _main_part(archive)
        folder = posixpath.dirname(main)
        target = posixpath.join(folder, "workbook.xml")
        renamed = {main: target, _relations_of(main): _relations_of(target)}
        written = io.BytesIO()
        with ZipFile(written, "w") as copy:
            for part in archive.namelist():
                usual = _usual(part)
                content = archive.read(part)
                if usual.endswith(".rels"):
                    content = content.replace(b"\\", b"/")
                if usual == "_rels/.rels":
                    content = content.replace(main.encode(), target.encode())
                copy.writestr(renamed.get(usual, usual), content)
    return written.getvalue()


def _main_part(archive: ZipFile) -> str:
    for name, attributes in _elements(archive, "_rels/.rels"):
        if name == "Relationship" and attributes.get("Type", "").endswith(_MAIN):
            return _usual(attributes.get("Target", ""))
    return "xl/workbook.xml"


def _part_of(archive: ZipFile, sheet: str) -> str:
    """The name of the part of an XLSX that has a sheet; "" if it is not found."""
    main = _main_part(archive)
    relation = target = ""
    for name, attributes in _elements(archive, main):
        if name == "sheet" and attributes.get("name") == sheet:
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
    for name, attributes in _elements(archive, _relations_of(main)):
        if name == "Relationship" and attributes.get("Id") == relation:
            target = attributes.get("Target", "").replace("\\", "/")
    absolute = posixpath.normpath(posixpath.join("/", posixpath.dirname(main), target))
    return _named(archive, absolute) if target else ""


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _usual(part: str) -> str:
    return part.replace("\\", "/").removeprefix("/")


def _named(archive: ZipFile, part: str) -> str:
    """The name in the archive of a part, which may be written with backslashes or in other case; or ""."""
    wanted = _usual(part).lower()
    return next((name for name in archive.namelist() if _usual(name).lower() == wanted), "")


def _elements(archive: ZipFile, part: str) -> list[Element]:
    """The elements of a small part; none if there is no such part."""
    found: list[Element] = []
    if name := _named(archive, part):
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda element, attributes: found.append(
            (element.rpartition(":")[2], attributes)
        )
        parser.Parse(archive.read(name), True)  # noqa: FBT003  its signature
    return found
