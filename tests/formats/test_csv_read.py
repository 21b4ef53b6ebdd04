"""Reading of CSV files in any encoding, with any separator and with people's own headers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli import limits
from epncli.errors import EpnError, Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import READABLE, InputFile, Reading, Row
from epncli.formats.tabular import reader

CELLS = {"nom": "Élan", "code_postal": "75012", "telephones": ("01 40 18 04 41", "3949")}


def reading(text: str, *, encoding: str = "utf-8", **more: object) -> Reading:
    return read(InputFile("liste.csv", text.encode(encoding), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (
            "nom,code_postal,telephones\nÉlan,75012,01 40 18 04 41|3949\n", "utf-8",
            ("CSV", "UTF-8", "columns separated by ‘,’", "lists separated by ‘|’"),
        ),
        (
            "Nom de la structure;CP;Tél.\r\nÉlan;75012;01 40 18 04 41 ; 3949\r\n".replace(" ; ", "|"),
            "cp1252",
            ("CSV", "Windows-1252", "columns separated by ‘;’", "lists separated by ‘|’"),
        ),
        (
            'Nom;CP;Téléphone\n"Élan";75012;"01 40 18 04 41;3949"\n', "utf-8-sig",
            ("CSV", "UTF-8", "columns separated by ‘;’", "lists separated by ‘;’"),
        ),
        (
            "NOM DU LIEU\tCode postal\tTÉL\nÉlan\t75012\t01 40 18 04 41|3949\n", "utf-16",
            ("CSV", "UTF-16", "columns separated by tabs", "lists separated by ‘|’"),
        ),
    ],
)  # fmt: skip
def test_encoding_and_separators_are_recognised_and_said(
    text: str, encoding: str, said: tuple[str, ...]
) -> None:
    found = reading(text, encoding=encoding)
    assert (found.rows, found.recognised, found.warnings) == ([Row(2, dict(CELLS))], said, ())


def test_titles_above_the_header_and_blank_rows_are_passed_over() -> None:
    found = reading("Liste des EPN;;\n;;\nNom;CP;Ville\n;;\nA;75001;Paris\n")
    assert found.rows == [Row(5, {"nom": "A", "code_postal": "75001", "commune": "Paris"})]


def test_a_row_stands_where_its_first_line_does() -> None:
    found = reading('nom,code_postal\n"A\nB",75001\nC,75002\n')
    assert [row.line for row in found.rows] == [2, 4]


def test_an_unknown_header_is_reported_and_map_settles_it() -> None:
    text = "nom,code_postal,Tél. accueil\nA,75001,01 40 18 04 41\n"
    assert reading(text).warnings == (
        'the column ‘Tél. accueil’ is unknown and ignored; to import it: --map "Tél. accueil=telephones"',
    )
    found = reading(text, mapping={"tel accueil": "telephones"})
    assert (found.warnings, found.mapped) == ((), {"tel accueil"})
    assert found.rows[0].values["telephones"] == ("01 40 18 04 41",)


def test_of_two_columns_of_one_field_the_first_filled_one_counts_and_lists_are_joined() -> None:
    found = reading("Intitulé,Tél. fixe,Tél. mobile,nom\nA,01 40 18 04 41,06 24 39 64 34,B\nC,,3949, \n")
    assert found.rows == [
        Row(2, {"nom": "B", "telephones": ("01 40 18 04 41", "06 24 39 64 34")}),
        Row(3, {"nom": "C", "telephones": ("3949",)}),
    ]
    assert found.warnings == (
        "‘nom’ is in several columns: ‘nom’, ‘Intitulé’; in each row, the first filled one counts",
    )


def test_what_map_says_counts_before_other_columns_of_the_field() -> None:
    text = "nom,CP,Observations,Référent\nA,75001,libre,Anne\nB,75002,ouvert,\n"
    found = reading(text, mapping={"Référent": "notes"})
    assert [row.values["notes"] for row in found.rows] == ["Anne", "ouvert"]


def test_a_column_mapped_to_no_field_is_left_out_without_a_word() -> None:
    found = reading("nom,CP,Statut,Zut\nA,75001,Public,x\n", mapping={"statut": "", "Zut": ""})
    assert (found.rows, found.warnings) == ([Row(2, {"nom": "A", "code_postal": "75001"})], ())
    assert found.mapped == {"statut", "Zut"}


def test_a_column_whose_cells_do_not_fit_its_field_is_left_out_with_one_warning() -> None:
    rows = "".join(f"A{number},75001,{'Public' if number % 2 else 'privée'}\n" for number in range(9))
    found = reading(f"nom,CP,Statut\n{rows}")
    words = "the column ‘Statut’ is ignored: most of its values do not fit ‘statut’, such as ‘privée’"
    assert found.warnings == (words + '; to import it: --map "Statut=notes"',)
    assert {frozenset(row.values) for row in found.rows} == {frozenset(("nom", "code_postal"))}
    kept = reading(f"nom,CP,Statut\n{rows}", mapping={"Statut": "statut"})
    assert (kept.rows[1].values["statut"], kept.warnings) == ("Public", ())


def test_a_column_in_which_most_cells_fit_is_kept() -> None:
    found = reading("nom,CP,Tél.\nA,75001,?\nB,75002,voir site\nC,75003,3949\nD,75004,01 40 18 04 41\n")
    assert [row.values["telephones"] for row in found.rows] == [
        ("?",), ("voir site",), ("3949",), ("01 40 18 04 41",),
    ]  # fmt: skip
    assert found.warnings == ()


def test_a_row_wider_than_the_header_is_refused_and_a_short_one_says_nothing_of_the_rest() -> None:
    found = reading("nom,code_postal,commune\nA,75001,Paris,Paris,x\nB,75002\n")
    assert found.rows == [
        Row(2, {}, "the row has 5 cells, but the header has only 3"),
        Row(3, {"nom": "B", "code_postal": "75002"}),
    ]


def test_the_guard_against_excel_is_taken_off_where_excel_reads() -> None:
    excel = reading("id;nom;code_postal\n'007;'=1+1;'01250\n")
    assert excel.rows[0].values == {"id": "007", "nom": "=1+1", "code_postal": "01250"}
    plain = reading("id,nom\n'007,'=1+1\n")
    assert plain.rows[0].values == {"id": "'007", "nom": "'=1+1"}


def test_an_open_quote_is_found_and_a_stray_one_forgiven() -> None:
    with pytest.raises(Unreadable) as refused:
        reading('nom,code_postal\nA,75001\n"B,75002\nC,75003\n')
    assert (refused.value.message, refused.value.line) == (
        "a quote opened in this row is never closed", 3,
    )  # fmt: skip
    assert reading('nom,notes\nA,"le "grand" EPN"\n').rows[0].values["notes"] == 'le grand" EPN"'


def test_a_file_that_is_no_table_is_refused_with_what_to_do() -> None:
    for text in ("", "rien\n", "a,b\n1,2\n", "\x00" * 50):
        with pytest.raises(Unreadable) as refused:
            reading(text)
        assert refused.value.message == (
            "the file is neither a table with a header nor a recognisable list of places"
        )
        assert refused.value.path == "liste.csv"
    with pytest.raises(Unreadable, match="no header row was found"):
        read(InputFile("liste.csv", b"a,b\n"), "csv")


def test_hostile_cells_are_only_text() -> None:
    long = "é" * 100_000
    found = reading(f'nom,notes\n"=HYPERLINK(""http://x"")",{long}\n"\x1b[31m\x00",x\n')
    assert [row.values["nom"] for row in found.rows] == ['=HYPERLINK("http://x")', "\x1b[31m\x00"]
    assert found.rows[0].values["notes"] == long


@pytest.mark.parametrize("form", ["", *READABLE])
@given(data=st.binary(max_size=80) | st.text('[]{}",:;|\n PARIS 75012a-*&!é\0', max_size=60).map(str.encode))
@settings(max_examples=60)
def test_no_bytes_break_a_reader(data: bytes, form: str) -> None:
    try:
        found = read(InputFile("file", data), form)
    except EpnError:
        return
    assert all(row.line >= 1 for row in found.rows)


@pytest.mark.parametrize(
    ("name", "most", "text", "message", "line"),
    [
        ("MAX_ROWS", 2, "a,b\nc,d\ne,f\n", "the file has more than 2 rows", 0),
        ("MAX_FIELDS", 2, "a,b\nc,d,e\n", "there are more than 2 fields here", 3),
        ("MAX_ITEMS", 2, 'a,"x|y|z"\n', "a list has more than 2 items", 2),
        ("MAX_CHARACTERS", 10, "a,01234567890\n", "a value is longer than 10 characters", 2),
        ("MAX_CHARACTERS", 10, 'a,b\n"c\n0123456789', "a quote opened in this row is never closed", 3),
        ("MAX_VALUES", 7, "a,b\nc,d\n", "the file has more than 7 values", 0),
        ("MAX_VALUES", 7, "\n" * 7, "the file has more than 7 values", 0),
    ],
)
def test_what_no_list_of_places_has_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int, text: str, message: str, line: int
) -> None:
    monkeypatch.setattr(limits, "MAX_CHARACTERS", 100)
    monkeypatch.setattr(limits, name, most)
    monkeypatch.setattr(reader, "HEADER_ROWS", 1)
    with pytest.raises(Unreadable) as refused:
        read(InputFile("liste.csv", f"nom,telephones\n{text}".encode()), "csv")
    assert (refused.value.message, refused.value.line) == (message, line)


def test_blank_rows_and_blank_cells_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 2)
    monkeypatch.setattr(limits, "MAX_FIELDS", 2)
    monkeypatch.setattr(reader, "HEADER_ROWS", 1)
    found = reading("nom,telephones,,,\n" + ",,,,\n" * 50 + "A,,,,\n\n\n \t,\n\nB,,,\n")
    assert [(row.line, row.values["nom"]) for row in found.rows] == [(52, "A"), (57, "B")]


def test_quoted_values_may_follow_a_space() -> None:
    found = reading('"Nom"; "Ville"; "CP"\n"A; B"; "Paris"; "75001"\n"C"; "Lyon"; "69001"\n')
    assert found.rows == [
        Row(2, {"nom": "A; B", "commune": "Paris", "code_postal": "75001"}),
        Row(3, {"nom": "C", "commune": "Lyon", "code_postal": "69001"}),
    ]


def test_a_quote_behind_a_space_is_one_of_the_value_where_the_values_are_not_quoted() -> None:
    found = reading('Nom;Ville;CP\nA; "Paris";75001\n')
    assert found.rows == [Row(2, {"nom": "A", "commune": ' "Paris"', "code_postal": "75001"})]
