from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import FIELDS, Structure
from epncli.registry.three_way import MergedRecord, Side, merge, merge_registries

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


def test_fields_that_are_not_in_the_schema_are_merged_too() -> None:
    base, ours, theirs = (
        Structure.from_values({"nom": "A", **fields})
        for fields in ({"wifi": "non"}, {"wifi": "non", "bus": "12"}, {"wifi": "oui", "metro": "8"})
    )
    assert merge(base, ours, theirs) == (
        Structure.from_values({"nom": "A", "wifi": "oui", "bus": "12", "metro": "8"}),
        (),
    )
    gone = Structure(nom="A")
    assert merge(base, gone, theirs).conflicts == ("wifi",)
    assert merge(base, ours, gone) == (Structure.from_values({"nom": "A", "bus": "12"}), ())


FIRST, SECOND, NEW = Structure(id="a", nom="A"), Structure(id="b", nom="B"), Structure(id="n", nom="N")


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ([FIRST], [FIRST], [MergedRecord(0, 0, 0, FIRST)]),
        ([], [], [MergedRecord(0, None, None, None)]),
        ([], [FIRST], [MergedRecord(0, None, 0, None)]),
        ([FIRST], [], [MergedRecord(0, 0, None, None)]),
        ([FIRST.changed(nom="X")], [], [MergedRecord(0, 0, None, FIRST.changed(nom="X"), (), Side.THEIRS)]),
        ([], [FIRST.changed(nom="X")], [MergedRecord(0, None, 0, FIRST.changed(nom="X"), (), Side.OURS)]),
        (
            [NEW, FIRST],
            [FIRST, SECOND],
            [
                MergedRecord(None, 0, None, NEW),
                MergedRecord(0, 1, 0, FIRST),
                MergedRecord(None, None, 1, SECOND),
            ],
        ),
        (
            [FIRST, NEW.changed(date_maj="2026-01-01")],
            [FIRST, NEW.changed(date_maj="2026-02-01", adresse="1 rue B")],
            [
                MergedRecord(0, 0, 0, FIRST),
                MergedRecord(None, 1, 1, NEW.changed(date_maj="2026-02-01", adresse="1 rue B")),
            ],
        ),
        (
            [FIRST, NEW.changed(telephones=("1",))],
            [FIRST, NEW.changed(telephones=("1", "2"), nom="M")],
            [
                MergedRecord(0, 0, 0, FIRST),
                MergedRecord(None, 1, 1, NEW.changed(telephones=("1",)), ("nom", "telephones")),
            ],
        ),
        (
            [FIRST.changed(id="c"), NEW],
            [FIRST.changed(adresse="1 rue B")],
            [
                MergedRecord(0, 0, 0, FIRST.changed(id="c", adresse="1 rue B")),
                MergedRecord(None, 1, None, NEW),
            ],
        ),
    ],
)  # fmt: skip
def test_each_structure_of_two_registries_is_merged(
    ours: list[Structure], theirs: list[Structure], merged: list[MergedRecord]
) -> None:
    assert merge_registries([FIRST], ours, theirs) == merged


SIDE = st.lists(st.tuples(st.integers(0, 4), STRUCTURES), max_size=5, unique_by=lambda one: one[0]).map(
    lambda found: [one.changed(id=str(number), nom=f"lieu {number}") for number, one in found]
)


@given(base=SIDE, ours=SIDE, theirs=SIDE)
def test_a_merge_of_registries_is_that_of_each_structure_alone(
    base: list[Structure], ours: list[Structure], theirs: list[Structure]
) -> None:
    merged = merge_registries(base, ours, theirs)
    before, own, other = ({one.id: one for one in side} for side in (base, ours, theirs))
    seen = {}
    for one in merged:
        sides = ((base, one.base), (ours, one.ours), (theirs, one.theirs))
        [name] = {side[index].id for side, index in sides if index is not None}
        seen[name] = one
    assert seen.keys() == before.keys() | own.keys() | other.keys()
    for name, one in seen.items():
        old, mine, its = (side.get(name) for side in (before, own, other))
        if old is not None and mine is not None and its is not None:
            assert (one.structure, one.conflicts) == merge(old, mine, its)
        elif old is None:
            assert bool(one.conflicts) == (mine is not None and its is not None and _contradict(mine, its))
            assert one.structure is not None
        else:
            left = mine if its is None else its
            assert one.structure == (None if left in (None, old) else left)
            assert one.in_conflict == (one.structure is not None)


def _contradict(one: Structure, other: Structure) -> bool:
    """True if a field has two values."""
    both = [(one.value(name), other.value(name)) for name in FIELDS if name != "date_maj"]
    return any(mine and its and mine != its for mine, its in both)
