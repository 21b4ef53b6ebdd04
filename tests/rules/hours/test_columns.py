from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from epncli.problems import error
from epncli.rules.hours.columns import Column, column_of, join
from epncli.rules.hours.vocabulary import AFTERNOON, MORNING
from epncli.rules.result import accepted, refused

AS_IN = "write them in the form 9h-12h, 14h-18h"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Lundi", Column(0)), ("h_lundi", Column(0)), ("ouv_mardi", Column(1)), ("horaires_jeudi", Column(3)),
        ("Horaire Mercredi", Column(2)), ("Horaires d'ouverture vendredi", Column(4)),
        ("DIMANCHE", Column(6)),
        ("lundi matin", Column(0, MORNING)), ("Lundi après-midi", Column(0, AFTERNOON)),
        ("samedi_apres_midi", Column(5, AFTERNOON)), ("Sam.", Column(5)), ("Mar", Column(1)),
        ("lieu.1.openHours.Mo", Column(0)), ("h_me", Column(2)),
        ("Horaires", None), ("Mardi soir", None), ("Jour de marché", None), ("mars", None), ("Mo", None),
        ("Ma", None), ("lundi mardi", None), ("lun di", None), ("", None), ("Lundi " * 50, None),
    ],
)  # fmt: skip
def test_a_header_tells_the_day(header: str, found: Column | None) -> None:
    assert column_of(header) == found


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        ({}, ""),
        ({Column(0): "", Column(1): " - "}, ""),
        ({Column(day): "08:15 - 11:45 / 13:00 - 18:15" for day in range(5)}, "Mo-Fr 08:15-11:45,13:00-18:15"),
        ({Column(0): "Fermé", Column(1): "8h15-13h", Column(5): "8: à 11:"},
         "Tu 08:15-13:00; Sa 08:00-11:00; Mo off"),
        ({Column(0): "sur rendez-vous", Column(1): "9h-12h (sur RDV)"},
         'Mo unknown "sur rendez-vous"; Tu 09:00-12:00 "sur rendez-vous"'),
        ({Column(0): "8 : 15 - 12 : 15 / 13 : 15 - 16 :15"}, "Mo 08:15-12:15,13:15-16:15"),
        ({Column(2): "8:15 - 12:15 ; 13:45 - 17:"}, "We 08:15-12:15,13:45-17:00"),
        ({Column(2): "11: à 19: (en continu)"}, "We 11:00-19:00"),
        ({Column(2): "8:15 10:45; 14:00 19:00"}, "We 08:15-10:45,14:00-19:00"),
        ({Column(2): "Fermé le matin - 14h15 à 19h"}, "We 14:15-19:00"),
        ({Column(2): "8-11h  14h15-19h"}, "We 08:00-11:00,14:15-19:00"),
        ({Column(2): "24h/24"}, "We 00:00-24:00"),
        ({Column(0, MORNING): "9h-12h", Column(0, AFTERNOON): "14h-18h", Column(1, MORNING): "fermé",
          Column(1, AFTERNOON): "fermé", Column(2, MORNING): "fermé", Column(2, AFTERNOON): "14h-17h",
          Column(3, MORNING): "fermé"},
         "Mo 09:00-12:00,14:00-18:00; We 14:00-17:00; Tu off"),
    ],
)  # fmt: skip
def test_the_cells_of_a_week_are_joined(cells: dict[Column, str], hours: str) -> None:
    assert join(cells) == accepted(hours)


@pytest.mark.parametrize(
    ("cells", "text", "reason"),
    [
        ({Column(0): "9h-12h", Column(1): "2x par mois de 9h à 11h"}, "2x par mois de 9h à 11h",
         "Tuesday: these opening hours cannot be understood from ‘2x par mois de 9h à 11h’ onwards"),
        ({Column(0): "14:37:12.000001"}, "14:37:12.000001",
         "Monday: these opening hours cannot be understood from ‘14:37:12.000001’ onwards"),
        ({Column(0): "07:00-10:15 (les derniers dimanches de chaque mois)"},
         "07:00-10:15 (les derniers dimanches de chaque mois)",
         "Monday: ‘derniers dimanches de chaque mois)’: the times are missing"),
        ({Column(0): "09:00-10-00, 13:00-18:00"}, "09:00-10-00, 13:00-18:00",
         "Monday: these opening hours cannot be understood from ‘00, 13:00-18:00’ onwards"),
        ({Column(0): "9h-12h mardi 14h-18h"}, "9h-12h mardi 14h-18h",
         "Monday: these opening hours cannot be understood from ‘9h-12h mardi 14h-18h’ onwards"),
        ({Column(0): "9H-11H et 3H-7H"}, "9H-11H et 3H-7H",
         "Monday: these opening hours cannot be understood from ‘3H-7H’ onwards"),
        ({Column(0, MORNING): "14h-18h"}, "14h-18h",
         "Monday: these opening hours cannot be understood from ‘14h-18h’ onwards"),
        ({Column(0): "9h-17h", Column(0, AFTERNOON): "14h-18h"}, "14h-18h",
         "Monday: these opening hours cannot be understood from ‘14h-18h’ onwards"),
        ({Column(0): "Fermé", Column(0, AFTERNOON): "14h-18h"}, "14h-18h",
         "Monday: these opening hours cannot be understood from ‘14h-18h’ onwards"),
        ({Column(0): "9h-17h sauf vacances scolaires"}, "9h-17h sauf vacances scolaires",
         "Monday: these opening hours cannot be understood from ‘9h-17h sauf vacances scolaires’ onwards"),
        ({Column(6): "9h\x00"}, "9h\x00",
         "Sunday: these opening hours cannot be understood from ‘9h\\u0000’ onwards"),
    ],
)  # fmt: skip
def test_one_cell_that_is_not_understood_refuses_the_week(
    cells: dict[Column, str], text: str, reason: str
) -> None:
    assert join(cells) == refused(text, error(reason, AS_IN))


COLUMNS = st.builds(Column, st.integers(0, 6), st.sampled_from(["", MORNING, AFTERNOON]))
CELLS = st.text(max_size=30) | st.sampled_from(
    ["9h-12h", "14h-18h", "Fermé", "-", "sur RDV", "9:-12:", "lundi"]
)


@pytest.mark.parametrize("examples", [50, pytest.param(5_000, marks=pytest.mark.long)])
def test_any_cells_are_refused_or_joined_to_valid_hours(examples: int) -> None:
    @settings(max_examples=examples)
    @given(st.dictionaries(COLUMNS, CELLS, max_size=8))
    def check(cells: dict[Column, str]) -> None:
        result = join(cells)
        assert result.refused or not result.value or OpeningHours(result.value)

    check()
