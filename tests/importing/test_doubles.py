from __future__ import annotations

from epncli.importing.doubles import find_doubles
from epncli.model.structure import Structure

KNOWN = Structure(
    id="toussaint", nom="Médiathèque Toussaint", commune="Angers", code_postal="49000",
    telephones=("02 41 24 25 50",),
)  # fmt: skip


def test_only_new_structures_are_told_with_the_ids_that_they_will_have() -> None:
    twice = [KNOWN, KNOWN.changed(id="toussaint-2")]
    assert find_doubles(twice, []) == []
    new = [
        Structure(nom="Mediathèque Toussaint", commune="Angers", code_postal="49000"),
        Structure(nom="Accueil", commune="Angers", code_postal="49100", telephones=("02 41 24 25 50",)),
        Structure(nom="Ailleurs", commune="Paris", code_postal="75012"),
    ]
    assert [(one.id, one.message) for one in find_doubles([KNOWN], new)] == [
        (
            "mediatheque-toussaint",
            "possible duplicate of ‘toussaint’: same postal code and nearly the same name",
        ),
        ("accueil", "‘02 41 24 25 50’ is also the number of ‘toussaint’"),
    ]
