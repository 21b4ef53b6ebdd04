"""YAML: a registry that epn can read, including unknown fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from epncli.formats.reading import InputFile, Reading, Row, bounded, unknown_fields
from epncli.formats.writing import Export, Written
from epncli.model.structure import FIELDS, PUBLISHED, Structure, Value
from epncli.registry.registry import STRUCTURES, records
from epncli.yamlfile.edit.scalar import write_record, write_scalar
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import decode

_COLUMN = 4
"""The column of the fields of a record, after its dash."""


def write(export: Export) -> Written:
    """The title, the contact and the structures, with the non-empty fields in `export.fields`.

    By default, all fields that are not private.
    """
    head = {"titre": export.titre, "contact": export.contact}
    lines = [f"{name}: {write_scalar(value)}\n" for name, value in head.items() if value]
    lines.append("structures:\n" if export.structures else "structures: []\n")
    lines += [f"  - {_record(one, export.fields)}\n" for one in export.structures]
    return Written("".join(lines).encode())


def _record(structure: Structure, fields: tuple[str, ...]) -> str:
    filled = structure.values()
    filled = {name: filled[name] for name in fields or PUBLISHED if name in filled}
    parts = [write_record(filled, _COLUMN)] if filled else []
    if not fields:
        parts += [f"{write_scalar(name)}: {_flow(value)}" for name, value in structure.unknown_fields.items()]
    return ("\n" + " " * _COLUMN).join(parts) or "{}"


def _flow(value: Value) -> str:
    """A value of an unknown field, which may be nested, on one line."""
    if isinstance(value, str):
        return write_scalar(value, flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return "{" + ", ".join(f"{_flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"


def read(file: InputFile) -> Reading:
    """The structures of a registry as rows, each with its line. Raises Unreadable."""
    source = decode(Path(file.name), file.data)
    document = read_document(source)
    unknown: dict[str, None] = {}
    rows = bounded(file, _rows(document, unknown))
    return Reading(file.name, rows, ("YAML",), unknown_fields(unknown))


def _rows(document: Document, unknown: dict[str, None]) -> Iterator[Row]:
    """The rows. The names of their unknown fields are added to `unknown`."""
    at, line = 0, 1
    for index, record in enumerate(records(document)):
        start = document.item_start(STRUCTURES, index)
        line += document.text.count("\n", at, start)
        at = start
        structure = Structure.from_values(record)
        unknown |= dict.fromkeys(structure.unknown_fields)
        yield Row(line, {name: structure.value(name) for name in record if name in FIELDS})
