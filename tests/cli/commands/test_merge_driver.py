from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repositories import Repository
from small_registry import REGISTRY

from epncli.history.merge_setup import install

Invoke = Callable[..., Any]
pytestmark = pytest.mark.needs("git")
TOLD = (
    "in this clone, git now merges registry.yaml with epn\n"
    "in each other clone, run once: epn merge-driver --install; the merge button of a server "
    "does not use it\n"
)
SETTING = f"{shlex.quote(sys.executable)} -P -m epncli merge-driver %O %A %B --path %P\n"


def setting(repository: Repository) -> str:
    return repository.git("config", "--get", "merge.epn.driver").decode()


def test_it_is_installed_and_taken_away(repository: Repository, invoke: Invoke) -> None:
    repository.commit(REGISTRY)
    attributes = repository.folder / ".gitattributes"
    attributes.write_text("*.png binary\n")
    assert invoke("merge-driver", "--install").err == ".gitattributes: written; commit it\n" + TOLD
    assert attributes.read_text() == "*.png binary\n/registry.yaml merge=epn\n"
    assert setting(repository) == SETTING
    assert invoke("merge-driver", "--install").err == TOLD
    assert invoke("merge-driver", "--uninstall").err == "git merges registry.yaml on its own again\n"
    assert attributes.read_text() == "*.png binary\n"
    assert b"merge.epn" not in repository.git("config", "--list")
    assert invoke("merge-driver", "--uninstall").err == "git did not merge registry.yaml with epn\n"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a b.yaml", '"/a b.yaml" merge=epn'),
        ("a[1].yaml", "/a\\[1].yaml merge=epn"),
        ("é.yaml", "/é.yaml merge=epn"),
    ],
)
def test_the_line_is_for_this_file_alone(
    repository: Repository, invoke: Invoke, name: str, line: str
) -> None:
    repository.commit(REGISTRY, name=name)
    assert invoke("merge-driver", "--install", "-r", name).code == 0
    assert (repository.folder / ".gitattributes").read_text() == line + "\n"
    names = repository.git(
        "-c", "core.quotePath=false", "check-attr", "merge", "--", name, "other.yaml"
    ).decode()
    assert [one.rpartition(": ")[2] for one in names.splitlines()] == ["epn", "unspecified"]


def test_git_finds_epn_whatever_its_path_and_runs_nothing_of_the_repository(
    repository: Repository, invoke: Invoke
) -> None:
    git, folder = Path(str(shutil.which("git"))), repository.folder
    (folder / "yaml.py").write_text("open('was run', 'w')\n")
    repository.commit(REGISTRY)
    assert invoke("merge-driver", "--install").code == 0
    repository.commit(REGISTRY)
    for branch, text in (("theirs", '    services: ["Loisirs"]\n'), ("ours", '    notes: "un"\n')):
        repository.git("checkout", "-q", "-b", branch, "main")
        repository.commit(REGISTRY.replace("    nom: Microlithe\n", f"    nom: Microlithe\n{text}"))
    repository.git(
        "merge", "-q", "-m", "x", "theirs", PATH=f"{git.parent}{os.pathsep}/usr/bin{os.pathsep}/bin"
    )
    assert not (folder / "was run").exists()


def test_the_setting_stays_while_a_line_needs_it(repository: Repository, invoke: Invoke) -> None:
    (repository.folder / "sub").mkdir()
    for name in ("registry.yaml", "other.yaml", "sub/a b.yaml"):
        repository.commit(REGISTRY, name=name)
        invoke("merge-driver", "--install", "-r", name)
    invoke("merge-driver", "--uninstall")
    assert setting(repository) == SETTING
    invoke("merge-driver", "--uninstall", "-r", "other.yaml")
    assert setting(repository) == SETTING
    invoke("merge-driver", "--uninstall", "-r", "sub/a b.yaml")
    assert b"merge.epn" not in repository.git("config", "--list")


def stale(invoke: Invoke, registry: str) -> list[str]:
    """The names of the files that are gone, of which a check warns."""
    said = invoke("check", "-r", registry).err
    return re.findall(
        "there is a line for ‘(.+)’, but no such file; if the registry was renamed, run: "
        "epn merge-driver --install\n",
        said,
    )


@pytest.mark.parametrize(
    ("before", "after"), [("a b.yaml", "b[1].yaml"), ("a[1].yaml", "sub/a[1].yaml"), ("a.yaml", "b.yaml")]
)
def test_the_line_of_a_registry_that_was_moved_is_replaced(
    repository: Repository, invoke: Invoke, before: str, after: str
) -> None:
    (repository.folder / "sub").mkdir()
    repository.commit(REGISTRY, name=before)
    invoke("merge-driver", "--install", "-r", before)
    repository.commit(REGISTRY, name="kept.yaml")
    invoke("merge-driver", "--install", "-r", "kept.yaml")
    repository.git("mv", before, after)
    assert stale(invoke, after) == [before]
    top = repository.folder / ".gitattributes"
    told = invoke("merge-driver", "--install", "-r", after).err.splitlines()[:2]
    shown = top if "/" in after else ".gitattributes"
    assert told == [
        f"{shown}: the line of {before}, which is no longer there, was removed; commit it",
        f"{Path(after).parent / '.gitattributes'}: written; commit it",
    ]
    assert stale(invoke, after) == []
    lines = repository.git("check-attr", "merge", "--", before, after, "kept.yaml").decode().splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == ["unspecified", "epn", "epn"]


