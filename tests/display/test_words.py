from __future__ import annotations

import pytest

from epncli.display.words import heading, one_line


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
