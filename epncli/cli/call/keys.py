"""The keys of a phone round, and what each of them says about the structure on the card."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, NamedTuple

from rich.cells import cell_len

from epncli.cli.screen import keyboard, terminal
from epncli.i18n import N_, _, language, with_colon


class Answer(Enum):
    """What a key says."""

    RIGHT = auto()
    CHANGED = auto()
    CLOSED = auto()
    CLOSED_FOR_A_TIME = auto()
    CALL_BACK = auto()
    NO_ANSWER = auto()
    WRONG_NUMBER = auto()
    SKIP = auto()
    UNDO = auto()
    QUIT = auto()
    HELP = auto()


class Key(NamedTuple):
    """The letter of an answer in each language, its short label and its explanation."""

    en: str
    fr: str
    label: str
    about: str

    @property
    def letter(self) -> str:
        """The letter in the language of this process."""
        return self.fr if language() == "fr" else self.en


KEYS: Final = {
    Answer.RIGHT: Key("y", "o", N_("yes, it is right"), N_("sets the date of confirmation to today")),
    Answer.CHANGED: Key(
        "m", "m", N_("modified"), N_("corrects fields, or the record in a text editor, and confirms the rest")
    ),
    Answer.CLOSED: Key(
        "c", "f", N_("closed"), N_("for good; asks for the date, the reason and the successor")
    ),
    Answer.CLOSED_FOR_A_TIME: Key(
        "t", "t", N_("closed for a time"), N_("asks for the first day, the last day and the reason")
    ),
    Answer.CALL_BACK: Key(
        "b", "r", N_("call back"), N_("asks for the day from which to call the structure again")
    ),
    Answer.NO_ANSWER: Key(
        "n", "p", N_("no answer"), N_("adds a line to the notes; the structure is called again in three days")
    ),
    Answer.WRONG_NUMBER: Key("w", "e", N_("wrong number"), N_("the same, with the number")),
    Answer.SKIP: Key("s", "s", N_("skip"), N_("writes nothing; the next round has the structure again")),
    Answer.UNDO: Key("u", "a", N_("undo"), N_("takes back the last answer and shows its card again")),
    Answer.QUIT: Key("q", "q", N_("quit"), N_("ends the round; all answers are already in the file")),
    Answer.HELP: Key("?", "?", N_("help"), N_("shows this help")),
}
"""The keys, in the order in which they are shown. In one language, a letter has one meaning."""

_GAP: Final = "  "


def legend(columns: int) -> str:
    """All keys with their labels, wrapped between keys."""
    lines = [""]
    for key in KEYS.values():
        label = _(key.label)
        text = f"[{key.letter}] {label}"
        longer = f"{lines[-1]}{_GAP}{text}" if lines[-1] else text
        if lines[-1] and cell_len(longer) > columns:
            lines.append(text)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def say_help() -> None:
    """Explain all keys."""
    for key in KEYS.values():
        words = with_colon(_(key.label), _(key.about))
        terminal.say(f"  {key.letter}  {words}", hang=5)


def ask() -> Answer:
    """Wait for a key that is an answer. Raises InputClosed at the end of input."""
    by_letter = {key.letter: answer for answer, key in KEYS.items()}
    while True:
        pressed = keyboard.read_key(_("Key?"))
        if answer := by_letter.get(pressed.casefold()):
            return answer
        if pressed:
            terminal.say(_("‘{key}’ means nothing here; ? explains the keys").format(key=pressed))
