"""Where epn keeps what belongs to a user and not to a registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from epncli.system import state_folder as module
from epncli.system.state_folder import state_folder


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))


def test_it_is_below_xdg_state_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert state_folder() == tmp_path / "state" / "epn"


@pytest.mark.parametrize("value", ["", "state", "./state"])
def test_it_is_below_the_home_folder_if_xdg_state_home_is_not_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", value)
    assert state_folder() == tmp_path / ".local" / "state" / "epn"


def test_it_is_below_the_local_application_data_on_windows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setattr(module, "WINDOWS", True)
    assert state_folder() == tmp_path / "Local" / "epn"
    monkeypatch.setattr(module, "WINDOWS", False)
    assert state_folder() == tmp_path / ".local" / "state" / "epn"


def test_without_a_home_folder_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", no_home)
    with pytest.raises(OSError, match="No such file or directory"):
        state_folder()
