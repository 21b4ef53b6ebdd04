"""Writing of a recipe as YAML, from what an import understood of a file, to be edited and used again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from epncli.formats.reading import Reading
from epncli.formats.tabular.recipe import Choice, Recipe
from epncli.i18n import _, with_colon
from epncli.model.structure import Texts
from epncli.yamlfile.edit.scalar import write_scalar


def write_recipe(recipe: Recipe, readings: Sequence[Reading]) -> str:
    """The YAML of a recipe, with comments. Columns that it does not name are as the readings have them."""
    columns = dict(recipe.columns)
    identifiant, together = recipe.identifiant, list[str]()
    for reading in readings:
        together += reading.together
        for header, fields in reading.columns.items():
            if "id" in fields and not identifiant:
                identifiant = header
            elif header not in recipe.fields:
                columns.setdefault(header, fields)
    columns.pop(identifiant, None)
    about = _("How the columns of the file become fields; edit it, then import with --recipe.")
    about_source = _("the name of the partner")
    about_identifier = _("the header of the column that identifies a row")
    lines = [
        f"# {about}",
        f"source: {write_scalar(str(recipe.constants.get('source', '')))}  # {about_source}",
        f"identifiant: {write_scalar(identifiant)}  # {about_identifier}",
        "colonnes:",
        *(f"  {write_scalar(header)}: {_fields(names)}" for header, names in columns.items()),
    ]
    if together:
        headers = ", ".join(map(write_scalar, dict.fromkeys(together)))
        about = _("recognised together, without an entry here")
        lines.append(f"  # {with_colon(about, headers)}")
    joins = {name: _rule(one.columns, one.separator) for name, one in recipe.joins.items()}
    lines += _section("jointures", joins)
    lines += _section(
        "decoupages",
        {
            name: _rule(one.columns, one.separator, {"partie": str(one.part + 1)})
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


def _section(key: str, values: Mapping[str, Any]) -> Iterable[str]:
    return [f"{key}:", *(f"  {name}: {_flow(value)}" for name, value in values.items())] if values else []


def _fields(names: Texts) -> str:
    if not names:
        return " # " + _("column left out")
    return names[0] if len(names) == 1 else _flow(names)


def _rule(columns: Texts, separator: str, more: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {"colonnes": columns, "separateur": separator, **(more or {})}


def _choice(choice: Choice) -> dict[str, Any]:
    found: dict[str, Any] = {"colonnes": choice.columns, "termes": choice.terms, "sauf": choice.exceptions}
    return {"valeur": choice.value, **{name: value for name, value in found.items() if value}}


def _flow(value: Any) -> str:
    """A text, a list or a mapping on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return write_scalar(str(value), flow=True)
