"""`epn import` from the command line, for users and for scripts."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from epncli import limits
from epncli.cli.commands import import_
from epncli.cli.screen import terminal
from epncli.registry.registry import Registry

ROOT = Path(__file__).parents[3]
Invoke = Callable[..., Any]

REGISTRY = """\
# les nôtres
titre: EPN
structures:
  - id: elan   # à rappeler
    nom: Élan
    commune: Paris
    code_postal: "75012"
    telephones: [01 40 18 04 41]

  - id: zoe
    nom: 'Zoé'
    commune: Paris
    code_postal: "75013"
"""
CHANGED = "id,nom,commune,code_postal,telephones\nelan,Élan,Paris,75012,01 40 18 04 42\n"
NEW = "nom,commune,code_postal\nCyber,Paris,75001\n"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_, "today", lambda: "2026-01-31")


@pytest.fixture
def registry(registry_file: Callable[..., Path]) -> Path:
    return registry_file(REGISTRY)


def test_what_is_new_is_added_and_what_differs_only_shown(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(CHANGED + "cyber,Cyber,Paris,75001,\nzoe,Zoé,Paris,75013,\n", "lieux.csv")
    run = invoke("import", "lieux.csv", "--yes")
    assert (run.code, run.out) == (0, "")
    posix = f"mv '{registry}~' {registry}"
    back = posix if os.name == "posix" else f'cmd /c move /y "{registry}~" {registry}'
    assert run.err == (
        "lieux.csv: CSV, UTF-8, columns separated by ‘,’, 3 rows\n"
        "lieux.csv:3: warning: this structure cannot be contacted: "
        "it has no phone number, e-mail address or website\n"
        "  add a phone number, an e-mail address or a website, or close the "
        "structure if it no longer exists\n"
        "1 new\n"
        "  + cyber, Cyber, 75001 Paris\n"
        "1 changed (add --update to apply the change)\n"
        "  ~ elan, Élan, 75012 Paris\n"
        "      telephones: 01 40 18 04 41 → 01 40 18 04 42\n"
        "1 unchanged\n"
        "registry.yaml: 1 addition, no change; the previous file is registry.yaml~\n"
        f"  to undo: {back}\n"
    )
    assert (
        registry.read_text()
        == REGISTRY + '\n  - id: cyber\n    nom: Cyber\n    commune: Paris\n    code_postal: "75001"\n'
    )
    assert registry.with_name("registry.yaml~").read_text() == REGISTRY


def test_update_changes_only_the_lines_that_differ(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(CHANGED, "lieux.csv")
    run = invoke("import", "lieux.csv", "--update", "--yes")
    assert run.code == 0
    assert (
        "\n1 structure of the registry is not in the file; it is kept\nregistry.yaml: no addition, 1 change; "
        in run.err
    )
    assert registry.read_text() == REGISTRY.replace(
        "[01 40 18 04 41]\n", '[01 40 18 04 42]\n    date_maj: "2026-01-31"\n'
    )


def test_a_dry_run_prints_the_difference_and_touches_nothing(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(CHANGED, "lieux.csv")
    run = invoke("import", "lieux.csv", "--update", "--dry-run")
    assert run.code == 0
    assert run.out == (
        "--- a/registry.yaml\n+++ b/registry.yaml\n@@ -5,7 +5,8 @@\n     nom: Élan\n     commune: Paris\n"
        '     code_postal: "75012"\n-    telephones: [01 40 18 04 41]\n+    telephones: [01 40 18 04 42]\n'
        "+    date_maj: \"2026-01-31\"\n \n   - id: zoe\n     nom: 'Zoé'\n"
    )
    assert registry.read_text() == REGISTRY
    assert not registry.with_name("registry.yaml~").exists()


def test_refused_rows_stop_all_unless_partial(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(NEW + "Loin,Berlin,10115x\n", "lieux.csv")
    run = invoke("import", "lieux.csv", "--yes")
    assert run.code == 1
    assert "lieux.csv:3: error: code_postal: ‘10115x’ is not a postal code, which is five digits\n" in run.err
    assert run.err.endswith(
        "1 row refused\n2 structures of the registry are not in the file; they are kept\n"
        "nothing was written because rows were refused; correct them, or ignore them with --partial\n"
    )
    assert registry.read_text() == REGISTRY
    assert invoke("import", "lieux.csv", "--yes", "--partial").code == 0
    assert [one.id for one in Registry.read(registry).structures] == ["elan", "zoe", "cyber"]


@pytest.mark.usefixtures("registry")
def test_the_advice_on_a_cell_is_no_advice_on_yaml(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    registry_file("nom,commune,code_postal,date_fermeture\nA,Paris,,\nB,Paris,75012,2014\n", "lieux.csv")
    run = invoke("import", "lieux.csv", "--yes")
    assert (
        "lieux.csv:2: error: code_postal: this field is required\n"
        "  write its five digits, such as 75012\n" in run.err
    )
    assert "\n  write ‘fermé’ in the field ‘statut’, or remove ‘date_fermeture’\n" in run.err


def test_nothing_to_do_asks_nothing_and_leaves_no_copy(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(REGISTRY, "autre.yaml")
    run = invoke("import", "autre.yaml", "--update")
    assert (run.code, run.err) == (0, "autre.yaml: YAML, 2 rows\n0 new\n2 unchanged\nnothing to do\n")
    assert sorted(path.name for path in registry.parent.iterdir()) == ["autre.yaml", "registry.yaml"]


def test_a_script_must_say_yes(invoke: Invoke, registry: Path, registry_file: Callable[..., Path]) -> None:
    registry_file(NEW, "lieux.csv")
    run = invoke("import", "lieux.csv")
    assert run.code == 2
    assert run.err.endswith(
        "error: this needs confirmation, and there is no terminal to ask on\n  add --yes\n"
    )
    assert registry.read_text() == REGISTRY


@pytest.mark.parametrize(("answer", "code", "count"), [("y", 0, 3), ("n", 1, 2), ("", 1, 2)])
def test_a_person_is_asked(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch, answer: str, code: int, count: int,
) -> None:  # fmt: skip
    registry_file(NEW, "lieux.csv")
    asked: list[str] = []
    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    monkeypatch.setattr(terminal, "ask", lambda question: asked.append(question) or answer)
    assert invoke("import", "lieux.csv").code == code
    assert asked == ["Add 1 structure? [y/N]"]
    assert len(Registry.read(registry).structures) == count


def test_a_list_from_standard_input(invoke: Invoke, registry: Path) -> None:
    run = invoke(
        "import", "-", "--yes", "--format", "text", stdin="Les EPN\nPARIS 75001 Cyber 01 40 18 04 43\n"
    )
    assert run.err.startswith(
        "(standard input): text, UTF-8, 1 line ignored: no commune with its postal code, 1 row\n1 new\n"
    )
    assert Registry.read(registry).structures[-1].id == "cyber"


def test_several_files_are_one_import(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(NEW, "a.csv")
    registry_file("nom,commune,code_postal\nCyber,Paris,75001\n", "b.csv")
    run = invoke("import", "a.csv", "b.csv", "--yes")
    assert (
        run.code,
        "b.csv:2: error: this name and postal code are already on line 2 of a.csv" in run.err,
    ) == (1, True)
    assert registry.read_text() == REGISTRY


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("none.csv",), 3, "none.csv: error: the file cannot be read: No such file or directory\n"),
        ((".",), 3, ".: error: the file cannot be read: Is a directory\n"),
        (("lieux.csv", "--map", "x"), 2, "error: ‘x’ is not of the form HEADER=FIELD\n"),
        (("lieux.csv", "--map", "Tél=telephone"), 2, "error: unknown field ‘telephone’\n  did you mean"),
        (("lieux.csv", "--map", "Tél=telephones"), 2, "error: no file has a column ‘Tél’\n"),
        (("lieux.csv", "--format", "pdf"), 2, "--format"),
        ((), 2, "FILE"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_as_typed(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path],
    args: tuple[str, ...], code: int, message: str,
) -> None:  # fmt: skip
    registry_file(NEW, "lieux.csv")
    run = invoke("import", *args, "--yes")
    assert (run.code, message in run.err) == (code, True), run.err
    assert registry.read_text() == REGISTRY


@pytest.mark.usefixtures("registry")
def test_a_file_beyond_the_limit_is_not_read(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 1 << 20)
    run = invoke("import", "-", stdin=b"x" * ((1 << 20) + 1))
    assert (run.code, run.err.splitlines()[0]) == (3, "(standard input): error: the file is larger than 1 MB")


@pytest.mark.usefixtures("registry")
def test_of_many_unknown_columns_five_are_named(invoke: Invoke, registry_file: Callable[..., Path]) -> None:
    columns = ",".join(f"colonne {number}" for number in range(60))
    registry_file(f"nom,commune,code_postal,{columns}\nCyber,Paris,75001\n", "lieux.csv")
    err = invoke("import", "lieux.csv", "--dry-run").err
    assert err.count("is unknown and ignored") == 5
    assert "lieux.csv: warning: 55 other unknown columns are ignored\n" in err


def test_a_mapped_column_is_taken(invoke: Invoke, registry: Path, registry_file: Callable[..., Path]) -> None:
    registry_file("nom,CP,Ville,Tél. accueil\nCyber,75001,Paris,01 40 18 04 43\n", "lieux.csv")
    assert invoke("import", "lieux.csv", "--map", "Tél. accueil=telephones", "--yes").code == 0
    assert Registry.read(registry).structures[-1].telephones == ("01 40 18 04 43",)


@pytest.mark.parametrize(
    ("written", "option"), [("cp850", ()), ("cp850", ("cp850",)), ("utf-16-le", ("utf-16",))]
)
def test_an_encoding_is_recognised_or_named(
    invoke: Invoke, registry: Path, written: str, option: tuple[str, ...]
) -> None:
    text = "nom,commune,code_postal\nMédiathèque,Paris,75001\n"
    registry.with_name("lieux.csv").write_bytes(text.encode(written))
    options = [word for name in option for word in ("--encoding", name)]
    run = invoke("import", "lieux.csv", "--yes", *options)
    said = "UTF-16" if written.startswith("utf") else "CP850 (MS-DOS)"
    assert run.err.startswith(f"lieux.csv: CSV, {said}, columns separated by ‘,’, 1 row\n")
    assert Registry.read(registry).structures[-1].nom == "Médiathèque"


def test_several_sheets_are_one_import(invoke: Invoke, registry: Path) -> None:
    with Workbook(registry.with_name("lieux.xlsx")) as book:
        for name, nom in (("Nord", "Cyber"), ("Notes", "x"), ("Sud", "Cyber")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["nom", "commune", "code_postal"])
            sheet.write_row(1, 0, [nom, "Paris", "75001" if name == "Nord" else "75002"])
    run = invoke("import", "lieux.xlsx", "--sheet", "Nord", "--sheet", "Sud", "--sheet", "Sud", "--yes")
    assert run.err.startswith(
        "lieux.xlsx [Nord]: XLSX, sheet ‘Nord’ of 3, 1 row\nlieux.xlsx [Sud]: XLSX, sheet ‘Sud’ of 3, 1 row\n"
    )
    assert [(one.nom, one.code_postal) for one in Registry.read(registry).structures[2:]] == [
        ("Cyber", "75001"), ("Cyber", "75002"),
    ]  # fmt: skip


def test_a_file_without_sheets_is_read_once(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(NEW, "lieux.csv")
    assert invoke("import", "lieux.csv", "--sheet", "Nord", "--sheet", "Sud", "--yes").code == 0
    assert Registry.read(registry).structures[-1].nom == "Cyber"


def test_hostile_cells_act_neither_on_the_screen_nor_in_the_file(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    nom = "\x1b[31m" + "é" * 10_000
    registry_file(
        f'nom,commune,code_postal,notes\n{nom},Paris,75001,\n"A: [x] # {{",Paris,75001,"=1+1\n---\n- b"\n',
        "lieux.csv",
    )
    run = invoke("import", "lieux.csv", "--yes", "--partial")
    assert (run.code, "\x1b" in run.err, max(map(len, run.err.splitlines())) < 400) == (0, False, True)
    last = Registry.read(registry).structures[-1]
    assert (last.nom, last.notes) == ("A: [x] # {", "=1+1\n---\n- b")


def test_the_list_of_paris_is_one_import_away(invoke: Invoke, registry_file: Callable[..., Path]) -> None:
    registry = registry_file("titre: T\nstructures: []\n")
    run = invoke("import", ROOT / "tests/data/liste-epn-paris.txt", "--yes")
    assert run.code == 0
    fields = (
        "id",
        "nom",
        "commune",
        "code_postal",
        "telephones",
        "statut",
        "date_fermeture",
        "motif_fermeture",
    )
    built, ours = (
        [[one.value(name) for name in fields] for one in Registry.read(path).structures]
        for path in (registry, ROOT / "registry.yaml")
    )
    assert built == ours


def many(count: int) -> str:
    return "nom,commune,code_postal\n" + "".join(f"Lieu {number},Paris,75001\n" for number in range(count))


@pytest.mark.needs("pty")
def test_a_bar_shows_the_progress_on_a_terminal_only(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    pexpect = pytest.importorskip("pexpect")
    registry_file(many(600), "lieux.csv")
    child = pexpect.spawn(
        sys.executable, ["-m", "epncli", "import", "lieux.csv", "--dry-run"],
        cwd=registry.parent, encoding="utf-8", timeout=30,
        env={**os.environ, "TERM": "xterm", "EPN_LANG": "en"},
    )  # fmt: skip
    child.expect(pexpect.EOF)
    assert re.search(r"Checking the rows.*100%", child.before, re.DOTALL)
    assert "Checking" not in invoke("import", "lieux.csv", "--dry-run").err


def test_the_help_says_what_it_takes(invoke: Invoke) -> None:
    run = invoke("import", "--help")
    assert run.code == 0
    for option in (
        "--format",
        "--update",
        "--partial",
        "--sheet",
        "--encoding",
        "--map",
        "--dry-run",
        "--yes",
        "--registry",
    ):
        assert option in run.out
