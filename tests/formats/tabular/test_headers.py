from __future__ import annotations

import pytest

from epncli import i18n
from epncli.formats.tabular.headers import common_prefix, field_of, nearest, recognised, shown_together
from epncli.model.structure import FIELDS


@pytest.mark.parametrize("name", list(FIELDS))
def test_a_field_is_known_by_its_name_and_its_label(name: str) -> None:
    assert field_of(name, {}) == name
    assert field_of(name.upper().replace("_", " "), {}) == name
    assert field_of(FIELDS[name].label_id, {}) == name


@pytest.mark.parametrize("name", list(FIELDS))
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_field_is_known_by_its_label_in_every_language(name: str, language: str) -> None:
    label = i18n.catalog(language).gettext(FIELDS[name].label_id)
    assert field_of(label, {}) == name


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
        ("Zip Code", "code_postal"), ("City Insee Code", "code_insee"), ("insee_com", "code_insee"),
        ("lib_com", "commune"), ("lib_fs", "nom"), ("id_fs", "id"), ("nom_org", "nom"),
        ("Nom de l'organisation", "nom"), ("Nom du lieu ou de la structure *", "nom"),
        ("contact_tel", "telephones"), ("contact_email", "courriels"), ("contact_web", "site_web"),
        ("CONTACT.MAIL", "courriels"), ("MAIL_STRUC", "courriels"), ("contact_nom", ""), ("Contact", ""),
        ("adresse_rue", "adresse"), ("adresse_code_postal", "code_postal"), ("adresse_commune", "commune"),
        ("adresse_nom", ""), ("address.inseeCode", "code_insee"), ("N° fiche", "id"),
        ("Description courte", "presentation_resume"), ("Description longue", "presentation_detail"),
        ("COMP_ADRESSE", "complement_adresse"), ("DAT_MaJ", "date_maj"),
        ("Dernière MAJ", "date_maj"), ("updatedAt", "date_maj"), ("SiteWeb", "site_web"),
        ("Adressemail", "courriels"), ("Nomdelastructure", "nom"), ("Leshorairesdemastructure", "horaires"),
        ("sitel", ""), ("delai", ""), ("Nom du référent", ""), ("Nom et prénom du contact", ""),
        ("result_citycode", "code_insee"), ("result_postcode", "code_postal"), ("result_city", "commune"),
        ("result_score", ""), ("result_name", ""), ("Postal code", "code_postal"),
        ("address.addressLocality", "commune"), ("address.postalCode", "code_postal"),
        ("address.streetAddress", "adresse"), ("nomStructure", "nom"), ("openingHours", "horaires"),
        ("nomReferent", ""), ("contactPoint", ""), ("codePostalSiege", ""),
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


@pytest.mark.parametrize(
    ("headers", "prefix"),
    [
        (["bf_titre", "bf_ville", "bf_tel", "bf_mail", "id_fiche"], "bf"),
        (
            ["properties.nom_org", "properties.site", "properties.mail", "properties.tel", "type"],
            "properties",
        ),
        (["USER_NOM", "USER_ADRES", "User_Ville", "USER_TEL"], "user"),
        (["nom", "contact_nom", "contact_tel", "contact_mail", "contact_fonction"], ""),
        (["adresse_rue", "adresse_commune", "adresse_numero", "adresse_code_postal"], ""),
        (["ref_nom", "ref_prenom", "ref_tel", "ref_mail", "commune"], ""),
        (["Lieu", "anim_nom", "anim_tel", "anim_mail", "anim_jour"], ""),
        (["c_nom", "c_ville", "c_tel"], ""),
        (["c_nom", "c_ville", "c_tel", "c_mail", *"abde"], "c"),
        (["c_nom", "c_mobile", "c_tel", "c_mail", *"abde"], ""),
        (["c_nom", "c_ville", "c_tel", "c_mail", "Lieu", *"abde"], ""),
        (["c_nom", "c_ville", "c_tel", "c_mail", "Code postal", *"abde"], ""),
        (["c_nom", "c_ville", "c_tel", "c_prenom", *"abde"], ""),
        ([], ""),
    ],
)
def test_a_prefix_of_most_headers_or_of_name_and_place_is_known(headers: list[str], prefix: str) -> None:
    assert common_prefix(headers) == prefix


def test_a_common_prefix_is_ignored_where_the_whole_header_is_unknown() -> None:
    headers = ["c_nom", "c_ville", "c_adresse", "c__edit_datemaj", "c_autre", "Code postal"]
    assert recognised(headers, {}) == ["nom", "commune", "adresse", "date_maj", "", "code_postal"]


@pytest.mark.parametrize(
    "row",
    [
        ["EPN", "Mairie", "Public", "Association", "Bibliothèque"],
        ["Structure", "Paris", "Lyon", "Nom", "x"],
        ["EPN", "12 rue du Puits", "02 54 70 31 06", "CP", "oui"],
        ["Lieu", "Tarif", "a@b.fr", "www.a.fr", "2021/01/12 14:05:48"],
        ["12", "{EPN}", "True", "Public", "13.5"],
    ],
)
def test_a_row_of_values_is_no_header(row: list[str]) -> None:
    assert recognised(row, {}) == []


def test_a_header_may_have_more_unknown_columns_than_known_ones() -> None:
    assert recognised(["EPN", "CP", "2023", "a", "b", "c", "d"], {}) == ["nom", "code_postal", *[""] * 5]


def test_the_nearest_field_is_a_suggestion() -> None:
    assert nearest("Tél. accueil", ["01 40 18 04 41"]) == "telephones"
    assert nearest("code postale", ["75012", "75011"]) == "code_postal"
    assert nearest("Commune d'intervention", ["Paris", "Lyon"]) == "commune"
    assert nearest("qwxz", ["75012"]) == ""


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Nom du référent", ["Anne Martin", "Paul Petit"]),
        ("Référence du dossier", ["A1", "A2"]),
        ("Commune d'intervention", ["toutes celles du canton", "x"]),
        ("Code postal du siège", ["voir au dos", "?"]),
        ("Nombre de communes", ["12", "3"]),
        ("Nom de la commune du siège", []),
    ],
)
def test_no_name_id_commune_or_code_is_suggested_for_a_column_of_something_else(
    header: str, column: list[str]
) -> None:
    assert nearest(header, column) not in ("id", "nom", "commune", "code_postal")


def test_of_many_headers_that_are_shown_together_the_first_are_named() -> None:
    names = [f"Tél. {number}" for number in range(1, 16)]
    assert shown_together([*names[:2], "", names[0]]) == "Tél. 1 + Tél. 2"
    assert shown_together(names) == " + ".join(names[:14]) + " …"
