"""Writing of a change by a command: atomic, and without losing the changes of others."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock
import pytest

import epncli.registry.changes
from epncli.yamlfile import replace

Command = Callable[..., Any]
CLOSE = ["close", "alternord", "--date", "2014"]
CLOSED = "Alternord: closed in 2014\n  to undo: epn undo\n"

FAULTS = [
    (errno.ENOSPC, "the disk is full", "free some space, then try again"),
    (errno.EDQUOT, "your disk quota is used up", "free some space, then try again"),
    (errno.EROFS, "the disk is read-only", "copy the file to a folder where you can write"),
    (
        errno.EACCES,
        "the folder of the file is not writable",
        "epn writes a new file beside the old one: check the permissions of the folder",
    ),
    (
        errno.EBUSY,
        "the file is mounted on its own and cannot be replaced",
        "mount the folder that contains it instead",
    ),
    (errno.EIO, "the file cannot be written: Input/output error", "nothing was written; try again"),
]


def _named(words: str, registry: Path) -> str:
    """The words, with the file called as it was on the command line."""
    return words.replace(f"{registry.parent}{os.sep}", "")


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(("code", "message", "hint"), FAULTS, ids=[errno.errorcode[row[0]] for row in FAULTS])
def test_a_fault_of_the_disk_leaves_the_file_as_it_was(
    invoke: Command,
    registry: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    code: int,
    message: str,
    hint: str,
) -> None:
    before = registry.read_bytes()
    monkeypatch.setattr(replace, "exchange", lambda *_files: False)

    def fail(*_args: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, step, fail)
    run = invoke(*CLOSE)
    monkeypatch.undo()
    assert (run.code, run.out, registry.read_bytes()) == (4, "", before)
    assert _named(run.err, registry) == f"registry.yaml: error: {message}\n  {hint}\n"
    left = {path.name for path in registry.parent.iterdir()} - {".registry.yaml.lock"}
    assert left == {"registry.yaml"}


@pytest.mark.needs("modes", "not root")
def test_a_folder_that_cannot_be_written_is_said(invoke: Command, registry: Path) -> None:
    registry.parent.chmod(0o555)
    run = invoke(*CLOSE)
    registry.parent.chmod(0o755)
    assert (run.code, "the folder of the file is not writable" in run.err) == (4, True)


def test_a_fault_of_epn_in_the_middle_of_a_change_leaves_the_file_as_it_was(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = registry.read_bytes()

    def stop(*_args: object) -> None:
        raise SystemError("au milieu")

    monkeypatch.setattr(replace, "exchange", stop)
    run = invoke(*CLOSE)
    monkeypatch.undo()
    expected = (
        "error: internal error in epn: SystemError: au milieu\n"
        "  the registry is intact; run the command again with EPN_DEBUG=1 and report the output\n"
    )
    assert (run.code, run.out, run.err, registry.read_bytes()) == (70, "", expected, before)
    left = {path.name for path in registry.parent.iterdir()} - {".registry.yaml.lock"}
    assert left == {"registry.yaml"}


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
@pytest.mark.needs("signals")
def test_a_signal_ends_a_waiting_change_and_the_exit_code_tells_which(
    registry: Path, number: int, code: int, word: str
) -> None:
    before = registry.read_bytes()
    with filelock.FileLock(registry.with_name(".registry.yaml.lock")):
        process = subprocess.Popen(
            [sys.executable, "-m", "epncli", *CLOSE], cwd=registry.parent, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        assert process.stderr.readline() == "another epn process is writing to the file; waiting…\n"
        time.sleep(0.1)
        process.send_signal(number)
        _out, err = process.communicate(timeout=20)
    assert (process.returncode, err, registry.read_bytes()) == (code, f"{word}\n", before)


def test_a_lock_that_is_kept_too_long_is_said(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EPN_LOCK_SECONDS", "0.1")
    with filelock.FileLock(registry.with_name(".registry.yaml.lock")):
        run = invoke(*CLOSE)
    assert (run.code, _named(run.err, registry)) == (
        4,
        (
            "another epn process is writing to the file; waiting…\n"
            "registry.yaml: error: another epn process has kept the file locked for 0.1 s\n"
            "  try again when it has finished, or set EPN_LOCK_SECONDS to wait longer\n"
        ),
    )


def _meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Let someone else act between the reading of the registry and its change."""
    really = epncli.registry.changes.commit

    def later(*args: Any, **named: Any) -> Any:
        act()
        return really(*args, **named)

    monkeypatch.setattr("epncli.cli.session.commit", later)


