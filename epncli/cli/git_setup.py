"""What a registry needs in git: a repository, lines in `.gitignore`, and the merge by epn."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from epncli.cli.registry_file import is_in_repository
from epncli.cli.screen import terminal
from epncli.errors import Unwritable
from epncli.history.attributes import ATTRIBUTES, escaped
from epncli.history.git import git_in
from epncli.history.merge_setup import install
from epncli.i18n import _, with_colon
from epncli.system.os_errors import reason
from epncli.system.shell import installed, program
from epncli.yamlfile.commit import real_path, write_whole


def offer(registry: Path) -> None:
    """Ask whether to run `git init` in the folder of a new registry, and to add lines to `.gitignore`.

    Only if git is installed, and only what is not there yet. Raises Unwritable if `.gitignore` cannot be
    written.
    """
    folder = registry.absolute().parent
    git = installed("git")
    if not git:
        return
    if not is_in_repository(folder):
        question = _("Keep the versions of this folder with git (git init)? [y/N]")
        if not terminal.ask(question).casefold().startswith(("y", "o")) or not _init(git, folder):
            return
    if names := _not_ignored(registry):
        question = _("Leave {names} out of git (.gitignore)? [Y/n]").format(names=", ".join(names))
        if not terminal.ask(question).casefold().startswith("n"):
            _ignore(registry, names)


def set_up(registry: Path) -> None:
    """Do without asking what `offer` asks, and let git merge the registry with epn.

    Raises Unreadable if git is not installed or fails, and Unwritable.
    """
    folder = registry.absolute().parent
    if not is_in_repository(folder):
        _init(git_in(folder).program, folder)
    if names := _not_ignored(registry):
        _ignore(registry, names)
    say_installed(registry)


def say_installed(registry: Path) -> None:
    """Tell git to merge the registry with epn, and say what else is to do.

    Raises Unreadable and Unwritable.
    """
    done = install(registry)
    beside = registry.with_name(ATTRIBUTES)
    for stale in done.removed:
        file = beside if stale.file == real_path(beside) else stale.file
        words = _("{file}: the line of {name}, which is no longer there, was removed; commit it")
        terminal.inform(words.format(file=file, name=stale.name))
    if done.is_new:
        terminal.inform(_("{file}: written; commit it").format(file=beside))
    terminal.inform(_("in this clone, git now merges {file} with epn").format(file=registry))
    terminal.inform(
        _(
            "in each other clone, run once: epn merge-driver --install; the merge button of a server "
            "does not use it"
        )
    )


def _not_ignored(registry: Path) -> list[str]:
    """Patterns of what epn makes beside a registry and a recipe, as far as `.gitignore` lacks them."""
    from epncli.importing.last_file import SUFFIX as LAST_FILE

    there = {line.strip() for line in _read(registry.absolute().with_name(".gitignore")).splitlines()}
    patterns = (escaped(f".{registry.name}.lock"), escaped(f"{registry.name}~"), f"*{LAST_FILE}~")
    return [pattern for pattern in patterns if _encoded(pattern) not in there]


def _encoded(pattern: str) -> bytes:
    return pattern.encode(errors="surrogateescape")


def _ignore(registry: Path, patterns: Sequence[str]) -> None:
    ignored = registry.absolute().with_name(".gitignore")
    before = _read(ignored)
    new = b"".join(_encoded(pattern) + b"\n" for pattern in patterns)
    write_whole(ignored, before + b"\n" * (before[-1:] not in (b"", b"\n")) + new)
    terminal.inform(_("{file}: written").format(file=registry.with_name(".gitignore")))


def _init(git: str, folder: Path) -> bool:
    """Run `git init` in a folder; if that fails, say why, and return False."""
    try:
        command = program(git, "init", "--quiet")
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603  as the user asked
    except OSError as fault:
        said = reason(fault)
    else:
        if done.returncode == 0:
            return True
        said = " ".join(done.stderr.decode(errors="replace").split())
    terminal.say(with_colon(_("git init failed"), said))
    return False


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes() if os.path.exists(file) else b""
    except OSError as fault:
        message = _("the file cannot be read: {reason}").format(reason=reason(fault))
        raise Unwritable(message, path=str(file)) from None
