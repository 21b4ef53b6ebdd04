"""Several processes that write one registry: no change is lost, and no lock outlives its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from children import Child, leftovers, registry_text, run

pytestmark = pytest.mark.needs("fork")
WRITERS = 8
Holder = subprocess.Popen[bytes]


def change_many(folder: Path, writer: int, changes: int) -> int:
    """A child that makes so many changes, one after the other; its number."""
    from epncli.cli.main import main

    child = os.fork()
    if child == 0:
        done = 1
        try:
            os.chdir(folder)
            sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
            done = int(
                any(
                    main(["edit", f"lieu-{writer}", "--set", f"courriels+=a{number}@exemple.fr"])
                    for number in range(changes)
                )
            )
        finally:
            os._exit(done)
    return child


@pytest.mark.parametrize("changes", [5, pytest.param(50, marks=pytest.mark.long)])
def test_all_changes_of_eight_processes_at_once_are_in_the_file(
    folder: Path, changes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = folder / "registry.yaml"
    registry.write_text(registry_text(WRITERS), encoding="utf-8")
    monkeypatch.setenv("EPN_LOCK_SECONDS", "600")
    children = [change_many(folder, writer, changes) for writer in range(WRITERS)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0] * WRITERS
    text = registry.read_text(encoding="utf-8")
    records = yaml.load(text, yaml.CBaseLoader)["structures"]  # noqa: S506  text only
    assert [record["courriels"] for record in records] == [
        [f"a{number}@exemple.fr" for number in range(changes)]
    ] * WRITERS
    assert text.startswith("# à la main\n")
    assert leftovers(folder) == []


HOLD = """\
import sys, time
from pathlib import Path
from epncli.yamlfile.commit import locked
with locked(Path("registry.yaml").resolve(), lambda: None):
    print("held", flush=True)
    time.sleep(float(sys.argv[1]))
"""


@pytest.fixture
def holder(folder: Path, request: pytest.FixtureRequest) -> Iterator[Holder]:
    """A process that holds the lock of the registry for as many seconds as the test says."""
    (folder / "registry.yaml").write_text(registry_text(3), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(request.param)], cwd=folder, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("holder", [60], indirect=True)
def test_a_lock_of_a_dead_process_blocks_nobody(folder: Path, holder: Holder) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (folder / ".registry.yaml.lock").exists()
    ended = run(folder, "close", "lieu-1")
    assert (ended.code, "waiting" in ended.err) == (0, False), ended.err


@pytest.mark.parametrize("holder", [60], indirect=True)
def test_a_lock_of_a_living_process_is_waited_for_with_a_word_and_given_up_in_time(
    folder: Path, holder: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert holder.poll() is None
    registry = folder / "registry.yaml"
    before = registry.read_bytes()
    monkeypatch.setenv("EPN_LOCK_SECONDS", "0.5")
    ended = run(folder, "close", "lieu-1")
    assert ended.code == 4
    assert 0.5 < ended.seconds < 10
    waiting, error, hint = ended.err.splitlines()
    assert waiting == "another epn process is writing to the file; waiting…"
    assert error.endswith("registry.yaml: error: another epn process has kept the file locked for 0.5 s")
    assert "EPN_LOCK_SECONDS" in hint
    assert registry.read_bytes() == before


@pytest.mark.parametrize("holder", [1.5], indirect=True)
def test_a_lock_that_is_released_in_time_lets_the_change_through(folder: Path, holder: Holder) -> None:
    ended = run(folder, "close", "lieu-1")
    assert holder.wait() == 0
    assert ended.code == 0
    first, *_others = ended.err.splitlines()
    assert first == "another epn process is writing to the file; waiting…"


@pytest.mark.parametrize("holder", [60], indirect=True)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_waits_can_be_stopped(folder: Path, holder: Holder, number: signal.Signals, code: int) -> None:
    assert holder.poll() is None
    child = Child(folder, "close", "lieu-1")
    while not child.err.exists() or "waiting" not in child.err.read_text(encoding="utf-8"):
        time.sleep(0.02)
    child.stop(number)
    ended = child.wait()
    assert (ended.code, "Traceback" in ended.err) == (code, False)
