from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock
import pytest

Command = Callable[..., Any]

CLOSE = ["close", "alternord", "--date", "2014"]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own, which does not exist yet."""
    path = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(path))
    return path


def test_the_last_change_is_undone_and_then_the_one_before(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    for command in (CLOSE, ["verify", "microlithe"], ["remove", "epn-de-bourg", "--yes"]):
        assert invoke(*command).err.endswith("\n  to undo: epn undo\n")
    said = [invoke("undo") for _ in range(4)]
    assert [(run.code, run.out, run.err) for run in said] == [
        (0, "", "undone: epn remove (removed: EPN de Bourg)\n"),
        (0, "", "undone: epn verify (Microlithe: changed last confirmation)\n"),
        (0, "", "undone: epn close (Alternord: changed status, closing date)\n"),
        (1, "", "registry.yaml: error: there is no change by epn to undo\n"),
    ]
    assert registry.read_bytes() == before


@pytest.mark.usefixtures("registry")
def test_the_list_has_the_newest_change_first(invoke: Command) -> None:
    assert invoke("undo", "--list").err == "no change by epn can be undone\n"
    invoke("check", "--fix")
    invoke(*CLOSE)
    invoke("add", "Neuf", "--code-postal", "75009")
    run = invoke("undo", "--list")
    assert (run.code, run.out, run.err) == (
        0,
        (
            " 1  2026-03-05 14:02  add    added: Neuf\n"
            " 2  2026-03-05 14:02  close  Alternord: changed status, closing date\n"
            " 3  2026-03-05 14:02  check  4 changes\n"
        ),
        "",
    )


@pytest.mark.usefixtures("registry")
def test_on_a_terminal_a_long_line_of_the_list_breaks_at_spaces(terminal: Any, invoke: Command) -> None:
    invoke(*CLOSE)
    assert terminal.run("undo", "--list", columns=60).lines == [
        " 1  2026-03-05 14:02  close  Alternord: changed status,",
        "                             closing date",
    ]


def test_a_name_is_text_and_nothing_is_obeyed(invoke: Command, registry_file: Callable[..., Path]) -> None:
    registry_file('structures:\n  - id: a\n    nom: "Un\\e[2J [bold]\\nnom"\n')
    invoke("close", "a", "--date", "2014")
    words = "Un␛[2J [bold]␊nom: changed status, closing date"
    assert invoke("undo", "--list").out == f" 1  2026-03-05 14:02  close  {words}\n"
    assert invoke("undo").err == f"undone: epn close ({words})\n"


def test_a_dry_run_shows_what_would_be_undone(invoke: Command, registry: Path) -> None:
    invoke("verify", "microlithe")
    after = registry.read_bytes()
    run = invoke("undo", "--dry-run")
    assert (run.code, run.out, run.err) == (
        0,
        (
            "--- a/registry.yaml\n+++ b/registry.yaml\n@@ -12,7 +12,6 @@\n"
            "     statut: fermé\n     date_fermeture: 2014-09\n     motif_fermeture: association fermée\n"
            '-    date_maj: "2026-03-05"\n'
            " \n   # Rappeler en septembre\n   - id: alternord  # vu sur place\n"
        ),
        "",
    )
    assert registry.read_bytes() == after


def test_what_something_else_has_changed_since_is_not_undone(invoke: Command, registry: Path) -> None:
    invoke(*CLOSE)
    text = registry.read_text() + "# à la main\n"
    registry.write_text(text)
    run = invoke("undo")
    assert (run.code, run.out, run.err, registry.read_text()) == (
        1,
        "",
        (
            "registry.yaml: error: the file was changed by something else since the last change by epn; "
            "nothing was undone\n"
            "  to undo it all the same, first take back the other change, in a text editor or with git\n"
        ),
        text,
    )
    assert invoke("undo", "--list").err == "no change by epn can be undone\n"
    invoke("verify", "microlithe")
    assert invoke("undo", "--list").err == (
        "older changes can no longer be undone: the file was changed by something else\n"
    )


def test_several_structures_are_undone_together(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    invoke("close", "alternord", "epn-de-bourg")
    assert invoke("undo").err == "undone: epn close (2 changes)\n"
    assert registry.read_bytes() == before
    invoke("remove", "alternord", "epn-de-bourg", "--yes")
    assert invoke("undo").err == "undone: epn remove (2 removals)\n"
    assert registry.read_bytes() == before


def test_what_is_created_is_not_undone(invoke: Command, registry_file: Callable[..., Path]) -> None:
    assert invoke("init").code == 0
    assert invoke("undo").err == "registry.yaml: error: there is no change by epn to undo\n"
    assert registry_file("", "other.yaml").exists()


def test_where_there_is_nothing_to_undo_nothing_is_left_beside_the_file(
    invoke: Command, registry: Path
) -> None:
    others = set(registry.parent.iterdir())
    assert invoke("undo").code == 1
    assert set(registry.parent.iterdir()) == others
    run = invoke("undo", "-r", "nowhere.yaml")
    assert (run.code, run.err.splitlines()[0]) == (3, "nowhere.yaml: error: there is no such file")


def test_where_nothing_was_changed_there_is_nothing_to_undo(invoke: Command, registry: Path) -> None:
    invoke("verify", "alternord")
    assert invoke("verify", "alternord").err == "Alternord: already confirmed today; nothing to do\n"
    assert invoke("undo").code == 0
    assert 'date_maj: "2026-01-31"' in registry.read_text()


@pytest.mark.needs("modes", "symlinks")
def test_a_link_and_the_mode_survive(invoke: Command, registry: Path) -> None:
    registry.rename(registry.with_name("vrai.yaml")).chmod(0o640)
    registry.symlink_to("vrai.yaml")
    before = registry.read_bytes()
    invoke(*CLOSE)
    assert invoke("undo", "-r", "vrai.yaml").code == 0
    assert (registry.read_bytes(), registry.is_symlink()) == (before, True)
    assert registry.stat().st_mode & 0o777 == 0o640


def test_another_process_is_waited_for(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke(*CLOSE)
    after = registry.read_bytes()
    monkeypatch.setenv("EPN_LOCK_SECONDS", "0.1")
    with filelock.FileLock(registry.with_name(".registry.yaml.lock")):
        run = invoke("undo")
    assert (run.code, run.err.splitlines()[0], registry.read_bytes()) == (
        4, "another epn process is writing to the file; waiting…", after,
    )  # fmt: skip


@pytest.mark.needs("modes")
def test_a_change_is_made_though_nothing_can_be_kept_about_it(
    invoke: Command, registry: Path, state: Path
) -> None:
    state.write_text("no folder")
    run = invoke(*CLOSE)
    assert (run.code, run.err) == (
        0,
        f"Alternord: closed in 2014\n  ‘epn undo’ cannot undo this: {state}: File exists\n",
    )
    assert registry.read_text().count("statut: fermé") == 2
    run = invoke("undo")
    assert (run.code, run.err) == (1, "registry.yaml: error: there is no change by epn to undo\n")


@pytest.mark.needs("modes")
def test_a_state_folder_that_others_may_write_is_named(invoke: Command, registry: Path, state: Path) -> None:
    (state / "epn").mkdir(parents=True)
    (state / "epn").chmod(0o777)
    assert invoke(*CLOSE).err == (
        f"Alternord: closed in 2014\n  ‘epn undo’ cannot undo this: {state / 'epn'}: "
        "Operation not permitted\n"
    )
    assert registry.read_text().count("statut: fermé") == 2


@pytest.mark.needs("full device")
def test_a_damaged_log_is_said(invoke: Command, registry: Path, state: Path) -> None:
    invoke(*CLOSE)
    after = registry.read_bytes()
    [file] = state.rglob("*.json")
    os.truncate(file, 100)
    run = invoke("undo")
    assert (run.code, run.err, registry.read_bytes()) == (
        1,
        (
            "registry.yaml: error: nothing to undo: what was kept about the last change cannot be read "
            "or is damaged\n"
        ),
        after,
    )


@pytest.mark.usefixtures("registry")
def test_no_home_folder_is_no_fault_of_a_change(invoke: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", no_home)
    assert invoke(*CLOSE).err == (
        "Alternord: closed in 2014\n  ‘epn undo’ cannot undo this: ~: No such file or directory\n"
    )
