"""Locating and reading of the registry file: `--registry`, EPN_REGISTRY, this folder or a parent folder."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path
from typing import TypeVar

from epncli import limits
from epncli.errors import BadUsage, Unreadable
from epncli.i18n import _
from epncli.registry.registry import Registry
from epncli.yamlfile.source import Source, decode, read_source

REGISTRY_NAME = "registry.yaml"
NAMES = (REGISTRY_NAME, "registry.yml")
"""The names under which a registry is found; the first one goes before the second."""
_MOST_OTHERS = 100
"""Number of YAML files in the folder that are looked into."""
_MOST_BYTES = 1 << 16

T = TypeVar("T")


def find_registry(option: str, *, reads_only: bool = False) -> Path:
    """The registry of --registry or EPN_REGISTRY, else the one in this folder or a parent folder.

    `option` is the value of --registry. `reads_only` allows `-`, standard input. Raises BadUsage for `-`
    otherwise, and Unreadable if there is no registry.
    """
    named = option or os.environ.get("EPN_REGISTRY", "")
    if named == "-" and not reads_only:
        raise BadUsage(
            _("a registry read from standard input cannot be changed"), _("give a file with --registry")
        )
    if named:
        if not option and named != "-" and not os.path.lexists(named):
            raise Unreadable(
                _("this file, which EPN_REGISTRY names, does not exist"),
                _("correct that variable, or create the registry with ‘epn init’"),
                path=named,
            )
        return Path(named)
    here = _current_folder()
    for folder in (here, *here.parents):
        for name in NAMES:
            if os.path.lexists(folder / name):  # also a broken link, so that reading reports it
                return Path(name) if folder == here else folder / name
        if (folder / ".git").exists() or folder == _home():
            break
    raise Unreadable(
        _("there is no {name} or {other} in this folder or its parent folders").format(
            name=NAMES[0], other=NAMES[1]
        ),
        _("give one with --registry FILE, or create one with ‘epn init’"),
    )


def is_in_repository(folder: Path) -> bool:
    """True if the folder, an absolute path, is in a git work tree."""
    return any(os.path.lexists(one / ".git") for one in (folder, *folder.parents))


def is_the_only_one_here(path: Path) -> bool:
    """True if the registry is in the current folder, and no other YAML file there is a registry."""
    here = _current_folder()
    if path.parent.resolve() != here.resolve():
        return False
    with os.scandir(here) as entries:
        files = (entry for entry in entries if entry.name.endswith((".yaml", ".yml")) and entry.is_file())
        others = (entry.path for entry in files if entry.name != path.name)
        return not any(map(_is_registry, islice(others, _MOST_OTHERS)))


def _is_registry(path: str) -> bool:
    """True if the file has the list of structures near its start."""
    try:
        with Path(path).open("rb") as file:
            return re.search(rb"^structures *:", file.read(_MOST_BYTES), re.MULTILINE) is not None
    except OSError:
        return False


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise Unreadable(
            _("the current folder no longer exists"),
            _("go to another folder, or give a file with --registry"),
        ) from None


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


_kept: dict[type, object] = {}


def kept(what: T) -> T:
    """What is given, which stays in memory until the process ends, or until another one of its type is kept.

    A command ends right after its work. To free a large registry first would take a tenth of its time.
    """
    _kept[type(what)] = what
    return what


def read_registry(option: str) -> Registry:
    """The registry, for a command that only reads. `-` is standard input. Raises Unreadable."""
    path = find_registry(option, reads_only=True)
    return kept(Registry.read_text(_standard_input()) if str(path) == "-" else Registry.read(path))


def read_file(option: str) -> Source:
    """The file of the registry, for a command that only reads. `-` is standard input. Raises Unreadable."""
    path = find_registry(option, reads_only=True)
    return _standard_input() if str(path) == "-" else read_source(path)


def _standard_input() -> Source:
    import sys

    data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
    if len(data) > limits.MAX_BYTES:
        raise Unreadable(_("standard input is larger than {limit} MB").format(limit=limits.MAX_BYTES >> 20))
    return decode(Path(_("(standard input)")), data)
