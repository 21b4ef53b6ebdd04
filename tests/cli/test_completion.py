from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.app import COMMANDS, epn
from epncli.cli.completion import answer

REGISTRY = """\
structures:
  - {id: microlithe, nom: Microlithe, commune: Paris, formations_labels: [ORDI 3.0]}
  - {id: ferme, nom: Fermé, commune: Évry, statut: fermé, autres_formations_labels: [NetPublic]}
  - {id: x y, nom: "x [/y] z\\t%s \\e[31m", commune: paris}
  - {id: "ctrl\\x01", nom: Ne se tape pas}
"""
Ask = Callable[..., str]


@pytest.fixture
def ask(
    registry_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsysbinary: Any, tmp_path: Path
) -> Ask:
    """What epn answers to a shell that asks for the candidates at the end of a line."""
    registry_file(REGISTRY)
    monkeypatch.chdir(tmp_path)

    def run(line: str, shell: str = "fish", word: str = "") -> str:
        monkeypatch.setenv("_EPN_LINE", line)
        monkeypatch.setenv("_EPN_WORD", word)
        monkeypatch.setenv("_EPN_COMPLETE", f"{shell}_complete")
        assert answer(epn()) == 0
        out, err = capsysbinary.readouterr()
        assert err == b""
        text: str = out.decode()
        return text.strip("\n")

    return run


ROWS = [
    ("epn show mi", "plain\tmicrolithe\tMicrolithe"),
    ("epn show ", "plain\tmicrolithe\tMicrolithe\nplain\tferme\tFermé\nplain\tx y\tx [/y] z %s ␛[31m"),
    ("epn show microlithe f", "plain\tferme\tFermé"),
    ("epn show microlithe m", ""),
    ("epn close f", ""),
    ("epn reopen ", "plain\tferme\tFermé"),
    ("epn list --commune ", "plain\tÉvry\t\nplain\tParis\t\nplain\tparis\t"),
    ("epn list --commune ev", "plain\tÉvry\t"),
    ("epn list --commune=év", "plain\t--commune=Évry\t"),
    ("epn list --label ", "plain\tNetPublic\t\nplain\tORDI 3.0\t"),
    ("epn list --fields nom,no", "plain\tnom,notes\tNotes"),
    ("epn list --sort nom,-date_m", "plain\tnom,-date_maj\tLast confirmed on"),
    ("epn list --sort -date_m", "plain\t-date_maj\tLast confirmed on"),
    ("epn list --format ", "plain\ttable\t\nplain\ttsv\t\nplain\tjson\t"),
    ("epn list --registry ", "file\t\t"),
    ("epn list -r nowhere.yaml --commune ", ""),
    ("epn list -r - --commune ", ""),
    ("epn edit ferme --unset stat", "plain\tstatut\tStatus"),
    ("epn edit ferme --set stat", "open\tstatut=\tStatus"),
    ("epn edit ferme --set statut=", "plain\tstatut=fermé\t\nplain\tstatut=ouvert\t"),
    ("epn edit ferme --set 'services+=Maî", "plain\tservices+=Maîtrise des outils numériques du quotidien\t"),
    ("epn edit ferme --set 'notes=", ""),
    ("epn edit ferme --set 'rien=", ""),
    ("epn search stat", "open\tstatut:\tStatus"),
    ("epn search commune:é", "plain\tcommune:Évry\t"),
    ("epn stat", "plain\tstats\tShow the registry in figures"),
    ("epn --install-completion z", "plain\tzsh\t"),
    ("epn show \\", "plain\tmicrolithe\tMicrolithe\nplain\tferme\tFermé\nplain\tx y\tx [/y] z %s ␛[31m"),
]


@pytest.mark.parametrize(("line", "candidates"), ROWS)
def test_the_candidates_at_the_end_of_a_line(ask: Ask, line: str, candidates: str) -> None:
    assert ask(line) == candidates


def test_the_items_of_a_list_that_stand_before_stay(ask: Ask) -> None:
    assert ask("epn edit ferme --set 'frais_a_charge=Payant|Gra") == (
        "plain\tfrais_a_charge=Payant|Gratuit\t\nplain\tfrais_a_charge=Payant|Gratuit sous condition\t"
    )


def test_options_have_their_help(ask: Ask) -> None:
    assert ask("epn list --no") == "plain\t--no-pager\tPrint all at once, however long it is."


