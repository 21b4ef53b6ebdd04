"""Recipes: what a person has determined about the columns of a partner's file.

`importing.recipe_file` reads them from YAML, `importing.mednum_config` from a configuration of the national
converter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from epncli.folding import fold
from epncli.formats.tabular.columns import Assignment, is_blank, remembered
from epncli.model.structure import FIELDS, Texts


@dataclass(frozen=True, slots=True)
class Join:
    """A value made of several cells: those that are not blank, with a separator between them."""

    columns: Texts
    separator: str = " "

    def value(self, cells: Iterable[str]) -> str:
        """The value, from the cells of the columns; "" if all are blank."""
        return self.separator.join(text for cell in cells if (text := cell.strip()))


@dataclass(frozen=True, slots=True)
class Split:
    """A value that is one part of a cell, such as the latitude in `48.85, 2.35`."""

    columns: Texts
    """The first that is not blank counts."""
    separator: str
    part: int
    """From 0; negative numbers count from the end."""

    def value(self, cells: Iterable[str]) -> str:
        """The value, from the cells of the columns; "" if there is no such part."""
        parts = next((text for cell in cells if (text := cell.strip())), "").split(self.separator)
        return parts[self.part].strip() if -len(parts) <= self.part < len(parts) else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field has if a cell of one of the columns contains one of the terms.

    Case, accents and punctuation do not count, and a term is only found as whole words. A cell that
    contains one of `exceptions` does not count. Without terms, the value is that of the cells that are not
    blank and contain no term of another choice for the same column.
    """

    value: str
    columns: Texts
    terms: Texts = ()
    exceptions: Texts = ()

    def has_term(self, folded: str) -> bool:
        """True if a folded cell contains one of the terms."""
        return _contains(folded, self.terms)

    def is_excepted(self, folded: str) -> bool:
        """True if a folded cell contains one of the exceptions."""
        return _contains(folded, self.exceptions)


def _contains(folded: str, terms: Iterable[str]) -> bool:
    return any(f" {fold(term)} " in f" {folded} " for term in terms)


@dataclass(frozen=True)
class Recipe:
    """How the columns of a file become fields. Names of fields are those of the schema."""

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
    recognised: Texts | None = None
    """The headers that are recognised as without a recipe; None for all that the recipe does not name."""
    not_supported: Texts = ()
    """What the file of the recipe says that epn does not do, in words."""

    @property
    def fields(self) -> dict[str, str]:
        """A field of each header that the recipe names; "" for a column that is left out."""
        found = {header: next(iter(names), "") for header, names in self.columns.items()}
        for name, headers in self._headers():
            for header in headers:
                found[header] = found.get(header) or name
        if self.identifiant:
            found[self.identifiant] = found.get(self.identifiant) or "id"
        return found

    def _headers(self) -> Iterator[tuple[str, Texts]]:
        for rules in (self.joins, self.splits):
            for name, rule in rules.items():
                yield name, rule.columns
        for name, choices in self.choices.items():
            for choice in choices:
                yield name, choice.columns

    @property
    def single_columns(self) -> dict[str, str]:
        """The field of each header that is one field as it is, and "" for a column that is left out."""
        return {
            header: next(iter(names), "")
            for header, names in self.columns.items()
            if len(names) < 2 and not any(name in self.choices for name in names)
        }

    def assignments(self, titles: Sequence[str]) -> list[Assignment]:
        """The assignments of the other columns, from the headers of a table."""
        places: dict[str, int] = {}
        for at, title in enumerate(titles):
            places.setdefault(fold(title), at)
        single = self.single_columns
        found = [
            Assignment((places[key],), (name,))
            for header, names in self.columns.items()
            if header not in single and (key := fold(header)) in places
            for name in names
            if name not in self.choices
        ]
        for rules in (self.joins, self.splits):
            for name, rule in rules.items():
                if columns := _places(rule.columns, places):
                    found.append(Assignment(columns, (name,), partial(_one_value, rule)))
        for name, choices in self.choices.items():
            headers = dict.fromkeys(header for choice in choices for header in choice.columns)
            known = [header for header in headers if fold(header) in places]
            if known:
                own = frozenset(header for header in known if name in self.columns.get(header, ()))
                combine = remembered(partial(_chosen, name, tuple(known), tuple(choices), own))
                found.append(Assignment(_places(known, places), (name,), combine))
        if fold(self.identifiant) in places:
            found.append(Assignment((places[fold(self.identifiant)],), ("identifiants_externes",), tuple))
        return found

    def complete(self, values: dict[str, str | Texts]) -> None:
        """Put the constants into the values of a row, for the fields that it does not have."""
        for name, constant in self.constants.items():
            if is_blank(values.get(name, "")):
                one = isinstance(constant, str)
                values[name] = (constant,) if one and FIELDS[name].many else constant  # type: ignore[assignment]


def _places(headers: Iterable[str], places: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(places[key] for header in headers if (key := fold(header)) in places)


def _one_value(rule: Join | Split, cells: Sequence[str]) -> Sequence[str]:
    return (rule.value(cells),)


def _chosen(
    name: str, headers: Texts, choices: Sequence[Choice], own: frozenset[str], cells: Texts
) -> Sequence[str | Texts]:
    """The value of a field, from the cells of these columns.

    A cell of one of the columns `own`, for which no choice applies, is the value as it is.
    """
    found: set[int] = set()
    others: list[str] = []
    for header, cell in zip(headers, cells, strict=True):
        if not cell.strip():
            continue
        folded = fold(cell)
        here = [
            (at, choice)
            for at, choice in enumerate(choices)
            if header in choice.columns and not choice.is_excepted(folded)
        ]
        applying = [at for at, choice in here if choice.has_term(folded)]
        applying = applying or [at for at, choice in here if not choice.terms]
        found.update(applying)
        if not applying and header in own:
            others.append(cell)
    values = (*(choices[at].value for at in sorted(found)), *others)
    return (tuple(dict.fromkeys(values)) if FIELDS[name].many else next(iter(values), ""),)
