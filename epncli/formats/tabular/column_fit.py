"""Whether the cells of a column may be values of a field, whatever its header says.

A cell that its rule refuses may still be corrected by the import: `www.a.fr`, `15/01/24 14:00`, `mardi`.
Only cells that have nothing of such a value do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from epncli.folding import fold
from epncli.formats import national as national_map
from epncli.model.structure import FIELDS, Kind
from epncli.rules import communes, enumeration

SAMPLE: Final = 200
"""Number of filled cells of a column that are looked at."""
_MOST_TERMS: Final = 20
"""Number of values of a list that are looked at."""
_LONGEST: Final = 1_000
_FEWEST: Final = 3
"""Fewer filled cells prove nothing."""
_NO_VALUE: Final = frozenset(
    ("", "n a", "na", "n d", "nd", "nc", "n c", "neant", "aucun", "aucune", "null", "none", "nan")
)
_LONGEST_NO_VALUE: Final = 20
_ANSWERS: Final = frozenset(("oui", "non", "yes", "no", "true", "false", "vrai", "faux"))
_MARKS: Final = frozenset(("x", "o", "n"))
_SHAPES: Final = {
    Kind.TELEPHONE: r"(?:[0-9][^0-9]{0,3}){4}",
    Kind.COURRIEL: r"@",
    Kind.URL: r"[^\s.]\.[^\s.]|://",
    Kind.PIVOT: r"(?:[0-9][^0-9]{0,3}){9}",
    Kind.DATE: r"[0-9]{4}|[0-9][/.-][0-9]{1,2}[/.-][0-9]{2}",
    Kind.PLANNED_DATE: r"[0-9]{4}|[0-9][/.-][0-9]{1,2}[/.-][0-9]{2}",
    Kind.PARTIAL_DATE: r"[0-9]{4}|[0-9][/.-][0-9]{1,2}[/.-][0-9]{2}",
    Kind.INTERVAL: r"[0-9]{4}",
    Kind.REFERENCE: r"\S",
    Kind.CODE_POSTAL: r"[0-9][0-9 ]{3,5}(?![0-9])",
    Kind.CODE_INSEE: r"[0-9][0-9ABab ][0-9]{2,3}(?![0-9])",
    Kind.LATITUDE: r"[0-9]",
    Kind.LONGITUDE: r"[0-9]",
    Kind.HORAIRES: r"[0-9]|\b(?:lun|mar|mer|jeu|ven|sam|dim)|jour|ferm|matin|midi|rendez|rdv",
    Kind.ID: r"\S",
    Kind.TEXT: r"[^\W\d_]",
}  # fmt: skip
"""What a value of each kind has at least somewhere."""
_INTERNET_ADDRESS: Final = re.compile(r"[^\s@]@[^\s@]{1,80}\.[^\s@]|://")
_STATUS: Final = re.compile(
    r"\b(?:ouvert|ferm|open|clos|(?:(?:in)?acti(?:f|ve)s?|cess(?:ee?|ation)|en (?:activite|service))\b)"
)
"""`ouverte`, `définitivement fermé`, `closed`, `inactif`, `en activité`, folded."""
_COMPILED: Final = {kind: re.compile(shape, re.IGNORECASE) for kind, shape in _SHAPES.items()}
_BETWEEN_TERMS: Final = (re.compile(r"[|;\n]"), re.compile(r"[|;,\n/]"))


def filled(rows: Iterable[Sequence[str]], at: int) -> list[str]:
    """At most SAMPLE cells of a column that have a value, evenly spread; `-` or `néant` is none."""
    found = [row[at] for row in rows if at < len(row) and row[at].strip()]
    return [cell for cell in found[:: len(found) // SAMPLE + 1] if _has_value(cell)]


def _has_value(cell: str) -> bool:
    return len(cell) > _LONGEST_NO_VALUE or fold(cell) not in _NO_VALUE


def misfit(name: str, column: Sequence[str]) -> str:
    """A cell that shows that the column is not that field, if most of its cells do not fit it; else ""."""
    if name not in FIELDS or len(column) < _FEWEST:
        return ""
    strange = [cell for cell in column if not fits(name, cell)]
    return strange[0] if 2 * len(strange) > len(column) else ""


def fits(name: str, cell: str) -> bool:
    """True if the cell may be, or may contain, a value of the field."""
    field = FIELDS[name]
    cell = cell[:_LONGEST].strip()
    if name == "statut":
        return bool(_STATUS.search(fold(cell)))
    if field.kind is Kind.ENUM:
        return _has_term(name, field.values, cell)
    if field.kind is Kind.LONG_TEXT:
        return True
    if fold(cell) in _ANSWERS or (name == "nom" and fold(cell) in _MARKS):
        return False
    if name in ("nom", "commune", "adresse") and _INTERNET_ADDRESS.search(cell):
        return False
    return bool(_COMPILED[field.kind].search(cell))


def _has_term(name: str, allowed: tuple[str, ...], cell: str) -> bool:
    parts = [cell, *(part for between in _BETWEEN_TERMS for part in between.split(cell)[:_MOST_TERMS])]
    return any(
        enumeration.is_value(part, allowed) or national_map.has_equivalent(name, part)
        for part in map(str.strip, parts)
    )


def suggestible(name: str, column: Sequence[str]) -> bool:
    """True if the field may be suggested for a column with another header.

    A wrong name or id does the most harm, and nothing in the cells tells them from other texts: they are
    never suggested. Communes and postal codes are recognised by the cells.
    """
    if name in ("id", "nom"):
        return False
    if name == "commune":
        fitting = sum(bool(communes.codes(cell[:_LONGEST].strip())) for cell in column)
    elif name == "code_postal":
        fitting = sum(communes.is_code(cell.strip()) for cell in column)
    else:
        return not column or 2 * sum(fits(name, cell) for cell in column) >= len(column)
    return fitting > 0 and 2 * fitting >= len(column)
