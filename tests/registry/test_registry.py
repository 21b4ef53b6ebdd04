from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from epncli.errors import ExitCode, Unreadable
from epncli.model.structure import Structure
from epncli.registry.registry import Registry, difference

TEXT = """\
titre: Essai
contact: a@exemple.fr
structures:
  - id: a
    nom: A
    telephones: [01 40 28 18 48,
      01 40 28 18 49]
  - {nom: B, id: b, telephones: 01 40 28 18 50}
"""


def test_structures_come_in_the_order_of_the_file(registry_file: Callable[..., Path]) -> None:
    registry = Registry.read(registry_file(TEXT))
    assert (registry.titre, registry.contact) == ("Essai", "a@exemple.fr")
    assert registry.structures == [
        Structure(id="a", nom="A", telephones=("01 40 28 18 48", "01 40 28 18 49")),
        Structure(id="b", nom="B", telephones=("01 40 28 18 50",)),
    ]
    assert [registry.index(structure) for structure in registry.structures] == [0, 1]


def test_a_place_is_the_line_and_the_column_of_a_structure(registry_file: Callable[..., Path]) -> None:
    registry = Registry.read(registry_file(TEXT))
    assert [registry.place(one) for one in registry.structures] == [(4, 5), (8, 5)]


def test_equal_structures_have_each_their_own_place(registry_file: Callable[..., Path]) -> None:
    registry = Registry.read(registry_file("structures:\n  - id: a\n  - id: a\n"))
    first, second = registry.structures
    assert (first == second, registry.place(first), registry.place(second)) == (True, (2, 5), (3, 5))


@pytest.mark.parametrize(
    "text", ["structures:\n", "structures: []\n", "structures:   # rien\ntitre: {a: b}\ncontact: [c]\n"]
)
def test_an_empty_registry_has_no_structures(registry_file: Callable[..., Path], text: str) -> None:
    registry = Registry.read(registry_file(text))
    assert (registry.structures, registry.titre, registry.contact) == ([], "", "")


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("titre: x\n", "the file has no ‘structures:’ list", (1, 1)),
        ("a: 1\nstructures: oui\n", "‘structures:’ is not a list", (2, 13)),
        ("structures:\n  a: b\n", "‘structures:’ is not a list", (2, 3)),
        ("structures:\n  - id: a\n  - b\n", "this record has no fields", (3, 5)),
        ("structures:\n  - - id: a\n", "this record has no fields", (2, 5)),
    ],
)
def test_what_is_no_list_of_records_is_refused_with_its_place(
    registry_file: Callable[..., Path], text: str, message: str, place: tuple[int, int]
) -> None:
    path = registry_file(text)
    with pytest.raises(Unreadable) as caught:
        Registry.read(path)
    error = caught.value
    assert (error.message, (error.line, error.column), error.path) == (message, place, str(path))
    assert (error.exit_code, bool(error.hint)) == (ExitCode.UNREADABLE, True)


def test_the_difference_holds_what_the_second_one_has() -> None:
    before = Structure(id="a", nom="A", telephones=("1",), notes="x")
    after = before.changed(nom="B", telephones=(), unknown_fields={"z": "1"})
    assert difference(before, after) == {"nom": "B", "telephones": ()}
    assert difference(before, before) == {}
