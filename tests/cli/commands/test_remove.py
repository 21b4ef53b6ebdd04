from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.screen import terminal

Command = Callable[..., Any]

ALTERNORD = """\
  # Rappeler en septembre
  - id: alternord  # vu sur place
    nom: "Alternord"
    commune: Paris
    code_postal: '75009'
    telephones:
      - 01 53 16 14 82
      - 01 53 16 14 83  # le soir
    autres_formations_labels: [NetPublic]
    date_maj: "2026-01-31"
"""


def test_what_is_removed_is_printed_so_that_it_can_be_put_back(invoke: Command, registry: Path) -> None:
    before = registry.read_text()
    run = invoke("remove", "alternord", "--yes")
    assert (run.code, run.out, run.err) == (
        0,
        ALTERNORD,
        "removed: Alternord\n  to undo: epn undo\n",
    )
    assert registry.read_text() == before.replace(ALTERNORD + "\n", "")
    registry.write_text(registry.read_text() + run.out)
    assert invoke("check").code == 0
    assert invoke("show", "alternord").out.startswith("Alternord\n")


def test_without_a_yes_a_script_removes_nothing(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    run = invoke("remove", "alternord")
    assert (run.code, run.out, run.err, registry.read_bytes()) == (
        2,
        "",
        (
            "alternord · Alternord · 75009 Paris · 01 53 16 14 82\n"
            "error: there is no terminal to ask: Remove this structure?\n  add --yes\n"
        ),
        before,
    )


@pytest.mark.usefixtures("registry")
def test_all_can_be_removed_and_the_list_is_empty(invoke: Command) -> None:
    run = invoke("remove", "microlithe", "alternord", "relais-du-16e", "epn-de-bourg", "--yes")
    assert (run.code, run.out.count("- id: ")) == (0, 4)
    assert invoke("list").err == "0 structures\n"
    assert invoke("add", "N", "--code-postal", "75009").code == 0
    assert invoke("list").out == "n\touvert\t75009\tParis\tN\t\n"


def test_a_dry_run_needs_no_yes_and_removes_nothing(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    run = invoke("remove", "alternord", "--dry-run")
    assert (run.code, run.err, registry.read_bytes()) == (0, "", before)
    gone = [line[1:] for line in run.out.splitlines(keepends=True) if line.startswith("-  ")]
    assert "".join(gone) == ALTERNORD


def test_what_cannot_be_printed_is_not_removed(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = registry.read_bytes()

    def full(_text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(terminal, "out", full)
    run = invoke("remove", "alternord", "--yes")
    assert (run.code, run.err) == (
        4,
        (
            "registry.yaml: error: nothing was removed, because the lines to remove could not be printed: "
            "No space left on device\n"
            "  redirect the output elsewhere, or mark the structure as closed with ‘epn close’\n"
        ),
    )
    assert registry.read_bytes() == before


def test_what_is_removed_is_printed_before_it_goes(
    invoke: Command, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stops the command, the record is in the file or on standard output."""
    before = registry.read_bytes()
    shown: list[bytes] = []
    monkeypatch.setattr(terminal, "flush", lambda: shown.append(registry.read_bytes()))
    run = invoke("remove", "alternord", "--yes")
    assert (run.code, run.out, shown[0]) == (0, ALTERNORD, before)
    assert b"alternord" not in registry.read_bytes()