def test_a_change_of_another_field_meanwhile_is_kept(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act() -> None:
        registry.write_text(registry.read_text().replace('nom: "Alternord"', 'nom: "Alternord 9e"'))

    _meanwhile(monkeypatch, act)
    assert invoke(*CLOSE).code == 0
    text = registry.read_text()
    assert 'nom: "Alternord 9e"' in text
    assert text.count("statut: fermé") == 2


def test_a_change_of_the_same_field_meanwhile_stops_this_one(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = registry.read_text().replace("75116", "75016").replace("Émile", "Emile")
    _meanwhile(monkeypatch, lambda: registry.write_text(theirs) and None)
    run = invoke("edit", "relais-du-16e", "--set", "code_postal=75008")
    assert (run.code, run.err, registry.read_text()) == (
        4,
        (
            "registry.yaml:27: error: "
            "‘relais-du-16e’ was changed by someone else in the meantime; nothing was written\n"
            "  look at it with ‘epn show’, then try again\n"
        ),
        theirs,
    )


def test_the_same_change_meanwhile_is_no_conflict(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = registry.read_text().replace('date_maj: "2026-01-31"', 'date_maj: "2026-03-05"')
    _meanwhile(monkeypatch, lambda: registry.write_text(theirs) and None)
    assert invoke("verify", "alternord").code == 0
    assert registry.read_text() == theirs


@pytest.mark.parametrize("command", [CLOSE, ["remove", "alternord", "--yes"]])
def test_a_structure_removed_meanwhile_is_said(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    theirs = registry.read_text().replace("id: alternord", "id: autre")
    _meanwhile(monkeypatch, lambda: registry.write_text(theirs) and None)
    run = invoke(*command)
    assert (run.code, run.out, run.err, registry.read_text()) == (
        4,
        "",
        (
            "registry.yaml: error: ‘alternord’ was removed by someone else in the "
            "meantime; nothing was written\n"
            "  look for it with ‘epn search WORD’\n"
        ),
        theirs,
    )


def test_an_id_taken_meanwhile_gives_the_next_one(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(
        monkeypatch,
        lambda: registry.write_text(registry.read_text().replace("epn-de-bourg", "nouveau")) and None,
    )
    run = invoke("add", "Nouveau", "--code-postal", "75009")
    assert run.err.startswith("added: Nouveau, 75009 Paris, as ‘nouveau-2’\n")


@pytest.mark.needs("modes", "symlinks")
def test_a_link_and_the_mode_survive_a_change(invoke: Command, registry: Path) -> None:
    registry.rename(registry.with_name("vrai.yaml")).chmod(0o640)
    registry.symlink_to("vrai.yaml")
    assert invoke(*CLOSE).code == 0
    assert registry.is_symlink()
    assert stat.S_IMODE(registry.stat().st_mode) == 0o640


def test_other_names_of_the_file_are_spoken_of(invoke: Command, registry: Path) -> None:
    registry.with_name("copie.yaml").hardlink_to(registry)
    run = invoke(*CLOSE)
    assert (run.code, run.err) == (
        0,
        "in EPN d’essai (registry.yaml)\n"
        "the file has other names (hard links); they still have the previous content\n" + CLOSED,
    )  # fmt: skip


@pytest.mark.needs("full device")
def test_words_that_cannot_be_written_do_not_change_the_answer(registry: Path) -> None:
    def run(*args: str) -> int:
        with Path("/dev/full").open("w") as full:
            command = [sys.executable, "-m", "epncli", *args]
            return subprocess.run(command, cwd=registry.parent, stderr=full, check=False).returncode

    assert run("close", "alternord") == 0
    assert registry.read_text().count("statut: fermé") == 2
    assert run("show", "nulle-part") == 1
    assert run("list", "--limit", "x") == 2
