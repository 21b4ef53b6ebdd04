from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import Repository, new_repository

from epncli.errors import BadUsage, Unreadable
from epncli.history.versions import History

pytestmark = pytest.mark.needs("git")


def texts(history: History) -> list[tuple[str, str, str, str]]:
    """Day, author, subject and content of each version."""
    contents = history.git.contents(one.blob for one in history.versions)
    return [
        (one.committed.date().isoformat(), one.author, one.subject, data.decode())
        for one, data in zip(history.versions, contents, strict=True)
    ]


def test_the_versions_of_a_file_are_read_newest_first(repository: Repository) -> None:
    repository.commit("un\n", "2026-01-01", author="Zoé", message="première\n\nplus")
    repository.commit("x\n", "2026-01-02", name="other.yaml")
    repository.commit("deux\n", "2026-01-03", message="tab\there")
    assert texts(History.of(repository.folder / "registry.yaml")) == [
        ("2026-01-03", "Claire", "tab\there", "deux\n"),
        ("2026-01-01", "Zoé", "première", "un\n"),
    ]


def test_a_renamed_file_is_followed(repository: Repository) -> None:
    (repository.folder / "sub").mkdir()
    repository.commit("un\ndeux\ntrois\n", "2026-01-01", name="épn 1.yaml")
    repository.git("mv", "épn 1.yaml", "sub/registry.yaml")
    repository.commit(None, "2026-01-02")
    history = History.of(repository.folder / "sub" / "registry.yaml")
    assert [one.path for one in history.versions] == ["sub/registry.yaml", "épn 1.yaml"]
    assert history.at("HEAD~1").source.text == history.at("HEAD").source.text == "un\ndeux\ntrois\n"


def test_of_a_merge_the_first_parent_is_followed(repository: Repository) -> None:
    lines = "".join(f"{number}\n" for number in range(20))
    repository.commit(lines, "2026-01-01")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit(lines.replace("19", "dix-neuf"), "2026-01-02", author="Zoé")
    repository.git("checkout", "-q", "main")
    repository.commit(lines.replace("1\n", "un\n", 1), "2026-01-03")
    repository.git("merge", "-q", "-m", "fusion", "side", GIT_COMMITTER_DATE="2026-01-04T12:00:00+00:00")
    found = texts(History.of(repository.folder / "registry.yaml"))
    assert [one[2] for one in found] == ["fusion", "change", "change"]
    assert [one[0] for one in found] == ["2026-01-04", "2026-01-03", "2026-01-01"]


@pytest.mark.needs("odd names")
@pytest.mark.parametrize(
    "name", [":(exclude)a.yaml", "-n.yaml", "*.yaml", "a\nb.yaml", "é'\".yaml", "~$x`y`.yaml"]
)
def test_a_file_may_have_any_name(repository: Repository, name: str) -> None:
    repository.commit("un\n", name=name)
    repository.commit("x\n", name="a.yaml")
    history = History.of(repository.folder / name)
    assert texts(history) == [("2026-01-01", "Claire", "change", "un\n")]
    assert history.at("HEAD").source.text == "un\n"


@pytest.mark.needs("symlinks")
def test_a_link_leads_to_the_repository_of_its_file(repository: Repository, tmp_path: Path) -> None:
    repository.commit("un\n")
    elsewhere = tmp_path / "away"
    elsewhere.mkdir()
    (elsewhere / "link.yaml").symlink_to(repository.folder / "registry.yaml")
    assert History.of(elsewhere / "link.yaml").at("HEAD").source.text == "un\n"


def test_a_file_in_a_submodule_has_the_history_of_the_submodule(tmp_path: Path) -> None:
    inner, outer = new_repository(tmp_path / "inner"), new_repository(tmp_path / "outer")
    inner.commit("un\n")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.folder, "sub")
    outer.commit(None)
    assert History.of(outer.folder / "sub" / "registry.yaml").at("HEAD").source.text == "un\n"


def test_the_version_of_a_day_is_the_last_one_from_before_it(repository: Repository) -> None:
    for day in ("2026-01-01", "2026-01-03", "2026-01-05"):
        repository.commit(f"{day}\n", day)
    history = History.of(repository.folder / "registry.yaml")
    days = ("2025-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2030-01-01")
    assert [history.before(day).source.text.strip() for day in days] == [
        "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-03", "2026-01-05",
    ]  # fmt: skip


