"""What a cell holds beside its value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.importing.cleaning import Stain, clean, is_error, is_placeholder, is_suspect


@pytest.mark.parametrize(
    "text",
    ["#N/A", "#N/D", "#REF!", "#VALUE!", "#VALEUR!", "#NAME?", "#NOM?", "#DIV/0!", "#NUM!", "#NOMBRE!",
     "#NUL!", " #n/a ", "#####", "Err:502", "=A2", "=Feuil2!$C$4", "=CONCATENER(A2;\" \";B2)",
     "=SOMME(A1:A3)+1)"],
)  # fmt: skip
def test_errors_and_formulas_of_a_spreadsheet(text: str) -> None:
    assert is_error(text)
    assert is_suspect(text)


@pytest.mark.parametrize(
    "text", ["", "#", "#1", "# N/A", "N/A", "=", "=1+1", "= A2 est faux", "Erreur", "#epn"]
)
def test_what_is_no_error_of_a_spreadsheet(text: str) -> None:
    assert not is_error(text)


@pytest.mark.parametrize(
    "text", ["-", " - ", "N/A", "n.c.", "Néant", "NON RENSEIGNÉ", "http://", "https://www.", "null", "?", "…"]
)
def test_words_for_no_value(text: str) -> None:
    assert is_placeholder(text)
    assert is_suspect(text)


@pytest.mark.parametrize("text", ["", " ", "0", "x", "Y", "Non", "Nans", "--verbose", "Rien à signaler"])
def test_what_is_no_word_for_no_value(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "cleaned", "stain"),
    [
        ("R&D, 1 < 2", "R&D, 1 < 2", None),
        ("«\u00a0Été\u00a0»", "«\u00a0Été\u00a0»", None),
        ("SÃO PAULO, Ångström, château", "SÃO PAULO, Ångström, château", None),
        ("NÂ° 3", "N° 3", Stain.ENCODING),
        ("Ã©cole dâ€™Ã©tÃ© Ã\u00a0 5 â‚¬", "école d’été à 5 €", Stain.ENCODING),
        ("ÃƒÂ©", "é", Stain.ENCODING),
        ("cÅ“ur", "cœur", Stain.ENCODING),
        ("NÂ° 3 déjà", "N° 3 déjà", Stain.ENCODING),
        ("l&rsquo;&eacute;t&eacute;", "l’été", Stain.MARKUP),
        ("&amp;amp;eacute;", "é", Stain.MARKUP),
        ("Un<br/>Deux <a href=\"x\">trois</a>", "Un\nDeux trois", Stain.MARKUP),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)", Stain.MARKUP),
        ("a <personne> b", "a <personne> b", None),
        ("A  B \u00a0 C", "A B C", Stain.BLANKS),
        ("\x1b[31mRouge\x00", "Rouge", Stain.CONTROL),
    ],
)  # fmt: skip
def test_a_text_is_cleaned(text: str, cleaned: str, stain: Stain | None) -> None:
    assert clean(text) == (cleaned, stain)


MESSY = st.lists(
    st.sampled_from([*"abé<>&;# \u00a0", "&amp;", "&lt;", "<b>", "Ã", "©", "â€", "™", "\x1b["]), max_size=12
)


@given(MESSY.map("".join))
def test_what_is_clean_stays_so_and_what_is_not_suspect_is_clean(text: str) -> None:
    cleaned, _stain = clean(text)
    assert clean(cleaned)[0] == cleaned
    assert is_suspect(text) or (cleaned == text and not is_error(text) and not is_placeholder(text))
