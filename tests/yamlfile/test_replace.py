"""Atomic replacement of a file: its mode and owner are kept, and errors of the system are reported."""

from __future__ import annotations

import errno
import os
import stat
import struct
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_file import NEW, OLD, ROOT, as_nobody, name_it, names, read, refusal

from epncli.errors import ExitCode, Unwritable
from epncli.yamlfile import replace
from epncli.yamlfile.commit import commit, create, write_whole

# -- links, modes, owners


@pytest.mark.needs("symlinks")
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


def test_the_other_name_of_a_file_keeps_the_old_text_and_is_counted(path: Path) -> None:
    os.link(path, path.parent / "autre.yaml")
    assert commit(read(path), name_it("B")).hard_links == 2
    assert (path.parent / "autre.yaml").read_text() == OLD
    assert path.read_text() == NEW


@pytest.mark.needs("modes")
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
    assert stat.S_IMODE(path.with_name(".registry.yaml.lock").stat().st_mode) == mode


@pytest.mark.needs("modes")
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


@pytest.mark.needs("modes")
def test_a_private_file_is_private_while_it_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.chmod(0o600)
    modes = []
    monkeypatch.setattr(os, "fchmod", lambda handle, _: modes.append(stat.S_IMODE(os.fstat(handle).st_mode)))
    commit(read(path), name_it("B"))
    assert modes[-1] == 0o600


@pytest.mark.needs("root")
def test_the_owner_of_a_file_stays(path: Path) -> None:
    os.chown(path, 65534, 65534)
    commit(read(path), name_it("B"))
    about = path.stat()
    assert (about.st_uid, about.st_gid, path.read_text()) == (65534, 65534, NEW)


@pytest.mark.needs("root")
def test_a_folder_that_sets_the_group_does_not_change_that_of_the_file(path: Path) -> None:
    os.chown(path.parent, 0, 65534)
    path.parent.chmod(0o2775)
    os.chown(path, 0, 0)
    commit(read(path), name_it("B"))
    assert (path.stat().st_gid, path.read_text()) == (0, NEW)


@pytest.mark.needs("modes")
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
        "the file belongs to another user, and replacing it would make you its owner",
        "ask its owner to make the change, or copy the file and work on the copy",
        ExitCode.UNWRITABLE,
    )
    assert path.read_text() == OLD
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


@pytest.mark.needs("modes")
def test_one_who_may_write_in_the_folder_may_change_the_file(public: Path, path: Path) -> None:
    assert as_nobody(public / "registry.yaml", path) == "written"
    assert (public / "registry.yaml").read_text() == NEW


@pytest.mark.needs("modes")
def test_a_read_only_file_stays_as_it_is(public: Path, path: Path) -> None:
    (public / "registry.yaml").chmod(0o444)
    assert as_nobody(public / "registry.yaml", path) == "the file is read-only"
    assert (public / "registry.yaml").read_text() == OLD


@pytest.mark.needs("modes")
def test_a_read_only_folder_is_told_apart(public: Path, path: Path) -> None:
    public.chmod(0o555)
    assert as_nobody(public / "registry.yaml", path) == "the folder of the file is not writable"
    assert names(public) == ["registry.yaml"]


@pytest.mark.needs("modes")
def test_a_file_that_cannot_be_read_is_told_apart(public: Path, path: Path) -> None:
    (public / "registry.yaml").chmod(0)
    assert as_nobody(public / "registry.yaml", path) == "the file cannot be read: Permission denied"