def test_a_file_that_was_away_for_a_time_is_passed_over(repository: Repository) -> None:
    repository.commit("un\n", "2026-01-01")
    (repository.folder / "registry.yaml").unlink()
    repository.commit(None, "2026-01-02")
    repository.commit("deux\n", "2026-01-05")
    history = History.of(repository.folder / "registry.yaml")
    assert [bool(one.blob) for one in history.versions] == [True, False, True]
    assert history.before("2026-01-04").source.text == "un\n"


def refusal(call: Callable[[], object]) -> tuple[type, str, str]:
    """What was refused, and with which hint."""
    with pytest.raises((Unreadable, BadUsage)) as caught:
        call()
    return type(caught.value), caught.value.message, caught.value.hint


def test_each_lack_has_its_own_sentence(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    file = repository.folder / "registry.yaml"
    file.write_text("un\n")
    history = History.of(file)
    add = f"‘git add {file}’ and ‘git commit’ keep its versions from now on"
    assert refusal(lambda: history.versions) == (
        Unreadable, "the repository has no commit yet", "‘git commit’ makes the first one"
    )  # fmt: skip
    file.unlink()
    repository.commit(None)
    file.write_text("un\n")
    assert refusal(lambda: history.at("HEAD")) == (Unreadable, "the file has never been committed", add)
    repository.commit("un\n")
    fresh = History.of(file)
    assert refusal(lambda: fresh.at("HEAD~1")) == (
        Unreadable, "the file is not in this version: HEAD~1", add
    )  # fmt: skip
    for revision in ("nowhere", "--output=x", "HEAD:registry.yaml", "a\nb", ""):
        assert refusal(lambda named=revision: fresh.at(named))[:2] == (
            BadUsage, f"‘{revision}’ is neither a file nor a version in git"
        )  # fmt: skip
    monkeypatch.setenv("PATH", "")
    assert refusal(lambda: History.of(file)) == (
        Unreadable, "git is not installed", "install git, or give two files to compare"
    )  # fmt: skip


def test_a_new_branch_is_not_taken_for_an_empty_repository(repository: Repository) -> None:
    repository.commit("un\n")
    repository.git("checkout", "-q", "--orphan", "other")
    history = History.of(repository.folder / "registry.yaml")
    assert refusal(lambda: history.at("HEAD")) == (
        Unreadable, "the branch has no commit yet", "‘git commit’ makes the first one"
    )  # fmt: skip


def test_a_file_in_no_repository_is_said(tmp_path: Path) -> None:
    assert refusal(lambda: History.of(tmp_path / "registry.yaml")) == (
        Unreadable,
        "the file is not in a git repository",
        "‘git init’ creates one; to compare two files: epn diff OLD NEW",
    )


def test_a_shallow_clone_is_not_taken_for_the_whole_history(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "whole")
    repository.commit("un\n", "2026-01-01")
    repository.commit("deux\n", "2026-01-03")
    new_repository(tmp_path).git("clone", "-q", "--depth", "1", repository.folder.as_uri(), "clone")
    history = History.of(tmp_path / "clone" / "registry.yaml")
    assert history.before("2026-01-04").source.text == "deux\n"
    assert refusal(lambda: history.before("2026-01-02")) == (
        Unreadable,
        "the clone does not go back to 2026-01-02: it is shallow",
        "‘git fetch --unshallow’ gets the older versions",
    )
    assert (
        refusal(lambda: history.at("HEAD~1"))[2]
        == "‘git log’ lists the versions; the clone may lack the older ones"
    )


def test_a_version_that_is_too_large_is_not_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("epncli.limits.MAX_BYTES", 10)
    repository.commit("01234567890\n")
    history = History.of(repository.folder / "registry.yaml")
    assert refusal(lambda: history.at("HEAD"))[0] is Unreadable


def test_variables_of_git_lead_nowhere_else(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("un\n")
    other = new_repository(tmp_path / "other")
    other.commit("deux\n")
    for name, value in {
        "GIT_DIR": other.folder / ".git", "GIT_WORK_TREE": other.folder, "GIT_INDEX_FILE": tmp_path / "x",
        "GIT_OBJECT_DIRECTORY": other.folder / ".git" / "objects", "GIT_CONFIG_COUNT": "x",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, os.fspath(value))
    assert History.of(repository.folder / "registry.yaml").at("HEAD").source.text == "un\n"
