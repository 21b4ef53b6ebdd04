"""The changes of a registry as text for a blog post: a sentence with their numbers, then lists of places.

In Markdown and in HTML, values are escaped as in the tables of `markdown` and `html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from epncli.display import changes
from epncli.display.changes import Groups
from epncli.display.state import States
from epncli.formats import html, markdown
from epncli.i18n import N_, catalog
from epncli.registry.compare import Difference, Group
from epncli.rules.dates import in_words


@dataclass(frozen=True, slots=True)
class Report:
    """What changed, and what is needed to tell it."""

    groups: Groups
    since: str
    """The day from which on the changes are told, in ISO 8601; "" if it is not known."""
    states: States
    """Of the newer registry."""
    lang: str
    """`fr` or `en`."""


def as_markdown(report: Report) -> str:
    """The sentence and the lists in Markdown."""
    parts = [markdown.escape(f"{summary(report)}.")]
    for group, listed in _listed(report):
        # In bold, since a name such as `1. Nom` would begin a list, and `# Nom` a heading.
        items = [_item(one, report, markdown.escape, "**{}**") for one in listed]
        heading = markdown.escape(changes.heading_of(group, report.lang))
        parts.append("\n".join([f"**{heading}**", "", *(f"- {item}" for item in items)]))
    return "\n\n".join(parts) + "\n"


def as_html(report: Report) -> str:
    """The sentence and the lists in HTML, with elements that WordPress's filter keeps."""
    lines = [f"<p>{html.escape(summary(report))}.</p>"]
    for group, listed in _listed(report):
        items = [_item(one, report, html.escape, "<strong>{}</strong>") for one in listed]
        lines += [f"<p><strong>{html.escape(changes.heading_of(group, report.lang))}</strong></p>", "<ul>"]
        lines += [*(f"<li>{item}</li>" for item in items), "</ul>"]
    return "\n".join(lines) + "\n"


def summary(report: Report) -> str:
    """What changed, counted: `Depuis le 1er septembre 2026 : 2 structures ont fermé`."""
    say = catalog(report.lang).gettext
    words = ", ".join(changes.counted(report.groups, report.lang)) or say(N_("nothing has changed"))
    if not report.since:
        return words[:1].upper() + words[1:]
    date = in_words(report.since, report.lang)
    return _to_paste(say(N_("Since {date}: {changes}")).format(date=date, changes=words))


def _listed(report: Report) -> Iterator[tuple[Group, Sequence[Difference]]]:
    """The groups whose places are named: confirmations are only counted."""
    return ((group, found) for group, found in report.groups.items() if group is not Group.CONFIRMED)


def _item(change: Difference, report: Report, escape: Callable[[str], str], bold: str) -> str:
    """A place, where it is, and what changed."""
    name = bold.format(escape(changes.name_of(change)) or "—")
    place = "" if change.group is Group.MOVED else escape(changes.place_of(change.known))
    about = escape(_to_paste(changes.about(change, report.states, report.lang)))
    words = f"{name}, {place}" if place else name
    if not about:
        return words
    return _to_paste(catalog(report.lang).gettext(N_("{label}: {text}"))).format(label=words, text=about)


def _to_paste(text: str) -> str:
    """The text without no-break spaces, which are hard to see and to type in pasted text."""
    return text.replace("\xa0", " ")
