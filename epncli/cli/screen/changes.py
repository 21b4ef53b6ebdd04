"""Printing of what changed between two registries: on a terminal, as tab-separated lines, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from rich.console import Console
from rich.text import Text

from epncli.cli.screen import terminal
from epncli.cli.screen.listing import cell
from epncli.display import changes
from epncli.display.changes import Groups
from epncli.formats.json import indented
from epncli.i18n import language, number, with_colon
from epncli.model.structure import Value
from epncli.registry.compare import Difference, Group, value

_INDENT: Final = "    "
_WORDS: Final = re.compile(r"\w+|\W")
_MOST_WORDS: Final = 200
"""The longest value in which the differing part is looked for, in words."""
COLOURS: Final = {
    Group.ADDED: "green", Group.REOPENED: "green", Group.CONFIRMED: "green", Group.CLOSED: "red",
    Group.REPLACED: "red", Group.REMOVED: "red", Group.CLOSED_FOR_A_TIME: "yellow",
}  # fmt: skip


def as_lines(groups: Groups) -> str:
    """A line for each changed field: group, id, name, field, old value, new value.

    A structure that is new or gone has one line, without a field. The values of a list are separated by `|`.
    """
    return "".join(
        "\t".join(map(cell, (group, change.known.id, change.known.nom, *values))) + "\n"
        for group, listed in groups.items()
        for change in listed
        for values in values_of(change)
    )


def as_json(groups: Groups) -> str:
    """A list with an object for each structure: group, id, name, and both values of the changed fields."""
    found = [
        {"group": group.value, "id": change.known.id, "nom": change.known.nom, "fields": fields(change)}
        for group, listed in groups.items()
        for change in listed
    ]
    return indented(found)


def fields(change: Difference) -> dict[str, dict[str, Value | None]]:
    """Both values of the changed fields, by name; null for none."""
    return {
        name: {"before": value(change.before, name) or None, "after": value(change.after, name) or None}
        for name in change.fields
    }


def values_of(change: Difference) -> Iterator[tuple[str, str, str]]:
    """Name, old value and new value of each changed field; three empty texts if the structure is new or gone.

    The values of a list are separated by `|`.
    """
    if change.group in (Group.ADDED, Group.REMOVED):
        yield "", "", ""
        return
    for name in change.fields:
        yield name, changes.joined(change.before, name, "|"), changes.joined(change.after, name, "|")


def styled(groups: Groups, console: Console) -> Iterator[str]:
    """The groups for a person: a heading, a line for each place, and a line for each of its fields.

    Confirmations are only counted.
    """
    for group, listed in groups.items():
        colour = COLOURS.get(group, "cyan")
        heading = f"{changes.heading_of(group, language())} ({number(len(listed))})"
        yield printed(console, Text(heading, style=f"bold {colour}"))
        if group is not Group.CONFIRMED:
            for change in listed:
                yield from _of_place(console, change)


def _of_place(console: Console, change: Difference) -> Iterator[str]:
    line = Text("  ")
    line.append(terminal.visible(changes.name_of(change)), style="bold")
    line.append(terminal.visible("".join(f", {part}" for part in (changes.place_of(change.known),) if part)))
    yield printed(console, line)
    for name in () if change.group in (Group.ADDED, Group.REMOVED) else change.fields:
        yield of_field(console, change, name)


def of_field(console: Console, change: Difference, name: str) -> str:
    """A line with the old and the new value of a field, in which the differing part is marked."""
    old, new = (terminal.visible(changes.text_of(one, name)) or "—" for one in (change.before, change.after))
    line = Text(_INDENT + terminal.visible(with_colon(changes.label_of(name, language()), "")))
    line.append_text(_marked(old, new, "red"))
    line.append(" → ")
    line.append_text(_marked(new, old, "green"))
    return printed(console, line)


def _marked(text: str, other: str, colour: str) -> Text:
    """The text, with the words and numbers that the other one does not have in bold."""
    words, others = _WORDS.findall(text), _WORDS.findall(other)
    if max(len(words), len(others)) > _MOST_WORDS:
        return Text(text, style=colour)
    found = Text()
    at = 0
    for block in SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks():
        found.append("".join(words[at : block.a]), style=f"bold {colour}")
        found.append("".join(words[block.a : block.a + block.size]), style=colour)
        at = block.a + block.size
    return found


def printed(console: Console, line: Text) -> str:
    """The line, wrapped to the console, with the continuation below its values."""
    with console.capture() as captured:
        console.print(line, soft_wrap=False)
    return captured.get()
