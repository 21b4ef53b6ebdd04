"""`epn search`: find structures by words, a phone number or the value of a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from epncli.cli.app import examples
from epncli.cli.field_names import field_meant
from epncli.cli.options import LayoutOption, NoPagerOption, RegistryOption
from epncli.cli.registry_file import read_registry
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import print_structures
from epncli.cli.selection import Selection
from epncli.i18n import _, ngettext, number
from epncli.model.structure import Structure
from epncli.system import shell

TermsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("TERMS..."),
        help=_("Words, a phone number or FIELD:VALUE; structures must match all of them."),
    ),
]  # fmt: skip


def search_structures(
    terms: TermsArgument,
    selection: Selection,
    layout: LayoutOption = None,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print the structures that match all terms, best match first."""
    from epncli.query.search import search, suggest

    names = selection.field_names()
    every = read_registry(registry).structures
    kept = selection.filtered(every)
    found = search(kept, terms)
    shown = selection.arranged(found)
    print_structures(shown, names, layout, pager=not no_pager, every=every)
    if any(one.remplace_par for one in shown):
        from epncli.cli.successors import say_successors

        say_successors(shown, every)
    if found:
        return
    for term in terms:
        _say_how_to_search_a_field(term)
    _say_without_quotes(kept, terms)
    if near := suggest(kept, terms):
        terminal.say(_("closest names: {names}").format(names=", ".join(near)))


def _say_how_to_search_a_field(term: str) -> None:
    """For `commune=Lyon` or `ville:Lyon`, which are searched for as text, say how to search that field."""
    from epncli.query.search import parse_query

    found = _FIELD_AND_VALUE.fullmatch(term)
    field = field_meant(found[1]) if found else None
    if not found or not field or parse_query([term]).terms[0].field:
        return
    value = found[2]
    hint = _("‘{text}’ was searched for as text; to search the field, write {term}").format(
        text=term, term=shell.line(f"{field.name}:{value}")
    )
    if field.name in OPTIONS:
        hint += _(" or {option}").format(option=shell.line(OPTIONS[field.name], value))
    terminal.say(hint)


def _say_without_quotes(structures: Sequence[Structure], terms: Sequence[str]) -> None:
    """If the words are found where they do not follow each other, say how to search for them so."""
    from epncli.query.search import search

    words = [word for term in terms for word in term.split()]
    count = len(search(structures, words)) if len(words) > len(terms) else 0
    if count:
        said = ngettext(
            "words between quotes must follow each other; {count} structure has them apart: {command}",
            "words between quotes must follow each other; {count} structures have them apart: {command}",
            count,
        )
        command = shell.line("epn", "search", *words)
        terminal.say(said.format(count=number(count), command=command))


_FIELD_AND_VALUE: Final = re.compile("([^:=]+)[:=](.*)", re.DOTALL)


OPTIONS = {"commune": "--commune", "code_postal": "--code-postal", "formations_labels": "--label"}
"""The options that filter by a field."""

COMMANDS = {
    "search": (
        search_structures,
        examples(
            _(
                "Search structures. The search ignores case, accents, hyphens, and the spaces in "
                "phone numbers."
            ),
            "epn search emmaus 75014",
            "epn search 0142002584 --open",
            "epn search commune:Paris nom:centre",
        ),
    )
}
