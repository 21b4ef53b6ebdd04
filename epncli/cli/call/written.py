"""The answers of a round that are in the file: how each one is written, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from epncli.cli.call.keys import Answer
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, say_waiting, say_warnings
from epncli.errors import NegativeAnswer
from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.problems import Problem
from epncli.registry import undo
from epncli.registry.changes import Change, ChangeOutcome
from epncli.registry.record_change import ChangedMeanwhile
from epncli.registry.undo_log import Step
from epncli.yamlfile.source import digest_of


class Given(NamedTuple):
    """An answer that was written."""

    at: int
    """The position of its structure in the round."""
    answer: Answer
    outcome: ChangeOutcome

    @property
    def before(self) -> Structure:
        """The structure before the answer."""
        [change] = self.outcome.changes
        assert change.before is not None
        return change.before


def write(
    session: Session, before: Structure, after: Structure, warnings: Sequence[Problem] = ()
) -> ChangeOutcome:
    """Write the change of one structure. Raises ChangedMeanwhile if it is not as it was on its card."""

    def refuse_if_changed(outcome: ChangeOutcome) -> None:
        if before not in [one for one in outcome.before.structures if one.id == before.id]:
            raise ChangedMeanwhile(
                _("{name} was changed by someone else in the meantime; nothing was written").format(
                    name=name_of(before)
                ),
                _("its card follows as it is now"),
            )

    outcome = session.carry_out([Change(before, after)], before_writing=refuse_if_changed)
    assert outcome is not None  # it is only for a dry run
    if outcome.nothing_done:  # another change may have the same date as this answer, but not its meaning
        refuse_if_changed(outcome)
    if outcome.undo_fault:
        session.say_undo(outcome)
    say_warnings(warnings)
    return outcome


def take_back(session: Session, given: Given) -> None:
    """Undo an answer as `epn undo` does, to the byte.

    If something else has changed the file since, the fields of its structure are set back, and what else
    has changed stays. Raises ChangedMeanwhile if these fields have changed.
    """
    ours = digest_of(given.outcome.written.source.data)

    def refuse_others(step: Step) -> None:
        if step.after != ours:
            raise NegativeAnswer("")

    try:
        undo.undo(session.path, on_wait=say_waiting, before_writing=refuse_others)
    except NegativeAnswer:
        [change] = given.outcome.changes
        session.carry_out([Change(change.after, given.before)])
