"""The file of the registry that a command works on: where it is found, and how it is read."""

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
    """The file that a command works on, and how it was found."""

    path: Path
    in_parent: bool = False
    """Found in a folder above: a change then names the file."""


def find_registry(option: str, *, reads_only: bool = False) -> RegistryLocation:
    """The registry named by --registry or EPN_REGISTRY, else the one here or in a folder above."""
    named = option or os.environ.get("EPN_REGISTRY", "")
    if named == "-" and not reads_only:
        raise BadUsage(
            _("a registry read from standard input cannot be changed"), _("give a file with --registry")
        )
    if named:
        return RegistryLocation(Path(named))
    here = _current_folder()
    for folder in (here, *here.parents):
        if os.path.lexists(folder / REGISTRY_NAME):  # a link that leads nowhere is said, not passed by
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
    """The registry, for a command that only reads; `-` is standard input."""
    return Registry.read_text(read_file(option))


def read_file(option: str) -> Source:
    """The registry's file, for a command that only reads; `-` is standard input."""
    where = find_registry(option, reads_only=True)
    if str(where.path) != "-":
        return read_source(where.path)
    import sys

    data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
    if len(data) > limits.MAX_BYTES:
        raise Unreadable(_("standard input is larger than {limit} MB").format(limit=limits.MAX_BYTES >> 20))
    return decode(Path(_("(standard input)")), data)
