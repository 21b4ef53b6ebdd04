from __future__ import annotations

import pytest

from epncli.model.structure import Structure
from epncli.query.statistics import Count, last_confirmed, months_before, stale, statistics

TODAY = "2026-03-31"


def place(**fields: str | tuple[str, ...]) -> Structure:
    return Structure().changed(**{"id": "x", "nom": "X", "commune": "Paris", **fields})


def test_open_and_closed_are_counted_in_every_part() -> None:
    found = statistics(
        [
            place(code_postal="75013", date_maj="2026-03-01"),
            place(code_postal="75013", date_maj="2025-01-01", statut="fermé", date_fermeture="2014-09"),
            place(code_postal="69003", commune="Lyon", telephones=("04 72 00 00 00",)),
        ],
        TODAY,
    )
    assert found.total == Count(2, 1)
    assert found.communes == {"Paris": Count(1, 1), "Lyon": Count(1, 0)}
    assert found.arrondissements == {"Lyon 3": Count(1, 0), "Paris 13": Count(1, 1)}
    assert found.closings == {"2014": Count(0, 1)}
    ages = {"6": Count(1), "12": Count(), "24": Count(0, 1), "older": Count(), "": Count(1)}
    assert found.freshness == ages
    filled = {name: count for name, count in found.fields.items() if count.all and name != "date_maj"}
    assert filled == {
        "id": Count(2, 1), "nom": Count(2, 1), "commune": Count(2, 1), "code_postal": Count(2, 1),
        "telephones": Count(1, 0), "statut": Count(2, 1), "date_fermeture": Count(0, 1),
    }  # fmt: skip


def test_an_empty_registry_has_figures_too() -> None:
    found = statistics([], TODAY)
    assert found.total == Count()
    assert found.communes == found.arrondissements == found.closings == {}
    assert all(count == Count() for count in [*found.fields.values(), *found.freshness.values()])


def test_a_municipality_is_counted_once_however_it_is_spelled() -> None:
    spellings = ["PARIS", "Paris", "Paris", "Paris 12e", "Paris 13e", "Paris 14e", "Saint-Denis", "St Denis"]
    found = statistics([place(commune=name) for name in spellings], TODAY)
    assert found.communes == {"Paris": Count(6), "Saint-Denis": Count(2)}


def test_a_city_that_is_only_named_by_its_arrondissements_is_itself() -> None:
    spellings = ["Paris 12e", "Paris 12e", "PARIS", "Lyon 3e", "Lyon 9e", "Marseille 16e", "Vars 1er"]
    found = statistics([place(commune=name) for name in spellings], TODAY)
    assert found.communes == {
        "PARIS": Count(3), "Lyon": Count(2), "Marseille": Count(1), "Vars 1er": Count(1),
    }  # fmt: skip


def test_the_order_is_by_number_of_structures_then_french() -> None:
    noms = ["Évry", "Zuydcoote", "Eu", "Dax", "Dax"]
    found = statistics([place(commune=nom) for nom in noms], TODAY)
    assert list(found.communes) == ["Dax", "Eu", "Évry", "Zuydcoote"]
    codes = ["75010", "75002", "13016", "69009", "75116"]
    found = statistics([place(code_postal=code) for code in codes], TODAY)
    assert list(found.arrondissements) == ["Lyon 9", "Marseille 16", "Paris 2", "Paris 10", "Paris 16"]


def test_the_last_day_of_a_step_belongs_to_it() -> None:
    days = ["2025-09-30", "2025-09-29", "2025-03-31", "2025-03-30", "2024-03-31", "2024-03-30"]
    ages = statistics([place(date_maj=day) for day in days], TODAY).freshness
    assert ages == {"6": Count(1), "12": Count(2), "24": Count(2), "older": Count(1), "": Count()}


def test_a_closing_without_a_year_comes_last() -> None:
    dates = ["", "2019", "2014-09-30", "septembre 2014", "un jour"]
    found = statistics([place(statut="fermé", date_fermeture=date) for date in dates], TODAY)
    assert list(found.closings.items()) == [("2014", Count(0, 2)), ("2019", Count(0, 1)), ("", Count(0, 2))]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-31", 0, "2026-03-31"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-03-31", 3, "2025-12-31"),
        ("2026-03-31", 12, "2025-03-31"),
        ("2026-03-31", 24300, "0001-03-31"),
        ("2026-03-31", 24312, "0001-01-01"),
        ("2026-03-31", 10**30, "0001-01-01"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, months: int, before: str) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-15", "2026-01-15"),
        ("15/01/2026", "2026-01-15"),
        ("2026-01", "2026-01"),
        ("", ""),
        ("hier", ""),
        ("2026-02-30", ""),
        ("2999-01-01", ""),  # nobody has confirmed anything yet on that day
        ("\ud800\x00", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(written: str, day: str) -> None:
    assert last_confirmed(place(date_maj=written), TODAY) == day


def test_whom_to_phone_next_begins_with_those_whom_nobody_ever_phoned() -> None:
    dates = ["2025-03-31", "2025-03-30", "", "2020-05-05", "2026-03-01", "hier", "2025-03"]
    found = stale([place(id=str(number), date_maj=date) for number, date in enumerate(dates)], 12, TODAY)
    assert [one.date_maj for one in found] == ["", "hier", "2020-05-05", "2025-03", "2025-03-30"]
