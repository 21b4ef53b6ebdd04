"""Search: the matches of a query, their order, and the suggestions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import Structure
from epncli.query.search import folded_names, parse_query, search, suggest


def structure(**fields: Any) -> Structure:
    values = {"id": "x", "nom": "Sans nom", "commune": "Paris", "code_postal": "75020"}
    return Structure.from_values({**values, **fields})


MICROLITHE = structure(
    id="microlithe",
    nom="Microlithe",
    telephones=["01 46 36 70 13"],
    courriels=["contact@microlithe.fr"],
    site_web="http://www.microlithe.fr",
    statut="fermé",
    date_fermeture="2014-09",
    motif_fermeture="association fermée",
)
DAVIEL = structure(
    id="daviel",
    nom="ACTISCE – Centre d’animation Daviel",
    code_postal="75013",
    adresse="24 rue Daviel",
    telephones=["01 45 88 46 68", "01 45 88 00 11"],
    autres_formations_labels=["PARVI Ville Numérique"],
    wifi={"oui": ["gratuit", "Été seulement"]},
)
EVRY = structure(
    id="evry",
    nom="Médiathèque de l'Agora",
    commune="Évry",
    code_postal="91000",
    notes="numéro d'avant : +33 (0)1.69.91.59 59",
    presentation_resume="Cœur de ville",
)
ALL = [MICROLITHE, DAVIEL, EVRY]


def found(*terms: str, among: list[Structure] = ALL) -> list[str]:
    return [one.id for one in search(among, terms)]


@pytest.mark.parametrize(
    ("terms", "ids"),
    [
        (["MICROLITHE"], ["microlithe"]),
        (["d'animation"], ["daviel"]),
        (["d’animation"], ["daviel"]),
        (["mediatheque"], ["evry"]),
        (["coeur"], ["evry"]),
        (["evry", "agora"], ["evry"]),
        (["agora", "evry"], ["evry"]),
        (["evry", "daviel"], []),
        (["contact@microlithe.fr"], ["microlithe"]),
        (["http://www.microlithe.fr"], ["microlithe"]),
        (["ferme"], ["microlithe"]),
        (["2014-09"], ["microlithe"]),
        (["ville numérique"], ["daviel"]),
        (["ete seulement"], ["daviel"]),
        (["Paris"], ["microlithe", "daviel"]),
        (["rien de tel"], []),
        (["???"], []),
        ([""], ["microlithe", "daviel", "evry"]),
        ([], ["microlithe", "daviel", "evry"]),
    ],
)
def test_all_terms_must_stand_anywhere(terms: list[str], ids: list[str]) -> None:
    assert found(*terms) == ids


def test_words_in_one_argument_stand_side_by_side_in_one_value() -> None:
    assert found("centre d animation") == ["daviel"]
    assert found("animation centre") == []
    assert found("paris 75013") == []
    assert found("gratuit été") == []


@pytest.mark.parametrize(
    "term",
    [
        "0146367013",
        "01.46.36.70.13",
        "01 46 36 70 13",
        "01\u00a046\u00a036\u00a070\u00a013",
        "01-46-36-70-13",
        "+33 1 46 36 70 13",
        "+33146367013",
        "+33 (0)1 46 36 70 13",
        "0033146367013",
        "014636",
        "01 463",
        "146367013",
        "367013",
        "70 13",
        "telephones:0146367013",
        "téléphone:+33146367013",
    ],
)
def test_a_phone_is_found_however_it_is_spaced(term: str) -> None:
    assert found(term) == ["microlithe"]


@pytest.mark.parametrize("term", ["0169915959", "+33169915959", "01 69 91 59 59", "0033 1 69 91"])
def test_a_phone_is_found_however_the_file_has_it(term: str) -> None:
    assert found(term) == ["evry"]


@pytest.mark.parametrize("term", ["0596102030", "+596 596 10 20 30", "+33596102030"])
def test_a_phone_overseas_is_found_with_and_without_its_country(term: str) -> None:
    national = structure(id="national", telephones="0596 10 20 30")
    abroad = structure(id="abroad", telephones="+596 596 10 20 30")
    assert found(term, among=[national, abroad]) == ["national", "abroad"]


def test_a_number_of_six_digits_is_found_behind_its_country() -> None:
    noumea = structure(id="noumea", telephones="25 30 00")
    assert found("+687 25 30 00", among=[noumea, *ALL]) == ["noumea"]


@pytest.mark.parametrize(
    ("term", "phone"),
    [
        ("75013", "01 75 01 30 00"),  # a postal code, not the middle of a phone
        ("01460", "01 46 01 00 00"),
        ("2014-09", "01 20 14 09 00"),
        ("146367", "01 46 36 80 00"),
        ("0146", "07 10 14 63 00"),  # a zero starts a number
        ("+33", "01 46 36 70 13"),
    ],
)
def test_what_is_no_phone_is_not_found_inside_of_one(term: str, phone: str) -> None:
    assert found(term, among=[structure(telephones=phone)]) == []


def test_a_phone_does_not_run_from_one_number_into_the_next() -> None:
    assert found("4668014588") == []
    assert found("0145884668") == found("0145880011") == ["daviel"]


@pytest.mark.parametrize(
    ("term", "ids"),
    [
        ("commune:evry", ["evry"]),
        ("Commune:Évry", ["evry"]),
        ("nom:paris", []),
        ("code_postal:750", ["microlithe", "daviel"]),
        ("code-postal:013", []),
        ("courriel:microlithe", ["microlithe"]),
        ("statut:ferme", ["microlithe"]),
        ("statut:ouvert", ["daviel", "evry"]),
        ("telephones:", ["evry"]),
        ("adresse: ", ["microlithe", "evry"]),
        ("statut:", []),
        ("avant : +33", ["evry"]),  # `avant` is no field: plain text
        ("zone:daviel", []),
        (":daviel", ["daviel"]),
        ("autres_formations_labels:parvi ville", ["daviel"]),
    ],
)
def test_a_term_can_be_bound_to_a_field(term: str, ids: list[str]) -> None:
    assert found(term) == ids


def test_a_bound_term_and_a_free_one_must_both_fit() -> None:
    assert found("daviel", "commune:paris", "code_postal:75013") == ["daviel"]
    assert found("daviel", "commune:evry") == []


NAMED = [
    structure(id="elsewhere", nom="Microlithe", adresse="rue de Rosa"),
    structure(id="part", nom="Le Mirosanne"),
    structure(id="word", nom="Espace Rosa Parks"),
    structure(id="second elsewhere", nom="Daviel", notes="rosa"),
    structure(id="start", nom="Rosalie"),
    structure(id="exact", nom="ROSA"),
    structure(id="second exact", nom="Rosà"),
]


def test_the_best_match_comes_first_and_equals_stay_in_the_order_of_the_file() -> None:
    assert found("rosa", among=NAMED) == [
        "exact", "second exact", "start", "word", "part", "elsewhere", "second elsewhere",
    ]  # fmt: skip


def test_several_terms_are_weighed_as_a_phrase_first_then_one_by_one() -> None:
    places = [
        structure(id="one in the name", nom="Centre", adresse="rue Daviel"),
        structure(id="both apart", nom="Le centre d’animation Daviel"),
        structure(id="phrase", nom="Nouveau centre Daviel"),
        structure(id="exact", nom="Centre Daviel"),
    ]
    assert found("centre", "daviel", among=places) == [
        "exact", "phrase", "both apart", "one in the name",
    ]  # fmt: skip


WILD = st.text(st.characters(codec=None, exclude_categories=()))


@given(st.lists(WILD, max_size=3), st.lists(WILD, max_size=4))
def test_any_terms_find_in_any_texts_what_each_alone_would_be_found_by(
    terms: list[str], texts: list[str]
) -> None:
    places = [structure(id=str(place), nom=text) for place, text in enumerate(texts)]
    query = parse_query(terms)
    alone = [one for one in places if search([one], terms)]
    best_first = sorted(alone, key=lambda one: query.score_name(*folded_names([one])), reverse=True)
    assert search(places, terms) == best_first


@given(st.text(st.sampled_from("éÀœß'’-– .@aB1"), min_size=1).filter(lambda t: t.strip(" '’-–.@")))
def test_a_name_is_found_by_itself(name: str) -> None:
    assert found(f"nom:{name}", among=[structure(id="it", nom=f"Le {name} !")]) == ["it"]


def test_a_very_long_term_finds_nothing_and_does_not_hang() -> None:
    long = [structure(notes="0 1 " * 3_000, nom="a" * 10_000)]
    assert found("01" * 5_000, "0 1" * 5_000, among=long) == []


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        (["microlyte"], ["Microlithe"]),
        (["micrlithe"], ["Microlithe"]),
        (["nom:microlyte"], ["Microlithe"]),
        (["centre", "daviell"], ["ACTISCE – Centre d’animation Daviel"]),
        (["mediathek agora"], ["Médiathèque de l'Agora"]),
        (["xyzzy"], []),
        (["centre", "xyzzyxyzzy"], []),
        ([""], []),
        ([], []),
    ],
)
def test_the_nearest_names_are_suggested(terms: list[str], names: list[str]) -> None:
    assert suggest(ALL, terms) == names


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        (["davel", "75013"], [DAVIEL.nom]),
        (["75013", "davel"], [DAVIEL.nom]),
        (["davel", "code_postal:75013"], [DAVIEL.nom]),
        (["davel", "75020"], []),
        (["davel", "75099"], []),
    ],
)
def test_names_are_suggested_among_the_structures_with_the_other_terms(
    terms: list[str], names: list[str]
) -> None:
    assert suggest(ALL, terms) == names


def test_suggestions_are_few_different_and_the_nearest_first() -> None:
    names = ["Espase 13", "Espaces 19", "Espace", "Espace", "Espaces", "Daviel", ""]
    places = [structure(nom=name) for name in names]
    assert suggest(places, ["espaces"]) == ["Espaces 19", "Espaces", "Espace"]


def test_a_name_is_suggested_where_65_percent_of_its_letters_are_those_typed() -> None:
    typed = "abcdefghijklmnopqrst"
    places = [structure(nom=typed[:13] + "uvwxyzu"), structure(nom=typed[:12] + "uvwxyzuv")]
    assert suggest(places, [typed]) == [places[0].nom]


def test_without_structures_nothing_is_found_or_suggested() -> None:
    assert search([], ["rosa"]) == []
    assert suggest([], ["rosa"]) == []
