"""Recognition of the columns of a table by their headers, unless their cells contradict these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from epncli.folding import fold
from epncli.formats import national as national_map
from epncli.formats.tabular import (
    column_fit,
    column_warnings,
    coordinates,
    day_columns,
    geocoder,
    headers,
    hours_in_words,
    place_in_address,
    street_number,
)
from epncli.formats.tabular.columns import Assignment
from epncli.formats.tabular.recipe import Recipe

Rows = Sequence[Sequence[str]]
Ranked = tuple[int, Assignment]
"""An assignment after its rank among those of the same field."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is known of the columns of a table."""

    assignments: list[Assignment]
    """Of several columns of one field, those that count first come first."""
    recognised: list[str]
    """What the user does not see in the headers, such as the unit of coordinates."""
    warnings: list[str]
    """About the columns that are left out or share a field."""


def assign(
    titles: Sequence[str],
    fields: Sequence[str],
    rows: Rows,
    mapping: Mapping[str, str],
    recipe: Recipe | None = None,
    *,
    national: bool,
) -> Recognition:
    """Assign the columns with these headers to fields. `fields` are those that the headers name, or ""."""
    mapped = [headers.mapped(title, mapping) for title in titles]
    of_recipe = recipe.assignments(titles) if recipe else []
    # A column that is left out, or that the recipe reads, is as one without a header.
    left_out = {at for at, name in enumerate(mapped) if name == ""}
    left_out |= _without_recognition(titles, of_recipe, recipe) if recipe else set()
    titles = ["" if at in left_out else title for at, title in enumerate(titles)]
    fields = ["" if at in left_out else name for at, name in enumerate(fields)]
    found, recognised = _read_together(titles, fields, rows, mapping)
    warnings: list[str] = []
    unknown: list[tuple[str, Sequence[str]]] = []
    score_at = geocoder.score_column(titles)
    done = {at for _rank, one in found for at in one.columns} | {score_at}
    found += [(_MAPPED, one) for one in of_recipe]
    for at in _in_order(titles, recipe):
        title, known = titles[at], fields[at]
        bare = title.strip()
        if not bare or at in done:
            continue
        if score_at is not None and mapped[at] is None and geocoder.is_detail(title):
            continue
        name = bare if national and bare in national_map.OLD_COLUMNS else known
        column = column_fit.filled(rows, at)
        if mapped[at]:
            found.append((_MAPPED, Assignment((at,), (name,))))
        elif name and score_at is not None and geocoder.is_answer(title):
            found.append((_GEOCODED, geocoder.assignment(at, score_at, name)))
        else:
            one = _of_column(at, title, name, column)
            if isinstance(one, str):
                warnings.append(one)
            elif one:
                found.append(one)
            else:
                unknown.append((title, column))
    found.sort(key=lambda ranked: ranked[0])
    warnings += column_warnings.unknown(unknown)
    shared = [one for rank, one in found if rank < _GEOCODED]
    shared = [one for one in shared if not hours_in_words.is_header(titles[one.columns[0]])]
    warnings += column_warnings.shared(titles, shared)
    if score_at is not None:
        named = any("nom" in one.fields for _rank, one in found)
        warnings += geocoder.warnings(rows, score_at, named=named)
    return Recognition([one for _rank, one in found], recognised, warnings)


def _in_order(titles: Sequence[str], recipe: Recipe | None) -> Sequence[int]:
    """The indexes of the columns; those that the recipe names first, since their order there counts."""
    if recipe is None:
        return range(len(titles))
    order = {fold(header): place for place, header in reversed([*enumerate(recipe.columns)])}
    return sorted(range(len(titles)), key=lambda at: order.get(fold(titles[at]), len(order)))


def _without_recognition(titles: Sequence[str], of_recipe: Sequence[Assignment], recipe: Recipe) -> set[int]:
    """The columns that the recipe reads, and those that it does not mention, unless these are recognised."""
    single = {fold(header) for header in recipe.single_columns}
    found = {at for one in of_recipe for at in one.columns if fold(titles[at]) not in single}
    if recipe.recognised is not None:
        known = single | {fold(header) for header in recipe.recognised}
        found |= {at for at, title in enumerate(titles) if fold(title) not in known}
    return found


_MAPPED, _OWN_NAME, _OTHER_HEADER, _IN_WORDS, _GEOCODED = range(5)
"""What counts first of several columns of one field: what --map says, then the name of the field."""


def _read_together(
    titles: Sequence[str], fields: Sequence[str], rows: Rows, mapping: Mapping[str, str]
) -> tuple[list[Ranked], list[str]]:
    """The assignments of columns that are not one field each, and what is recognised in them."""
    found: list[Ranked] = []
    recognised: list[str] = []
    if pair := coordinates.of_columns(titles, fields, rows):
        found.append((_OTHER_HEADER, pair[0]))
        recognised += [words] if (words := pair[1].words) else []
    if address := street_number.assignment(titles, fields, mapping, rows):
        found.append((_OWN_NAME, address))
    elif "adresse" in fields and not {"commune", "code_postal"} & set(fields):
        at = fields.index("adresse")
        if titles[at] and (address := place_in_address.assignment(column_fit.filled(rows, at), at)):
            found.append((_OWN_NAME, address))
    if days := day_columns.assignment(titles, rows):
        found.append((_OTHER_HEADER, days))
    return found, recognised


def _of_column(at: int, title: str, name: str, column: Sequence[str]) -> Ranked | str | None:
    """The assignment of one column, whose header names the field `name`; else why it is left out.

    None for an unknown column.
    """
    if not name:
        point = coordinates.of_one_column(title, column, at)
        return (_OTHER_HEADER, point) if point else None
    if value := column_fit.misfit(national_map.current_name(name), column):
        return column_warnings.misfit(title, name, value)
    rank = _OWN_NAME if fold(title) == fold(name) else _OTHER_HEADER
    return (_IN_WORDS if hours_in_words.is_header(title) else rank, Assignment((at,), (name,)))
