"""A change on disk: the file is the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from epncli import limits
from epncli.errors import EpnError, ExitCode, Unreadable, Unwritable
from epncli.yamlfile import replace
from epncli.yamlfile.commit import Plan, commit, create, prepare, write_whole
from epncli.yamlfile.edit import append_items, change_item
from epncli.yamlfile.layout import Splice
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import read_source

OLD = "# Registre\nstructures:\n- id: a\n  nom: A  # vu\n"
NEW = "# Registre\nstructures:\n- id: a\n  nom: B  # vu\n"
ROOT = str(Path(replace.__file__).parents[2])
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "registry.yaml"
    path.write_text(OLD)
    return path


def read(path: Path) -> Document:
    return read_document(read_source(path))


def name_it(value: str) -> Callable[[Document], Plan]:
    def plan(document: Document) -> Plan:
        first, *others = document.root["structures"]
        meant = {**document.root, "structures": [{**first, "nom": value}, *others]}  # type: ignore[dict-item]
        return Plan(change_item(document, "structures", 0, {"nom": value}, ()), meant)

    return plan


def add_one(name: str) -> Callable[[Document], Plan]:
    def plan(document: Document) -> Plan:
        meant = {**document.root, "structures": [*document.root["structures"], {"id": name}]}
        return Plan(append_items(document, "structures", [{"id": name}]), meant)

    return plan


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def refusal(error: type[EpnError], action: Callable[[], Any]) -> tuple[str, str, ExitCode]:
    with pytest.raises(error) as caught:
        action()
    return caught.value.message, caught.value.hint, caught.value.exit_code


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
    path.write_text(OLD + "- id: b\n")
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
        return Plan(name_it("B")(document).splices, name_it("C")(document).meant)

    expected = (
        "the change cannot be made in this file without touching something else; nothing was written",
        "change the record in a text editor; ‘epn check’ then reads it again",
        ExitCode.UNWRITABLE,
    )
    assert refusal(Unwritable, lambda: commit(read(path), plan)) == expected
    assert path.read_text() == OLD


def test_half_a_character_is_refused(path: Path) -> None:
    document = read(path)
    name = document.text.index("A  #")
    plan = Plan([Splice(name, name + 1, "\ud800")], document.root)
    assert refusal(Unwritable, lambda: prepare(document, plan)) == (
        "the value holds half a character (a lone surrogate), which no file can hold",
        "type the value again",
        ExitCode.UNWRITABLE,
    )


def test_a_file_never_grows_beyond_what_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", len(OLD) + 3)
    commit(read(path), name_it("BBBB"))
    before = path.read_bytes()
    assert refusal(Unwritable, lambda: commit(read(path), name_it("BBBBB"))) == (
        "the file would be larger than 0 MB, too large for epn to read; nothing was written",
        "split the registry into two files",
        ExitCode.UNWRITABLE,
    )
    assert path.read_bytes() == before


# -- links, modes, owners


@posix
def test_a_link_stays_a_link_and_its_file_changes(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    link = folder / "lien.yaml"
    link.symlink_to("../registry.yaml")
    commit(read(link), name_it("B"), backup=True)
    assert str(link.readlink()) == "../registry.yaml"
    assert path.read_text() == NEW
    assert names(folder) == ["lien.yaml"]
    assert "registry.yaml~" in names(tmp_path)


@posix
def test_the_other_name_of_a_file_keeps_the_old_text_and_is_counted(path: Path) -> None:
    os.link(path, path.parent / "autre.yaml")
    assert commit(read(path), name_it("B")).hard_links == 2
    assert (path.parent / "autre.yaml").read_text() == OLD
    assert path.read_text() == NEW


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o666])
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_mode_of_a_file_stays_whatever_the_umask(path: Path, mode: int, umask: int) -> None:
    path.chmod(mode)
    before = os.umask(umask)
    try:
        commit(read(path), name_it("B"), backup=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert stat.S_IMODE(path.with_name("registry.yaml~").stat().st_mode) == mode
    assert stat.S_IMODE(path.with_name(".registry.yaml.lock").stat().st_mode) == 0o666 & ~umask


@posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
@pytest.mark.parametrize("make", [create, write_whole])
def test_a_new_file_has_the_mode_that_the_umask_leaves(
    tmp_path: Path, make: Callable[[Path, bytes], None], umask: int, mode: int
) -> None:
    before = os.umask(umask)
    try:
        make(tmp_path / "neuf.yaml", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "neuf.yaml").stat().st_mode) == mode
    assert names(tmp_path) == ["neuf.yaml"]


@posix
def test_a_private_file_is_private_while_it_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.chmod(0o600)
    modes = []
    monkeypatch.setattr(os, "fchmod", lambda handle, _: modes.append(stat.S_IMODE(os.fstat(handle).st_mode)))
    commit(read(path), name_it("B"))
    assert modes[-1] == 0o600


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_of_a_file_stays(path: Path) -> None:
    os.chown(path, 65534, 65534)
    commit(read(path), name_it("B"))
    about = path.stat()
    assert (about.st_uid, about.st_gid, path.read_text()) == (65534, 65534, NEW)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")
def test_a_folder_that_sets_the_group_does_not_change_that_of_the_file(path: Path) -> None:
    os.chown(path.parent, 0, 65534)
    path.parent.chmod(0o2775)
    os.chown(path, 0, 0)
    commit(read(path), name_it("B"))
    assert (path.stat().st_gid, path.read_text()) == (0, NEW)


@posix
def test_a_file_of_someone_else_is_not_taken_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    real = os.fstat

    def stranger(handle: int) -> os.stat_result:
        about = list(real(handle))
        about[stat.ST_UID] += 1
        return os.stat_result(about)

    document = read(path)
    monkeypatch.setattr(os, "fchown", deny)
    monkeypatch.setattr(replace.os, "fstat", stranger)
    assert refusal(Unwritable, lambda: commit(document, name_it("B"))) == (
        "the file belongs to someone else, and would become yours by being replaced",
        "ask its owner to make the change, or copy the file and work on the copy",
        ExitCode.UNWRITABLE,
    )
    assert path.read_text() == OLD
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


AS_NOBODY = """
import os, sys
import filelock, yaml
from pathlib import Path
from epncli.errors import EpnError
from epncli.yamlfile.commit import Plan, commit
from epncli.yamlfile.edit import change_item
from epncli.yamlfile.reader import read_document
from epncli.yamlfile.source import read_source
def plan(document):
    return Plan(
        change_item(document, "structures", 0, {"nom": "B"}, ()),
        {"structures": [{**document.root["structures"][0], "nom": "B"}]},
    )
