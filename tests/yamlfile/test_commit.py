"""Writing of a change: the file is the complete old one or the complete new one, whatever happens."""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from small_file import NEW, OLD, name_it, names, read, refusal

from epncli import limits
from epncli.errors import ExitCode, Unreadable, Unwritable
from epncli.system import signals
from epncli.yamlfile import replace
from epncli.yamlfile.commit import Plan, commit, create, prepare, write_whole
from epncli.yamlfile.layout import Splice
from epncli.yamlfile.reader import Document

# -- what a change does


def test_a_change_replaces_the_file_and_leaves_only_its_lock(path: Path) -> None:
    done = commit(read(path), name_it("B"))
    assert path.read_text() == NEW
    assert (done.before.text, done.after.text, done.hard_links) == (OLD, NEW, 1)
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


def test_where_nothing_changes_nothing_is_written(path: Path) -> None:
    before = path.stat()
    document = read(path)
    done = commit(document, name_it("A"))
    assert done.before is done.after is document
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_splices_that_change_nothing_together_write_nothing(path: Path) -> None:
    def plan(document: Document) -> Plan:
        name = document.text.index("A  #")
        return Plan([Splice(name, name, "A"), Splice(name, name + 1, "")], document.root)

    before = path.stat()
    done = commit(read(path), plan)
    assert done.before is done.after
    assert path.stat().st_ino == before.st_ino


def test_a_backup_holds_the_bytes_from_before(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + OLD.replace("\n", "\r\n").encode())
    old = path.read_bytes()
    commit(read(path), name_it("B"), backup=True)
    assert (path.parent / "registry.yaml~").read_bytes() == old
    assert path.read_bytes() == old.replace(b"nom: A", b"nom: B")
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml", "registry.yaml~"]


def test_without_a_change_there_is_no_backup(path: Path) -> None:
    commit(read(path), name_it("A"), backup=True)
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


def test_a_change_is_made_in_what_others_wrote_meanwhile(path: Path) -> None:
    stale = read(path)
    path.write_bytes(f"{OLD}- id: b\n".encode())
    done = commit(stale, name_it("B"))
    assert path.read_text() == NEW + "- id: b\n" == done.after.text
    assert done.before.text == OLD + "- id: b\n"


def test_a_file_that_others_broke_meanwhile_is_not_touched(path: Path) -> None:
    stale = read(path)
    path.write_text("structures: [")
    assert refusal(Unreadable, lambda: commit(stale, name_it("B")))[2] == ExitCode.UNREADABLE
    assert path.read_text() == "structures: ["


def test_a_plan_that_does_not_give_what_was_meant_is_not_carried_out(path: Path) -> None:
    def plan(document: Document) -> Plan:
        return Plan(name_it("B")(document).splices, name_it("C")(document).expected)

    expected = (
        "nothing was written: the change cannot be made without changing other parts of the file",
        "change the record in a text editor, then run ‘epn check’",
        ExitCode.UNWRITABLE,
    )
    assert refusal(Unwritable, lambda: commit(read(path), plan)) == expected
    assert path.read_text() == OLD


def test_half_a_character_is_refused(path: Path) -> None:
    document = read(path)
    name = document.text.index("A  #")
    plan = Plan([Splice(name, name + 1, "\ud800")], document.root)
    assert refusal(Unwritable, lambda: prepare(document, plan)) == (
        "the value contains half a character (a lone surrogate), which cannot be written to a file",
        "type the value again",
        ExitCode.UNWRITABLE,
    )


def test_a_file_never_grows_beyond_what_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", len(OLD) + 3)
    commit(read(path), name_it("BBBB"))
    before = path.read_bytes()
    assert refusal(Unwritable, lambda: commit(read(path), name_it("BBBBB"))) == (
        "nothing was written: the file would be larger than 0 MB, and epn could no longer read it",
        "split the registry into two files",
        ExitCode.UNWRITABLE,
    )
    assert path.read_bytes() == before


# -- signals


