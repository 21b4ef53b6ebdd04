"""A repository from someone else, with its `.git` folder, runs nothing.

For each attack, one of git's own commands shows that it works.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from repositories import Repository, new_repository

from epncli.errors import Unreadable
from epncli.history.git import Git, git_in
from epncli.history.life import life
from epncli.history.versions import History
from epncli.registry.registry import Registry

pytestmark = [pytest.mark.needs("git"), pytest.mark.needs("sh")]
TEXT = "structures:\n  - id: a\n    nom: {}\n    commune: Paris\n    code_postal: '75020'\n"


@dataclass(frozen=True)
class Trap:
    """A program that a repository names, and the trace that it leaves when it is run."""

    folder: Path

    @property
    def program(self) -> str:
        """Its path."""
        script = self.folder / "trap.sh"
        script.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(self.trace))}\nexit 1\n")
        script.chmod(0o755)
        return str(script)

    @property
    def trace(self) -> Path:
        """The file that it leaves."""
        return self.folder / "it was run"

    def was_sprung_by(self, repository: Repository, *arguments: str) -> bool:
        """True if one of git's own commands runs it."""
        with suppress(subprocess.CalledProcessError):
            repository.git(*arguments)
        sprung = self.trace.exists()
        self.trace.unlink(missing_ok=True)
        return sprung


@pytest.fixture
def trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    """A trap outside the repository."""
    return Trap(tmp_path_factory.mktemp("trap"))


@pytest.fixture
def two_versions(repository: Repository) -> Repository:
    """A repository in which the registry has two versions."""
    repository.commit(TEXT.format("Un"), "2026-01-01")
    repository.commit(TEXT.format("Deux"), "2026-01-02")
    return repository


def read_all(repository: Repository) -> None:
    """Read all that `diff` and `log` read."""
    file = repository.folder / "registry.yaml"
    history = History.of(file)
    registry = Registry.read(file)
    events = life(history, registry, registry.structures[0])
    assert [event.change.before.nom for event in events] == ["Un", ""]
    assert history.at("HEAD~1").source.text == history.before("2026-01-02").source.text == TEXT.format("Un")
    assert not history.is_shallow


def fsmonitor(repository: Repository, trap: Trap) -> tuple[str, ...]:
    repository.git("config", "core.fsmonitor", trap.program)
    return ("status",)


def hooks(repository: Repository, trap: Trap) -> tuple[str, ...]:
    for name in ("post-index-change", "post-checkout", "pre-commit", "reference-transaction"):
        (repository.folder / ".git" / "hooks").mkdir(exist_ok=True)
        (repository.folder / ".git" / "hooks" / name).symlink_to(trap.program)
    return ("commit", "--allow-empty", "-m", "x")


def other_hooks(repository: Repository, trap: Trap) -> tuple[str, ...]:
    folder = trap.folder / "hooks"
    folder.mkdir()
    (folder / "pre-commit").symlink_to(trap.program)
    repository.git("config", "core.hooksPath", str(folder))
    return ("commit", "--allow-empty", "-m", "x")


def external_diff(repository: Repository, trap: Trap) -> tuple[str, ...]:
    repository.git("config", "diff.external", trap.program)
    return ("diff", "HEAD~1")


def diff_of_attribute(repository: Repository, trap: Trap) -> tuple[str, ...]:
    (repository.folder / ".git" / "info" / "attributes").write_text("*.yaml diff=trap\n")
    repository.git("config", "diff.trap.command", trap.program)
    return ("diff", "HEAD~1")


def textconv(repository: Repository, trap: Trap) -> tuple[str, ...]:
    (repository.folder / ".gitattributes").write_text("*.yaml diff=trap\n")
    repository.git("config", "diff.trap.textconv", trap.program)
    return ("log", "-p")


def content_filter(repository: Repository, trap: Trap) -> tuple[str, ...]:
    (repository.folder / ".gitattributes").write_text("*.yaml filter=trap\n")
    repository.git("config", "filter.trap.smudge", trap.program)
    repository.git("config", "filter.trap.clean", trap.program)
    return ("cat-file", "--filters", "HEAD:registry.yaml")


