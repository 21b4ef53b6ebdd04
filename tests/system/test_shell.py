"""Command lines: quoting for each shell, and programs named in settings."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.system import shell
from epncli.system.shell import allow_writing, installed, line, program

WORDS = [
    "epn", "a b", "l'été", "x & y | z > w", "100 %", "(a)", "a;b,c", "d’essai", "wow!", "C:\\a b\\c", "C:\\",
]  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["C", "Z"], include_characters=" ")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of Windows, wherever the test runs."""
    monkeypatch.setattr(shell, "WINDOWS", True)


@pytest.mark.needs("sh")
@given(st.lists(st.text(CHARACTERS), min_size=1))
def test_a_line_for_a_posix_shell_holds_the_same_words(words: list[str]) -> None:
    assert shlex.split(line(*words)) == words


@pytest.mark.needs("sh")
def test_line_breaks_and_controls_are_written_as_bash_has_them() -> None:
    assert line("a\nb\t'c'\x1b\\") == r"$'a\nb\t\'c\'\x1b\\'"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["epn", "reopen", "alternord"], "epn reopen alternord"),
        (["epn", "edit", "-r", "C:\\Mes lieux\\été.yaml", "a"], 'epn edit -r "C:\\Mes lieux\\été.yaml" a'),
        (["epn", "remove", "--yes", "--", "-tiret"], "epn remove --yes -- -tiret"),
        (["--set", "notes=a & b"], '--set "notes=a & b"'),
        (["--fields", "id,nom"], '--fields "id,nom"'),
        (["l'été", ""], '"l\'été" ""'),
        (["--set", "statut=fermé"], '--set "statut=fermé"'),
        (["D:\\"], "D:\\"),
        (["100 %"], '"100 %"'),
    ],
)
@pytest.mark.usefixtures("windows")
def test_a_line_for_windows_has_double_quotes(words: list[str], expected: str) -> None:
    assert line(*words) == expected


@pytest.mark.parametrize(
    "word", ['a"b', "$x y", "`y`", "%PATH% z", "“a”", "D:\\Mes lieux\\", "a\nb", "a\x1bb"]
)
@pytest.mark.usefixtures("windows")
def test_what_cmd_and_powershell_read_differently_gets_no_line(word: str) -> None:
    assert line("epn", "show", word) == ""


@pytest.mark.needs("windows")
def test_cmd_gives_the_words_of_a_line_to_the_program(tmp_path: Path) -> None:
    script = tmp_path / "words.py"
    script.write_text("import sys\nprint(ascii(sys.argv[1:]))\n")
    command = f"cmd /c {line(sys.executable, script, *WORDS)}"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == f"{WORDS!a}\n"


def test_a_file_is_made_writable_by_the_command_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "WINDOWS", False)
    assert allow_writing(Path("mes lieux.yaml")) == "chmod u+w 'mes lieux.yaml'"
    monkeypatch.setattr(shell, "WINDOWS", True)
    assert allow_writing(Path("mes lieux.yaml")) == 'attrib -r "mes lieux.yaml"'


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: None) -> Callable[[str], str]:  # noqa: ARG001
    """Two folders on PATH, and what Windows takes for programs in them; the path of each by its name."""
    for name in (
        "bin/code",
        "bin/code.cmd",
        "bin/np.exe",
        "here/np.exe",
        "here/only.exe",
        "un dossier/np.exe",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(tmp_path / "rien"), str(tmp_path / "bin")]))
    monkeypatch.setenv("PATHEXT", ".COM;.EXE;.BAT;.CMD")
    monkeypatch.chdir(tmp_path / "here")
    return lambda name: str(tmp_path / name)


def test_a_setting_stands_as_it_is_on_windows(programs: Callable[[str], str]) -> None:
    np, code, other = programs("bin/np.exe"), programs("bin/code.cmd"), programs("un dossier/np.exe")
    assert program("np.exe", "a b.yaml") == f'"{np}" "a b.yaml"'
    assert program("code --wait", "a.yaml") == f'"{code}" --wait "a.yaml"'
    assert program(f'"{other}" -x "y z"', "a.yaml") == f'"{other}" -x "y z" "a.yaml"'
    assert program(other, "a.yaml") == f'"{other}" "a.yaml"'
    assert program("C:\\Windows\\notepad.exe /W") == '"C:\\Windows\\notepad.exe" /W'


def test_no_program_of_the_current_folder_is_started_on_windows(programs: Callable[[str], str]) -> None:
    assert program("np") == f'"{programs("bin/np.exe")}"'
    with pytest.raises(FileNotFoundError):
        program("only")
    assert installed("only", "code") == line(programs("bin/code.cmd"))
    assert installed("only") == ""


@pytest.mark.needs("sh")
def test_a_setting_is_split_as_a_posix_shell_does() -> None:
    assert program("vim -c 'set ft=yaml'", "a b.yaml") == ["vim", "-c", "set ft=yaml", "a b.yaml"]
    assert program("l'a") == ["l'a"]
