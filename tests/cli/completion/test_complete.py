from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.app import COMMANDS, epn
from epncli.cli.completion import install
from epncli.cli.completion.complete import answer

REGISTRY = """\
structures:
  - {id: microlithe, nom: Microlithe, commune: Paris, code_postal: "75020", formations_labels: [ORDI 3.0]}
  - {id: ferme, nom: Fermé, commune: Évry, statut: fermé, autres_formations_labels: [NetPublic],
     code_postal: "75001", motif_fermeture: "déménagement\u202f: à Évry"}
  - {id: x y, nom: "x [/y] z\\t%s \\e[31m", commune: paris}
  - {id: "ctrl\\x01", nom: Ne se tape pas}
  - {id: "-tiret", nom: Avec un tiret}
"""
Ask = Callable[..., str]


@pytest.fixture
def ask(
    registry_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsysbinary: Any, tmp_path: Path
) -> Ask:
    """What epn answers to a shell that asks for the candidates at the end of a line."""
    registry_file(REGISTRY)
    monkeypatch.chdir(tmp_path)

    def run(line: str, shell: str = "fish", word: str = "", purpose: str = "\t") -> str:
        monkeypatch.setenv("_EPN_LINE", line)
        monkeypatch.setenv("_EPN_WORD", word)
        monkeypatch.setenv("_EPN_TYPE", str(ord(purpose)))
        monkeypatch.setenv("COLUMNS", "40")
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
    ("epn close f", "plain\tferme\tFermé"),
    ("epn reopen ", "plain\tferme\tFermé"),
    ("epn close ferme --successor mi", "plain\tmicrolithe\tMicrolithe"),
    ("epn merge f", "plain\tferme\tFermé"),
    ("epn merge ferme m", "plain\tmicrolithe\tMicrolithe"),
    ("epn merge ferme f", ""),
    ("epn merge ferme microlithe --prefer k", "plain\tkeep\t"),
    ("epn list --commune ", "plain\tÉvry\t\nplain\tParis\t\nplain\tparis\t"),
    ("epn list --commune ev", "plain\tÉvry\t"),
    ("epn list --commune=év", "plain\t--commune=Évry\t"),
    ("epn list --code-postal 7", "plain\t75001\t\nplain\t75020\t"),
    ("epn close microlithe --reason dem", "plain\tdéménagement\u202f: à Évry\t"),
    ("epn show t", ""),
    (
        "epn show -- ",
        (
            "plain\tmicrolithe\tMicrolithe\nplain\tferme\tFermé\nplain\tx y\tx [/y] z %s ␛[31m\n"
            "plain\t-tiret\tAvec un tiret"
        ),
    ),
    ("epn show -- -", "plain\t-tiret\tAvec un tiret"),
    ("epn show 'x", "plain\tx y\tx [/y] z %s ␛[31m"),
    ("epn show 'l\\'été' \"\\$y\" mic", "plain\tmicrolithe\tMicrolithe"),
    ("epn list --label ", "plain\tNetPublic\t\nplain\tORDI 3.0\t"),
    ("epn list --fields nom,no", "plain\tnom,notes\tNotes"),
    ("epn list --sort nom,-date_m", "plain\tnom,-date_maj\tLast confirmation"),
    ("epn list --sort -date_m", "plain\t-date_maj\tLast confirmation"),
    ("epn list --format ", "plain\ttable\t\nplain\ttsv\t\nplain\tjson\t"),
    ("epn list --registry ", "file\t\t"),
    ("epn list -r nowhere.yaml --commune ", ""),
    ("epn -r nowhere.yaml list --commune ", ""),
    ("epn -r registry.yaml show mi", "plain\tmicrolithe\tMicrolithe"),
    ("epn -r ", "file\t\t"),
    ("epn list -r - --commune ", ""),
    ("epn edit ferme --unset stat", "plain\tstatut\tStatus"),
    ("epn edit ferme --set stat", "open\tstatut=\tStatus"),
    ("epn edit ferme --set statut=", "plain\tstatut=fermé\t\nplain\tstatut=ouvert\t"),
    ("epn edit ferme --set 'services+=Maî", "plain\tservices+=Maîtrise des outils numériques du quotidien\t"),
    ("epn edit ferme --set 'notes=", ""),
    ("epn edit ferme --set 'rien=", ""),
    ("epn search stat", "open\tstatut:\tStatus"),
    ("epn search commune:é", "plain\tcommune:Évry\t"),
    ("epn stat", "plain\tstats\tShow statistics about the registry"),
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
    assert ask("epn list --no") == "plain\t--no-pager\tDo not use a pager."


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
        ("epn list --label 'ORDI 3", "ORDI 3", "ORDI 3.0"),
        ('epn search commune:"év', "év", "Évry"),
        ("epn list --commune='É", "É", "Évry"),
    ],
)
def test_bash_gets_what_stands_for_the_part_that_it_replaces(
    ask: Ask, line: str, word: str, replacement: str
) -> None:
    assert " ".join(row.split("\t")[1] for row in ask(line, "bash", word).splitlines()) == replacement


