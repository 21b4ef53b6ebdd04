"""What a cell holds beside its value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.importing.corrections import Treatment
from epncli.importing.text_cleaning import clean, is_clean, is_error, is_no_value


@pytest.mark.parametrize(
    "text",
    ["#N/A", "#N/D", "#REF!", "#VALUE!", "#VALEUR!", "#NAME?", "#NOM?", "#DIV/0!", "#NUM!", "#NOMBRE!",
     "#NUL!", " #n/a ", "#####", "Err:502", "=A2", "=Feuil2!$C$4", "=CONCATENER(A2;\" \";B2)",
     "=SOMME(A1:A3)+1)"],
)  # fmt: skip
def test_errors_and_formulas_of_a_spreadsheet(text: str) -> None:
    assert is_error(text)
    assert not is_clean(text)


@pytest.mark.parametrize(
    "text", ["", "#", "#1", "# N/A", "N/A", "=", "=1+1", "= A2 est faux", "Erreur", "#epn"]
)
def test_what_is_no_error_of_a_spreadsheet(text: str) -> None:
    assert not is_error(text)


@pytest.mark.parametrize(
    "text", ["-", " - ", "N/A", "n.c.", "Néant", "NON RENSEIGNÉ", "http://", "https://www.", "null", "?", "…"]
)
def test_words_for_no_value(text: str) -> None:
    assert is_no_value(text)
    assert not is_clean(text)


@pytest.mark.parametrize("text", ["", " ", "0", "x", "Y", "Non", "Nans", "--verbose", "Rien à signaler"])
def test_what_is_no_word_for_no_value(text: str) -> None:
    assert not is_no_value(text)


@pytest.mark.parametrize(
    ("text", "cleaned", "treatment"),
    [
        ("R&D, 1 < 2", "R&D, 1 < 2", Treatment.KEPT),
        ("«\u00a0Été\u00a0»", "«\u00a0Été\u00a0»", Treatment.KEPT),
        ("SÃO PAULO, Ångström, château", "SÃO PAULO, Ångström, château", Treatment.KEPT),
        ("NÂ° 3", "N° 3", Treatment.DECODED_AGAIN),
        ("Ã©cole dâ€™Ã©tÃ© Ã\u00a0 5 â‚¬", "école d’été à 5 €", Treatment.DECODED_AGAIN),
        ("ÃƒÂ©", "é", Treatment.DECODED_AGAIN),
        ("cÅ“ur", "cœur", Treatment.DECODED_AGAIN),
        ("NÂ° 3 déjà", "N° 3 déjà", Treatment.DECODED_AGAIN),
        ("l&rsquo;&eacute;t&eacute;", "l’été", Treatment.MARKUP_REMOVED),
        ("&amp;amp;eacute;", "é", Treatment.MARKUP_REMOVED),
        ("Un<br/>Deux <a href=\"x\">trois</a>", "Un\nDeux trois", Treatment.MARKUP_REMOVED),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)", Treatment.MARKUP_REMOVED),
        ("a <personne> b", "a <personne> b", Treatment.KEPT),
        ("A  B \u00a0 C", "A B C", Treatment.SPACES_REDUCED),
        ("\x1b[31mRouge\x00", "Rouge", Treatment.CONTROLS_REMOVED),
    ],
)  # fmt: skip
def test_a_text_is_cleaned(text: str, cleaned: str, treatment: Treatment) -> None:
    assert clean(text) == (cleaned, treatment)


MESSY = st.lists(
    st.sampled_from([*"abé<>&;# \u00a0", "&amp;", "&lt;", "<b>", "Ã", "©", "â€", "™", "\x1b["]), max_size=12
)


@given(MESSY.map("".join))
def test_what_is_clean_stays_so_and_what_is_not_suspect_is_clean(text: str) -> None:
    cleaned, _treatment = clean(text)
    assert clean(cleaned)[0] == cleaned
    assert not is_clean(text) or (cleaned == text and not is_error(text) and not is_no_value(text))
