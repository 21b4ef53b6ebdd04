"""The column of the street numbers."""

from __future__ import annotations

import pytest

from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.tabular.street_number import joined


def values(text: str, **mapping: str) -> dict[str, object]:
    [row] = read(InputFile("lieux.csv", text.encode(), mapping=mapping)).rows
    return dict(row.values)


@pytest.mark.parametrize("header", ["Numéro", "N°", "NUM", "Numéro de voie", "n° rue", "adresse_numero"])
@pytest.mark.parametrize("number", ["20", "20 bis", "20-22", "20.0"])
def test_a_number_beside_the_address_goes_before_the_street(header: str, number: str) -> None:
    address = f"{number.removesuffix('.0')} rue de la Paix"
    assert values(f"nom,{header},Adresse,tel\nA,{number},rue de la Paix,\n")["adresse"] == address
    assert values(f"nom,Adresse,{header},tel\nA,rue de la Paix,{number},\n")["adresse"] == address


@pytest.mark.parametrize(
    ("text", "address", "phones"),
    [
        ("nom,Adresse,Numéro\nA,rue X,01 46 36 70 13\n", "rue X", ("01 46 36 70 13",)),
        ("nom,Adresse,CP,Numéro\nA,rue X,75012,3949\n", "rue X", ("3949",)),
        ("N°,nom,Adresse\n1,A,rue X\n", "rue X", None),
        ("nom,N°,Adresse\nA,1,12 rue X\n", "12 rue X", None),
        ("nom,N°,Adresse\nA,,rue X\n", "rue X", None),
    ],
)
def test_another_number_is_none_of_the_street(text: str, address: str, phones: object) -> None:
    found = values(text)
    assert (found["adresse"], found.get("telephones")) == (address, phones)


def test_a_header_that_is_mapped_is_what_the_mapping_says() -> None:
    found = values("nom,Numéro,Adresse\nA,20,rue X\n", Numéro="notes")
    assert (found["adresse"], found["notes"]) == ("rue X", "20")


def test_an_address_that_is_blank_or_has_a_number_stays_as_it_is() -> None:
    assert [joined("20", street) for street in ("", " ", "3 rue X", "rue X")] == [
        "",
        " ",
        "3 rue X",
        "20 rue X",
    ]
    assert joined("", "rue X") == "rue X"


def test_the_number_and_the_street_may_be_named_as_parts_of_the_address() -> None:
    text = "nom,adresse_numero,adresse_rue,adresse_commune\nA,20,rue de la Paix,Paris\nB,,Le Bourg,Lyon\n"
    rows = read(InputFile("lieux.csv", text.encode())).rows
    assert [row.values["adresse"] for row in rows] == ["20 rue de la Paix", "Le Bourg"]
