"""The log of changes: private, short, and read only as far as it can be trusted."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli import limits
from epncli.registry import undo_log
from epncli.registry.undo_log import Beside, Step, UndoLog
from epncli.yamlfile.layout import Splice

STEP = Step(
    "2026-03-05T14:02:11", "close", 0, 1, 0, "Épicerie", ("statut",), "0" * 64, "1" * 64,
    (Splice(0, 0, "é\n"), Splice(3, 9, "")), Beside("/a/b\udcff.last.csv", "\ufeffid\r\n"),
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> UndoLog:
    return UndoLog(tmp_path / "registry.yaml")


def names(log: UndoLog) -> list[str]:
    return sorted(file.name for file in log._folder().iterdir())


def test_what_was_added_comes_back_the_newest_first(log: UndoLog) -> None:
    assert list(log.steps()) == []
    log.add(STEP)
    log.add(replace(STEP, command="add", beside=None, splices=()))
    newest, oldest = log.steps()
    assert oldest == replace(STEP, number=1)
    assert (newest and newest.command, newest and newest.number) == ("add", 2)


@given(
    name=st.text(), splice=st.builds(Splice, st.integers(0, 5), st.integers(5, 9), st.text()),
    content=st.none() | st.text(),
)  # fmt: skip
def test_any_step_is_read_as_it_was_written(name: str, splice: Splice, content: str | None) -> None:
    step = replace(STEP, name=name, splices=(splice,), beside=Beside("/x", content))
    assert undo_log._step_of(undo_log._data_of(step)) == step


def test_only_the_last_twenty_are_kept(log: UndoLog) -> None:
    for _ in range(23):
        log.add(STEP)
    assert [step and step.number for step in log.steps()] == [*range(23, 3, -1)]
    assert names(log) == sorted(f"{number}.json" for number in range(4, 24))


def test_a_step_goes_with_those_after_it(log: UndoLog) -> None:
    for _ in range(4):
        log.add(STEP)
    [_four, three, *_older] = log.steps()
    assert three is not None
    log.drop(three)
    assert names(log) == ["1.json", "2.json"]


@pytest.mark.needs("symlinks")
def test_a_file_and_a_link_to_it_have_one_log_and_another_file_has_its_own(tmp_path: Path) -> None:
    file, link = tmp_path / "registry.yaml", tmp_path / "link.yaml"
    file.touch()
    link.symlink_to(file)
    UndoLog(link).add(STEP)
    assert len(list(UndoLog(file).steps())) == 1
    assert list(UndoLog(tmp_path / "other.yaml").steps()) == []


@pytest.mark.needs("modes")
def test_no_one_else_can_read_it(log: UndoLog) -> None:
    os.umask(0)
    try:
        log.add(STEP)
    finally:
        os.umask(0o022)
    folder = log._folder()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent.parent, folder.parent, folder)]
    assert modes == [0o700] * 3
    assert stat.S_IMODE((folder / "1.json").stat().st_mode) == 0o600


def with_checksum(text: bytes) -> bytes:
    return sha256(text).hexdigest().encode() + b"\n" + text


def with_value(**values: object) -> bytes:
    found = json.loads(undo_log._data_of(STEP).partition(b"\n")[2].decode("utf-8", "surrogatepass"))
    return with_checksum(json.dumps({**found, **values}).encode())


GOOD = undo_log._data_of(STEP)
DAMAGED = {
    "empty": b"",
    "cut short": GOOD[:-10],
    "a byte changed": GOOD.replace(b"close", b"clost"),
    "no JSON": with_checksum(b"{"),
    "no UTF-8": with_checksum(b'"\xff"'),
    "another value": with_checksum(b"[]"),
    "nested too deep": with_checksum(b"[" * 100_000),
    "a number too long": with_checksum(b"1" * 10_000),
    "a field missing": with_checksum(b'{"when": "x"}'),
    "a wrong type": with_value(when=5),
    "splices that are none": with_value(splices=[["a", "b", "c"]]),
    "splices that overlap": with_value(splices=[[5, 9, ""], [4, 9, ""]]),
    "a splice that goes back": with_value(splices=[[5, 4, ""]]),
    "a negative splice": with_value(splices=[[-5, 4, ""]]),
    "a file beside without a path": with_value(beside=[None, "x"]),
}  # fmt: skip


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_read_as_none(log: UndoLog, data: bytes) -> None:
    log.add(STEP)
    (log._folder() / "1.json").write_bytes(data)
    assert list(log.steps()) == [None]


def test_a_value_of_the_right_type_with_its_checksum_is_read(log: UndoLog) -> None:
    log.add(STEP)
    (log._folder() / "1.json").write_bytes(with_value(when="2026-03-06T00:00:00"))
    [step] = log.steps()
    assert step is not None


def test_what_is_too_large_is_neither_read_nor_written(log: UndoLog, monkeypatch: pytest.MonkeyPatch) -> None:
    log.add(STEP)
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    assert list(log.steps()) == [None]
    with pytest.raises(OSError, match="File too large"):
        log.add(STEP)
    assert names(log) == ["1.json"]


@pytest.mark.needs("modes")
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_folder_that_others_may_write_is_not_used(log: UndoLog, which: int) -> None:
    log.add(STEP)
    folder = (log._folder(), *log._folder().parents)[which]
    folder.chmod(0o777)
    try:
        assert list(log.steps()) == []
        with pytest.raises(PermissionError):
            log.add(STEP)
    finally:
        folder.chmod(0o700)


@pytest.mark.needs("modes", "fifo")
def test_a_file_that_is_not_this_users_alone_is_not_read(log: UndoLog, tmp_path: Path) -> None:
    makers: list[Callable[[Path], object]] = [
        lambda path: (path.write_bytes(GOOD), path.chmod(0o666)),
        lambda path: ((tmp_path / "x").write_bytes(GOOD), path.symlink_to(tmp_path / "x")),
        Path.mkdir,
        os.mkfifo,
    ]
    log.add(STEP)
    path = log._folder() / "1.json"
    for make in makers:
        path.unlink()
        make(path)
        assert list(log.steps()) == [None]
        if path.is_dir():
            path.rmdir()
            path.touch()


@pytest.mark.needs("root")
def test_what_belongs_to_another_user_is_not_read(log: UndoLog) -> None:
    log.add(STEP)
    os.chown(log._folder() / "1.json", 65534, 65534)
    assert list(log.steps()) == [None]


def test_what_a_full_disk_cut_short_is_removed(log: UndoLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(undo_log.os, "fsync", full)
    with pytest.raises(OSError, match=r"No space left on device.*1\.json"):
        log.add(STEP)
    assert names(log) == []