@pytest.mark.needs("fork")
@pytest.mark.parametrize(
    ("backup", "stride"), [(False, 5), (True, 2), pytest.param(True, 1, marks=pytest.mark.long)]
)
def test_a_signal_at_any_step_leaves_the_old_file_or_the_new_one_and_says_which(
    path: Path, capfd: pytest.CaptureFixture[str], backup: bool, stride: int
) -> None:
    """Every few lines of a commit it is stopped; without a backup there are only fewer of them."""
    step = 0
    codes = {143}
    while codes == {143}:
        path.write_text(OLD)
        path.with_name("registry.yaml~").unlink(missing_ok=True)
        document = read(path)
        step += stride
        codes = {_commit_stopped(document, step, backup=backup)}
        text, err = path.read_text(), capfd.readouterr().err
        assert text in (OLD, NEW)
        if codes == {143}:
            expected = "terminated; the change was written to the file\n" if text == NEW else "terminated\n"
            assert err == expected, step
        left = {".registry.yaml.lock", "registry.yaml", "registry.yaml~"}
        assert set(names(path.parent)) <= left, step
    assert (codes, step > 50, text) == ({0}, True, NEW)


def _commit_stopped(document: Document, step: int, *, backup: bool) -> int:
    """Commit in a child that is sent a signal at the `step`-th line of ours; its exit code."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            with signals.end_the_process():
                _stop_at(step)
                commit(document, name_it("B"), backup=backup)
                sys.settrace(None)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _stop_at(step: int) -> None:
    count = 0

    def trace(frame: Any, event: str, _: Any) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.endswith(("commit.py", "replace.py", "lock.py", "signals.py")):
            return None
        if event == "line" and not signals._state.waiting:
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGTERM)
        return trace

    sys.settrace(trace)


# -- new files and exports


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    create(path, b"un")
    assert refusal(Unwritable, lambda: create(path, b"deux")) == (
        "a file with this name already exists",
        "choose another name",
        ExitCode.UNWRITABLE,
    )
    assert path.read_bytes() == b"un"
    assert names(tmp_path) == ["registry.yaml"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_without_hard_links_holds_new_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", fail)
    path = tmp_path / "registry.yaml"
    create(path, b"un")
    assert refusal(Unwritable, lambda: create(path, b"deux"))[0] == "a file with this name already exists"
    assert path.read_bytes() == b"un"
    assert names(tmp_path) == ["registry.yaml"]


def test_a_new_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(Unwritable, lambda: create(tmp_path / "x" / "y", b""))[0] == "the folder does not exist"


@pytest.mark.needs("modes")
def test_an_export_replaces_an_earlier_one_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "table.md"
    path.write_bytes(b"hier")
    path.chmod(0o640)
    write_whole(path, b"aujourd'hui")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"aujourd'hui", 0o640)
    assert names(tmp_path) == ["table.md"]


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.md"
    path.write_bytes(b"hier")

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    assert refusal(Unwritable, lambda: write_whole(path, b"x"))[0] == "the disk is full"
    assert path.read_bytes() == b"hier"
    assert names(tmp_path) == ["table.md"]


@pytest.mark.needs("symlinks")
def test_an_export_through_a_link_leaves_the_link(tmp_path: Path) -> None:
    (tmp_path / "lien").symlink_to("cible")
    write_whole(tmp_path / "lien", b"x")
    assert str((tmp_path / "lien").readlink()) == "cible"
    assert (tmp_path / "cible").read_bytes() == b"x"


@pytest.mark.needs("fifo")
def test_an_export_goes_into_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    reader = os.open(tmp_path / "fifo", os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(tmp_path / "fifo", b"x")
        assert os.read(reader, 9) == b"x"
    finally:
        os.close(reader)


def test_an_export_onto_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(Unwritable, lambda: write_whole(tmp_path, b"x"))[0] == "this is a folder, not a file"


def test_windows_is_asked_again_while_a_scanner_holds_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = os.replace, []

    def hold(old: Path, new: Path) -> None:
        asked.append(new)
        if len(asked) < 3:
            raise PermissionError(errno.EACCES, "held")
        real(old, new)

    document = read(path)
    monkeypatch.setattr(replace, "exchange", lambda *_files: False)
    monkeypatch.setattr(os, "replace", hold)
    monkeypatch.setattr(replace, "WINDOWS", True)
    monkeypatch.setattr(replace.time, "sleep", lambda _: None)
    commit(document, name_it("B"))
    assert (len(asked), path.read_text()) == (3, NEW)


@pytest.mark.needs("folders before ..")
@pytest.mark.parametrize("there", [True, False])
def test_a_path_through_a_folder_that_is_not_there_leads_to_no_file(tmp_path: Path, there: bool) -> None:
    path = tmp_path / "missing" / ".." / "export.csv"
    if there:
        (tmp_path / "export.csv").write_bytes(b"before")
    assert refusal(Unwritable, lambda: write_whole(path, b"x"))[0] == "the folder does not exist"
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"before"] * there
