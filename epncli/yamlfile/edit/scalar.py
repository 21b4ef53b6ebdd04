"""Writing of texts, lists and records as YAML, with quotes only where a YAML parser would need them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from io import StringIO
from typing import Any

_CORE_1_2 = re.compile(
    r"|~|null|Null|NULL|true|True|TRUE|false|False|FALSE"
    r"|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
"""Scalars that are not strings in the core schema of YAML 1.2 (YAML 1.2.2, section 10.3.2)."""

_OTHER_WORD = r"(?!(?:true|false|null|yes|no|on|off|y|n)\Z)"
_SAFE = r"a-z0-9à-öø-ÿœ’–_.+=@/()°&'\" \-"
_PLAIN = re.compile(rf"{_OTHER_WORD}(?:[a-zà-öø-ÿœ]|[0-9](?=[^ ]* ))[{_SAFE}]*(?<! )", re.IGNORECASE)
"""Texts that need no quotes, even in brackets: they begin with a word, or with a number and a space. Asking
PyYAML about every value of 20,000 records would take longer than checking the registry."""
_PLAIN_IN_BLOCK = re.compile(rf"{_OTHER_WORD}[a-zà-öø-ÿœ](?:[{_SAFE},;?%~]|:(?=[^ ]))*(?<! )", re.IGNORECASE)
"""Texts that need no quotes outside brackets, such as opening hours and web addresses."""

_FLOW_INDICATOR = re.compile(r"[,?:\[\]{}]")
"""Characters that no plain scalar in brackets can have (PyYAML's analyze_scalar)."""

_UNPRINTABLE = re.compile(
    "[^\\x09\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]|[\u2028\u2029]"
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_NEEDS_ESCAPE = re.compile(f'[\\\\"\t]|{_UNPRINTABLE.pattern}')
LONGEST_FLOW = 90
"""The longest list, in characters, that is written on one line; a longer one has a line for each item."""


def write_scalar(text: str, *, flow: bool = False, like: str = "") -> str:
    """The text as a YAML scalar on one line, which every parser reads as this text.

    `flow` is for a scalar in brackets or braces. `like` is the quote to use if possible.
    """
    if like == '"':
        return _double_quoted(text)
    if like == "'" and _may_be_single_quoted(text):
        return _single_quoted(text)
    if like != "'" and (_may_be_plain_in_flow(text) if flow else _may_be_plain(text)):
        return text
    if '"' in text and _may_be_single_quoted(text):
        return _single_quoted(text)
    return _double_quoted(text)


def write_literal(text: str, indent: str, newline: str) -> str | None:
    """A text of several lines as a literal block scalar (`|`), or None if the block could change the text."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if (
        len(lines) < 2
        or not body.strip()
        or body.endswith("\n")
        or lines[0][:1] in ("", " ", "\t")
        or any(line and not line.strip(" \t") for line in lines)
        or any(_UNPRINTABLE.search(line) for line in lines)
    ):
        return None
    header = "|" if text.endswith("\n") else "|-"
    return header + "".join(newline + (indent + line if line else "") for line in lines)


def write_value(
    value: str | list[str],
    column: int,
    newline: str,
    *,
    flow: bool = False,
    literal: bool = True,
    like: str = "",
) -> str:
    """A value as it is written after the `name:` of a new field whose name is in `column`.

    `flow` is for a field in braces. `literal` allows a block scalar for a text of several lines. `like` is
    the quote to use for a text.
    """
    if isinstance(value, str):
        many_lines = "\n" in value and literal and not flow
        block = write_literal(value, " " * (column + 2), newline) if many_lines else None
        return " " + (block or write_scalar(value, flow=flow, like=like))
    items = [write_scalar(item, flow=True) for item in value]
    if flow or sum(map(len, items)) + 2 * len(items) <= LONGEST_FLOW:
        return f" [{', '.join(items)}]"
    dash = newline + " " * (column + 2) + "- "
    return "".join(dash + write_scalar(item) for item in value)


def write_record(values: Mapping[str, Any], column: int, newline: str = "\n", *, literal: bool = True) -> str:
    """The lines of a record, without the dash and indent of the first line and the last line break."""
    between = newline + " " * column
    return between.join(
        [
            f"{_name(name)}:{write_value(value, column, newline, literal=literal)}"
            for name, value in values.items()
        ]
    )


@lru_cache(maxsize=1024)
def _name(name: str) -> str:
    return write_scalar(name)


def write_flow_record(values: Mapping[str, Any]) -> str:
    """A record in braces."""
    fields = (
        f"{write_scalar(name, flow=True)}:{write_value(value, 0, '', flow=True)}"
        for name, value in values.items()
    )
    return "{" + ", ".join(fields) + "}"


# The same communes and services are written thousands of times. A function of one text is remembered faster.
@lru_cache(maxsize=4096)
def _may_be_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text) or _PLAIN_IN_BLOCK.fullmatch(text)) or _is_judged_plain(text)


@lru_cache(maxsize=4096)
def _may_be_plain_in_flow(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) or _is_judged_plain(text, flow=True)


def _is_judged_plain(text: str, *, flow: bool = False) -> bool:
    if flow and _FLOW_INDICATOR.search(text):
        return False
    if not text or _CORE_1_2.fullmatch(text) or text != text.strip() or _UNPRINTABLE.search(text):
        return False
    emitter, resolver, scalar_node = _judges()
    analysis = emitter.analyze_scalar(text)
    if not (analysis.allow_flow_plain if flow else analysis.allow_block_plain):
        return False
    return bool(resolver.resolve(scalar_node, text, (True, False)) == "tag:yaml.org,2002:str")


@cache
def _judges() -> tuple[Any, Any, Any]:
    """PyYAML's emitter, to test whether a scalar can be plain, and resolver, to find its YAML 1.1 type."""
    import yaml

    return yaml.emitter.Emitter(StringIO(), allow_unicode=True), yaml.resolver.Resolver(), yaml.ScalarNode


def _may_be_single_quoted(text: str) -> bool:
    return "\t" not in text and not _UNPRINTABLE.search(text)


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    return '"' + _NEEDS_ESCAPE.sub(_escaped, text) + '"'


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if known := _ESCAPES.get(char):
        return known
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
