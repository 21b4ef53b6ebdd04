from __future__ import annotations

import pytest

from epncli.importing.recipe import Choice, Join, Recipe, Split


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"N°": "3 bis", "Voie": "rue Haute"}, "3 bis rue Haute"),
        ({"N°": " ", "Voie": " rue Haute "}, "rue Haute"),
        ({"Voie": "rue Haute"}, "rue Haute"),
        ({}, ""),
    ],
)
def test_a_join_leaves_out_blank_cells(cells: dict[str, str], value: str) -> None:
    assert Join(("N°", "Voie"), " ").value(cells) == value


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
    assert Split(("point",), ",", part).value({"point": cell}) == value
    assert Split(("autre", "point"), ",", part).value({"autre": " ", "point": cell}) == value


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
    assert choice.applies({"tarif": cell}) is applies


def test_a_choice_without_terms_needs_any_content_and_one_without_columns_nothing() -> None:
    assert Choice("x", ("a",)).applies({"a": "0"})
    assert not Choice("x", ("a",)).applies({"a": " ", "b": "0"})
    assert Choice("x").applies({})


def test_of_several_columns_the_first_filled_one_counts_and_lists_are_joined() -> None:
    recipe = Recipe(
        columns={
            "Usage": ("nom",), "Nom": ("nom",), "Fixe": ("telephones",), "Mobile": ("telephones",),
            "Type": (), "Texte": ("presentation_resume", "notes"),
        }
    )  # fmt: skip
    cells = {"Usage": "", "Nom": "A", "Fixe": "1", "Mobile": "2", "Type": "x", "Texte": "y"}
    assert recipe.values(cells) == {
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
    assert recipe.values(cells) == {"typologie": ("BIB", "ASSO"), "statut": "ouvert"}
    assert recipe.values({"Type": ""}) == {"typologie": (), "statut": ""}


def test_constants_fill_what_the_row_has_not() -> None:
    recipe = Recipe(
        columns={"MAJ": ("date_maj",)},
        constants={"date_maj": "2026-09-30", "typologie": ("RFS",), "source": "Angers"},
    )
    assert recipe.values({"MAJ": " "})["date_maj"] == "2026-09-30"
    assert recipe.values({"MAJ": "2025-01-01"}) == {
        "typologie": ("RFS",), "source": "Angers", "date_maj": "2025-01-01",
    }  # fmt: skip
