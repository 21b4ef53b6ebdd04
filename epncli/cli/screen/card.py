"""Display of one structure as a card: its name, and a line for each field with a value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.display import hours
from epncli.display.links import LINKED, href
from epncli.display.state import States, interval_in_words
from epncli.i18n import _, language
from epncli.model.fields import stated
from epncli.model.structure import DATE_KINDS, FIELDS, Field, Kind, Structure
from epncli.rules.dates import in_words


def card(structure: Structure, place: str, states: States, screen: Console | None) -> str:
    """The card of a structure, wrapped if it is for a `screen`. `place` is its file and line."""
    rows = rows_of(structure, (name for name in FIELDS if name != "nom"), states)
    for name, value in structure.unknown_fields.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        rows.append((terminal.visible(name), Line(terminal.visible(text))))
    rows.append((_("Record"), Line(terminal.visible(place))))
    return "\n".join([bold(name_of(structure)), *laid_out(rows, screen)])


def rows_of(structure: Structure, names: Iterable[str], states: States) -> list[Row]:
    """The rows of these fields, as far as they have a value. A value of several lines has several rows."""
    rows: list[Row] = []
    for name in names:
        field = FIELDS[name]
        lines = [
            line for value in stated(structure, field) for line in _lines(structure, field, value, states)
        ]
        rows += [("" if number else field.label, line) for number, line in enumerate(lines)]
    return rows


def laid_out(rows: Sequence[Row], screen: Console | None) -> list[str]:
    """The lines of the rows, with the values below each other, wrapped if they are for a `screen`."""
    left = max(cell_len(label) for label, _line in rows) + 4
    if screen:
        left = min(left, screen.width // 2)
        left = left if screen.width - left >= _LEAST_VALUE else 4
    shown: list[str] = []
    for label, line in rows:
        first, *rest = line.folded(screen, left) or [""]
        if cell_len(label) > left - 4:  # a label that leaves no room for the value gets its own line
            shown += [f"  {label}", f"{'':{left}}{first}"]
        else:
            shown.append(f"  {label}{' ' * (left - 2 - cell_len(label))}{first}".rstrip())
        shown += [f"{'':{left}}{text}" for text in rest]
    return shown


_LEAST_VALUE = 18
"""The width of a phone number. If there is less room, values are below their labels."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text to display, with its link target and a remark, if any."""

    text: str
    target: str = ""
    about: str = ""

    def folded(self, screen: Console | None, left: int) -> list[str]:
        """The text, wrapped to the screen after `left` columns. Links are not wrapped, so that they work."""
        room = max(screen.width - left, 1) if screen else 0
        if not self.target and not self.about:
            if screen is None:
                return [self.text]
            lines = Text(terminal.protect_spaces(self.text)).wrap(screen, room)
            return [terminal.restore_spaces(line.plain).rstrip() for line in lines]
        text = link(self.text, self.target) if self.target else self.text
        if not self.about:
            return [text]
        fits = not room or cell_len(f"{self.text}  {self.about}") <= room
        return [f"{text}  {self.about}"] if fits else [text, self.about]


Row = tuple[str, Line]
"""A label, "" below a row of the same field, and what stands beside it."""


def _lines(structure: Structure, field: Field, value: str, states: States) -> list[Line]:
    """The lines of one value: dates in words, phone numbers with their kind, links."""
    if field.name == "statut" and (state := _changed_state(structure, states)):
        return [Line(terminal.visible(state))]
    texts = [terminal.visible(line) for line in value.splitlines()]
    if field.kind in DATE_KINDS:
        return [Line(in_words(text)) for text in texts]
    if field.kind is Kind.HORAIRES:
        return [Line(hours.in_words(text, language())) for text in texts]
    if field.kind is Kind.INTERVAL:
        return [Line(terminal.visible(interval_in_words(text, language()))) for text in texts]
    if field.kind not in LINKED:
        return [Line(text) for text in texts]
    shown, about = " ".join(texts), ""
    if field.kind is Kind.TELEPHONE:
        from epncli.rules import telephone

        about = f"({about})" if (about := telephone.describe(value, structure.code_postal)) else ""
    return [Line(shown, href(value, field.kind, structure.code_postal), about)]


def _changed_state(structure: Structure, states: States) -> str:
    """The state, if the value of `statut` does not say it: closed for a time, or replaced by another."""
    if states.successor(structure):
        return states.state(structure, language())
    return states.closed_for_a_time(structure, language())


def bold(text: str) -> str:
    """The text in bold, if the terminal supports styles."""
    return f"\x1b[1m{text}\x1b[0m" if terminal.in_colour() else text


def link(text: str, target: str) -> str:
    """The text as a hyperlink (OSC 8), if the terminal supports styles."""
    return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\" if terminal.in_colour() else text
