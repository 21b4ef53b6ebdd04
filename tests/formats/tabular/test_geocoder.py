"""Tables that come back from the state's geocoder."""

from __future__ import annotations

from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading

HEADER = "nom,adresse,CP,Ville,latitude,longitude,result_score,result_postcode,result_city,result_citycode\n"


def reading(*rows: str, header: str = HEADER, **mapping: str) -> Reading:
    return read(InputFile("lieux.csv", (header + "".join(rows)).encode(), mapping=mapping))


def test_answers_of_which_the_geocoder_is_sure_are_used_where_the_table_says_nothing() -> None:
    found = reading(
        "A,1 rue A,,,48.85,2.35,0.95,75001,Paris,75056\n",
        "B,2 rue B,69001,Lyon,48.85,2.35,0.9,75001,Paris,75056\n",
    )
    place = {"latitude": "48.85", "longitude": "2.35", "code_insee": "75056"}
    assert [row.values for row in found.rows] == [
        {"nom": "A", "adresse": "1 rue A", "code_postal": "75001", "commune": "Paris", **place},
        {"nom": "B", "adresse": "2 rue B", "code_postal": "69001", "commune": "Lyon", **place},
    ]
    assert found.warnings == ()


def test_answers_with_a_low_score_are_ignored_and_counted() -> None:
    rows = [
        f"A,1 rue A,,Lyon,48.85,2.35,{score},75001,Paris,75056\n"
        for score in ("0.89", "", "x", "nan", "inf", "97")
    ]
    found = reading(*rows)
    nothing = {"latitude": "", "longitude": "", "code_postal": "", "code_insee": ""}
    assert [row.values for row in found.rows] == [
        {"nom": "A", "adresse": "1 rue A", "commune": "Lyon", **nothing}
    ] * 6
    assert found.warnings == (
        "the answer of the geocoder is ignored in 6 rows, whose result_score is below 0.9",
    )


def test_what_map_says_counts_whatever_the_score() -> None:
    found = reading("A,1 rue A,,Lyon,48.85,2.35,0.1,75001,Paris,75056\n", result_postcode="code_postal")
    assert (found.rows[0].values["code_postal"], found.rows[0].values["latitude"]) == ("75001", "")


def test_without_scores_coordinates_are_those_of_the_table() -> None:
    found = reading("A,48.85,2.35\n", header="nom,latitude,longitude\n")
    assert found.rows[0].values == {"nom": "A", "latitude": "48.85", "longitude": "2.35"}


def test_what_the_geocoder_says_of_its_answer_is_no_field() -> None:
    details = "result_label,result_type,result_name,result_oldcity,result_status"
    row = "A,1 rue A,75001,Paris,48.85,2.35,0.95,75001,Paris,75101,1 Rue A 75001 Paris,street,Rue A,Y,ok\n"
    found = reading(row, header=f"{HEADER.strip()},{details}\n")
    assert found.rows[0].values == {
        "nom": "A",
        "adresse": "1 rue A",
        "code_postal": "75001",
        "commune": "Paris",
        "latitude": "48.85",
        "longitude": "2.35",
        "code_insee": "75101",
    }
    assert found.warnings == ()
    mapped = reading(row, header=f"{HEADER.strip()},{details}\n", result_label="notes")
    assert mapped.rows[0].values["notes"] == "1 Rue A 75001 Paris"


def test_a_table_without_names_is_the_answer_to_an_export() -> None:
    found = reading("a,1 rue A,0.95,Rue A\n", header="id,adresse,result_score,result_name\n")
    assert found.warnings == ("this is an answer of the address service: import it with --format ban",)
