"""The output of each command on a pseudo-terminal and in a pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

PARIS = Path(__file__).parents[3] / "registry.yaml"
PHONE = re.compile(r"(?<!\d)0\d(?: \d\d){4}(?!\d)")
ACTING = "\x1b[2J\x1b]0;titre\x07[/x]\u202e"
"""What a terminal would obey, were it printed as it is."""


@pytest.mark.usefixtures("registry")
@pytest.mark.usefixtures("invoke")
def test_a_list_is_a_table_on_a_terminal_and_lines_in_a_pipe(terminal: Any) -> None:
    screen = terminal.run("list")
    assert screen.code == 0
    assert screen.lines == [
        "Postcode  Commune          Place                                  Phone",
        "75020     Paris            Microlithe (closed in September 2014:  01 46 36 70 13",
        "                           association fermée)",
        "75009     Paris            Alternord                              01 53 16 14 82",
        "                                                                  01 53 16 14 83",
        "75116     Paris            Relais du 16e – Émile                  01 40 28 18 48",
        "01000     Bourg-en-Bresse  EPN de Bourg                           04 74 22 10 10",
        "4 structures, 1 closed",
    ]
    assert terminal.run("search", "bourg").lines[1:] == [
        "01000     Bourg-en-Bresse  EPN de Bourg  04 74 22 10 10",
        "1 structure out of 4",
    ]
    struck = {row for row in range(10) if screen.cells.buffer[row][0].strikethrough}
    assert struck == {1}
    assert "\x1b[2;9m" in screen.raw or "\x1b[2m" in screen.raw


@pytest.mark.parametrize(("columns", "lines"), [(40, 146), (80, 87), (100, 72), (160, 72)])
def test_the_paris_list_reads_well_at_every_width(terminal: Any, columns: int, lines: int) -> None:
    screen = terminal.run("list", "-r", PARIS, columns=columns)
    assert (screen.code, screen.lines[-1]) == (0, "65 structures, 1 closed")
    assert len(PHONE.findall(screen.text)) == 67
    assert len(screen.lines) <= lines
    assert max(map(len, screen.lines)) <= columns
    assert "Microlithe (closed" in screen.text
    heading = screen.lines[0].split()
    assert (
        heading
        == {
            40: ["Place", "Phone"],
            80: ["Postcode", "Commune", "Place", "Phone"],
            100: ["Postcode", "Commune", "Place", "Phone"],
            160: ["Identifier", "Postcode", "Commune", "Place", "Phone"],
        }[columns]
    )


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("env", "styled"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_without_colour_the_words_still_tell_what_is_closed(
    terminal: Any, env: dict[str, str], styled: bool
) -> None:
    table = terminal.run("list", columns=60, env=env)
    card = terminal.run("show", "microlithe", columns=60, env=env)
    assert ("\x1b" in table.raw, "\x1b" in card.raw) == (styled, styled)
    assert "(closed in" in table.text
    assert max(map(len, table.lines)) <= 60


@pytest.mark.usefixtures("registry")
def test_colour_can_be_forced_into_a_pipe(epn: Command) -> None:
    forced = epn("list", "--format", "table", env={"FORCE_COLOR": "1", "TERM": "xterm"})
    assert "\x1b[" in forced.out
    assert "\x1b" not in epn("list", "--format", "table", env={"TERM": "xterm"}).out
    assert "\x1b" not in epn("list", env={"FORCE_COLOR": "1", "TERM": "xterm"}).out


@pytest.mark.usefixtures("registry")
def test_a_card_on_a_terminal_has_links_and_folds(terminal: Any, invoke: Command) -> None:
    screen = terminal.run("show", "microlithe")
    assert screen.text == invoke("show", "microlithe").out
    for link in ("tel:+33146367013", "mailto:contact@microlithe.fr", "http://www.microlithe.fr"):
        assert f"\x1b]8;;{link}\x1b\\" in screen.raw
    narrow = terminal.run("show", "microlithe", columns=41)
    assert narrow.lines[4:7] == [
        "  Phone numbers     01 46 36 70 13",
        "                    (landline)",
        "  E-mail addresses  contact@microlithe.fr",
    ]


WIDE = """\
structures:
  - id: a
    nom: 漢字の場所
    adresse: 漢字漢字漢字漢字漢字漢字 漢字漢字漢字漢字漢字漢字
    telephones: [01 40 01 02 03]
    dispositif_programmes_nationaux: [France Services]
