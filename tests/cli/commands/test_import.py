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
    assert run.err == (
        "lieux.csv: CSV, UTF-8, columns separated by ‘,’, 3 rows\n"
        "lieux.csv:3: warning: Cyber: this structure cannot be contacted: "
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
        "  to undo: epn undo\n"
    )
    new = '  - id: cyber\n    nom: Cyber\n    commune: Paris\n    code_postal: "75001"\n\n'
    assert registry.read_text() == REGISTRY.replace("  - id: elan", f"{new}  - id: elan")
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


@pytest.mark.usefixtures("registry")
def test_rows_that_are_all_on_one_line_are_told_by_their_names(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    place = '{"nom": "Nord", "code_postal": "75018", "commune": "Paris", "telephone": "01 42 52 46 78"}'
    registry_file(f'[{place}, {place}, {{"nom": "Loin", "commune": "Lyon"}}]', "lieux.json")
    run = invoke("import", "lieux.json", "--yes")
    assert (run.code, run.out, run.err) == (
        1,
        "",
        (
            "lieux.json: JSON, UTF-8, 3 rows\n"
            "lieux.json:1: error: Loin: code_postal: this field is required\n"
            "  write its five digits, such as 75012\n"
            "1 new\n"
            "  + Nord, 75018 Paris\n"
            "0 unchanged\n"
            "1 row repeats another one\n"
            "  lieux.json:1: Nord\n"
            "1 row refused\n"
            "2 structures of the registry are not in the file; they are kept\n"
            "registry.yaml: 1 addition, no change; the previous file is registry.yaml~\n"
            "  to undo: epn undo\n"
        ),
    )


def test_a_refused_row_keeps_no_other_out_but_strict(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(NEW + "Loin,Berlin,10115x\n", "lieux.csv")
    run = invoke("import", "lieux.csv", "--yes", "--strict")
    assert run.code == 1
    assert "lieux.csv:3: error: Loin: code_postal: ‘10115x’ is not a postal code, which is five digits\n" in (
        run.err
    )
    assert run.err.endswith(
        "1 row refused\n2 structures of the registry are not in the file; they are kept\n"
        "nothing was written because rows were refused; correct them, or leave out --strict\n"
    )
    assert registry.read_text() == REGISTRY
    run = invoke("import", "lieux.csv", "--yes")
    assert (run.code, "1 row refused\n" in run.err) == (1, True)
    assert [one.id for one in Registry.read(registry).structures] == ["cyber", "elan", "zoe"]


PARTNER = """\
nom,ville,cp,tel,mail,site,horaires,maj
Un,,75001,01 40 18 04 41 (RdC),a@b.fr et c@d.fr,www.un.fr,sur demande,15/01/24
Deux,Paris,75002,#N/A,-,deux.fr,,44208
Trois,Paris 3e,,15,c@exemple.fr,trois.fr,,2021/01/12 14:05
Quatre,Paris,75004,01 40 18 04 42,=1+cmd(),quatre.fr,,
Cinq,Paris,75005,01 40 18 04 43,,cinq.fr,,
Six,Paris,75006,01 40 18 04 44,,six.fr,,
Sept,Nulle-Part,,01 40 18 04 45,,,,
"""


REJECTS = """\
source file;row;column;field;value;reason;what was done
lieux.csv;2;ville;commune;;the file gives no value;read as ‘Paris’
lieux.csv;2;tel;telephones;01 40 18 04 41 (RdC);{letters};read as ‘01 40 18 04 41’
lieux.csv;2;mail;courriels;a@b.fr et c@d.fr;{several};read as ‘a@b.fr | c@d.fr’
lieux.csv;2;site;site_web;www.un.fr;‘www.un.fr’ has no http:// or https://;read as ‘https://www.un.fr’
lieux.csv;2;horaires;horaires;sur demande;‘sur demande’: these are words, not opening hours;left out
lieux.csv;2;maj;date_maj;'15/01/24;‘15/01/24’: the year has fewer than four digits;read as ‘2024-01-15’
lieux.csv;3;tel;telephones;#N/A;{error};"{kept}"
lieux.csv;3;mail;courriels;'-;the cell says that there is no value;read as blank
lieux.csv;3;site;site_web;deux.fr;‘deux.fr’ has no http:// or https://;read as ‘https://deux.fr’
lieux.csv;3;maj;date_maj;44208;{days};read as ‘2021-01-12’
lieux.csv;4;cp;code_postal;;the file gives no value;read as ‘75003’
lieux.csv;4;tel;telephones;15;‘15’ is the number of an emergency service, not of a place;left out
lieux.csv;4;site;site_web;trois.fr;‘trois.fr’ has no http:// or https://;read as ‘https://trois.fr’
lieux.csv;4;maj;date_maj;2021/01/12 14:05;‘2021/01/12 14:05’ is not a valid date;read as ‘2021-01-12’
lieux.csv;5;mail;courriels;'=1+cmd();‘=1+cmd()’ has no @;left out
lieux.csv;5;site;site_web;quatre.fr;‘quatre.fr’ has no http:// or https://;read as ‘https://quatre.fr’
lieux.csv;6;site;site_web;cinq.fr;‘cinq.fr’ has no http:// or https://;read as ‘https://cinq.fr’
lieux.csv;7;site;site_web;six.fr;‘six.fr’ has no http:// or https://;read as ‘https://six.fr’
lieux.csv;8;cp;code_postal;;this field is required;the row is left out
"""


@pytest.mark.usefixtures("registry")
def test_what_was_corrected_and_left_out_is_counted_with_five_examples_of_each_kind(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    registry_file(PARTNER, "lieux.csv")
    run = invoke("import", "lieux.csv", "--dry-run", "--yes")
    assert run.code == 1
    start, end = run.err.index("cells read as blank"), run.err.index("6 new\n")
    assert run.err[start:end] == (
        "cells read as blank: 1\n"
        "  lieux.csv:3: courriels: -\n"
        "websites completed with https://: 6\n"
        "  lieux.csv:2: site_web: www.un.fr → https://www.un.fr\n"
        "  lieux.csv:3: site_web: deux.fr → https://deux.fr\n"
        "  lieux.csv:4: site_web: trois.fr → https://trois.fr\n"
        "  lieux.csv:5: site_web: quatre.fr → https://quatre.fr\n"
        "  lieux.csv:6: site_web: cinq.fr → https://cinq.fr\n"
        "  … and 1 more\n"
        "cells with several values or other words: 2\n"
        "  lieux.csv:2: telephones: 01 40 18 04 41 (RdC) → 01 40 18 04 41\n"
        "  lieux.csv:2: courriels: a@b.fr et c@d.fr → a@b.fr | c@d.fr\n"
        "dates in another form, converted: 3\n"
        "  lieux.csv:2: date_maj: 15/01/24 → 2024-01-15\n"
        "  lieux.csv:3: date_maj: 44208 → 2021-01-12\n"
        "  lieux.csv:4: date_maj: 2021/01/12 14:05 → 2021-01-12\n"
        "communes and postal codes derived from the rest of the row: 2\n"
        "  lieux.csv:2: commune: — → Paris\n"
        "  lieux.csv:4: code_postal: — → 75003\n"
        "values left out of horaires: 1\n"
        "  lieux.csv:2: ‘sur demande’: these are words, not opening hours\n"
        "values left out of telephones: 1\n"
        "  lieux.csv:4: ‘15’ is the number of an emergency service, not of a place\n"
        "values left out of courriels: 1\n"
        "  lieux.csv:5: ‘=1+cmd()’ has no @\n"
        "cells ignored because they have a spreadsheet error or a formula: 1\n"
        "  lieux.csv:3: telephones: #N/A\n"
        "lieux.csv:8: error: Sept: code_postal: this field is required\n"
        "  write its five digits, such as 75012\n"
    )
    assert "\nadd --rejects FILE.csv for the full list of what was corrected or left out\n" in run.err


@pytest.mark.usefixtures("registry")
def test_all_of_it_is_in_the_list_of_rejects_in_the_order_of_the_file_and_guarded_against_excel(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    registry_file(PARTNER, "lieux.csv")
    run = invoke("import", "lieux.csv", "--yes", "--rejects", "rejets.csv")
    assert (run.code, "\n19 rejects in rejets.csv\n" in run.err, "--rejects" in run.err) == (1, True, False)
    listed = REJECTS.format(
        error="the cell has a spreadsheet error or a formula",
        kept="ignored; a value in the registry is kept",
        several="‘a@b.fr et c@d.fr’ contains several addresses",
        days="‘44208’ is not a date: it is the day number that a spreadsheet uses",
        letters="letters where digits are expected: ‘01 40 18 04 41 (RdC)’",
    )
    assert Path("rejets.csv").read_bytes() == b"\xef\xbb\xbf" + listed.replace("\n", "\r\n").encode()


def test_a_second_import_of_the_same_file_changes_nothing(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(PARTNER, "lieux.csv")
    invoke("import", "lieux.csv", "--yes", "--update")
    once = registry.read_bytes()
    run = invoke("import", "lieux.csv", "--yes", "--update")
    assert (registry.read_bytes(), "\n0 new\n6 unchanged\n" in run.err) == (once, True), run.err


def test_values_that_are_left_out_are_no_failure_and_partial_makes_no_difference(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file("nom,commune,code_postal,statut\nUn,Paris,75001,Public\n", "lieux.csv")
    first = invoke("import", "lieux.csv", "--dry-run")
    assert (first.code, "statut" in Registry.read(registry).path.read_text()) == (0, False)
    assert invoke("import", "lieux.csv", "--dry-run", "--partial").err == first.err
    assert "--partial" not in invoke("import", "--help").out


@pytest.mark.parametrize("name", ["registry.yaml", "lieux.csv"])
def test_the_list_of_rejects_replaces_neither_the_registry_nor_what_is_imported(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path], name: str
) -> None:
    file = registry_file(PARTNER, "lieux.csv")
    run = invoke("import", "lieux.csv", "--yes", "--rejects", name)
    assert (
        run.code,
        f"{name}: error: this file would be replaced, but it is the registry or an imported file\n"
        in run.err,
    ) == (4, True)
    assert (registry.read_text(), file.read_text()) == (REGISTRY, PARTNER)


@pytest.mark.usefixtures("registry")
def test_the_advice_on_a_cell_is_no_advice_on_yaml(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    registry_file("nom,commune,code_postal,date_fermeture\nA,Paris,,\nB,Paris,75012,2014\n", "lieux.csv")
    run = invoke("import", "lieux.csv", "--yes")
    assert (
        "lieux.csv:2: error: A: code_postal: this field is required\n"
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
    assert run.err.endswith("error: there is no terminal to ask: Add 1 structure?\n  add --yes\n")
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
    assert Registry.read(registry).structures[0].id == "cyber"


def test_several_files_are_one_import(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(NEW, "a.csv")
    registry_file("nom,commune,code_postal,notes\nCyber,Paris,75001,x\n", "b.csv")
    run = invoke("import", "a.csv", "b.csv", "--yes")
    assert run.code == 0
    assert (
        "1 new structure may already be in the registry, or in the file\n"
        "  Cyber: possible duplicate of ‘cyber’: same postal code and nearly the same name\n"
    ) in run.err
    assert [one.id for one in Registry.read(registry).structures] == ["cyber", "cyber-2", "elan", "zoe"]


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
    assert Registry.read(registry).structures[0].telephones == ("01 40 18 04 43",)


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
    assert Registry.read(registry).structures[0].nom == "Médiathèque"


def test_several_sheets_are_one_import(invoke: Invoke, registry: Path) -> None:
    with Workbook(registry.with_name("lieux.xlsx")) as book:
        for name, nom in (("Nord", "Cyber"), ("Notes", "x"), ("Sud", "Cyber")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["nom", "commune", "code_postal"])
            sheet.write_row(1, 0, [nom, "Paris", "75001" if name == "Nord" else "75002"])
    run = invoke("import", "lieux.xlsx", "--sheet", "Nord", "--sheet", "Sud", "--sheet", "Sud", "--yes")
    assert run.err.startswith(
        "lieux.xlsx [Nord]: XLSX, sheet ‘Nord’ (one of 3), 1 row\n"
        "lieux.xlsx [Sud]: XLSX, sheet ‘Sud’ (one of 3), 1 row\n"
    )
    assert [(one.nom, one.code_postal) for one in Registry.read(registry).structures[:2]] == [
        ("Cyber", "75001"), ("Cyber", "75002"),
    ]  # fmt: skip


def test_a_file_without_sheets_is_read_once(
    invoke: Invoke, registry: Path, registry_file: Callable[..., Path]
) -> None:
    registry_file(NEW, "lieux.csv")
    assert invoke("import", "lieux.csv", "--sheet", "Nord", "--sheet", "Sud", "--yes").code == 0
    assert Registry.read(registry).structures[0].nom == "Cyber"


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
    second = Registry.read(registry).structures[1]
    assert (second.nom, second.notes) == ("A: [x] # {", "=1+1\n---\n- b")


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
        "--strict",
        "--rejects",
        "--sheet",
        "--encoding",
        "--map",
        "--dry-run",
        "--yes",
        "--registry",
    ):
        assert option in run.out


def test_an_error_in_a_workbook_clears_nothing_and_is_named(invoke: Invoke, registry: Path) -> None:
    from xlsxwriter import Workbook

    before = Registry.read(registry).structures[0]
    with Workbook("lieux.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "nom", "telephones", "notes"])
        sheet.write_row(1, 0, [before.id, before.nom])
        sheet.write_formula(1, 2, "=VLOOKUP(A2,Z:Z,1)", None, "")
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    run = invoke("import", "lieux.xlsx", "--update", "--yes")
    assert (run.code, Registry.read(registry).structures[0]) == (0, before)
    assert (
        "cells ignored because they have a spreadsheet error or a formula: 2\n"
        "  lieux.xlsx:2: telephones: =VLOOKUP(A2,Z:Z,1)\n"
        "  lieux.xlsx:2: notes: #N/A\n"
    ) in run.err
