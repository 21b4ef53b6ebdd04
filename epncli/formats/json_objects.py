"""Finding the objects of a JSON text: in an array, in an object around it, or one after another (JSON Lines).

Numbers are texts, as they are written in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from epncli import limits
from epncli.errors import EpnError
from epncli.formats.reading import InputFile
from epncli.formats.tabular import headers
from epncli.i18n import _

Element = tuple[int, Any]
"""The line of a value in the text, from 1, and the value: an object, or something else by mistake."""

_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_WRAPPED: Final = 3
"""The number of objects in which the array may be nested."""
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def elements(file: InputFile, text: str) -> Iterator[Element]:
    """The elements of the array of places. Raises Unreadable, once the iterator comes to what is no JSON."""
    if sum(map(text.count, ",[{")) > limits.MAX_VALUES:  # before any memory is used for them
        raise file.unreadable(*limits.too_many_values())
    start = _skip(text, 0)
    if text[start : start + 1] == "[":
        return _with_lines(text, _array(file, text, start))
    if text[start : start + 1] != "{":
        raise _no_array(file, text, start)
    whole, end = _decode(file, text, start)
    if _skip(text, end) < len(text):
        return _with_lines(text, _one_after_another(file, text, start))
    array = _array_of_places(file, text, start, whole)
    return _with_lines(text, iter([(start, whole)]) if array is None else _array(file, text, array))


def _array_of_places(file: InputFile, text: str, start: int, whole: dict[str, Any]) -> int | None:
    """The offset of the array inside the object `whole`, or None if the object is itself a place.

    The array with known field names, otherwise the longest; always that of a FeatureCollection of GeoJSON.
    """
    found = list(_arrays(file, text, start, _WRAPPED))
    if whole.get("type") == "FeatureCollection":
        found += [(at, value) for key, at, value in _members(file, text, start) if key == "features"]
        return found[-1][0] if found else None
    found = [(at, value) for at, value in found if any(isinstance(one, dict) for one in value)]
    known = [one for one in found if _is_place(file, next(each for each in one[1] if isinstance(each, dict)))]
    if not known and _is_place(file, whole):
        return None
    longest = max(known or found, key=lambda one: len(one[1]), default=None)
    return longest[0] if longest else None


def _is_place(file: InputFile, found: dict[str, Any]) -> bool:
    properties = found.get("properties") if found.get("type") == "Feature" else None
    names = properties if isinstance(properties, dict) else found
    return bool(headers.recognised(list(names)[: limits.MAX_FIELDS], file.mapping))


def _arrays(file: InputFile, text: str, start: int, depth: int) -> Iterator[tuple[int, list[Any]]]:
    """The arrays in an object and in the objects in it, each with its offset."""
    for _key, at, value in _members(file, text, start):
        if isinstance(value, list):
            yield at, value
        elif isinstance(value, dict) and depth > 1:
            yield from _arrays(file, text, at, depth - 1)


def _members(file: InputFile, text: str, start: int) -> Iterator[tuple[str, int, Any]]:
    """The members of an object that was decoded before: the key, the offset of the value, and the value."""
    at = _skip(text, start + 1)
    while text[at] != "}":
        key, at = _decode(file, text, at)
        at = _skip(text, _skip(text, at) + 1)
        value, end = _decode(file, text, at)
        yield key, at, value
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def _array(file: InputFile, text: str, start: int) -> Iterator[Element]:
    """The elements of an array, each with its offset."""
    at = _skip(text, start + 1)
    while text[at : at + 1] != "]":
        found, end = _decode(file, text, at)
        yield at, found
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise _no_array(file, text, at)


def _one_after_another(file: InputFile, text: str, start: int) -> Iterator[Element]:
    """The values of JSON Lines, each with its offset."""
    at = start
    while at < len(text):
        found, end = _decode(file, text, at)
        yield at, found
        at = _skip(text, end)


def _with_lines(text: str, found: Iterator[Element]) -> Iterator[Element]:
    """The elements with their lines instead of their offsets."""
    before, line = 0, 1
    for at, value in found:
        line += text.count("\n", before, at)
        before = at
        yield line, value


def _decode(file: InputFile, text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as failure:
        raise _no_array(file, text, failure.pos) from None
    except RecursionError:
        raise _no_array(file, text, at) from None


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _no_array(file: InputFile, text: str, at: int) -> EpnError:
    return file.unreadable(
        _("the file is not a JSON array of objects"),
        _('it must look like this: [{"nom": "…", "code_postal": "75012"}]'),
        line=text.count("\n", 0, at) + 1,
    )
