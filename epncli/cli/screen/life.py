"""Printing of the history of a structure: on a terminal, as tab-separated lines, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from epncli.cli.screen import changes as screen
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import cell, name_of
from epncli.display import changes
from epncli.history.life import Event
from epncli.i18n import _, language
from epncli.model.structure import Structure
from epncli.registry.compare import Group
from epncli.rules import dates


def lines(structure: Structure, events: Iterable[Event]) -> Iterator[str]:
    """A line for each changed field: id, day, commit, author, group, field, old value, new value.

    What has not been committed yet has neither a day nor a commit.
    """
    for event in events:
        version = event.version
        made = (_day(event), version.commit, version.author) if version else ("", "", "")
        for values in screen.values_of(event.change):
            yield "\t".join(map(cell, (structure.id, *made, event.change.group, *values))) + "\n"


def as_object(structure: Structure, event: Event) -> dict[str, Any]:
    """What JSON has about an event."""
    version = event.version
    return {
        "id": structure.id,
        "date": _day(event) or None,
        "commit": version.commit if version else None,
        "author": version.author if version else None,
        "subject": version.subject if version else None,
        "group": event.change.group.value,
        "fields": screen.fields(event.change),
    }


def styled(structure: Structure, events: Iterable[Event], console: Console) -> Iterator[str]:
    """The events for a person: the day and the author, what happened, and a line for each field."""
    yield screen.printed(console, Text(name_of(structure), style="bold"))
    for event in events:
        group, version = event.change.group, event.version
        words = _("not committed yet")
        if version:
            words = f"{dates.in_words(_day(event), language())}, {version.author}"
        line = Text(f"  {terminal.visible(words)}, ")
        line.append(changes.event_of(group, language()), style=screen.COLOURS.get(group, "cyan"))
        yield screen.printed(console, line)
        if group is not Group.ADDED:
            for name in event.change.fields:
                yield screen.of_field(console, event.change, name)


def _day(event: Event) -> str:
    return event.version.written.date().isoformat() if event.version else ""
