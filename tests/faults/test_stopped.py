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
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows, where these tests are skipped, has none
OLD = registry_text(60).encode()
CHANGE = ("edit", "lieu-30", "--set", "notes=nouveau", "--set", "date_maj=2026-01-31")
OTHER_CHANGE = ("close", "lieu-2")
STARTED = """\
import os, sys
from epncli.__main__ import main
os.write(1, b"!")
sys.exit(main())
"""
"""What Python itself does before is not ours; it prints a traceback when it is interrupted."""

TOUCHING_FILES = {
    "fcntl.flock", "open", "os.chmod", "os.link", "os.listdir", "os.mkdir", "os.remove", "os.rename",
    "os.scandir", "os.truncate", "os.utime",
}  # fmt: skip
"""Audit events before which a process is stopped."""


def after(folder: Path, *argv: str) -> tuple[Path, bytes]:
    """The registry, and its bytes after a command."""
    registry = folder / "registry.yaml"
    registry.write_bytes(OLD)
    ended = run(folder, *argv)
    assert ended.code == 0, ended.err
    return registry, registry.read_bytes()


def stop_before(step: int, number: signal.Signals, sent: mmap.mmap) -> Callable[[], None]:
    """What lets a process get the signal just before this step, and say so in shared memory."""
    steps = count()

    def stop(event: str, _arguments: object) -> None:
        if event in TOUCHING_FILES and next(steps) == step:
            sent[0] = 1
            os.kill(os.getpid(), number)

    return lambda: sys.addaudithook(stop)


def stopped_before_each_step(
    folder: Path,
    argv: tuple[str, ...],
    number: signal.Signals,
    again: Callable[[], object] = lambda: None,
) -> Iterator[Ended]:
    """Runs of a command that get the signal just before they do something to a file.

    It comes one step later each time; the last run comes to its end without it. `again` is called before
    each run.
    """
    sent = mmap.mmap(-1, 1)
    for step in count():
        again()
        sent[0] = 0
        yield run(folder, *argv, prepare=stop_before(step, number, sent))
        if not sent[0]:
            return


class Moments:
    """Random moments at which runs are stopped, some of them after the end. They are the same every time."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = Random(seed)  # noqa: S311  no secret
        self.seconds = statistics.median(self._duration() for _ in range(5))

    def _duration(self) -> float:
        (self.folder / "registry.yaml").write_bytes(OLD)
        ended = run(self.folder, *CHANGE)
        assert ended.code == 0, ended.err
        return ended.seconds

    def stop(self, *argv: str, number: signal.Signals = KILL) -> Ended:
        """Run the command, and send it the signal."""
        child = Child(self.folder, *argv)
        time.sleep(self.random.uniform(0, self.seconds * 1.2))
        child.stop(number)
        return child.wait()


def assert_that_it_is_changed_as_before(folder: Path, new: bytes) -> None:
    """No lock and no file of a run that was killed is in the way."""
    registry = folder / "registry.yaml"
    registry.write_bytes(OLD)
    ended = run(folder, *CHANGE)
    assert (ended.code, registry.read_bytes()) == (0, new), ended.err
    assert "waiting" not in ended.err


def assert_clean(folder: Path, ended: Ended, new: bytes, codes: tuple[int, ...]) -> None:
    """A run that was stopped, or not, has left the old file or the new one, and nothing else."""
    assert (folder / "registry.yaml").read_bytes() in (OLD, new)
    assert ended.code in codes, ended
    assert "Traceback" not in ended.err
    assert leftovers(folder) == []


def test_a_change_killed_at_any_step_leaves_the_old_file_or_the_new_one(folder: Path) -> None:
    registry, new = after(folder, *CHANGE)
    seen = []
    for ended in stopped_before_each_step(folder, CHANGE, KILL, lambda: registry.write_bytes(OLD)):
        seen.append(registry.read_bytes())
        assert (ended.code, seen[-1]) in ((-KILL, OLD), (-KILL, new), (0, new))
    written = seen.index(new)
    assert seen == [OLD] * written + [new] * (len(seen) - written)
    assert written > 5
    assert_that_it_is_changed_as_before(folder, new)


@pytest.mark.long
def test_a_change_killed_at_any_moment_leaves_the_old_file_or_the_new_one(folder: Path) -> None:
    registry, new = after(folder, *CHANGE)
    moments = Moments(folder, 5000)
    seen = []
    for _ in range(5000):
        registry.write_bytes(OLD)
        moments.stop(*CHANGE)
        seen.append(registry.read_bytes())
        assert seen[-1] in (OLD, new)
    assert 0 < seen.count(new) < len(seen)  # it was killed before and after
    assert_that_it_is_changed_as_before(folder, new)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_change_stopped_at_any_step_cleans_up_behind_itself(
    folder: Path, number: signal.Signals, code: int
) -> None:
    registry, new = after(folder, *CHANGE)
    codes = []
    for ended in stopped_before_each_step(folder, CHANGE, number, lambda: registry.write_bytes(OLD)):
        assert_clean(folder, ended, new, (0, code, -number))
        codes.append(ended.code)
    assert codes.count(code) > 5


@pytest.mark.long
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_change_stopped_at_any_moment_cleans_up_behind_itself(
    folder: Path, number: signal.Signals, code: int
) -> None:
    registry, new = after(folder, *CHANGE)
    moments = Moments(folder, 2000)
    codes = []
    for _ in range(2000):
        registry.write_bytes(OLD)
        ended = moments.stop(*CHANGE, number=number)
        assert_clean(folder, ended, new, (0, code, -number))
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
    registry, between = after(folder, *OTHER_CHANGE)
    for ended in stopped_before_each_step(folder, CHANGE, KILL):
        assert ended.code in (0, -KILL), ended
        undo_to_the_first_file(folder, registry, between)


def test_an_undoing_killed_at_any_step_can_be_done_again(folder: Path) -> None:
    registry, between = after(folder, *OTHER_CHANGE)

    def again() -> None:
        assert run(folder, *CHANGE).code == 0
        assert registry.read_bytes() != between

    for ended in stopped_before_each_step(folder, ("undo",), KILL, again):
        assert ended.code in (0, -KILL), ended
        undo_to_the_first_file(folder, registry, between)


@pytest.mark.long
def test_after_a_change_or_its_undoing_was_killed_at_any_moment_all_is_still_undone(folder: Path) -> None:
    moments = Moments(folder, 2000)
    registry, between = after(folder, *OTHER_CHANGE)
    seen = set()
    for number in range(2000):
        moments.stop(*CHANGE)
        seen.add(registry.read_bytes() != between)
        if number % 2:  # the undoing is killed too, which may leave it undone
            moments.stop("undo")
        undo_to_the_first_file(folder, registry, between)
    assert seen == {True, False}


def undo_to_the_first_file(folder: Path, registry: Path, between: bytes) -> None:
    """Undo all that the log has, and make the first change anew."""
    while registry.read_bytes() not in (OLD, between):
        ended = run(folder, "undo")
        assert ended.code == 0, ended.err
    if registry.read_bytes() == between:
        ended = run(folder, "undo")
        assert (ended.code, registry.read_bytes()) == (0, OLD), ended.err
    assert run(folder, *OTHER_CHANGE).code == 0
    assert registry.read_bytes() == between
