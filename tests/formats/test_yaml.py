from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.writing import Export
from epncli.formats.yaml import write
from epncli.model.structure import Structure


def test_a_registry_as_yaml(registry: Sequence[Structure]) -> None:
    structures = (replace(registry[0], unknown_fields={"accès": ["rez", {"nº": "4"}]}), registry[1])
    assert write(Export(structures, titre="EPN : Paris", contact="a@b.fr")).data.decode() == (
        'titre: "EPN : Paris"\n'
        "contact: a@b.fr\n"
        "structures:\n"
        "  - id: freepam\n"
        "    nom: FREPAM\n"
        "    commune: Paris\n"
        '    code_postal: "75009"\n'
        "    telephones: [06 99 93 14 51]\n"
        '    accès: [rez, {nº: "4"}]\n'
        "  - id: microlithe\n"
        "    nom: Microlithe\n"
        "    commune: Paris\n"
        '    code_postal: "75020"\n'
        '    telephones: [01 46 36 70 13, "3949"]\n'
        "    courriels: [contact@microlithe.fr]\n"
        '    site_web: ["http://www.microlithe.fr"]\n'
        "    statut: fermé\n"
        "    date_fermeture: 2014-09\n"
        "    motif_fermeture: association fermée\n"
    )


def test_no_structure_is_an_empty_registry() -> None:
    assert write(Export(())).data == b"structures: []\n"


def test_fields_choose_among_those_that_are_filled(registry: Sequence[Structure]) -> None:
    structures = (replace(registry[0], unknown_fields={"accès": "rez"}), registry[1])
    assert write(Export(structures, fields=("statut", "nom"))).data.decode() == (
        "structures:\n  - nom: FREPAM\n  - statut: fermé\n    nom: Microlithe\n"
    )


_UNKNOWN = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(data=st.data(), unknown=_UNKNOWN)
def test_yaml_reads_back_to_the_same_values(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject, unknown: Any
) -> None:
    given_structures = [replace(one, unknown_fields={"autre": unknown}) for one in data.draw(structures)]
    written = write(Export(given_structures)).data
    read = yaml.load(written, yaml.CBaseLoader)  # noqa: S506  the judge; it builds only texts
    assert [Structure.from_values(values) for values in read["structures"]] == given_structures
