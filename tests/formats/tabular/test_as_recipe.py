from __future__ import annotations

import csv as python_csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.formats import csv
from epncli.formats.reading import InputFile, Reading
from epncli.formats.tabular.recipe import Recipe, Split
from epncli.importing.recipe_file import parse_recipe
from epncli.importing.recipe_writer import write_recipe
from epncli.model.structure import Texts
from epncli.yamlfile.source import decode

CELLS = {
    "N°": ["", "3", "12 bis", "4.0", "7"],
    "Adresse": ["", "rue Haute", "7 rue Haute", "rue Haute, 49000 Angers", "3 quai Bas 75012 Paris"],
    "adresse": ["rue Basse", "", "1 rue Basse"],
    "commune": ["Angers", "", "Paris"],
    "Ville": ["Angers", "", "Paris"],
    "code_postal": ["49000", "75012", ""],
    "Lundi": ["9h-12h", "", "fermé", "Mo 09:00-12:00", "parfois"],
    "mardi": ["14h-18h", "", "9h-12h"],
    "Mercredi matin": ["9h-12h", "fermé"],
    "Heures d'ouverture": ["lundi 9h-12h", "", "Mo-Fr 09:00-12:00"],
    "horaires": ["Mo-Fr 09:00-12:00", ""],
    "gps": ["47.47, -0.55", "47.47,-0.55", "", "POINT (-0.55 47.47)", "[47.47, -0.55]", "n/a"],
    "geom": ["POINT (-0.55 47.47)", "-0.55;47.47", "", "47.47;-0.55"],
    "latitude": ["47.47", "", "-0.55", "431600.5"],
    "longitude": ["-0.55", "", "47.47", "6713100.25"],
    "X": ["-0.55", "47.47", "431600.5", ""],
    "Y": ["47.47", "-0.55", "6713100.25", ""],
    "Site internet": ["https://a.fr", "", "oui"],
    "site_web": ["https://b.fr", ""],
    "Tél": ["02 41 24 25 50", "", "02 41 24 25 51|02 41 24 25 52"],
    "telephones": ["02 41 24 25 53", ""],
    "Remarque": ["x", ""],
    "Genre": ["x", "y"],
}  # fmt: skip
"""Some cells of each column."""


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Tables with some of these columns, perhaps one of them twice, in which most cells are the same."""
    headers = draw(st.lists(st.sampled_from(list(CELLS)), max_size=9, unique=True))
    headers += draw(st.lists(st.sampled_from(headers), max_size=1)) if headers else []
    usual = [draw(st.sampled_from(CELLS[header])) for header in headers]
    cells = [st.sampled_from([most] * 4 + CELLS[header]) for header, most in zip(headers, usual, strict=True)]
    count = draw(st.integers(1, 5))
    return [
        ["nom", "courriels", "pivot", "services", *headers],
        *([f"N{number}", "a@b.fr", "", "", *map(draw, cells)] for number in range(count)),
    ]


def read(table: list[list[str]], recipe: Recipe | None = None) -> Reading:
    text = io.StringIO()
    python_csv.writer(text).writerows(table)
    mapping = recipe.fields if recipe else {}
    return csv.read(InputFile("lieux.csv", text.getvalue().encode(), mapping=mapping, recipe=recipe))


def values(reading: Reading) -> list[dict[str, str | Texts]]:
    """The values of the rows, without the blank ones."""
    return [{name: value for name, value in row.values.items() if value} for row in reading.rows]


@pytest.mark.parametrize("examples", [100, pytest.param(5_000, marks=pytest.mark.long)])
def test_the_recipe_of_a_table_reads_the_same_values(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(tables())
    def check(table: list[list[str]]) -> None:
        reading = read(table)
        text = write_recipe(Recipe(), [reading])
        recipe = parse_recipe(decode(Path("r.yaml"), text.encode()))
        again = read(table, recipe)
        assert values(again) == values(reading), text
        assert write_recipe(recipe, [again]) == text

    check()


@pytest.mark.parametrize(
    ("headers", "rows", "expected"),
    [
        # The number of the row and that of the street have the same header.
        (["N°", "nom", "N°", "Adresse"], [["1", "A", "12", "rue Haute"]],
         Recipe(columns={"nom": ("nom",)}, recognised=("N°", "Adresse"))),
        (["nom", "gps", "courriels"], [["A", "47.47;-0.55", ""], ["B", "47.48 ; -0.56", ""]],
         Recipe(columns={"nom": ("nom",), "courriels": ("courriels",)},
                splits={"latitude": Split(("gps",), ";", 0), "longitude": Split(("gps",), ";", 1)},
                recognised=())),
        # One cell is not like the others.
        (["nom", "gps", "courriels"], [["A", "47.47;-0.55", ""], ["B", "47.48, -0.56", ""]],
         Recipe(columns={"nom": ("nom",), "courriels": ("courriels",)}, recognised=("gps",))),
        (["nom", "gps", "lat", "lon"], [["A", "47.47;-0.55", "47.5", "-0.5"]],
         Recipe(columns={"nom": ("nom",)}, recognised=("gps", "lat", "lon"))),
        # The answers of the geocoder count only with their score.
        (["nom", "commune", "latitude", "longitude", "result_score"],
         [["A", "Angers", "47.4", "-0.5", "0.95"]],
         Recipe(columns={"nom": ("nom",), "commune": ("commune",)},
                recognised=("latitude", "longitude", "result_score"))),
    ],
)  # fmt: skip
def test_columns_that_no_entry_can_say_are_left_to_recognition(
    headers: list[str], rows: list[list[str]], expected: Recipe
) -> None:
    assert read([headers, *rows]).understood == expected


def test_columns_of_the_first_national_schema_have_no_entry() -> None:
    headers = [
        "id",
        "pivot",
        "nom",
        "commune",
        "code_postal",
        "adresse",
        "telephone",
        "labels_nationaux",
        "cle_ban",
    ]
    understood = read([headers, ["1", "", "A", "Angers", "49000", "", "", "CNFS", "x"]]).understood
    assert understood is not None
    assert understood.recognised == ("labels_nationaux", "cle_ban")
    assert list(understood.columns) == headers[:-2]
