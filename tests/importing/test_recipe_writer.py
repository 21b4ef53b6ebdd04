from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.reading import Reading
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.importing.recipe_file import parse_recipe
from epncli.importing.recipe_writer import write_recipe
from epncli.model.structure import FIELDS
from epncli.yamlfile.source import decode

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip)
TEXTS = st.lists(TEXT.filter(bool), min_size=1, max_size=3, unique=True).map(tuple)
NAMES = st.sampled_from(list(FIELDS))
SINGLE = st.sampled_from([name for name, field in FIELDS.items() if not field.many and name != "source"])


def parsed(text: str) -> Recipe:
    return parse_recipe(decode(Path("angers.yaml"), text.encode()))


def test_what_an_import_understood_is_a_recipe_to_edit() -> None:
    columns = {"N° fiche": ("id",), "Intitulé": ("nom",), "Type : genre": (), "Tél": ("telephones",)}
    joins, splits = {"adresse": Join(("N°", "Voie"))}, {"latitude": Split(("gps",), ",", 0)}
    understood = Recipe(columns=columns, joins=joins, splits=splits, recognised=("geom", "geom 2"))
    assert write_recipe(Recipe(), [Reading("angers.csv", [], understood=understood)]) == (
        "# How the columns of the file become fields; edit it, then import with --recipe.\n"
        'source: ""  # the name of the partner\n'
        "identifiant: N° fiche  # the header of the column that identifies a row\n"
        "colonnes:\n"
        "  Intitulé: nom\n"
        '  "Type : genre":  # column left out\n'
        "  Tél: telephones\n"
        "  # recognised without an entry here: geom, geom 2\n"
        "jointures:\n"
        '  adresse: {colonnes: [N°, Voie], separateur: " "}\n'
        "decoupages:\n"
        '  latitude: {colonnes: [gps], separateur: ",", partie: 1}\n'
    )


def readings(*understood: Recipe) -> list[Reading]:
    return [Reading("angers.csv", [], understood=one) for one in understood]


def test_of_two_files_the_first_that_has_a_field_for_a_column_counts() -> None:
    files = readings(
        Recipe(columns={"A": ("nom",), "B": ()}), Recipe(columns={"A": ("notes",), "B": ("adresse",)})
    )
    assert parsed(write_recipe(Recipe(), files)).columns == {"A": ("nom",), "B": ("adresse",)}


def test_a_column_that_one_of_two_files_leaves_to_recognition_has_no_entry() -> None:
    joins = {"adresse": Join(("N°", "Voie"))}
    splits = {"latitude": Split(("gps",), ",", 0)}
    files = readings(
        Recipe(columns={"Horaires": ("horaires",)}, joins=joins, splits=splits),
        Recipe(columns={"Voie": ("adresse",)}, recognised=("N°", "gps", "Horaires")),
    )
    text = write_recipe(Recipe(), files)
    assert parsed(text) == Recipe(columns={"Voie": ("adresse",)})
    assert "  # recognised without an entry here: N°, gps, Horaires\n" in text


def test_a_recipe_counts_before_what_was_understood_unless_the_command_line_says_otherwise() -> None:
    recipe = Recipe(
        identifiant="N° fiche",
        columns={"A": ("nom",), "B": ("notes", "adresse")},
        joins={"commune": Join(("C", "D"))},
    )
    files = readings(
        Recipe(columns={"N° fiche": ("id",), "A": ("notes",), "B": ("notes",), "C": ("commune",), "E": ()})
    )
    assert parsed(write_recipe(recipe, files)) == Recipe(
        identifiant="N° fiche",
        columns={"A": ("notes",), "B": ("notes", "adresse"), "E": ()},
        joins={"commune": Join(("C", "D"))},
    )


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    joins = st.builds(Join, TEXTS, TEXT.filter(bool))
    splits = st.builds(Split, TEXTS, TEXT.filter(bool), st.integers(0, 5))
    choices = st.lists(st.builds(Choice, TEXT.filter(bool), TEXTS, TEXTS | st.just(()), TEXTS | st.just(())))
    values: dict[str, Any] = {
        "columns": draw(st.dictionaries(TEXT.filter(bool), st.just(()) | NAMES.map(lambda one: (one,)))),
        "joins": draw(st.dictionaries(NAMES, joins, max_size=2)),
        "splits": draw(st.dictionaries(NAMES, splits, max_size=2)),
        "choices": draw(st.dictionaries(NAMES, choices.filter(bool).map(tuple), max_size=2)),
        "constants": draw(st.dictionaries(SINGLE, TEXT.filter(bool), max_size=2)),
    }
    return Recipe(**values)


@given(recipes())
def test_any_recipe_reads_back(recipe: Recipe) -> None:
    assert parsed(write_recipe(recipe, [])) == recipe