HOSTILE = """\
structures:
  - {id: w!bang $x, nom: W}
  - {id: a:b:cd, nom: Deux points}
  - {id: a:e, nom: "Twin (one)\\tand a name that is too long"}
  - {id: AB, nom: Majuscules}
  - {id: a:e, nom: Twin}
"""


@pytest.mark.parametrize(
    ("line", "word", "replacement"),
    [
        ("epn show w", "w", "w\\!bang\\ \\$x"),
        ('epn show "w', "w", "w\"'!'\"bang \\$x"),
        ('epn show "w"\'!\'"b', "b", "bang \\$x"),
        ('epn show "w"\'!\'"bang \\$', "bang \\$", "bang \\$x"),
        ("epn show 'w", "w", "w!bang $x"),
        ("epn show a:b", "b", "b:cd"),
        ("epn show A:B", "B", ""),
        ("epn show a:", "", "b:cd e"),
        ("epn show 'a:b", "a:b", "a:b:cd"),
        ("epn show a:", "elsewhere", "a:b:cd a:e"),
    ],
)
def test_bash_gets_signs_quoted(
    ask: Ask, registry_file: Callable[..., Path], line: str, word: str, replacement: str
) -> None:
    registry_file(HOSTILE)
    assert " ".join(row.split("\t")[1] for row in ask(line, "bash", word).splitlines()) == replacement


def test_bash_lists_candidates_with_their_help_and_inserts_them_without(
    ask: Ask, registry_file: Callable[..., Path]
) -> None:
    registry_file(HOSTILE.replace("Twin}", "Twin (one) and a name that is too long}"))
    listed = [
        "plain\tw!bang $x  (W)\t",
        "plain\ta:b:cd     (Deux points)\t",
        "plain\ta:e        (Twin (one) and a name that…\t",
        "plain\tAB         (Majuscules)\t",
    ]
    assert ask("epn show ", "bash", purpose="?").splitlines() == listed
    assert ask("epn show w", "bash", "w", "?") == "plain\tw\\!bang\\ \\$x\t"  # bash may insert a single one
    assert ask("epn show ", "bash").splitlines()[0] == "plain\tw\\!bang\\ \\$x\t"


def test_candidates_that_would_look_the_same_are_listed_as_they_would_be_inserted(
    ask: Ask, registry_file: Callable[..., Path]
) -> None:
    registry_file("structures: [{id: a$, nom: N}, {id: 'a$ ', nom: N}]")
    assert ask("epn show ", "bash", purpose="?") == "plain\ta\\$\t\nplain\ta\\$\\ \t"


