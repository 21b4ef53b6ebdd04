"""A year in the life of a register: in the end, the file reads as if a careful person had typed it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from epncli.cli import clock

Invoke = Callable[..., Any]

TYPED = """\
# Les lieux d'accès à Internet d'Angers et alentour
# Tenu par Anne (poste 214)
titre: Où se connecter à Angers ?

structures:
  # --- Angers, centre ---

  - id: roseraie
    nom: "EPN de la Roseraie"   # le nom sur la porte
    commune: Angers
    code_postal: '49000'
    telephones:
      - "02 41 68 71 30"   # l'accueil
    notes: demander Paul
    date_maj: 2025-11-03

  # Fermé pour travaux, doit rouvrir
  - id: justices
    nom: Les Justices
    commune: Angers
    code_postal: '49000'
    adresse: 'Place des Justices'
    telephones: ['02 41 79 23 40']
    statut: fermé
    date_fermeture: 2025-06
    motif_fermeture: travaux

  # --- Angers, nord ---

  - {id: verneau, nom: Verneau, commune: Angers, code_postal: "49100", telephones: [02 41 18 13 20]}  # ici

# Fin du registre
"""
RECIPE = """\
source: Ville d'Angers
identifiant: N°
colonnes:
  Intitulé: nom
  Tél. accueil: telephones
  Mél: courriels
constantes: {date_maj: fichier}
"""
HEADER = "N°;Intitulé;Code postal;Ville;Tél. accueil;Mél\n"
JANUARY = """\
1;Toussaint;49000;Angers;02 41 24 25 50;
2;La Roseraie;49000;Angers;02.41.68.71.30;
3;Monplaisir;49100;Angers;02 41 43 16 21;
4;Belle-Beille;49000;Angers;02 41 48 51 93;
5;Le Doyenné;49100;Angers;02 41 32 58 88;
"""
OCTOBER = """\
1;Toussaint;49000;Angers;02 41 24 25 51;
2;La Roseraie;49000;Angers;02.41.68.71.30;roseraie@angers.fr
3;Monplaisir;49100;Angers;02 41 43 16 21;
6;Lac de Maine;49000;Angers;02 41 22 32 20;
"""
AT_THE_END = """\
# Les lieux d'accès à Internet d'Angers et alentour
# Tenu par Anne (poste 214)
titre: Où se connecter à Angers ?

