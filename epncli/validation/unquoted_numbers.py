"""Search for numbers without quotes in fields that the JSON Schema requires to be texts.

`code_postal: 01000` is a text to epn, but the number 1000, or 512, to other programs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from epncli.i18n import _
from epncli.model.structure import FIELDS, Kind, Structure
from epncli.problems import Problem, warning
from epncli.registry.registry import STRUCTURES
from epncli.rules.texte import quoted
from epncli.validation.cross_fields import placed
from epncli.validation.partial_registry import Record, places
from epncli.yamlfile.places import FieldPlace, RecordPlace
from epncli.yamlfile.reader import Value

_KINDS: Final = frozenset((Kind.CODE_POSTAL, Kind.CODE_INSEE, Kind.PIVOT, Kind.TELEPHONE))
_FIELDS: Final = tuple(name for name, field in FIELDS.items() if field.kind in _KINDS)
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9_]*(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
"""A scalar that is a number in YAML 1.1 or 1.2."""
_QUOTED: Final = re.compile(r"""["']([-+0-9._eE]+)(?=["'])""")


class UnquotedNumber(NamedTuple):
    """A number without quotes: its field, its text, and its offset in the file."""

    name: str
    text: str
    start: int


def find(record: Record, place: RecordPlace) -> list[UnquotedNumber]:
    """The unquoted numbers of a record, in the order of the schema."""
    text = record.document.text
    return [
        UnquotedNumber(name, value, start + record.shift)
        for name in _FIELDS
        if name in place.fields
        for value, start in _items(record.values[name], place.fields[name])
        if isinstance(value, str) and text.startswith(value, start) and _NUMBER.fullmatch(value)
    ]


def find_all(records: Iterable[Record]) -> dict[int, list[UnquotedNumber]]:
    """The unquoted numbers of the records that have any, by the `id` of the `Record`."""
    found = ((record, find(record, place)) for record, place in places(filter(may_have_some, records)))
    return {id(record): numbers for record, numbers in found if numbers}


def _items(value: Value, place: FieldPlace) -> Iterable[tuple[Value, int]]:
    return zip(value, place.items, strict=True) if isinstance(value, list) else ((value, place.value),)


def may_have_some(record: Record) -> bool:
    """False if each number stands between quotes in the lines of the record, which is the usual case.

    Parsing every record again to find the quotes would double the time of a check.
    """
    numbers = [text for name in _FIELDS for text in record.structure.texts(name) if _NUMBER.fullmatch(text)]
    if not numbers:
        return False
    document, following = record.document, record.index + 1
    last = following == len(document.record_starts.get(STRUCTURES, ()))
    start = document.item_start(STRUCTURES, record.index)
    end = len(document.text) if last else document.item_start(STRUCTURES, following)
    quoted_texts = Counter(_QUOTED.findall(document.text, start, end))
    return any(quoted_texts[text] < count for text, count in Counter(numbers).items())


def problem(found: UnquotedNumber, structure: Structure) -> Problem:
    """The warning about an unquoted number of a structure."""
    value = quoted(found.text)
    message = _("‘{value}’ is not between quotes: other programs read it as a number").format(value=value)
    hint = _("write it between quotes: {value}").format(value=f'"{value}"')
    return placed(warning(message, hint), found.name, structure)
