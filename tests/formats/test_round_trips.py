"""Round trips: importing an export into the same registry changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.display.state import States
from epncli.formats import mednum
from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.writing import FORMATS, Export
from epncli.importing.merge import merge
from epncli.importing.merge_result import Merge
from epncli.model.structure import FIELDS, Structure
from epncli.registry.compare import Difference

TODAY = "2026-01-31"


def back(structures: list[Structure], name: str, *, excel: bool = False) -> Merge:
    written = FORMATS[name].write(Export(structures, titre="Titre", excel=excel))
    return merge(structures, [read(InputFile("file", written.data))], TODAY)


def distinct(structures: list[Structure]) -> list[Structure]:
    return list({structure.id: structure for structure in structures}.values())


@pytest.mark.parametrize(
    ("name", "excel"),
    [("csv", False), ("csv", True), ("xlsx", False), ("json", False), ("yaml", False)],
)
@given(data=st.data())
@settings(max_examples=20)
def test_any_registry_comes_back_as_it_is(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject, name: str, *, excel: bool
) -> None:
    given_structures = distinct(data.draw(structures))
    assert back(given_structures, name, excel=excel) == Merge(same=len(given_structures))


PLACES = (
    ("Paris", "75012", "75112"),
    ("Bourg-en-Bresse", "01000", "01053"),
    ("Saint-Denis", "97400", "97411"),
)
PHONES = ("01 46 36 70 13", "06 24 39 64 34", "3949", "0262 41 83 00", "+33146367014", "0596 51 11 11")
TEXTS = ("L’Œuvre – n° 1", "a;b", "Seul : x", "=1+1", "a\nb", "'01")


@st.composite
def mappable(draw: st.DrawFn) -> Structure:
    """A structure that has all that the national map wants, and perhaps more."""
    commune, code, insee = draw(st.sampled_from(PLACES))
    values: dict[str, Any] = {
        "id": draw(st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True)),
        "nom": draw(st.sampled_from(TEXTS)),
        "commune": commune,
        "code_postal": code,
        "adresse": draw(st.sampled_from(TEXTS)),
        "date_maj": draw(st.dates(date(2000, 1, 1), date(2025, 12, 31))).isoformat(),
    }
    more: dict[str, st.SearchStrategy[Any]] = {
        "code_insee": st.just(insee),
        "telephones": st.lists(st.sampled_from(PHONES), unique=True, max_size=3).map(tuple),
        "pivot": st.sampled_from(("73282932000074", "W751234567", "00000000000000")),
        "courriels": st.just(("a@b.fr", "c@d.fr")),
        "site_web": st.just(("https://a.fr/;x=1", "http://b.fr")),
        "latitude": st.sampled_from(("48.85", "48.850", "-20.9", "48")),
        "longitude": st.sampled_from(("2.39", "55.5000")),
        "horaires": st.just("Mo-Fr 09:00-12:00; Sa 10:00-12:00"),
        "statut": st.sampled_from(("ouvert", "fermé")),
        "presentation_detail": st.sampled_from(TEXTS),
        "autres_formations_labels": st.just(("NetPublic", "a;b")),
    }
    for name, field in FIELDS.items():
        if field.values and field.many:
            more[name] = st.lists(st.sampled_from(field.values), unique=True, max_size=4).map(tuple)
    for name in draw(st.lists(st.sampled_from(list(more)), unique=True)):
        values[name] = draw(more[name])
    return Structure(**values)


@given(drawn=st.lists(mappable(), max_size=4))
def test_the_national_map_has_nothing_to_teach_its_source(drawn: list[Structure]) -> None:
    given_structures = distinct(drawn)
    written = mednum.write(Export(given_structures))
    assert written.incomplete == ()
    merged = merge(given_structures, [read(InputFile("file", written.data))], TODAY)
    assert merged == Merge(same=len(given_structures) - len(written.left_out))


def test_the_intervals_in_the_hours_of_the_national_map_teach_nothing_either() -> None:
    base = Structure(id="a", nom="A", commune="Lyon", code_postal="69003", adresse="x", date_maj=TODAY)
    intervals = ("2025-07-01/2025-07-31", "2026-07-20/2026-08-24 congés d'été", "2026-11-02/..")
    places = [
        base.changed(horaires="Mo-Fr 09:00-18:00", fermetures_temporaires=intervals),
        base.changed(id="b", nom="B", fermetures_temporaires=intervals),
    ]
    written = mednum.write(Export(places, states=States(places, TODAY)))
    assert written.data.count(b"2026 Aug 24 off") == 2
    assert merge(places, [read(InputFile("file", written.data))], TODAY) == Merge(same=2)
    # Other hours are taken without the intervals.
    later = written.data.replace(b"18:00", b"17:00")
    [changed] = merge(places, [read(InputFile("file", later))], TODAY).changed
    assert changed.after == places[0].changed(horaires="Mo-Fr 09:00-17:00")


@given(one=mappable())
@settings(max_examples=30)
def test_one_changed_cell_is_all_that_changes(one: Structure) -> None:
    edited = replace(one, presentation_detail="près du marché")
    written = FORMATS["csv"].write(Export([edited], excel=True)).data
    merged = merge([one], [read(InputFile("file", written))], TODAY)
    # The row has the date of the record, or none.
    after = replace(edited, date_maj=one.date_maj or TODAY)
    assert merged == Merge(changed=[Difference(one, after, ("presentation_detail",))])
