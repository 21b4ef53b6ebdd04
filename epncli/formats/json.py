"""JSON (RFC 8259): the structures with the fields of the registry, including unknown fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from epncli.formats import json_objects
from epncli.formats.encodings import decode
from epncli.formats.reading import InputFile, Reading
from epncli.formats.tabular.objects import read_objects
from epncli.formats.writing import Export, Written
from epncli.model.structure import FIELDS, POSITION, Structure, Value

OPEN: Final = "ouvert"
"""The status of a structure without `statut`."""

# Control characters and direction marks, which could act on a terminal: JSON allows escapes for them.
_TRICKY = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def write(export: Export) -> Written:
    """An array of objects, with one line for each field. Every object has `statut`."""
    return Written(_array(record(one, export.fields) for one in export.structures))


def whole(structures: Iterable[Structure]) -> bytes:
    """The same with every field, private and unknown ones included."""
    return _array(record(one, tuple(FIELDS)) | dict(one.unknown_fields) for one in structures)


def with_distances(
    structures: Sequence[Structure], fields: Sequence[str], distances: Sequence[float | None]
) -> bytes:
    """The same as `write`, with `distance_km`, a number, for the structures whose distance is not None."""
    records = []
    for structure, kilometres in zip(structures, distances, strict=True):
        known = {} if kilometres is None else {"distance_km": round(kilometres, 3)}
        records.append(record(structure, fields) | known)
    return _array(records)


def _array(records: Iterable[Mapping[str, Value | float]]) -> bytes:
    objects = [_object(values) for values in records]
    text = "[\n" + ",\n".join(objects) + "\n]\n" if objects else "[]\n"
    return escape(text).encode()


def escape(text: str) -> str:
    """JSON text in which characters that could act on a terminal are escaped."""
    return _TRICKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def indented(value: Any) -> str:
    """A value as JSON on several lines, which can be printed on a terminal."""
    return escape(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def record(structure: Structure, fields: Sequence[str] = ()) -> dict[str, Value]:
    """The non-empty fields of a structure in `fields`, and always `statut`.

    By default all that are not private, unknown ones last.
    """
    filled: dict[str, Value] = {**structure.values()}  # type: ignore[dict-item]
    filled.setdefault("statut", OPEN)
    if not fields:
        published = {name: value for name, value in filled.items() if not FIELDS[name].private}
        return published | dict(structure.unknown_fields)
    asked = {name: filled[name] for name in fields if name in filled}
    return asked | {"statut": filled["statut"]}


_encode = json.JSONEncoder(ensure_ascii=False).encode
_name = lru_cache(maxsize=1000)(_encode)


def _object(values: Mapping[str, Value | float]) -> str:
    # json.dumps(indent=2) is written in Python and takes three times as long.
    lines = [f"    {_name(name)}: {member(name, value)}" for name, value in values.items()]
    return "  {\n" + ",\n".join(lines) + "\n  }"


def member(name: str, value: Value | float) -> str:
    """The value of a field as JSON: a coordinate is a number, digit for digit, if JSON can write it so."""
    return value if name in POSITION and isinstance(value, str) and is_number(value) else _line(value)


def is_number(coordinate: str) -> bool:
    """True if a coordinate is a number of JSON as it stands (RFC 8259, section 6)."""
    return _NUMBER.fullmatch(coordinate) is not None


_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,2})(\.[0-9]{1,30})?")


def _line(value: Value | float) -> str:
    """The value on one line. Lists are joined here, since `encode` is slow for values other than text."""
    if isinstance(value, list):
        return f"[{', '.join(map(_line, value))}]"
    return _encode(value)


def read(file: InputFile) -> Reading:
    """The objects as rows, each with its line: the keys are headers, as in a CSV. Raises Unreadable.

    They stand in an array, in an object around it, or one after another (JSON Lines). null is an empty
    value. A list is an array, or one text as in a CSV.
    """
    text, encoding = decode(file)
    return read_objects(file, json_objects.elements(file, text), ("JSON", encoding))
