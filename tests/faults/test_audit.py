"""epn opens no socket, and starts only the editor, the pager and the process that reads a workbook.

Python's audit hooks are the evidence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from children import registry_text
from repositories import new_repository

from epncli import limits

pytestmark = pytest.mark.needs("pty")
AUDITED = Path(__file__).with_name("audited.py")
COMMANDS = [
    ["--version"],
    ["--help"],
    ["list"],
    ["list", "--format", "json"],
    ["list", "--format", "table", "--sort", "nom"],
    ["search", "lieu"],
    ["search", "lyeu"],
    ["show", "lieu-1"],
    ["near", "48.85,2.35"],
    ["list", "--near", "48.85,2.35"],
    ["add", "Neuf", "--code-postal", "75012", "--telephone", "01 40 01 02 03"],
    ["edit", "lieu-1", "--set", "courriels=a@exemple.fr", "--set", "site_web=https://www.exemple.fr"],
    ["edit", "lieu-1", "--set", 'horaires=Mo-Fr 09:00-12:00; PH off', "--set", "telephones=+33140010203"],
    ["close", "lieu-1", "--date", "2014-09"],
    ["close", "lieu-1", "--dry-run"],
    ["reopen", "lieu-1"],
    ["call"],
    ["verify", "lieu-1"],
    ["remove", "lieu-1", "--yes"],
    ["merge", "lieu-2", "lieu-3", "--prefer", "keep", "--yes"],
    ["undo"],
    ["check"],
    ["check", "--fix"],
    *(["export", name, "-o", f"out.{name}"]
      for name in ("csv", "xlsx", "markdown", "html", "page", "json", "yaml", "geojson", "mednum", "vcard",
                    "ban")),
    ["import", "in.csv"],
    ["import", "--format", "ban", "in.geocoded.csv", "--yes"],
    ["diff", "registry.yaml", "registry.yaml"],
    ["stats"],
    ["schema"],
    ["init", "new.yaml"],
]  # fmt: skip


def noticed(folder: Path, argv: list[str], **environment: str) -> tuple[int, list[str]]:
    """The exit code of a command, and the events that were noticed."""
    import pty

    log = folder / "noticed"
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, str(AUDITED), str(log), *argv],
        cwd=folder, stdin=follower, stdout=follower if environment else subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm", **environment},
    ) as process:  # fmt: skip
        os.close(follower)
        process.communicate(timeout=60)
    os.close(leader)
    assert log.exists(), "the hook was never set"
    return process.returncode, log.read_text(encoding="utf-8").splitlines()


def started(events: list[str]) -> list[str]:
    """The programs that were started; fails at any other event."""
    found = []
    for event in events:
        name, program = event.split()[:2]
        # From Python 3.13 on subprocess may start a program by os.posix_spawn, which is an event of its own.
        assert name in ("subprocess.Popen", "os.posix_spawn"), event
        if (program := program.strip("'\"")) not in found:
            found.append(program)
    return found


@pytest.fixture(autouse=True)
def _registry(folder: Path) -> None:
    (folder / "registry.yaml").write_text(registry_text(60), encoding="utf-8")
    (folder / "in.geocoded.csv").write_text(
        "id,latitude,longitude,result_score,result_type\nlieu-1,48.85,2.35,0.5,street\n", encoding="utf-8"
    )
    (folder / "in.csv").write_text("id,nom,commune,code_postal\nlieu-1,Autre,Paris,75012\n", encoding="utf-8")


@pytest.mark.parametrize("argv", COMMANDS, ids=" ".join)
def test_a_command_opens_no_socket_and_starts_nothing(folder: Path, argv: list[str]) -> None:
    code, events = noticed(folder, argv)
    assert code in ((2,) if argv == ["call"] else (0, 1))  # it needs a terminal
    assert events == []


@pytest.mark.parametrize("cache", ["", "off"])
def test_a_command_that_only_reads_writes_nothing_but_what_it_remembers(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("EPN_CACHE", cache)
    monkeypatch.setenv("EPN_AUDIT_WRITING", "1")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    text = registry_text(7000)
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    assert len(text) > limits.LARGE
    written = []
    for _ in range(2):
        code, events = noticed(folder, ["list"])
        assert code == 0
        written.append(events)
        (folder / "noticed").unlink()
    remembered = [f"open {path}.new" for path in (tmp_path / "cache" / "epn" / "parsed").glob("*.document")]
    assert (written, len(remembered)) == ([remembered, []], 0 if cache else 1)


def test_every_command_was_tried() -> None:
    from epncli.cli.app import COMMANDS as KNOWN

    assert {argv[0] for argv in (*COMMANDS, *WITH_GIT) if not argv[0].startswith("-")} == set(KNOWN)


WITH_GIT = [
    ["diff"], ["diff", "--since", "2026"], ["diff", "HEAD", "HEAD"], ["log", "lieu-1"],
    ["merge-driver", "--install"], ["merge-driver", "--uninstall"],
    ["merge-driver", "registry.yaml", "ours.yaml", "registry.yaml"], ["resolve"], ["check"],
]  # fmt: skip


@pytest.mark.needs("git")
@pytest.mark.parametrize("argv", WITH_GIT, ids=" ".join)
def test_what_needs_git_starts_git_and_nothing_else(folder: Path, argv: list[str]) -> None:
    new_repository(folder).commit(registry_text(60))
    (folder / "ours.yaml").write_text(registry_text(60), encoding="utf-8")
    code, events = noticed(folder, argv)
    assert code == 0
    assert started(events) == [shutil.which("git")]


def test_an_edit_starts_the_editor_and_nothing_else(folder: Path) -> None:
    editor = folder / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/Lieu 1$/Lieu un/' \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    code, events = noticed(folder, ["edit", "lieu-1"], EDITOR=str(editor), VISUAL="")
    assert "nom: Lieu un\n" in (folder / "registry.yaml").read_text(encoding="utf-8")
    assert code == 0
    assert started(events) == [str(editor)]


def test_the_import_of_a_workbook_starts_the_process_that_reads_it_and_nothing_else(folder: Path) -> None:
    assert noticed(folder, ["export", "xlsx", "-o", "in.xlsx"])[0] == 0
    (folder / "noticed").unlink()
    code, events = noticed(folder, ["import", "in.xlsx"])
    assert code == 0
    assert started(events) == [sys.executable]
    assert "epncli.formats.tabular.workbook_process" in events[0]


def test_a_long_list_starts_the_pager_and_nothing_else(folder: Path) -> None:
    pager = folder / "pager"
    pager.write_text("#!/bin/sh\ncat > shown\n", encoding="utf-8")
    pager.chmod(0o755)
    code, events = noticed(folder, ["list"], EPN_PAGER=str(pager))
    assert code == 0
    assert started(events) == [str(pager)]
    assert "Lieu 59" in (folder / "shown").read_text(encoding="utf-8")