if os.geteuid() == 0:  # root passes every door; what is to be imported was, for its own folder is private
    commit(read_document(read_source(Path(sys.argv[2]))), plan)
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    commit(read_document(read_source(Path(sys.argv[1]))), plan)
except EpnError as error:
    print(error.message)
else:
    print("written")
"""


def as_nobody(path: Path, warm_up: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path), str(warm_up)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": ROOT},
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anyone may enter, which pytest's own are not, with a file that is nobody's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "registry.yaml").write_text(OLD)
        if os.geteuid() == 0:
            os.chown(folder / "registry.yaml", 65534, 65534)
        yield folder
        folder.chmod(0o777)


@posix
def test_one_who_may_write_in_the_folder_may_change_the_file(public: Path, path: Path) -> None:
    assert as_nobody(public / "registry.yaml", path) == "written"
    assert (public / "registry.yaml").read_text() == NEW


@posix
def test_a_read_only_file_stays_as_it_is(public: Path, path: Path) -> None:
    (public / "registry.yaml").chmod(0o444)
    assert as_nobody(public / "registry.yaml", path) == "the file is read-only"
    assert (public / "registry.yaml").read_text() == OLD


@posix
def test_a_read_only_folder_is_told_apart(public: Path, path: Path) -> None:
    public.chmod(0o555)
    assert as_nobody(public / "registry.yaml", path) == "the folder of the file cannot be written to"
    assert names(public) == ["registry.yaml"]


@posix
def test_a_file_that_cannot_be_read_is_told_apart(public: Path, path: Path) -> None:
    (public / "registry.yaml").chmod(0)
    assert as_nobody(public / "registry.yaml", path) == "the file cannot be read: Permission denied"


# -- faults of the system


FAULTS = {
    errno.ENOSPC: ("the disk is full", "make room, then try again"),
    errno.EDQUOT: ("your share of the disk is used up", "make room, then try again"),
    errno.EFBIG: ("the file may not grow any further here", "raise the limit (ulimit -f)"),
    errno.EROFS: ("the disk is read-only", "copy the file to a place where you may write"),
    errno.EACCES: (
        "the folder of the file cannot be written to",
        "epn writes a new file beside the old one: check the permissions of the folder",
    ),
    errno.EPERM: (
        "the folder of the file cannot be written to",
        "epn writes a new file beside the old one: check the permissions of the folder",
    ),
    errno.EBUSY: (
        "the file is mounted by itself and cannot be replaced",
        "mount the folder that holds it instead",
    ),
    errno.ENOENT: ("the file or its folder is gone", "check the path; nothing was written"),
    errno.EIO: ("the file cannot be written: Input/output error", "nothing was written; try again"),
}


@pytest.mark.parametrize("number", FAULTS)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_fault_of_the_system_is_said_and_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, call: str
) -> None:
    document = read(path)
    real = getattr(os, call)

    def fail(*args: Any, **options: Any) -> Any:
        if call != "open" or str(args[0]).endswith(".tmp"):
            raise OSError(number, os.strerror(number))
        return real(*args, **options)

    monkeypatch.setattr(os, call, fail)
    assert refusal(Unwritable, lambda: commit(document, name_it("B"))) == (
        *FAULTS[number],
        ExitCode.UNWRITABLE,
    )
    monkeypatch.undo()
    assert path.read_text() == OLD
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


@posix
def test_a_limit_on_the_size_of_files_leaves_the_old_one(path: Path) -> None:
    code = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[1])
        from test_commit import commit, name_it, read
        from epncli.errors import Unwritable
        document = read(Path(sys.argv[2]))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
        try:
            commit(document, name_it("B"))
        except Unwritable as error:
            print(error.message)
    """)
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(path)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": ROOT},
    )  # fmt: skip
    assert done.stdout == "the file may not grow any further here\n"
    assert path.read_text() == OLD
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


