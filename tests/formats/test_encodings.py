"""The encoding of a text, told by its letters or named."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear import assert_linear

from epncli.formats import encodings
from epncli.formats.encodings import NAMES, decode
from epncli.formats.reading import InputFile
from epncli.rules import communes

TEXTS: Final = (
    "Médiathèque",
    "nom;commune\nEspace multimédia;Besançon\n",
    "FERMÉ",
    "Fermé le lundi, ouvert à 9 h",
    "Garçons et filles",
    "MÉDIATHÈQUE DE MEGÈVE",
    "Saint-Étienne",
    "Le Châtelet-en-Brie, 3 allée des Frênes",
    "N° 12, à côté de l'église « Notre-Dame »",
    "Centre socioculturel d'Orléans\nMaison de quartier Voltaire\nL'Haÿ-les-Roses",
)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac-roman"])
@pytest.mark.parametrize("text", TEXTS)
def test_french_words_are_read_in_the_code_page_in_which_they_are_written(text: str, encoding: str) -> None:
    assert decode(InputFile("liste", text.encode(encoding))) == (text, NAMES[encoding])


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac-roman"])
def test_the_communes_of_france_are_read_in_the_code_page_in_which_they_are_written(encoding: str) -> None:
    names = [
        name
        for department in range(1, 96)
        for name in (place.nom for place in communes.communes(f"{department:02}000"))
        if not name.isascii()
    ]
    assert len(names) > 5
    text = "\n".join((*names, *map(str.upper, names)))
    assert decode(InputFile("liste", text.encode(encoding, "replace")))[1] == NAMES[encoding]


@pytest.mark.parametrize("text", ["“Smart” quotes – and dashes…", "L’Œuvre", "œ", "§ 3", "Gijón", "\xa0"])
def test_without_letters_that_tell_otherwise_it_is_windows_1252(text: str) -> None:
    assert decode(InputFile("liste", text.encode("cp1252"))) == (text, "Windows-1252")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("é".encode(), "UTF-8"),
        ("é".encode("utf-8-sig"), "UTF-8"),
        ("é".encode("utf-16"), "UTF-16"),
        (b"\xfe\xff\x00\xe9", "UTF-16"),
    ],
)
def test_marks_and_valid_utf_8_go_before_letters(data: bytes, name: str) -> None:
    assert decode(InputFile("liste", data)) == ("é", name)


def test_an_encoding_that_is_named_settles_it() -> None:
    for encoding, name in NAMES.items():
        data = "Médiathèque €".encode(encoding, "replace")
        found, said = decode(InputFile("liste", data, encoding=encoding))
        assert (found.rstrip("€?"), said) == ("Médiathèque ", name)
    assert decode(InputFile("liste", "é".encode("utf-8-sig"), encoding="utf-8")) == ("é", "UTF-8")
    assert decode(InputFile("liste", b"a\xe9", encoding="utf-8")) == ("a\ufffd", "UTF-8")


@given(st.binary(max_size=200), st.sampled_from(("", *NAMES)))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_it(data: bytes, encoding: str) -> None:
    text, name = decode(InputFile("liste", data, encoding=encoding))
    assert name in NAMES.values() and len(text) <= len(data)


@pytest.mark.parametrize("count", [20_000, 5_000_000])
def test_a_file_of_letters_takes_no_more_time_than_its_length_allows(count: int) -> None:
    assert_linear(decode, lambda count: InputFile("liste", b"\xe9" * count), count)


def test_no_more_letters_of_a_large_file_are_compared_than_tell_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[bytes] = []
    monkeypatch.setattr(encodings, "_case", lambda before: compared.append(before) or "")
    assert decode(InputFile("liste", b"\xe9" * 100_000))[1] == "Windows-1252"
    assert len(compared) == 20_000


@pytest.mark.parametrize("end", [b"\x1a", b"\0" * 100, b"\x1a" + b"\0" * 9])
def test_what_ms_dos_writes_behind_a_text_is_none_of_it(end: bytes) -> None:
    assert decode(InputFile("liste", b"nom;commune\nA;Paris\n" + end)) == ("nom;commune\nA;Paris\n", "UTF-8")
