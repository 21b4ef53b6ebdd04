"""The column of a table that has the number in the street, beside the column of the address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from epncli.folding import fold
from epncli.formats.tabular.columns import Assignment

_HEADERS: Final = frozenset(
    {"n", "no", "num", "numero", "numero de voie", "numero de la voie", "numero de rue", "numero de la rue"}
    | {f"{number} {street}" for number in ("n", "no", "num", "numero") for street in ("voie", "rue")}
    | {"adresse numero", "numero adresse", "street number", "streetnumber", "house number"}
)
"""Folded."""
_NUMBER: Final = re.compile(
    r"\s*[0-9]{1,4}(?:[.,]0)?(?:\s?(?:bis|ter|quater|[a-z]))?(?:\s?(?:[-/,&à]|et)\s?[0-9]{1,4}\s?[a-z]{0,3})?\s*",
    re.IGNORECASE,
)
"""`12`, `12 bis`, `12-14`, `12.0`."""
_DECIMAL: Final = re.compile(r"[.,]0\Z")
_STARTS_WITH_NUMBER: Final = re.compile(r"\s*[0-9]")


def column(
    headers: Sequence[str], fields: Sequence[str], mapping: Mapping[str, str], rows: Sequence[Sequence[str]]
) -> int | None:
    """The index of the column with the street numbers, or None if there is none.

    `Numéro` and `N°` may also be a phone number or the number of the row. They are the street number if the
    column is next to that of the address, its cells are such numbers, and most addresses have no number.
    """
    if "adresse" not in fields:
        return None
    address = fields.index("adresse")
    mapped = set(map(fold, mapping))
    for at in (address - 1, address + 1):
        if not 0 <= at < len(headers) or fold(headers[at]) not in _HEADERS - mapped:
            continue
        pairs = [(row[at], row[address]) for row in rows if max(at, address) < len(row) and row[at].strip()]
        without = sum(not _STARTS_WITH_NUMBER.match(street) for _number, street in pairs)
        if pairs and all(_NUMBER.fullmatch(number) for number, _street in pairs) and 2 * without > len(pairs):
            return at
    return None


def assignment(
    headers: Sequence[str], fields: Sequence[str], mapping: Mapping[str, str], rows: Sequence[Sequence[str]]
) -> Assignment | None:
    """The columns of the address and of its number, read together; None if there is no such number."""
    at = column(headers, fields, mapping, rows)
    return None if at is None else Assignment((fields.index("adresse"), at), ("adresse",), _join)


def _join(cells: Sequence[str]) -> Sequence[str]:
    return (joined(cells[1], cells[0]),)


def joined(number: str, street: str) -> str:
    """The address with its number: `20 rue de la Paix`; unchanged if it already starts with a number."""
    if not street.strip() or _STARTS_WITH_NUMBER.match(street):
        return street
    return f"{_DECIMAL.sub('', number.strip())} {street.strip()}".strip()
