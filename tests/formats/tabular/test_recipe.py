from __future__ import annotations

import pytest

from epncli.formats.tabular import columns
from epncli.formats.tabular.columns import Assignment
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.model.structure import Texts


def values(recipe: Recipe, cells: dict[str, str]) -> dict[str, str | Texts]:
    """The values of a row with these cells by header."""
    alone = [
        Assignment((at,), (recipe.single_columns[header],))
        for at, header in enumerate(cells)
        if recipe.single_columns.get(header)
    ]
    assignments = [*alone, *recipe.assignments(list(cells))]
    found = columns.values(list(cells.values()), assignments, "|", guarded=False)
    recipe.complete(found)
    return found


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"N°": "3 bis", "Voie": "rue Haute"}, {"adresse": "3 bis rue Haute"}),
        ({"N°": " ", "Voie": " rue Haute "}, {"adresse": "rue Haute"}),
        ({"Voie": "rue Haute"}, {"adresse": "rue Haute"}),
        ({"voie ": "rue Haute", "n°": "3"}, {"adresse": "3 rue Haute"}),
        ({"Autre": "3"}, {}),
    ],
)
def test_a_join_leaves_out_blank_cells(cells: dict[str, str], expected: dict[str, str]) -> None:
    assert values(Recipe(joins={"adresse": Join(("N°", "Voie"), " ")}), cells) == expected


@pytest.mark.parametrize(
    ("cell", "part", "value"),
    [
        ("48.85, 2.35", 0, "48.85"),
        ("48.85, 2.35", 1, "2.35"),
        ("48.85, 2.35", 2, ""),
        ("48.85, 2.35", -1, "2.35"),
        ("48.85", -2, ""),
        ("", 0, ""),
    ],
)
def test_a_split_is_one_part_of_a_cell(cell: str, part: int, value: str) -> None:
    assert Split(("point",), ",", part).value([cell]) == value
    recipe = Recipe(splits={"latitude": Split(("autre", "point"), ",", part)})
    assert values(recipe, {"point": cell, "autre": " "}) == {"latitude": value}


@pytest.mark.parametrize(
    ("cell", "applies"),
    [
        ("Gratuit", True),
        ("accès GRATUIT.", True),
        ("gratuitement", False),
        ("gratuit sous condition", False),
        ("Gratuit Sous Condition de revenus", False),
        ("payant", False),
        ("", False),
        (" ", False),
    ],
)
def test_a_choice_finds_whole_words_whatever_their_case(cell: str, applies: bool) -> None:
    choice = Choice("Gratuit", ("tarif",), ("Gratuit",), ("gratuit sous condition",))
    recipe = Recipe(choices={"frais_a_charge": (choice,)})
    assert values(recipe, {"tarif": cell}) == {"frais_a_charge": ("Gratuit",) if applies else ()}


def test_a_choice_without_terms_is_the_value_of_the_other_cells() -> None:
    recipe = Recipe(
        choices={"typologie": (Choice("BIB", ("a", "b"), ("livres",)), Choice("ASSO", ("a",), (), ("non",)))}
    )
    assert values(recipe, {"a": "des livres", "b": ""}) == {"typologie": ("BIB",)}
    assert values(recipe, {"a": "des jeux", "b": "livres"}) == {"typologie": ("BIB", "ASSO")}
    assert values(recipe, {"a": " ", "b": "jeux"}) == {"typologie": ()}
    assert values(recipe, {"a": "non", "b": ""}) == {"typologie": ()}


def test_a_cell_of_the_field_itself_for_which_no_choice_applies_is_kept() -> None:
    recipe = Recipe(
        columns={"Type": ("typologie",)},
        choices={"typologie": (Choice("BIB", ("Type",), ("Médiathèque",)),)},
    )
    assert values(recipe, {"Type": "médiathèque municipale"}) == {"typologie": ("BIB",)}
    assert values(recipe, {"Type": "ASSO"}) == {"typologie": ("ASSO",)}


def test_of_several_columns_the_first_filled_one_counts_and_lists_are_joined() -> None:
    recipe = Recipe(
        columns={
            "Usage": ("nom",), "Nom": ("nom",), "Fixe": ("telephones",), "Mobile": ("telephones",),
            "Type": (), "Texte": ("presentation_resume", "notes"),
        }
    )  # fmt: skip
    cells = {"Usage": "", "Nom": "A", "Fixe": "1", "Mobile": "2", "Type": "x", "Texte": "y"}
    assert values(recipe, cells) == {
        "nom": "A", "telephones": ("1", "2"), "presentation_resume": "y", "notes": "y",
    }  # fmt: skip


def test_a_list_has_all_choices_that_apply_and_a_text_the_first() -> None:
    recipe = Recipe(
        choices={
            "typologie": (
                Choice("BIB", ("Type",), ("Bibliothèque",)),
                Choice("BIB", ("Type",), ("Médiathèque",)),
                Choice("ASSO", ("Type",), ("association",)),
            ),
            "statut": (Choice("fermé", ("Type",), ("fermée",)), Choice("ouvert", ("Type",))),
        }
    )
    cells = {"Type": "bibliotheque-médiathèque, association"}
    assert values(recipe, cells) == {"typologie": ("BIB", "ASSO"), "statut": "ouvert"}
    assert values(recipe, {"Type": ""}) == {"typologie": (), "statut": ""}


def test_constants_fill_what_the_row_has_not() -> None:
    recipe = Recipe(
        columns={"MAJ": ("date_maj",)},
        constants={"date_maj": "2026-09-30", "typologie": ("RFS",), "source": "Angers"},
    )
    assert values(recipe, {"MAJ": " "})["date_maj"] == "2026-09-30"
    assert values(recipe, {"MAJ": "2025-01-01"}) == {
        "typologie": ("RFS",), "source": "Angers", "date_maj": "2025-01-01",
    }  # fmt: skip
