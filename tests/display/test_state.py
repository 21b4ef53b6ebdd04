from __future__ import annotations

import pytest

from epncli.display.state import States, closing, interval_in_words, intervals_to_paste
from epncli.model.structure import Structure

CLOSED = Structure(id="a", nom="A", statut="fermé")
RANCY = Structure(id="rancy", nom=" Salle des\nRancy", fermetures_temporaires=("2026-07-20/2026-08-24 été",))


@pytest.mark.parametrize(
    ("date", "reason", "french", "english"),
    [
        ("", "", "fermée", "closed"),
        ("2014", "", "fermée en 2014", "closed in 2014"),
        ("2014-09", "", "fermée en septembre 2014", "closed in September 2014"),
        ("2014-09-30", "", "fermée le 30 septembre 2014", "closed on 30 September 2014"),
        ("2014-09-01", "", "fermée le 1er septembre 2014", "closed on 1 September 2014"),
        (
            "2014-09",
            "association\nfermée",
            "fermée en septembre 2014\xa0: association fermée",
            "closed in September 2014: association fermée",
        ),
        ("", "travaux", "fermée\xa0: travaux", "closed: travaux"),
        ("l’été dernier", "", "fermée (l’été dernier)", "closed (l’été dernier)"),
    ],
)
def test_a_closing_in_words(date: str, reason: str, french: str, english: str) -> None:
    structure = CLOSED.changed(date_fermeture=date, motif_fermeture=reason)
    assert closing(structure, "fr") == States().state(structure, "fr") == french
    assert closing(structure, "en") == States().state(structure, "en") == english
    assert States().state_to_paste(structure, "fr") == french.replace("\xa0", " ")


def test_an_open_place_has_no_closing() -> None:
    opened = Structure(id="a", date_fermeture="2014", remplace_par="rancy")
    states = States((opened, RANCY), "2026-11-27")
    assert closing(opened, "fr") == states.state(opened, "fr") == states.successor(opened) == ""


def test_the_successor_of_a_closed_place_is_named() -> None:
    old = CLOSED.changed(date_fermeture="2024-06", remplace_par="rancy")
    states = States((old, RANCY))
    assert states.state(old, "fr") == "fermée en juin 2024, voir Salle des Rancy"
    assert states.state(old, "en") == "closed in June 2024, see Salle des Rancy"
    unknown = old.changed(remplace_par="nowhere")
    assert States((unknown, RANCY)).state(unknown, "fr") == "fermée en juin 2024"


@pytest.mark.parametrize(
    ("intervals", "french", "english"),
    [
        (("2026-07-20/2026-08-24",), "fermée jusqu’au 24 août 2026", "closed until 24 August 2026"),
        (
            ("2026-07-20/2026-08-24 congés",),
            "fermée jusqu’au 24 août 2026\xa0: congés",
            "closed until 24 August 2026: congés",
        ),
        (("2026-07-20/..",), "fermée temporairement", "closed for a time"),
        (("2026-07-20/.. travaux",), "fermée temporairement\xa0: travaux", "closed for a time: travaux"),
        (("2026-07-20/2026-07-31", "2026-08-02/.."), "", ""),
        (("bientôt",), "", ""),
    ],
)
def test_the_state_of_today_is_computed(intervals: tuple[str, ...], french: str, english: str) -> None:
    place = Structure(id="b", nom="B", fermetures_temporaires=intervals)
    states = States((place,), "2026-08-01")
    assert (states.state(place, "fr"), states.state(place, "en")) == (french, english)
    assert states.is_closed_for_a_time(place) == bool(french)
    assert States((place,)).state(place, "fr") == ""


def test_a_place_that_has_closed_for_good_is_not_closed_for_a_time() -> None:
    both = RANCY.changed(statut="fermé")
    states = States((both,), "2026-08-01")
    assert (states.state(both, "fr"), states.is_closed_for_a_time(both)) == ("fermée", False)


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        (
            "2026-07-20/2026-08-24 congés\td'été",
            "du 20 juillet 2026 au 24 août 2026\xa0: congés d'été",
            "from 20 July 2026 to 24 August 2026: congés d'été",
        ),
        ("2026-11-02/..", "à partir du 2 novembre 2026", "from 2 November 2026"),
        ("2026-11-01/2026-11-01", "le 1er novembre 2026", "on 1 November 2026"),
        ("bientôt", "bientôt", "bientôt"),
    ],
)
def test_an_interval_in_words(text: str, french: str, english: str) -> None:
    assert (interval_in_words(text, "fr"), interval_in_words(text, "en")) == (french, english)
    assert intervals_to_paste((text, "2026-01-02/.."), "fr") == (
        f"{french}, à partir du 2 janvier 2026".replace("\xa0", " ")
    )
