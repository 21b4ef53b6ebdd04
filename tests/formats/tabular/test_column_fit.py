from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.tabular import column_fit
from epncli.model.structure import FIELDS, Structure


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("statut", "fermé"), ("statut", "Définitivement fermée"), ("statut", "open"),
        ("statut", "INACTIF"), ("statut", "Actives"), ("statut", "en activité"), ("statut", "Cessée"),
        ("typologie", "bib"), ("typologie", "BIB ; inconnu"),
        ("services", "Accéder à du matériel : ordinateurs"),
        ("publics_specifiquement_adresses", "tous, Jeunes"),
        ("site_web", "www.a.fr"), ("site_web", "a.fr"), ("courriels", "a@b.fr et c@d.fr"),
        ("telephones", "36 31"), ("telephones", "33630392518"), ("date_maj", "2020/06/30 14:16:50.898"),
        ("date_maj", "15/01/24"), ("date_maj", "44927"), ("code_postal", "1000"), ("code_postal", "75 012"),
        ("code_insee", "2A004"), ("horaires", "mardi matin"), ("horaires", "sur rendez-vous"),
        ("horaires", "9h-12h"), ("pivot", "401 092 267 00020"), ("latitude", "48°51'24\"N"),
        ("nom", "L’@nnexe"),
        ("nom", "X-Lab"),
        ("adresse", "Le Bourg"), ("notes", "oui"), ("id", "\U00012544"),
    ],
)  # fmt: skip
def test_cells_that_are_or_contain_a_value_fit(name: str, cell: str) -> None:
    assert column_fit.fits(name, cell)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("statut", "Public"), ("statut", "Associatif"), ("statut", "activité privée"),
        ("typologie", "privée"), ("itinerance", "Non"), ("typologie", "7"),
        ("publics_specifiquement_adresses", "9h-12h / 14h-17h"), ("site_web", "non"),
        ("courriels", "Anne Martin"),
        ("telephones", "12"), ("nom", "x"),
        ("date_maj", "hier"), ("date_fermeture", "le lundi"), ("code_postal", "Paris"),
        ("horaires", "Semaine impaire"), ("pivot", "12"), ("latitude", "Nord"), ("nom", "True"),
        ("nom", "12"), ("nom", "a@b.fr"), ("commune", "https://a.fr"), ("autres_formations_labels", "Oui"),
    ],
)  # fmt: skip
def test_cells_that_have_nothing_of_a_value_do_not_fit(name: str, cell: str) -> None:
    assert not column_fit.fits(name, cell)


def test_signs_for_no_value_say_nothing_of_a_column() -> None:
    rows = [["-"], ["--"], ["N/A"], ["néant"], [""], [], ["?"], ["a@b.fr"]]
    assert column_fit.filled(rows, 0) == ["a@b.fr"]


def test_the_first_cell_that_does_not_fit_shows_that_the_column_is_another() -> None:
    assert column_fit.misfit("statut", ["ouvert", "Public", "privée", "Public"]) == "Public"
    assert column_fit.misfit("statut", ["ouvert", "Public"]) == ""
    assert column_fit.misfit("statut", ["ouvert", "fermé", "Public", "Public"]) == ""


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.values])
def test_all_values_of_the_schema_fit(name: str) -> None:
    values = FIELDS[name].values
    assert column_fit.misfit(name, values * 3) == ""
    assert all(column_fit.fits(name, value) for value in values)


@given(st.sampled_from(list(FIELDS)), st.text(max_size=2_000))
def test_any_text_has_an_answer(name: str, cell: str) -> None:
    assert column_fit.fits(name, cell) in (True, False)


@pytest.mark.parametrize("text", ["1 ", "|", "à ", "lun "])
def test_of_a_very_long_cell_the_start_counts(text: str) -> None:
    whole = {name: column_fit.fits(name, text * 50_000) for name in FIELDS}
    assert whole == {name: column_fit.fits(name, (text * 500)[:1_000]) for name in FIELDS}


def test_values_of_a_structure_fit_their_fields(registry: tuple[Structure, ...]) -> None:
    for structure in registry:
        for name, value in structure.values().items():
            texts = [value] if isinstance(value, str) else value
            assert [text for text in texts if not column_fit.fits(name, text)] == []
