"""The JSON Schema of a recipe, for editors that complete and check YAML. Source: JSON Schema 2020-12."""

from __future__ import annotations

import json
from typing import Any, Final

from epncli.i18n import N_, catalog
from epncli.model.structure import FIELDS

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": ["string", "number", "boolean"]}
_TEXTS: Final[Schema] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def schema() -> Schema:
    """The JSON Schema as a Python value."""
    say = catalog("fr").gettext
    fields: Schema = {"enum": list(FIELDS)}
    choice = _object(
        {
            "valeur": _TEXT | {"description": say(N_("The value that the field gets."))},
            "colonnes": _TEXTS | {"description": say(N_("The headers of the columns."))},
            "termes": _TEXTS | {"description": say(N_("One of these words must be in the cell."))},
            "sauf": _TEXTS | {"description": say(N_("None of these words may be in the cell."))},
        },
        ["valeur"],
    )
    join = _object({"colonnes": _TEXTS, "separateur": _TEXT}, ["colonnes"])
    split = _object(
        {"colonnes": _TEXTS, "separateur": _TEXT, "partie": {"type": ["integer", "string"]}},
        ["colonnes", "partie"],
    )
    values = {"type": "object", "additionalProperties": _TEXT}
    choices = {"anyOf": [values, {"type": "array", "items": choice}]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": say(N_("A recipe for ‘epn import’")),
        **_object(
            {
                "source": _TEXT | {"description": say(N_("The name of the partner."))},
                "identifiant": _TEXT
                | {"description": say(N_("The header of the column that identifies a row."))},
                "colonnes": {
                    "description": say(N_("The field of each header; nothing for a column to leave out.")),
                    "type": ["object", "null"],
                    "additionalProperties": {
                        "anyOf": [fields, {"type": "null"}, {"type": "array", "items": fields}]
                    },
                },
                "jointures": _by_field(join, say(N_("Fields made of several columns."))),
                "decoupages": _by_field(split, say(N_("Fields that are one part of a cell."))),
                "valeurs": _by_field(choices, say(N_("Fields whose cells are replaced with a value."))),
                "constantes": _by_field(
                    _TEXTS, say(N_("Values for the fields that a row does not have."))
                ),
            }
        ),
    }  # fmt: skip


def _object(properties: Schema, required: list[str] | None = None) -> Schema:
    found: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return found | {"required": required} if required else found


def _by_field(value: Schema, description: str) -> Schema:
    return {
        "description": description,
        "type": ["object", "null"],
        "propertyNames": {"enum": list(FIELDS)},
        "additionalProperties": value,
    }


def schema_text() -> str:
    """The JSON Schema as JSON."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
