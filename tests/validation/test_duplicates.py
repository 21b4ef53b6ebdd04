"""Structures that may be duplicates, and structures that only look like them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from epncli.model.structure import Structure
from epncli.validation import duplicates
from epncli.validation.duplicates import find


def structure(nom: str, **fields: Any) -> Structure:
    return Structure.from_values({"nom": nom, "commune": "Paris", "code_postal": "75020"} | fields)


def alike(one: Structure, other: Structure) -> bool:
    found = find([one.changed(id="one"), other.changed(id="other")])
    return any("possible duplicate" in problem.message for _position, problem in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The same code, and the same name: case, accents, dashes and small words aside.
        ("Médiathèque Marguerite Duras", "mediatheque marguerite-duras"),
        ("EPN de Belleville", "Belleville"),
        ("Le Picoulet", "Picoulet"),
        ("Maison des Associations", "Maison d’associations"),
        ("Cyber-espace Ménilmontant", "Ménilmontant, cyber espace"),
    ],
)
def test_the_same_name_under_one_postal_code_is_said(one: str, other: str) -> None:
    assert alike(structure(one), structure(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Centre d’hébergement Pyrénées 1", "Centre d’hébergement Pyrénées 2"),
        ("Espace 19", "Espace 19 Ourcq"),
        ("Annexe A du centre", "Annexe B du centre"),
        ("Foyer Jean XXIII", "Foyer Jean XXII"),
        ("Jean-Paul II", "Jean-Paul I"),
        ("Centre social Nord", "Centre social Sud"),
        ("Médiathèque Jean Moulin", "Médiathèque Jean Macé"),
        ("Cyber Emploi 5e", "Cyber Emploi 17e"),
        ("Maison du développement économique et de l’emploi", "Maison du développement durable"),
        ("Picoulet", "Picolet"),  # a slip perhaps, but without an address or a phone to prove it
    ],
)
def test_what_differs_by_more_than_a_slip_is_kept_apart(one: str, other: str) -> None:
    assert not alike(structure(one), structure(other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("59 rue de la Fontaine au Roi", "59, r. de la Fontaine-au-Roi", True),
        ("59 rue de la Fontaine au Roi", "59 rue Fontaine au Roi", True),
        ("12 bd Voltaire", "12 boulevard Voltaire", True),
        ("59 rue de la Fontaine au Roi", "61 rue de la Fontaine au Roi", False),
        ("12 rue des Pyrénées", "12 rue de Bagnolet", False),
        ("voie abcde", "voie abcfg", True),  # 8 of 10 letters, in both
        ("voie abcde", "voie abfgh", False),
    ],
)
def test_near_names_under_one_code_need_near_addresses(one: str, other: str, expected: bool) -> None:
    found = alike(structure("Le Picoulet", adresse=one), structure("Le Picolet", adresse=other))
    assert found is expected


@pytest.mark.needs("sh")
@pytest.mark.parametrize(
    ("one", "other", "advice"),
    [
        ("a", "b", ": epn merge a b"),
        ("a b", "l'id", """: epn merge 'a b' 'l'"'"'id'"""),
        ("a", "--yes", ": epn merge -- a --yes"),
        ("", "b", ", keep only one structure"),
    ],
)
def test_the_command_that_merges_a_pair_is_named_to_be_pasted(one: str, other: str, advice: str) -> None:
    ((_position, problem),) = find([structure("A", id=one), structure("A", id=other)])
    assert problem.hint == (f"if they are the same place{advice}; otherwise give them names that differ more")


def test_near_names_with_one_phone_are_said_whatever_the_code() -> None:
    one = structure("Le Picoulet", id="a", telephones=["01 48 06 70 31"])
    other = structure("Le Picolet", id="b", telephones=["01 48 06 70 31"], code_postal="75011")
    ((position, problem),) = find([one, other])
    assert (position, problem.id, problem.field) == (1, "b", "nom")
    assert problem.message == "possible duplicate of ‘a’: same phone number and nearly the same name"


def test_ten_that_share_a_number_are_compared_in_the_order_of_the_file() -> None:
    names = ["Picoulet", "Picolet", "Picollet", "Nord", "Sud", "Est", "Gare", "Parc", "Mairie", "Ouest"]
    many = [structure(nom, id=nom, telephones=["01 44 82 72 61"]) for nom in names]
    like = "possible duplicate of ‘{}’: same phone number and nearly the same name"
    assert [(position, problem.message) for position, problem in find(many)] == [
        (1, like.format("Picoulet")),
        (2, like.format("Picoulet")),
        (2, like.format("Picolet")),
        (1, "‘01 44 82 72 61’ is also the number of ‘Picoulet’, ‘Picollet’, ‘Nord’ and 6 more"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Banon", "Simiane-la-Rotonde", False),
        ("Banon", "BANON CEDEX", True),
        ("Banon", "", True),
    ],
)
@pytest.mark.parametrize("shared", [{}, {"telephones": ["04 92 73 20 01"]}])
def test_one_name_in_two_communes_is_two_places(
    one: str, other: str, expected: bool, shared: dict[str, Any]
) -> None:
    places = [
        structure("Bibliothèque", commune=commune, code_postal="04150", **shared) for commune in (one, other)
    ]
    assert alike(*places) is expected


def test_two_names_of_one_commune_are_one_commune() -> None:
    communes = ("Valserhône", "Bellegarde-sur-Valserine")
    assert alike(*(structure("Bibliothèque", commune=one, code_postal="01200") for one in communes))


def test_another_name_with_the_same_phone_is_a_shared_number() -> None:
    one = structure("ST-Merri", id="a", telephones=["01 44 82 72 61"])
    other = structure("École Daumesnil", id="b", telephones=["01 44 00 00 00", "+33 1 44 82 72 61"])
    ((position, problem),) = find([one, other])
    assert (position, problem.field, problem.item) == (1, "telephones", 1)
    assert problem.message == "‘01 44 82 72 61’ is also the number of ‘a’"


@pytest.mark.parametrize(
    ("names", "others"),
    [
        (["Nord", "Sud", "Est", "Gare"], "‘Nord’, ‘Est’, ‘Gare’"),
        (["Nord", "Sud", "Est", "Gare", "Parc", "Mairie"], "‘Nord’, ‘Est’, ‘Gare’ and 2 more"),
    ],
)
def test_a_number_of_many_is_said_once(names: list[str], others: str) -> None:
    many = [structure(nom, id=nom, telephones=["01 44 82 72 61"]) for nom in names]
    ((position, problem),) = find(many)
    assert position == 1
    assert problem.message == f"‘01 44 82 72 61’ is also the number of {others}"


def test_a_number_of_six_digits_is_shared_in_one_territory() -> None:
    both = [structure(nom, id=nom, telephones=["28 12 34"], code_postal="98800") for nom in ("Nord", "Sud")]
    ((position, problem),) = find(both)
    assert (position, problem.message) == (1, "‘28 12 34’ is also the number of ‘Nord’")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"telephones": ["3949"]}, {"telephones": ["39 49"]}),  # everyone's
        (
            {"telephones": ["28 12 34"], "code_postal": "98800"},
            {"telephones": ["28 12 34"], "code_postal": "97500"},
        ),
        ({"telephones": ["01 44 82 72 61"]}, {"telephones": ["01 44 82 72 61"], "statut": "fermé"}),
    ],
)  # fmt: skip
def test_these_share_no_number(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert find([structure("Nord", id="a", **one), structure("Sud", id="b", **other)]) == []


def test_a_structure_that_has_its_number_twice_shares_it_with_no_one() -> None:
    assert find([structure("Nord", telephones=["01 44 82 72 61", "0144827261"])]) == []


def test_only_what_concerns_the_structures_asked_about_is_found() -> None:
    places = [
        structure("Nord", id="a", telephones=["01 44 82 72 61"]),
        structure("Sud", id="b", telephones=["01 44 82 72 62"]),
        structure("Est", id="c", telephones=["01 44 82 72 61", "01 44 82 72 62"]),
    ]
    said = [(position, problem.message) for position, problem in find(places, only={1})]
    assert said == [(1, "‘01 44 82 72 62’ is also the number of ‘c’")]
    assert len(find(places)) == 2
    assert find(places[:2], only={1}) == []


def test_a_name_without_letters_is_like_no_other() -> None:
    assert find([structure("—"), structure("!"), structure(""), structure("", code_postal="")]) == []


def test_in_a_large_group_each_is_compared_with_a_few_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(1)  # noqa: S311
    words = ["".join(draw.choices("abcdeilmnorstu", k=7)) for _ in range(300)]
    places = [structure(" ".join(draw.sample(words, 3)), id=str(n)) for n in range(2_000)]
    compared: list[int] = []
    same = duplicates._same_place_and_address
    monkeypatch.setattr(
        duplicates, "_same_place_and_address", lambda *pair: (compared.append(1), same(*pair))[1]
    )
    find(places)
    assert len(compared) <= 2 * duplicates._NEIGHBOURS * len(places)  # all with all would be two million


@pytest.mark.parametrize("fields", [{}, {"telephones": ["01 46 36 70 13"]}, {"adresse": "1 rue Duris"}])
def test_of_a_thousand_with_one_name_each_is_reported_once(fields: dict[str, Any]) -> None:
    found = find([structure("Salle Jaune", id=f"s{n}", **fields) for n in range(1000)])
    pairs = [(position, one.message) for position, one in found if "possible duplicate" in one.message]
    assert [position for position, _message in pairs] == list(range(1, 1000))
    assert pairs[41][1].startswith("possible duplicate of ‘s41’")


def test_of_a_thousand_with_one_name_those_with_one_address_are_reported() -> None:
    places = [structure("Salle Jaune", id=f"s{n}", adresse=f"{n % 500} rue Duris") for n in range(1000)]
    assert sorted(position for position, _problem in find(places)) == list(range(500, 1000))


def test_a_new_one_among_a_thousand_with_one_name_is_reported() -> None:
    places = [structure("Salle Jaune", id=f"s{n}") for n in range(1000)]
    [(position, problem)] = find(places, {999})
    assert (position, problem.message) == (
        999,
        "possible duplicate of ‘s989’: same postal code and nearly the same name",
    )
