from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import Structure
from epncli.registry.compare import Comparison, Difference, Group, Pair, changed_fields, compare, match

A = Structure(id="a", nom="Microlithe", commune="Paris", code_postal="75020", adresse="3 rue de l'Élan")
B = Structure(id="b", nom="Antenne", commune="Paris", code_postal="75019", telephones=("01 40 28 18 50",))
CLOSED = A.changed(statut="fermé", date_fermeture="2014-09")


@pytest.mark.parametrize(
    ("before", "after", "group"),
    [
        (A, CLOSED, Group.CLOSED),
        (A, CLOSED.changed(remplace_par="b"), Group.REPLACED),
        (CLOSED, CLOSED.changed(remplace_par="b"), Group.REPLACED),
        (CLOSED, CLOSED.changed(motif_fermeture="association fermée"), Group.OTHER),
        (CLOSED, A, Group.REOPENED),
        (A, A.changed(fermetures_temporaires=("2026-07-20/..",)), Group.CLOSED_FOR_A_TIME),
        (
            A.changed(fermetures_temporaires=("2026-07-20/..",)),
            A.changed(fermetures_temporaires=("2026-07-20/2026-08-24",)),
            Group.REOPENED,
        ),
        (A.changed(fermetures_temporaires=("2026-07-20/..",)), A, Group.REOPENED),
        (A.changed(fermetures_temporaires=("2026-07-20/2026-08-24",)), A, Group.OTHER),
        (A, A.changed(adresse="12 rue de l'Élan"), Group.MOVED),
        (A, A.changed(code_postal="75019", nom="Autre"), Group.MOVED),
        (A, A.changed(adresse="3, RUE DE L’ÉLAN"), Group.OTHER),
        (B, B.changed(adresse="3 rue de l'Élan"), Group.OTHER),
        (A, A.changed(adresse=""), Group.OTHER),
        (A, A.changed(nom="Microlithe et Cie"), Group.RENAMED),
        (A, A.changed(nom="MICROLITHE"), Group.OTHER),
        (B, B.changed(telephones=("01 40 28 18 51",)), Group.NEW_PHONE),
        (B, B.changed(telephones=()), Group.OTHER),
        (B, B.changed(notes="vu", date_maj="2026-01-01"), Group.OTHER),
        (B, B.changed(date_maj="2026-01-01"), Group.CONFIRMED),
    ],
)  # fmt: skip
def test_what_happened_to_a_structure_has_one_word(before: Structure, after: Structure, group: Group) -> None:
    [change] = compare([before], [after]).changed
    assert change == Difference(before, after, changed_fields(before, after))
    assert change.group is group


def test_a_structure_is_recognised_by_its_id_then_by_name_and_place() -> None:
    moved, renumbered = A.changed(nom="Autre", commune="Lyon", code_postal="69003"), B.changed(id="c")
    assert match([A, B], [renumbered, moved]) == [Pair(1, 0), Pair(0, 1)]
    assert compare([A, B], [renumbered, moved]).changed[0] == Difference(B, renumbered, ("id",))


def test_two_places_of_one_name_in_one_commune_are_matched_in_order() -> None:
    twins = [A.changed(id=one) for one in "xyz"]
    assert match([A, A], twins) == [Pair(0, 0), Pair(1, 1), Pair(None, 2)]


def test_structures_without_id_and_name_are_the_same_place_only_if_they_are_equal() -> None:
    assert match([Structure()], [Structure()]) == [Pair(None, 0), Pair(0, None)]
    first, second = Structure(adresse="1 rue B"), Structure(adresse="2 rue B")
    assert match([first, second], [second]) == [Pair(1, 0), Pair(0, None)]


