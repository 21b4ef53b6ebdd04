"""Reading of the files of the national map, of the current version and of v0.1."""

from __future__ import annotations

import csv
import io

from epncli.formats.detection import read
from epncli.formats.mednum import COLUMNS
from epncli.formats.reading import InputFile, Reading, Row

OLD = (
    "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse",
    "latitude", "longitude", "cle_ban", "typologie", "telephone", "courriel", "site_web",
    "horaires", "presentation_resume", "presentation_detail", "source", "structure_parente",
    "date_maj", "services", "publics_accueillis", "conditions_acces", "labels_nationaux",
    "labels_autres", "modalites_accompagnement", "accessibilite", "prise_rdv",
)  # fmt: skip


def reading(columns: tuple[str, ...], form: str = "", separator: str = ",", **values: str) -> Reading:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=separator)
    writer.writeheader()
    writer.writerow(values)
    return read(InputFile("carte.csv", text.getvalue().encode()), form)


def filled(found: Reading) -> dict[str, object]:
    [row] = found.rows
    return {name: value for name, value in row.values.items() if value}


def test_a_file_of_today_is_recognised_by_its_columns() -> None:
    found = reading(
        COLUMNS, id="a", pivot="00000000000000", nom="A", telephone="+33146367013", typologie="EPN|BIB"
    )
    assert found.national
    assert found.recognised[0] == "national schema"
    assert filled(found) == {
        "id": "a", "nom": "A", "telephones": ("+33146367013",), "typologie": ("EPN", "BIB"),
    }  # fmt: skip
    assert "pivot" not in found.rows[0].values


def test_a_registry_of_our_own_is_no_file_of_the_national_map() -> None:
    columns = ("id", "pivot", "nom", "commune", "code_postal", "adresse", "telephones")
    assert not reading(columns, id="a", nom="A").national
    assert reading(columns, "mednum", id="a", nom="A").national


def test_a_file_of_the_first_version_is_read_in_the_fields_of_today() -> None:
    found = reading(
        OLD, separator=";", id="a", nom="A", courriel="a@b.fr", cle_ban="75101_1",
        labels_autres="SudLabs;Nièvre",
        labels_nationaux="CNFS;APTIC;Fabriques de Territoire;France Services",
        publics_accueillis="Adultes;Seniors (+ 65 ans);Surdité;Handicaps mentaux : déficiences limitant les "
        "activités d'une personne",
        conditions_acces="Gratuit : Je peux accéder gratuitement au lieu et à ses services;Accepte le Pass "
        "numérique : Il est possible d'utiliser un Pass numérique pour accéder au lieu",
        services="Prendre en main un ordinateur;Utiliser le numérique au quotidien;"
        "Créer et développer mon entreprise",
        modalites_accompagnement="Seul : j'ai accès à du matériel et une connexion;A ma place : une personne "
        "habilitée fait les démarches à ma place",
        accessibilite="https://acceslibre.beta.gouv.fr/app/1/",
    )  # fmt: skip
    assert filled(found) == {
        "id": "a",
        "nom": "A",
        "courriels": ("a@b.fr",),
        "dispositif_programmes_nationaux": ("Conseillers numériques", "France Services"),
        "formations_labels": ("Fabriques de Territoire",),
        "autres_formations_labels": ("APTIC", "SudLabs", "Nièvre"),
        "publics_specifiquement_adresses": ("Seniors",),
        "prise_en_charge_specifique": ("Surdité", "Handicaps mentaux"),
        "frais_a_charge": ("Gratuit",),
        "services": ("Maîtrise des outils numériques du quotidien",),
        "modalites_accompagnement": ("En autonomie",),
        "fiche_acces_libre": "https://acceslibre.beta.gouv.fr/app/1/",
    }
    gone = " is ignored in 1 row: the schema no longer has this value"
    assert found.warnings == (
        f"services: ‘Créer et développer mon entreprise’{gone}",
        f"publics_accueillis: ‘Adultes’{gone}",
        f"conditions_acces: ‘Accepte le Pass numérique’{gone}",
        f"modalites_accompagnement: ‘A ma place’{gone}",
        "the column ‘cle_ban’ is ignored: a registry does not have this field",
    )


def test_a_value_that_no_version_knows_is_left_to_the_rules() -> None:
    assert filled(reading(COLUMNS, id="a", services="Jardinage", pivot=" "))["services"] == ("Jardinage",)


def test_a_workbook_may_hold_the_national_schema_too() -> None:
    from epncli.formats.writing import Export
    from epncli.formats.xlsx import write
    from epncli.model.structure import Structure

    data = write(Export([Structure(id="a", nom="A")], fields=("id", "nom"))).data
    found = read(InputFile("carte.xlsx", data), "mednum")
    assert (found.national, found.rows) == (True, [Row(2, {"id": "a", "nom": "A"})])


def test_a_column_of_the_old_schema_whose_cells_do_not_fit_is_left_out() -> None:
    names = "id,pivot,nom,commune,code_postal,adresse,telephone,accessibilite,labels_nationaux"
    row = "1,,A,Paris,75001,1 rue A,,Rampe,CNFS\n"
    found = read(InputFile("carte.csv", f"{names}\n{row * 3}".encode()))
    words = "the column ‘accessibilite’ is ignored: most of its values do not fit ‘accessibilite’"
    assert found.warnings == (words + ', such as ‘Rampe’; to import it: --map "accessibilite=notes"',)
    assert found.rows[0].values["dispositif_programmes_nationaux"] == ("Conseillers numériques",)