# -- extended attributes


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """An access control list as Linux keeps it (linux/posix_acl_xattr.h): tag, rights and id of each."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


OWNER, USER, GROUP, MASK, OTHER, NOBODY = 0x01, 0x02, 0x04, 0x10, 0x20, 0xFFFFFFFF
ONE_USER_MAY_WRITE = access_list(
    (OWNER, 6, NOBODY), (USER, 6, 65534), (GROUP, 4, NOBODY), (MASK, 6, NOBODY), (OTHER, 0, NOBODY)
)
ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"


@pytest.fixture
def attributes(path: Path) -> None:
    """The tests that need a disk with extended attributes."""
    if not hasattr(os, "setxattr"):
        pytest.skip("only Linux has these attributes in Python")
    try:
        os.setxattr(path, "user.essai", b"")
        os.removexattr(path, "user.essai")
    except OSError as failure:
        pytest.skip(f"the disk of the tests has no extended attributes: {failure}")


@pytest.mark.usefixtures("attributes")
def test_the_attributes_of_a_file_stay(path: Path) -> None:
    os.setxattr(path, "user.origine", "mairie du 12ᵉ".encode())
    commit(read(path), name_it("B"), backup=True)
    for file in (path, path.with_name("registry.yaml~")):
        assert {name: os.getxattr(file, name) for name in os.listxattr(file)} == {
            "user.origine": "mairie du 12ᵉ".encode()
        }
    assert path.read_text() == NEW


@pytest.mark.usefixtures("attributes")
def test_the_access_list_of_a_file_stays_and_nobody_gains_a_right(path: Path) -> None:
    path.chmod(0o640)
    os.setxattr(path, ACCESS, ONE_USER_MAY_WRITE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660  # the mask stands where the group's rights were
    commit(read(path), name_it("B"))
    assert os.getxattr(path, ACCESS) == ONE_USER_MAY_WRITE
    assert path.read_text() == NEW


@pytest.mark.usefixtures("attributes")
def test_the_access_list_that_a_folder_gives_to_new_files_is_not_given_to_a_file_without(path: Path) -> None:
    path.chmod(0o600)
    os.setxattr(path.parent, DEFAULT, ONE_USER_MAY_WRITE)
    commit(read(path), name_it("B"))
    assert (os.listxattr(path), stat.S_IMODE(path.stat().st_mode)) == ([], 0o600)


@pytest.mark.usefixtures("attributes")
@pytest.mark.parametrize(("name", "kept"), [("user.origine", False), ("security.selinux", True)])
def test_an_attribute_that_cannot_be_kept_stops_the_change_unless_the_system_sets_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kept: bool
) -> None:
    document = read(path)

    def deny(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "listxattr", lambda file: [name] if file == path else [])
    monkeypatch.setattr(os, "getxattr", lambda _file, _name: b"x")
    monkeypatch.setattr(os, "setxattr", deny)
    if kept:
        commit(document, name_it("B"))
        assert path.read_text() == NEW
    else:
        assert refusal(Unwritable, lambda: commit(document, name_it("B"))) == (
            "the file has an attribute that cannot be copied to the new file: user.origine",
            "change the file in a text editor, or remove the attribute with setfattr or setfacl",
            ExitCode.UNWRITABLE,
        )
        assert path.read_text() == OLD


# -- faults of the system


FAULTS = {
    errno.ENOSPC: ("the disk is full", "free some space, then try again"),
    errno.EDQUOT: ("your disk quota is used up", "free some space, then try again"),
    errno.EFBIG: ("the limit on the size of files is reached", "raise the limit (ulimit -f)"),
    errno.EROFS: ("the disk is read-only", "copy the file to a folder where you can write"),
    errno.EACCES: (
        "the folder of the file is not writable",
        "epn writes a new file beside the old one: check the permissions of the folder",
    ),
    errno.EPERM: (
        "the folder of the file is not writable",
        "epn writes a new file beside the old one: check the permissions of the folder",
    ),
    errno.EBUSY: (
        "the file is mounted on its own and cannot be replaced",
        "mount the folder that contains it instead",
    ),
    errno.ENOENT: ("the file or its folder no longer exists", "check the path; nothing was written"),
    errno.EIO: ("the file cannot be written: Input/output error", "nothing was written; try again"),
}


@pytest.mark.parametrize("number", FAULTS)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_fault_of_the_system_is_said_and_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, call: str
) -> None:
    document = read(path)
    real = getattr(os, call)
    monkeypatch.setattr(replace, "exchange", lambda *_files: False)

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


@pytest.mark.needs("usage")
def test_a_limit_on_the_size_of_files_leaves_the_old_one(path: Path) -> None:
    code = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[1])
        from small_file import name_it, read
        from epncli.errors import Unwritable
        from epncli.yamlfile.commit import commit
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
    assert done.stdout == "the limit on the size of files is reached\n"
    assert path.read_text() == OLD
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


@pytest.mark.needs("full device")
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


# -- other programs


@pytest.fixture(params=[True, False], ids=["exchange", "no exchange"])
def can_exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """The system with and without a way to exchange two names."""
    if not request.param:
        monkeypatch.setattr(replace, "exchange", lambda *_files: False)
    elif sys.platform != "linux":
        pytest.skip("only Linux can exchange two names")
    return bool(request.param)


def save_another(path: Path, text: str) -> None:
    """Save a file as most editors do: another one takes its name."""
    (path.parent / "x").write_text(text)
    (path.parent / "x").replace(path)


@pytest.mark.parametrize("how", ["replaces", "appends", "changes a letter", "removes"])
@pytest.mark.usefixtures("can_exchange")
def test_an_editor_that_saves_while_epn_writes_is_noticed(
    path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    real = os.fsync
    document = read(path)
    texts = {
        "replaces": "structures:\n",
        "appends": OLD + "# à moi\n",
        "changes a letter": OLD.replace("A", "Z"),
    }

    def save(handle: int) -> None:
        real(handle)
        about = path.stat()
        if how == "removes":
            path.unlink()
        elif how == "replaces":
            save_another(path, texts[how])
        else:
            path.write_text(texts[how])
            os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))

    monkeypatch.setattr(os, "fsync", save)
    message, hint, _ = refusal(Unwritable, lambda: commit(document, name_it("B")))
    if how == "removes":
        assert (message, hint) == FAULTS[errno.ENOENT]
        assert names(path.parent) == [".registry.yaml.lock"]
    else:
        assert message == "nothing was written: another program has just changed the file"
        assert hint == "save and close it in your editor, then try again"
        assert path.read_text() == texts[how]
        assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can exchange two names")
@pytest.mark.parametrize("saves", [1, 2, 3, 4])
def test_a_save_between_the_last_look_and_the_exchange_is_put_back(
    path: Path, monkeypatch: pytest.MonkeyPatch, saves: int
) -> None:
    """Each exchange is preceded by a save of another program; the newest one stays."""
    real, made = replace.exchange, []

    def exchange(one: Path, other: Path) -> bool:
        if len(made) < saves:
            made.append(f"# {len(made)}\n{OLD}")
            save_another(path, made[-1])
        return real(one, other)

    document = read(path)
    monkeypatch.setattr(replace, "exchange", exchange)
    message = "nothing was written: another program has just changed the file"
    assert refusal(Unwritable, lambda: commit(document, name_it("B")))[0] == message
    assert path.read_text() == made[-1]
    assert names(path.parent) == [".registry.yaml.lock", "registry.yaml"]


SAVER = """
import os, random, sys, time
from pathlib import Path
path = Path(sys.argv[1])
beside, text = path.with_name("save"), path.read_text()
for number in range(int(sys.argv[2])):
    beside.write_text(f"# save {number}\\n{text}")
    while not any(name.endswith(".tmp") for name in os.listdir(path.parent)):
        pass
    end = time.perf_counter() + random.uniform(0, 0.001)
    while time.perf_counter() < end:
        pass
    beside.replace(path)
    for _ in range(1000):  # for a moment epn may have its own file there
        if path.read_text().startswith(f"# save {number}\\n"):
            break
        time.sleep(0.001)
    else:
        print(number)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can exchange two names")
