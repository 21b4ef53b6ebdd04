from __future__ import annotations

import pytest

from epncli.formats.tabular.headers import field_of, nearest, recognised
from epncli.model.structure import FIELDS


@pytest.mark.parametrize("name", list(FIELDS))
def test_a_field_is_known_by_its_name_and_its_label(name: str) -> None:
    assert field_of(name, {}) == name
    assert field_of(name.upper().replace("_", " "), {}) == name
    assert field_of(FIELDS[name].label_id, {}) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Nom de la structure", "nom"), ("NOM DU LIEU", "nom"), ("Structure", "nom"), ("EPN", "nom"),
        ("CP", "code_postal"), ("Code Postal", "code_postal"), ("Ville", "commune"),
        ("Tél.", "telephones"), ("N° de téléphone", "telephones"), ("Téléphone (fixe)", "telephones"),
        ("Adresse mail", "courriels"), ("E-mail", "courriels"), ("Courriel de contact", "courriels"),
        ("Adresse", "adresse"), ("Adresse de la structure", "adresse"),
        ("Complément d’adresse", "complement_adresse"),
        ("Site internet", "site_web"), ("Date de mise à jour", "date_maj"), ("Fermé le", "date_fermeture"),
        ("SIRET", "pivot"), ("Structure parente", "structure_parente"), ("Horaires d'ouverture", "horaires"),
        ("Ways in", "modalites_acces"), ("Last confirmed on", "date_maj"), ("Closed on", "date_fermeture"),
        ("Fixe ou itinérante", "itinerance"), ("Formations et labels", "formations_labels"),
        ("Autres formations et labels", "autres_formations_labels"), ("Dernière confirmation", "date_maj"),
        ("Tél. accueil", ""), ("", ""), ("   ", ""), ("?", ""), ("Adresse du voisin", ""), ("x" * 9999, ""),
    ],
)  # fmt: skip
def test_headers_as_people_write_them(header: str, name: str) -> None:
    assert field_of(header, {}) == name


def test_a_mapping_goes_before_all_else() -> None:
    assert field_of("Nom", {"nom": "notes"}) == "notes"


def test_a_header_names_structures_and_something_of_them() -> None:
    assert recognised(["Nom", "x", "CP"], {}) == ["nom", "", "code_postal"]
    assert recognised(["Nom", "x"], {}) == []
    assert recognised(["Ville", "CP"], {}) == []


def test_the_nearest_field_is_a_suggestion() -> None:
    assert [nearest("Tél. accueil"), nearest("code postale"), nearest("qwxz")] == [
        "telephones",
        "code_postal",
        "",
    ]