TWIN, OTHER = Structure(id="a", nom="A", commune="Lyon"), Structure(id="a", nom="B", commune="Lyon")


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ([TWIN, OTHER], [OTHER, TWIN], [Pair(1, 0), Pair(0, 1)]),
        ([TWIN, OTHER], [OTHER], [Pair(1, 0), Pair(0, None)]),
        ([OTHER], [TWIN, OTHER], [Pair(None, 0), Pair(0, 1)]),
        ([TWIN, OTHER], [OTHER.changed(notes="N")], [Pair(1, 0), Pair(0, None)]),
        ([TWIN, OTHER], [OTHER.changed(commune="Paris")], [Pair(1, 0), Pair(0, None)]),
        ([TWIN, OTHER], [OTHER.changed(nom="C"), TWIN], [Pair(1, 0), Pair(0, 1)]),
        ([TWIN.changed(id=""), TWIN.changed(id="", notes="N")], [TWIN.changed(id="", notes="N")],
         [Pair(1, 0), Pair(0, None)]),
    ],
)  # fmt: skip
def test_of_structures_with_one_id_those_that_are_most_alike_are_the_same_place(
    before: list[Structure], after: list[Structure], pairs: list[Pair]
) -> None:
    assert match(before, after) == pairs


def test_fields_that_are_not_in_the_schema_are_compared_and_come_last() -> None:
    after = Structure.from_values({**A.values(), "wifi": "oui", "nom": "Autre"})
    assert changed_fields(A, after) == ("nom", "wifi")


def test_an_open_state_that_is_written_out_is_no_change() -> None:
    assert compare([A], [A.changed(statut="ouvert")]) == Comparison((), (), ())


def test_with_fields_nothing_else_counts() -> None:
    after = [CLOSED.changed(nom="Autre", notes="vu"), B.changed(notes="vu"), Structure(id="c", nom="Neuf")]
    named = Difference(A, A.changed(nom="Autre"), ("nom",))
    assert named.group is Group.RENAMED
    assert compare([A, B], after, ("nom",)) == Comparison((), (named,), ())
    assert compare([A, B], after, ("id", "nom")) == Comparison((after[2],), (named,), ())


def test_groups_are_in_the_order_in_which_readers_are_told() -> None:
    found = compare([A, B], [CLOSED, Structure(id="c", nom="Neuf")]).by_group()
    assert found == {
        Group.ADDED: [Difference(Structure(), Structure(id="c", nom="Neuf"), ("id", "nom"))],
        Group.CLOSED: [Difference(A, CLOSED, ("statut", "date_fermeture"))],
        Group.REMOVED: [Difference(B, Structure(), ("id", "nom", "commune", "code_postal", "telephones"))],
    }


EDITS: dict[Group, dict[str, Any]] = {
    Group.CLOSED: {"statut": "fermé"},
    Group.REPLACED: {"statut": "fermé", "remplace_par": "x"},
    Group.MOVED: {"code_postal": "75019"},
    Group.RENAMED: {"nom": "un autre nom"},
    Group.NEW_PHONE: {"telephones": ("01 02 03 04 05",)},
    Group.CONFIRMED: {"date_maj": "2026-11-01"},
    Group.OTHER: {"horaires": "24/7"},
}
PLAN = st.lists(st.sampled_from([None, Group.ADDED, Group.REMOVED, *EDITS]), max_size=8)


@given(plan=PLAN, random=st.randoms(use_true_random=False))
def test_a_comparison_finds_each_edit_of_a_registry_and_no_other(
    plan: list[Group | None], random: Any
) -> None:
    before, after, expected = [], [], {}
    for number, group in enumerate(plan):
        one = Structure(id=f"id-{number}", nom=f"nom {number}", commune="Paris", code_postal="75020")
        edited = one.changed(**EDITS.get(group, {})) if group else one
        before += [one] * (group is not Group.ADDED)
        after += [edited] * (group is not Group.REMOVED)
        if group:
            expected[one.id] = group
    random.shuffle(after)
    found = {
        (change.before.id or change.after.id): group
        for group, changes in compare(before, after).by_group().items()
        for change in changes
    }
    assert found == expected
