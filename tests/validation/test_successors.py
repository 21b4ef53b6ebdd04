from __future__ import annotations

from epncli.model.structure import Structure
from epncli.validation import successors
from epncli.validation.successors import find, successors_of


def replaced(name: str, by: str) -> Structure:
    return Structure(id=name, nom=name.upper(), statut="fermé", remplace_par=by)


def test_a_successor_must_exist_and_be_another() -> None:
    structures = [replaced("a", "b"), replaced("b", "b"), replaced("c", "z"), Structure(id="d", nom="D")]
    assert [(at, one.id, one.field, one.message) for at, one in find(structures)] == [
        (1, "b", "remplace_par", "a structure cannot replace itself"),
        (2, "c", "remplace_par", "no structure has the id ‘z’"),
    ]
    assert [at for at, _problem in find(structures, {2, 3})] == [2]


def test_a_circle_is_reported_at_each_of_its_structures_but_not_before() -> None:
    structures = [replaced("a", "b"), replaced("b", "c"), replaced("c", "b")]
    assert [(at, one.message) for at, one in find(structures)] == [
        (1, "the structures replace each other in a circle: B → C → B"),
        (2, "the structures replace each other in a circle: C → B → C"),
    ]


def test_successors_follow_each_other_and_a_circle_ends() -> None:
    structures = [replaced("a", "b"), replaced("b", "c"), Structure(id="c", nom="C")]
    assert [one.id for one in successors_of(structures[0], structures)] == ["b", "c"]
    assert successors_of(structures[2], structures) == []
    circle = [replaced("a", "b"), replaced("b", "a")]
    assert [one.id for one in successors_of(circle[0], circle)] == ["b", "a"]


def test_in_a_long_circle_or_chain_each_structure_is_visited_once() -> None:
    class Counted(dict[str, Structure]):
        asked = 0

        def __getitem__(self, name: str) -> Structure:
            self.asked += 1
            return super().__getitem__(name)

    circle = Counted({f"s{n}": replaced(f"s{n}", f"s{(n + 1) % 1000}") for n in range(1000)})
    assert successors._in_circles(circle) == circle.keys()
    chain = Counted({f"s{n}": replaced(f"s{n}", f"s{n + 1}") for n in range(1000)})
    assert successors._in_circles(chain) == set()
    assert (circle.asked, chain.asked) == (1000, 1000)
    assert len(list(find(list(circle.values())))) == 1000
