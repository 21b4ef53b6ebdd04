"""The changes that `epn undo` takes back, in words."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.cli.screen import terminal
from epncli.i18n import _, ngettext, number
from epncli.model.fields import label_in_sentence
from epncli.model.structure import FIELDS
from epncli.registry.undo_log import Step


def print_steps(steps: Sequence[Step]) -> None:
    """Print a line for each change: its number, its day and time, its command, and what it changed.

    On a terminal, a line that is too long is wrapped below the last column.
    """
    width = max((len(step.command) for step in steps), default=0)
    for count, step in enumerate(steps, 1):
        when = step.when.replace("T", " ")[:16]
        start = f"{count:>2}  {when}  {step.command:{width}}  "
        line = start + in_words(step)
        if terminal.is_terminal():
            line = terminal.fitted(line, terminal.columns(), len(start))
        terminal.out(f"{line}\n")
    terminal.flush()


def in_words(step: Step) -> str:
    """What a change did: the structure and its fields if there was only one, otherwise how many."""
    name = terminal.visible(step.name)
    if name and step.added:
        return _("added: {name}").format(name=name)
    if name and step.removed:
        return ngettext("removed: {names}", "removed: {names}", 1).format(names=name)
    if name:
        fields = [field for field in step.fields if field != "date_maj"] or step.fields
        labels = [label_in_sentence(field) for field in fields if field in FIELDS]
        if not labels:
            return _("{name}: text of the record").format(name=name)
        return _("{name}: changed {fields}").format(name=name, fields=", ".join(labels))
    counts = [
        (step.added, ngettext("{count} addition", "{count} additions", step.added)),
        (step.changed, ngettext("{count} change", "{count} changes", step.changed)),
        (step.removed, ngettext("{count} removal", "{count} removals", step.removed)),
    ]
    return ", ".join(words.format(count=number(count)) for count, words in counts if count)
