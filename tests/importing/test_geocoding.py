"""Which answers of the address service are used, and what they change."""

from __future__ import annotations

from typing import Any

import pytest

from epncli.formats.ban import Answer
from epncli.formats.reading import Reading
from epncli.importing.geocoding import merge_answers
from epncli.importing.merge_result import Merge
from epncli.model.structure import Structure

PLACE = Structure(
    id="a",
    nom="A",
    commune="Paris",
    code_postal="75012",
    adresse="3 rue de Reuilly",
    date_maj="2025-01-01",
)
UNDERSTOOD = "; the service understood ‘3 Rue de Reuilly 75012 Paris’ (housenumber, score 0.97)"


def answer(place: Structure = PLACE, **changes: Any) -> Answer:
    """A sure answer about the place, with changes; those of `sent` are to what was sent."""
    names = ("id", "adresse", "code_postal", "commune")
    sent = {name: place.value(name) for name in names} | changes.pop("sent", {})
    given = {
        "latitude": "48.849123",
        "longitude": "2.385456",
        "label": "3 Rue de Reuilly 75012 Paris",
        "score": "0.97",
        "type": "housenumber",
        "postcode": "75012",
        "city": "Paris",
        "citycode": "75112",
        "status": "ok",
    }
    return Answer(2, sent, **(given | changes))


def merged(*answers: Answer, structures: tuple[Structure, ...] = (PLACE,)) -> Merge:
    return merge_answers(structures, [Reading("a.csv", answers)])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"score": "0,9"},
        {"type": "street"},
        {"status": ""},
        {"latitude": "48,849123", "longitude": "2,385456"},
        {"sent": {"adresse": "3 RUE DE  REUILLY", "commune": "PARIS"}},
    ],
)
def test_a_sure_answer_gives_coordinates_and_insee_code_and_no_date(changes: dict[str, Any]) -> None:
    found = merged(answer(**changes))
    [one] = found.changed
    assert one.after == PLACE.changed(latitude="48.849123", longitude="2.385456", code_insee="75112")
    assert one.fields == ("code_insee", "latitude", "longitude")
    assert (found.not_used, found.errors, found.new) == ([], [], [])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"score": "0.89"}, "the score is below 0.9"),
        ({"score": "nan"}, "the score is below 0.9"),
        ({"type": "municipality"}, "‘municipality’ is neither a house number nor a street"),
        ({"type": "locality"}, "‘locality’ is neither a house number nor a street"),
        ({"citycode": "75120"}, "the answer is in another commune or arrondissement"),
        (
            {"citycode": "69383", "city": "Lyon", "postcode": "69003"},
            "the answer is in another commune or arrondissement",
        ),
        ({"citycode": "", "city": ""}, "the answer names no commune"),
        ({"citycode": "", "city": "Lyon"}, "the answer is in another commune or arrondissement"),
        ({"citycode": "", "postcode": "97400"}, "the answer is in another commune or arrondissement"),
        ({"latitude": "x"}, "‘x’ is not a number of degrees"),
        ({"latitude": "45.7"}, "the coordinates are 334 km outside department 75, where 75012 is"),
        ({"status": "not-found"}, "the service found no address"),
        ({"status": "error"}, "the service found no address"),
        ({"latitude": ""}, "the service found no address"),
        ({"sent": {"adresse": "4 rue X"}}, "the address in the registry is no longer the one that was sent"),
        (
            {"sent": {"code_postal": "75011"}},
            "the address in the registry is no longer the one that was sent",
        ),
    ],
)
def test_any_other_answer_is_listed_with_what_the_service_understood(
    changes: dict[str, Any], reason: str
) -> None:
    found = merged(answer(**changes))
    assert (found.changed, found.errors) == ([], [])
    [one] = found.not_used
    understood = answer(**changes)
    assert one.problem.message == (
        f"{reason}; the service understood ‘{understood.label}’ ({understood.type}, score {understood.score})"
    )
    assert (one.file, one.line, one.problem.id) == ("a.csv", 2, "a")


def test_without_an_address_there_is_nothing_that_was_understood() -> None:
    [one] = merged(answer(label="", latitude="", status="skipped")).not_used
    assert one.problem.message == "the service found no address"


@pytest.mark.parametrize(
    ("code_postal", "commune", "given", "code"),
    [
        (
            "01000",
            "Bourg-en-Bresse",
            {"postcode": "1000", "city": "Bourg-en-Bresse", "citycode": "1053"},
            "01053",
        ),
        ("01200", "Bellegarde-sur-Valserine", {"city": "Valserhône", "citycode": "01033"}, "01033"),
        ("75571", "Paris CEDEX 12", {"citycode": "75112"}, "75112"),
    ],
)
def test_the_commune_may_have_another_name_or_have_lost_its_zero(
    code_postal: str, commune: str, given: dict[str, str], code: str
) -> None:
    place = Structure(id="a", nom="A", commune=commune, code_postal=code_postal, adresse="1 rue X")
    point = {} if code == "75112" else {"latitude": "46.1", "longitude": "5.5"}
    found = merged(answer(place, **given, **point), structures=(place,))
    assert [one.after.code_insee for one in found.changed] == [code], found.not_used


def test_coordinates_that_are_there_already_stay() -> None:
    place = PLACE.changed(latitude="48.8", longitude="2.4")
    found = merged(answer(), structures=(place,))
    assert (found.changed, found.not_used, found.same) == ([], [], 1)


def test_a_row_of_no_structure_or_of_several_is_refused_and_a_second_row_repeats() -> None:
    double = PLACE.changed(id="b")
    rows = [answer(sent={"id": name}) for name in ("a", "a", "b")]
    rows += [answer(sent={"id": name, "adresse": "9 rue Y"}) for name in ("c", "")]
    found = merged(*rows, structures=(PLACE, double, double))
    assert (len(found.changed), len(found.repeated), found.refused) == (1, 1, 3)
    assert [one.problem.message for one in found.errors] == [
        "several structures of the registry have the id ‘b’",
        "no structure has the id ‘c’",
        "no structure has the id ‘’",
    ]


def test_an_id_that_a_spreadsheet_changed_is_found_by_the_address_that_was_sent() -> None:
    place = PLACE.changed(id="00123")
    row = answer(place, sent={"id": "123", "adresse": "3 RUE DE REUILLY"})
    assert [one.before for one in merged(row, structures=(place,)).changed] == [place]
    neighbours = merged(row, structures=(place, place.changed(id="1e5")))
    assert [one.problem.message for one in neighbours.errors] == ["no structure has the id ‘123’"]
    closer = PLACE.changed(id="123", adresse="9 rue Y")
    [unused] = merged(row, structures=(place, closer)).not_used
    assert unused.problem.id == "123"


def test_of_several_rows_the_first_usable_one_counts_and_another_point_is_listed() -> None:
    found = merged(answer(score="0.5"), answer(), answer(latitude="48.8"), answer(citycode=""), answer())
    assert [one.after.latitude for one in found.changed] == ["48.849123"]
    assert [one.nom for one in found.repeated] == [PLACE.nom]
    assert [one.problem.message.partition(";")[0] for one in found.not_used] == [
        "the score is below 0.9",
        "an earlier row gives other coordinates or another INSEE code",
        "an earlier row gives other coordinates or another INSEE code",
    ]


def test_rows_about_a_structure_with_coordinates_repeat_each_other() -> None:
    place = PLACE.changed(latitude="48.8", longitude="2.4")
    found = merged(answer(), answer(score="0.1"), structures=(place,))
    assert (found.changed, found.not_used, found.same, len(found.repeated)) == ([], [], 1, 1)
