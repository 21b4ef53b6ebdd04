"""`epn edit`: change fields of a structure by options, or its record in a text editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.choosing import pick_or_ask
from epncli.cli.mistyped import refuse_bare_settings
from epncli.cli.options import (
    CodeOption,
    DryRunOption,
    OptionalRefArgument,
    PlaceOptions,
    RegistryOption,
    SetOption,
    value_option,
)
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, confirmed_today, say_warnings, untouched, validated
from epncli.cli.settings import parse_settings
from epncli.cli.successors import warn_of_replaced
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.model.fields import label_in_sentence
from epncli.model.structure import Structure
from epncli.problems import Problem
from epncli.registry.changes import Change, ChangeOutcome, preview
from epncli.registry.registry import difference

NomOption = Annotated[str, value_option("--nom", metavar=_("NAME"), help=_("The name."))]
UnsetOption = Annotated[
    list[str] | None, value_option("--unset", metavar=_("FIELD"), help=_("Clear a field; can be repeated."))
]

UnconfirmedOption = Annotated[
    bool, typer.Option("--unconfirmed", help=_("Leave date_maj as it is: the change confirms nothing."))
]


def edit_structures(
    place: PlaceOptions,
    ref: OptionalRefArgument = None,
    nom: NomOption = "",
    code_postal: CodeOption = "",
    settings: SetOption = None,
    unset: UnsetOption = None,
    unconfirmed: UnconfirmedOption = False,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Change structures by options, all or none, or one structure in a text editor."""
    session = Session.open(registry, dry_run=dry_run)
    ids = {one.id for one in session.registry.structures}
    refuse_bare_settings(word for word in ref or () if word not in ids)
    found = pick_or_ask(session.registry.structures, ref)
    given = {"nom": nom, "code_postal": code_postal, **place.values()}
    fields = {name: value for name, value in given.items() if value}
    confirms = not unconfirmed
    if fields or settings or unset:

        def wanted(before: Structure) -> Structure:
            return parse_settings(before.changed(**fields), settings, unset)

        _edit_by_options(session, found, wanted, confirms=confirms)
    else:
        _edit_in_editor(session, found, confirms=confirms)


def _edit_by_options(
    session: Session,
    found: Sequence[Structure],
    wanted: Callable[[Structure], Structure],
    *,
    confirms: bool,
) -> None:
    preview(session.registry, [Change(one, one) for one in found])  # refuses an id that is not unique
    changes: list[Change] = []
    warnings: list[Problem] = []
    for before in found:
        after = wanted(before)
        if not (names := list(difference(before, after))):
            continue
        if len(found) > 1 and "id" in names:
            raise BadUsage(
                _("an id belongs to one structure only"), _("change the id of one structure at a time")
            )
        after, problems = validated(after, names, name=name_of(before) if len(found) > 1 else "")
        warnings += problems
        if after != before:
            changes.append(Change(before, confirmed_today(before, after) if confirms else after))
    outcome = session.carry_out(changes) if changes else None
    for before in untouched(found, changes):
        terminal.inform(_("{name}: nothing to change").format(name=name_of(before)))
    if outcome:
        _say_outcome(session, outcome)
    say_warnings(warnings)


def _edit_in_editor(session: Session, found: Sequence[Structure], *, confirms: bool) -> None:
    from epncli.cli.editor import edit_record

    if len({one.id for one in found}) > 1:
        raise BadUsage(
            _("only one structure can be edited at a time in the text editor"),
            _("give one id, or say with --set what to change in all of them"),
        )
    before = found[0]
    preview(session.registry, [Change(before, before)])  # refuses an id that is not unique
    finish = confirmed_today if confirms else (lambda _before, after: after)
    done = edit_record(session, before, finish)
    if done is None:
        terminal.inform(_("{name}: nothing to change").format(name=name_of(before)))
        return
    if done.outcome is not None:
        _say_outcome(session, done.outcome)
    say_warnings(done.warnings)


def _say_outcome(session: Session, outcome: ChangeOutcome) -> None:
    renamed = []
    for before, after in outcome.changed:
        _say_changed(before, after)
        if before.id != after.id:
            renamed.append(before)
    session.say_undo(outcome)
    if renamed:
        warn_of_replaced(session.registry.structures, renamed)


def _say_changed(before: Structure, after: Structure) -> None:
    name = name_of(after)
    unknown = [key for key in {**before.unknown_fields, **after.unknown_fields}
               if before.unknown_fields.get(key) != after.unknown_fields.get(key)]  # fmt: skip
    changed = [field for field in difference(before, after) if field != "date_maj"]
    if before == after:
        terminal.inform(_("{name}: the text was changed, but the values are the same").format(name=name))
        return
    fields = ", ".join(map(label_in_sentence, [*changed, *unknown] or ["date_maj"]))
    terminal.inform(_("{name}: changed {fields}").format(name=name, fields=fields))


COMMANDS = {
    "edit": (
        edit_structures,
        examples(
            _("Change fields of structures. Without a field, open the record of one in your text editor."),
            'epn edit microlithe --telephone "01 46 36 70 13"',
            "epn edit alternord frepam --set source=Hub",
            'epn edit microlithe --set telephones="01 46 36 70 13|06 12 34 56 78"',
            "epn edit microlithe --set courriels+=bonjour@microlithe.fr --unset site_web",
            "epn edit microlithe",
        ),
    )
}
