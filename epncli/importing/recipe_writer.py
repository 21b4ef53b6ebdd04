"""Writing of a recipe as YAML, from what an import understood of a file, to be edited and used again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from epncli.formats.reading import Reading
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.i18n import _, with_colon
from epncli.model.structure import Texts
from epncli.yamlfile.edit.scalar import write_scalar

Rule = TypeVar("Rule", Join, Split)


def write_recipe(recipe: Recipe, readings: Sequence[Reading]) -> str:
    """The YAML of a recipe, with comments. Columns that it does not name are as the readings have them."""
    recipe = _completed(recipe, [reading.understood for reading in readings if reading.understood])
    about = _("How the columns of the file become fields; edit it, then import with --recipe.")
    about_source = _("the name of the partner")
    about_identifier = _("the header of the column that identifies a row")
    lines = [
        f"# {about}",
        f"source: {write_scalar(str(recipe.constants.get('source', '')))}  # {about_source}",
        f"identifiant: {write_scalar(recipe.identifiant)}  # {about_identifier}",
        "colonnes:",
        *(f"  {write_scalar(header)}: {_fields(names)}" for header, names in recipe.columns.items()),
    ]
    if recipe.recognised:
        headers = ", ".join(map(write_scalar, recipe.recognised))
        about = _("recognised without an entry here")
        lines.append(f"  # {with_colon(about, headers)}")
    lines += _section(
        "jointures", {name: _rule(one.columns, one.separator) for name, one in recipe.joins.items()}
    )
    lines += _section(
        "decoupages",
        {
            name: _rule(one.columns, one.separator, {"partie": one.part + 1})
            for name, one in recipe.splits.items()
        },
    )
    if recipe.choices:
        lines.append("valeurs:")
        for name, choices in recipe.choices.items():
            lines += [f"  {name}:", *(f"    - {_flow(_choice(one))}" for one in choices)]
    constants = {name: value for name, value in recipe.constants.items() if name != "source"}
    lines += _section("constantes", constants)
    return "\n".join(lines) + "\n"


def _completed(recipe: Recipe, understood: Sequence[Recipe]) -> Recipe:
    """The recipe with what was understood of the files, of which the first counts for columns in several.

    A column that has no entry in one of them has none in the recipe.
    """
    recognised = dict.fromkeys(header for one in understood for header in one.recognised or ())
    identifiant, found = recipe.identifiant, dict[str, Texts]()
    joins, splits = dict(recipe.joins), dict(recipe.splits)
    for one in understood:
        found |= {header: names for header, names in one.columns.items() if not found.get(header)}
        joins = _without(recognised, one.joins) | joins
        splits = _without(recognised, one.splits) | splits
    columns = dict(recipe.columns)
    for header, names in found.items():
        if header in recognised:
            continue
        if "id" in names and not identifiant:
            identifiant = header
        elif header not in recipe.fields or header in recipe.single_columns:
            columns[header] = names
    columns.pop(identifiant, None)
    return replace(
        recipe,
        identifiant=identifiant,
        columns=columns,
        joins=joins,
        splits=splits,
        recognised=tuple(recognised),
    )


def _without(headers: Collection[str], rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules that have none of these columns."""
    return {name: rule for name, rule in rules.items() if not set(headers) & set(rule.columns)}


def _section(key: str, values: Mapping[str, Any]) -> Iterable[str]:
    return [f"{key}:", *(f"  {name}: {_flow(value)}" for name, value in values.items())] if values else []


def _fields(names: Texts) -> str:
    if not names:
        return " # " + _("column left out")
    return names[0] if len(names) == 1 else _flow(names)


def _rule(columns: Texts, separator: str, more: Mapping[str, int] | None = None) -> dict[str, Any]:
    return {"colonnes": columns, "separateur": separator, **(more or {})}


def _choice(choice: Choice) -> dict[str, Any]:
    found: dict[str, Any] = {"colonnes": choice.columns, "termes": choice.terms, "sauf": choice.exceptions}
    return {"valeur": choice.value, **{name: value for name, value in found.items() if value}}


def _flow(value: Any) -> str:
    """A text, a number, a list or a mapping on one line."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return write_scalar(str(value), flow=True)
