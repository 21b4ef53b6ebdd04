"""`epn merge-driver`: what git runs to merge two versions of a registry, and its installation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.git_setup import say_installed
from epncli.cli.options import RegistryOption, value_option
from epncli.cli.registry_file import find_registry
from epncli.cli.screen import terminal
from epncli.errors import BadUsage, ExitCode, NegativeAnswer
from epncli.history.git import GitFailed, git_in
from epncli.history.merge_driver import Merged, merge_lines, merge_versions
from epncli.history.merge_setup import uninstall
from epncli.i18n import _, ngettext, number, with_colon
from epncli.registry.merging.marks import pieces_of
from epncli.registry.merging.pieces import count_conflicts
from epncli.yamlfile.source import read_bytes

FilesArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=_("[BASE OURS THEIRS]"), show_default=False,
        help=_("The three versions that git gives; the result replaces OURS."),
    ),
]  # fmt: skip
PathOption = Annotated[
    str, value_option("--path", metavar=_("FILE"), help=_("The name of the file, for messages."))
]
InstallOption = Annotated[
    bool, typer.Option("--install", help=_("Tell git, in this clone, to merge the registry with epn."))
]
UninstallOption = Annotated[bool, typer.Option("--uninstall", help=_("Undo --install."))]


def merge_for_git(
    files: FilesArgument = None,
    path: PathOption = "",
    to_install: InstallOption = False,
    to_uninstall: UninstallOption = False,
    registry: RegistryOption = "",
) -> int:
    """Merge three versions of a registry, as git asks for it, or tell git to do so."""
    if to_install or to_uninstall:
        if files or (to_install and to_uninstall):
            raise BadUsage(
                _("--install and --uninstall cannot be combined with each other or with files"),
                _("leave out the rest"),
            )
        (say_installed if to_install else _say_uninstalled)(find_registry(registry))
        return ExitCode.DONE
    if not files or len(files) != 3:
        raise BadUsage(
            _("git runs this command with three files"),
            _("‘epn merge-driver --install’ tells git to do so in this clone"),
        )
    ours = files[1]
    try:
        merged = _merged([read_bytes(file) for file in files], Path(path or ours))
    except GitFailed:  # it does not merge UTF-16, for instance
        raise NegativeAnswer(
            _("git cannot merge this file line by line; it is still as in our version"),
            _("‘git checkout --theirs’ takes the other version, ‘git add’ keeps this one"),
            path=path or str(ours),
        ) from None
    ours.write_bytes(merged.data)
    if not merged.in_conflict:
        return ExitCode.DONE
    count = _count(merged)
    words = ngettext(
        "{count} conflict; ‘epn resolve’ shows both versions of each",
        "{count} conflicts; ‘epn resolve’ shows both versions of each",
        count,
    )
    terminal.say(with_colon(path or str(ours), words.format(count=number(count))))
    return ExitCode.NEGATIVE


def _merged(versions: Sequence[bytes], path: Path) -> Merged:
    git = git_in(Path.cwd())
    base, ours, theirs = versions
    try:
        return merge_versions(git, base, ours, theirs, path)
    except Exception:  # noqa: BLE001  git takes any error for a conflict, and their version would not be in the file
        return merge_lines(git, base, ours, theirs)


def _count(merged: Merged) -> int:
    pieces = merged.found.pieces if merged.found else pieces_of(merged.data.decode(errors="replace"))
    return count_conflicts(pieces)


def _say_uninstalled(registry: Path) -> None:
    if uninstall(registry):
        terminal.inform(_("git merges {file} on its own again").format(file=registry))
    else:
        terminal.inform(_("git did not merge {file} with epn").format(file=registry))


COMMANDS = {
    "merge-driver": (
        merge_for_git,
        examples(
            _(
                "Let git merge two versions of the registry record by record: what two people added, or "
                "changed in different fields, is no conflict. Run --install once in each clone."
            ),
            "epn merge-driver --install",
            "epn merge-driver --uninstall",
        ),
    )
}
