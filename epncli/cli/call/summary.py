"""The end of a phone round: what was done, on one line, and a commit message to paste."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from epncli.cli.call.keys import Answer
from epncli.cli.registry_file import is_in_repository
from epncli.cli.screen import terminal
from epncli.i18n import _, ngettext, number, with_colon
from epncli.system import shell


def in_words(answers: Iterable[Answer]) -> str:
    """The number of answers of each kind: `3 confirmed, 1 closed, 1 without an answer`; "" for none."""
    given = list(answers)
    counts = {answer: given.count(answer) for answer in Answer if answer in given}
    return ", ".join(_counted(answer, count) for answer, count in counts.items())


def _counted(answer: Answer, count: int) -> str:
    words = {
        Answer.RIGHT: ngettext("{count} confirmed", "{count} confirmed", count),
        Answer.CHANGED: ngettext("{count} changed", "{count} changed", count),
        Answer.CLOSED: ngettext("{count} closed", "{count} closed", count),
        Answer.CLOSED_FOR_A_TIME: ngettext("{count} closed for a time", "{count} closed for a time", count),
        Answer.CALL_BACK: ngettext("{count} to call back", "{count} to call back", count),
        Answer.NO_ANSWER: ngettext("{count} without an answer", "{count} without an answer", count),
        Answer.WRONG_NUMBER: ngettext("{count} with a wrong number", "{count} with a wrong number", count),
    }
    return words[answer].format(count=number(count))


def say_commit(path: Path, done: str) -> None:
    """Say the command line that commits the registry with this message, if the file is in a git work tree."""
    if not is_in_repository(path.absolute().parent):
        return
    message = with_colon(_("Phone round"), done).replace("\xa0", " ").replace("\u202f", " ")
    if command := shell.line("git", "commit", "-m", message, path):
        terminal.say_unwrapped("  " + _("to commit: {command}").format(command=command))
