"""Processes stopped at any moment: the file is the complete old one or the complete new one."""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from children import Child, leftovers, registry_text, run

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


@pytest.mark.parametrize("times", [40, pytest.param(5000, marks=pytest.mark.long)])
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


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("times", [30, pytest.param(2000, marks=pytest.mark.long)])
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


@pytest.mark.parametrize("times", [16, pytest.param(2000, marks=pytest.mark.long)])
def test_after_a_change_or_its_undoing_was_killed_all_is_still_undone(folder: Path, times: int) -> None:
    registry, _new, seconds = prepared(folder)
    registry.write_bytes(OLD)
    assert run(folder, "close", "lieu-2").code == 0
    between = registry.read_bytes()
    random = Random(times)  # noqa: S311  no secret: the same moments every time
    seen = set()
    for count in range(times):
        child = Child(folder, *CHANGE)
        time.sleep(random.uniform(0, seconds * 1.2))
        child.stop(signal.SIGKILL)
        child.wait()
        written = registry.read_bytes() != between
        if count % 2:  # the undoing is killed too, which may leave it undone
            child = Child(folder, "undo")
            time.sleep(random.uniform(0, seconds * 1.2))
            child.stop(signal.SIGKILL)
            child.wait()
        while registry.read_bytes() not in (OLD, between):
            ended = run(folder, "undo")
            assert ended.code == 0, ended.err
        seen.add((written, registry.read_bytes() == OLD))
        if registry.read_bytes() == between:
            ended = run(folder, "undo")
            assert (ended.code, registry.read_bytes()) == (0, OLD), ended.err
        assert run(folder, "close", "lieu-2").code == 0
        assert registry.read_bytes() == between
    assert {written for written, _old in seen} == {True, False}
