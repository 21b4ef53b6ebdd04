"""`epn add`: add a structure to the registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.mistyped import refuse_bare_settings
from epncli.cli.options import CodeOption, DryRunOption, PlaceOptions, RegistryOption, SetOption
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, say_warnings, validated
from epncli.cli.settings import parse_settings
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.problems import Problem
from epncli.registry.changes import Change
from epncli.registry.registry import Registry

NomArgument = Annotated[list[str], typer.Argument(metavar=_("NAME"), help=_("The name of the structure."))]


def add_structure(
    nom: NomArgument,
    code_postal: CodeOption,
    place: PlaceOptions,
    settings: SetOption = None,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Add a structure, with an id made from its name."""
    refuse_bare_settings(nom)
    session = Session.open(registry, dry_run=dry_run)
    draft = Structure(nom=" ".join(nom), code_postal=code_postal, **place.values())
    draft = parse_settings(draft, settings, None)
    said: list[Problem] = []
    if not draft.commune:
        checked, doubts = validated(draft, ("code_postal",))
        commune = _known_commune(session.registry, checked.code_postal)
        if not commune:
            commune, said = _ask_commune(checked.code_postal, doubts), doubts
        draft = draft.changed(commune=commune)
    draft = draft.changed(date_maj=draft.date_maj or today())
    after, warnings = validated(draft, [*draft.values(), "nom", "commune", "code_postal"])
    warnings = [warning for warning in warnings if warning not in said]
    outcome = session.carry_out([Change(None, after)])
    added = outcome.changes[0].after if outcome else after
    assert added is not None
    warnings += _possible_duplicates(session.registry, added)
    if outcome is None:
        say_warnings(warnings)
        return
    where = f"{added.code_postal} {added.commune}"
    terminal.inform(
        _("added: {name}, {place}, as ‘{id}’").format(name=name_of(added), place=where, id=added.id)
    )
    session.say_undo(outcome)
    say_warnings(warnings)


def _possible_duplicates(registry: Registry, added: Structure) -> list[Problem]:
    """Warnings about existing structures that may be the same place."""
    from epncli.validation import duplicates

    structures = [*registry.structures, added]
    return [found.problem for found in duplicates.find(structures, only={len(structures) - 1})]


def _known_commune(registry: Registry, code: str) -> str:
    """The commune of a postal code in the registry, else in the official database; "" if it is ambiguous."""
    from epncli.rules.code_postal import commune_of

    known = {structure.commune for structure in registry.structures if structure.code_postal == code}
    known.discard("")
    return known.pop() if len(known) == 1 else commune_of(code) if not known else ""


def _ask_commune(code: str, doubts: Sequence[Problem]) -> str:
    """Ask the user for the commune, after showing the warnings about the postal code.

    Raises BadUsage without a terminal, and Declined for an empty answer.
    """
    from epncli.rules.communes import communes

    say_warnings(doubts)
    names = [commune.nom for commune in communes(code)]
    if not terminal.can_ask():
        raise BadUsage(
            _("the commune is missing, and {code} is not enough to determine it").format(code=code),
            _("add --commune with one of: {names}").format(names=", ".join(names))
            if names
            else _("add --commune NAME"),
        )
    if names:
        terminal.say(
            _("{code} is the postal code of several communes: {names}").format(
                code=code, names=", ".join(names)
            )
        )
    answer = terminal.ask(_("Commune?"))
    if not answer:
        raise terminal.Declined
    return answer


COMMANDS = {
    "add": (
        add_structure,
        examples(
            _("Add a structure to the registry."),
            'epn add "Cyber Espace" --code-postal 75012 --telephone "01 40 01 02 03"',
            'epn add "Point Relais" --code-postal 01000 --set adresse="3 place du Marché"',
        ),
    )
}
