"""Choice of the structures named by a REF; if several match, the user is asked at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from epncli.cli.clock import today
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.display.state import States
from epncli.errors import BadUsage, NegativeAnswer
from epncli.i18n import _, language, ngettext, number
from epncli.model.structure import Structure
from epncli.query.references import resolve

MOST_CANDIDATES = 20
"""Largest number of candidates shown."""


def pick(structures: Sequence[Structure], args: Sequence[str]) -> list[Structure]:
    """The structures named by a REF. If several match one name, the user is asked at the terminal.

    Raises BadUsage for an empty REF, and NegativeAnswer if no structure matches, or several without a
    terminal.
    """
    if not any(arg.strip() for arg in args):
        raise _no_reference()
    result = resolve(structures, args)
    if result.found:
        return result.found
    if not result.candidates:
        raise _none_fits(structures, args)
    states = States(structures, today())
    if terminal.can_ask():
        return [choose(result.candidates, states)]
    count = len(result.candidates)
    shown = result.candidates[:MOST_CANDIDATES]
    lines = "\n".join(f"  {describe(structure, states)}" for structure in shown)
    raise NegativeAnswer(
        ngettext("{count} structure matches ‘{text}’", "{count} structures match ‘{text}’", count).format(
            count=number(count), text=" ".join(args)
        ),
        _("give the id of one of them:") + "\n" + lines + ("\n  …" if count > MOST_CANDIDATES else ""),
    )


def pick_or_ask(structures: Sequence[Structure], args: Sequence[str] | None) -> list[Structure]:
    """As `pick`, but without a REF, the user is asked at the terminal for words to search for."""
    if args:
        return pick(structures, args)
    if not terminal.can_ask():
        raise _no_reference()
    while words := terminal.ask(_("Which structure? (words from its name, or Enter to cancel)")):
        try:
            return pick(structures, words.split())
        except NegativeAnswer as nothing:
            if isinstance(nothing, terminal.Declined):
                raise
            terminal.say(nothing.message)
    raise terminal.Declined(_("no structure was chosen"))


def choose(candidates: Sequence[Structure], states: States) -> Structure:
    """Ask the user to choose one of the candidates. Raises Declined for an empty answer."""
    shown = candidates[:MOST_CANDIDATES]
    for place, line in enumerate(_told_apart(shown, states), 1):
        terminal.say(f"{place:3}  {line}", hang=5)
    if more := len(candidates) - len(shown):
        words = ngettext(
            "  … and {count} more (give more words to narrow the search)",
            "  … and {count} more (give more words to narrow the search)",
            more,
        )
        terminal.say(words.format(count=number(more)))
    while answer := terminal.ask(_("Which one? [1-{count}, Enter to cancel]").format(count=len(shown))):
        if answer in map(str, range(1, len(shown) + 1)):
            return shown[int(answer) - 1]
        terminal.say(_("enter a number from 1 to {count}").format(count=len(shown)))
    raise terminal.Declined(_("no structure was chosen"))


def _told_apart(structures: Sequence[Structure], states: States) -> list[str]:
    """A line for each structure, with its name, its place and an address or a phone number.

    The id is added if two lines would be the same.
    """
    lines = [
        " · ".join(filter(None, (name_of(one), _place(one), *_ways(one), states.state(one, language()))))
        for one in structures
    ]
    times = Counter(lines)
    pairs = zip(structures, lines, strict=True)
    return [line if times[line] == 1 else f"{line} · {one.id}" for one, line in pairs]


def describe(structure: Structure, states: States) -> str:
    """One line that identifies a structure: its id, its name, its place, and whether it is closed."""
    parts = (structure.id, structure.nom.strip(), _place(structure), *_ways(structure))
    closed = _("closed") if structure.is_closed else states.closed_for_a_time(structure, language())
    return terminal.visible(" · ".join(filter(None, (*parts, closed))))


def _place(structure: Structure) -> str:
    return f"{structure.code_postal} {structure.commune}".strip()


def _ways(structure: Structure) -> Sequence[str]:
    return [structure.adresse] if structure.adresse else structure.telephones[:1]


def _no_reference() -> BadUsage:
    return BadUsage(_("no structure was given"), _("give an id or a name"))


def _none_fits(structures: Sequence[Structure], args: Sequence[str]) -> NegativeAnswer:
    from epncli.query.search import suggest

    ids = {structure.id for structure in structures}
    unknown = [arg for arg in args if arg not in ids]
    if len(unknown) < len(args):
        return NegativeAnswer(
            _("no structure has the id ‘{id}’").format(id=unknown[0]),
            _("to name several structures, use their ids; ‘epn list --fields id,nom’ lists them"),
        )
    near = suggest(structures, args)
    hint = (
        _("closest matches: {names}").format(names=", ".join(near))
        if near
        else _("search for one of these words with ‘epn search WORD’")
    )
    return NegativeAnswer(_("no structure matches ‘{text}’").format(text=" ".join(args)), hint)
