"""Reading of a page pasted as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from linear import assert_linear

from epncli import limits
from epncli.errors import Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading, Row
from epncli.model.structure import Texts

LIST = Path(__file__).parents[1] / "data/liste-epn-paris.txt"


def reading(text: str) -> Reading:
    return read(InputFile("page.txt", text.encode()), "text")


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (
            "PARIS 75012 EPN L’@nnexe du centre social Relais 59 09 53 21 27 82",
            {"nom": "EPN L’@nnexe du centre social Relais 59", "telephones": ("09 53 21 27 82",)},
        ),
        (
            "PARIS 75019 Espace 19 Multimédia du centre social Espace 19 01 40 38 12 47",
            {"nom": "Espace 19 Multimédia du centre social Espace 19", "telephones": ("01 40 38 12 47",)},
        ),
        (
            "PARIS 75010 Bichat – Association Emmaüs 01 40 18 04 41 / 04 16",
            {"nom": "Bichat – Association Emmaüs", "telephones": ("01 40 18 04 41 / 04 16",)},
        ),
        (
            "PARIS 75014 Observatoire – Association Emmaüs 01 77 37 26 56 / 26 57 /",
            {"nom": "Observatoire – Association Emmaüs", "telephones": ("01 77 37 26 56 / 26 57",)},
        ),
        ("PARIS 75019 Access-Site", {"nom": "Access-Site"}),
        (
            "Paris\t75010\tEspace 03\tTél. : 01.40.18.04.41",
            {"nom": "Espace 03", "telephones": ("01.40.18.04.41",)},
        ),
        (
            "  - PARIS 75010 A 01 40 18 04 41 01 40 18 04 42",
            {"nom": "A", "telephones": ("01 40 18 04 41 01 40 18 04 42",)},
        ),
        ("PARIS 75010 B +33 (0)1 40 18 04 41", {"nom": "B", "telephones": ("+33 (0)1 40 18 04 41",)}),
        ("| Paris | 75010 | C | 0140180441 |", {"nom": "C", "telephones": ("0140180441",)}),
    ],
)  # fmt: skip
def test_a_line_is_a_place_with_its_numbers_behind(line: str, values: dict[str, str | Texts]) -> None:
    [row] = reading(line).rows
    assert row == Row(
        1, {"commune": "Paris", "code_postal": line.split("750")[1][:2].join(("750", "")), **values}
    )


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("75020 Paris Microlithe 01 46 36 70 13", {}),
        ("75020 PARIS – Microlithe – Tél. : 01 46 36 70 13", {}),
        ("Microlithe 75020 Paris 01 46 36 70 13", {}),
        ("Microlithe, Paris 75020, 01 46 36 70 13", {}),
        ("Microlithe 75020 Paris Cedex 20 - 01 46 36 70 13", {}),
        ("01 46 36 70 13 Microlithe 75020 Paris", {}),
        ("Tél : 01 46 36 70 13 - 75020 Paris - Microlithe", {}),
        ("01 46 36 70 13\tMicrolithe\tParis\t75020", {}),
        ("75020\tParis\tMicrolithe\t01 46 36 70 13", {}),
        ("| Microlithe | 75020 | Paris | 01 46 36 70 13 |", {}),
        ("Microlithe, 17 rue Lémon, 75020 Paris, 01 46 36 70 13", {"adresse": "17 rue Lémon"}),
        ("Microlithe\t17 bis rue Lémon\t75020\tParis\t01 46 36 70 13", {"adresse": "17 bis rue Lémon"}),
        ("Microlithe - place Lémon - 75020 Paris - 01 46 36 70 13", {"adresse": "place Lémon"}),
        (
            "Microlithe (association fermée en septembre 2014) 75020 Paris 01 46 36 70 13",
            {"statut": "fermé", "date_fermeture": "2014-09", "motif_fermeture": "association fermée"},
        ),
    ],
)
def test_the_parts_of_a_place_may_stand_in_any_usual_order(line: str, values: dict[str, str]) -> None:
    place = {"nom": "Microlithe", "commune": "Paris", "code_postal": "75020"}
    assert read(InputFile("page.txt", line.encode())).rows == [
        Row(1, {**place, "telephones": ("01 46 36 70 13",), **values})
    ]


@pytest.mark.parametrize(
    ("line", "nom", "commune"),
    [
        ("Médiathèque 69400 Villefranche sur Saône 04 74 00 00 00", "Médiathèque", "Villefranche-sur-Saône"),
        ("38000 Grenoble Le Village", "Le Village", "Grenoble"),
        ("Espace 3000, 69003 Lyon", "Espace 3000", "Lyon"),
        ("Lieu 24000 Périgueux", "Lieu", "Périgueux"),
    ],
)
def test_the_longest_name_of_a_commune_counts(line: str, nom: str, commune: str) -> None:
    [row] = reading(line).rows
    assert (row.values["nom"], row.values["commune"]) == (nom, commune)


@pytest.mark.parametrize(
    "line",
    ["75020 Paris", "75020 Lyon Microlithe", "Microlithe 75020", "99999 Paris X", "Le 12 mai 75020 fois"],
)
def test_a_line_without_a_name_or_a_commune_of_its_code_is_no_place(line: str) -> None:
    assert reading(line).rows == []


@pytest.mark.parametrize(
    ("line", "commune"),
    [
        ("ST ETIENNE 42000 X", "Saint-Étienne"),
        ("L'Hay les Roses 94240 X", "L'Haÿ-les-Roses"),
        ("PARIS 12e 75012 X", "Paris"),
        ("NOUMEA 98800 Médiathèque 24 12 34", "Nouméa"),
        ("Lyon 75012 X", "Lyon"),
    ],
)
def test_a_commune_is_written_as_the_base_has_it(line: str, commune: str) -> None:
    [row] = reading(line).rows
    assert row.values["commune"] == commune


def test_numbers_of_six_digits_belong_to_their_territories() -> None:
    noumea, paris = reading("NOUMEA 98800 Lieu 24 12 34\nPARIS 75012 Lieu 24 12 34").rows
    assert (noumea.values["nom"], noumea.values["telephones"]) == ("Lieu", ("24 12 34",))
    assert paris.values == {"nom": "Lieu 24 12 34", "commune": "Paris", "code_postal": "75012"}


@pytest.mark.parametrize(
    ("bracket", "closing"),
    [
        (
            "association fermée en septembre 2014",
            {"date_fermeture": "2014-09", "motif_fermeture": "association fermée"},
        ),
        ("fermé", {}),
        ("FERMÉE", {}),
        ("définitivement fermé depuis le 30/09/2014", {"date_fermeture": "2014-09-30"}),
        ("fermeture en 2014", {"date_fermeture": "2014"}),
    ],
)
def test_a_bracket_that_says_closed_is_the_closing(bracket: str, closing: dict[str, str]) -> None:
    [row] = reading(f"PARIS 75020 Microlithe ({bracket}) 0146367013").rows
    assert row.values == {
        "nom": "Microlithe", "commune": "Paris", "code_postal": "75020",
        "telephones": ("0146367013",), "statut": "fermé", **closing,
    }  # fmt: skip


@pytest.mark.parametrize(
    "bracket", ["fermé le lundi", "fermé en août", "la Ferme du bonheur", "fermé pour travaux"]
)
def test_a_bracket_about_something_else_stays_in_the_name(bracket: str) -> None:
    [row] = reading(f"PARIS 75020 Microlithe ({bracket})").rows
    assert (row.values["nom"], "statut" in row.values) == (f"Microlithe ({bracket})", False)


def test_other_lines_are_skipped_and_counted_and_the_odd_ones_named() -> None:
    found = reading("EPN de Paris\n\nPARIS 75001 A\r\nParsi 75002 B\nTotal : 12345\n")
    assert [row.line for row in found.rows] == [3]
    assert found.recognised == ("text", "UTF-8", "3 lines ignored: no commune with its postal code")
    assert found.warnings == ("some ignored lines have a postal code but no known commune: lines 4, 5",)


def test_the_list_of_paris_is_recognised_by_itself() -> None:
    found = read(InputFile("liste", LIST.read_bytes()))
    assert (len(found.rows), found.recognised, found.warnings) == (65, ("text", "UTF-8"), ())


@pytest.mark.parametrize(
    "piece", ["1 ", "01 ", "0 / ", " ", "(", "fermé ", "01 40 18 04 41 / ", "- ", "75001 ", "Paris "]
)
@pytest.mark.parametrize(
    ("start", "end"),
    [("", ""), ("01 40 18 04 41 ", ""), ("75002 Paris ", ""), ("PARIS 75001 ", ""), ("PARIS 75001 ", "x")],
)
def test_a_hostile_line_takes_no_more_time_than_its_length_allows(piece: str, start: str, end: str) -> None:
    longest = 1000 - len(start + end)  # a longer line is not read
    assert_linear(reading, lambda count: start + piece * count + end, longest // len(piece))


def test_more_lines_than_any_list_has_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    assert len(reading("PARIS 75012 A\n\nPARIS 75012 B").rows) == 2
    with pytest.raises(Unreadable) as refused:
        reading("PARIS 75012 A\n\nPARIS 75012 B\n")
    assert refused.value.message == "the file has more than 3 rows"


@pytest.mark.parametrize(
    "phones", ["24 12 34 24 12 35", "24 12 34 56 24 12 35", "24.12.34  24 12 35 24-12-36"]
)
def test_numbers_of_six_and_eight_digits_side_by_side_are_all_numbers(phones: str) -> None:
    [row] = reading(f"NOUMEA 98800 Lieu {phones}").rows
    assert (row.values["nom"], row.values["telephones"]) == ("Lieu", (phones,))


@pytest.mark.parametrize(
    "text",
    [
        '"Horodateur","Lieu"\n"12/03/2024 10:11:12","EPN A","Paris","75001","0140281848"\n',
        '"Lieu,Ville,CP"\n"EPN A,Paris,75001,1 rue de Rivoli,01 40 28 18 48"\n',
        "INSERT INTO lieux VALUES (1,'EPN A','Paris','75001','0140281848');\n",
        "<lieu><nom>EPN A</nom> Paris 75001 1 rue de Rivoli</lieu>\n",
        "group-a,group-b\n2024-03-12T10:11:12.000Z,ee.kobo:abc,EPN A,Paris,75001,48.8566,2.3522\n",
    ],
)
def test_a_file_for_programs_is_not_read_as_pasted_text(text: str) -> None:
    with pytest.raises(Unreadable, match="neither a table with a header nor a recognisable list"):
        read(InputFile("export.csv", text.encode()))


def test_quotes_and_times_within_a_name_are_those_of_a_person() -> None:
    lines = [
        'Le "Lien", 12 rue A, 75001 Paris',
        "L'Étape, l'Atelier 75002 Paris",
        "Ouvert à 12:30, 75003 Paris",
    ]
    assert [row.values["nom"] for row in reading("\n".join(lines)).rows] == [
        'Le "Lien"',
        "L'Étape, l'Atelier",
        "Ouvert à 12:30",
    ]
