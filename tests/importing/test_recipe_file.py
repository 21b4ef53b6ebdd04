from __future__ import annotations

from pathlib import Path

import pytest

from epncli.errors import Unreadable
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.importing.recipe_file import parse_recipe, read_recipe
from epncli.yamlfile.source import decode

PATH = Path("angers.yaml")
WHOLE = """\
# Ce que dit la Ville
source: Ville d'Angers
identifiant: N° fiche
colonnes:
  Intitulé: nom
  Tél. accueil: telephones
  Tél. mobile: telephones
  Présentation: [presentation_resume, notes]
  Type:
  Genre: typologie
jointures:
  adresse: {colonnes: [N°, Voie]}
  complement_adresse:
    colonnes: [Bâtiment, Étage]
    separateur: ", "
decoupages:
  latitude: {colonnes: Point, partie: 1}
  longitude: {colonnes: Point, partie: 2, separateur: ";"}
valeurs:
  typologie: {Bibliothèque: BIB, Médiathèque: BIB}
  frais_a_charge:
    - {colonnes: Tarif, termes: [Gratuit], sauf: sous condition, valeur: Gratuit}
    - colonnes: [Tarif]
      valeur: Payant
constantes:
  date_maj: 2026-09-30
  modalites_acces: Se présenter
"""


def parsed(text: str) -> Recipe:
    return parse_recipe(decode(PATH, text.encode()))


def test_every_key_of_a_recipe() -> None:
    assert parsed(WHOLE) == Recipe(
        identifiant="N° fiche",
        columns={
            "Intitulé": ("nom",), "Tél. accueil": ("telephones",), "Tél. mobile": ("telephones",),
            "Présentation": ("presentation_resume", "notes"), "Type": (), "Genre": ("typologie",),
        },
        joins={"adresse": Join(("N°", "Voie"), " "), "complement_adresse": Join(("Bâtiment", "Étage"), ", ")},
        splits={"latitude": Split(("Point",), ",", 0), "longitude": Split(("Point",), ";", 1)},
        choices={
            "typologie": (
                Choice("BIB", ("Genre",), ("Bibliothèque",)),
                Choice("BIB", ("Genre",), ("Médiathèque",)),
            ),
            "frais_a_charge": (
                Choice("Gratuit", ("Tarif",), ("Gratuit",), ("sous condition",)),
                Choice("Payant", ("Tarif",)),
            ),
        },
        constants={
            "source": "Ville d'Angers", "date_maj": "2026-09-30", "modalites_acces": ("Se présenter",),
        },
    )  # fmt: skip


@pytest.mark.parametrize("text", ["source: x\n", "source: x\ncolonnes:\n", "{source: x}\n"])
def test_no_key_is_required(text: str) -> None:
    assert parsed(text) == Recipe(constants={"source": "x"})


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("colones: {}\n", 1, 1, "unknown key ‘colones’"),
        ("source: [a]\n", 1, 9, "this must be one value"),
        ("colonnes: nom\n", 1, 11, "this must be a mapping"),
        ("colonnes:\n  Nom: nome\n", 2, 8, "unknown field ‘nome’"),
        ("colonnes:\n  Nom: [nom, [x]]\n", 2, 14, "this must be one value"),
        ("jointures:\n  adresse: {}\n", 2, 12, "‘colonnes’ is missing"),
        ("jointures:\n  adress: {colonnes: x}\n", 2, 3, "unknown field ‘adress’"),
        ("decoupages:\n  latitude: {colonnes: x, partie: 0}\n", 2, 35, "‘partie’ must be a number from 1"),
        ("decoupages:\n  latitude: {colonnes: x}\n", 2, 13, "‘partie’ must be a number from 1"),
        (
            "decoupages:\n  latitude: {colonnes: x, partie: 1, separateur: ''}\n",
            2,
            50,
            "the separator is empty",
        ),
        ("valeurs:\n  typologie: {a: BIB}\n", 2, 14, "no column is assigned to ‘typologie’"),
        ("valeurs:\n  typologie:\n    - {colonnes: a}\n", 3, 7, "‘valeur’ is missing"),
        ("valeurs:\n  typologie:\n    - {valeur: a, terme: b}\n", 3, 19, "unknown key ‘terme’"),
        ("constantes: {nom: [a, b]}\n", 1, 19, "this must be one value"),
        ("source: &a x\n", 1, 9, "‘&a’: anchors and aliases (& and *) are not allowed in a registry"),
    ],
)
def test_an_error_has_its_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parsed(text)
    found = caught.value
    assert (found.path, found.line, found.column) == ("angers.yaml", line, column)
    assert found.message == message
    assert found.hint


def test_a_recipe_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("source: x\n", encoding="utf-8")
    assert read_recipe(tmp_path / "a.yaml") == Recipe(constants={"source": "x"})
