"""`epn merge`: merge structures that are the same place into one."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, NamedTuple

import typer

from epncli.cli.app import examples
from epncli.cli.choosing import describe, pick
from epncli.cli.clock import today
from epncli.cli.options import DryRunOption, RegistryOption, YesOption
from epncli.cli.removing import print_removed
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, say_warnings, validated
from epncli.display.state import States
from epncli.errors import BadUsage
from epncli.i18n import _, language, ngettext, number
from epncli.model.fields import label_in_sentence
from epncli.model.structure import CLOSING, Structure
from epncli.problems import Problem, warning
from epncli.registry.changes import Change, preview
from epncli.registry.registry import difference
from epncli.registry.union import take, unite
from epncli.validation.structure_check import check_structure
from epncli.validation.successors import successors_of

_LONGEST = 200
"""The longest value that a question shows in full, in characters."""


class Side(StrEnum):
    """The structure whose value counts where two differ."""

    KEEP = "keep"
    OTHER = "other"


MergedArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("KEEP OTHER..."),
        help=_("The structure to keep, then those that are the same place; for each, its id or name."),
    ),
]
PreferOption = Annotated[
    Side | None,
    typer.Option(
        "--prefer",
        show_default=False,
        help=_("Whose value counts where both have one; by default, you are asked."),
    ),
]
CloseOption = Annotated[
    bool,
    typer.Option("--close", help=_("Do not remove OTHER: it stays, closed and replaced by KEEP.")),
]


class Differing(NamedTuple):
    """A field in which the kept structure and another one have different values, as shown."""

    name: str
    kept: str
    other: str


def merge_structures(
    ref: MergedArgument,
    prefer: PreferOption = None,
    close: CloseOption = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Merge structures into the first one; the others are removed, or stay closed."""
    session = Session.open(registry, dry_run=dry_run)
    kept, *others = _chosen(session, ref)
    if terminal.can_ask():
        _introduce(session, kept, others)
    merged = _merged(kept, others, prefer, close=close)
    names = list(difference(kept, merged))
    merged, warnings = validated(merged, names, name=name_of(kept)) if names else (merged, [])
    changes = _changes(session, kept, merged, others, close=close)
    if not (close or dry_run):
        question = _("Merge them into {name}, and remove {others}?")
        terminal.confirm(question.format(name=name_of(kept), others=_ids(others)), yes=yes)
    outcome = session.carry_out(changes, before_writing=print_removed)
    if outcome is None:
        return
    _say_merged(session, outcome.changes, kept, others)
    session.say_undo(outcome)
    say_warnings([*warnings, *([] if close else _lost(kept, others))])


def _chosen(session: Session, refs: Sequence[str]) -> list[Structure]:
    """The structures, the kept one first. Raises BadUsage, and NegativeAnswer as `pick` does."""
    found = {one.id: one for ref in refs for one in pick(session.registry.structures, [ref])}
    # Refuse an id that is not unique before any question.
    preview(session.registry, [Change(one, one) for one in found.values()])
    chosen = list(found.values())
    if len(chosen) < 2:
        raise BadUsage(
            _("two different structures are needed, and only {name} was given").format(
                name=name_of(chosen[0])
            ),
            _("give the structure to keep, then the one that is the same place"),
        )
    if not chosen[0].id.strip():
        raise BadUsage(
            _("{name} has no id").format(name=name_of(chosen[0])), _("give it one with ‘epn edit’ first")
        )
    return chosen


def _merged(kept: Structure, others: Sequence[Structure], prefer: Side | None, *, close: bool) -> Structure:
    """The kept structure with what the others add; for what differs, the user or `prefer` decides.

    Raises BadUsage if something differs, but neither can decide.
    """
    before = _normal(kept)
    ids = {kept.id, *(one.id for one in others)}
    merged = _replaced_by_others(before, ids)
    undecided: dict[str, list[Differing]] = {}
    for one in others:
        other = _replaced_by_others(_normal(one), ids)
        if close:  # that the other one has closed says nothing about the kept one
            other = other.changed(**{name: merged.value(name) for name in CLOSING})
        united = unite(merged, other)
        found = [Differing(name, _shown(merged, name), _shown(other, name)) for name in united.differing]
        merged = united.structure
        if prefer is None and found and not terminal.can_ask():
            undecided[one.id] = found
            continue
        if prefer is None and found:
            found = [differing for differing in found if _is_taken(differing)]
        for differing in found if prefer is not Side.KEEP else ():
            merged = take(merged, other, differing.name)
    if undecided:
        raise _differ(kept, undecided)
    return kept.changed(**difference(before, merged))


def _replaced_by_others(structure: Structure, ids: Container[str]) -> Structure:
    """The structure without its successor if that is one of these, which are one place now."""
    return structure.changed(remplace_par="") if structure.remplace_par in ids else structure


def _normal(structure: Structure) -> Structure:
    """The structure with its values in their normal form, in which they are compared."""
    return check_structure(structure, today()).structure


