"""Writing of what a command makes to the file of `--output`, or to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from epncli.cli.options import value_option
from epncli.cli.registry_file import find_registry
from epncli.cli.screen import terminal
from epncli.errors import Unreadable, Unwritable
from epncli.i18n import _

OutputOption = Annotated[
    str,
    value_option(
        "--output",
        "-o",
        metavar=_("FILE"),
        help=_("Write to this file instead of standard output."),
    ),
]


def refuse_replacing(output: str, option: str, others: Iterable[str] = ()) -> None:
    """Raise Unwritable if `output` is the registry, or one of the others that this command reads.

    `option` is the value of --registry.
    """
    if not output:
        return
    try:
        read = [str(find_registry(option, reads_only=True)), *others]
    except Unreadable:  # two other files are compared
        read = [*others]
    if any(is_same_file(output, one) for one in read if one):
        raise Unwritable(
            _("the export would overwrite the registry"), _("choose another file with -o"), path=output
        )


def is_same_file(output: str | Path, read: str | Path) -> bool:
    """True if a file to be written is one that is read, under whatever name; `-` is standard input.

    Two files that are not there yet are the same if they would be: `new/../registry.yaml`.
    """
    try:  # `epn export csv -r - -o registry.yaml < registry.yaml` would replace it too
        return os.path.samefile(output, sys.stdin.fileno() if str(read) == "-" else read)  # noqa: PTH121
    except OSError:
        return str(read) != "-" and os.path.realpath(output) == os.path.realpath(read)


def deliver(data: bytes, output: str, words: str) -> None:
    """Write data to the file `output`, or to standard output if it is "", and say `words`."""
    if output:
        from epncli.yamlfile.commit import write_whole

        replaced = os.path.isfile(output)  # not a device
        write_whole(Path(output), data)
        words = _("{words} in {file}").format(words=words, file=output)
        if replaced:
            words += _(", replacing the previous file")
    else:
        terminal.out_bytes(data)
        terminal.flush()
    terminal.inform(words)
