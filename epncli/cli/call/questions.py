"""The questions that follow an answer: dates, reasons, the new values of fields.

Each is asked again until its answer is valid. Ctrl-D goes back to the card: nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from epncli.cli.clock import today
from epncli.cli.closing_day import closing_day
from epncli.cli.screen import keyboard, terminal
from epncli.cli.session import usable, validated
from epncli.cli.successors import choose_successor
from epncli.cli.temporary_closing import Asked, day_of_interval, with_interval
from epncli.display import hours
from epncli.errors import BadUsage, EpnError
from epncli.i18n import _, language
from epncli.model.structure import CLOSING, FIELDS, Structure
from epncli.problems import Problem
from epncli.rules import coming_day

Validated = tuple[Structure, list[Problem]]
"""A structure with valid values, and warnings."""
_T = TypeVar("_T")

FIELDS_TO_ASK: Final = (
    "nom", "adresse", "code_postal", "commune", "telephones", "courriels", "site_web", "horaires",
)  # fmt: skip
"""The fields that a phone call corrects. The others are for the text editor."""


def closed(structures: Sequence[Structure], before: Structure) -> Validated:
    """The structure, closed for good: asks for the date, the reason and the successor."""
    date = _until_valid(
        _("Closed since when? (a day, a month or a year; ?: not known; Enter: today)"), closing_day
    )
    reason = terminal.ask(_("Reason? (Enter: none)"))
    successor = _until_valid(
        _("Which structure replaces it? (its id or name; Enter: none)"),
        lambda typed: choose_successor(structures, [before], typed) if typed else None,
    )
    day = today() if date is None else date
    after = before.close(date=day, motif=reason or None, today=today(), successor=successor)
    return validated(after, CLOSING)


def closed_for_a_time(before: Structure) -> Validated:
    """The structure, closed for a time: asks for both days and the reason."""
    while True:
        start = _until_valid(_("First day closed? (Enter: today)"), day_of_interval)
        until = _until_valid(_("Last day closed? (Enter: not known)"), day_of_interval)
        reason = terminal.ask(_("Reason? (Enter: none)"))
        try:
            return with_interval(before, Asked(start, until, reason))
        except EpnError as error:
            terminal.report(error)


def day_to_call() -> str:
    """A day to come, in ISO 8601."""
    return _until_valid(
        _("Call back on which day? (a date, a weekday or a number of days; Enter: tomorrow)"), _coming_day
    )


def _coming_day(typed: str) -> str:
    return usable(coming_day.validate(typed or "1", today=today()))


def wrong_number(before: Structure) -> str:
    """The number that is wrong: asked for if the structure has several."""
    if len(before.telephones) == 1:
        return before.telephones[0]
    for place, number in enumerate(before.telephones, 1):
        terminal.say(f"{place:3}  {number}")
    [chosen] = _until_valid(
        _("Which number is wrong? [1-{count}]").format(count=len(before.telephones)),
        lambda typed: _chosen(typed, before.telephones, several=False),
    )
    return chosen


def changed(before: Structure) -> Validated | None:
    """The structure with other values: asks which fields, then for each of them. None for the text editor."""
    labels = [FIELDS[name].label for name in FIELDS_TO_ASK]
    for place, (name, label) in enumerate(zip(FIELDS_TO_ASK, labels, strict=True), 1):
        terminal.say(f"{place:3}  {label}  {_shown(before, name)}".rstrip(), hang=5)
    names = _until_valid(
        _("What has changed? (numbers, such as 5 8; Enter: the text editor)"),
        lambda typed: _chosen(typed, FIELDS_TO_ASK),
    )
    if not names:
        return None
    after, warnings = before, []
    for name in names:
        after, found = _with_new_value(after, name)
        warnings += found
    return after, warnings


def _with_new_value(before: Structure, name: str) -> Validated:
    field = FIELDS[name]
    question = _("{field}? (separated by |)") if field.many else _("{field}?")
    typed = _shown(before, name)
    while True:
        typed = keyboard.edit_line(question.format(field=field.label), typed)
        items = tuple(filter(None, map(str.strip, typed.split("|"))))
        value = (items if field.many else typed) if typed != _shown(before, name) else before.value(name)
        try:
            return validated(before.changed(**{name: value}), (name,))
        except EpnError as error:
            terminal.report(error)


def _shown(structure: Structure, name: str) -> str:
    """The value of a field on one line, as it is edited: hours in words, the items of a list between `|`."""
    text = " | ".join(structure.texts(name))
    return terminal.visible(hours.in_words_to_paste(text, language()) if name == "horaires" else text)


def _chosen(typed: str, choices: Sequence[str], *, several: bool = True) -> list[str]:
    """The choices with the numbers that were typed. Raises BadUsage for anything else."""
    words = typed.replace(",", " ").split()
    known = {str(place): choice for place, choice in enumerate(choices, 1)}
    if any(word not in known for word in words) or not (several or len(words) == 1):
        raise BadUsage(_("enter a number from 1 to {count}").format(count=len(choices)))
    return [known[word] for word in words]


def _until_valid(question: str, read: Callable[[str], _T]) -> _T:
    """The answer to a question as `read` understands it, asked again while `read` raises an error."""
    while True:
        typed = terminal.ask(question)
        try:
            return read(typed)
        except terminal.InputClosed:
            raise
        except EpnError as error:
            terminal.report(error)