structures:
  # --- Angers, centre ---

  - id: roseraie
    nom: "EPN de la Roseraie"   # le nom sur la porte
    commune: Angers
    code_postal: '49000'
    telephones:
      - "02 41 68 71 30"   # l'accueil
    courriels: [roseraie@angers.fr]
    source: Ville d'Angers
    identifiants_externes: ["angers:2"]
    notes: demander Paul
    date_maj: "2026-10-15"

  # Fermé pour travaux, doit rouvrir
  - id: justices
    nom: Les Justices
    commune: Angers
    code_postal: '49000'
    adresse: 'Place des Justices'
    telephones: ['02 41 79 23 40']
    date_maj: "2026-10-12"

  - id: toussaint
    nom: Toussaint
    commune: Angers
    code_postal: "49000"
    telephones: [02 41 24 25 51]
    fermetures_temporaires: [2026-07-20/2026-08-24 congés d'été]
    source: Ville d'Angers
    identifiants_externes: ["angers:1"]
    date_maj: "2026-10-15"

  - id: belle-beille
    nom: Belle-Beille
    commune: Angers
    code_postal: "49000"
    telephones: [02 41 48 51 93]
    statut: fermé
    date_fermeture: "2026-09-30"
    motif_fermeture: fin du bail
    remplace_par: toussaint
    source: Ville d'Angers
    identifiants_externes: ["angers:4"]
    date_maj: "2026-10-01"

  - id: lac-de-maine
    nom: Lac de Maine
    commune: Angers
    code_postal: "49000"
    telephones: [02 41 22 32 20]
    source: Ville d'Angers
    identifiants_externes: ["angers:6"]
    date_maj: "2026-10-15"

  # --- Angers, nord ---

  - {id: verneau, nom: Verneau, commune: Angers, code_postal: "49100", telephones: [02 41 18 13 20]}  # ici

  - id: monplaisir
    nom: Monplaisir
    commune: Avrillé
    code_postal: "49240"
    adresse: 2 place Victor-Hugo
    telephones: [02 41 43 16 21]
    source: Ville d'Angers
    identifiants_externes: ["angers:3"]
    notes: a déménagé le 7 septembre
    date_maj: "2026-10-15"

  - id: le-doyenne
    nom: Le Doyenné
    commune: Angers
    code_postal: "49100"
    telephones: [02 41 32 58 88]
    horaires: Mo-Fr 09:00-12:00
    statut: fermé
    date_fermeture: "2026-10-16"
    source: Ville d'Angers
    identifiants_externes: ["angers:5"]
    date_maj: "2026-10-16"

# Fin du registre
"""

SUMMARY = [
    "1 new",
    "  + Lac de Maine, 49000 Angers",
    "3 changed",
    "  ~ toussaint, Toussaint, 49000 Angers",
    "      telephones: 02 41 24 25 50 → 02 41 24 25 51",
    "      date_maj: 2026-06-22 → 2026-10-15",
    "  ~ roseraie, EPN de la Roseraie, 49000 Angers",
    "      courriels: — → roseraie@angers.fr",
    "      date_maj: 2026-01-15 → 2026-10-15",
    "  ~ monplaisir, Monplaisir, 49240 Avrillé",
    "      date_maj: 2026-09-10 → 2026-10-15",
    "0 unchanged",
    "1 structure is no longer in the partner’s file and will be closed",
    "  - le-doyenne, Le Doyenné, 49100 Angers",
]
"""What the second import does: neither the merger, nor the move, nor the closing is taken back by it."""


@pytest.fixture
def on(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Run a command on a day (ISO 8601); it must succeed."""

    def run(day: str, *args: str) -> Any:
        date = SimpleNamespace(today=lambda: datetime.date.fromisoformat(day))
        time = SimpleNamespace(now=lambda: datetime.datetime.fromisoformat(f"{day}T10:00:00"))
        monkeypatch.setattr(clock, "datetime", SimpleNamespace(date=date, datetime=time))
        done = invoke(*args)
        assert done.code == 0, done.err
        return done

    return run


@pytest.fixture
def partner(tmp_path: Path) -> Callable[[str, str], None]:
    """Put a file of the partner, saved on a day, beside its recipe."""
    (tmp_path / "angers.yaml").write_text(RECIPE, encoding="utf-8")

    def save(day: str, rows: str) -> None:
        path = tmp_path / "angers.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
        saved = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
        os.utime(path, (saved, saved))

    return save


def test_a_year_leaves_a_file_that_a_careful_person_could_have_typed(
    on: Invoke, partner: Callable[[str, str], None], registry_file: Callable[..., Path]
) -> None:
    path = registry_file(TYPED)
    read = ("import", "angers.csv", "--recipe", "angers.yaml", "--yes")

    # January: the list of the town arrives, and has a place that was here already under another name.
    partner("2026-01-15", JANUARY)
    assert "\n5 new\n" in on("2026-01-16", *read).err
    assert "epn merge roseraie la-roseraie;" in on("2026-01-16", "check").out
    on("2026-01-20", "merge", "roseraie", "la-roseraie", "--prefer", "keep", "--yes")

    # February: the round by phone.
    on("2026-02-03", "verify", "toussaint", "monplaisir", "belle-beille")
    on("2026-02-03", "edit", "le-doyenne", "--set", "horaires=lundi-vendredi 9h-12h")

    # Summer.
    closing = ("--from", "2026-07-20", "--until", "2026-08-24", "--reason", "congés d'été")
    on("2026-06-22", "close", "toussaint", *closing)
    assert (
        "Status                closed until 24 August 2026: congés"
        in on("2026-08-01", "show", "toussaint").out
    )
    assert "Status                ouvert\n" in on("2026-08-25", "show", "toussaint").out

    # September: one place moves, another closes, and one too many is removed.
    on(
        "2026-09-10", "edit", "monplaisir", "--set", "adresse=2 place Victor-Hugo",
        "--set", "commune=Avrillé", "--set", "code_postal=49240", "--set", "notes=a déménagé le 7 septembre",
    )  # fmt: skip
    on(
        "2026-10-01", "close", "belle-beille", "--date", "2026-09-30", "--reason", "fin du bail",
        "--successor", "toussaint",
    )  # fmt: skip
    before = path.read_bytes()
    on("2026-10-02", "remove", "verneau", "--yes")
    assert path.read_bytes() != before
    on("2026-10-02", "undo")
    assert path.read_bytes() == before
    on("2026-10-12", "reopen", "justices")

    # October: the next list of the town.
    partner("2026-10-15", OCTOBER)
    done = on("2026-10-16", *read, "--close-gone")
    assert done.err.splitlines()[1:-3] == SUMMARY
    assert path.read_text(encoding="utf-8") == AT_THE_END
    assert on("2026-10-16", "check").out == ""
