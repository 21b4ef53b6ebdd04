"""The folder for what epn keeps about a user's changes: of this user alone, and outside any registry."""

from __future__ import annotations

import errno
import os
from pathlib import Path

WINDOWS = os.name == "nt"


def state_folder() -> Path:
    """The folder, which may not exist yet. Raises OSError if the user has no home folder.

    Source: XDG Base Directory Specification (XDG_STATE_HOME, ~/.local/state); on Windows, %LOCALAPPDATA%.
    """
    names = ("XDG_STATE_HOME", "LOCALAPPDATA") if WINDOWS else ("XDG_STATE_HOME",)
    for name in names:
        folder = Path(os.environ.get(name, ""))
        if folder.is_absolute():  # the specification says to ignore a relative path
            return folder / "epn"
    try:
        return Path.home() / ".local" / "state" / "epn"
    except RuntimeError as failure:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "~") from failure
