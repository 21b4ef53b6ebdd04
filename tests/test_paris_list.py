"""The registry of the repository is equal to the published list of the EPN of Paris."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).parent
LINES = (TESTS / "data/liste-epn-paris.txt").read_text(encoding="utf-8").splitlines()
TEXT = (TESTS.parent / "registry.yaml").read_text(encoding="utf-8")
# Plain PyYAML, which knows nothing of epn, is the judge; its base loader makes text of everything.
REGISTRY: dict[str, Any] = yaml.load(TEXT, yaml.CBaseLoader)  # noqa: S506
STRUCTURES: list[dict[str, Any]] = REGISTRY["structures"]

NUMBER_AT_THE_END = re.compile(r" 0[1-9]( ?\d\d){4}( / \d\d \d\d)?( /)?$")


@dataclass(frozen=True)
class Row:
    """A line of the published list."""

    code: str
    name: str
    phones: list[str]
    """Digits only, a shortened second number completed from the first."""


def read(line: str) -> Row:
    commune, code, rest = line.split(" ", 2)
    assert commune == "PARIS"
    found = NUMBER_AT_THE_END.search(rest)
    if found is None:
        return Row(code, rest, [])
    first, *others = ("".join(filter(str.isdigit, part)) for part in found[0].rstrip(" /").split("/"))
    phones = [first, *(first[: -len(other)] + other for other in others)]
    return Row(code, rest[: found.start()], phones)


def named(nom: str) -> dict[str, Any]:
    [structure] = [one for one in STRUCTURES if one["nom"] == nom]
    return structure


def test_the_list_has_65_places_and_66_distinct_phones() -> None:
    phones = [phone for one in STRUCTURES for phone in one.get("telephones", [])]
    assert (len(LINES), len(STRUCTURES)) == (65, 65)
    assert (len(phones), len(set(phones))) == (67, 66)
    assert len({one["id"] for one in STRUCTURES}) == 65


@pytest.mark.parametrize(
    ("line", "structure"),
    list(zip(LINES, STRUCTURES, strict=True)),
    ids=[one["id"] for one in STRUCTURES],
)
def test_a_published_row_is_in_the_registry(line: str, structure: dict[str, Any]) -> None:
    row = read(line)
    name = row.name.removesuffix(" (association fermée en septembre 2014)")
    phones = [phone.replace(" ", "") for phone in structure.get("telephones", [])]
    assert (structure["code_postal"], structure["nom"], phones) == (row.code, name, row.phones)
    assert structure["commune"] == "Paris"


@pytest.mark.parametrize(
    ("nom", "code_postal", "telephones"),
    [
        ("EPN L’@nnexe du centre social Relais 59", "75012", ["09 53 21 27 82"]),
        ("Espace 19 Multimédia du centre social Espace 19", "75019", ["01 40 38 12 47"]),
        ("Bichat – Association Emmaüs", "75010", ["01 40 18 04 41", "01 40 18 04 16"]),
        ("Observatoire – Association Emmaüs", "75014", ["01 77 37 26 56", "01 77 37 26 57"]),
        ("ESI – Familles Association Emmaüs", "75015", ["01 44 19 85 79", "01 44 19 83 12"]),
        ("Access-Site", "75019", None),
        ("Centre d’animation des Halles Le Marais", "75001", ["01 40 28 18 48"]),
    ],
)
def test_the_rows_that_are_easily_misread(nom: str, code_postal: str, telephones: list[str] | None) -> None:
    structure = named(nom)
    assert structure["code_postal"] == code_postal
    assert structure.get("telephones") == telephones


def test_microlithe_closed_in_september_2014() -> None:
    assert named("Microlithe") == {
        "id": "microlithe",
        "nom": "Microlithe",
        "commune": "Paris",
        "code_postal": "75020",
        "telephones": ["01 46 36 70 13"],
        "courriels": ["contact@microlithe.fr"],
        "site_web": ["http://www.microlithe.fr"],
        "statut": "fermé",
        "date_fermeture": "2014-09",
        "motif_fermeture": "association fermée",
    }


def test_nothing_is_said_that_the_list_does_not_say() -> None:
    others = [one for one in STRUCTURES if one["nom"] != "Microlithe"]
    fields = {field for one in others for field in one}
    assert fields == {"id", "nom", "commune", "code_postal", "telephones"}
    assert {key: value for key, value in REGISTRY.items() if key != "structures"} == {
        "titre": "Espaces publics numériques de Paris"
    }


def test_phones_are_written_in_pairs_and_codes_in_quotes() -> None:
    phones = [phone for one in STRUCTURES for phone in one.get("telephones", [])]
    assert [phone for phone in phones if not re.fullmatch(r"0[1-9]( \d\d){4}", phone)] == []
    assert len(re.findall(r'^    code_postal: "75\d{3}"$', TEXT, re.MULTILINE)) == 65
