"""What `epn init` offers on a terminal: a git repository, and lines in its `.gitignore`."""

from __future__ import annotations

import subprocess
from pathlib import Path

from epncli.cli.registry_file import is_in_repository
from epncli.cli.screen import terminal
from epncli.errors import Unwritable
from epncli.i18n import _, with_colon
from epncli.system.os_errors import reason
from epncli.system.shell import installed, program


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
    ignored = folder / ".gitignore"
    before = _read(ignored)
    there = {line.strip() for line in before.splitlines()}
    names = (f".{registry.name}.lock", f"{registry.name}~")
    lacking = [name for name in names if name.encode() not in there]
    if not lacking:
        return
    question = _("Leave {names} out of git (.gitignore)? [Y/n]").format(names=", ".join(lacking))
    if terminal.ask(question).casefold().startswith("n"):
        return
    from epncli.yamlfile.commit import write_whole

    new = "".join(f"{name}\n" for name in lacking).encode()
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
        return file.read_bytes() if file.exists() else b""
    except OSError as fault:
        message = _("the file cannot be read: {reason}").format(reason=reason(fault))
        raise Unwritable(message, path=str(file)) from None
