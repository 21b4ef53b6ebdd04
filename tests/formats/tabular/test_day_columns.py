from __future__ import annotations

import pytest

from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading


def found(header: str, *rows: str) -> Reading:
    lines = [f"nom;code_postal;{header}", *(f"A;75012;{row}" for row in rows)]
    return read(InputFile("lieux.csv", "\n".join(lines).encode()))


@pytest.mark.parametrize(
    ("header", "row", "hours"),
    [
        ("Lundi;Mardi", "9h-12h;14h-17h30", "Mo 09:00-12:00; Tu 14:00-17:30"),
        ("h_lundi;h_mardi;h_dimanche", "9h-12h;;Fermé", "Mo 09:00-12:00; Su off"),
        (
            "lundi matin;lundi après-midi;mardi matin;mardi après-midi",
            "9h-12h;14h-17h;9h-12h;",
            "Mo 09:00-12:00,14:00-17:00; Tu 09:00-12:00",
        ),
        ("Lundi;Mardi", ";", ""),
    ],
)
def test_columns_of_days_are_the_opening_hours(header: str, row: str, hours: str) -> None:
    reading = found(header, row)
    assert (reading.rows[0].values["horaires"], reading.warnings) == (hours, ())


def test_what_is_not_understood_is_kept_as_text_for_the_report() -> None:
    [row] = found("Lundi;Mardi", "9h-12h;9h-12h un mardi sur deux").rows
    assert row.values["horaires"] == "Lundi : 9h-12h ; Mardi : 9h-12h un mardi sur deux"


@pytest.mark.parametrize(
    ("header", "row"),
    [("Lundi", "9h-12h"), ("Lundi;lundi", "9h-12h;9h-13h"), ("Lundi;Mardi", "Anne;Bruno")],
)
def test_other_columns_are_no_opening_hours(header: str, row: str) -> None:
    assert "horaires" not in found(header, row).rows[0].values
