from __future__ import annotations

import csv as python_csv

import pytest

from epncli.formats import csv
from epncli.formats.reading import InputFile, Reading, Row
from epncli.importing import rejects
from epncli.importing.merge import merge

TODAY = "2026-01-31"


def listed(reading: Reading) -> list[tuple[str, ...]]:
    """The column, the field and the value of each reject."""
    lines = rejects.write(merge((), [reading], TODAY)).decode("utf-8-sig").splitlines()
    return [tuple(line[2:5]) for line in python_csv.reader(lines, delimiter=";")]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Nom du lieu;Ville;CP;Site internet\nA;Paris;75012;www.a.fr",
         ("Site internet", "site_web", "www.a.fr")),
        # The value comes from no column.
        ("nom;Ville\nA;Aast", ("", "code_postal", "")),
        # Several columns are one field.
        ("nom;commune;code_postal;Tél. fixe;Tél. mobile\nA;Paris;75012;15;06 12 34 56 78",
         ("Tél. fixe + Tél. mobile", "telephones", "15")),
        ("nom;commune;code_postal;N°;Adresse\nA;Paris;75012;12;rue  Crozatier",
         ("N° + Adresse", "adresse", "12 rue  Crozatier")),
        ("nom;commune;code_postal;Mardi;Lundi\nA;Paris;75012;9h-12h;parfois 9h",
         ("Mardi + Lundi", "horaires", "Mardi : 9h-12h ; Lundi : parfois 9h")),
        # One column is several fields.
        ("nom;code_postal;gps\nA;75012;48.8, 2.3\nB;75012;48.8, 2.3\nC;75012;98.85, 2.3",
         ("gps", "latitude", "'98.85")),
        # A column of the first version of the national schema.
        ("id;pivot;nom;commune;code_postal;adresse;telephone;courriel\n1;;A;Paris;75012;;;a.fr",
         ("courriel", "courriels", "a.fr")),
    ],
)  # fmt: skip
def test_a_reject_names_the_column_as_in_the_file_and_its_field(
    table: str, expected: tuple[str, str, str]
) -> None:
    found = listed(csv.read(InputFile("lieux.csv", table.encode())))
    assert found[0] == ("column", "field", "value")
    assert expected in found


def test_a_file_without_columns_has_only_fields() -> None:
    row = Row(3, {"nom": "A", "commune": "Paris", "code_postal": "75012", "courriels": ("a.fr",)})
    assert listed(Reading("lieux.yaml", [row]))[1:] == [("", "courriels", "a.fr")]
