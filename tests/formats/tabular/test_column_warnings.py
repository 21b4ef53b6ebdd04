"""What is said of the columns of a table that are not read."""

from __future__ import annotations

from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading


def reading(text: str, **mapping: str) -> Reading:
    return read(InputFile("liste.csv", text.encode(), mapping=mapping))


def test_a_header_that_is_long_is_named_by_its_beginning() -> None:
    found = reading(f"nom,telephones,{'x' * 1000}\nA,,\n")
    assert found.warnings == (
        f'the column ‘{"x" * 99}…’ is unknown and ignored; to import it: --map "{"x" * 99}…=FIELD"',
    )


def test_of_many_unknown_columns_five_are_named_and_the_others_counted() -> None:
    titles = [f"qwz {number}" for number in range(9)]
    assert reading(f"nom,CP,{','.join(titles)}\nA,75001\n").warnings == (
        *(
            f'the column ‘{title}’ is unknown and ignored; to import it: --map "{title}=FIELD"'
            for title in titles[:5]
        ),
        "4 other unknown columns are ignored",
    )
    assert reading(f"nom,CP,{','.join(titles[:6])}\nA,75001\n").warnings[5:] == (
        "1 other unknown column is ignored",
    )


def test_a_column_that_says_which_places_are_closed_is_named_first() -> None:
    titles = ",".join(f"qwz {number}" for number in range(6))
    rows = f"A,75001{',x' * 6},OUVERT\nB,75002{',x' * 6},INACTIF\nC,75003{',x' * 6},\n"
    found = reading(f"nom,CP,{titles},Affichage\n{rows}")
    assert found.warnings[0] == (
        'the column ‘Affichage’ is unknown and ignored; to import it: --map "Affichage=statut"'
    )
    assert [one.split("’")[0] for one in found.warnings[1:5]] == [
        f"the column ‘qwz {number}" for number in range(4)
    ]
    assert found.warnings[5:] == ("2 other unknown columns are ignored",)
    same = reading(f"nom,CP,{titles},Affichage\n{rows.replace('INACTIF', 'actif')}")
    assert not any("Affichage" in one for one in same.warnings)


def test_values_under_an_empty_header_are_reported() -> None:
    found = reading("nom,,CP, ,\nA,x,75001,,\nB,y,75002, ,\nC,,75003,z,\n")
    assert [row.values for row in found.rows] == [
        {"nom": "A", "code_postal": "75001"}, {"nom": "B", "code_postal": "75002"},
        {"nom": "C", "code_postal": "75003"},
    ]  # fmt: skip
    assert found.warnings == (
        "column B has no header: its 2 values are ignored; to import them, write a header above them",
        "column D has no header: its 1 value is ignored; to import it, write a header above it",
    )


def test_of_many_columns_without_a_header_five_are_named_and_the_others_counted() -> None:
    found = reading(f"nom,CP{',' * 30}\nA,75001{',x' * 30}\n")
    assert [one.split(" has ")[0] for one in found.warnings] == [
        "column C", "column D", "column E", "column F", "column G",
        "25 other columns without a header are ignored",
    ]  # fmt: skip
    far = reading(f"nom,CP{',' * 30}\nA,75001{',' * 30}x\n").warnings
    assert [one.split(" has ")[0] for one in far] == ["column AF"]


def test_a_column_that_is_left_out_on_purpose_is_not_reported() -> None:
    assert reading("nom,CP,qwz,\nA,75001,x,\n", qwz="").warnings == ()
