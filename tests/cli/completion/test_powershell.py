"""Completion for PowerShell: parsing of its command line, candidates, installation."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.app import epn
from epncli.cli.completion import install
from epncli.cli.completion.complete import answer
from epncli.cli.completion.scripts import POWERSHELL
from epncli.system import shell

REGISTRY = """\
structures:
  - {id: microlithe, nom: Microlithe, commune: Paris, code_postal: "75020"}
  - {id: x y, nom: Deux mots, commune: L’Haÿ-les-Roses}
  - {id: "$(calc) `y` 'q' \\"r\\"", nom: Des signes, commune: L'Île-Saint-Denis}
  - {id: "-tiret", nom: Avec un tiret}
"""
Ask = Callable[[str], str]


@pytest.fixture
def ask(
    registry_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsysbinary: Any, tmp_path: Path
) -> Ask:
    """What epn answers to PowerShell that asks for the candidates at the end of a line."""
    registry_file(REGISTRY)
    monkeypatch.chdir(tmp_path)

    def run(line: str) -> str:
        monkeypatch.setenv("_EPN_LINE", line)
        monkeypatch.setenv("_EPN_COMPLETE", "powershell_complete")
        assert answer(epn()) == 0
        out, err = capsysbinary.readouterr()
        assert err == b""
        text: str = out.decode()
        return text.strip("\n")

    return run


@pytest.mark.parametrize(
    ("line", "candidates"),
    [
        ("epn show mi", "plain\tmicrolithe\tmicrolithe\tMicrolithe"),
        ("epn show x", "plain\t'x y'\tx y\tDeux mots"),
        ("epn show 'x", "plain\t'x y'\tx y\tDeux mots"),
        ('epn show "x y', "plain\t'x y'\tx y\tDeux mots"),
        ("epn show x` y", "plain\t'x y'\tx y\tDeux mots"),
        (
            "epn show '$",
            "plain\t'$(calc) `y` ''q'' \"r\"'\t$(calc) `y` 'q' \"r\"\tDes signes",
        ),
        ("epn show -- -", "plain\t-tiret\t-tiret\tAvec un tiret"),
        ("epn list --commune Pa", "plain\tParis\tParis\tParis"),
        ("epn list --commune=Pa", "plain\t--commune=Paris\t--commune=Paris\t--commune=Paris"),
        ("epn list --commune l`’ha", "plain\t'L’’Haÿ-les-Roses'\tL’Haÿ-les-Roses\tL’Haÿ-les-Roses"),
        ("epn list --commune \"l'i", "plain\t'L''Île-Saint-Denis'\tL'Île-Saint-Denis\tL'Île-Saint-Denis"),
        ("epn list --fields nom,tele", "plain\ttelephones\tnom,telephones\tPhone numbers"),
        ('epn list --fields "nom,tele', "plain\t'nom,telephones'\tnom,telephones\tPhone numbers"),
        ("epn edit microlithe --set stat", "open\tstatut=\tstatut=\tStatus"),
        ("epn list -r ", "file\t''\t\t"),
        ("epn show rien", ""),
    ],
)
def test_the_candidates_at_the_end_of_a_line(ask: Ask, line: str, candidates: str) -> None:
    assert ask(line) == candidates


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("epn show ", ["epn", "show", ""]),
        ("epn  show a", ["epn", "show", "a"]),
        ("epn show ''", ["epn", "show", ""]),
        ("epn show 'l''été' x", ["epn", "show", "l'été", "x"]),
        ("epn show ‘l’’été’ x", ["epn", "show", "l’été", "x"]),
        ('epn show "d’un ""a"" `$b `"c" x', ["epn", "show", 'd’un "a" $b "c', "x"]),
        ("epn show a'b c'd", ["epn", "show", "ab cd"]),
        ("epn show C:\\Temp\\a` b", ["epn", "show", "C:\\Temp\\a b"]),
        ("epn show `", ["epn", "show", ""]),
        ('epn show "a`', ["epn", "show", "a"]),
    ],
)
def test_a_line_is_split_as_powershell_does(line: str, words: list[str]) -> None:
    from epncli.cli.completion.complete import PowerShellComplete

    assert PowerShellComplete(epn(), {}, "epn", "_EPN_COMPLETE").split(line)[0] == words


def test_the_script_holds_no_letter_that_windows_powershell_would_take_for_others() -> None:
    assert POWERSHELL.isascii()


@pytest.fixture
def powershell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Make a stand-in for PowerShell that says where its profile is and what it lets run."""

    def make(answer: str, policy: str) -> Path:
        script = tmp_path / "powershell.py"
        lines = f"{answer}\r\n{policy}\r\n".encode()
        script.write_text(f"import sys\nsys.stdout.buffer.write({lines!r})\n")
        monkeypatch.setattr(shell, "program", lambda _name, *_options: [sys.executable, str(script)])
        monkeypatch.setattr(Path, "home", lambda: tmp_path)
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
        return Path(answer)

    return make


@pytest.mark.parametrize("shell", ["powershell", "pwsh"])
def test_install_writes_the_script_and_names_it_once_in_the_profile(
    invoke: Callable[..., Any], tmp_path: Path, powershell: Callable[[str, str], Path], shell: str
) -> None:
    profile = powershell(str(tmp_path / "Été" / "profile.ps1"), "RemoteSigned")
    first, second = invoke("--install-completion", shell), invoke("--install-completion", shell)
    script = tmp_path / ".local" / "share" / "epn" / "completion.ps1"
    assert script.read_text() == POWERSHELL == invoke("--show-completion", shell).out
    written, last = f"{script}: written\n", "open a new terminal and press TAB after ‘epn ’\n"
    added = f"{profile}: added a line that loads it\n"
    assert (first.code, first.err, second.code, second.err) == (0, written + added + last, 0, written + last)
    assert profile.read_text() == '. "$HOME/.local/share/epn/completion.ps1"\n'


def test_a_script_outside_of_home_is_named_in_full(
    invoke: Callable[..., Any], tmp_path: Path, powershell: Callable[[str, str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    profile = powershell(str(tmp_path / "profile.ps1"), "RemoteSigned")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "l'autre"))
    assert invoke("--install-completion", "pwsh").code == 0
    script = tmp_path / "l''autre" / "epn" / "completion.ps1"
    assert profile.read_text() == f". '{script}'\n"


def test_a_profile_in_utf_16_stays_in_it(
    invoke: Callable[..., Any], tmp_path: Path, powershell: Callable[[str, str], Path]
) -> None:
    profile = powershell(str(tmp_path / "profile.ps1"), "RemoteSigned")
    profile.write_bytes("\ufeff# à moi".encode("utf-16-le"))
    for _time in range(2):
        assert invoke("--install-completion", "powershell").code == 0
    assert profile.read_bytes().decode("utf-16-le") == (
        '\ufeff# à moi\n. "$HOME/.local/share/epn/completion.ps1"\n'
    )


def test_a_powershell_that_runs_no_script_is_spoken_of(
    invoke: Callable[..., Any], tmp_path: Path, powershell: Callable[[str, str], Path]
) -> None:
    powershell(str(tmp_path / "profile.ps1"), "Restricted")
    said = invoke("--install-completion", "powershell").err.splitlines()
    assert said[0] == (
        "PowerShell does not run scripts on this computer; to allow them: "
        "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
    )


def test_a_powershell_that_is_not_there_is_said(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    run = invoke("--install-completion", "pwsh")
    assert (run.code, run.err) == (
        2,
        "error: ‘pwsh’ is not installed\n  for example: epn --install-completion bash\n",
    )


@pytest.mark.parametrize(
    ("environment", "shell"),
    [
        ({}, "powershell"),
        ({"POWERSHELL_DISTRIBUTION_CHANNEL": "MSI:Windows 10 Pro"}, "pwsh"),
        ({"SHELL": "/usr/bin/bash.exe"}, "bash"),
    ],
)
def test_on_windows_the_shell_is_powershell_unless_another_says_so(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], shell: str
) -> None:
    monkeypatch.setattr(install, "WINDOWS", True)
    for name in ("SHELL", "POWERSHELL_DISTRIBUTION_CHANNEL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert install._shell("") == shell
