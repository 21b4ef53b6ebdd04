"""`epn edit`: change fields of a structure by options, or its record in a text editor."""

from __future__ import annotations

from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.choosing import pick_or_ask
from epncli.cli.options import DryRunOption, OptionalRefArgument, RegistryOption, SetOption, value_option
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, confirmed_today, say_warnings, validated
from epncli.cli.settings import parse_settings
from epncli.cli.successors import warn_of_replaced
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.model.fields import label_in_sentence
from epncli.model.structure import Structure
from epncli.problems import Problem
from epncli.registry.changes import Change, preview
from epncli.registry.registry import difference

UnsetOption = Annotated[
    list[str] | None, value_option("--unset", metavar=_("FIELD"), help=_("Clear a field; can be repeated."))
]

UnconfirmedOption = Annotated[
    bool, typer.Option("--unconfirmed", help=_("Leave date_maj as it is: the change confirms nothing."))
]


def edit_structure(
    ref: OptionalRefArgument = None,
    settings: SetOption = None,
    unset: UnsetOption = None,
    unconfirmed: UnconfirmedOption = False,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Change one structure, by options or in a text editor."""
    session = Session.open(registry, dry_run=dry_run)
    found = pick_or_ask(session.registry.structures, ref or [])
    if len({one.id for one in found}) > 1:
        raise BadUsage(_("only one structure can be edited at a time"), _("give one id"))
    before = found[0]
    # Refuse an id that is not unique before the editor opens.
    preview(session.registry, [Change(before, before)])
    if settings or unset:
        after, warnings = _by_options(before, settings or [], unset or [], confirms=not unconfirmed)
        outcome = session.carry_out([Change(before, after)]) if after != before else None
        nothing = after == before
    else:
        from epncli.cli.editor import edit_record

        finish = (lambda _before, after: after) if unconfirmed else confirmed_today
        done = edit_record(session, before, finish)
        nothing, warnings, outcome = done is None, done.warnings if done else [], done and done.outcome
    if nothing:
        terminal.say(_("{name}: nothing to change").format(name=name_of(before)))
    if outcome is not None:
        _say_changed(outcome.changes[0])
        session.say_undo(outcome)
        if "id" in difference(before, outcome.changes[0].after or before):
            warn_of_replaced(session.registry.structures, [before])
    say_warnings(warnings)


def _say_changed(change: Change) -> None:
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    name = name_of(after)
    unknown = [key for key in {**before.unknown_fields, **after.unknown_fields}
               if before.unknown_fields.get(key) != after.unknown_fields.get(key)]  # fmt: skip
    changed = [field for field in difference(before, after) if field != "date_maj"]
    if before == after:
        terminal.say(_("{name}: the text was changed, but the values are the same").format(name=name))
        return
    fields = ", ".join(map(label_in_sentence, [*changed, *unknown] or ["date_maj"]))
    terminal.say(_("{name}: changed {fields}").format(name=name, fields=fields))


def _by_options(
    before: Structure, settings: list[str], unset: list[str], *, confirms: bool
) -> tuple[Structure, list[Problem]]:
    wanted = parse_settings(before, settings, unset)
    names = list(difference(before, wanted))
    if not names:
        return before, []
    after, warnings = validated(wanted, names)
    return confirmed_today(before, after) if confirms else after, warnings


COMMANDS = {
    "edit": (
        edit_structure,
        examples(
            _("Change fields of a structure. Without --set or --unset, open its record in your text editor."),
            'epn edit microlithe --set telephones="01 46 36 70 13|06 12 34 56 78"',
            "epn edit microlithe --set courriels+=bonjour@microlithe.fr --unset site_web",
            "epn edit microlithe",
        ),
    )
}
