from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import FIELDS, Structure
from epncli.registry.union import CLOSING, take, unite

VALUES = st.sampled_from(["", "x", "y"])
ITEMS = st.lists(st.sampled_from("xyz"), max_size=3, unique=True).map(tuple)
DATES = st.sampled_from(["", "2025-01-01", "2026-01-01"])
STRUCTURES = st.builds(
    Structure, id=VALUES, nom=VALUES, telephones=ITEMS, latitude=VALUES, longitude=VALUES, notes=VALUES,
    statut=st.sampled_from(["", "ouvert", "fermé"]), date_fermeture=DATES, rappeler_le=DATES, date_maj=DATES,
)  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "other", "united", "differing"),
    [
        ({"nom": "A"}, {"nom": "A", "adresse": "1 rue B"}, {"nom": "A", "adresse": "1 rue B"}, ()),
        ({"nom": "A", "adresse": "1 rue A"}, {"nom": "B"}, {"nom": "A", "adresse": "1 rue A"}, ("nom",)),
        ({"telephones": ("2", "1")}, {"telephones": ("1", "3")}, {"telephones": ("2", "1", "3")}, ()),
        ({"id": "a"}, {"id": "b"}, {"id": "a"}, ()),
        ({"notes": "un"}, {"notes": "deux"}, {"notes": "un\ndeux"}, ()),
        ({"notes": "un\ndeux\n"}, {"notes": "deux\ntrois"}, {"notes": "un\ndeux\ntrois\n"}, ()),
        ({"notes": "un\ndeux"}, {"notes": "deux\n"}, {"notes": "un\ndeux"}, ()),
        ({"rappeler_le": "2026-05-01"}, {"rappeler_le": "2026-04-01"}, {"rappeler_le": "2026-04-01"}, ()),
        ({}, {"rappeler_le": "2026-04-01"}, {"rappeler_le": "2026-04-01"}, ()),
        ({"date_maj": "2026-01-01"}, {"date_maj": "2025-01-01"}, {"date_maj": "2026-01-01"}, ()),
        ({"date_maj": "2025-01-01"}, {"date_maj": "2026-01-01"}, {"date_maj": "2026-01-01"}, ()),
        # An empty `statut` means that the structure is open.
        ({}, {"statut": "ouvert"}, {}, ()),
        ({}, {"statut": "fermé", "date_fermeture": "2014"}, {}, ("statut",)),
        ({"statut": "fermé"}, {"nom": "A"}, {"statut": "fermé", "nom": "A"}, ("statut",)),
        (
            {"statut": "fermé", "date_fermeture": "2014"},
            {"statut": "fermé", "date_fermeture": "2015", "motif_fermeture": "bail"},
            {"statut": "fermé", "date_fermeture": "2014", "motif_fermeture": "bail"},
            ("date_fermeture",),
        ),
        # Half of one position and half of another are no position.
        (
            {"latitude": "48.1", "longitude": "2.1"},
            {"latitude": "48.1", "longitude": "2.2"},
            {"latitude": "48.1", "longitude": "2.1"},
            ("latitude",),
        ),
        ({"latitude": "1"}, {"latitude": "2", "longitude": "3"}, {"latitude": "1"}, ("latitude",)),
    ],
)
def test_a_structure_keeps_what_it_has_and_gets_what_it_lacks(
    kept: dict[str, Any], other: dict[str, Any], united: dict[str, Any], differing: tuple[str, ...]
) -> None:
    assert unite(Structure(**kept), Structure(**other)) == (Structure(**united), differing)


def test_what_is_taken_comes_with_the_fields_that_it_stands_for() -> None:
    kept = Structure(nom="A", latitude="48.1", longitude="2.1", statut="fermé", date_fermeture="2014")
    other = Structure(nom="B", latitude="48.2")
    assert take(kept, other, "nom") == kept.changed(nom="B")
    assert take(kept, other, "latitude") == kept.changed(latitude="48.2", longitude="")
    assert take(kept, other, "statut") == kept.changed(statut="", date_fermeture="")


@given(STRUCTURES, STRUCTURES)
def test_no_value_is_lost_without_being_named(kept: Structure, other: Structure) -> None:
    united, differing = unite(kept, other)
    assert unite(kept, kept) == (kept, ())
    assert unite(united, kept).structure == united
    named = {*differing, *(CLOSING if "statut" in differing else ())}
    named |= {"longitude"} if "latitude" in differing else set()
    for name in FIELDS:
        own, added, value = kept.value(name), other.value(name), united.value(name)
        if name in ("id", "statut", "date_fermeture", "rappeler_le", "date_maj"):
            continue
        if isinstance(value, tuple):
            assert value[: len(own)] == own and set(value) == {*own, *added}
        elif name == "notes":
            assert set(value.split()) == {*str(own).split(), *str(added).split()}
        elif name in named:
            assert value == own
        else:
            assert value == (own or added)
    for name in differing:
        assert take(united, other, name).value(name) == other.value(name)
