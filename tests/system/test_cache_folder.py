"""The cache folder: private, small, and read only as far as it can be trusted."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from epncli.system import cache_folder as module
from epncli.system import state_folder
from epncli.system.cache_folder import KEPT, cache_folder, load, store

NAME = "a" * 64 + ".document"
CONTENT = b'{"nom": "\\u00e9"}'


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def keep(name: str = NAME, content: bytes = CONTENT) -> None:
    store(name, [content], 1000)


def loaded(name: str = NAME, most: int = 1000) -> bytes | None:
    found = load(name, most)
    return found if found is None else bytes(found)


def names() -> list[str]:
    return sorted(file.name for file in cache_folder().iterdir())


def test_it_is_below_xdg_cache_home_or_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert cache_folder() == tmp_path / "cache" / "epn" / "parsed"
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(state_folder, "WINDOWS", False)
    assert cache_folder() == tmp_path / ".cache" / "epn" / "parsed"
    monkeypatch.setattr(state_folder, "WINDOWS", True)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert cache_folder() == tmp_path / "Local" / "epn" / "parsed"


def test_what_was_stored_is_loaded_and_another_name_has_nothing() -> None:
    assert loaded() is None
    keep()
    assert loaded() == CONTENT
    assert loaded("b" * 64 + ".document") is None
    keep(content=b"")
    assert loaded() == b""


def test_a_content_in_pieces_is_loaded_as_one_and_a_larger_one_is_not_stored() -> None:
    store(NAME, [b"one", b"", b"two"], 6)
    assert loaded() == b"onetwo"
    store(NAME, [b"one", b"", b"three"], 7)
    assert (loaded(), names()) == (b"onetwo", [NAME])


@pytest.mark.needs("modes")
def test_the_folder_and_its_files_are_for_this_user_alone() -> None:
    keep()
    folder = cache_folder()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder, folder / NAME)]
    assert modes == [0o700, 0o700, 0o600]


def test_a_content_under_the_name_of_another_one_is_in_doubt() -> None:
    keep()
    other = "b" * 64 + ".document"
    (cache_folder() / NAME).rename(cache_folder() / other)
    assert loaded(other) is None


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _link_to_the_folder(path: Path) -> None:
    folder = path.parent
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere")


@pytest.mark.parametrize(
    "damage",
    [
        _flip,
        _folder,
        pytest.param(_link, marks=pytest.mark.needs("symlinks", "modes")),
        pytest.param(_link_to_the_folder, marks=pytest.mark.needs("symlinks", "modes")),
        pytest.param(lambda path: path.chmod(0o666), marks=pytest.mark.needs("modes")),
        pytest.param(lambda path: path.parent.chmod(0o770), marks=pytest.mark.needs("modes")),
        pytest.param(lambda path: path.parent.parent.chmod(0o777), marks=pytest.mark.needs("modes")),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b" "),
    ],
)
def test_what_is_in_doubt_is_not_there(damage: Callable[[Path], object]) -> None:
    keep()
    damage(cache_folder() / NAME)
    assert loaded() is None


@pytest.mark.needs("modes")
def test_the_files_of_another_user_are_not_there_and_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep()
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 12345)
        assert loaded() is None
        keep(content=b"other")
    assert loaded() == CONTENT
    assert names() == [NAME]


@pytest.mark.needs("modes")
def test_root_creates_no_folder_that_its_owner_could_not_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theirs = os.stat_result((0o40755, 0, 0, 0, 1000, 1000, 0, 0, 0, 0))
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 0)
        patch.setattr(Path, "stat", lambda _path, **_options: theirs)
        keep()
    assert list(tmp_path.iterdir()) == []


def test_a_content_that_is_too_large_is_not_read() -> None:
    keep()
    assert loaded(most=len(CONTENT)) == CONTENT
    assert loaded(most=len(CONTENT) - 1) is None
    with (cache_folder() / NAME).open("r+b") as file:
        file.truncate(1 << 33)
    assert loaded() is None


def test_the_last_eight_contents_are_kept_with_all_their_files() -> None:
    digests = [sha256(bytes([number])).hexdigest() for number in range(KEPT + 3)]
    for place, digest in enumerate(digests):
        for kind in ("columns", "document"):
            keep(f"{digest}.{kind}")
            os.utime(cache_folder() / f"{digest}.{kind}", (place, place))
    (cache_folder() / f"{digests[0]}.document.new").touch()  # of a process that was killed
    os.utime(cache_folder() / f"{digests[0]}.document.new", (0, 0))
    (cache_folder() / "notes.txt").touch()
    keep()
    last = [f"{digest}.{kind}" for digest in digests[-KEPT + 1 :] for kind in ("columns", "document")]
    assert names() == sorted([*last, NAME, "notes.txt"])


def test_what_a_process_left_that_was_killed_is_not_in_the_way() -> None:
    keep()
    (cache_folder() / f"{NAME}.new").write_bytes(b"half")
    keep(content=b"other")
    assert (loaded(), names()) == (b"other", [NAME])


def test_where_nothing_can_be_written_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keep()
    assert loaded() is None

    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    keep()
    assert loaded() is None


def test_a_file_that_could_not_be_written_to_its_end_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_one: Path, _other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    keep()
    assert names() == []


@pytest.mark.parametrize(("value", "off"), [("off", True), ("OFF", True), ("", False), ("on", False)])
def test_it_is_off_if_the_user_wants_none(monkeypatch: pytest.MonkeyPatch, value: str, off: bool) -> None:
    monkeypatch.setenv("EPN_CACHE", value)
    assert module.is_off() is off