@posix
def test_a_full_device_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    assert refusal(Unwritable, lambda: write_whole(Path("/dev/full"), b"x"))[0] == "the disk is full"


def test_a_folder_that_went_away_is_said(path: Path) -> None:
    document = read(path)
    path.unlink()
    assert refusal(Unwritable, lambda: commit(document, name_it("B"))) == (
        *FAULTS[errno.ENOENT],
        ExitCode.UNWRITABLE,
    )


@pytest.mark.parametrize("how", ["replaces", "appends", "removes"])
def test_an_editor_that_saves_at_the_last_moment_is_noticed(
    path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    real = os.fsync
    document = read(path)

    def save(handle: int) -> None:
        real(handle)
        if how == "removes":
            path.unlink()
        elif how == "appends":
            path.write_text(OLD + "# à moi\n")
        else:
            (path.parent / "x").write_text(OLD)
            (path.parent / "x").replace(path)

    monkeypatch.setattr(os, "fsync", save)
    message, hint, _ = refusal(Unwritable, lambda: commit(document, name_it("B")))
    if how == "removes":
        assert (message, hint) == FAULTS[errno.ENOENT]
        assert names(path.parent) == [".registry.yaml.lock"]
    else:
        assert message == "the file was changed by another program just now; nothing was written"
        assert hint == "save and close it in your editor, then try again"
        assert path.read_text() == (OLD + "# à moi\n" if how == "appends" else OLD)
        assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("backup", [False, True])
def test_an_interruption_at_any_step_leaves_the_old_file_or_the_new_one(path: Path, backup: bool) -> None:
    """Every line of a commit in turn is interrupted, as Ctrl-C would."""
    step = ends = 0
    while not ends:
        path.write_text(OLD)
        path.with_name("registry.yaml~").unlink(missing_ok=True)
        document = read(path)
        step += 1
        ends = _commit_interrupted(document, step, backup=backup)
        assert path.read_text() in (OLD, NEW)
        if path.read_text() == OLD:
            assert not ends
        left = {".registry.yaml.lock", "registry.yaml", "registry.yaml~"}
        assert set(names(path.parent)) <= left
    assert step > 50
    assert path.read_text() == NEW


def _commit_interrupted(document: Document, step: int, *, backup: bool) -> bool:
    """Commit with a KeyboardInterrupt at the `step`-th line of ours; True when it ended before that."""
    count = 0

    def trace(frame: Any, event: str, _: Any) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.endswith(("yamlfile/commit.py", "yamlfile/replace.py")):
            return None
        if event == "line":
            count += 1
            if count == step:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        commit(document, name_it("B"), backup=backup)
    except KeyboardInterrupt:
        return False
    finally:
        sys.settrace(before)
    return True


# -- the lock


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


@posix
@pytest.mark.usefixtures("holder")
def test_a_lock_held_by_another_is_waited_for_and_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EPN_LOCK_SECONDS", "0.2")
    waits: list[str] = []
    document = read(path)
    found = refusal(Unwritable, lambda: commit(document, name_it("B"), on_wait=lambda: waits.append("wait")))
    assert found == (
        "another epn has kept the file for 0.2 seconds",
        "try again when it is done, or set EPN_LOCK_SECONDS to wait longer",
        ExitCode.UNWRITABLE,
    )
    assert (waits, path.read_text()) == (["wait"], OLD)


@posix
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


@posix
def test_changes_at_the_same_time_all_arrive(path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from test_commit import _add_many; _add_many(*sys.argv[2:4], 10)"
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


# -- new files and exports


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    create(path, b"un")
    assert refusal(Unwritable, lambda: create(path, b"deux")) == (
        "there is a file already",
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
    assert refusal(Unwritable, lambda: create(path, b"deux"))[0] == "there is a file already"
    assert path.read_bytes() == b"un"
    assert names(tmp_path) == ["registry.yaml"]


def test_a_new_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(Unwritable, lambda: create(tmp_path / "x" / "y", b""))[0] == "the folder does not exist"


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


@posix
def test_an_export_through_a_link_leaves_the_link(tmp_path: Path) -> None:
    (tmp_path / "lien").symlink_to("cible")
    write_whole(tmp_path / "lien", b"x")
    assert str((tmp_path / "lien").readlink()) == "cible"
    assert (tmp_path / "cible").read_bytes() == b"x"


@posix
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
    monkeypatch.setattr(os, "replace", hold)
    monkeypatch.setattr(replace, "WINDOWS", True)
    monkeypatch.setattr(replace.time, "sleep", lambda _: None)
    commit(document, name_it("B"))
    assert (len(asked), path.read_text()) == (3, NEW)
