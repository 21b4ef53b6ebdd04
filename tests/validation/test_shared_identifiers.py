from __future__ import annotations

from collections.abc import Collection

import pytest

from epncli.model.structure import Structure
from epncli.validation.shared_identifiers import find

HINT = (
    "an import changes only one of them: if they are the same place, merge them with ‘epn merge’; "
    "otherwise remove the identifier from the wrong one"
)


def places(*identifiers: tuple[str, ...]) -> list[Structure]:
    """Structures `a`, `b`, etc. with these external identifiers."""
    return [
        Structure(id=name, nom=name.upper(), commune="Angers", identifiants_externes=known)
        for name, known in zip("abcd", identifiers, strict=False)
    ]


def test_an_identifier_that_two_structures_have_is_said_at_the_second_with_what_to_do() -> None:
    ((at, problem),) = find(places(("angers:115",), ("lyon:7", "angers:115")))
    assert (at, problem.level, problem.field, problem.item) == (1, "warning", "identifiants_externes", 1)
    assert (problem.id, problem.nom, problem.hint) == ("b", "B", HINT)
    assert problem.message == "‘angers:115’ is also an external identifier of ‘a’"


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (None, [(1, "a"), (2, "a")]),
        ({0}, [(0, "b")]),
        ({0, 2}, [(2, "a")]),
        ({1}, [(1, "a")]),
        ({3}, []),
    ],
)
def test_each_structure_but_the_first_is_reported_and_always_those_that_are_asked_for(
    only: Collection[int] | None, expected: list[tuple[int, str]]
) -> None:
    found = find(places(("angers:1",), ("angers:1",), ("angers:1",), ("angers:2",)), only)
    assert [(at, problem.message.rpartition("‘")[2].strip("’")) for at, problem in found] == expected


def test_a_closed_structure_counts() -> None:
    one, other = places(("angers:1",), ("angers:1",))
    assert [at for at, _problem in find([one.changed(statut="fermé"), other])] == [1]


@pytest.mark.parametrize(
    "identifiers",
    [
        [(), ()],
        [("angers:1",), ("angers:2",)],
        [("angers:1",), ("lyon:1",)],
        [("angers:1", "angers:1"), ()],
    ],
)
def test_other_identifiers_are_not_shared(identifiers: list[tuple[str, ...]]) -> None:
    assert list(find(places(*identifiers))) == []
