from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]


def test_verifying_sets_the_day_and_nothing_else(invoke: Command, registry: Path) -> None:
    before = registry.read_text()
    run = invoke("verify", "alternord", "microlithe")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        ("Alternord: confirmed today\nMicrolithe: confirmed today\n  to undo: epn undo\n"),
    )
    assert registry.read_text() == before.replace('date_maj: "2026-01-31"', 'date_maj: "2026-03-05"').replace(
        "    motif_fermeture: association fermée\n",
        '    motif_fermeture: association fermée\n    date_maj: "2026-03-05"\n',
    )


def test_a_second_time_on_one_day_writes_nothing(invoke: Command, registry: Path) -> None:
    invoke("verify", "alternord")
    before = registry.stat()
    run = invoke("verify", "alternord")
    assert (run.code, run.err) == (0, "Alternord: already confirmed today; nothing to do\n")
    assert (registry.stat().st_ino, registry.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_dry_run_prints_the_difference(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    run = invoke("verify", "alternord", "--dry-run")
    assert (run.code, run.err, registry.read_bytes()) == (0, "", before)
    changed = [line for line in run.out.splitlines() if line[:1] in ("-", "+")]
    assert changed == [
        "--- a/registry.yaml",
        "+++ b/registry.yaml",
        '-    date_maj: "2026-01-31"',
        '+    date_maj: "2026-03-05"',
    ]