def _shown(structure: Structure, name: str) -> str:
    """The value of a field that differs, on one line."""
    if name == "statut":
        return States().state(structure, language()) or _("open")
    if name == "latitude":
        return ", ".join(filter(None, (structure.latitude, structure.longitude)))
    text = " ".join(" ".join(structure.texts(name)).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _introduce(session: Session, kept: Structure, others: Sequence[Structure]) -> None:
    """Say which structure is kept, and which are merged into it."""
    states = States(session.registry.structures, today())
    terminal.say(_("to keep: {structure}").format(structure=describe(kept, states)))
    for one in others:
        terminal.say(_("the same place: {structure}").format(structure=describe(one, states)))


def _is_taken(differing: Differing) -> bool:
    """True if the user takes the other value at the terminal."""
    question = _("{field}: keep ‘{kept}’, or take ‘{other}’?")
    name, kept, other = differing
    return terminal.takes_other(question.format(field=name, kept=kept, other=other))


def _differ(kept: Structure, undecided: Mapping[str, Sequence[Differing]]) -> BadUsage:
    lines = [
        "  " + _("{field}: ‘{kept}’, or ‘{other}’ of ‘{id}’").format(
            field=one.name, kept=one.kept, other=one.other, id=ref
        )
        for ref, found in undecided.items()
        for one in found
    ]  # fmt: skip
    return BadUsage(
        ngettext(
            "{count} field of {name} differs, but there is no terminal to ask on",
            "{count} fields of {name} differ, but there is no terminal to ask on",
            len(lines),
        ).format(count=number(len(lines)), name=name_of(kept)),
        "\n".join([_("choose with --prefer keep or --prefer other:"), *lines]),
    )


def _changes(
    session: Session, kept: Structure, merged: Structure, others: Sequence[Structure], *, close: bool
) -> list[Change]:
    """The changes of all structures. Raises BadUsage if the kept one would replace itself."""
    gone = {one.id for one in others}
    changes = [Change(kept, merged)] if merged != kept else []
    for one in session.registry.structures:
        if one.id in gone:
            changes.append(Change(one, _closed(one, kept) if close else None))
        elif one.remplace_par and one.remplace_par in gone and one is not kept and not close:
            # `date_maj` stays: the place is replaced by the same one as before, under another id.
            changes.append(Change(one, one.changed(remplace_par=kept.id)))
    made = {id(change.before): change.after for change in changes}
    after = [made.get(id(one), one) for one in session.registry.structures]
    if kept.id in {one.id for one in successors_of(merged, [one for one in after if one])}:
        raise BadUsage(
            _("{name} cannot replace itself").format(name=name_of(merged)),
            _("remove ‘remplace_par’ from the structure that is in use"),
        )
    return changes


def _closed(other: Structure, kept: Structure) -> Structure:
    """The other structure, closed today unless it has closed already, and replaced by the kept one.

    Its external identifiers and its day to call back are those of the kept one now, and of no other.
    """
    date = None if other.is_closed else today()
    closed = other.close(date=date, motif=None, successor=kept.id, today=today())
    return closed.changed(identifiants_externes=(), rappeler_le="")


def _ids(structures: Sequence[Structure]) -> str:
    """The structures by their ids: their names are often the same."""
    return ", ".join(terminal.visible(one.id) or name_of(one) for one in structures)


def _lost(kept: Structure, others: Sequence[Structure]) -> list[Problem]:
    """A warning for each structure with fields that epn does not know, which it does not merge."""
    found = []
    for one in others:
        unknown = [name for name, value in one.unknown_fields.items()
                   if value != kept.unknown_fields.get(name)]  # fmt: skip
        if unknown:
            message = _("{name}: removed with the record: {fields}, which epn does not know")
            hint = _("copy them from the printed lines if they are needed")
            fields = ", ".join(map(terminal.visible, unknown))
            found.append(warning(message.format(name=name_of(one), fields=fields), hint))
    return found


def _say_merged(
    session: Session, changes: Sequence[Change], kept: Structure, others: Sequence[Structure]
) -> None:
    merged = next((one.after for one in changes if one.before is kept and one.after), kept)
    fields = [name for name in difference(kept, merged) if name != "date_maj"]
    words = _("{name}: merged with {others}").format(name=name_of(merged), others=_ids(others))
    if fields:
        words = _("{merged}; changed {fields}").format(
            merged=words, fields=", ".join(map(label_in_sentence, fields))
        )
    terminal.inform(words)
    states = States((*session.registry.structures, merged, *(one.after for one in changes if one.after)))
    for change in changes:
        after = change.after
        if after is not None and change.before is not kept:
            terminal.inform(
                _("{name}: {closed}").format(name=name_of(after), closed=states.state(after, language()))
            )


COMMANDS = {
    "merge": (
        merge_structures,
        examples(
            _(
                "Merge structures that are the same place. The first one is kept: its empty fields are "
                "filled from the others, and lists and notes are joined. Where values differ, you are "
                "asked. The others are removed and their records printed."
            ),
            "epn merge alternord alternord-2",
            "epn merge alternord alternord-2 --prefer keep --yes",
            "epn merge alternord alternord-2 --close",
        ),
    )
}
