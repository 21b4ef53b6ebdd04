"""The web page in headless Chromium: what is open, by the clock of the reader."""

from __future__ import annotations

from typing import Any

import pytest
from browser import Reader

from epncli.display.state import States
from epncli.formats.writing import Export
from epncli.model.structure import Structure

pytestmark = pytest.mark.browser


def place(nom: str, **fields: Any) -> Structure:
    return Structure(id=nom, nom=nom, commune="Paris", code_postal="75020", **fields)


HOURS = (
    place("Matin", horaires="Mo-Fr 09:00-12:00; PH off"),
    place("Toujours", horaires="24/7"),
    place("Été", horaires="Jul-Aug: Mo-Fr 09:00-12:00"),
    place("Rendez-vous", horaires='"sur rendez-vous"'),
    place("Vacances", horaires="Mo-Fr 09:00-12:00; SH off"),
    place("Travaux", horaires="Mo-Su 00:00-24:00", fermetures_temporaires=("2026-11-30/2026-12-04 travaux",)),
    place("Fini", horaires="24/7", statut="fermé"),
)


@pytest.mark.parametrize(
    ("clock", "names", "line"),
    [
        ("2026-11-30T08:59", ["Toujours"], "Fermée en ce moment aujourd’hui : 9 h–12 h"),  # a Monday
        ("2026-11-30T09:00", ["Matin", "Toujours"], "Ouverte aujourd’hui : 9 h–12 h"),
        ("2026-11-30T11:59", ["Matin", "Toujours"], "Ouverte aujourd’hui : 9 h–12 h"),
        ("2026-11-30T12:00", ["Toujours"], "Fermée en ce moment aujourd’hui : 9 h–12 h"),
        ("2026-11-29T10:00", ["Toujours", "Travaux"], "Fermée aujourd’hui"),  # the Sunday before
        ("2026-12-05T10:00", ["Toujours", "Travaux"], "Fermée aujourd’hui"),  # the day after the works
        (
            "2026-12-25T10:00",
            [],
            "Fermée aujourd’hui, jour férié",
        ),  # Christmas: who says nothing of it is left out
        ("2027-03-29T10:00", [], "Fermée aujourd’hui, jour férié"),  # Easter Monday
    ],
)
def test_open_now_is_by_the_readers_clock(reader: Reader, clock: str, names: list[str], line: str) -> None:
    reader.write(Export(HOURS))
    reader.open(clock=clock)
    shown = reader.find(".today")[0].text
    assert " ".join(shown.split()) == line
    assert reader.click("#ouvert") == names


def test_what_is_not_certain_is_neither_open_nor_closed(reader: Reader) -> None:
    reader.write(Export(HOURS))
    reader.open(clock="2026-11-30T10:00")
    rows = [row for row in reader.find("tbody tr") if row.find_elements("css selector", ".badge")]
    assert [row.text.splitlines()[0] for row in rows] == ["Matin", "Toujours"]


def test_the_page_says_who_is_closed_for_a_time_on_the_day_of_the_reader(reader: Reader) -> None:
    reader.write(Export(HOURS, states=States(HOURS, "2026-12-01")))
    reader.open(clock="2026-12-03T10:00")
    assert "fermée jusqu’au 4 décembre 2026 : travaux" in reader.row("Travaux")
    reader.open(clock="2026-12-05T10:00")
    assert "fermée" not in reader.row("Travaux")
