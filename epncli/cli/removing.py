"""The printing of records that are about to be removed."""

from __future__ import annotations

from epncli.cli.screen import terminal
from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.registry.changes import ChangeOutcome
from epncli.system.os_errors import because


def print_removed(outcome: ChangeOutcome) -> None:
    """Print the records before they are removed.

    Raises Unwritable if they cannot be printed, so that nothing is removed.
    """
    try:
        for text in outcome.removed:
            terminal.out(text if text.endswith("\n") else text + "\n")
        terminal.flush()
    except OSError as failure:
        terminal.discard_output()
        raise Unwritable(
            because(_("nothing was removed, because the lines to remove could not be printed"), failure),
            _("redirect the output elsewhere, or mark the structure as closed with ‘epn close’"),
        ) from None