def test_what_is_typed_is_not_taken_back(ask: Ask, registry_file: Callable[..., Path]) -> None:
    """Saint-Denis and SAINT-OUEN begin both with `saint`, but have no more than an S in common."""
    registry_file("structures: [{id: Saint-Denis, nom: D}, {id: SAINT-OUEN, nom: O}]")
    assert ask("epn show saint", "bash", "saint") == ""
    assert ask("epn show saint", "bash", "saint", "!") == ""
    assert (
        ask("epn show saint", "bash", "saint", "?") == "plain\tSaint-Denis  (D)\t\nplain\tSAINT-OUEN   (O)\t"
    )
    assert ask("epn show saint", "bash", "saint", "%") == "plain\tSaint-Denis\t\nplain\tSAINT-OUEN\t"
    zsh = "plain\tSaint-Denis\tSaint-Denis  -- D\nplain\tSAINT-OUEN\tSAINT-OUEN   -- O"
    assert ask("epn show saint", "zsh") == "list\t\t\n" + zsh
    assert ask("epn show S", "zsh") == zsh
    assert ask("epn show saint-o", "bash", "saint-o") == "plain\tSAINT-OUEN\t"


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
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    if reader:
        (tmp_path / reader).write_text("# mine, without a newline at its end")
    first, second = invoke("--install-completion"), invoke("--install-completion", shell)
    assert (first.code, first.out, second.code, second.out) == (0, "", 0, "")
    path = tmp_path / script
    assert path.read_text() == invoke("--show-completion", shell).out
    ends = f"{path}: written\n", "open a new terminal and press TAB after ‘epn ’\n"
    if reader:
        added = f"{tmp_path / reader}: added a line that loads it\n"
        assert (first.err, second.err) == (ends[0] + added + ends[1], ends[0] + ends[1])
        mine = "# mine, without a newline at its end\n"
        assert (tmp_path / reader).read_text() == mine + line.format(script=path)
    else:
        assert (first.err, second.err) == (ends[0] + ends[1],) * 2


def test_install_under_a_home_with_an_apostrophe(
    invoke: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "l'été"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    for _time in range(2):
        assert invoke("--install-completion", "bash").code == 0
    path = str(home / ".local" / "share" / "epn" / "completion.bash").replace("'", "'\\''")
    assert (home / ".bashrc").read_text() == f"source '{path}'\n"


@pytest.mark.parametrize(
    ("shell", "said"),
    [
        ("/bin/tcsh", "completion is available for bash, zsh, fish, powershell and pwsh, not for ‘tcsh’"),
        ("", "no shell was given, and SHELL is not set"),
    ],
)
def test_another_shell_is_refused(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, shell: str, said: str
) -> None:
    monkeypatch.setattr(install, "WINDOWS", False)
    monkeypatch.setenv("SHELL", shell)
    run = invoke("--install-completion")
    assert (run.code, run.err) == (2, f"error: {said}\n  for example: epn --install-completion bash\n")


@pytest.mark.slow
@pytest.mark.needs("usage")
def test_a_press_of_the_tab_key_costs_little_more_than_typer_and_yaml(tmp_path: Path) -> None:
    import resource

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


def test_reopen_offers_what_is_closed_for_a_time(ask: Ask, registry_file: Callable[..., Path]) -> None:
    registry_file(
        "structures:\n"
        "  - {id: now, nom: Now, fermetures_temporaires: [2026-03-01/..]}\n"
        "  - {id: then, nom: Then, fermetures_temporaires: [2025-07-01/2025-07-31]}\n"
    )
    assert ask("epn reopen ") == "plain\tnow\tNow"


def test_call_offers_what_is_open_and_has_a_phone_number(
    ask: Ask, registry_file: Callable[..., Path]
) -> None:
    registry_file(
        "structures:\n"
        "  - {id: pause, nom: Pause, telephones: [3949], fermetures_temporaires: [2026-03-01/..]}\n"
        "  - {id: shut, nom: Shut, telephones: [3949], statut: fermé}\n"
        "  - {id: mute, nom: Mute}\n"
        "  - {id: due, nom: Due, telephones: [3949], date_maj: 2026-03-05}\n"
    )
    assert ask("epn call ") == "plain\tdue\tDue"