def signature(repository: Repository, trap: Trap) -> tuple[str, ...]:
    commit = repository.git("cat-file", "commit", "HEAD")
    head, body = commit.split(b"\n\n", 1)
    signed = head + b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n" + body
    name = repository.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=signed).decode().strip()
    repository.git("reset", "-q", "--hard", name)
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "gpg.program", trap.program)
    return ("log", "-1")


def word_of_git(repository: Repository, trap: Trap) -> tuple[str, ...]:
    for name in ("log", "rev-parse", "cat-file", "other"):
        repository.git("config", f"alias.{name}", f"!{trap.program}")
    return ("other",)


@pytest.mark.parametrize(
    "attack",
    [
        fsmonitor, hooks, other_hooks, external_diff, diff_of_attribute, textconv, content_filter, signature,
        word_of_git,
    ],
)  # fmt: skip
def test_no_program_that_a_repository_names_is_run(
    two_versions: Repository, trap: Trap, attack: Callable[[Repository, Trap], tuple[str, ...]]
) -> None:
    command = attack(two_versions, trap)
    read_all(two_versions)
    assert not trap.trace.exists()
    assert trap.was_sprung_by(two_versions, *command)


@pytest.mark.parametrize("address", ["{folder}", "ext::{program} x", "ssh://localhost/x"])
def test_what_a_partial_clone_lacks_is_not_fetched(
    two_versions: Repository, trap: Trap, address: str
) -> None:
    blob = two_versions.git("rev-parse", "HEAD~1:registry.yaml").decode().strip()
    for name, value in {
        "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": address.format(folder=two_versions.folder, program=trap.program),
        "remote.origin.uploadpack": trap.program, "core.sshCommand": trap.program, "protocol.allow": "always",
        "protocol.ext.allow": "always",
    }.items():  # fmt: skip
        two_versions.git("config", name, value)
    (two_versions.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Unreadable, match="a version of the file is missing from this repository"):
        History.of(two_versions.folder / "registry.yaml").at("HEAD~1")
    assert not trap.trace.exists()
    assert trap.was_sprung_by(two_versions, "cat-file", "-p", blob)


def test_a_repository_that_came_among_the_files_of_another_is_not_read(tmp_path: Path) -> None:
    inner = new_repository(tmp_path / "inner")
    inner.commit(TEXT.format("Un"))
    bare = tmp_path / "files"
    (inner.folder / ".git").rename(bare)
    inner.git("config", "--file", bare / "config", "core.bare", "true")
    (bare / "registry.yaml").write_text(TEXT.format("Un"))
    git = git_in(bare)
    assert Git(bare, git.program).run("--version").startswith(b"git version")
    with pytest.raises(Unreadable, match="the file is not in a git repository"):
        History.of(bare / "registry.yaml")


def test_a_replaced_object_is_not_shown_instead(two_versions: Repository) -> None:
    blob = two_versions.git("rev-parse", "HEAD~1:registry.yaml").decode().strip()
    other = two_versions.git("hash-object", "-w", "--stdin", stdin=b"replaced").decode().strip()
    two_versions.git("replace", blob, other)
    read_all(two_versions)
    assert two_versions.git("show", "HEAD~1:registry.yaml") == b"replaced"


def test_settings_of_a_repository_do_not_change_what_is_read(two_versions: Repository) -> None:
    for name, value in {
        "log.showRoot": "false", "color.ui": "always", "diff.renames": "false", "log.follow": "true",
        "i18n.logOutputEncoding": "UTF-16", "diff.relative": "true", "format.pretty": "oneline",
        "core.quotePath": "true", "log.decorate": "full", "diff.noprefix": "true", "core.abbrev": "4",
        "log.diffMerges": "off", "core.pager": "false", "log.mailmap": "true",
    }.items():  # fmt: skip
        two_versions.git("config", name, value)
    read_all(two_versions)
