"""The CSV for the address service, and its answers in the forms in which they come back."""

from __future__ import annotations

import csv
import io

import pytest
from xlsxwriter import Workbook

from epncli.errors import Unreadable
from epncli.formats.ban import Answer, write
from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.writing import Export
from epncli.model.structure import Structure

OLDER = (
    "latitude,longitude,result_label,result_score,result_type,result_id,result_housenumber,result_name,"
    "result_street,result_postcode,result_city,result_context,result_citycode,result_oldcitycode,"
    "result_oldcity,result_district"
)
"""What addok-csv adds."""
NEWER = (
    "longitude,latitude,result_score,result_score_next,result_label,result_type,result_id,result_banId,"
    "result_housenumber,result_name,result_street,result_postcode,result_city,result_context,"
    "result_citycode,result_oldcitycode,result_oldcity,result_district,result_status"
)
"""What the Géoplateforme adds."""
SENT = {"id": "alternord", "adresse": "3 rue de Reuilly", "code_postal": "75012", "commune": "Paris"}
FOUND = {
    "latitude": "48.849123",
    "longitude": "2.385456",
    "result_label": "3 Rue de Reuilly 75012 Paris",
    "result_score": "0.97",
    "result_type": "housenumber",
    "result_postcode": "75012",
    "result_city": "Paris",
    "result_citycode": "75112",
    "result_status": "ok",
}
ANSWER = Answer(
    2,
    {**SENT},
    latitude="48.849123",
    longitude="2.385456",
    label="3 Rue de Reuilly 75012 Paris",
    score="0.97",
    type="housenumber",
    postcode="75012",
    city="Paris",
    citycode="75112",
    status="ok",
)


def table(added: str, separator: str = ",") -> str:
    """The answer of the service about one address."""
    columns = ["id", "adresse", "code_postal", "commune", *added.split(",")]
    row = [{**SENT, **FOUND}.get(name, "") for name in columns]
    return f"{separator.join(columns)}\r\n{separator.join(row)}\r\n"


def answers(data: bytes) -> list[object]:
    return [*read(InputFile("a.geocoded.csv", data), "ban").rows]


def test_the_open_ones_without_coordinates_are_written() -> None:
    place = Structure(id="a", nom="A", commune="Paris", code_postal="75012", adresse="3,\n rue « X »")
    closed, located = place.changed(statut="fermé"), place.changed(latitude="48.8", longitude="2.3")
    unknown = place.changed(adresse=" ")
    half = place.changed(latitude="48.8", fermetures_temporaires=("2000-01-01/..",))
    written = write(Export([place, closed, located, unknown, half]))
    row = '"a","3, rue « X »","75012","Paris"\r\n'
    assert written.data.decode() == f'"id","adresse","code_postal","commune"\r\n{row}{row}'
    assert written.left_out == (
        (closed, "closed structure"),
        (located, "with coordinates"),
        (unknown, "without an address"),
    )
    assert written.incomplete == ()


def test_the_service_finds_the_separator_also_among_apostrophes() -> None:
    place = Structure(id="a", nom="A", commune="Paris", code_postal="75012", adresse="15 rue 'titi tyty' 3")
    dialect = csv.Sniffer().sniff(write(Export([place])).data.decode())  # as addok-csv does
    assert (dialect.delimiter, dialect.quotechar) == (",", '"')


@pytest.mark.parametrize(
    "data",
    [
        table(NEWER).encode(),
        table(NEWER, ";").encode("utf-8-sig"),
        table(NEWER, "\t").encode("utf-16"),
        table(NEWER, ";").encode("cp1252"),
    ],
)
def test_the_answer_is_read_with_any_separator_and_encoding(data: bytes) -> None:
    assert answers(data) == [ANSWER]


def test_the_older_service_had_no_status() -> None:
    [found] = answers(table(OLDER).encode())
    assert found == Answer(
        **{**{name: getattr(ANSWER, name) for name in Answer.__dataclass_fields__}, "status": ""}
    )


def test_excel_saves_decimal_commas_and_takes_zeros() -> None:
    text = table(NEWER, ";").replace("0.97", "0,97").replace("48.849123", "48,849123")
    [found] = read(InputFile("a.csv", text.encode("cp1252")), "ban").rows
    assert isinstance(found, Answer)
    assert (found.certainty, found.latitude) == (0.97, "48,849123")


def test_a_workbook_is_read() -> None:
    data = io.BytesIO()
    with Workbook(data) as workbook:
        sheet = workbook.add_worksheet("a.geocoded")
        for place, line in enumerate(table(NEWER, "\t").splitlines()):
            for column, cell in enumerate(line.split("\t")):
                if cell.replace(".", "", 1).isdecimal():
                    sheet.write_number(place, column, float(cell))
                else:
                    sheet.write_string(place, column, cell)
    [found] = answers(data.getvalue())
    assert isinstance(found, Answer)
    assert (found.values, found.certainty, found.latitude, found.citycode) == (
        SENT,
        0.97,
        "48.849123",
        "75112",
    )


@pytest.mark.parametrize("score", ["", "x", "nan", "inf", "97", "1.1", "9" * 30, "0,9x", "-1", "9e-1"])
def test_a_score_that_is_no_number_is_0(score: str) -> None:
    assert Answer(2, {}, score=score).certainty == 0.0


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("id,adresse,code_postal,commune\na,b,75012,Paris\n", "latitude"),
        ("adresse,commune\nb,Paris\n", "id"),
        (table(NEWER).replace("result_score,", "score,"), "result_score"),
        ("", "id"),
    ],
)
def test_a_table_that_is_no_answer_is_refused(text: str, column: str) -> None:
    with pytest.raises(Unreadable) as failure:
        read(InputFile("a.csv", text.encode()), "ban")
    assert failure.value.message == (
        f"this is not an answer of the address service: it has no column ‘{column}’"
    )
