"""What git is in the middle of, by what it keeps in its folder meanwhile: no process is started."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from epncli.yamlfile.commit import real_path

_REBASE: Final = ("rebase-merge", "rebase-apply")
_UNDER_WAY: Final = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", *_REBASE)
_MOST_CHARACTERS: Final = 4096


def may_be_unmerged(path: Path) -> bool:
    """True while git merges, picks, reverts or rebases in the repository of the file."""
    folder = _git_folder(path)
    return any(os.path.lexists(folder / name) for name in _UNDER_WAY)


def is_rebasing(path: Path) -> bool:
    """True during `git rebase`, in which ‘ours’ is the branch onto which the own commits are moved."""
    folder = _git_folder(path)
    return any(os.path.isdir(folder / name) for name in _REBASE)


def _git_folder(path: Path) -> Path:
    """The .git of the work tree that the file is in; a folder that is not there outside of git."""
    real = real_path(path)
    for folder in real.parents:
        dot_git = folder / ".git"
        if os.path.isfile(dot_git):  # of a further work tree, or of a submodule: `gitdir: PATH`
            with dot_git.open(encoding="utf-8", errors="surrogateescape") as file:
                return folder / file.read(_MOST_CHARACTERS).removeprefix("gitdir:").strip()
        if os.path.isdir(dot_git):
            return dot_git
    return real / ".git"
