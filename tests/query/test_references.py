"""Resolution of a REF to structures."""

from __future__ import annotations

from typing import Any

import pytest

from epncli.model.structure import Structure
from epncli.query.references import resolve


def structure(**fields: Any) -> Structure:
    return Structure.from_values(fields)


PLACES = [
    structure(id="microlithe", nom="Microlithe", telephones=["01 46 36 70 13"]),
    structure(id="espace-19", nom="Espace 19", code_postal="75019"),
    structure(id="espace-19-ourcq", nom="Espace 19 Ourcq", code_postal="75019"),
    structure(id="ENM_77", nom="Médiathèque L’Agora", code_postal="77000"),
    structure(id="agora", nom="Cyber", notes="01 46, ex 36 et 70, puis 13; à côté de Microlithe"),
    structure(id="daviel", nom="Centre d’animation Daviel", code_postal="75013"),
    structure(id="twin-1", nom="Le Kiosque"),
    structure(id="twin-2", nom="le kiosque"),
    structure(id="with blank", nom="Blank"),
    structure(id="enm 77", nom="Other"),
    structure(id="p1", nom="La Passerelle"),
    structure(id="p2", nom="La Passerelle Nord"),
    structure(id="croix", nom="Croix-Rousse", commune="Lyon", motif_fermeture="fusionnée avec Vaise"),
    structure(id="vaise", nom="Vaise – Lyon 9e", commune="Lyon", source="Hub"),
    structure(id="same", nom="One"),
    structure(id="same", nom="Two"),
]


@pytest.mark.parametrize(
    ("args", "found", "candidates"),
    [
        (["microlithe"], ["microlithe"], []),
        (["daviel", "microlithe"], ["daviel", "microlithe"], []),
        (["daviel", "daviel"], ["daviel"], []),
        (["with blank", "daviel"], ["with blank", "daviel"], []),
        (["with", "blank"], ["with blank"], []),
        (["AGORA"], ["agora"], []),  # an id comes before a name
        (["enm 77"], ["enm 77"], []),
        (["ENM_77"], ["ENM_77"], []),
        (["Enm", "77"], [], ["ENM_77", "enm 77"]),
        (["MICROLITHÉ"], ["microlithe"], []),  # its id, though another one's notes have it
        (["la", "PASSERELLE"], ["p1"], []),  # its name, though another one's has it too
        (["passerelle"], [], ["p1", "p2"]),
        (["same"], ["same", "same"], []),
        (["daviel", "same"], ["daviel", "same", "same"], []),
        (["Espace", "19"], ["espace-19"], []),
        (["espace-19"], ["espace-19"], []),
        (["mediatheque l'agora"], ["ENM_77"], []),
        (["daviel", "centre"], ["daviel"], []),
        (["centre", "75013"], ["daviel"], []),
        (["espace"], [], ["espace-19", "espace-19-ourcq"]),
        (["75019"], [], ["espace-19", "espace-19-ourcq"]),
        (["le", "kiosque"], [], ["twin-1", "twin-2"]),
        (["0146367013"], ["microlithe"], []),
        (["01", "46", "36", "70", "13"], ["microlithe"], []),
        (["daviel", "nowhere"], [], []),
        (["Croix", "Vaise"], ["croix", "vaise"], []),  # together none, each of them one
        (["vaise", "croix", "p1", "microlithe"], ["vaise", "croix", "p1", "microlithe"], []),
        (["vaise", "vaise-lyon"], ["vaise"], []),
        (["croix", "vaise", "nowhere"], [], []),
        (["croix", "passerelle"], [], []),  # the second one fits two
        (["lyon"], [], ["vaise", "croix"]),
        (["lyon", "croix"], ["croix"], []),
        (["hub"], [], []),  # in other fields only
        (["nowhere"], [], []),
        (["???"], [], []),
        ([""], [], []),
        ([], [], []),
    ],
)
def test_a_reference_stands_for(args: list[str], found: list[str], candidates: list[str]) -> None:
    result = resolve(PLACES, args)
    assert [one.id for one in result.found] == found
    assert [one.id for one in result.candidates] == candidates
