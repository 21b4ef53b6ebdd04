"""Processes stopped at any moment: the file is the complete old one or the complete new one."""

from __future__ import annotations

import mmap
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random

import pytest
from children import Child, Ended, leftovers, registry_text, run

pytestmark = pytest.mark.needs("fork")
OLD = registry_text(60).encode()
CHANGE = ("edit", "lieu-30", "--set", "notes=nouveau", "--set", "date_maj=2026-01-31")
STARTED = """\
import os, sys
from epncli.__main__ import main
os.write(1, b"!")
sys.exit(main())
"""
"""What Python itself does before is not ours; it prints a traceback when it is interrupted."""


def prepared(folder: Path) -> tuple[Path, bytes, float]:
    """The registry, its bytes after the change, and how long the change takes."""
    registry = folder / "registry.yaml"
    seconds = []
    for _ in range(5):
        registry.write_bytes(OLD)
        ended = run(folder, *CHANGE)
        assert ended.code == 0, ended.err
        seconds.append(ended.seconds)
    return registry, registry.read_bytes(), statistics.median(seconds)


TOUCHING_FILES = {
    "fcntl.flock", "open", "os.chmod", "os.link", "os.listdir", "os.mkdir", "os.remove", "os.rename",
    "os.scandir", "os.truncate", "os.utime",
}  # fmt: skip
"""Audit events before which a process is stopped."""


def stopped_before_each_step(
    folder: Path, argv: tuple[str, ...], number: signal.Signals, again: Callable[[], object]
) -> Iterator[Ended]:
    """Runs of a command that get the signal just before they do something to a file.

    It comes one step later each time; the last run comes to its end without it. `again` is called before
    each run.
    """
    sent = mmap.mmap(-1, 1)  # which the child shares
    for at in count():
        steps = count()

        def stop(event: str, _arguments: object, at: int = at, steps: Iterator[int] = steps) -> None:
            if event in TOUCHING_FILES and next(steps) == at:
                sent[0] = 1
                os.kill(os.getpid(), number)

        again()
        sent[0] = 0
        yield run(folder, *argv, prepare=lambda hook=stop: sys.addaudithook(hook))  # type: ignore[misc]
        if not sent[0]:
            return


def test_a_change_killed_at_any_step_leaves_the_old_file_or_the_new_one(folder: Path) -> None:
    registry, new, _seconds = prepared(folder)
    seen = []
    for ended in stopped_before_each_step(folder, CHANGE, signal.SIGKILL, lambda: registry.write_bytes(OLD)):
        seen.append(registry.read_bytes())
        assert (ended.code, seen[-1]) in ((-signal.SIGKILL, OLD), (-signal.SIGKILL, new), (0, new))
    written = seen.index(new)
    assert seen == [OLD] * written + [new] * (len(seen) - written)
    assert written > 5
    registry.write_bytes(OLD)
    after = run(folder, *CHANGE)
    assert (after.code, registry.read_bytes()) == (0, new), after.err
    assert "waiting" not in after.err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_change_stopped_at_any_step_cleans_up_behind_itself(
    folder: Path, number: signal.Signals, code: int
) -> None:
    registry, new, _seconds = prepared(folder)
    codes = []
    for ended in stopped_before_each_step(folder, CHANGE, number, lambda: registry.write_bytes(OLD)):
        assert registry.read_bytes() in (OLD, new)
        assert ended.code in (0, code, -number), ended
        assert "Traceback" not in ended.err
        assert leftovers(folder) == []
        codes.append(ended.code)
    assert codes.count(code) > 5


@pytest.mark.long
@pytest.mark.parametrize("times", [5000])
def test_a_killed_change_leaves_the_old_file_or_the_new_one(folder: Path, times: int) -> None:
    registry, new, seconds = prepared(folder)
    random = Random(times)  # noqa: S311  no secret: the same moments every time
    seen = []
    for _ in range(times):
        registry.write_bytes(OLD)
        child = Child(folder, *CHANGE)
        time.sleep(random.uniform(0, seconds * 1.2))
        child.stop(signal.SIGKILL)
        child.wait()
        seen.append(registry.read_bytes())
        assert seen[-1] in (OLD, new)
    assert 0 < seen.count(new) < times  # it was killed before and after
    registry.write_bytes(OLD)
    after = run(folder, *CHANGE)
    assert (after.code, registry.read_bytes()) == (0, new), after.err
    assert "waiting" not in after.err


