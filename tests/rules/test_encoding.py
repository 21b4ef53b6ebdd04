"""Correction of text that was decoded in the wrong encoding."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.rules.encoding import SIGNS, decoded_again


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("NÂ° 3", "N° 3"),
        ("NÂ° 3 déjà", "N° 3 déjà"),
        ("Ã©cole dâ€™Ã©tÃ© Ã\u00a0 5 â‚¬", "école d’été à 5 €"),
        ("Ã‰cole du cÅ“ur", "École du cœur"),
        ("Lâ\u0080\u0099Ã©tÃ©", "L’été"),
        ("L\u0092été", "L’été"),
        ("ï»¿nom", "\ufeffnom"),
        ("ouvert ðŸ˜€", "ouvert 😀"),
        ("\u00ed\u00a0\u20ac", "\u00ed\u00a0\u20ac"),  # the bytes of a surrogate
        ("SÃO PAULO, Ångström, château, naïf, Âge", "SÃO PAULO, Ångström, château, naïf, Âge"),
        ("ligne\x85suivante", "ligne\x85suivante"),
        ("Ã", "Ã"),
    ],
)
def test_characters_that_were_decoded_in_the_wrong_encoding_are_corrected(text: str, meant: str) -> None:
    assert decoded_again(text) == meant


@given(st.text(alphabet="abcéèàùçœ’«»€°ÉÀÇ \u00a0-", max_size=30))
def test_french_text_is_unchanged_and_comes_back_after_a_wrong_decoding(text: str) -> None:
    assert decoded_again(text) == text
    misread = text.encode().decode("latin-1")
    assert decoded_again(misread) == text
    assert misread == text or re.search(f"[{SIGNS}]", misread)
