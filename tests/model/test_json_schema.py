"""The JSON Schema: derived from `Structure`, committed, and valid for the registry of the repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from epncli.model import enums
from epncli.model.json_schema import COMMITTED, schema, schema_text
from epncli.model.structure import FIELDS

ROOT = Path(__file__).parents[2]


class CoreLoader(yaml.CBaseLoader):
    """Types as an editor sees them: YAML 1.2's core schema, without dates or octal zeros."""


for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
for name in ("null", "bool", "int", "float"):
    CoreLoader.add_constructor(
        f"tag:yaml.org,2002:{name}", getattr(yaml.constructor.SafeConstructor, f"construct_yaml_{name}")
    )


def load(text: str) -> Any:
    return yaml.load(text, Loader=CoreLoader)  # noqa: S506  a loader of plain values


def complaints(text: str) -> list[str]:
    """Where the schema refuses a registry, as paths."""
    errors = Draft202012Validator(schema()).iter_errors(load(text))
    return ["/".join(map(str, error.absolute_path)) for error in errors]


def record(*lines: str) -> str:
    start = ["structures:", "  - id: a", "    nom: A", "    commune: Paris", '    code_postal: "75012"']
    return "\n".join([*start, *(f"    {line}" for line in lines)]) + "\n"


def test_the_committed_schema_is_the_one_that_the_dataclass_gives() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run: python docs/regenerate.py"


def test_the_schema_is_valid_under_the_metaschema() -> None:
    Draft202012Validator.check_schema(schema())


def test_it_has_each_field_of_the_dataclass_with_its_french_label() -> None:
    properties = schema()["properties"]["structures"]["items"]["properties"]
    assert list(properties) == list(FIELDS)
    assert properties["telephones"]["title"] == "Téléphones"
    assert properties["code_postal"]["description"].startswith("Cinq chiffres entre guillemets")
    alike = ("commune", "latitude", "longitude", "services", "source", "notes")
    assert all(
        properties[name]["title"] != field.label_id for name, field in FIELDS.items() if name not in alike
    )


def test_a_closed_list_has_the_values_of_the_national_schema() -> None:
    properties = schema()["properties"]["structures"]["items"]["properties"]
    one, several, nothing = properties["services"]["anyOf"]
    assert one == {"enum": list(enums.SERVICES)}
    assert several == {"type": "array", "items": one}
    assert nothing == {"type": "null"}


def test_the_registry_of_this_repository_names_the_schema_and_fits_it() -> None:
    text = (ROOT / "registry.yaml").read_text(encoding="utf-8")
    first = text.split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema={COMMITTED.relative_to(ROOT).as_posix()}"
    assert complaints(text) == []


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["telephones: 01 46 36 70 13"],
        ["telephones: [01 46 36 70 13, 06 12 34 56 78]"],
        ["telephones:"],
        ["adresse:"],
        ["latitude: 48.85", 'longitude: "2.35"'],
        ["statut: fermé", "date_fermeture: 2014"],
        ["date_fermeture: 2014-09", "date_maj: 2026-01-31"],
        ["services: Accès internet et matériel informatique"],
        ["itinerance: [Fixe, Itinérant]"],
        ["notes: |", "  deux", "  lignes"],
        ['rappeler_le: "2026-12-03"'],
        ["statut: fermé", "remplace_par: salle-des-rancy"],
        ["fermetures_temporaires: [2026-07-20/2026-08-24 congés d'été, 2026-11-02/..]"],
    ],
)
def test_what_a_registry_may_say_is_allowed(lines: list[str]) -> None:
    assert complaints(record(*lines)) == []


def test_an_empty_registry_is_allowed() -> None:
    assert complaints("structures:\n") == []
    assert complaints("titre: X\ncontact: a@exemple.fr\nstructures: []\n") == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["telephone: 01 46 36 70 13"], "structures/0"),
        (["code_insee: 75112"], "structures/0/code_insee"),
        (["telephones: [0146367013]"], "structures/0/telephones"),
        (["services: Internet"], "structures/0/services"),
        (["statut: fermee"], "structures/0/statut"),
        (["date_maj: 31/01/2026"], "structures/0/date_maj"),
        (["courriels: a.example.org"], "structures/0/courriels"),
        (["site_web: www.example.org"], "structures/0/site_web"),
        (["latitude: 148.85"], "structures/0/latitude"),
        ([f"presentation_resume: {'x' * 281}"], "structures/0/presentation_resume"),
        (["nom: [a]"], "structures/0/nom"),
        (["rappeler_le: lundi"], "structures/0/rappeler_le"),
        (["fermetures_temporaires: 2026-07-20"], "structures/0/fermetures_temporaires"),
    ],
)
def test_what_a_registry_may_not_say_is_marked_at_its_field(lines: list[str], where: str) -> None:
    text = record(*lines)
    if lines[0].startswith("nom:"):
        text = text.replace("    nom: A\n", "")
    assert complaints(text) == [where]


def test_a_record_without_a_required_field_is_marked() -> None:
    assert complaints("structures:\n  - id: a\n    nom: A\n    commune: Paris\n") == ["structures/0"]


def test_the_schema_is_json_with_a_line_end() -> None:
    assert json.loads(schema_text()) == schema()
    assert schema_text().endswith("}\n")
