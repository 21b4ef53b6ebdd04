"""Signals at any moment: they end the process after its clean-up."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

needs_kill = pytest.mark.needs("signals")


def stopped(code: str, folder: Path, number: int = signal.SIGINT) -> tuple[int, str, str]:
    """Run code that calls `stop()`; the exit code and what was printed. SIGINT is as the command has it."""
    head = f"""\
import os, signal, sys, weakref
from epncli.system import signals
signal.signal(signal.SIGINT, signal.SIG_DFL)
def stop():
    os.kill(os.getpid(), {number})
"""
    done = subprocess.run(
        [sys.executable, "-c", head + code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


@needs_kill
@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated"), (1, 129, "terminated")],
)
def test_a_signal_ends_the_process_and_the_exit_code_tells_which(
    tmp_path: Path, number: int, code: int, word: str
) -> None:
    assert stopped("with signals.end_the_process():\n stop()\n", tmp_path, number) == (code, "", f"{word}\n")


@needs_kill
@pytest.mark.parametrize(
    "where",
    [
        # An exception that is raised in any of these is lost: Python prints it and goes on.
        "class Thing: pass\n thing = Thing()\n kept = weakref.ref(thing, lambda _: stop())\n del thing\n",
        "class Thing:\n  def __del__(self): stop()\n thing = Thing()\n del thing\n",
        "sys.unraisablehook = lambda _: stop()\n class Thing:\n  def __del__(self): 1 / 0\n Thing()\n",
        "try:\n  stop()\n except BaseException:\n  pass\n",
    ],
    ids=["weak reference", "finalizer", "hook", "except"],
)
def test_nothing_that_runs_can_catch_a_signal(tmp_path: Path, where: str) -> None:
    code = f"with signals.end_the_process():\n {where} print('went on')\n"
    assert stopped(code, tmp_path) == (130, "", "interrupted\n")


@needs_kill
def test_what_must_not_stay_is_removed_the_last_first_and_a_fault_of_one_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    code = """
def write(word):
    os.write(1, word.encode())
with signals.end_the_process(), signals.clean_up(lambda: write("one ")):
    with signals.clean_up(lambda: 1 / 0), signals.clean_up(lambda: write("two ")):
        stop()
"""
    assert stopped(code, tmp_path) == (130, "two one ", "interrupted\n")


@needs_kill
def test_a_signal_waits_for_the_end_of_what_is_held_and_tells_of_a_change_that_is_written(
    tmp_path: Path,
) -> None:
    code = """
with signals.end_the_process():
    with signals.held():
        with signals.held():
            stop()
        os.write(1, b"held ")
        signals.note_written()
    os.write(1, b"not reached")
"""
    assert stopped(code, tmp_path) == (130, "held ", "interrupted; the change was written to the file\n")


@needs_kill
def test_a_signal_that_the_caller_ignores_is_ignored(tmp_path: Path) -> None:
    code = """
signal.signal(signal.SIGHUP, signal.SIG_IGN)
with signals.end_the_process():
    stop()
    print("went on")
"""
    assert stopped(code, tmp_path, 1) == (0, "went on\n", "")


@needs_kill
def test_ctrl_c_is_left_to_an_editor_or_a_pager_while_it_runs(tmp_path: Path) -> None:
    code = """
with signals.end_the_process():
    with signals.interrupt_left_to_child():
        stop()
        os.write(1, b"went on ")
    stop()
    os.write(1, b"not reached")
"""
    assert stopped(code, tmp_path) == (130, "went on ", "interrupted\n")


def test_clean_up_happens_without_a_signal_too_and_once_there_is_nothing_left_to_do(tmp_path: Path) -> None:
    code = """
with signals.clean_up(lambda: print("cleaned")):
    print("done")
print(signals._state.clean_ups)
"""
    assert stopped(code, tmp_path) == (0, "done\ncleaned\n[]\n", "")
