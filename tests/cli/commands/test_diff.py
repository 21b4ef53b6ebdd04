from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from repositories import Repository
from small_registry import REGISTRY

Invoke = Callable[..., Any]
pytestmark = pytest.mark.needs("git")
CLOSED = REGISTRY.replace(
    "    telephones:\n      - 01 53 16 14 82\n      - 01 53 16 14 83  # le soir\n",
    "    telephones: [01 53 16 14 84]\n    statut: fermé\n    date_fermeture: 2026-02\n",
)
CHANGED = (
    CLOSED.replace("3 place du Marché", "12 rue Neuve") + "  - id: neuf\n    nom: Neuf\n    commune: Lyon\n"
)


@pytest.fixture
def committed(repository: Repository) -> Repository:
    """A repository in which the small registry is committed, and changed since."""
    repository.commit(REGISTRY, "2026-01-31")
    (repository.folder / "registry.yaml").write_text(CHANGED)
    return repository


@pytest.mark.usefixtures("committed")
def test_the_last_commit_is_compared_with_the_file(invoke: Invoke) -> None:
    run = invoke("diff")
    assert run.out == (
        "added\tneuf\tNeuf\t\t\t\n"
        "closed\talternord\tAlternord\ttelephones\t01 53 16 14 82|01 53 16 14 83\t01 53 16 14 84\n"
        "closed\talternord\tAlternord\tstatut\t\tfermé\n"
        "closed\talternord\tAlternord\tdate_fermeture\t\t2026-02\n"
        "moved\tepn-de-bourg\tEPN de Bourg\tadresse\t3 place du Marché\t12 rue Neuve\n"
    )
    words = "Since 31 January 2026: 1 place is new, 1 place has closed, 1 place has moved\n"
    assert (run.err, run.code) == (words, 0)


@pytest.mark.usefixtures("committed")
def test_on_a_terminal_the_groups_have_headings_and_the_differing_words_are_marked(terminal: Any) -> None:
    screen = terminal.run("diff")
    assert (
        screen.text
        == """\
New (1)
  Neuf, Lyon
Closed (1)
  Alternord, 75009 Paris
    Phone: 01 53 16 14 82, 01 53 16 14 83 → 01 53 16 14 84
    Status: — → fermé
    Closing date: — → 2026-02
Moved (1)
  EPN de Bourg, 01000 Bourg-en-Bresse
    Address: 3 place du Marché → 12 rue Neuve
Since 31 January 2026: 1 place is new, 1 place has closed, 1 place has moved
"""
    )
    assert "\x1b[1;32m84\x1b[0m" in screen.raw
    assert "\x1b[1;32m12\x1b[0m\x1b[32m \x1b[0m\x1b[1;32mrue\x1b[0m" in screen.raw


@pytest.mark.parametrize(
    ("arguments", "changes"),
    [
        (("HEAD",), 3),
        (("HEAD", "HEAD"), 0),
        (("HEAD", "registry.yaml"), 3),
        (("HEAD~1",), 1),
        (("HEAD~1", "HEAD"), 1),
        (("--since", "2026-01-31"), 1),
        (("--since", "1er février 2026"), 3),
        (("--since", "2026-02"), 3),
        (("--since", "2026"), 1),
        (("old.yaml",), 3),
        (("old.yaml", "HEAD"), 0),
        (("--commune", "Paris"), 1),
        (("--commune", "Lyon"), 1),
        (("--code-postal", "01"), 1),
        (("--fields", "telephones"), 1),
        (("--fields", "tel,adresse"), 2),
        (("--fields", "notes"), 0),
    ],
)  # fmt: skip
def test_files_versions_days_and_filters(
    repository: Repository, invoke: Invoke, arguments: tuple[str, ...], changes: int
) -> None:
    repository.commit(REGISTRY.replace("Alternord", "Alternatif"), "2026-01-01")
    repository.commit(REGISTRY, "2026-01-31")
    (repository.folder / "old.yaml").write_text(REGISTRY)
    (repository.folder / "registry.yaml").write_text(CHANGED)
    if "HEAD~1" in arguments or arguments[-1] in ("2026-01-31", "2026"):
        (repository.folder / "registry.yaml").write_text(REGISTRY)
    run = invoke("diff", *arguments, "--format", "json", "--exit-code")
    assert len({one["id"] for one in json.loads(run.out)}) == changes
    assert run.code == (1 if changes else 0)


