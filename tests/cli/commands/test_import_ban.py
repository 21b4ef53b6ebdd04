"""Coordinates from the state's address service: `epn export ban`, then `epn import --format ban`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

REGISTRY = """\
titre: EPN  # la liste
structures:
  - id: alternord
    nom: Alternord
    commune: Paris
    code_postal: "75012"
    adresse: 3 rue de Reuilly  # au fond de la cour
    date_maj: 2025-01-01

  - {id: garibaldi, nom: Garibaldi, commune: Lyon, code_postal: "69003", adresse: 1 rue Garibaldi}
  - {id: connu, nom: Connu, commune: Paris, code_postal: "75011", latitude: "48.86", longitude: "2.38"}
  - {id: clos, nom: Clos, commune: Paris, code_postal: "75011", adresse: 1 rue X, statut: fermé}
  - {id: flou, nom: Flou, commune: Paris, code_postal: "75011"}
"""
SENT = (
    '"id","adresse","code_postal","commune"\r\n'
    '"alternord","3 rue de Reuilly","75012","Paris"\r\n'
    '"garibaldi","1 rue Garibaldi","69003","Lyon"\r\n'
)
ANSWER = """\
id;adresse;code_postal;commune;longitude;latitude;result_score;result_label;result_type;result_citycode
alternord;3 rue de Reuilly;75012;Paris;2,385456;48,849123;0,97;3 Rue de Reuilly 75012 Paris;housenumber;75112
garibaldi;1 rue Garibaldi;69003;Lyon;4,85;45,76;0,62;1 Rue Garibaldi 69006 Lyon;housenumber;69386
"""
READ = "a.geocoded.csv: answers of the address service, CSV, UTF-8, columns separated by ‘;’, 2 rows\n"
CHANGED = """\
1 changed
  ~ alternord, Alternord, 75012 Paris
      code_insee: — → 75112
      latitude: — → 48.849123
      longitude: — → 2.385456
"""
UNDERSTOOD = "the service understood ‘1 Rue Garibaldi 69006 Lyon’ (housenumber, score 0,62)"
NOT_USED = f"""\
1 answer is not used
  a.geocoded.csv:3: Garibaldi: the score is below 0.9; {UNDERSTOOD}
"""
AFTER = REGISTRY.replace(
    """    code_postal: "75012"
    adresse: 3 rue de Reuilly  # au fond de la cour
""",
    """    code_postal: "75012"
    code_insee: "75112"
    adresse: 3 rue de Reuilly  # au fond de la cour
    latitude: "48.849123"
    longitude: "2.385456"
""",
)


@pytest.fixture
def path(registry_file: Callable[..., Path]) -> Path:
    found = registry_file(REGISTRY)
    (found.parent / "a.geocoded.csv").write_text(ANSWER, encoding="utf-8")
    return found


def test_the_addresses_without_coordinates_are_exported(invoke: Command, path: Path) -> None:
    run = invoke("export", "ban", "-o", "a.csv")
    assert (path.parent / "a.csv").read_bytes().decode() == SENT
    assert (run.code, run.out) == (0, "")
    assert run.err.splitlines() == [
        "2 structures in a.csv",
        "1 left out (with coordinates): connu",
        "1 left out (closed structure): clos",
        "1 left out (without an address): flou",
    ]


def test_sure_answers_are_taken_and_the_others_listed_without_a_confirmation(
    invoke: Command, path: Path
) -> None:
    run = invoke("import", "--format", "ban", "a.geocoded.csv", "--yes")
    assert (run.code, run.out) == (0, "")
    assert run.err == (
        f"{READ}{CHANGED}{NOT_USED}"
        "registry.yaml: no addition, 1 change; the previous file is registry.yaml~\n  to undo: epn undo\n"
    )
    assert path.read_text(encoding="utf-8") == AFTER
    again = invoke("import", "--format", "ban", "a.geocoded.csv", "--yes")
    assert again.err == (
        f"{READ}1 structure already has coordinates; it stays as it is\n{NOT_USED}nothing to do\n"
    )
    assert invoke("undo").code == 0
    assert path.read_text(encoding="utf-8") == REGISTRY


def test_a_dry_run_shows_the_difference(invoke: Command, path: Path) -> None:
    run = invoke("import", "--format", "ban", "a.geocoded.csv", "--dry-run")
    added = [line for line in run.out.splitlines() if line.startswith(("+ ", "- "))]
    assert added == ['+    code_insee: "75112"', '+    latitude: "48.849123"', '+    longitude: "2.385456"']
    assert path.read_text(encoding="utf-8") == REGISTRY


def test_quiet_leaves_only_what_is_not_used(invoke: Command, path: Path) -> None:
    run = invoke("import", "-q", "--format", "ban", "a.geocoded.csv", "--yes", "--rejects", "r.csv")
    assert (run.code, run.err) == (0, NOT_USED)
    why = f"the score is below 0.9; {UNDERSTOOD}"
    assert (path.parent / "r.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "source file;row;column;field;value;reason;what was done",
        f'a.geocoded.csv;3;;;garibaldi;"{why}";left out',
    ]


def test_a_structure_that_is_not_there_is_an_error_and_strict_writes_nothing(
    invoke: Command, path: Path
) -> None:
    text = ANSWER.replace("garibaldi;1", "nowhere;9")
    (path.parent / "a.geocoded.csv").write_text(text, encoding="utf-8")
    error = "a.geocoded.csv:3: error: no structure has the id ‘nowhere’\n"
    run = invoke("import", "--format", "ban", "a.geocoded.csv", "--yes", "--strict")
    assert (run.code, path.read_text(encoding="utf-8")) == (1, REGISTRY)
    assert run.err == (
        f"{READ}{error}{CHANGED}1 row refused\n"
        "nothing was written because rows were refused; correct them, or leave out --strict\n"
    )
    run = invoke("import", "--format", "ban", "a.geocoded.csv", "--yes")
    assert (run.code, path.read_text(encoding="utf-8")) == (1, AFTER)


@pytest.mark.parametrize(
    "option", [["--recipe", "x.yaml"], ["--save-recipe", "x.yaml"], ["--blank-clears"], ["--map", "a=nom"]]
)
def test_an_option_that_would_do_nothing_is_refused(invoke: Command, path: Path, option: list[str]) -> None:
    (path.parent / "x.yaml").write_text("columns: {}\n", encoding="utf-8")
    run = invoke("import", "--format", "ban", "a.geocoded.csv", *option)
    assert (run.code, run.err) == (2, f"error: {option[0]} has no effect on ban\n  remove this option\n")
