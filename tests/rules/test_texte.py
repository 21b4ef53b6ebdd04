from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear

from epncli.problems import error, warning
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted, validate

ANY_TEXT = st.text(st.characters())
AWKWARD = st.text(
    st.sampled_from("aé e\u0301\n\r\t\u2028\x85\x92\u200b\ufeff\u202e\ufffd\x00\ud800\ufffeÃ©â€™Â\xa0")
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Microlithe", "Microlithe"),
        ("  Microlithe\u00a0", "Microlithe"),
        ("Cite\u0301 des Sciences", "Cité des Sciences"),
        ("10 rue de la Paix\n75002 Paris", "10 rue de la Paix 75002 Paris"),
        ("a \r\n\t b\u2028c\x85d", "a b c d"),
        ("deux  espaces", "deux  espaces"),
        ("Espace\u00a0: l’@nnexe", "Espace\u00a0: l’@nnexe"),
        ("👩\u200d🔧 atelier", "👩\u200d🔧 atelier"),
        ("SÃO Paulo, château", "SÃO Paulo, château"),
        ("\n", ""),
        ("", ""),
    ],
)
def test_a_line_of_text_has_one_normal_form(text: str, normal: str) -> None:
    assert validate(text) == accepted(normal)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("un\r\ndeux\rtrois\u2028quatre\x85\n", "un\ndeux\ntrois\nquatre"),
        ("un\tdeux", "un\tdeux"),
        ("un\n\n deux", "un\n\n deux"),
    ],
)
def test_a_text_of_several_lines_keeps_them(text: str, normal: str) -> None:
    assert validate(text, multiline=True) == accepted(normal)


@pytest.mark.parametrize(
    ("text", "normal", "before", "after"),
    [
        ("l\x92accueil", "l’accueil", "l\\u0092accueil", "l’accueil"),
        ("CitÃ© des MÃ©tiers", "Cité des Métiers", "CitÃ© des MÃ©tiers", "Cité des Métiers"),
        ("lâ€™accueil", "l’accueil", "lâ€™accueil", "l’accueil"),
        ("CitÃƒÂ©", "Cité", "CitÃƒÂ©", "Cité"),
    ],
)
def test_a_wrong_encoding_is_undone_and_said(text: str, normal: str, before: str, after: str) -> None:
    slip = warning(f"‘{before}’ was read in the wrong encoding at some point", f"it is read as ‘{after}’")
    assert validate(text) == accepted(normal, problems=(slip,))


def test_an_accent_already_destroyed_is_a_warning() -> None:
    assert validate("Cit\ufffd ") == accepted(
        "Cit\ufffd",
        problems=(
            warning(
                "‘Cit\ufffd’ has lost an accent: \ufffd has replaced it",
                "type the word again, or export the source again as UTF-8",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "normal", "shown"),
    [
        ("\ufeffMicrolithe", "Microlithe", "\\ufeffMicrolithe"),
        ("Micro\u200blithe", "Microlithe", "Micro\\u200blithe"),
        ("Micro\u00adlithe", "Microlithe", "Micro\\u00adlithe"),
        ("\u202eehtilorciM\u202c", "ehtilorciM", "\\u202eehtilorciM\\u202c"),
        ("e\u200b\u0301", "é", "e\\u200b\u0301"),
        ("a \u200b", "a", "a \\u200b"),
    ],
)
def test_invisible_characters_are_dropped_and_said(text: str, normal: str, shown: str) -> None:
    slip = warning(
        f"‘{shown}’ contains invisible characters",
        "they come from copying and pasting, and are removed",
        fix=None if "\u202e" in text else normal,
    )
    assert validate(text) == accepted(normal, problems=(slip,))


@pytest.mark.parametrize(
    ("text", "shown", "code"),
    [
        ("a\x00b", "a\\u0000b", "0000"),
        ("a\x1b[31m", "a\\u001b[31m", "001B"),
        ("a\x7f", "a\\u007f", "007F"),
        ("a\x81", "a\\u0081", "0081"),
    ],
)
def test_a_control_character_is_refused(text: str, shown: str, code: str) -> None:
    problem = error(f"‘{shown}’ contains the control character U+{code}", "delete it, or type the text again")
    assert validate(text) == refused(text, problem)
    assert validate(text, multiline=True) == refused(text, problem)


@pytest.mark.parametrize(("text", "code"), [("\ud800", "D800"), ("\udcff", "DCFF"), ("\uffff", "FFFF")])
def test_what_no_file_can_hold_is_refused(text: str, code: str) -> None:
    problem = error(
        f"‘\\u{code.lower()}’ contains U+{code}, which cannot be written in UTF-8",
        "type the text again",
    )
    assert validate(text) == refused(text, problem)


def test_a_text_is_measured_in_its_normal_form() -> None:
    assert validate(" " + "e\u0301" * 280, max_length=280) == accepted("é" * 280)
    assert validate("e" * 281, max_length=280) == refused(
        "e" * 281,
        error("281 characters; at most 280 are allowed", "shorten it by 1 character"),
    )
    assert validate("é" * 300, max_length=280).problems == (
        error("300 characters; at most 280 are allowed", "shorten it by 20 characters"),
    )


def test_a_quoted_value_is_short_and_shows_what_hides() -> None:
    assert quoted("L’été") == "L’été"
    assert quoted("x" * 60) == "x" * 60
    assert quoted("x" * 61) == "x" * 59 + "…"
    assert quoted("a\tb\u202e\ud800") == "a\\u0009b\\u202e\\ud800"
    assert quoted("a\u00a0:") == "a\u00a0:"


@given(ANY_TEXT | AWKWARD, st.booleans())
def test_a_normal_form_is_final(text: str, multiline: bool) -> None:
    first = validate(text, multiline=multiline)
    if first.refused:
        assert first.values == (text,)
        return
    assert unicodedata.is_normalized("NFC", first.value)
    assert first.value == first.value.strip()
    second = validate(first.value, multiline=multiline)
    said = tuple(problem for problem in second.problems if "has lost an accent" in problem.message)
    assert second == RuleResult((first.value,), said)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a  b", "a  b"), ("a \t b", "a b"), ("a  \n  b", "a b"), ("a\tb", "a b"), ("a   b \n c", "a   b c"),
        ("a \r\n \t b  c", "a b  c"),
    ],
)  # fmt: skip
def test_a_run_of_blanks_is_one_where_a_line_or_a_column_ends_in_it(text: str, clean: str) -> None:
    assert validate(text).values == (clean,)


def test_a_long_run_of_blanks_takes_no_more_time_than_its_length_allows() -> None:
    assert_linear(validate, lambda count: "\u200b" + "a" + " " * count + "b", 20_000)
