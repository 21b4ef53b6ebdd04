"""Messages on a terminal: wrapped between words, except for text to copy."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from epncli.cli.screen import terminal as module
from epncli.cli.screen.terminal import folded, is_closed_pipe, is_dumb
from epncli.system import windows

CHARACTERS = st.sampled_from("abcé漢0’‘«»\xa0")
WORDS = st.lists(st.text(CHARACTERS, min_size=1, max_size=12), min_size=1, max_size=12)


@given(WORDS, st.integers(8, 60), st.integers(0, 6))
def test_a_folded_line_loses_no_word_and_is_too_wide_only_for_one_that_stays_whole(
    words: list[str], columns: int, hang: int
) -> None:
    line = " ".join(words)
    found = folded(line, columns, hang)
    assert " ".join([found[0], *(part.removeprefix(" " * hang) for part in found[1:])]) == line
    for part in found:
        if cell_len(part) > columns:
            whole = re.sub("‘[^’]*’|«[^»]*»|[0-9][0-9 ]{7,}[0-9]", lambda text: "x" * len(text[0]), part)
            assert " " not in whole.strip()


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("type ‘epn check --fix’ again", ["type", "    ‘epn check --fix’", "    again"]),
        ("the phone 01 46 36 70 13 or write", ["the phone", "    01 46 36 70 13", "    or write"]),
        ("  an indented line of words", ["  an indented line", "    of words"]),
    ],
)
def test_what_is_to_be_typed_and_phone_numbers_stay_whole(line: str, parts: list[str]) -> None:
    assert folded(line, 20, 4) == parts


@pytest.mark.usefixtures("registry")
def test_on_a_narrow_terminal_sentences_fold_and_a_command_to_copy_does_not(terminal: Any) -> None:
    screen = terminal.run("close", "alternord", "--date", "2014", "--reason", "plus de bail", columns=30)
    assert screen.raw.split("\r\n")[:3] == [
        "Alternord: closed in 2014:",
        "    plus de bail",
        "  to undo: epn undo",
    ]


@pytest.mark.usefixtures("registry")
def test_nothing_found_has_no_table(terminal: Any) -> None:
    assert terminal.run("list", "--commune", "Lyon").lines == ["0 structures out of 4"]


@pytest.mark.usefixtures("registry")
def test_a_question_folds_too(terminal: Any) -> None:
    screen = terminal.run("close", columns=40, answers=[("cancel)", "\r")])
    assert screen.lines[:2] == ["Which structure? (words from its name,", "    or Enter to cancel)"]


@pytest.mark.usefixtures("registry")
@pytest.mark.needs("pty")
def test_words_fit_the_terminal_where_the_data_goes_into_a_file(tmp_path: Path) -> None:
    script = f"{sys.executable} -m epncli show alternord inconnu > data"
    child = pexpect.spawn(
        "/bin/sh", ["-c", script], dimensions=(24, 40), cwd=str(tmp_path), encoding="utf-8",
        env=dict(os.environ),  # not what GNU readline puts into the process's own: COLUMNS
    )  # fmt: skip
    child.expect(pexpect.EOF)
    lines = child.before.split("\r\n")
    assert lines == [
        "error: no structure has the id ‘inconnu’",
        "  to name several structures, use their",
        "    ids; ‘epn list --fields id,nom’",
        "    lists them",
        "",
    ]


@pytest.mark.parametrize(
    ("failure", "on_windows", "closed"),
    [
        (BrokenPipeError(errno.EPIPE, "x"), False, True),
        (BrokenPipeError(errno.EPIPE, "x"), True, True),
        (OSError(errno.EINVAL, "x"), True, True),
        (OSError(errno.EINVAL, "x"), False, False),
        (OSError(errno.EINVAL, "x", "a:b.csv"), True, False),
        (OSError(errno.ENOSPC, "x"), True, False),
    ],
)
def test_a_pipe_that_nobody_reads_any_more_is_known_on_each_system(
    monkeypatch: pytest.MonkeyPatch, failure: OSError, on_windows: bool, closed: bool
) -> None:
    monkeypatch.setattr(module, "WINDOWS", on_windows)
    assert is_closed_pipe(failure) is closed


@pytest.mark.usefixtures("registry")
def test_on_windows_a_closed_pipe_ends_a_run_quietly(invoke: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed() -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(module, "WINDOWS", True)
    monkeypatch.setattr(module, "discard_output", lambda: None)
    monkeypatch.setattr(module, "flush", closed)
    run = invoke("list")
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize(
    ("term", "console", "dumb"),
    [(None, True, False), (None, False, True), ("dumb", True, True), ("xterm-256color", False, False)],
)
def test_a_console_of_windows_is_dumb_where_it_obeys_no_sequences(
    monkeypatch: pytest.MonkeyPatch, term: str | None, console: bool, dumb: bool
) -> None:
    monkeypatch.setattr(module, "WINDOWS", True)
    monkeypatch.setattr(windows, "enable_escape_sequences", lambda: console)
    monkeypatch.delenv("TERM", raising=False)
    if term:
        monkeypatch.setenv("TERM", term)
    assert is_dumb() is dumb


def test_elsewhere_a_terminal_that_does_not_say_what_it_is_is_dumb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOWS", False)
    monkeypatch.delenv("TERM", raising=False)
    assert is_dumb()