@pytest.mark.parametrize("count", [300, pytest.param(20_000, marks=pytest.mark.long)])
def test_no_save_of_an_editor_is_lost_in_a_race(path: Path, count: int) -> None:
    """An editor saves again and again while epn writes: each save, or a change made on it, is in the file."""
    written = refused = 0
    command = [sys.executable, "-c", SAVER, str(path), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as saver:
        while saver.poll() is None:
            try:
                commit(read(path), name_it(f"{written}"))
                written += 1
            except Unwritable:
                refused += 1
        assert saver.stdout is not None
        assert saver.stdout.read() == ""
    assert written and refused


@pytest.mark.needs("modes")
def test_the_rename_is_on_disk_before_the_change_is_called_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []
    real = os.fsync

    def sync(handle: int) -> None:
        real(handle)
        synced.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else path.read_text())

    document = read(path)
    monkeypatch.setattr(os, "fsync", sync)
    commit(document, name_it("B"))
    assert synced == [OLD, "folder"]


def test_what_goes_wrong_after_the_rename_is_no_fault_of_the_change(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read(path)

    def fail(*_args: object, **_options: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "unlink", fail)
    monkeypatch.setattr(os, "close", fail)
    done = commit(document, name_it("B"))
    monkeypatch.undo()
    assert done.after.text == path.read_text() == NEW


def test_what_a_killed_run_has_left_goes_with_the_next_change(path: Path) -> None:
    left = [path.with_name(f"{replace._prefix(path)}{name}.tmp") for name in ("0a1b2c", "ffffff")]
    others = [path.with_name(f"{replace._prefix(Path('lyon.yaml'))}0a1b2c.tmp"), path.with_name("notes.tmp")]
    for file in left + others:
        file.write_text("structures:\n")
    commit(read(path), name_it("B"))
    assert names(path.parent) == sorted(
        [".registry.yaml.lock", "registry.yaml", *(file.name for file in others)]
    )
