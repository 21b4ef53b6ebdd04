"""The summary of an import of answers of the address service."""

from __future__ import annotations

from epncli.cli.screen import terminal
from epncli.cli.screen.import_summary import (
    MOST_LISTED,
    say_counted,
    say_differences,
    say_first,
    say_problems,
    say_rows_left_out,
    shown,
)
from epncli.i18n import _, ngettext, with_colon
from epncli.importing.merge_result import Merge, RowProblem


def summarise_answers(merged: Merge) -> None:
    """Print the refused rows, what changes, and the answers that are not used, with what was understood."""
    say_problems(merged.errors, _("error"), MOST_LISTED)
    say_differences(merged.changed, update=True)
    if merged.same:
        words = ngettext(
            "{count} structure already has coordinates; it stays as it is",
            "{count} structures already have coordinates; they stay as they are",
            merged.same,
        )
        say_counted(words, merged.same, terminal.inform)
    say_rows_left_out(merged)
    if merged.not_used:
        words = ngettext("{count} answer is not used", "{count} answers are not used", len(merged.not_used))
        say_counted(words, len(merged.not_used))
        say_first(merged.not_used, MOST_LISTED, _say_not_used)


def _say_not_used(found: RowProblem) -> None:
    file, line, problem, _header = found
    message = with_colon(shown(problem.nom or problem.id), problem.message)
    terminal.say("  " + terminal.diagnostic(file, line, 0, "", message, ""))
