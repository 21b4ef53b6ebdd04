"""A column with whole addresses, such as `12 rue du Puits, 75012 Paris`, in a table without postal codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from epncli.formats.tabular.columns import Assignment
from epncli.rules import communes

FIELDS: Final = ("adresse", "code_postal", "commune")
_LONGEST: Final = 500
_LONGEST_END: Final = 100
_END: Final = re.compile(
    r"(?:^|[\s,;(–-])([0-9]{2} ?[0-9]{3})[\s,–-]{1,5}([^\W\d_][^0-9,;()]{0,60}?)"
    r"(?:\s+cedex(?:\s+[0-9]{1,2})?)?(?:[\s,(–-]{1,3}France\)?)?[\s.,)]*\Z",
    re.IGNORECASE,
)


def assignment(column: Sequence[str], at: int) -> Assignment | None:
    """The column as address, postal code and commune, if most of its cells have all three; else None."""
    whole = sum(bool(_split(cell)[1]) for cell in column)
    return Assignment((at,), FIELDS, _split_cells) if 2 * whole > len(column) else None


def _split_cells(cells: Sequence[str]) -> Sequence[str]:
    return _split(cells[0])


def _split(address: str) -> tuple[str, str, str]:
    """The street, the postal code and the commune; only the address unless the code is one of the commune."""
    start = max(0, len(address) - _LONGEST_END)
    found = _END.search(address, start) if len(address) <= _LONGEST else None
    if not found:
        return address, "", ""
    code, commune = found[1].replace(" ", ""), found[2].strip(" .–-")
    if not communes.communes_named(code, commune):
        return address, "", ""
    return address[: found.start()].rstrip(" ,;(–-\r\n\t"), code, commune
