"""JSON (RFC 8259): the structures as the registry holds them, unknown fields too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from epncli.formats.export import Export, Written
from epncli.structure import Structure, Value

OPEN: Final = "ouvert"
"""The status of a structure that says nothing of it."""

# What a terminal obeys or turns around: in the strings of JSON, its number says the same.
_TRICKY = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def write(export: Export) -> Written:
    """An array of objects, a line for each field; `statut` is always among them."""
    objects = [_object(record(one, export.fields)) for one in export.structures]
    text = "[\n" + ",\n".join(objects) + "\n]\n" if objects else "[]\n"
    return Written(escape(text).encode())


def escape(text: str) -> str:
    """JSON that holds no character which acts on a screen."""
    return _TRICKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def record(structure: Structure, fields: Sequence[str] = ()) -> dict[str, Value]:
    """The fields that are filled and `statut`: those asked for, else all, unknown ones last."""
    filled: dict[str, Value] = {**structure.values()}  # type: ignore[dict-item]
    filled.setdefault("statut", OPEN)
    if not fields:
        return filled | dict(structure.inconnus)
    asked = {name: filled[name] for name in fields if name in filled}
    return asked | {"statut": filled["statut"]}


_encode = json.JSONEncoder(ensure_ascii=False).encode
_name = lru_cache(maxsize=1000)(_encode)


def _object(values: Mapping[str, Value]) -> str:
    # json.dumps(indent=2) runs in Python, value by value, and takes three times as long.
    lines = [f"    {_name(name)}: {_line(value)}" for name, value in values.items()]
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _line(value: Value) -> str:
    """The value on one line; `encode` sets up an encoder anew for all that is not text."""
    if isinstance(value, list):
        return f"[{', '.join(map(_line, value))}]"
    return _encode(value)
