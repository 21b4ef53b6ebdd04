"""Running git's own commands to read a repository, so that nothing in the repository is run.

A repository may come from someone else, with its `.git` folder. Its configuration can name programs that git
starts, and its attributes can make git use them.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from epncli import limits
from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.system import shell
from epncli.system.os_errors import because

_ENVIRONMENT: Final = {
    # Asking for a password would wait for an answer that nobody gives.
    "GIT_TERMINAL_PROMPT": "0",
    # `refs/replace` could show another content than the one that was committed.
    "GIT_NO_REPLACE_OBJECTS": "1",
    # A file may be named `:(exclude)a` or `*`.
    "GIT_LITERAL_PATHSPECS": "1",
    # Reading writes nothing, not even a refreshed index.
    "GIT_OPTIONAL_LOCKS": "0",
    # An object that a partial clone lacks is fetched by the programs of `remote.*.uploadpack`,
    # `core.sshCommand` and the protocol `ext::`. No protocol has that name, so that all are refused; older
    # versions of git do not know the second variable.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    # Messages are not shown, but a translated one must not be mistaken for data.
    "LC_ALL": "C",
}
_CONFIGURATION: Final = (
    # Started when git looks for changed files.
    "core.fsmonitor=false",
    # Hooks, such as `post-index-change`.
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    # With `log.showSignature`, `git log` starts the program of `gpg.program` for a signed commit.
    "log.showSignature=false",
    # A repository inside the files of another one, without a `.git` folder: its configuration came with them.
    "safe.bareRepository=explicit",
    # What a repository may set to make the answers other than expected.
    "log.showRoot=true",
    "i18n.logOutputEncoding=UTF-8",
    "color.ui=false",
    "diff.renames=true",
)
LOG_OPTIONS: Final = ("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color", "--no-relative")
"""Options of `git log`: `.gitattributes` could choose a program for a file, as `diff.*.textconv` names it."""


class GitFailed(Exception):
    """A command of git that ended with an error; its text is the last line that git said."""


@dataclass(frozen=True)
class Git:
    """git, run in one folder."""

    folder: Path
    program: str
    """As the value of a setting: see `shell.program`."""

    def run(self, *arguments: str) -> bytes:
        """The output of a command. Raises `GitFailed` if it ends with an error."""
        return self.answer(*arguments, most=0)[1]

    def answer(self, *arguments: str, most: int = 127) -> tuple[int, bytes]:
        """The exit code and the output of a command. Raises `GitFailed` for an exit code above `most`."""
        try:
            done = subprocess.run(  # noqa: S603  without a shell
                self._command(arguments), cwd=self.folder, env=_environment(), stdin=subprocess.DEVNULL,
                capture_output=True, check=False,
            )  # fmt: skip
        except OSError as failure:
            raise GitFailed(str(failure)) from None
        if not 0 <= done.returncode <= most:
            said = done.stderr.decode(errors="replace").strip().splitlines() or [""]
            raise GitFailed(said[-1])
        return done.returncode, done.stdout

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """The contents of files, given by the names of their objects, one after the other.

        Raises Unreadable for one that is not there, or is larger than `limits.MAX_BYTES`.
        """
        with subprocess.Popen(  # noqa: S603  without a shell
            self._command(("cat-file", "--batch")), cwd=self.folder, env=_environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            assert process.stdin is not None and process.stdout is not None
            try:
                for blob in blobs:
                    process.stdin.write(blob.encode() + b"\n")
                    process.stdin.flush()
                    size = _size(process.stdout.readline())
                    yield process.stdout.read(size)
                    process.stdout.read(1)
            finally:
                process.kill()

    def _command(self, arguments: Iterable[str]) -> list[str] | str:
        settings = (word for setting in _CONFIGURATION for word in ("-c", setting))
        return shell.program(self.program, "--no-pager", *settings, *arguments)


def git_in(folder: Path) -> Git:
    """git, to be run in a folder. Raises Unreadable if it is not installed."""
    program = shell.installed("git")
    if not program:
        raise Unreadable(_("git is not installed"), _("install git, or give two files to compare"))
    return Git(folder, program)


def _environment() -> dict[str, str]:
    """The environment of this process, without what would lead git to another repository or program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | _ENVIRONMENT


def _size(header: bytes) -> int:
    """The size in the answer of `git cat-file --batch`: `<name> blob <size>`."""
    words = header.split()
    if len(words) != 3 or words[1] != b"blob":
        raise Unreadable(
            _("a version of the file is missing from this repository"),
            _("if the clone is partial, fetch the rest: git fetch --refetch --no-filter"),
        )
    if int(words[2]) > limits.MAX_BYTES:
        raise Unreadable(*limits.too_large())
    return int(words[2])


def unreadable(failure: GitFailed, path: Path) -> Unreadable:
    """The error for a command of git that should have worked."""
    return Unreadable(because(_("git failed"), failure), path=str(path))
