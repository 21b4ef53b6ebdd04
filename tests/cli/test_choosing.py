"""Choice of a structure by a REF, with questions on a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.usefixtures("registry")
def test_a_terminal_is_asked_which_of_several_is_meant(terminal: Any) -> None:
    screen = terminal.run(
        "close", "paris", "--date", "2014", answers=[("Which one?", "9\r"), ("Which one?", "2\r")]
    )
    assert (screen.code, screen.lines) == (
        0,
        [
            "  1  Microlithe · 75020 Paris · 01 46 36 70 13 · closed in September 2014:",
            "     association fermée",
            "  2  Alternord · 75009 Paris · 01 53 16 14 82",
            "  3  Relais du 16e – Émile · 75116 Paris · 01 40 28 18 48",
            "Which one? [1-3, Enter to cancel] 9",
            "enter a number from 1 to 3",
            "Which one? [1-3, Enter to cancel] 2",
            "Alternord: closed in 2014",
            "  to undo: epn undo",
        ],
    )


def test_of_many_candidates_the_first_twenty_can_be_chosen(
    terminal: Any, registry_file: Callable[..., Path]
) -> None:
    registry_file(
        "structures:\n" + "".join(f"  - {{id: n-{place}, nom: Lieu {place}}}\n" for place in range(1, 2001))
    )
    asked = "Which one? [1-20, Enter to cancel]"
    screen = terminal.run("close", "lieu", answers=[(asked, "21\r"), (asked, "0\r"), (asked, "20\r")])
    assert screen.lines[19:27] == [
        " 20  Lieu 20",
        "  … and 1,980 more (give more words to narrow the search)",
        f"{asked} 21",
        "enter a number from 1 to 20",
        f"{asked} 0",
        "enter a number from 1 to 20",
        f"{asked} 20",
        next(line for line in screen.lines if line.startswith("Lieu 20: closed")),
    ]


def test_an_empty_answer_gives_up(terminal: Any, registry: Path) -> None:
    before = registry.read_bytes()
    screen = terminal.run("close", "paris", answers=[("Which one?", "\r")])
    assert (screen.code, screen.lines[-1], registry.read_bytes()) == (1, "no structure was chosen", before)


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_question_can_be_interrupted(terminal: Any, registry: Path, key: str) -> None:
    before = registry.read_bytes()
    screen = terminal.run("remove", "alternord", answers=[("Remove this structure? [y/N]", key)])
    assert (screen.code, screen.lines[-1], registry.read_bytes()) == (130, "interrupted", before)


@pytest.mark.parametrize(
    ("args", "words", "done"),
    [
        (["close", "--date", "2014"], "alter", "Alternord: closed in 2014"),
        (["reopen"], "micro", "Microlithe: reopened"),
        (["edit", "--set", "nom=Nord"], "alter", "Nord: changed name"),
    ],
)
@pytest.mark.usefixtures("registry")
def test_without_a_reference_a_person_is_asked_to_search_until_something_is_found(
    terminal: Any, args: list[str], words: str, done: str
) -> None:
    asked = "Which structure? (words from its name, or Enter to cancel)"
    screen = terminal.run(*args, answers=[(asked, "zzz\r"), (asked, f"{words}\r")])
    assert (screen.code, screen.lines[:4]) == (
        0,
        [f"{asked} zzz", "no structure matches ‘zzz’", f"{asked} {words}", done],
    )


@pytest.mark.usefixtures("registry")
def test_only_closed_structures_are_offered_to_be_opened_again(terminal: Any) -> None:
    screen = terminal.run("reopen", answers=[("Which structure?", "paris\r")])
    assert (screen.code, screen.lines[1]) == (0, "Microlithe: reopened")


def test_a_search_can_be_given_up(terminal: Any, registry: Path) -> None:
    before = registry.read_bytes()
    screen = terminal.run("close", answers=[("Which structure?", "\r")])
    assert (screen.code, screen.lines[1:], registry.read_bytes()) == (1, ["no structure was chosen"], before)


def test_candidates_that_look_alike_are_told_apart_by_their_ids(
    terminal: Any, registry_file: Callable[..., Path]
) -> None:
    registry_file(
        "structures:\n  - {id: un, nom: Lieu}\n  - {id: deux, nom: Lieu}\n  - {id: a, nom: Lieu dit}\n"
    )
    screen = terminal.run("show", "lie", answers=[("Which one?", "\r")])
    assert screen.lines[:3] == ["  1  Lieu · un", "  2  Lieu · deux", "  3  Lieu dit"]


def test_candidates_fold_between_words_and_never_in_a_phone(
    terminal: Any, registry_file: Callable[..., Path]
) -> None:
    record = (
        '{{id: {0}, nom: "Centre d’hébergement {0}", code_postal: "75014", telephones: [01 40 18 04 41]}}'
    )
    registry_file("structures:\n" + "".join(f"  - {record.format(name)}\n" for name in ("Nord", "Sud")))
    screen = terminal.run("show", "centre", columns=40, answers=[("Which one?", "\r")])
    assert screen.lines[:4] == [
        "  1  Centre d’hébergement Nord · 75014 ·",
        "     01 40 18 04 41",
        "  2  Centre d’hébergement Sud · 75014 ·",
        "     01 40 18 04 41",
    ]


@pytest.mark.parametrize("ref", ["", " "])
@pytest.mark.usefixtures("registry")
def test_a_blank_reference_is_none(epn: Command, ref: str) -> None:
    run = epn("show", ref)
    assert (run.code, run.err) == (2, "error: no structure was given\n  give an id or a name\n")


@pytest.mark.parametrize(("answer", "code", "left"), [("n", 1, 1), ("", 1, 1), ("y", 0, 0), ("oui", 0, 0)])
def test_a_removal_is_asked_about(terminal: Any, registry: Path, answer: str, code: int, left: int) -> None:
    screen = terminal.run("remove", "alternord", answers=[("[y/N]", f"{answer}\r")])
    assert screen.code == code
    assert screen.lines[:2] == [
        "alternord · Alternord · 75009 Paris · 01 53 16 14 82",
        f"Remove this structure? [y/N] {answer}".rstrip(),
    ]
    assert registry.read_text().count("id: alternord") == left