@pytest.mark.parametrize("name", ["[x] #1.yaml", "#2.yaml", "!a.yaml", "a .yaml ", "a*?.yaml", "b\\.yaml"])
@pytest.mark.needs("odd names")
def test_git_ignores_the_files_beside_a_registry_whatever_its_name(
    repository: Repository, invoke: Invoke, name: str
) -> None:
    assert invoke("init", "--git", name).code == 0
    beside = (f".{name}.lock", f"{name}~")
    for one in beside:
        (repository.folder / one).write_text("")
    (repository.folder / f"x{name}~").write_text("")
    found = repository.git("status", "--porcelain", "-z").decode().split("\0")
    assert {one[3:] for one in found if one} == {".gitattributes", ".gitignore", name, f"x{name}~"}
    ignored = (repository.folder / ".gitignore").read_text()
    invoke("merge-driver", "--uninstall", "-r", name)
    (repository.folder / name).unlink()
    assert invoke("init", "--git", name).code == 0
    assert (repository.folder / ".gitignore").read_text() == ignored


def test_init_sets_all_up(tmp_path: Path, invoke: Invoke) -> None:
    run = invoke("init", "--git")
    assert (run.code, run.err.splitlines()[:4]) == (
        0,
        [
            "registry.yaml: registry created", ".gitignore: written", ".gitattributes: written; commit it",
            "in this clone, git now merges registry.yaml with epn",
        ],
    )  # fmt: skip
    assert (tmp_path / ".gitignore").read_text() == ".registry.yaml.lock\nregistry.yaml~\n*.last.csv~\n"
    assert (tmp_path / ".git" / "HEAD").is_file()


def test_git_calls_it_with_three_files(registry_file: Callable[..., Path], invoke: Invoke) -> None:
    base = registry_file(REGISTRY, "base")
    ours = registry_file(REGISTRY.replace("nom: Microlithe", "nom: Un"), "ours")
    theirs = registry_file(REGISTRY.replace("75020", "75019"), "theirs")
    assert invoke("merge-driver", base, ours, theirs, "--path", "registry.yaml").code == 0
    assert ours.read_text() == REGISTRY.replace("nom: Microlithe", "nom: Un").replace("75020", "75019")
    theirs.write_text(REGISTRY.replace("nom: Microlithe", "nom: Deux"))
    run = invoke("merge-driver", base, ours, theirs, "--path", "registry.yaml")
    assert (run.code, run.err) == (
        1, "registry.yaml: 1 conflict; ‘epn resolve’ shows both versions of each\n"
    )  # fmt: skip
    assert "<<<<<<< ours\n    nom: Un\n=======\n    nom: Deux\n>>>>>>> theirs\n" in ours.read_text()


def test_a_fault_of_ours_never_loses_their_version(
    registry_file: Callable[..., Path], invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("epncli.cli.commands.merge_driver.merge_versions", fail)
    base = registry_file("a\n", "base")
    ours, theirs = registry_file("b\n", "ours"), registry_file("c\n", "theirs")
    assert invoke("merge-driver", base, ours, theirs).code == 1
    assert ours.read_text() == "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n"


def test_a_file_that_git_does_not_merge_by_lines_stays_as_it_is(tmp_path: Path, invoke: Invoke) -> None:
    for name in ("base", "ours", "theirs"):
        (tmp_path / name).write_bytes(f"titre: {name}\n".encode("utf-16"))
    run = invoke("merge-driver", "base", "ours", "theirs", "--path", "registry.yaml")
    assert (run.code, run.err) == (
        1,
        (
            "registry.yaml: error: git cannot merge this file line by line; it is still as in our version\n"
            "  ‘git checkout --theirs’ takes the other version, ‘git add’ keeps this one\n"
        ),
    )
    assert (tmp_path / "ours").read_bytes() == "titre: ours\n".encode("utf-16")


def test_what_python_finds_in_the_repository_is_not_run(repository: Repository) -> None:
    install(repository.folder / "registry.yaml")
    (repository.folder / "epncli.py").write_text("raise SystemExit(7)\n")
    (repository.folder / "typing.py").write_text("raise SystemExit(7)\n")
    command = setting(repository).strip().replace("%O %A %B --path %P", "--help")
    done = subprocess.run(shlex.split(command), cwd=repository.folder, capture_output=True, check=False)
    assert done.returncode == 0


def test_a_line_that_looks_like_a_marker_makes_the_markers_longer(
    registry_file: Callable[..., Path], invoke: Invoke
) -> None:
    note = '    notes: "a\n=======\n{}\n"\n'
    files = [
        registry_file(
            REGISTRY.replace("    nom: Microlithe\n", f"    nom: Microlithe\n{note.format(text)}"), text
        )
        for text in ("base", "ours", "theirs")
    ]
    assert invoke("merge-driver", *files).code == 1
    marks = [
        line.split(" ")[0] for line in files[1].read_text().splitlines() if line.startswith(("<", "=", ">"))
    ]
    assert marks == ["<" * 8, "=======", "=" * 8, "=======", ">" * 8]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((), "git runs this command with three files"),
        (("a", "b"), "git runs this command with three files"),
        (
            ("--install", "--uninstall"),
            "--install and --uninstall cannot be combined with each other or with files",
        ),
        (("--install", "a"), "--install and --uninstall cannot be combined with each other or with files"),
    ],
)
def test_wrong_arguments_are_refused(invoke: Invoke, arguments: tuple[str, ...], error: str) -> None:
    run = invoke("merge-driver", *arguments)
    assert (run.code, run.err.split("\n")[0]) == (2, f"error: {error}")
