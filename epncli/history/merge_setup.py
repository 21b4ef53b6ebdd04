"""Telling git to merge a registry with epn: a line in .gitattributes, and a setting of the clone."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Final

from epncli.errors import Unwritable
from epncli.history.git import Git, GitFailed
from epncli.history.versions import History
from epncli.i18n import _
from epncli.system.os_errors import because
from epncli.yamlfile.commit import write_whole

ATTRIBUTES: Final = ".gitattributes"
_SECTION: Final = "merge.epn"
_PROGRAM: Final = f"{shlex.quote(Path(sys.executable).as_posix())} -P -m epncli"
"""What git runs, through a POSIX shell on Windows too.

With the whole path: git may have another PATH, as in a graphical client, and a driver that cannot be started
leaves their version out of the file, without a marker. With -P: git runs it in the repository, from which
Python would otherwise import.
"""


def install(path: Path) -> bool:
    """Tell git to merge the registry at `path` with epn; returns True if .gitattributes was changed.

    Raises Unreadable if the file is in no repository, and Unwritable.
    """
    history = History.of(path)
    _set(history.git, path, "name", "epn: a registry, record by record")
    _set(history.git, path, "driver", f"{_PROGRAM} merge-driver %O %A %B --path %P")
    file, line = _attributes(history)
    lines = _lines(file)
    if line in lines:
        return False
    _write(file, [*lines, line])
    return True


def uninstall(path: Path) -> bool:
    """Take back what `install` did; returns False if there was nothing. Raises Unreadable and Unwritable."""
    history = History.of(path)
    file, line = _attributes(history)
    lines = _lines(file)
    kept = [one for one in lines if one != line]
    try:
        history.git.run("config", "--local", "--remove-section", _SECTION)
        known = True
    except GitFailed:  # there is no such section
        known = False
    if kept != lines:
        _write(file, kept)
    return known or kept != lines


def _set(git: Git, path: Path, name: str, value: str) -> None:
    try:
        git.run("config", "--local", f"{_SECTION}.{name}", value)
    except GitFailed as failure:
        raise Unwritable(because(_("git failed"), failure), path=str(path)) from None


def _attributes(history: History) -> tuple[Path, str]:
    """The file beside the registry, and its line: a pattern for this file alone."""
    pattern = re.sub(r"([*?\[\\])", r"\\\1", Path(history.name).name)
    if re.search(r'[\s"]', pattern):
        pattern = '"/' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        pattern = f"/{pattern}"
    return history.git.folder / ATTRIBUTES, f"{pattern} merge=epn"


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8", errors="surrogateescape") if file.exists() else ""
    except OSError as failure:
        raise Unwritable(because(_("the file cannot be read"), failure), path=str(file)) from None
    return text.removesuffix("\n").split("\n") if text else []


def _write(file: Path, lines: list[str]) -> None:
    write_whole(file, "".join(f"{line}\n" for line in lines).encode(errors="surrogateescape"))
