"""The JSON Schema of a registry, derived from `Structure`, for editors that complete and check YAML.

docs/regenerate.py writes the committed copy. Titles and descriptions are in French, like the fields and
their values. Source: JSON Schema 2020-12.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from epncli.i18n import N_, catalog
from epncli.model.structure import FIELDS, Field, Kind

Schema = dict[str, Any]

COMMITTED = Path(__file__).parents[1] / "data" / "registry.schema.json"
"""The committed copy, which the first line of a registry names for editors."""

_DESCRIPTIONS: Final = {
    Kind.ID: N_("A unique id that never changes, such as ‘centre-d-animation-daviel’."),
    Kind.LONG_TEXT: N_("Can have several lines, indented below a |."),
    Kind.CODE_POSTAL: N_('Five digits between quotes: "75012".'),
    Kind.CODE_INSEE: N_('Five characters between quotes: "75112". ‘epn check --fix’ fills it in.'),
    Kind.TELEPHONE: N_("With spaces: 01 46 36 70 13."),
    Kind.COURRIEL: N_("For example: contact@exemple.fr."),
    Kind.URL: N_("Starts with http:// or https://."),
    Kind.PIVOT: N_("The SIRET of the place (14 digits) or its RNA (W and 9 digits), between quotes."),
    Kind.HORAIRES: N_("In OpenStreetMap’s notation: Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00."),
    Kind.LATITUDE: N_("In decimal degrees, with a point: 48.8566."),
    Kind.LONGITUDE: N_("In decimal degrees, with a point: 2.3522."),
    Kind.DATE: N_("A day: 2014-09-30."),
    Kind.PLANNED_DATE: N_("A day, which may be in the future: 2026-12-03."),
    Kind.PARTIAL_DATE: N_("A day, a month or a year: 2014-09-30, 2014-09, 2014."),
    Kind.INTERVAL: N_(
        "The first and the last day, .. if it is not known yet, and a reason: 2026-07-20/2026-08-24 congés."
    ),
    Kind.REFERENCE: N_("The id of another structure of the registry."),
    Kind.ENUM: N_("One of the values of the list."),
}
_MANY: Final = N_("One value, or a list of them.")

# An unquoted number is a number to YAML readers, but epn reads its text, so numbers are accepted. Codes
# and phone numbers must be quoted: without quotes, other tools would drop their leading zeros.
_PLAIN: Final[Schema] = {"type": ["string", "number", "boolean"]}
_SHAPES: Final[dict[Kind, Schema]] = {
    Kind.ID: {"type": ["string", "number"], "minLength": 1},
    Kind.TEXT: _PLAIN,
    Kind.LONG_TEXT: _PLAIN,
    Kind.CODE_POSTAL: {"type": "string", "pattern": "^[0-9]{5}$"},
    Kind.CODE_INSEE: {"type": "string", "pattern": "^([013-9][0-9]|2[AB1-9])[0-9]{3}$"},
    Kind.TELEPHONE: {"type": "string", "minLength": 2},
    Kind.COURRIEL: {"type": "string", "format": "email", "pattern": "^[^@\\s]+@[^@\\s]+$"},
    Kind.URL: {"type": "string", "format": "iri", "pattern": "^https?://[^\\s]+$"},
    Kind.PIVOT: {"type": "string", "pattern": "^(W[0-9][0-9A-Z][0-9]{7}|[0-9]{9}|[0-9]{14})$"},
    Kind.HORAIRES: {"type": "string"},
    Kind.LATITUDE: {"type": ["string", "number"], "minimum": -90, "maximum": 90},
    Kind.LONGITUDE: {"type": ["string", "number"], "minimum": -180, "maximum": 180},
    Kind.DATE: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Kind.PLANNED_DATE: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Kind.PARTIAL_DATE: {
        "type": ["string", "integer"],
        "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    },
    Kind.INTERVAL: {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}/([0-9]{4}-[0-9]{2}-[0-9]{2}|\\.\\.)( .+)?$",
    },
    Kind.REFERENCE: {"type": ["string", "number"], "minLength": 1},
}


def schema() -> Schema:
    """The JSON Schema as a Python value."""
    say = catalog("fr").gettext
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": say(N_("A registry of EPN (espaces publics numériques)")),
        "type": "object",
        "required": ["structures"],
        "additionalProperties": False,
        "properties": {
            "titre": _PLAIN | {"description": say(N_("The title of exported tables and pages."))},
            "contact": _PLAIN
            | {
                "description": say(
                    N_("Whom readers of a page may tell of a mistake: an e-mail, phone or URL.")
                )
            },
            "structures": {
                "description": say(N_("The structures, each starting with a dash.")),
                "type": ["array", "null"],
                "items": {
                    "type": "object",
                    "required": [name for name, field in FIELDS.items() if field.required],
                    "additionalProperties": False,
                    "properties": {name: _property(field, say) for name, field in FIELDS.items()},
                },
            },
        },
    }


def schema_text() -> str:
    """The JSON Schema as the text of a file: indented by two spaces, with a final newline."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def description(field: Field, say: Callable[[str], str]) -> str:
    """What a field holds, in sentences that `say` translates; "" for plain text."""
    words = [say(_DESCRIPTIONS[field.kind])] if field.kind in _DESCRIPTIONS else []
    words += [say(_MANY)] if field.many else []
    return " ".join(words)


def _property(field: Field, say: Callable[[str], str]) -> Schema:
    one: Schema = {"enum": list(field.values)} if field.values else dict(_SHAPES[field.kind])
    if field.max_length:
        one["maxLength"] = field.max_length
    words = description(field, say)
    said = {"title": say(field.label_id)} | ({"description": words} if words else {})
    if field.required:
        return said | one
    # A key without a value counts as a missing field.
    shapes = [one, {"type": "array", "items": one}] if field.many else [one]
    return said | {"anyOf": [*shapes, {"type": "null"}]}
