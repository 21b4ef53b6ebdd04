"""Labels of fields in the middle of a sentence."""

from __future__ import annotations

import pytest

from epncli import i18n
from epncli.model.fields import label_in_sentence


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("telephones", "phone numbers", "téléphones"),
        ("courriels", "e-mail addresses", "courriels"),
        ("code_insee", "INSEE code", "code Insee"),
        ("pivot", "SIRET or RNA", "SIRET ou RNA"),
        ("wifi", "wifi", "wifi"),
        ("Wifi", "Wifi", "Wifi"),
    ],
)
def test_in_a_sentence_a_label_has_no_capital_but_of_its_own(
    monkeypatch: pytest.MonkeyPatch, name: str, english: str, french: str
) -> None:
    assert label_in_sentence(name) == english
    monkeypatch.setattr(i18n, "_catalog", i18n.catalog("fr"))
    assert label_in_sentence(name) == french
