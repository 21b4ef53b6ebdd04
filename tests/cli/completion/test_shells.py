"""Completion in real shells: what TAB inserts, and what the command then receives."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

REGISTRY = """\
structures:
  - {id: microlithe, nom: Microlithe, commune: Paris, autres_formations_labels: [Net Public]}
  - {id: "x: $(touch pwned) `y` *", nom: "x [/y] z 'q' \\"r\\" \\\\", commune: Saint-Denis}
  - {id: a:b:cd, nom: Deux points, commune: Ivry, code_postal: "94200", statut: fermé}
  - {id: "wow!echo !! pwned", nom: Exclamation}
  - {id: "n\N{NO-BREAK SPACE}b", nom: Insécable}
  - {id: Saint-Denis, nom: Saint-Denis}
  - {id: SAINT-OUEN, nom: Saint-Ouen}
  - {id: -dash, nom: Tiret}
  - {id: l'été, nom: Apostrophe, commune: L'Haÿ-les-Roses, code_postal: "94240"}
"""
ROWS = {
    "a command": ("epn stat{tab}", ["stats"]),
    "an id": ("epn show mic{tab}", ["show", "microlithe"]),
    "an option": ("epn list --arr{tab}3", ["list", "--arrondissement", "3"]),
    "a municipality": ("epn list --commune saint{tab}", ["list", "--commune", "Saint-Denis"]),
    "a municipality after =": ("epn list --commune=Pa{tab}", ["list", "--commune=Paris"]),
    "a label with a space": ("epn list --label Net{tab}", ["list", "--label", "Net Public"]),
    "a label in quotes": ('epn list --label "Net{tab}', ["list", "--label", "Net Public"]),
    "a label in quotes, its second word": ('epn list --label "Net P{tab}', ["list", "--label", "Net Public"]),
    "a value in quotes, after another one": (
        "epn edit microlithe --set 'frais_a_charge=Payant|Gratuit s{tab}",
        ["edit", "microlithe", "--set", "frais_a_charge=Payant|Gratuit sous condition"],
    ),
    "a field to set, without a space after it": (
        "epn edit microlithe --set tel{tab}01",
        ["edit", "microlithe", "--set", "telephones=01"],
    ),
    "the second field": ("epn list --fields nom,tele{tab}", ["list", "--fields", "nom,telephones"]),
    "a field from last to first": ("epn list --sort -date_m{tab}", ["list", "--sort", "-date_maj"]),
    "a field to set, then its value": (
        "epn edit microlithe --set stat{tab}f{tab}",
        ["edit", "microlithe", "--set", "statut=fermé"],
    ),
    "a value with spaces": (
        "epn edit microlithe --set services=Parent{tab}",
        ["edit", "microlithe", "--set", "services=Parentalité et éducation avec le numérique"],
    ),
    "an id that is a command line": ("epn show x{tab}", ["show", "x: $(touch pwned) `y` *"]),
    "an id that is a command line, in quotes": ('epn show "x{tab}', ["show", "x: $(touch pwned) `y` *"]),
    "an id with an exclamation mark, in quotes": ('epn show "wow{tab}', ["show", "wow!echo !! pwned"]),
    "an id with a no-break space": ("epn show n{tab}", ["show", "n\N{NO-BREAK SPACE}b"]),
    "what is typed is not taken back": ("epn show saint{tab}", ["show", "saint"]),
    "a sign is not skipped": ("epn show d{tab}", ["show", "d"]),
    "an id that looks like an option": ("epn show -- -d{tab}", ["show", "--", "-dash"]),
    "an id with colons": ("epn show a:b:{tab}", ["show", "a:b:cd"]),
    "an id with an apostrophe": ("epn show l{tab}", ["show", "l'été"]),
    "only what is closed can be reopened": ("epn reopen {tab}", ["reopen", "a:b:cd"]),
    "a file": ("epn list -r regis{tab}", ["list", "-r", "registry.yaml"]),
    "a file after =": ("epn list --registry=regis{tab}", ["list", "--registry=registry.yaml"]),
    "a file in quotes": ("epn list -r 'my f{tab}", ["list", "-r", "my file.yaml"]),
    "an epn with its folder": ("bin/epn show mic{tab}", ["show", "microlithe"]),
    "a format": ("epn export mark{tab}", ["export", "markdown"]),
}
pytestmark = pytest.mark.needs("pty")
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a registry, and an `epn` that notes its arguments where it is no shell that asks."""
    for name in ("registry.yaml", "my file.yaml"):
        (tmp_path / name).write_text(REGISTRY, encoding="utf-8")
    command = tmp_path / "bin" / "epn"
    command.parent.mkdir()
    command.write_text(
        f"#!{sys.executable}\n"
        "import json, os, pathlib, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[3])!r})\n"
        "if '_EPN_COMPLETE' in os.environ or '--show-completion' in sys.argv:\n"
        "    from epncli.__main__ import main\n"
        "    sys.exit(main())\n"
        f"partial = pathlib.Path({str(tmp_path)!r}, 'args.part')\n"
        "partial.write_text(json.dumps(sys.argv[1:]))\n"
        f"partial.rename({str(tmp_path / 'args')!r})\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    return tmp_path


@pytest.fixture(params=list(START))
def shell(request: pytest.FixtureRequest, folder: Path) -> Iterator[pexpect.spawn[str]]:
    """A shell on a terminal, in that folder, which was taught to complete."""
    name = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    env = {
        "PATH": f"{folder / 'bin'}:/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "TERM": "dumb",
        "LC_ALL": "C.UTF-8", "PS1": "", "ZDOTDIR": str(folder),
    }  # fmt: skip
    child: pexpect.spawn[str] = pexpect.spawn(
        START[name][0], START[name][1:], cwd=str(folder), env=env, encoding="utf-8", timeout=20,
        dimensions=(50, 200),
    )  # fmt: skip
    script = f"epn --show-completion {name}"
    source = f"{script} | source" if name == "fish" else f'eval "$({script})"'
    child.send(f"{source}; echo rea''dy\r")
    child.expect("ready\r")
    yield child
    child.close(force=True)


def test_the_tab_key_completes(shell: pexpect.spawn[str], folder: Path) -> None:
    wrong = {}
    for title, (typed, wanted) in ROWS.items():
        got = type_line(shell, folder, typed)
        if got != wanted:
            wrong[title] = got
    assert wrong == {}
    assert not (folder / "pwned").exists()


def test_a_registry_that_cannot_be_read_completes_nothing(shell: pexpect.spawn[str], folder: Path) -> None:
    for broken in ("structures: [\n", "- a\n"):
        (folder / "registry.yaml").write_text(broken)
        assert type_line(shell, folder, "epn show mic{tab}") == ["show", "mic"]
    (folder / "registry.yaml").unlink()
    (folder / ".git").mkdir()
    assert type_line(shell, folder, "epn show mic{tab}") == ["show", "mic"]


def test_without_an_epn_nothing_is_completed_and_nothing_said(
    shell: pexpect.spawn[str], folder: Path
) -> None:
    (folder / "bin" / "epn").unlink()
    shell.send("epn show mic\t")
    time.sleep(1)
    shell.send("\x15echo en''d\r")
    shell.expect("end\r")
    assert "nown" not in shell.before
    assert "found" not in shell.before


def test_the_second_tab_shows_the_names(shell: pexpect.spawn[str]) -> None:
    if "fish" in str(shell.command):
        pytest.skip("fish lists only on a terminal on which it can move the cursor")
    for _time in range(2):  # bash lists at the second press, zsh at the first
        shell.send("epn show saint\t" if _time == 0 else "\t")
        time.sleep(1)
    shell.expect(r"SAINT-OUEN\s+(\(|-- )Saint-Ouen")


def type_line(shell: pexpect.spawn[str], folder: Path, typed: str) -> list[str]:
    """The arguments that the command gets when a line is typed, with its TABs, and entered.

    All of it is typed ahead: the shell reads on when it has the answer to a TAB.
    """
    args = folder / "args"
    args.unlink(missing_ok=True)
    shell.send(typed.replace("{tab}", "\t") + "\r")
    for _attempt in range(2000):
        if args.exists():
            found: list[str] = json.loads(args.read_text())
            return found
        time.sleep(0.01)
    raise TimeoutError
