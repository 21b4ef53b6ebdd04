from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import FIELDS, Structure
from epncli.registry.three_way import merge

BASE = Structure(id="a", nom="A", telephones=("1", "2"), date_maj="2026-01-01")
VALUES = st.sampled_from(["", "x", "y", "z"])
ITEMS = st.lists(st.sampled_from("xyz"), max_size=3, unique=True).map(tuple)
DATES = st.sampled_from(["", "2025-01-01", "2026-01-01"])
STRUCTURES = st.builds(Structure, nom=VALUES, notes=VALUES, telephones=ITEMS, services=ITEMS, date_maj=DATES)


@pytest.mark.parametrize(
    ("ours", "theirs", "merged", "conflicts"),
    [
        ({}, {}, {}, ()),
        ({"nom": "B"}, {}, {"nom": "B"}, ()),
        ({}, {"nom": "B"}, {"nom": "B"}, ()),
        ({"nom": "B"}, {"nom": "B"}, {"nom": "B"}, ()),
        ({"nom": "B"}, {"nom": "C"}, {"nom": "B"}, ("nom",)),
        ({"nom": "B"}, {"notes": "N"}, {"nom": "B", "notes": "N"}, ()),
        ({"nom": ""}, {"nom": "C"}, {"nom": ""}, ("nom",)),
        ({"telephones": ("1", "2", "3")}, {"telephones": ("2", "4")}, {"telephones": ("2", "3", "4")}, ()),
        ({"telephones": ("2", "1")}, {"telephones": ("1", "2", "3")}, {"telephones": ("2", "1", "3")}, ()),
        ({"telephones": ()}, {"telephones": ("1", "2", "3")}, {"telephones": ("3",)}, ()),
        ({"date_maj": "2026-02-01"}, {"date_maj": "2026-03-01"}, {"date_maj": "2026-03-01"}, ()),
        ({"date_maj": "2026-03-01"}, {"date_maj": "2026-02-01"}, {"date_maj": "2026-03-01"}, ()),
        ({"date_maj": ""}, {"date_maj": "2025-12-01"}, {"date_maj": "2025-12-01"}, ()),
    ],
)
def test_each_field_has_the_value_of_the_side_that_changed_it(
    ours: dict[str, object], theirs: dict[str, object], merged: dict[str, object], conflicts: tuple[str, ...]
) -> None:
    found = merge(BASE, BASE.changed(**ours), BASE.changed(**theirs))  # type: ignore[arg-type]
    assert found == (BASE.changed(**merged), conflicts)  # type: ignore[arg-type]


def test_without_a_base_only_different_values_conflict() -> None:
    ours, theirs = Structure(nom="A", notes="N"), Structure(nom="A", notes="M", adresse="1 rue B")
    assert merge(Structure(), ours, theirs) == (ours.changed(adresse="1 rue B"), ("notes",))


def test_fields_that_are_not_in_the_schema_stay_ours() -> None:
    ours = Structure.from_values({"nom": "A", "inconnu": "x"})
    assert merge(Structure(), ours, Structure(nom="A")).structure is ours


@given(base=STRUCTURES, ours=STRUCTURES, theirs=STRUCTURES)
def test_a_merge_is_that_of_each_field_alone(base: Structure, ours: Structure, theirs: Structure) -> None:
    merged, conflicts = merge(base, ours, theirs)
    for name, field in FIELDS.items():
        old, own, other, value = (one.value(name) for one in (base, ours, theirs, merged))
        if other in (own, old):
            assert value == own
        elif own == old:
            assert value == other
        elif field.many:
            both = set(own) & set(other) & set(old)
            assert set(value) == both | (set(own) | set(other)) - set(old)
        elif name == "date_maj":
            assert value == max(str(own), str(other))
        else:
            assert (value, name in conflicts) == (own, True)


@given(base=STRUCTURES, ours=STRUCTURES, theirs=STRUCTURES)
def test_both_sides_find_the_same_conflicts(base: Structure, ours: Structure, theirs: Structure) -> None:
    assert merge(base, ours, theirs).conflicts == merge(base, theirs, ours).conflicts


@given(base=STRUCTURES, ours=STRUCTURES, theirs=STRUCTURES)
def test_a_second_merge_of_the_same_changes_adds_nothing(
    base: Structure, ours: Structure, theirs: Structure
) -> None:
    merged = merge(base, ours, theirs)
    assert merge(theirs, merged.structure, theirs).structure == merged.structure
