"""Folding for comparison, and French alphabetical order."""

from __future__ import annotations

import sys
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear

from epncli.folding import FIELD_END, fold, fold_all, normalized, sort_key

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))  # surrogates too


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Médiathèque Françoise-Sagan", "mediatheque francoise sagan"),
        ("ÉCOLE", "ecole"),
        ("E\u0301cole", "ecole"),
        ("Cœur d’Œuvre, Ægir, Straße", "coeur d oeuvre aegir strasse"),
        ("l'l’lʼl`l´l‘l′l", "l l l l l l l l"),
        ("a-b‐b‑b–b—b−b", "a b b b b b b"),
        ("01\u00a046\u202f36.70/13", "01 46 36 70 13"),
        ("  ST-Merri /renard/Cours  ", "st merri renard cours"),
        ("EPN L’@nnexe", "epn l nnexe"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("Ελλάδα Ωμέγα", "ελλαδα ωμεγα"),
        ("Łódź Đà Ø", "lodz da o"),
        ("n°5", "n 5"),
        ("line\nand\ttab\x1fand\x00nul", "line and tab and nul"),
        ("", ""),
        ("… – !", ""),
    ],
)
def test_what_people_do_not_hear_does_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_any_text_folds_and_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split(" "))
    assert folded == folded.strip()


@given(st.text())
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.lists(ANY_TEXT, max_size=150))
def test_many_texts_at_once_fold_like_each_alone(texts: list[str]) -> None:
    together = fold_all(texts) if texts else []
    assert [" ".join(folded.split()) for folded in together] == [fold(text) for text in texts]


def test_more_texts_than_are_folded_at_a_time_keep_their_places() -> None:
    assert fold_all([f"É{place}" for place in range(1000)]) == [f"e{place}" for place in range(1000)]


def test_values_stay_apart_when_folded_together() -> None:
    assert fold_all([f"Été{FIELD_END}Paris"]) == [f"ete{FIELD_END}paris"]


@pytest.mark.parametrize(
    "ordered",
    [
        ["cote", "coté", "côte", "côté", "coter"],
        ["Eau", "école", "Église", "elle", "Zoé"],
        ["odeur", "œil", "œuvre", "offre", "oubli"],
        ["Pyrénées 2", "Pyrénées 10", "Pyrénées 10 bis"],
        ["13 lieux", "104", "Ars"],
        ["La Poste", "Lapalud"],
        ["1", "9" * 5000, "1" + "0" * 5000],
    ],
)
def test_french_order(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered
    assert len({sort_key(text) for text in ordered}) == len(ordered)


def test_case_and_form_of_a_letter_do_not_count_in_the_order() -> None:
    assert sort_key("ÉCOLE") == sort_key("école") == sort_key("e\u0301cole")


@given(ANY_TEXT, ANY_TEXT)
def test_any_two_texts_can_be_ordered(one: str, other: str) -> None:
    assert [sort_key(one) < sort_key(other), sort_key(one) == sort_key(other)] != [True, True]
    assert (sort_key(one) < sort_key(other)) == (sort_key(other) > sort_key(one))


def test_a_letter_with_more_accents_than_any_language_has_stays_as_it_is() -> None:
    def unchanged(heap: str) -> None:
        assert normalized("NFC", f"e\u0301{heap}") == f"e\u0301{heap}"
        assert normalized("NFKD", f"é{heap}") == f"é{heap}"
        assert sort_key(f"e{heap}")

    assert_linear(unchanged, lambda count: "\u0315\u0300" * count, 50_000)
    assert normalized("NFC", "e\u0301" + "\u0315\u0300" * 14) == unicodedata.normalize(
        "NFC", "e\u0301" + "\u0315\u0300" * 14
    )


@given(st.text(), st.sampled_from(["NFC", "NFKC", "NFKD"]))
def test_any_other_text_has_the_normal_form_of_unicode(
    text: str, form: Literal["NFC", "NFKC", "NFKD"]
) -> None:
    assert normalized(form, text) == unicodedata.normalize(form, text)


def test_whatever_becomes_an_accent_counts_as_one() -> None:
    accents = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.combining(unicodedata.normalize("NFKD", character)[:1] or "a")
    ]
    assert len(accents) > 900
    for character in accents:
        assert normalized("NFKD", "a" + character * 31) == "a" + character * 31
