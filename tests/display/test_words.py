from __future__ import annotations

import pytest

from epncli.display.words import closing, closing_to_paste, heading, one_line
from epncli.model.structure import Structure

CLOSED = Structure(id="a", nom="A", statut="fermé")


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
    assert closing(structure, "fr") == french
    assert closing(structure, "en") == english
    assert closing_to_paste(structure, "fr") == french.replace("\xa0", " ")


def test_an_open_place_has_no_closing() -> None:
    assert closing(Structure(id="a", date_fermeture="2014"), "fr") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" \u00a0a  b\u00a0c ", "a  b\u00a0c"),
        ("a\r\n\r\nb\tc\u2028d", "a b c d"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("\x00\x7f\x9b", "␀␡\ufffd"),
        ("abc\u202etxt\u202c\u200f\u2066x\u2069", "abctxtx"),
        ("\ud800", "\ufffd"),
        ("👩‍💻 שלום", "👩‍💻 שלום"),
    ],
)
def test_one_line_shows_what_there_is(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_headings_follow_the_language_of_what_is_published() -> None:
    names = ("commune", "code_postal", "nom", "telephones", "horaires")
    assert [heading(name, "fr") for name in names] == [
        "Commune", "CP", "Structure", "Téléphone", "Horaires",
    ]  # fmt: skip
    assert [heading(name, "en") for name in names] == [
        "Commune", "Postcode", "Place", "Phone", "Opening hours",
    ]  # fmt: skip
