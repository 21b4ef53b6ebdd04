"""Locating and reading of the registry file: `--registry`, EPN_REGISTRY, this folder or a parent folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from epncli import limits
from epncli.errors import BadUsage, Unreadable
from epncli.i18n import _
from epncli.registry.registry import Registry
from epncli.yamlfile.source import Source, decode, read_source

REGISTRY_NAME = "registry.yaml"


class RegistryLocation(NamedTuple):
    """The path of the registry, and how it was found."""

    path: Path
    in_parent: bool = False
    """True if it was found in a parent folder. A change then names the file."""


def find_registry(option: str, *, reads_only: bool = False) -> RegistryLocation:
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
        return RegistryLocation(Path(named))
    here = _current_folder()
    for folder in (here, *here.parents):
        if os.path.lexists(folder / REGISTRY_NAME):  # also a broken link, so that reading reports it
            shown = Path(REGISTRY_NAME) if folder == here else folder / REGISTRY_NAME
            return RegistryLocation(shown, in_parent=folder != here)
        if (folder / ".git").exists() or folder == _home():
            break
    raise Unreadable(
        _("there is no {name} in this folder or its parent folders").format(name=REGISTRY_NAME),
        _("give one with --registry FILE, or create one with ‘epn init’"),
    )


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


def read_registry(option: str) -> Registry:
    """The registry, for a command that only reads. `-` is standard input. Raises Unreadable."""
    return Registry.read_text(read_file(option))


def read_file(option: str) -> Source:
    """The file of the registry, for a command that only reads. `-` is standard input. Raises Unreadable."""
    where = find_registry(option, reads_only=True)
    if str(where.path) != "-":
        return read_source(where.path)
    import sys

    data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
    if len(data) > limits.MAX_BYTES:
        raise Unreadable(_("standard input is larger than {limit} MB").format(limit=limits.MAX_BYTES >> 20))
    return decode(Path(_("(standard input)")), data)
