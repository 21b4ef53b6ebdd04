"""Recipes: how the columns of a partner's file become the fields of structures.

`recipe_file` reads them from YAML, `mednum_config` from the configuration of the national converter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from epncli.folding import fold
from epncli.model.structure import FIELDS, Texts

Cells = Mapping[str, str]
"""The cells of a row by header."""


@dataclass(frozen=True, slots=True)
class Join:
    """A value made of several cells: those that are not blank, with a separator between them."""

    columns: Texts
    separator: str = " "

    def value(self, cells: Cells) -> str:
        """The value of a row, "" if all cells are blank."""
        return self.separator.join(text for name in self.columns if (text := cells.get(name, "").strip()))


@dataclass(frozen=True, slots=True)
class Split:
    """A value that is one part of a cell, such as the latitude in `48.85, 2.35`."""

    columns: Texts
    """The first that is not blank counts."""
    separator: str
    part: int
    """From 0; negative numbers count from the end."""

    def value(self, cells: Cells) -> str:
        """The value of a row, "" if the cell has no such part."""
        text = next((text for name in self.columns if (text := cells.get(name, "").strip())), "")
        parts = text.split(self.separator)
        return parts[self.part].strip() if -len(parts) <= self.part < len(parts) else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field has if one of the columns contains one of the terms.

    Case, accents and punctuation do not count, and a term is only found as whole words. A cell that
    contains one of `exceptions` does not count. Without terms, any cell that is not blank counts; without
    columns, the field always has the value.
    """

    value: str
    columns: Texts = ()
    terms: Texts = ()
    exceptions: Texts = ()

    def applies(self, cells: Cells) -> bool:
        """True if the row has the value."""
        return not self.columns or any(self._applies(cells.get(name, "")) for name in self.columns)

    def _applies(self, cell: str) -> bool:
        if not cell.strip():
            return False
        text = f" {fold(cell)} "
        if any(f" {fold(term)} " in text for term in self.exceptions):
            return False
        return not self.terms or any(f" {fold(term)} " in text for term in self.terms)


@dataclass(frozen=True)
class Recipe:
    """How the columns of a file become fields. Names of fields are those of the schema."""

    source: str = ""
    """The name of the partner: the field `source` of each structure."""
    identifiant: str = ""
    """The header of the column that identifies a row; "" if there is none."""
    columns: Mapping[str, Texts] = field(default_factory=dict)
    """The fields of each header; none if the column is left out. Of several columns, the first that is
    not blank counts; lists are joined."""
    joins: Mapping[str, Join] = field(default_factory=dict)
    splits: Mapping[str, Split] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    """Of a list, all that apply; of other fields, the first."""
    constants: Mapping[str, str | Texts] = field(default_factory=dict)
    """The values of fields for which the row has none."""
    not_supported: Texts = ()
    """What the file of the recipe says that epn does not do, in words."""

    def values(self, cells: Cells) -> dict[str, str | Texts]:
        """The values of a row by field; fields that the recipe does not mention are not in it."""
        found: dict[str, list[str]] = {name: [] for name in self._fields}
        for header, names in self.columns.items():
            for name in names:
                found[name].append(cells.get(header, ""))
        for rules in (self.joins, self.splits):
            for name, rule in rules.items():
                found[name].append(rule.value(cells))
        for name, choices in self.choices.items():
            found[name] = [one.value for one in choices if one.applies(cells)]
        for name, value in self.constants.items():
            if not any(map(str.strip, found[name])):
                found[name] = [value] if isinstance(value, str) else list(value)
        return {name: _value(name, texts) for name, texts in found.items()}

    @cached_property
    def _fields(self) -> list[str]:
        """The fields that the recipe mentions, in the order of the schema."""
        of_columns = {name for names in self.columns.values() for name in names}
        named = of_columns.union(self.joins, self.splits, self.choices, self.constants)
        return [name for name in FIELDS if name in named]


def _value(name: str, texts: Sequence[str]) -> str | Texts:
    filled = tuple(dict.fromkeys(text for text in texts if text.strip()))
    return filled if FIELDS[name].many else next(iter(filled), "")
