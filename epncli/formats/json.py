"""JSON (RFC 8259): the structures with the fields of the registry, including unknown fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from epncli import limits
from epncli.errors import EpnError
from epncli.formats.reading import InputFile, Reading, Row, bounded, decode, unknown_fields
from epncli.formats.writing import Export, Written
from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure, Value

OPEN: Final = "ouvert"
"""The status of a structure without `statut`."""

# Control characters and direction marks, which could act on a terminal: JSON allows escapes for them.
_TRICKY = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def write(export: Export) -> Written:
    """An array of objects, with one line for each field. Every object has `statut`."""
    objects = [_object(record(one, export.fields)) for one in export.structures]
    text = "[\n" + ",\n".join(objects) + "\n]\n" if objects else "[]\n"
    return Written(escape(text).encode())


def escape(text: str) -> str:
    """JSON text in which characters that could act on a terminal are escaped."""
    return _TRICKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


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


def _object(values: Mapping[str, Value]) -> str:
    # json.dumps(indent=2) is written in Python and takes three times as long.
    lines = [f"    {_name(name)}: {_line(value)}" for name, value in values.items()]
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _line(value: Value) -> str:
    """The value on one line. Lists are joined here, since `encode` is slow for values other than text."""
    if isinstance(value, list):
        return f"[{', '.join(map(_line, value))}]"
    return _encode(value)


def read(file: InputFile) -> Reading:
    """The rows of an array of objects, each with its line. null is an empty value. Raises Unreadable."""
    text, encoding = decode(file.data)
    if sum(map(text.count, ",[{")) > limits.MAX_VALUES:  # before any memory is used for them
        raise file.unreadable(*limits.too_many_values())
    unknown: dict[str, None] = {}
    rows = bounded(file, _rows(file, text, unknown))
    return Reading(file.name, rows, ("JSON", encoding), unknown_fields(unknown))


def _rows(file: InputFile, text: str, unknown: dict[str, None]) -> Iterator[Row]:
    """The rows. The names of their unknown fields are added to `unknown`."""
    at, line = 0, 1
    for start, found in _elements(file, text):
        line += text.count("\n", at, start)
        at = start
        if isinstance(found, dict):
            structure = Structure.from_values(_fields(file, found, line, _DEPTH))
            unknown |= dict.fromkeys(structure.unknown_fields)
            yield Row(line, {name: structure.value(name) for name in found if name in FIELDS})
        else:
            yield Row(line, {}, _("this item is not a JSON object"))


_BLANKS = re.compile(r"[ \t\r\n]*")


def _elements(file: InputFile, text: str) -> Iterator[tuple[int, Any]]:
    """The elements of the array, each with its offset in the text."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise _no_array(file, text, at)
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        try:
            found, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as failure:
            raise _no_array(file, text, failure.pos) from None
        except RecursionError:
            raise _no_array(file, text, at) from None
        yield at, found
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise _no_array(file, text, at)


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _no_array(file: InputFile, text: str, at: int) -> EpnError:
    return file.unreadable(
        _("the file is not a JSON array of objects"),
        _('it must look like this: [{"nom": "…", "code_postal": "75012"}]'),
        line=text.count("\n", 0, at) + 1,
    )


_DEPTH: Final = 2
"""Nesting depth of the objects of the array."""


def _fields(file: InputFile, found: dict[str, Any], line: int, depth: int) -> dict[str, Value]:
    """An object, converted to a value of YAML. `line` is the line of its structure, for errors."""
    if len(found) > limits.MAX_FIELDS:
        raise file.unreadable(*limits.too_many_fields(), line=line)
    return {name: _value(file, one, line, depth + 1) for name, one in found.items()}


def _value(file: InputFile, value: Any, line: int, depth: int) -> Value:
    """A value, converted to a value of YAML: text, list or mapping."""
    if isinstance(value, dict | list) and depth > limits.MAX_DEPTH:
        raise file.unreadable(*limits.too_deep(), line=line)
    if isinstance(value, dict):
        return _fields(file, value, line, depth)
    if isinstance(value, list):
        if len(value) > limits.MAX_ITEMS:
            raise file.unreadable(*limits.too_many_items(limits.MAX_ITEMS), line=line)
        return [_value(file, one, line, depth + 1) for one in value]
    return "" if value is None else value if isinstance(value, str) else str(value).lower()
