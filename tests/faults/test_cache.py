"""What is remembered of large files: no fault of its folder, and no killed process, changes an answer."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from children import registry_text, run
from test_stopped import stopped_before_each_step

from epncli import limits
from epncli.system.cache_folder import cache_folder
from epncli.yamlfile.reader import read_document
from epncli.yamlfile.remembered import read_remembered
from epncli.yamlfile.source import read_source

Epn = Callable[..., Any]
COUNT = 6000
Command = tuple[list[str], Mapping[str, str]]
COMMANDS: list[Command] = [
    (["list"], {}),
    (["list", "--format", "json", "--limit", "3"], {}),
    (["search", "lieu", "77"], {}),
    (["show", "lieu-5999"], {}),
    (["export", "csv"], {}),
    (["check"], {}),
    (["close", "lieu-5999", "--dry-run", "--date", "2014-09"], {}),
    ([], {"_EPN_COMPLETE": "fish_complete", "_EPN_LINE": "epn show lieu-59"}),
    ([], {"_EPN_COMPLETE": "fish_complete", "_EPN_LINE": "epn list --commune "}),
    ([], {"_EPN_COMPLETE": "fish_complete", "_EPN_LINE": "epn call lieu-1"}),
]


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry that is large enough to be remembered, with a warning about each structure."""
    path = tmp_path / "registry.yaml"
    text = registry_text(COUNT).replace("    commune", "    telephones: [0140010203]\n    commune")
    path.write_text(text, encoding="utf-8")
    assert path.stat().st_size > limits.LARGE
    return path


def answers(epn: Epn, commands: Sequence[Command] = COMMANDS, **environment: str) -> list[Any]:
    return [epn(*argv, env={**environment, **env}) for argv, env in commands]


@pytest.mark.usefixtures("registry")
def test_every_answer_is_the_same_with_and_without_what_is_remembered(epn: Epn, tmp_path: Path) -> None:
    without = answers(epn, EPN_CACHE="off")
    assert [run.code for run in without] == [0] * len(COMMANDS)
    assert not (tmp_path / "cache").exists()
    assert answers(epn) == without
    kinds = [path.suffix for path in cache_folder().iterdir()]
    assert sorted(kinds) == [".columns", ".document", ".events"]
    assert answers(epn) == without
    for path in cache_folder().iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert answers(epn) == without


@pytest.mark.usefixtures("registry")
def test_a_folder_that_cannot_be_used_is_not_mentioned(epn: Epn, tmp_path: Path) -> None:
    some = (COMMANDS[0], COMMANDS[-1])
    without = answers(epn, some, EPN_CACHE="off")
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("relative")):
        home = {"HOME": str(tmp_path / "file"), "LOCALAPPDATA": str(tmp_path / "file")}
        assert answers(epn, some, XDG_CACHE_HOME=str(folder), **home) == without


def test_a_change_and_its_undoing_are_seen_at_once(epn: Epn, registry: Path) -> None:
    before = epn("list").out
    old = registry.read_bytes()
    assert epn("close", "lieu-5999", "--date", "2014-09").code == 0
    new = registry.read_bytes()
    after = before.replace("lieu-5999\touvert", "lieu-5999\tfermé")
    assert (new != old, epn("list").out) == (True, after)
    assert epn("undo").code == 0
    assert (registry.read_bytes(), epn("list").out) == (old, before)
    assert epn("close", "lieu-5999", "--date", "2014-09").code == 0
    assert (registry.read_bytes(), epn("list").out) == (new, after)


@pytest.mark.needs("fork")
def test_a_small_file_is_not_remembered(folder: Path, tmp_path: Path) -> None:
    (folder / "registry.yaml").write_text(registry_text(60), encoding="utf-8")
    assert run(folder, "list").code == run(folder, "close", "lieu-1").code == 0
    assert not (tmp_path / "cache").exists()


@pytest.mark.needs("fork")
def test_a_command_killed_at_any_step_leaves_no_wrong_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGE", 0)
    registry = folder / "registry.yaml"
    registry.write_text(registry_text(60), encoding="utf-8")
    source = read_source(registry)
    expected = read_document(source)

    def forget() -> None:
        for path in cache_folder().iterdir() if cache_folder().exists() else ():
            path.unlink()

    codes = []
    for ended in stopped_before_each_step(folder, ("list",), signal.SIGKILL, forget):
        codes.append(ended.code)
        files = list(cache_folder().iterdir()) if cache_folder().exists() else []
        assert len(files) <= 1
        assert read_remembered(source) == expected
        assert [path.suffix for path in cache_folder().iterdir()] == [".document"]
    assert codes == [-signal.SIGKILL] * (len(codes) - 1) + [0]
    assert len(codes) > 5


@pytest.mark.needs("fork")
def test_a_file_that_may_not_grow_any_further_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    monkeypatch.setattr(limits, "LARGE", 0)
    (folder / "registry.yaml").write_text(registry_text(60), encoding="utf-8")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))  # noqa: E731
    ended = run(folder, "--quiet", "list", prepare=limit)
    assert (ended.code, ended.err) == (0, "")
    assert list(cache_folder().iterdir()) == []


@pytest.mark.needs("fork")
@pytest.mark.parametrize("rounds", [50, pytest.param(2000, marks=pytest.mark.long)])
def test_processes_that_read_store_and_remove_at_once_all_get_the_same(folder: Path, rounds: int) -> None:
    registry = folder / "registry.yaml"
    registry.write_text(registry_text(300), encoding="utf-8")
    source = read_source(registry)
    expected = read_document(source)

    def reading(seed: int) -> int:
        child = os.fork()
        if child:
            return child
        code, random = 1, Random(seed)  # noqa: S311  no secret
        try:
            for _ in range(rounds):
                assert read_remembered(source) == expected
                if random.random() < 0.3:
                    for path in cache_folder().iterdir():
                        path.unlink(missing_ok=True)
            code = 0
        finally:
            os._exit(code)

    children = [reading(seed) for seed in range(4)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
