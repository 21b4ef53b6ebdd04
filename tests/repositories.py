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

    def set_unmerged(self, *stages: str | None, name: str = "registry.yaml") -> None:
        """Make git say that a file is in conflict: base, ours, theirs; None for a side that lacks it."""
        entries = b""
        for stage, text in enumerate(stages, 1):
            if text is not None:
                blob = self.git("hash-object", "-w", "--stdin", stdin=text.encode()).decode().strip()
                entries += f"100644 {blob} {stage}\t{name}\n".encode()
        self.git("rm", "-q", "--cached", "--ignore-unmatch", name)
        self.git("update-index", "--index-info", stdin=entries)


def new_repository(folder: Path) -> Repository:
    """An empty repository in a folder, with the branch `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    repository.git("init", "-q", "-b", "main")
    return repository
