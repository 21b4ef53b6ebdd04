"""An import with the recipe that `--save-recipe` wrote makes the same registry as the import without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.commands import import_

Invoke = Callable[..., Any]

NUMBERS = """\
Intitulé;N°;Voie;Code postal;Ville;Tél. accueil;Téléphone
Bains-Douches;12;rue Haute;49000;Angers;02 41 24 25 50;
Cyber;3 bis;quai Bas;49000;Angers;;02 41 24 25 51
Mairie;;place du Ralliement;49000;Angers;02 41 24 25 52;02 41 24 25 53
"""
STREETS_WITH_NUMBERS = (
    NUMBERS + "Halles;;4 place Imbach;49000;Angers;;\nGare;7;7 rue de la Gare;49000;Angers;;\n"
)
POINTS = """\
nom,commune,code_postal,gps,Site internet,site_web
Aa,Angers,49000,"47.47, -0.55",https://a.fr,https://b.fr
Bb,Angers,49000,"47.48,-0.56",https://c.fr,
Cc,Angers,49000,,,https://d.fr
"""
GEOMETRIES = POINTS.replace('"47.47, -0.55"', "POINT (-0.55 47.47)").replace(
    '"47.48,-0.56"', "POINT(-0.56 47.48)"
)
LAMBERT = """\
nom,commune,code_postal,X,Y
Aa,Angers,49000,431600.5,6713100.25
Bb,Angers,49000,432600.5,6712100.25
"""
SWAPPED = """\
nom,commune,code_postal,latitude,longitude
Aa,Angers,49000,-0.55,47.47
Bb,Angers,49000,-0.56,47.48
Cc,Angers,49000,-0.57,47.49
"""
DAYS = """\
nom,commune,code_postal,Lundi,Mardi matin,Mardi après-midi,Remarque
Aa,Angers,49000,9h-12h,9h-12h,14h-18h,x
Bb,Angers,49000,fermé,,14h-17h30,y
Cc,Angers,49000,,,,z
"""
DAYS_AND_HOURS = "".join(
    f"{line.rpartition(',')[0]},{end}\n"
    for line, end in zip(
        DAYS.splitlines(), ["Heures d'ouverture", "lundi 10h-11h", "", "jeudi 9h-12h"], strict=True
    )
)
ADDRESSES = """\
Nom de la structure;Adresse;Courriel
Aa;12 rue Haute, 49000 Angers;a@exemple.fr
Bb;3 place du Ralliement - 49100 ANGERS;
Cc;4 rue Crozatier 75012 Paris;c@exemple.fr
"""


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_, "today", lambda: "2026-01-31")


FIRST = ["colonnes:", "  nom: nom", "  commune: commune", "  code_postal: code_postal"]


@pytest.mark.parametrize(
    ("table", "options", "rules"),
    [
        (NUMBERS, ["--map", "Intitulé=nom", "--map", "Voie=adresse"], [
            "colonnes:",
            "  Intitulé: nom",
            "  Code postal: code_postal",
            "  Ville: commune",
            "  Tél. accueil:  # column left out",
            "  Téléphone: telephones",
            "jointures:",
            '  adresse: {colonnes: [N°, Voie], separateur: " "}',
        ]),
        # A join would repeat the number of the street.
        (STREETS_WITH_NUMBERS, ["--map", "Intitulé=nom", "--map", "Voie=adresse"], [
            "colonnes:",
            "  Intitulé: nom",
            "  Voie: adresse",
            "  Code postal: code_postal",
            "  Ville: commune",
            "  Tél. accueil:  # column left out",
            "  Téléphone: telephones",
            "  # recognised without an entry here: N°",
        ]),
        (POINTS, [], [
            *FIRST,
            "  site_web: site_web",
            "  Site internet: site_web",
            "decoupages:",
            '  latitude: {colonnes: [gps], separateur: ",", partie: 1}',
            '  longitude: {colonnes: [gps], separateur: ",", partie: 2}',
        ]),
        # No part of a cell is a coordinate.
        (GEOMETRIES, [], [
            *FIRST,
            "  site_web: site_web",
            "  Site internet: site_web",
            "  # recognised without an entry here: gps",
        ]),
        (LAMBERT, [], [*FIRST, "  X: longitude", "  Y: latitude"]),
        (LAMBERT.replace("X,Y", "Est,Nord"), ["--map", "Est=longitude", "--map", "Nord=latitude"],
         [*FIRST, "  Est: longitude", "  Nord: latitude"]),
        (SWAPPED, [], [*FIRST, "  latitude: longitude", "  longitude: latitude"]),
        (DAYS, [], [
            *FIRST,
            "  Lundi: horaires",
            "  Mardi matin: horaires",
            "  Mardi après-midi: horaires",
            "  Remarque: notes",
        ]),
        # Which of the two counts first is not said by an entry.
        (DAYS_AND_HOURS, [], [
            *FIRST,
            "  # recognised without an entry here: Lundi, Mardi matin, Mardi après-midi, Heures d'ouverture",
        ]),
        (ADDRESSES, [], [
            "colonnes:",
            "  Nom de la structure: nom",
            "  Adresse: adresse",
            "  Courriel: courriels",
        ]),
    ],
)  # fmt: skip
def test_an_import_with_the_saved_recipe_makes_the_same_registry(
    invoke: Invoke, tmp_path: Path, table: str, options: list[str], rules: list[str]
) -> None:
    registry, recipe = tmp_path / "registry.yaml", tmp_path / "r.yaml"
    (tmp_path / "lieux.csv").write_text(table, encoding="utf-8")
    made = []
    for more in ([*options, "--save-recipe", "r.yaml"], ["--recipe", "r.yaml"]):
        registry.write_text("structures:\n", encoding="utf-8")
        run = invoke("import", "lieux.csv", "--yes", *more)
        assert run.code == 0, run.err
        made.append(registry.read_text(encoding="utf-8"))
    assert recipe.read_text(encoding="utf-8").splitlines()[3:] == rules
    assert made[0].count("- id:") == len(table.splitlines()) - 1
    assert made[1] == made[0]
