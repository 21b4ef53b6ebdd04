"""The folder for what epn keeps about a user's changes: of this user alone, and outside any registry."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from epncli.system.os_errors import WINDOWS


def state_folder() -> Path:
    """The folder, which may not exist yet. Raises OSError if the user has no home folder.

    Source: XDG Base Directory Specification (XDG_STATE_HOME, ~/.local/state); on Windows, %LOCALAPPDATA%.
    """
    return user_folder("XDG_STATE_HOME", Path(".local", "state"))


def user_folder(variable: str, below_home: Path) -> Path:
    """epn's folder in the one that the variable names, or else below the user's home folder.

    On Windows, it is in %LOCALAPPDATA%. Raises OSError if the user has no home folder.
    """
    names = (variable, "LOCALAPPDATA") if WINDOWS else (variable,)
    for name in names:
        folder = Path(os.environ.get(name, ""))
        if folder.is_absolute():  # the specification says to ignore a relative path
            return folder / "epn"
    try:
        return Path.home() / below_home / "epn"
    except RuntimeError as failure:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "~") from failure
