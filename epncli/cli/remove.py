"""`epn remove`: take a record out of the file, and show it so that it can be put back."""

from __future__ import annotations

from epncli.changes import Change
from epncli.cli import terminal
from epncli.cli.app import examples
from epncli.cli.change import Session
from epncli.cli.choosing import describe, pick
from epncli.cli.options import DryRunOption, RefArgument, RegistryOption, YesOption
from epncli.cli.selection import name_of
from epncli.i18n import _, ngettext, number


def remove_structures(
    ref: RefArgument,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Take structures out of the registry: all of them or none."""
    session = Session.open(registry, dry_run=dry_run)
    found = pick(session.registry.structures, ref)
    count = len(found)
    if not dry_run and not yes:
        for structure in found:
            terminal.say(describe(structure))
        terminal.confirm(
            ngettext("Remove this structure?", "Remove these {count} structures?", count).format(
                count=number(count)
            ),
            yes=False,
        )
    outcome = session.carry_out([Change(structure, None) for structure in found])
    if outcome is None:
        return
    fault = _print_removed("".join(text if text.endswith("\n") else text + "\n" for text in outcome.removed))
    names = ", ".join(map(name_of, found))
    terminal.say(ngettext("removed: {names}", "removed: {names}", count).format(names=names))
    file = terminal.visible(str(session.registry.path))
    terminal.say("  " + _("to take it back: paste the lines above into {file}").format(file=file))
    if fault:
        raise fault


def _print_removed(text: str) -> OSError | None:
    """Print what went out of the file: it stands nowhere else now. The fault, if it could not be."""
    try:
        terminal.out(text)
        terminal.flush()
    except OSError as fault:
        terminal.say_as_is(text.rstrip())
        return fault
    return None


COMMANDS = {
    "remove": (
        remove_structures,
        examples(
            _("Remove structures with their comments, and print what was taken out; ‘epn close’ keeps them."),
            "epn remove access-site",
            _("epn remove access-site --yes > removed.yaml"),
        ),
    )
}
