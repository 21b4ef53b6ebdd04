from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.tabular.cells import (
    columns,
    coordinate,
    exact_coordinate,
    guard,
    split,
    unguard,
)
from epncli.model.structure import Kind, Structure


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "+33146367013", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1",
        "'=1", "''+1", "01000", "'01000", "00123", "0146367013", "13002526500013", "2014-09",
        "2014-09-30", "30/09/2014", "12:30", "1.5", "48.8566", "1,5", "1e5", "1E+05", "10 000",
        "1.", "01000 ",
    ],
)  # fmt: skip
def test_what_excel_would_change_gets_an_apostrophe(cell: str) -> None:
    assert guard(cell, Kind.ID) == "'" + cell


@pytest.mark.parametrize(
    "cell",
    [
        "", "'", "Médiathèque", "L’@nnexe", "'quoted'", "'t Hooft", "75020", "3949", "2014",
        "01 46 36 70 13", "01 46 36 70 13|3949", "36 39", "2A004", "19 rue de Paris", "Mo-Fr 10:00",
        "a=1",
    ],
)  # fmt: skip
def test_all_else_stays_as_it_is(cell: str) -> None:
    assert guard(cell, Kind.ID) == cell
    assert unguard(cell) == cell


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.PARTIAL_DATE])
def test_a_whole_day_may_become_a_date_in_a_field_of_dates(kind: Kind) -> None:
    assert guard("2014-09-30", kind) == "2014-09-30"
    assert guard("2014-09", kind) == "'2014-09"
    assert guard("'2014-09-30", kind) == "''2014-09-30"


@given(
    st.text(max_size=20) | st.text(st.sampled_from("'=+-@01.9:/ eE\t\n"), max_size=8),
    st.sampled_from(list(Kind)),
)
def test_the_guard_comes_off_again(cell: str, kind: Kind) -> None:
    assert unguard(guard(cell, kind)) == cell


def test_an_apostrophe_that_no_guard_put_there_stays() -> None:
    assert unguard("'abc") == "'abc"
    assert unguard("''=a") == "'=a"


def test_a_list_is_split_at_its_bars() -> None:
    assert split("01 46 36 70 13|3949") == ("01 46 36 70 13", "3949")
    assert split(" a | b |") == ("a", "b")
    assert split("") == ()


def test_a_column_is_for_the_core_fields_and_all_in_use() -> None:
    structure = Structure(id="a", nom="A", commune="Paris", code_postal="75001", source="s", notes="n")
    core = ("id", "nom", "commune", "code_postal", "telephones", "statut")
    assert columns([], ()) == core
    assert columns([structure], ()) == (*core, "source")
    assert columns([structure], ("nom", "id")) == ("nom", "id")


@pytest.mark.parametrize(
    ("text", "number", "exact"),
    [
        ("48.8566", 48.8566, True),
        ("-21.1", -21.1, True),
        (" 48.8566", 48.8566, False),
        ("48.50", 48.5, False),
        ("48", 48.0, False),
        ("+2.5", 2.5, False),
        ("0.00001", 0.00001, False),
        ("64.1", 64.1, False),
        ("48.12345678901234567", 48.12345678901234567, False),
    ],
)
def test_a_coordinate_is_a_number_if_its_text_comes_back(text: str, number: float, *, exact: bool) -> None:
    assert coordinate(text) == number
    assert exact_coordinate(text) == (number if exact else None)


@pytest.mark.parametrize("text", ["", "48,85", "48°51", "nan", "inf", "1_0.5", "４８.1", "1e1", "."])
def test_all_else_is_no_coordinate(text: str) -> None:
    assert coordinate(text) is None
