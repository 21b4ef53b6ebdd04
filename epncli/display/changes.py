"""What changed between two registries, in words: headings, sentences and the subject of a commit.

Functions that translate take the language: what is published is in French whatever the locale.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from epncli.display.state import States, intervals_to_paste
from epncli.display.words import BETWEEN, heading, one_line
from epncli.i18n import N_, catalog
from epncli.model.fields import in_sentence
from epncli.model.structure import FIELDS, Structure
from epncli.registry.compare import Difference, Group, value

Groups = Mapping[Group, Sequence[Difference]]
"""The changes by what happened: see `Comparison.by_group`."""

_MOST_NAMED: Final = 3
"""Largest number of places that the subject of a commit names; more are counted."""

_HEADINGS: Final = {
    Group.ADDED: N_("New"),
    Group.CLOSED: N_("Closed"),
    Group.REPLACED: N_("Replaced"),
    Group.CLOSED_FOR_A_TIME: N_("Closed for a time"),
    Group.REOPENED: N_("Open again"),
    Group.MOVED: N_("Moved"),
    Group.RENAMED: N_("Renamed"),
    Group.NEW_PHONE: N_("New phone number"),
    Group.OTHER: N_("Other changes"),
    Group.REMOVED: N_("Removed from the list"),
    Group.CONFIRMED: N_("Only confirmed"),
}
_EVENTS: Final = {
    Group.ADDED: N_("added"),
    Group.CLOSED: N_("closed"),
    Group.REPLACED: N_("replaced"),
    Group.CLOSED_FOR_A_TIME: N_("closed for a time"),
    Group.REOPENED: N_("open again"),
    Group.MOVED: N_("moved"),
    Group.RENAMED: N_("renamed"),
    Group.NEW_PHONE: N_("new phone number"),
    Group.OTHER: N_("changed"),
    Group.CONFIRMED: N_("confirmed"),
}


def event_of(group: Group, lang: str) -> str:
    """The word for what happened to a structure that is still there."""
    return catalog(lang).gettext(_EVENTS[group])


def heading_of(group: Group, lang: str) -> str:
    """The heading of a group of changes."""
    return catalog(lang).gettext(_HEADINGS[group])


def name_of(change: Difference) -> str:
    """The name of the structure now, or the last one that it had; its id if it has no name."""
    return one_line(change.known.nom) or one_line(change.known.id)


def place_of(structure: Structure) -> str:
    """`75020 Paris`."""
    return one_line(f"{structure.code_postal} {structure.commune}")


def joined(structure: Structure, name: str, between: str) -> str:
    """The value of a field as one text, with `between` between the items of a list; "" if it has none."""
    found = value(structure, name)
    if isinstance(found, list) and all(isinstance(item, str) for item in found):
        return between.join(map(str, found))
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def text_of(structure: Structure, name: str) -> str:
    """The value of a field on one line; "" if it has none."""
    return one_line(joined(structure, name, BETWEEN))


def label_of(name: str, lang: str) -> str:
    """The heading of a field; for one that is not in the schema, its name."""
    return heading(name, lang) if name in FIELDS else one_line(name)


def counted(groups: Groups, lang: str) -> list[str]:
    """For each group, in its order, how many places: `2 places have closed`."""
    return [_count(group, len(changes), lang) for group, changes in groups.items()]


def _count(group: Group, count: int, lang: str) -> str:
    ngettext = catalog(lang).ngettext
    words = {
        Group.ADDED: ngettext("{count} place is new", "{count} places are new", count),
        Group.CLOSED: ngettext("{count} place has closed", "{count} places have closed", count),
        Group.REPLACED: ngettext("{count} place was replaced", "{count} places were replaced", count),
        Group.CLOSED_FOR_A_TIME: ngettext(
            "{count} place closes for a time", "{count} places close for a time", count
        ),
        Group.REOPENED: ngettext("{count} place is open again", "{count} places are open again", count),
        Group.MOVED: ngettext("{count} place has moved", "{count} places have moved", count),
        Group.RENAMED: ngettext("{count} place has a new name", "{count} places have a new name", count),
        Group.NEW_PHONE: ngettext(
            "{count} place has a new phone number", "{count} places have a new phone number", count
        ),
        Group.OTHER: ngettext("{count} place has other changes", "{count} places have other changes", count),
        Group.REMOVED: ngettext(
            "{count} place was removed from the list", "{count} places were removed from the list", count
        ),
        Group.CONFIRMED: ngettext("{count} place was confirmed", "{count} places were confirmed", count),
    }
    return words[group].format(count=count)


def about(change: Difference, states: States, lang: str) -> str:
    """What a reader wants to know about a change, besides the name and the place; "" for nothing more.

    `states` has the structures of the newer registry.
    """
    before, after = change.before, change.after
    say = catalog(lang).gettext
    group = change.group
    if group in (Group.CLOSED, Group.REPLACED):
        return one_line(states.state_to_paste(after, lang))
    if group is Group.CLOSED_FOR_A_TIME:
        known = set(before.fermetures_temporaires)
        return intervals_to_paste([one for one in after.fermetures_temporaires if one not in known], lang)
    if group is Group.OTHER:
        return BETWEEN.join(in_sentence(label_of(name, lang)) for name in change.fields if name != "date_maj")
    if group is Group.RENAMED:
        return say(N_("formerly {name}")).format(name=one_line(before.nom))
    shown = _SHOWN.get(group)
    if shown is None:
        return ""
    old, new = shown(before), shown(after)
    return say(N_("{new} (before: {old})")).format(new=new, old=old) if old and new else new


def _address(structure: Structure) -> str:
    return BETWEEN.join(filter(None, (one_line(structure.adresse), place_of(structure))))


_SHOWN: Final[dict[Group, Callable[[Structure], str]]] = {
    Group.MOVED: _address,
    Group.NEW_PHONE: lambda one: text_of(one, "telephones"),
}
"""What is shown of a structure before and after."""


def subject(groups: Groups, lang: str) -> str:
    """The subject of a commit: `Close Microlithe; confirm 12 places`. "" if nothing changed."""
    parts = [_done(group, _names(changes, lang), lang) for group, changes in groups.items()]
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _names(changes: Sequence[Difference], lang: str) -> str:
    if len(changes) <= _MOST_NAMED:
        return BETWEEN.join(map(name_of, changes))
    count = len(changes)
    return catalog(lang).ngettext("{count} place", "{count} places", count).format(count=count)


def _done(group: Group, names: str, lang: str) -> str:
    words = {
        Group.ADDED: N_("add {names}"),
        Group.CLOSED: N_("close {names}"),
        Group.REPLACED: N_("replace {names}"),
        Group.CLOSED_FOR_A_TIME: N_("close {names} for a time"),
        Group.REOPENED: N_("reopen {names}"),
        Group.MOVED: N_("move {names}"),
        Group.RENAMED: N_("rename {names}"),
        Group.NEW_PHONE: N_("change the phone number of {names}"),
        Group.OTHER: N_("change {names}"),
        Group.REMOVED: N_("remove {names}"),
        Group.CONFIRMED: N_("confirm {names}"),
    }
    return catalog(lang).gettext(words[group]).format(names=names)
