from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import error
from epncli.rules.identifiant import make, validate
from epncli.rules.result import accepted, refused

LONG = "centre-d-hebergement-louvre-laumiere-association-emmaus-solidarite-de-paris"


@pytest.mark.parametrize(
    "text", ["microlithe", "59", "CoopNum_63a1", "Médiathèque n°3 | #1", "e\u0301te", "id:1"]
)
def test_an_id_that_a_file_brings_is_kept_as_it_is(text: str) -> None:
    assert validate(text) == accepted(text)
    assert validate(f" {text}\u00a0") == accepted(text)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "the id is blank", "write an id such as ‘centre-d-animation-daviel’"),
        (" \n", "the id is blank", "write an id such as ‘centre-d-animation-daviel’"),
        ("a\tb", "the id ‘a\\u0009b’ contains a tab or a line break",
         "write it on one line, with a hyphen or a space instead"),
        ("a\u2028b", "the id ‘a\\u2028b’ contains a tab or a line break",
         "write it on one line, with a hyphen or a space instead"),
        ("a\x00b", "‘a\\u0000b’ contains the control character U+0000",
         "delete it, or type the text again"),
        ("a\ud800", "‘a\\ud800’ contains U+D800, which cannot be written in UTF-8",
         "type the text again"),
    ],
)  # fmt: skip
def test_an_id_that_cannot_be_one_is_refused(text: str, message: str, hint: str) -> None:
    assert validate(text) == refused(text, error(message, hint))


@pytest.mark.parametrize(
    ("nom", "made"),
    [
        ("Centre d’animation Daviel", "centre-d-animation-daviel"),
        ("Centre d'animation\u00a0Daviel", "centre-d-animation-daviel"),
        ("EPN L’@nnexe du centre social Relais 59", "epn-l-annexe-du-centre-social-relais-59"),
        ("ST-Merri /renard/Cours municipaux", "st-merri-renard-cours-municipaux"),
        ("Espace 13.- Les Olympiades", "espace-13-les-olympiades"),
        ("Cœur d'Ævar à Weißbach", "coeur-d-aevar-a-weissbach"),
        ("ŒUVRE ǼTERNELLE STRAẞE", "oeuvre-aeternelle-strasse"),
        ("E-génération", "e-generation"),
        ("E-ge\u0301ne\u0301ration", "e-generation"),
        ("ﬁn n°½", "fin-n-1-2"),
        ("日本", "structure"),
        ("---", "structure"),
        ("", "structure"),
        ("\ud800\x00", "structure"),
        ("a" * 70, "a" * 60),
        (LONG, "centre-d-hebergement-louvre-laumiere-association-emmaus"),
        ("a" * 60 + " b", "a" * 60),
        ("a" * 54 + " bcdef", "a" * 54 + "-bcdef"),
        ("a" * 54 + " bcdefg", "a" * 54),
    ],
)
def test_an_id_is_made_of_the_name(nom: str, made: str) -> None:
    assert make(nom, ()) == made


def test_a_taken_id_gets_the_next_number() -> None:
    assert make("Le Relais", {"le-relais"}) == "le-relais-2"
    assert make("Le Relais", {"le-relais", "le-relais-2"}) == "le-relais-3"
    assert make("日本", {"structure"}) == "structure-2"


def test_a_number_does_not_make_the_id_longer_than_sixty() -> None:
    first = make("a" * 30 + " " + "b" * 29, ())
    assert len(first) == 60
    assert make("a" * 30 + " " + "b" * 29, {first}) == "a" * 30 + "-2"
    assert make("a" * 70, {"a" * 60}) == "a" * 58 + "-2"


@given(st.text(), st.integers(0, 12))
def test_an_id_that_is_made_is_plain_new_and_accepted(nom: str, rounds: int) -> None:
    taken: set[str] = set()
    for _ in range(rounds + 1):
        made = make(nom, taken)
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
        assert len(made) <= 60
        assert made not in taken
        assert validate(made) == accepted(made)
        taken.add(made)


def test_many_structures_of_one_name_do_not_count_from_two_each_time() -> None:
    asked = []

    class Taken(set[str]):
        def __contains__(self, made: object) -> bool:
            asked.append(made)
            return super().__contains__(made)

    taken, numbers = Taken(), dict[str, int]()
    for _ in range(300):
        taken.add(make("Relais", taken, numbers))
    assert taken == {"relais", *(f"relais-{number}" for number in range(2, 301))}
    assert len(asked) == 599
    taken.remove("relais-7")
    assert make("Relais", taken) == "relais-7"