@pytest.mark.usefixtures("committed")
def test_a_day_before_the_first_version_is_said(invoke: Invoke) -> None:
    run = invoke("diff", "--since", "2025-12", "--fields", "telephones")
    assert run.err == (
        "the oldest version is of 31 January 2026\nSince 31 January 2026: 1 place has a new phone number\n"
    )


def test_two_files_need_no_repository_and_no_registry(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    old, new = registry_file(REGISTRY, "old.yaml"), registry_file(CHANGED, "new.yaml")
    run = invoke("diff", old, new, "--format", "message")
    assert run.out == "Add Neuf; close Alternord; move EPN de Bourg\n"
    assert run.err == "1 place is new, 1 place has closed, 1 place has moved\n"


@pytest.fixture
def pipe(tmp_path: Path) -> Callable[[str], Path]:
    """A named pipe into which another thread writes this text."""

    def made(text: str) -> Path:
        path = tmp_path / "pipe"
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        Thread(target=path.write_text, args=(text,), daemon=True).start()
        return path

    return made


@pytest.mark.needs("fifo")
def test_pipes_are_read(
    invoke: Invoke, pipe: Callable[[str], Path], registry_file: Callable[..., Path]
) -> None:
    run = invoke("diff", pipe(REGISTRY), registry_file(CHANGED, "new.yaml"), "--format", "message")
    assert (run.code, run.out) == (0, "Add Neuf; close Alternord; move EPN de Bourg\n")


@pytest.mark.needs("fifo")
def test_standard_input_is_read_under_its_name(
    epn: Callable[..., Any], registry_file: Callable[..., Path]
) -> None:
    new = registry_file(CHANGED, "new.yaml")
    run = epn("diff", "/dev/stdin", new, "--format", "message", stdin=REGISTRY)
    assert (run.code, run.out) == (0, "Add Neuf; close Alternord; move EPN de Bourg\n")


@pytest.mark.needs("fifo")
def test_faults_in_a_pipe_have_a_place(
    invoke: Invoke, pipe: Callable[[str], Path], registry_file: Callable[..., Path]
) -> None:
    path = pipe("structures:\n  - id: a\n  nom: [\n")
    run = invoke("diff", path, registry_file(CHANGED, "new.yaml"))
    assert (run.code, run.err.partition(": ")[0]) == (3, f"{path}:3:3")


@pytest.mark.needs("fifo")
def test_what_is_read_from_a_pipe_is_limited(
    invoke: Invoke,
    pipe: Callable[[str], Path],
    registry_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("epncli.limits.MAX_BYTES", 10)
    path = pipe(REGISTRY)
    run = invoke("diff", path, registry_file(CHANGED, "new.yaml"))
    assert (run.code, run.err.split("\n")[0]) == (3, f"{path}: error: the file is larger than 0 MB")


@pytest.mark.usefixtures("committed")
def test_a_branch_is_found_beside_a_folder_of_its_name(invoke: Invoke, committed: Repository) -> None:
    committed.git("branch", "nord")
    (committed.folder / "nord").mkdir()
    assert invoke("diff", "nord", "--format", "message").out == (
        "Add Neuf; close Alternord; move EPN de Bourg\n"
    )


def test_for_a_blog_it_is_in_french_without_private_fields(committed: Repository, invoke: Invoke) -> None:
    changed = REGISTRY.replace("nom: Microlithe", "nom: Microlithe\n    notes: secret")
    (committed.folder / "registry.yaml").write_text(changed)
    assert invoke("diff", "--format", "markdown").out == "Depuis le 31 janvier 2026 : rien n’a changé.\n"
    assert (
        invoke("diff", "--format", "html", "--lang", "en").out
        == "<p>Since 31 January 2026: nothing has changed.</p>\n"
    )
    assert invoke("diff").out == "other\tmicrolithe\tMicrolithe\tnotes\t\tsecret\n"


def test_it_is_written_to_a_file_but_never_over_the_registry(committed: Repository, invoke: Invoke) -> None:
    run = invoke("diff", "--format", "message", "-o", "message.txt")
    assert (committed.folder / "message.txt").read_text() == "Add Neuf; close Alternord; move EPN de Bourg\n"
    assert run.err.endswith("1 place has moved in message.txt\n")
    run = invoke("diff", "-o", "registry.yaml")
    assert (run.code, run.err.split("\n")[0]) == (
        4, "registry.yaml: error: the export would overwrite the registry"
    )  # fmt: skip
    assert (committed.folder / "registry.yaml").read_text() == CHANGED


def test_a_version_that_cannot_be_read_is_named_with_its_line(repository: Repository, invoke: Invoke) -> None:
    repository.commit("structures:\n  - id: a\n  nom: [\n")
    (repository.folder / "registry.yaml").write_text(REGISTRY)
    run = invoke("diff")
    assert run.code == 3
    assert run.err.startswith("HEAD:registry.yaml:3:3: error: ")


@pytest.mark.usefixtures("committed")
def test_a_version_and_a_day_are_not_both_taken(invoke: Invoke) -> None:
    run = invoke("diff", "HEAD", "--since", "2026")
    assert (run.code, run.err) == (
        2, "error: --since and a version cannot be used together\n  leave out one of the two\n"
    )  # fmt: skip


def test_values_are_data_on_the_screen(committed: Repository, terminal: Any) -> None:
    hostile = CHANGED.replace("nom: Neuf", 'nom: "[red]\\e[31mNeuf\\u202e"')
    (committed.folder / "registry.yaml").write_text(hostile)
    screen = terminal.run("diff")
    assert "  [red]␛[31mNeuf, Lyon\n" in screen.text
    assert "\x1b[31mNeuf" not in screen.raw


def test_a_commit_message_is_taken_by_git(committed: Repository, epn: Callable[..., Any]) -> None:
    message = epn("diff", "--format", "message", "-q", env={"EPN_LANG": "fr"}).out
    committed.git("commit", "-qam", message)
    log = committed.git("log", "-1", "--format=%s").decode()
    assert log == "Ajoute Neuf; ferme Alternord; change l’adresse (EPN de Bourg)\n"


@pytest.mark.parametrize("name", ["old.yaml", "missing/../new.yaml"])
def test_what_is_compared_is_not_replaced_even_without_another_registry(
    invoke: Invoke, registry_file: Callable[..., Path], name: str
) -> None:
    text = "structures: []\n"
    files = [registry_file(text, "old.yaml"), registry_file(text, "new.yaml")]
    run = invoke("diff", "old.yaml", "new.yaml", "-o", name)
    said = f"{name}: error: the export would overwrite the registry\n  choose another file with -o\n"
    assert (run.code, run.err, [file.read_text() for file in files]) == (4, said, [text, text])
    assert invoke("diff", "old.yaml", "new.yaml", "-o", "out.txt").code == 0


def test_a_file_that_is_missing_is_not_looked_for_in_git(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    registry_file("structures: []\n")
    run = invoke("diff", "old.yaml", "registry.yaml")
    said = "old.yaml: error: there is no such file\n  ‘epn init old.yaml’ creates a registry\n"
    assert (run.code, run.out, run.err) == (3, "", said)