@pytest.mark.long
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("times", [2000])
def test_a_stopped_change_cleans_up_behind_itself(
    folder: Path, number: signal.Signals, code: int, times: int
) -> None:
    registry, new, seconds = prepared(folder)
    random = Random(times)  # noqa: S311  no secret: the same moments every time
    codes = []
    for _ in range(times):
        registry.write_bytes(OLD)
        child = Child(folder, *CHANGE)
        time.sleep(random.uniform(0, seconds * 1.2))
        child.stop(number)
        ended = child.wait()
        assert registry.read_bytes() in (OLD, new)
        assert ended.code in (0, code, -number), ended
        assert "Traceback" not in ended.err
        assert leftovers(folder) == []
        codes.append(ended.code)
    assert 0 in codes and code in codes


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("times", [5, pytest.param(300, marks=pytest.mark.long)])
def test_a_run_that_is_stopped_as_it_starts_or_ends_prints_no_traceback(
    folder: Path, number: signal.Signals, times: int
) -> None:
    registry = folder / "registry.yaml"
    registry.write_bytes(OLD)
    random = Random(times)  # noqa: S311  no secret: the same moments every time
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", STARTED, *CHANGE],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.read(1) == b"!"
        time.sleep(random.uniform(0, 0.4))
        process.send_signal(number)
        err = process.communicate(timeout=60)[1].decode()
        assert "Traceback" not in err
        assert process.returncode in (0, 128 + number, -number), (process.returncode, err)
        assert leftovers(folder) == []


def test_a_change_killed_at_any_step_is_undone_with_those_before_it(folder: Path) -> None:
    registry, between = with_one_change(folder)

    def again() -> None:
        assert registry.read_bytes() == between

    for ended in stopped_before_each_step(folder, CHANGE, signal.SIGKILL, again):
        assert ended.code in (0, -signal.SIGKILL), ended
        undo_to_the_first_file(folder, registry, between)


def test_an_undoing_killed_at_any_step_can_be_done_again(folder: Path) -> None:
    registry, between = with_one_change(folder)

    def again() -> None:
        assert run(folder, *CHANGE).code == 0
        assert registry.read_bytes() != between

    for ended in stopped_before_each_step(folder, ("undo",), signal.SIGKILL, again):
        assert ended.code in (0, -signal.SIGKILL), ended
        undo_to_the_first_file(folder, registry, between)


def with_one_change(folder: Path) -> tuple[Path, bytes]:
    """The registry after a first change, and its bytes."""
    registry = folder / "registry.yaml"
    registry.write_bytes(OLD)
    assert run(folder, "close", "lieu-2").code == 0
    return registry, registry.read_bytes()


def undo_to_the_first_file(folder: Path, registry: Path, between: bytes) -> None:
    """Undo all that the log has, and make the first change anew."""
    while registry.read_bytes() not in (OLD, between):
        ended = run(folder, "undo")
        assert ended.code == 0, ended.err
    if registry.read_bytes() == between:
        ended = run(folder, "undo")
        assert (ended.code, registry.read_bytes()) == (0, OLD), ended.err
    assert run(folder, "close", "lieu-2").code == 0
    assert registry.read_bytes() == between


@pytest.mark.long
@pytest.mark.parametrize("times", [2000])
def test_after_a_change_or_its_undoing_was_killed_all_is_still_undone(folder: Path, times: int) -> None:
    _registry, _new, seconds = prepared(folder)
    registry, between = with_one_change(folder)
    random = Random(times)  # noqa: S311  no secret: the same moments every time
    seen = set()
    for number in range(times):
        child = Child(folder, *CHANGE)
        time.sleep(random.uniform(0, seconds * 1.2))
        child.stop(signal.SIGKILL)
        child.wait()
        seen.add(registry.read_bytes() != between)
        if number % 2:  # the undoing is killed too, which may leave it undone
            child = Child(folder, "undo")
            time.sleep(random.uniform(0, seconds * 1.2))
            child.stop(signal.SIGKILL)
            child.wait()
        undo_to_the_first_file(folder, registry, between)
    assert seen == {True, False}
