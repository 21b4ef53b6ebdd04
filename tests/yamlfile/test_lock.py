"""The lock of a file: one change at a time."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest
from small_file import NEW, OLD, ROOT, add_one, as_nobody, name_it, read, refusal

from epncli.errors import ExitCode, Unwritable
from epncli.yamlfile.commit import commit

HOLD = """
import filelock, sys
lock = filelock.FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    lock = path.with_name(".registry.yaml.lock")
    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
def test_a_lock_held_by_another_is_waited_for_and_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EPN_LOCK_SECONDS", "0.2")
    waits: list[str] = []
    document = read(path)
    found = refusal(Unwritable, lambda: commit(document, name_it("B"), on_wait=lambda: waits.append("wait")))
    assert found == (
        "another epn process has kept the file locked for 0.2 s",
        "try again when it has finished, or set EPN_LOCK_SECONDS to wait longer",
        ExitCode.UNWRITABLE,
    )
    assert (waits, path.read_text()) == (["wait"], OLD)


@pytest.mark.usefixtures("holder")
def test_a_lock_that_may_be_waited_for_0_seconds_is_given_up_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EPN_LOCK_SECONDS", "0")
    document = read(path)
    monkeypatch.setattr(time, "monotonic", lambda: 1.0)  # as on a clock too coarse to have moved
    monkeypatch.setattr(time, "sleep", lambda _seconds: pytest.fail("it waits"))
    assert refusal(Unwritable, lambda: commit(document, name_it("B"))) == (
        "another epn process has kept the file locked for 0 s",
        "try again when it has finished, or set EPN_LOCK_SECONDS to wait longer",
        ExitCode.UNWRITABLE,
    )
    assert path.read_text() == OLD


def test_the_lock_of_a_dead_process_does_not_block(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    commit(read(path), name_it("B"), on_wait=pytest.fail)
    assert path.read_text() == NEW


@pytest.mark.parametrize("seconds", ["", "bientôt", "-1", "nan"])
def test_a_wait_that_is_no_number_of_seconds_does_not_harm(
    path: Path, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    monkeypatch.setenv("EPN_LOCK_SECONDS", seconds)
    commit(read(path), name_it("B"))
    assert path.read_text() == NEW


def _add_many(path: str, name: str, count: int) -> None:
    for number in range(count):
        commit(read(Path(path)), add_one(f"{name}-{number}"))


def test_changes_at_the_same_time_all_arrive(path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from test_lock import _add_many; _add_many(*sys.argv[2:4], 10)"
    )
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(Path(__file__).parent), str(path), name],
            env={**os.environ, "PYTHONPATH": ROOT},
        )
        for name in "bcde"
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0, 0]
    found = [record["id"] for record in read(path).root["structures"]]  # type: ignore[index,call-overload]
    assert sorted(found) == sorted(["a", *(f"{name}-{number}" for name in "bcde" for number in range(10))])


# -- who may use it


@pytest.mark.needs("modes")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_whoever_may_write_to_the_file_may_lock_it_whatever_the_umask(path: Path, umask: int) -> None:
    path.chmod(0o660)
    before = os.umask(umask)
    try:
        commit(read(path), name_it("B"))
    finally:
        os.umask(before)
    lock_file = path.with_name(".registry.yaml.lock").stat()
    assert (stat.S_IMODE(lock_file.st_mode), lock_file.st_gid) == (0o660, path.stat().st_gid)


@pytest.mark.needs("root")
def test_the_lock_file_has_the_group_of_the_file(path: Path) -> None:
    os.chown(path, -1, 65534)
    commit(read(path), name_it("B"))
    assert path.with_name(".registry.yaml.lock").stat().st_gid == 65534


@pytest.mark.needs("root")
@pytest.mark.parametrize(
    ("mode", "answer"),
    [(0o600, "the lock file cannot be opened: it belongs to another user"), (0o644, "written")],
)
def test_a_lock_file_of_another_user_is_named_and_one_that_can_be_read_is_enough(
    public: Path, path: Path, mode: int, answer: str
) -> None:
    lock_file = public / ".registry.yaml.lock"
    lock_file.touch()
    lock_file.chmod(mode)
    assert as_nobody(public / "registry.yaml", path) == answer
    assert (public / "registry.yaml").read_text() == (NEW if answer == "written" else OLD)


def test_the_name_of_a_lock_file_that_cannot_be_opened_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_file = path.with_name(".registry.yaml.lock")
    lock_file.touch()
    real = os.open

    def deny(file: Path, flags: int, mode: int = 0o777) -> int:
        if file == lock_file and not flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(file, flags, mode)

    document = read(path)
    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(Unwritable) as caught:
        commit(document, name_it("B"))
    assert caught.value.path == str(lock_file)
    assert caught.value.hint == ("ask that user to delete it, or delete it yourself while epn is not running")


# -- disks that cannot lock


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_that_cannot_lock_is_said_and_can_be_done_without(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(_handle: int, **_options: bool) -> bool:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(filelock, "lock_descriptor", fail)
    assert refusal(Unwritable, lambda: commit(read(path), name_it("B"))) == (
        "the disk does not support file locks, so simultaneous changes could be lost",
        "if nobody else is writing to the file, set EPN_LOCK=off to continue without a lock",
        ExitCode.UNWRITABLE,
    )
    assert path.read_text() == OLD
    monkeypatch.setenv("EPN_LOCK", "off")
    commit(read(path), name_it("B"))
    assert path.read_text() == NEW
