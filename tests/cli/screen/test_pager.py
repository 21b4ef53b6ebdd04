"""The pager: output is produced only as it is read."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from rich.console import Console

from epncli.cli.screen.pager import page

PARIS = Path(__file__).parents[3] / "registry.yaml"
PART = "a line of the table\n" * 200


def test_a_reader_that_leaves_after_the_first_screen_has_no_more_made_for_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    made = 0

    def parts() -> Iterator[str]:
        nonlocal made
        for made in range(1, 10_001):  # noqa: B007  how many were asked for
            yield PART

    head = tmp_path / "head.py"
    head.write_text("import sys\nprint(sys.stdin.readline(), end='')\n")
    monkeypatch.setenv("EPN_PAGER", f"{sys.executable} {head}")
    page(parts(), Console(height=5), pager=True)
    # A pipe holds 64 kB, sixteen parts, and head reads a little more before it leaves.
    assert made < 100
    assert capfd.readouterr().out.splitlines() == ["a line of the table"]


def _pager(folder: Path) -> dict[str, str]:
    script = folder / "pager.py"
    script.write_text(f"import sys\nopen({str(folder / 'paged')!r}, 'w').write(sys.stdin.read())\n")
    return {"EPN_PAGER": f"{sys.executable} {script}", "PAGER": "false"}


@pytest.mark.parametrize(
    ("args", "rows", "paged"),
    [
        (["list"], 24, True),
        (["list"], 200, False),
        (["list", "--no-pager"], 24, False),
        (["list", "--limit", "3"], 24, False),
        (["list", "--format", "tsv"], 24, False),
        (["show", "centre-social-la-clairiere", "alternord", "microlithe"], 12, True),
    ],
)
def test_what_is_longer_than_the_screen_goes_through_the_pager(
    terminal: Any, tmp_path: Path, args: list[str], rows: int, paged: bool
) -> None:
    screen = terminal.run(*args, "-r", PARIS, rows=rows, env=_pager(tmp_path))
    assert screen.code == 0
    assert (tmp_path / "paged").exists() is paged


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("pager", ["/nulle/part", "cat", "", "l'a"])
def test_without_a_pager_all_is_printed(terminal: Any, pager: str) -> None:
    screen = terminal.run("list", rows=4, env={"EPN_PAGER": pager})
    assert (screen.code, screen.lines[-1]) == (0, "4 structures, 1 closed")
    assert screen.text.count(" 0") == 5


@pytest.mark.needs("less")
def test_less_can_be_left_early(terminal: Any) -> None:
    screen = terminal.run("list", "-r", PARIS, rows=10, answers=[("q: quit", "q")], env={"EPN_PAGER": "less"})
    assert (screen.code, screen.lines[-1]) == (0, "65 structures, 1 closed")


@pytest.mark.needs("less")
@pytest.mark.parametrize(
    ("language", "words"), [("en", "space: go on, q: quit, h: help"), ("fr", "q : quitter")]
)
def test_less_says_how_to_leave_it(terminal: Any, language: str, words: str) -> None:
    env = {"PAGER": None, "EPN_LANG": language}
    screen = terminal.run("list", "-r", PARIS, rows=10, columns=40, answers=[(words, "q")], env=env)
    assert screen.code == 0


@pytest.mark.needs("sh")
@pytest.mark.parametrize(
    ("version", "args", "options"),
    [
        (
            "less 643 (GNU regular expressions)",
            ["list"],
            "-FRX -Psspace\\: go on, q\\: quit, h\\: help$ --header=1",
        ),
        ("less 590", ["list"], "-FRX -Psspace\\: go on, q\\: quit, h\\: help$"),
        ("less 643", ["show", "picoulet"], "-FRX -Psspace\\: go on, q\\: quit, h\\: help$"),
        ("BusyBox v1.36.1", ["list"], "FRX"),
    ],
)
def test_the_header_stays_where_less_can_do_that(
    terminal: Any, tmp_path: Path, version: str, args: list[str], options: str
) -> None:
    less = tmp_path / "less"
    less.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo "{version}"; exit; fi\n'
        f"printf %s \"$LESS\" > '{tmp_path}/options'; cat > /dev/null\n"
    )
    less.chmod(0o755)
    screen = terminal.run(*args, "-r", PARIS, rows=5, env={"EPN_PAGER": f"'{less}' -R", "LESS": None})
    assert (screen.code, (tmp_path / "options").read_text()) == (0, options)


def test_a_short_list_starts_no_pager(terminal: Any, tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text(f"#!/bin/sh\ntouch '{tmp_path}/started'\n")
    less.chmod(0o755)
    assert terminal.run("list", "-r", PARIS, rows=200, env={"EPN_PAGER": str(less)}).code == 0
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize(
    ("env", "end"),
    [
        ({"LANG": "fr_FR.UTF-8", "EPN_LANG": "en"}, "q: quit"),  # as where that locale is not installed
        ({"LESS": ""}, ":"),
        ({"LESS": "-i"}, ":"),
    ],
)
@pytest.mark.needs("less")
def test_less_shows_accents_and_styles_whatever_the_environment(
    terminal: Any, env: dict[str, str], end: str
) -> None:
    screen = terminal.run("list", "-r", PARIS, rows=20, answers=[(end, "q")], env={"PAGER": None, **env})
    assert screen.code == 0
    assert "Centre d’animation d" in screen.text
    assert not re.search(r"ESC|<[0-9A-F]{2}>", screen.text)


def test_a_dumb_terminal_has_no_pager_of_ours(terminal: Any) -> None:
    screen = terminal.run("list", "-r", PARIS, rows=20, env={"PAGER": None, "TERM": "dumb"})
    assert (screen.code, screen.lines[-1]) == (0, "65 structures, 1 closed")
    assert "\x1b" not in screen.raw


@pytest.mark.needs("pty", "signals")
def test_an_end_from_outside_ends_the_pager_too(tmp_path: Path) -> None:
    script = tmp_path / "pager.py"
    script.write_text("import os, time\nprint('pager', os.getpid(), '.', flush=True)\ntime.sleep(60)\n")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "epncli", "list", "-r", str(PARIS)],
        env={**os.environ, "TERM": "xterm", "EPN_PAGER": f"{sys.executable} {script}"},
        encoding="utf-8",
        timeout=20,
    )
    child.expect(r"pager (\d+) ")
    pager = int(child.match.group(1))
    child.kill(signal.SIGTERM)
    child.expect("terminated")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 143
    assert _ends(pager)


def _ends(process: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
