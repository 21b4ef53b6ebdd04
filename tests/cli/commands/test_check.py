"""`epn check`: its output, its exit codes, and what `--fix` does to the file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.commands import check as command

Invoke = Callable[..., Any]

BAD = """\
structures:
  - id: a
    nom: "A "  # le premier
    commune: Paris
    code_postal: "7501"
    telephones: [0146367013, 01 46 36 70 14 poste 3]
    date_maj: "2026-01-31"

  - id: b
    nom: B
    commune: Paris
    code_postal: '75012'
    code_insee: "75112"
    statut: OUVERT
"""
WARNED = BAD.replace('"7501"', '"75011"')


def test_what_is_wrong_is_a_line_with_its_place_and_the_hint_below(
    invoke: Invoke, registry_file: Any
) -> None:
    registry_file(BAD)
    run = invoke("check")
    assert run.out == (
        "registry.yaml:5:18: error: A: code_postal: ‘7501’ has 4 digits: a postal code has five\n"
        "  write one of its postal codes: 75001, 75002, 75003, "
        "75004, 75005, 75006 and 15 more\n"
        "registry.yaml:6:30: warning: A: telephones: the extension ‘poste 3’ was ignored\n"
        "  a phone field contains only the number: write the extension in the field ‘notes’\n"
        "registry.yaml:9:5: warning: B: this structure cannot be contacted: "
        "it has no phone number, e-mail address or website\n"
        "  add a phone number, an e-mail address or a website, or close the "
        "structure if it no longer exists\n"
    )
    assert run.err == ("2 structures: 1 error, 2 warnings\n‘epn check --fix’ would fix 3 values\n")
    assert run.code == 1


@pytest.mark.usefixtures("registry")
def test_a_registry_without_a_fault_passes(invoke: Invoke) -> None:
    run = invoke("check")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        "4 structures: no error, no warning\n‘epn check --fix’ would fill in 4 values (INSEE code)\n",
    )
    assert invoke("check", "--strict").code == 0


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_warnings_count_only_where_it_is_strict(
    invoke: Invoke, registry_file: Any, options: list[str], code: int
) -> None:
    registry_file(WARNED)
    assert invoke("check", *options).code == code


def test_json_is_an_array_of_objects(invoke: Invoke, registry_file: Any) -> None:
    registry_file(BAD)
    run = invoke("check", "--format", "json", "b")
    assert json.loads(run.out) == [
        {
            "level": "warning",
            "id": "b",
            "nom": "B",
            "field": "",
            "message": (
                "this structure cannot be contacted: it has no phone number, e-mail address or website"
            ),
            "hint": (
                "add a phone number, an e-mail address or a website, or close the "
                "structure if it no longer exists"
            ),
            "file": "registry.yaml",
            "line": 9,
            "column": 5,
        }
    ]
    assert run.err.startswith("1 structure: no error, 1 warning\n")
    assert run.code == 0


@pytest.mark.usefixtures("registry")
def test_json_of_a_registry_without_a_fault_is_an_empty_array(invoke: Invoke) -> None:
    assert invoke("check", "--format", "json").out == "[]\n"


def test_a_ref_limits_it(invoke: Invoke, registry_file: Any) -> None:
    registry_file(BAD)
    run = invoke("check", "b")
    assert run.code == 0
    assert [line.split(": ")[0] for line in run.out.splitlines()[::2]] == ["registry.yaml:9:5"]
    assert invoke("check", "nowhere").code == 1


def test_a_ref_finds_nothing_in_an_empty_registry(invoke: Invoke, registry_file: Any) -> None:
    registry_file("structures:\n")
    run = invoke("check", "a")
    assert (run.code, run.err) == (
        1,
        (
            "error: the registry does not contain any structure yet\n"
            "  ‘epn add --help’ explains how to add one\n"
        ),
    )


def test_fix_repairs_surgically_lists_it_and_leaves_the_previous_file(
    invoke: Invoke, registry_file: Any
) -> None:
    path = registry_file(BAD)
    run = invoke("check", "--fix")
    assert path.read_text() == (
        BAD.replace('"A "', '"A"').replace("0146367013", "01 46 36 70 13").replace("OUVERT", "ouvert")
    )
    assert path.with_name("registry.yaml~").read_text() == BAD
    assert run.err == (
        "a: nom: ‘A ’ → ‘A’\n"
        "a: telephones: ‘0146367013’ → ‘01 46 36 70 13’\n"
        "b: statut: ‘OUVERT’ → ‘ouvert’\n"
        "3 values fixed; the previous file is registry.yaml~\n"
        "  to undo: epn undo\n"
        "2 structures: 1 error, 2 warnings\n"
    )
    assert run.out.count("\n") == 6
    assert run.code == 1


@pytest.mark.needs("symlinks")
def test_fix_through_a_link_names_the_previous_file_where_it_is(
    invoke: Invoke, registry_file: Any, tmp_path: Path
) -> None:
    (tmp_path / "vrai").mkdir()
    path = registry_file(BAD, "vrai/epn.yaml")
    (tmp_path / "lien.yaml").symlink_to(path)
    run = invoke("check", "--fix", "-r", "lien.yaml")
    assert f"; the previous file is {path}~\n" in run.err
    assert Path(f"{path}~").read_text() == BAD


def test_fix_run_twice_changes_nothing_the_second_time(invoke: Invoke, registry_file: Any) -> None:
    path = registry_file(WARNED)
    invoke("check", "--fix")
    once = path.read_bytes()
    assert b'code_insee: "75111"' in once
    before = path.stat().st_mtime_ns
    run = invoke("check", "--fix")
    assert path.read_bytes() == once
    assert path.stat().st_mtime_ns == before
    assert "nothing to fix" in run.err
    assert run.code == 0


def test_an_empty_registry_is_told_how_the_first_structure_comes_into_it(
    invoke: Invoke, registry_file: Any, quoted: Callable[[str], str]
) -> None:
    next_step = '  next: epn add "Name" --code-postal 75012 --telephone "01 40 01 02 03"'
    registry_file("structures:\n")
    run = invoke("check")
    assert (run.code, run.err) == (0, f"0 structures: no error, no warning\n{next_step}\n")
    registry_file("structures: []\n", "l epn.yaml")
    assert invoke("check", "-r", "l epn.yaml").err.endswith(f"\n{next_step} -r {quoted('l epn.yaml')}\n")
    assert invoke("check", "-r", "-", stdin="structures:\n").err == "0 structures: no error, no warning\n"
    registry_file("structures: [")
    assert "next: " not in invoke("check").err


def test_a_dry_run_prints_the_difference_and_changes_nothing(invoke: Invoke, registry_file: Any) -> None:
    path = registry_file(BAD)
    run = invoke("check", "--fix", "--dry-run", "b")
    assert path.read_text() == BAD
    assert not path.with_name("registry.yaml~").exists()
    assert [line for line in run.out.splitlines() if line[0] in "+-"] == [
        "--- a/registry.yaml",
        "+++ b/registry.yaml",
        "-    statut: OUVERT",
        "+    statut: ouvert",
    ]
    assert run.code == 0


@pytest.mark.usefixtures("registry")
def test_a_dry_run_of_nothing_is_a_mistake(invoke: Invoke) -> None:
    run = invoke("check", "--dry-run")
    assert run.code == 2
    assert "add --fix" in run.err


def test_records_that_share_an_id_are_not_repaired(invoke: Invoke, registry_file: Any) -> None:
    path = registry_file(BAD.replace("id: b", "id: a"))
    run = invoke("check", "--fix")
    assert path.read_text() == BAD.replace("id: b", "id: a")
    assert "another structure already has the id ‘a’" in run.out
    assert "nothing to fix" in run.err


def test_a_broken_file_is_checked_as_far_as_it_can_be_read_and_not_repaired(
    invoke: Invoke, registry_file: Any
) -> None:
    text = BAD.replace("nom: B", "nom: B: C").replace("7501", "750")
    path = registry_file(text)
    run = invoke("check", "--fix")
    places = [line.split(": ")[0] for line in run.out.splitlines() if not line.startswith(" ")]
    assert places == ["registry.yaml:5:18", "registry.yaml:6:30", "registry.yaml:10:11"]
    assert "nothing was fixed: first correct by hand the errors that make the file unreadable\n" in run.err
    assert path.read_text() == text
    assert run.code == 1


def test_a_ref_finds_its_structure_in_a_broken_file(invoke: Invoke, registry_file: Any) -> None:
    registry_file(BAD.replace("nom: B", "nom: B: C"))
    run = invoke("check", "a")
    assert [line.split(": ")[0] for line in run.out.splitlines()[::2]] == [
        "registry.yaml:5:18", "registry.yaml:6:30", "registry.yaml:10:11",
    ]  # fmt: skip
    registry_file("structures: [")
    assert invoke("check", "a").code == 3


def test_it_reads_standard_input_and_refuses_to_repair_it(invoke: Invoke) -> None:
    run = invoke("check", "-r", "-", stdin=BAD)
    assert run.out.startswith("(standard input):5:18: error: A: code_postal: ")
    assert invoke("check", "--fix", "-r", "-", stdin=BAD).code == 2


def test_a_file_that_is_not_there_is_unreadable(invoke: Invoke) -> None:
    assert invoke("check", "-r", "none.yaml").code == 3


def test_control_characters_of_the_file_never_reach_the_screen(invoke: Invoke, registry_file: Any) -> None:
    registry_file(BAD.replace("7501", "\\e[31m\\a"))
    run = invoke("check")
    assert "\x1b" not in run.out
    assert "\x07" not in run.out
    assert "code_postal: " in run.out


def test_a_long_check_shows_a_bar_on_a_terminal_and_wipes_it(terminal: Any, registry_file: Any) -> None:
    records = "".join(
        f"  - {{id: s{n}, nom: N{n}, commune: Paris, code_postal: '75012', courriels: s{n}@example.org}}\n"
        for n in range(command._LONG)
    )
    registry_file("structures:\n" + records)
    screen = terminal.run("check")
    assert "checking" in screen.raw
    assert screen.lines == [
        f"{command._LONG:,} structures: no error, no warning",
        f"‘epn check --fix’ would fill in {command._LONG:,} values (INSEE code)",
    ]
    assert screen.code == 0


@pytest.mark.parametrize("columns", [40, 80])
def test_a_narrow_terminal_cuts_no_word(
    terminal: Any, invoke: Invoke, registry_file: Any, columns: int
) -> None:
    registry_file(BAD)
    run = invoke("check")
    screen = terminal.run("check", columns=columns)
    assert screen.text.split() == (run.out + run.err).split()
    assert max(map(len, screen.lines)) <= columns


@pytest.mark.usefixtures("registry")
def test_a_short_check_shows_none(terminal: Any) -> None:
    assert "checking" not in terminal.run("check").raw


def test_a_list_loads_no_rule(registry: Path) -> None:
    code = (
        "import sys; from epncli.cli.main import main; main(['list']);"
        "heavy = ('phonenumbers', 'epncli.validation.structure_check', 'rapidfuzz');"
        "sys.exit(any(name.startswith(heavy) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=registry.parent, check=False).returncode == 0


def test_the_schema_is_printed(invoke: Invoke) -> None:
    from epncli.model.json_schema import schema_text

    run = invoke("schema")
    assert (run.code, run.out) == (0, schema_text())
