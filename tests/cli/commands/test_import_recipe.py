"""`epn import --recipe`: a partner's file, again and again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.registry.registry import Registry

Invoke = Callable[..., Any]

REGISTRY = "titre: EPN\nstructures: []\n"
RECIPE = """\
source: Ville d'Angers
identifiant: N°
colonnes:
  Intitulé: nom
  Tél. accueil: telephones
  Genre: typologie
  Interne:
valeurs:
  typologie: {Bibliothèque: BIB}
constantes: {date_maj: fichier}
"""
HEADER = "N°;Intitulé;Code postal;Ville;Tél. accueil;Genre;Interne\n"
TOUSSAINT = "1;Toussaint;49000;Angers;02 41 24 25 50;Bibliothèque centrale;x\n"
ROSERAIE = "2;La Roseraie;49000;Angers;02 41 68 71 30;;\n"


@pytest.fixture
def partner(tmp_path: Path, registry_file: Callable[..., Path]) -> Callable[..., Path]:
    """Write a file of the partner, saved on 15 January 2026, beside its recipe and the registry."""
    registry_file(REGISTRY)
    (tmp_path / "angers.yaml").write_text(RECIPE, encoding="utf-8")

    def write(*rows: str) -> Path:
        path = tmp_path / "angers.csv"
        path.write_text(HEADER + "".join(rows), encoding="utf-8")
        os.utime(path, (1768478400, 1768478400))
        return path

    return write


def structures(folder: Path) -> list[dict[str, Any]]:
    return [one.values() for one in Registry.read(folder / "registry.yaml").structures]


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "registry.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_recipe_says_what_the_columns_are_and_the_last_file_is_kept(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    partner(TOUSSAINT, ROSERAIE)
    done = invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes")
    assert done.err == (
        "angers.csv: CSV, UTF-8, columns separated by ‘;’, 2 rows\n"
        "2 new\n"
        "  + Toussaint, 49000 Angers\n"
        "  + La Roseraie, 49000 Angers\n"
        "0 unchanged\n"
        "registry.yaml: 2 additions, no change; the previous file is registry.yaml~\n"
        "angers.last.csv: what the next file of this partner is compared with; keep it with the recipe\n"
        "  to undo: epn undo\n"
    )
    assert structures(tmp_path) == [
        {
            "id": "toussaint", "nom": "Toussaint", "commune": "Angers", "code_postal": "49000",
            "typologie": ["BIB"], "telephones": ["02 41 24 25 50"], "source": "Ville d'Angers",
            "identifiants_externes": ["angers:1"], "date_maj": "2026-01-15",
        },
        {
            "id": "la-roseraie", "nom": "La Roseraie", "commune": "Angers", "code_postal": "49000",
            "telephones": ["02 41 68 71 30"], "source": "Ville d'Angers",
            "identifiants_externes": ["angers:2"], "date_maj": "2026-01-15",
        },
    ]  # fmt: skip
    assert (tmp_path / "angers.last.csv").read_text("utf-8-sig").splitlines()[1] == (
        "la-roseraie,La Roseraie,Angers,49000,,02 41 68 71 30,Ville d'Angers,angers:2,2026-01-15"
    )
    before = (tmp_path / "registry.yaml").read_bytes()
    again = invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes")
    assert (again.code, again.err.splitlines()[1:]) == (0, ["0 new", "2 unchanged", "nothing to do"])
    assert (tmp_path / "registry.yaml").read_bytes() == before


def test_the_next_file_changes_what_the_partner_changed_and_nothing_else(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    partner(TOUSSAINT, ROSERAIE)
    assert invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes").code == 0
    edit(tmp_path, "nom: Toussaint", "nom: Médiathèque Toussaint")
    edit(tmp_path, "telephones: [02 41 24 25 50]", "telephones: [02 41 24 25 50]\n    notes: au fond")
    partner(TOUSSAINT.replace("25 50", "25 51").replace("Toussaint", "Bibliothèque Toussaint"))
    done = invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes")
    assert done.err.splitlines()[1:] == [
        "0 new",
        "1 changed",
        "  ~ toussaint, Médiathèque Toussaint, 49000 Angers",
        "      telephones: 02 41 24 25 50 → 02 41 24 25 51",
        "0 unchanged",
        "1 structure was changed here and by the partner; the value of the registry is kept",
        "  ! toussaint, Médiathèque Toussaint, 49000 Angers",
        "      nom: Médiathèque Toussaint is kept; the partner has Bibliothèque Toussaint",
        "1 structure is no longer in the partner’s file; add --close-gone to close it",
        "  - la-roseraie, La Roseraie, 49000 Angers",
        "registry.yaml: no addition, 1 change; the previous file is registry.yaml~",
        "angers.last.csv: what the next file of this partner is compared with; keep it with the recipe",
        "  to undo: epn undo",
    ]
    toussaint, roseraie = structures(tmp_path)
    assert (toussaint["telephones"], toussaint["notes"]) == (["02 41 24 25 51"], "au fond")
    assert "statut" not in roseraie
    closed = invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes", "--close-gone")
    assert "will be closed\n  - la-roseraie, La Roseraie, 49000 Angers\n" in closed.err
    assert structures(tmp_path)[1]["statut"] == "fermé"
    assert invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes").err.endswith("nothing to do\n")


def test_an_import_that_is_undone_is_proposed_again(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    registry, last = tmp_path / "registry.yaml", tmp_path / "angers.last.csv"
    command = ("import", "angers.csv", "--recipe", "angers.yaml", "--yes")
    kept = [registry.read_bytes()]
    said = []
    for name in ("Toussaint", "Bibliothèque Toussaint", "Médiathèque Toussaint"):
        partner(TOUSSAINT.replace("Toussaint", name))
        said.append(invoke(*command).err)
        kept += [last.read_bytes(), registry.read_bytes()]
    assert invoke("undo").code == 0
    assert [last.read_bytes(), registry.read_bytes()] == kept[3:5]
    assert invoke(*command).err == said[2]
    assert [invoke("undo").code for _ in range(3)] == [0, 0, 0]
    assert (last.exists(), registry.read_bytes()) == (False, kept[0])
    partner(TOUSSAINT)
    assert invoke(*command).err == said[0]
    assert [last.read_bytes(), registry.read_bytes()] == kept[1:3]


def test_a_last_file_that_something_else_has_changed_is_kept_when_an_import_is_undone(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    last = tmp_path / "angers.last.csv"
    partner(TOUSSAINT)
    invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes")
    last.write_bytes(b"id,nom\nx,Autre\n")
    assert invoke("undo").code == 0
    assert not last.exists()
    assert (tmp_path / "angers.last.csv~").read_bytes() == b"id,nom\nx,Autre\n"


def test_an_import_is_undone_though_its_recipe_is_gone(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    before = (tmp_path / "registry.yaml").read_bytes()
    (tmp_path / "recettes").mkdir()
    for count, name in enumerate(("Toussaint", "Bibliothèque Toussaint")):
        partner(TOUSSAINT.replace("Toussaint", name))
        if not count:
            (tmp_path / "angers.yaml").rename(tmp_path / "recettes" / "angers.yaml")
        assert invoke("import", "angers.csv", "--recipe", "recettes/angers.yaml", "--yes").code == 0
    shutil.rmtree(tmp_path / "recettes")
    assert [invoke("undo").code for _ in range(2)] == [0, 0]
    assert (tmp_path / "registry.yaml").read_bytes() == before
    assert not (tmp_path / "recettes").exists()


def test_a_dry_run_keeps_no_last_file(invoke: Invoke, partner: Callable[..., Path], tmp_path: Path) -> None:
    partner(TOUSSAINT)
    assert "+  - id: toussaint" in invoke("import", "angers.csv", "--recipe", "angers.yaml", "--dry-run").out
    assert not (tmp_path / "angers.last.csv").exists()


def test_a_recipe_is_saved_and_read_again(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    partner(TOUSSAINT)
    options = ("--map", "Intitulé=nom", "--save-recipe", "new.yaml", "--dry-run")
    done = invoke("import", "angers.csv", *options)
    assert "new.yaml: recipe saved; edit it, then import with --recipe new.yaml\n" in done.err
    text = (tmp_path / "new.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[3:] == [
        "colonnes:",
        "  N°:  # column left out",
        "  Intitulé: nom",
        "  Code postal: code_postal",
        "  Ville: commune",
        "  Tél. accueil:  # column left out",
        "  Genre:  # column left out",
        "  Interne:  # column left out",
    ]
    (tmp_path / "new.yaml").write_text(text.replace("identifiant: ''", "identifiant: N°"), encoding="utf-8")
    assert invoke("import", "angers.csv", "--recipe", "new.yaml", "--yes").code == 0
    assert [one["nom"] for one in structures(tmp_path)] == ["Toussaint"]
    asked = invoke("import", "angers.csv", "--save-recipe", "new.yaml")
    assert (asked.code, "add --yes" in asked.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--close-gone"], "error: --close-gone needs a recipe\n  add --recipe FILE\n"),
        (
            ["--recipe", "autre.yaml"],
            (
                "autre.yaml: error: there is no such recipe\n"
                "  ‘epn import FILE --save-recipe autre.yaml’ creates it\n"
            ),
        ),
        (
            ["--recipe", "other.yaml"],
            (
                "error: no file has any of the columns that the recipe names\n"
                "  check that the recipe is the one of this partner\n"
            ),
        ),
        (
            ["--recipe", "bad.yaml"],
            "bad.yaml:2:10: error: unknown field ‘couleur’\n",
        ),
        (
            ["--recipe", "bad.json"],
            (
                "bad.json: error: this is not a configuration of mednum-cli\n"
                "  it must be a JSON object with an entry for each field\n"
            ),
        ),
        (
            ["--save-recipe", "angers.csv"],
            (
                "angers.csv: error: this file would be replaced, but it is the registry or an imported file\n"
                "  choose another file for --rejects or --save-recipe\n"
            ),
        ),
    ],
)
def test_what_cannot_be_done_is_said(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path, options: list[str], message: str
) -> None:
    partner()
    (tmp_path / "angers.csv").write_text("nom;code_postal\nA;75012\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("colonnes: {Enseigne: nom}\n", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("colonnes:\n  Genre: couleur\n", encoding="utf-8")
    (tmp_path / "bad.json").write_text("[]", encoding="utf-8")
    done = invoke("import", "angers.csv", *options)
    assert done.code != 0
    assert message in done.err
    assert structures(tmp_path) == []


def test_columns_that_are_gone_and_what_is_not_supported_are_said(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    partner(TOUSSAINT)
    config = '{"nom": {"colonne": "Intitulé"}, "commune": {"colonne": ["Ville", "Bourg"]}, "prive": {}}'
    (tmp_path / "angers.config.json").write_text(config, encoding="utf-8")
    done = invoke("import", "angers.csv", "--recipe", "angers.config.json", "--yes")
    assert done.err.splitlines()[1:3] == [
        "angers.config.json: warning: the file does not have this column of the recipe: ‘Bourg’",
        "angers.config.json: warning: what the recipe says about these fields is not supported: ‘prive’",
    ]
    assert structures(tmp_path) == []  # the configuration does not name the postal code


def test_a_conflict_is_asked_on_a_terminal(
    invoke: Invoke, terminal: Any, partner: Callable[..., Path], tmp_path: Path
) -> None:
    partner(TOUSSAINT)
    invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes")
    edit(tmp_path, "nom: Toussaint", "nom: Médiathèque Toussaint")
    partner(TOUSSAINT.replace("Toussaint", "Bibliothèque Toussaint"))
    screen = terminal.run(
        "import", "angers.csv", "--recipe", "angers.yaml", env={"EPN_LANG": "en"},
        answers=[("[K/t]", "t\r"), ("[y/N]", "y\r")],
    )  # fmt: skip
    assert screen.code == 0, screen.text
    assert structures(tmp_path)[0]["nom"] == "Bibliothèque Toussaint"


def test_what_was_removed_is_named_and_comes_again_without_its_line_in_the_last_file(
    invoke: Invoke, partner: Callable[..., Path], tmp_path: Path
) -> None:
    partner(TOUSSAINT, ROSERAIE)
    assert invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes").code == 0
    invoke("remove", "la-roseraie", "--yes")
    run = invoke("import", "angers.csv", "--recipe", "angers.yaml")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        (
            "angers.csv: CSV, UTF-8, columns separated by ‘;’, 2 rows\n"
            "0 new\n"
            "1 unchanged\n"
            "1 structure of the file was removed from the registry and is not added again\n"
            "  - la-roseraie, La Roseraie, 49000 Angers\n"
            "  to add one again, delete its line from the .last.csv beside the recipe\n"
            "nothing to do\n"
        ),
    )
    last = tmp_path / "angers.last.csv"
    lines = last.read_text(encoding="utf-8").splitlines(keepends=True)
    last.write_text("".join(line for line in lines if "Roseraie" not in line), encoding="utf-8")
    assert "  + La Roseraie, 49000 Angers\n" in (
        invoke("import", "angers.csv", "--recipe", "angers.yaml", "--yes").err
    )
    assert [one["nom"] for one in structures(tmp_path)] == ["Toussaint", "La Roseraie"]
