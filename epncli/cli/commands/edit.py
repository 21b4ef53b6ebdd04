"""`epn edit`: change fields of a structure by options, or its record in a text editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from epncli.cli.app import examples
from epncli.cli.choosing import pick_or_ask
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
from epncli.cli.session import Session, confirmed_today, say_warnings, validated
from epncli.cli.settings import parse_settings
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.model.fields import label_in_sentence
from epncli.model.structure import Structure, Texts
from epncli.problems import Problem
from epncli.registry.changes import Change, preview
from epncli.registry.registry import difference

Fields = Mapping[str, str | Texts]

NomOption = Annotated[str, value_option("--nom", metavar=_("NAME"), help=_("The name."))]
UnsetOption = Annotated[
    list[str] | None, value_option("--unset", metavar=_("FIELD"), help=_("Clear a field; can be repeated."))
]


def edit_structures(
    place: PlaceOptions,
    ref: OptionalRefArgument = None,
    nom: NomOption = "",
    code_postal: CodeOption = "",
    settings: SetOption = None,
    unset: UnsetOption = None,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Change structures by options, all or none, or one structure in a text editor."""
    session = Session.open(registry, dry_run=dry_run)
    found = pick_or_ask(session.registry.structures, ref or [])
    given = {"nom": nom, "code_postal": code_postal, **place.values()}
    fields = {name: value for name, value in given.items() if value}
    if fields or settings or unset:
        _edit_by_options(session, found, fields, settings or [], unset or [])
    else:
        _edit_in_editor(session, found)


def _edit_by_options(
    session: Session, found: Sequence[Structure], fields: Fields, settings: list[str], unset: list[str]
) -> None:
    preview(session.registry, [Change(one, one) for one in found])  # refuses an id that is not unique
    changes: list[Change] = []
    warnings: list[Problem] = []
    for before in found:
        wanted = parse_settings(before.changed(**fields), settings, unset)
        if not (names := list(difference(before, wanted))):
            continue
        if len(found) > 1 and "id" in names:
            raise BadUsage(
                _("an id belongs to one structure only"), _("change the id of one structure at a time")
            )
        after, problems = validated(wanted, names, name=name_of(before) if len(found) > 1 else "")
        warnings += problems
        if after != before:
            changes.append(Change(before, confirmed_today(before, after)))
    outcome = session.carry_out(changes) if changes else None
    changed = {id(change.before) for change in changes}
    for before in found:
        if id(before) not in changed:
            terminal.inform(_("{name}: nothing to change").format(name=name_of(before)))
    if outcome:
        for change in outcome.changes:
            _say_changed(change)
        session.say_undo(outcome)
    say_warnings(warnings)


def _edit_in_editor(session: Session, found: Sequence[Structure]) -> None:
    from epncli.cli.editor import edit_record

    if len({one.id for one in found}) > 1:
        raise BadUsage(
            _("only one structure can be edited at a time in the text editor"),
            _("give one id, or say with --set what to change in all of them"),
        )
    before = found[0]
    preview(session.registry, [Change(before, before)])  # refuses an id that is not unique
    done = edit_record(session, before)
    if done is None:
        terminal.inform(_("{name}: nothing to change").format(name=name_of(before)))
        return
    if done.outcome is not None:
        _say_changed(done.outcome.changes[0])
        session.say_undo(done.outcome)
    say_warnings(done.warnings)


def _say_changed(change: Change) -> None:
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
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
