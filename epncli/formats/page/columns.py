"""The columns of the web page: related fields share one, so that a row has few and wide ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from epncli.display.words import heading
from epncli.formats.writing import Export
from epncli.i18n import N_, catalog
from epncli.model.structure import LABEL_FIELDS, Structure

_GROUPS: Final = {
    "nom": ("nom", *sorted(LABEL_FIELDS)),
    "contact": ("telephones", "courriels", "site_web"),
    "adresse": ("adresse", "complement_adresse", "code_postal", "commune"),
    "horaires": ("horaires",),
    "services": ("services",),
    "date_maj": ("date_maj",),
}
"""The columns in their order, with their fields. Any other field of `--fields` is a column of its own."""
_HEADINGS: Final = {
    "nom": N_("Name"),
    "contact": N_("Contact"),
    "adresse": N_("Address"),
    "code_postal": N_("Postal code"),
}
"""The headings of the columns, or of the fields that are alone in one, where they differ from `heading`."""
_UNSORTED: Final = frozenset(("contact", "horaires", "services"))
"""The columns by which no reader needs a list sorted."""
_FEW: Final = 10
"""A column that less than one place in so many fills is left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table."""

    name: str
    fields: tuple[str, ...]
    """The fields that it shows."""
    heading: str
    is_sorted: bool
    """True if readers may sort by it."""


def columns(export: Export) -> list[Column]:
    """The columns, the name first: of `export.fields`, by default those that a tenth of the places fill.

    The commune is only shown if there are several.
    """
    fields = export.fields or _default(export.structures)
    found = [_column("nom", _within("nom", fields) or ("nom",), export.lang)]
    for name in _GROUPS:
        shown = _within(name, fields)
        if name != "nom" and shown and (export.fields or _is_filled(export.structures, shown)):
            found.append(_column(name, shown, export.lang))
    grouped = {field for group in _GROUPS.values() for field in group}
    found += [_column(name, (name,), export.lang) for name in fields if name not in grouped]
    return found


def _within(name: str, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(field for field in _GROUPS[name] if field in fields)


def _column(name: str, fields: tuple[str, ...], lang: str) -> Column:
    alone = fields[0] if len(fields) == 1 else name
    words = catalog(lang).gettext(_HEADINGS[alone]) if alone in _HEADINGS else heading(alone, lang)
    return Column(name, fields, words, name not in _UNSORTED)


def _default(structures: Sequence[Structure]) -> tuple[str, ...]:
    """The fields of all groups that any place has."""
    every = [field for group in _GROUPS.values() for field in group]
    several = len({one.commune.strip().casefold() for one in structures if one.commune.strip()}) > 1
    return tuple(
        field
        for field in every
        if any(getattr(one, field) for one in structures) and (field != "commune" or several)
    )


def _is_filled(structures: Sequence[Structure], fields: Sequence[str]) -> bool:
    filled = sum(1 for one in structures if any(getattr(one, field) for field in fields))
    return filled * _FEW >= len(structures)
