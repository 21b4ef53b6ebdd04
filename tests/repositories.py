"""Git repositories for the tests, made with git's own commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "Claire", "GIT_AUTHOR_EMAIL": "claire@exemple.fr",
    "GIT_COMMITTER_NAME": "Claire", "GIT_COMMITTER_EMAIL": "claire@exemple.fr",
}  # fmt: skip


@dataclass(frozen=True)
class Repository:
    """A repository in a folder."""

    folder: Path

    def git(self, *arguments: str | Path, stdin: bytes = b"", **environment: str) -> bytes:
        """Run git, and return what it printed."""
        done = subprocess.run(
            [str(shutil.which("git")), *map(str, arguments)],
            cwd=self.folder, input=stdin, capture_output=True, check=True,
            env={**os.environ, **IDENTITY, **environment},
        )  # fmt: skip
        return done.stdout

    def commit(
        self,
        text: str | None = None,
        day: str = "2026-01-01",
        *,
        name: str = "registry.yaml",
        author: str = "Claire",
        message: str = "change",
    ) -> str:
        """Commit all files at noon of that day, after writing this text to the file; returns the commit."""
        if text is not None:
            (self.folder / name).write_bytes(text.encode())
        date = f"{day}T12:00:00+00:00"
        self.git("add", "-A")
        self.git(
            "commit", "--allow-empty", "-m", message,
            GIT_AUTHOR_NAME=author, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD").decode().strip()


def new_repository(folder: Path) -> Repository:
    """An empty repository in a folder, with the branch `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    repository.git("init", "-q", "-b", "main")
    return repository
