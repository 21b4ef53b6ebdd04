"""What is wrong with a registry in git, which its text does not show: a merge that has not taken place."""

from __future__ import annotations

import os
from pathlib import Path

from epncli.cli.registry_file import is_in_repository
from epncli.cli.screen import terminal
from epncli.errors import NegativeAnswer
from epncli.history.under_way import may_be_unmerged
from epncli.i18n import _


def refuse_change_during_merge(path: Path) -> None:
    """Raise NegativeAnswer for a change of a file that git has not merged.

    A process is started only while git is in the middle of something, which its folder shows.
    """
    if may_be_unmerged(path):
        refuse_unmerged(path)


def refuse_unmerged(path: Path) -> None:
    """Raise NegativeAnswer if git could not merge the file: it looks right, but lacks their changes."""
    if not _is_kept_in_git(path):
        return

    from epncli.history.unmerged import unmerged

    stages = unmerged(path)
    if stages and stages.is_only_ours(path.read_bytes()):
        raise NegativeAnswer(
            _("git has not merged this file: it has only the changes of one side"),
            _("‘epn resolve’ merges it; ‘git add {file}’ keeps it as it is").format(file=path.name),
            path=str(path),
        )


def say_stale_lines(path: Path) -> None:
    """Say which lines of .gitattributes are for a registry that is gone, renamed perhaps."""
    if not _is_kept_in_git(path):
        return

    from epncli.history.attributes import stale_lines

    for stale in stale_lines(path):
        terminal.say(
            _(
                "{file}: there is a line for ‘{name}’, but no such file; if the registry was renamed, run: "
                "epn merge-driver --install"
            ).format(file=terminal.visible(str(stale.file)), name=terminal.visible(stale.name))
        )


def _is_kept_in_git(path: Path) -> bool:
    return str(path) != "-" and os.path.isfile(path) and is_in_repository(path.absolute().parent)