def test_every_command_is_offered_with_what_it_does(ask: Ask) -> None:
    offered = [line.split("\t") for line in ask("epn ").splitlines()]
    assert [name for _kind, name, _help in offered] == list(COMMANDS)
    assert all(about for _kind, _name, about in offered)


@pytest.mark.parametrize(
    ("line", "word", "replacement"),
    [
        ("epn show x", "x", "x\\ y"),
        ("epn show x\\ ", "x\\ ", "x\\ y"),
        ("epn show 'x", "x", "x y"),
        ('epn show "x', "x", "x y"),
        ("epn list --commune=Év", "Év", "Évry"),
        ("epn list --commune=", "", "Évry Paris paris"),
        ("epn search commune:é", "é", "Évry"),
        ("epn edit ferme --set statut=f", "f", "fermé"),
        ("epn list --label ORDI\\ ", "ORDI\\ ", "ORDI\\ 3.0"),
    ],
)
def test_bash_gets_what_stands_for_the_part_that_it_replaces(
    ask: Ask, line: str, word: str, replacement: str
) -> None:
    assert " ".join(row.split("\t")[1] for row in ask(line, "bash", word).splitlines()) == replacement


@pytest.mark.parametrize(
    "content", ["structures: [\n", "- a\n", "", "\x00", "structures: 3\n", "a: &b c\n", b"\xff\xfe"]
)
def test_a_broken_registry_has_no_candidates_and_no_words(
    ask: Ask, registry_file: Callable[..., Path], content: str | bytes
) -> None:
    registry_file(content)
    for shell in ("bash", "zsh", "fish"):
        assert ask("epn show ", shell) == ""


def test_a_folder_in_the_place_of_a_registry_has_no_candidates(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "registry.yaml").unlink()
    (tmp_path / "registry.yaml").mkdir()
    assert ask("epn show ") == ""


@pytest.mark.parametrize("shell", ["", "tcsh", "bash_bash"])
def test_an_unknown_shell_gets_no_answer(ask: Ask, shell: str) -> None:
    assert ask("epn ", shell) == ""


@pytest.mark.parametrize(
    ("shell", "script", "reader", "line"),
    [
        ("bash", ".local/share/epn/completion.bash", ".bashrc", "source '{script}'\n"),
        ("zsh", ".local/share/epn/completion.zsh", ".zshrc", "source '{script}'\n"),
        ("fish", ".config/fish/completions/epn.fish", None, ""),
    ],
)
def test_install_writes_the_script_and_names_it_once(
    invoke: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    shell: str, script: str, reader: str | None, line: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    if reader:
        (tmp_path / reader).write_text("# mine, without a newline at its end")
    first, second = invoke("--install-completion"), invoke("--install-completion", shell)
    assert (first.code, first.out, second.code, second.out) == (0, "", 0, "")
    path = tmp_path / script
    assert path.read_text() == invoke("--show-completion", shell).out
    ends = f"{path}: written\n", "open a new terminal, and press TAB after ‘epn ’\n"
    if reader:
        added = f"{tmp_path / reader}: one line added, that reads it\n"
        assert (first.err, second.err) == (ends[0] + added + ends[1], ends[0] + ends[1])
        mine = "# mine, without a newline at its end\n"
        assert (tmp_path / reader).read_text() == mine + line.format(script=path)
    else:
        assert (first.err, second.err) == (ends[0] + ends[1],) * 2


@pytest.mark.parametrize(
    ("shell", "said"),
    [("/bin/tcsh", "completion knows bash, zsh and fish, not ‘tcsh’"), ("", "which shell?")],
)
def test_another_shell_is_refused(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, shell: str, said: str
) -> None:
    monkeypatch.setenv("SHELL", shell)
    run = invoke("--install-completion")
    assert (run.code, run.err) == (2, f"error: {said}\n  type for example epn --install-completion bash\n")


@pytest.mark.slow
def test_a_press_of_the_tab_key_costs_little_more_than_typer_and_yaml(tmp_path: Path) -> None:
    records = [f"  - {{id: id-{number}, nom: Nom {number}, commune: Paris}}\n" for number in range(65)]
    (tmp_path / "registry.yaml").write_text("structures:\n" + "".join(records))

    def cost(*command: str) -> float:
        env = {**os.environ, "_EPN_LINE": "epn show ", "_EPN_COMPLETE": "zsh_complete"}
        costs = []
        for _time in range(15):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *command], env=env, cwd=tmp_path, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(costs)

    assert cost("-m", "epncli") <= 1.6 * cost("-c", "import typer, yaml")