"""


def test_a_card_on_a_narrow_screen_gives_long_names_of_fields_a_line_and_folds_by_width(
    terminal: Any, registry_file: Callable[..., Path]
) -> None:
    registry_file(WIDE)
    assert terminal.run("show", "a", columns=40).lines[:-1] == [
        "漢字の場所",
        "  Identifier        a",
        "  Address           漢字漢字漢字漢字漢字",
        "                    漢字",
        "                    漢字漢字漢字漢字漢字",
        "                    漢字",
        "  Phone numbers     01 40 01 02 03",
        "                    (landline)",
        "  Status            ouvert",
        "  National programmes",
        "                    France Services",
    ]
    assert "    01 40 01 02 03" in terminal.run("show", "a", columns=24).lines


@pytest.mark.usefixtures("registry")
def test_columns_that_do_not_fit_never_break_a_phone(terminal: Any) -> None:
    screen = terminal.run("list", "--fields", "id,telephones,courriels,date_maj,commune", columns=40)
    assert screen.code == 0
    joined = screen.raw.replace("\r\n", "\n")
    assert len(PHONE.findall(re.sub(r"\x1b\[[0-9;]*m", "", joined))) == 5


@pytest.fixture
def hostile(registry_file: Callable[..., Path]) -> Path:
    """A registry whose every value would act on a terminal."""
    escaped = "".join(f"\\u{ord(char):04x}" for char in ACTING)
    return registry_file(
        "structures:\n"
        f'  - id: "un{escaped}"\n    nom: "Lieu{escaped}"\n    commune: "Paris{escaped}"\n'
        f'    code_postal: "75001"\n    telephones: ["01 40 28 18 48{escaped}"]\n'
        f'    statut: fermé\n    motif_fermeture: "feu{escaped}"\n    site_web: ["http://x.fr/{escaped}"]\n'
        f'    notes: "note{escaped}"\n    "champ{escaped}": "v{escaped}"\n'
        f'  - id: deux\n    nom: "Lieu{escaped}"\n'
    )


@pytest.mark.parametrize(
    ("args", "answers"),
    [
        (["list"], []),
        (["list", "--fields", "id,nom,commune,notes", "--format", "tsv"], []),
        (["list", "--format", "json"], []),
        (["search", "lieu"], []),
        (["show", "deux"], []),
        (["show", "lieu"], [("Which one?", "1\r")]),
        (["close", "lieu", "--reason", "x"], [("Which one?", "1\r")]),
        (["edit", "lieu", "--set", "nom=Y", "--dry-run"], [("Which one?", "1\r")]),
        (["remove", "lieu"], [("Which one?", "1\r"), ("Remove", "n\r")]),
        (["remove", "lieu", "--yes"], [("Which one?", "1\r")]),
        (["export", "csv"], []),
        (["export", "markdown"], []),
        (["list", "-r", ACTING], []),
        (["show", ACTING + "inconnu"], []),
        (["edit", "deux", "--set", ACTING + "=1"], []),
        (["edit", "deux", "--set", "code_postal=" + ACTING], []),
        ([ACTING], []),
    ],
)
@pytest.mark.usefixtures("hostile")
def test_escape_sequences_in_data_are_shown_and_never_obeyed(
    terminal: Any, args: list[str], answers: list[tuple[str, str]]
) -> None:
    screen = terminal.run(*args, answers=answers, columns=100)
    assert screen.code in (0, 1, 2, 3)
    own = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[!-~]*\x1b\\", "", screen.raw)
    assert "\x1b" not in own
    assert "\x07" not in own
    assert "\u202e" not in own
    assert "[/x]" in unescape(own.replace("\\", ""))  # as Markdown has it


def test_a_municipality_that_the_code_leaves_open_is_asked_for(terminal: Any, registry: Path) -> None:
    screen = terminal.run("add", "N", "--code-postal", "01170", answers=[("Commune?", "Gex\r")])
    assert (screen.code, screen.lines) == (
        0,
        [
            "01170 is the postal code of several communes: Cessy, Chevry, Crozet, Échenevex,",
            "    Gex, Mijoux, Ségny, Vesancy",
            "Commune? Gex",
            "added: N, 01170 Gex, as ‘n’",
            "  to undo: epn undo",
        ],
    )
    assert '    commune: Gex\n    code_postal: "01170"\n' in registry.read_text()


def test_an_invalid_record_is_asked_for_again(terminal: Any, registry: Path, tmp_path: Path) -> None:
    script = tmp_path / "editeur.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
        "text = text.replace('75009', '7500x') if '7500x' not in text else text.replace('7500x', '75010')\n"
        "path.write_text(text)\n"
    )
    env = {"VISUAL": f"{sys.executable} {script}", "TMPDIR": str(tmp_path)}
    screen = terminal.run("edit", "alternord", answers=[("[Y/n]", "\r")], env=env, columns=120)
    assert (screen.code, [re.sub(r"epn-\w+-\w+", "DRAFT", line) for line in screen.lines[:4]]) == (
        0,
        [
            "DRAFT.yaml: error: code_postal: ‘7500x’ is not a postal code, which is five digits",
            "  write its five digits, such as 75012",
            "Edit it again? [Y/n]",
            "Alternord: changed postal code",
        ],
    )
    assert "code_postal: '75010'" in registry.read_text()


@pytest.mark.usefixtures("registry")
def test_a_diff_on_a_terminal_is_the_one_of_a_pipe(terminal: Any, invoke: Command) -> None:
    args = ["close", "alternord", "--date", "2014", "--dry-run"]
    assert terminal.run(*args).lines == [line.rstrip() for line in invoke(*args).out.splitlines()]


@pytest.mark.usefixtures("registry")
def test_a_workbook_is_not_thrown_onto_a_terminal(terminal: Any) -> None:
    screen = terminal.run("export", "xlsx")
    assert (screen.code, screen.lines) == (
        2, ["error: a workbook cannot be displayed on a terminal", "  give a file with -o"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "args",
    [
        ["verify", "alternord"],
        ["reopen", "alternord"],
        ["add", "N", "--code-postal", "75009"],
    ],
)
def test_words_are_the_same_on_a_terminal_and_in_a_pipe(
    terminal: Any, registry: Path, epn: Command, args: list[str]
) -> None:
    before = registry.read_bytes()
    screen = terminal.run(*args, columns=120)
    registry.write_bytes(before)
    run = epn(*args)
    assert (screen.code, run.code, screen.text) == (0, 0, run.err)
