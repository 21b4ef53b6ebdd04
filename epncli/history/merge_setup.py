"""Telling git to merge a registry with epn: a line in .gitattributes, and a setting of the clone."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from epncli.errors import Unwritable
from epncli.history.attributes import ATTRIBUTES, Stale, line_for, lines_of, names_epn, stale_lines
from epncli.history.git import Git, GitFailed, unreadable
from epncli.history.versions import History
from epncli.i18n import _
from epncli.system.os_errors import because
from epncli.yamlfile.commit import real_path, write_whole

_SECTION: Final = "merge.epn"


class Installed(NamedTuple):
    """What `install` has changed in the files of the repository."""

    is_new: bool
    """True if the .gitattributes beside the registry has got its line."""
    removed: Sequence[Stale]
    """Lines for files that are gone."""


def install(path: Path) -> Installed:
    """Tell git to merge the registry at `path` with epn.

    Raises Unreadable if the file is in no repository, and Unwritable.
    """
    git = History.of(path).git
    _set(git, path, "name", "epn: a registry, record by record")
    _set(git, path, "driver", f"{_program()} merge-driver %O %A %B --path %P")
    stale = list(stale_lines(path))
    for file in {one.file for one in stale}:
        gone = {one.line for one in stale if one.file == file}
        _write(file, [line for line in lines_of(file) if line not in gone])
    file, line = _place(path)
    lines = lines_of(file)
    if line not in lines:
        _write(file, [*lines, line])
    return Installed(line not in lines, stale)


def uninstall(path: Path) -> bool:
    """Take back what `install` did; returns False if there was nothing. Raises Unreadable and Unwritable.

    The setting of the clone stays while a line for another file needs it.
    """
    git = History.of(path).git
    file, line = _place(path)
    lines = lines_of(file)
    kept = [one for one in lines if one != line]
    if kept != lines:
        _write(file, kept)
    known = False
    if not any(names_epn(one) for other in _attribute_files(git, path) for one in lines_of(other)):
        try:
            git.run("config", "--local", "--remove-section", _SECTION)
            known = True
        except GitFailed:  # there is no such section
            pass
    return known or kept != lines


def _program() -> str:
    """The command that git runs through a POSIX shell, on Windows too.

    Its path is absolute, since git may have another PATH than this process. -P: the current folder, that of
    the repository, must not be searched for modules.
    """
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m epncli"


def _set(git: Git, path: Path, name: str, value: str) -> None:
    try:
        git.run("config", "--local", f"{_SECTION}.{name}", value)
    except GitFailed as failure:
        raise Unwritable(because(_("git failed"), failure), path=str(path)) from None


def _place(path: Path) -> tuple[Path, str]:
    """The .gitattributes beside the registry, and its line there."""
    real = real_path(path)
    return real.with_name(ATTRIBUTES), line_for(real)


def _attribute_files(git: Git, path: Path) -> Iterator[Path]:
    """All files with attributes in the clone, apart from those that it ignores."""
    try:
        top = Path(_line(git.run("rev-parse", "--show-toplevel")))
        own = Path(_line(git.run("rev-parse", "--git-path", "info/attributes")))
        names = replace(git, folder=top).run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except GitFailed as failure:
        raise unreadable(failure, path) from None
    yield git.folder / own
    for name in names.decode(errors="surrogateescape").split("\0"):
        if name.rpartition("/")[2] == ATTRIBUTES:
            yield top / name


def _line(output: bytes) -> str:
    return output.decode(errors="surrogateescape").removesuffix("\n")


def _write(file: Path, lines: list[str]) -> None:
    write_whole(file, "".join(f"{line}\n" for line in lines).encode(errors="surrogateescape"))
