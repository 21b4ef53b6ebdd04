from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model import enums
from epncli.model.structure import FIELDS
from epncli.problems import error
from epncli.rules.enumeration import validate
from epncli.rules.result import accepted, refused

LISTS = [field.values for field in FIELDS.values() if field.values]
VALUES = [(value, values) for values in LISTS for value in values]


@pytest.mark.parametrize(
    ("text", "value", "values"),
    [
        ("Étapes numériques(La Poste)", "Étapes numériques(La Poste)", enums.FORMATIONS_LABELS),
        ("Étapes numériques (La Poste)", "Étapes numériques(La Poste)", enums.FORMATIONS_LABELS),
        ("E\u0301tapes nume\u0301riques (La Poste)", "Étapes numériques(La Poste)",
         enums.FORMATIONS_LABELS),
        ("forme a \"Mon Espace Sante\"", "Formé à « Mon Espace Santé »", enums.FORMATIONS_LABELS),
        ("ordi 3.0", "ORDI 3.0", enums.FORMATIONS_LABELS),
        ("Point d’accès numérique CAF", "Point d'accès numérique CAF",
         enums.DISPOSITIF_PROGRAMMES_NATIONAUX),
        ("Ce lieu n’accueille pas de public", "Ce lieu n'accueille pas de public",
         enums.MODALITES_ACCES),
        ("  aide aux  demarches\u00a0administratives", "Aide aux démarches administratives",
         enums.SERVICES),
        ("gratuit", "Gratuit", enums.FRAIS_A_CHARGE),
        ("la poste", "LA_POSTE", enums.TYPOLOGIE),
        ("Fermé", "fermé", enums.STATUT),
        ("OUVERT", "ouvert", enums.STATUT),
        ("  ", "", enums.STATUT),
    ],
)  # fmt: skip
def test_a_value_is_understood_however_it_is_spelled(text: str, value: str, values: tuple[str, ...]) -> None:
    assert validate(text, values) == accepted(value)


@pytest.mark.parametrize(("value", "values"), VALUES)
def test_each_value_of_the_schema_is_right_whatever_its_case(value: str, values: tuple[str, ...]) -> None:
    for text in (value, value.upper(), value.lower(), f" {value} "):
        assert validate(text, values) == accepted(value)


@pytest.mark.parametrize(
    ("text", "hint", "values"),
    [
        ("fermée", "did you mean ‘fermé’?", enums.STATUT),
        ("Gratuite", "did you mean ‘Gratuit’?", enums.FRAIS_A_CHARGE),
        ("Conseiller numérique", "did you mean ‘Conseillers numériques’?",
         enums.DISPOSITIF_PROGRAMMES_NATIONAUX),
        ("Maison France Services", "did you mean ‘France Services’?",
         enums.DISPOSITIF_PROGRAMMES_NATIONAUX),
        ("EPNN", "did you mean ‘EPN’?", enums.TYPOLOGIE),
        ("payant, gratuit", "these are several values; write each of them separately: ‘Payant’, ‘Gratuit’",
         enums.FRAIS_A_CHARGE),
        ("Jeunes|Seniors", "these are several values; write each of them separately: ‘Jeunes’, ‘Seniors’",
         enums.PUBLICS_SPECIFIQUEMENT_ADRESSES),
        ("zzz", "write one of these values: ‘Gratuit’, ‘Gratuit sous condition’, ‘Payant’",
         enums.FRAIS_A_CHARGE),
        ("???", "write one of these values: ‘ouvert’, ‘fermé’", enums.STATUT),
    ],
)  # fmt: skip
def test_an_unknown_value_is_refused_with_the_nearest(text: str, hint: str, values: tuple[str, ...]) -> None:
    message = f"‘{text}’ is not one of the values of this field"
    assert validate(text, values) == refused(text, error(message, hint))


def test_a_text_of_200_characters_is_compared_and_a_longer_one_is_not() -> None:
    assert validate("ouvert".ljust(200), enums.STATUT) == accepted("ouvert")
    hints = [validate(text.ljust(length), enums.STATUT).problems[0].hint
             for text, length in (("ouvert", 201), ("fermée", 200), ("fermée", 201))]  # fmt: skip
    assert hints == [
        "write one of these values: ‘ouvert’, ‘fermé’",
        "did you mean ‘fermé’?",
        "write one of these values: ‘ouvert’, ‘fermé’",
    ]


def test_a_list_of_1000_characters_is_told_apart_and_a_longer_one_is_not() -> None:
    hints = [validate("ouvert|fermé".ljust(length), enums.STATUT).problems[0].hint for length in (1000, 1001)]
    assert hints == [
        "these are several values; write each of them separately: ‘ouvert’, ‘fermé’",
        "write one of these values: ‘ouvert’, ‘fermé’",
    ]


def test_a_very_long_text_is_refused_at_once() -> None:
    text = "ouvert|" * 10_000
    message = f"‘{text[:59]}…’ is not one of the values of this field"
    assert validate(text, enums.STATUT) == refused(
        text, error(message, "write one of these values: ‘ouvert’, ‘fermé’")
    )


@given(st.text(st.characters()), st.sampled_from(LISTS))
def test_no_text_breaks_the_rule(text: str, values: tuple[str, ...]) -> None:
    result = validate(text, values)
    assert result.refused or result.value in (*values, "")
