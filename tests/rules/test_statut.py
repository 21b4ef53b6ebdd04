from __future__ import annotations

import pytest

from epncli.rules import statut


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ouvert", "ouvert"), ("OUVERTE", "ouvert"), ("ACTIF", "ouvert"), ("en activité", "ouvert"),
        ("open", "ouvert"), ("Fermé", "fermé"), (" inactive ", "fermé"), ("INACTIF", "fermé"),
        ("Définitivement fermée", "fermé"), ("N’est plus en activité", "fermé"), ("closed", "fermé"),
        ("Cessation d'activité", "fermé"), ("fermé temporairement", ""), ("activité", ""), ("Associatif", ""),
        ("ouvert à tous", ""), ("oui", ""), ("", ""), ("fermé" + " " * 99, ""),
    ],
)  # fmt: skip
def test_other_words_for_the_status(text: str, value: str) -> None:
    assert statut.of_words(text) == value
