"""Five calls on the Paris list: three right, one closed, one without an answer."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

PARIS = Path(__file__).parents[3] / "registry.yaml"
KEYS = {"en": "yyyc\r\r\rn", "fr": "ooof\r\r\rp"}
NAMES = [
    "Centre d’animation des Halles Le Marais",
    "Centre d’études et d’action sociale et culturelle",
    "Cyberespace de l’Agora – Association Emmaüs",
    "PIJ CIEJ – Centre d’initiatives pour l’Emploi des Jeunes",
    "Centre d’hébergement Louvre – Laumière – Association Emmaüs",
    "Centre Social La Clairiere",
]
CONFIRMED = ["date_maj: DAY"]
CLOSED = ["statut: fermé", "date_fermeture: DAY", "date_maj: DAY"]
NO_ANSWER = ["notes: DAY : pas de réponse", "rappeler_le: DAY"]
ADDED = [CONFIRMED, CONFIRMED, CONFIRMED, CLOSED, NO_ANSWER]
AFTER_KEYS = [0, 1, 2, 3, 3, 3, 3, 4, 5]
"""The number of answers after each number of keys: a closing has three questions."""
MATRIX = [(columns, language) for columns in (40, 80, 120) for language in ("en", "fr")]

Call = Callable[..., Any]


@pytest.fixture(autouse=True)
def registry(tmp_path: Path) -> Path:
    return Path(shutil.copy(PARIS, tmp_path / "registry.yaml"))


def added(registry: Path) -> list[str]:
    """The lines that the registry has and the Paris list has not, with DAY for a date; all others stayed."""
    old = PARIS.read_text(encoding="utf-8").splitlines()
    rest = iter(registry.read_text(encoding="utf-8").splitlines())
    found = []
    for line in old:
        for new in rest:
            if new == line:
                break
            found.append(re.sub(r"\"?\d{4}-\d\d-\d\d", "DAY", new).strip().removesuffix('"'))
        else:
            pytest.fail(f"{line} is gone")
    return [*found, *rest]


def first_lines(count: int) -> list[str]:
    """What the first `count` answers add."""
    return [line for lines in ADDED[:count] for line in lines]


def press(phone: Any, keys: str) -> list[str]:
    """Press the keys, each when it is asked for, and return what was printed before each one."""
    return [_press(phone, key) for key in keys]


def _press(phone: Any, key: str) -> str:
    if key != "\r":
        return str(phone.press(key))
    shown = phone.wait_for(") ")  # a question ends with what Enter means
    phone.send(key)
    return str(shown)


def name_on(card: str) -> str:
    """The name on the last card of a text."""
    [*_, last] = re.split(r"\d+/\d+  ", card)
    return " ".join(last.partition("\n7500")[0].split())


@pytest.mark.parametrize(
    ("columns", "language"),
    [(40, "fr"), *(pytest.param(*case, marks=pytest.mark.long) for case in MATRIX if case != (40, "fr"))],
)
def test_five_calls_are_one_command_and_at_most_twenty_keys(
    call: Call, registry: Path, columns: int, language: str
) -> None:
    phone = call(columns=columns, language=language, own_process=True)
    shown = press(phone, KEYS[language] + "q")
    assert phone.end() == 0
    assert phone.strokes <= 20
    assert added(registry) == first_lines(5)
    assert [name_on(text) for text in shown if "\n7500" in text] == NAMES
    done = {
        "en": "3 confirmed, 1 closed, 1 without an answer; 58 left to call",
        "fr": "3 confirmées, 1 fermée, 1 sans réponse\xa0; restent 58 à appeler",
    }
    assert f" {done[language]} " in f" {' '.join(phone.last.split(' ')).replace(chr(10), ' ')} ".replace(
        "     ", " "
    )
    assert set(re.findall(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", phone.raw)) == {
        "\x1b[1m",
        "\x1b[0m",
    }  # nothing is redrawn
    for line in "".join(shown).split("\n"):
        assert cell_len(line) <= columns


@pytest.mark.parametrize(
    ("count", "columns", "language"),
    [
        *((count, 80, "fr") for count in (1, 5, 8)),
        *(
            pytest.param(count, *case, marks=pytest.mark.long)
            for case in MATRIX
            for count in range(len(AFTER_KEYS))
        ),
    ],
)
def test_a_round_that_is_killed_after_a_key_goes_on_where_it_was(
    call: Call, registry: Path, count: int, columns: int, language: str
) -> None:
    phone = call(columns=columns, language=language, own_process=True)
    press(phone, KEYS[language][:count])
    if KEYS[language][count : count + 1] == "\r":
        phone.wait_for(") ")
    else:
        phone.card()
    assert phone.kill() == -9
    answers = AFTER_KEYS[count]
    assert added(registry) == first_lines(answers)
    phone = call(columns=columns, language=language, own_process=True)
    assert name_on(phone.card()) == NAMES[answers]
    phone.send("q")
    assert phone.end() == 0
    assert added(registry) == first_lines(answers)


@pytest.mark.parametrize("count", [1, *(pytest.param(one, marks=pytest.mark.long) for one in (2, 3, 7, 8))])
def test_a_round_that_is_killed_as_a_key_is_pressed_has_its_answer_or_not(
    call: Call, registry: Path, count: int
) -> None:
    phone = call(own_process=True)
    press(phone, KEYS["en"][:count])
    assert phone.kill() == -9
    assert added(registry) in (first_lines(AFTER_KEYS[count - 1]), first_lines(AFTER_KEYS[count]))
