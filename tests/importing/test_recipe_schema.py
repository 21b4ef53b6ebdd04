from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from epncli.importing.recipe_file import KEYS, parse_recipe
from epncli.importing.recipe_schema import schema, schema_text
from epncli.yamlfile.source import decode

WHOLE = """\
source: Ville d'Angers
identifiant: N° fiche
colonnes: {Intitulé: nom, Type: , Genre: typologie, Texte: [presentation_resume, notes]}
jointures: {adresse: {colonnes: [N°, Voie], separateur: " "}}
decoupages: {latitude: {colonnes: Point, partie: 1}}
valeurs:
  typologie: {Bibliothèque: BIB}
  frais_a_charge: [{colonnes: Tarif, termes: [Gratuit], sauf: x, valeur: Gratuit}]
constantes: {date_maj: "2026-09-30", modalites_acces: [Se présenter]}
"""


def is_valid(text: str) -> bool:
    value: Any = yaml.safe_load(text)
    return jsonschema.Draft202012Validator(schema()).is_valid(value)


def test_it_has_the_keys_of_a_recipe() -> None:
    assert tuple(schema()["properties"]) == KEYS
    assert json.loads(schema_text()) == schema()


@pytest.mark.parametrize("text", [WHOLE, "source: x\n", "colonnes:\n"])
def test_what_epn_reads_is_valid(text: str) -> None:
    parse_recipe(decode(Path("angers.yaml"), text.encode()))
    jsonschema.Draft202012Validator.check_schema(schema())
    assert is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "couleur: x\n", "colonnes: {Type: couleur}\n", "jointures: {adresse: {separateur: x}}\n",
        "decoupages: {latitude: {colonnes: x}}\n", "valeurs: {typologie: [{termes: x}]}\n",
        "constantes: {couleur: x}\n",
    ],
)  # fmt: skip
def test_what_epn_refuses_is_not(text: str) -> None:
    assert not is_valid(text)
