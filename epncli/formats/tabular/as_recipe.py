"""How the columns of a table were recognised, as a recipe that reads the same values from them.

A recipe says less than recognition understands, such as a point in WKT. Columns that it cannot say have no
entry and are recognised again, as are all columns of the same fields, so that the same ones count first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from epncli.folding import fold
from epncli.formats.tabular import columns, coordinates, place_in_address
from epncli.formats.tabular.columns import Assignment
from epncli.formats.tabular.recipe import Join, Recipe, Split
from epncli.model.structure import FIELDS, POSITION, Texts

_SEPARATORS: Final = (",", ";", "/", "|", " ")
"""What may stand between the two coordinates in a cell."""

Rows = Sequence[Sequence[str]]


def as_recipe(
    titles: Sequence[str],
    rows: Rows,
    assignments: Sequence[Assignment],
    mapping: Mapping[str, str],
    used: Recipe | None,
    *,
    guarded: bool,
) -> Recipe:
    """The recipe of a table. Its `recognised` are the headers of columns that are read without an entry.

    `used` is the recipe with which the table was read: of it, only the single columns are repeated.
    `mapping` and `guarded` are those of the reading.
    """
    only_source = _only_sources(titles, assignments, used)
    rules: list[Recipe] = []
    rest: list[Assignment] = []
    for one in assignments:
        names = tuple(titles[at] for at in one.columns)
        cells = (columns.cells_of(row, one.columns, guarded=guarded) for row in rows)
        if one in only_source and (found := _rules(one, names, cells)):
            rules.append(found)
        else:
            rest.append(one)
    entries, recognised = _entries(titles, rest, mapping)
    joins, splits = dict[str, Join](), dict[str, Split]()
    for rule in rules:
        entries |= rule.columns
        recognised |= set(rule.recognised or ())
        joins |= rule.joins
        splits |= rule.splits
    in_rules = [header for join in joins.values() for header in join.columns]
    in_rules += [header for split in splits.values() for header in split.columns]
    read = {fold(title) for title in (*entries, *recognised, *in_rules)}
    entries |= {title: () for title in titles if title.strip() and fold(title) not in read}
    return Recipe(
        columns=_in_order(titles, entries, assignments),
        joins=joins,
        splits=splits,
        recognised=tuple(title for title in dict.fromkeys(titles) if title in recognised),
    )


def _only_sources(
    titles: Sequence[str], assignments: Sequence[Assignment], used: Recipe | None
) -> list[Assignment]:
    """The columns that are read together, without those whose fields or headers other columns have as well.

    Nor are those among them that `used` names.
    """
    known = set(map(fold, used.fields)) if used else set()
    sources = Counter(name for one in assignments for name in one.fields)
    same_header = Counter(map(fold, titles))
    found = []
    for one in assignments:
        names = {fold(titles[at]) for at in one.columns}
        is_only = all(sources[name] == 1 for name in one.fields)
        if one.combine and is_only and not names <= known and all(same_header[name] == 1 for name in names):
            found.append(one)
    return found


def _entries(
    titles: Sequence[str], assignments: Sequence[Assignment], mapping: Mapping[str, str]
) -> tuple[dict[str, Texts], set[str]]:
    """The entries of these columns, and the headers of those that are left to recognition."""
    # Of two columns with the same header, an entry would also read the one that is left out.
    columns_with = Counter(map(fold, titles))
    read = Counter(fold(titles[at]) for at in {at for one in assignments for at in one.columns})
    left = {
        name
        for one in assignments
        for name in one.fields
        if one.combine or read[fold(titles[one.columns[0]])] < columns_with[fold(titles[one.columns[0]])]
    }
    mapped = {fold(header): name for header, name in mapping.items()}
    entries: dict[str, Texts] = {}
    recognised: set[str] = set()
    for one in assignments:
        for at in one.columns:
            title, name = titles[at], mapped.get(fold(titles[at]))
            if name is None and not one.combine and one.fields[0] not in left:
                name = one.fields[0]
            if name in FIELDS:
                entries.setdefault(title, (name,))
            else:
                recognised.add(title)
    return entries, recognised


def _in_order(
    titles: Sequence[str], entries: Mapping[str, Texts], assignments: Sequence[Assignment]
) -> dict[str, Texts]:
    """The entries in the order of the table; of several columns of one field, those that count come first."""
    names = [title for title in dict.fromkeys(titles) if title in entries]
    counting: dict[str, int] = {}
    for at in (at for one in assignments for at in one.columns):
        counting.setdefault(titles[at], len(counting))
    places: defaultdict[Texts, list[int]] = defaultdict(list)
    for place, title in enumerate(names):
        places[entries[title]].append(place)
    ordered = list(names)
    for fields, alike in places.items():
        if fields:
            first_ones = sorted((names[place] for place in alike), key=counting.__getitem__)
            for place, title in zip(alike, first_ones, strict=True):
                ordered[place] = title
    return {title: entries[title] for title in ordered}


def _rules(one: Assignment, names: Texts, cells: Iterable[Sequence[str]]) -> Recipe | None:
    """The recipe that reads the same from the cells of these columns; None if there is none."""
    assert one.combine
    if one.fields == ("horaires",):
        return Recipe(columns=dict.fromkeys(names, ("horaires",)))
    if one.fields == place_in_address.FIELDS:
        return Recipe(columns={names[0]: ("adresse",)})
    if one.fields == ("adresse",):
        street, number = names
        join = Join((number, street))
        if all((join.value(row[::-1]),) == one.combine(row) for row in cells):
            return Recipe(joins={"adresse": join})
        return Recipe(columns={street: ("adresse",)}, recognised=(number,))
    if one.fields == POSITION:
        known = list(cells)
        values = [tuple(one.combine(row)) for row in known]
        return _split(names, known, values) if len(names) == 1 else _pair(names, known, values)
    return None


def _split(names: Texts, cells: Rows, values: Sequence[Sequence[str | Texts]]) -> Recipe | None:
    """The parts of a cell that are the coordinates."""
    for separator in _SEPARATORS:
        for parts in ((0, 1), (1, 0)):
            one, other = (Split(names, separator, part) for part in parts)
            if all(
                (one.value(row), other.value(row)) == value for row, value in zip(cells, values, strict=True)
            ):
                return Recipe(splits=dict(zip(POSITION, (one, other), strict=True)))
    return None


def _pair(names: Texts, cells: Rows, values: Sequence[Sequence[str | Texts]]) -> Recipe | None:
    """Which of two columns is the latitude, rather without anything left to recognise, such as Lambert 93."""
    said: list[tuple[bool, Recipe]] = []
    for fields in (POSITION, POSITION[::-1]):
        found = coordinates.of_columns(names, fields, cells)
        one = found[0] if found else Assignment(tuple(map(fields.index, POSITION)), fields, tuple)
        assert one.combine
        if [tuple(one.combine([row[at] for at in one.columns])) for row in cells] == values:
            entries = {name: (field,) for name, field in zip(names, fields, strict=True)}
            said.append((found is not None, Recipe(columns=entries)))
    return min(said, key=lambda one: one[0])[1] if said else None
