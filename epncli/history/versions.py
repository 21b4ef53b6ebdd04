"""The versions of one file in its git repository: the commits that changed it, and what it was then."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from epncli.errors import BadUsage, Unreadable
from epncli.history.git import LOG_OPTIONS, Git, GitFailed, git_in, unreadable
from epncli.i18n import _
from epncli.yamlfile.commit import real_path
from epncli.yamlfile.source import Source, decode

_FORMAT = "--format=%H%x00%at%x00%ct%x00%an%x00%s"
_HEADER = 5
"""Number of parts of `_FORMAT`."""


class Version(NamedTuple):
    """A commit that changed the file."""

    commit: str
    written: datetime.datetime
    """When its author wrote it, in the time zone of this system."""
    committed: datetime.datetime
    """When it was committed here: later if it was rebased or merged."""
    author: str
    subject: str
    blob: str
    """The name of the object with the content of the file; "" if the commit removed the file."""
    path: str
    """The path of the file in that commit, from the top of the repository."""


@dataclass(frozen=True)
class Snapshot:
    """The file as it was in one version."""

    source: Source
    """Its path is `HEAD~2:registry.yaml`, for error messages."""
    when: datetime.datetime
    """When it was committed."""


@dataclass(frozen=True)
class History:
    """The versions of a file. They follow the first parent of each merge, and the renames of the file."""

    git: Git
    """In the folder of the file."""
    path: Path
    """As the caller gave it."""
    name: str
    """The path of the file from the top of the repository."""

    @staticmethod
    def of(path: Path) -> History:
        """The history of a file. Raises Unreadable without git, and for a file that is in no repository."""
        real = real_path(path)
        git = git_in(real.parent)
        try:
            prefix = git.run("rev-parse", "--show-prefix").decode(errors="surrogateescape")
        except GitFailed as failure:
            raise _no_repository(path, str(failure)) from None
        return History(git, path, prefix.removesuffix("\n") + real.name)

    @cached_property
    def versions(self) -> list[Version]:
        """The versions, newest first. Raises Unreadable if there are none."""
        self.commit("HEAD")
        arguments = ("--first-parent", "-m", "--follow", "--raw", "-z", "--no-abbrev", _FORMAT, *LOG_OPTIONS)
        try:
            found = list(_parsed(self.git.run("log", *arguments, "--", Path(self.name).name)))
        except GitFailed as failure:
            raise unreadable(failure, self.path) from None
        if not found:
            raise Unreadable(
                _("the file has never been committed"),
                _("‘git add {file}’ and ‘git commit’ keep its versions from now on").format(file=self.path),
                path=str(self.path),
            )
        return found

    @cached_property
    def is_shallow(self) -> bool:
        """True if the clone does not have all commits."""
        try:
            return self.git.run("rev-parse", "--is-shallow-repository").strip() == b"true"
        except GitFailed as failure:
            raise unreadable(failure, self.path) from None

    def commit(self, revision: str) -> str:
        """The name of the commit of a revision. Raises BadUsage if there is none.

        Raises Unreadable for HEAD before the first commit.
        """
        found = "" if revision.startswith("-") else self._object(revision + "^{commit}")
        if found:
            return found
        if revision == "HEAD":
            hint = _("‘git commit’ makes the first one")
            raise Unreadable(self._why_no_commit(), hint, path=str(self.path))
        message = _("‘{revision}’ is neither a file nor a version in git").format(revision=revision)
        hint = _("‘git log’ lists the versions; the clone may lack the older ones")
        raise BadUsage(message, hint if self.is_shallow else _("‘git log’ lists the versions"))

    def _why_no_commit(self) -> str:
        """What HEAD lacks: the branch may be new (`git switch --orphan`) while others have commits."""
        try:
            others = self.git.run("for-each-ref", "--count=1")
        except GitFailed as failure:
            raise unreadable(failure, self.path) from None
        return _("the branch has no commit yet") if others else _("the repository has no commit yet")

    def at(self, revision: str) -> Snapshot:
        """The file in a revision, where it may have had another name. Raises as `commit`, and Unreadable."""
        commit = self.commit(revision)
        for name in self._names():
            if blob := self._object(f"{commit}:{name}"):
                [data] = self.git.contents([blob])
                return Snapshot(self._source(revision, data), self._committed(commit))
        raise Unreadable(
            _("the file is not in this version: {revision}").format(revision=revision),
            _("‘git add {file}’ and ‘git commit’ keep its versions from now on").format(file=self.path),
            path=str(self.path),
        )

    def before(self, day: str) -> Snapshot:
        """The last version from before a day (ISO 8601), or the oldest one. Raises Unreadable.

        If the clone may lack the version that was meant, that is an error.
        """
        start = datetime.datetime.fromisoformat(day).astimezone()
        found = next((one for one in self.versions if one.committed < start and one.blob), None)
        if found is None and self.is_shallow:
            raise Unreadable(
                _("the clone does not go back to {day}: it is shallow").format(day=day),
                _("‘git fetch --unshallow’ gets the older versions"),
                path=str(self.path),
            )
        found = found or next(one for one in reversed(self.versions) if one.blob)
        [data] = self.git.contents([found.blob])
        return Snapshot(self._source(found.commit[:10], data), found.committed)

    def _names(self) -> Iterator[str]:
        """The names that the file has had, newest first."""
        yield self.name
        yield from dict.fromkeys(one.path for one in self.versions if one.path != self.name)

    def _object(self, expression: str) -> str:
        """The name of an object, or "" if there is none."""
        try:
            found = self.git.run("rev-parse", "--verify", "--quiet", "--end-of-options", expression)
        except GitFailed:
            return ""
        return found.decode().strip()

    def _committed(self, commit: str) -> datetime.datetime:
        try:
            return _moment(self.git.run("log", "-1", "--format=%ct", *LOG_OPTIONS, commit))
        except GitFailed as failure:
            raise unreadable(failure, self.path) from None

    def _source(self, revision: str, data: bytes) -> Source:
        return decode(Path(f"{revision}:{self.path.name}"), data)


def _parsed(output: bytes) -> Iterator[Version]:
    """The versions in the output of `git log --raw -z`.

    After the header, each commit has `:<modes> <old blob> <new blob> <letter>`, and one path, or two if the
    file was renamed.
    """
    parts = output.decode(errors="surrogateescape").split("\0")
    at = 0
    while at + _HEADER < len(parts):
        commit, written, committed, author, subject = parts[at : at + _HEADER]
        _modes, _same, _old, blob, letter = parts[at + _HEADER].strip().split(" ")
        at += _HEADER + (3 if letter[0] in "RC" else 2)
        yield Version(
            commit,
            _moment(written),
            _moment(committed),
            author,
            subject,
            blob.strip("0") and blob,
            parts[at - 1],
        )


def _moment(seconds: str | bytes) -> datetime.datetime:
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).astimezone()
    except (OverflowError, ValueError, OSError):  # a commit can claim any number
        return datetime.datetime.fromtimestamp(0, datetime.UTC)


def _no_repository(path: Path, reason: str) -> Unreadable:
    if "dubious ownership" in reason or "safe.directory" in reason:
        message = _("git does not read this repository, because it belongs to another user")
        hint = _("‘git config --global --add safe.directory FOLDER’ allows it")
    else:
        message = _("the file is not in a git repository")
        hint = _("‘git init’ creates one; to compare two files: epn diff OLD NEW")
    return Unreadable(message, hint, path=str(path))
