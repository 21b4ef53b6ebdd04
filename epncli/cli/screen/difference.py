"""The unified diff that --dry-run prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from epncli.cli.screen import terminal
from epncli.i18n import _
from epncli.yamlfile.layout import common_prefix_length


def print_difference(file: Path, before: str, after: str) -> None:
    """Print the unified diff of two texts of a file, or say that nothing would change."""
    name = terminal.visible(str(file))
    for line in _unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}"):
        terminal.out(line if line.endswith("\n") else line + "\n\\ " + _("No newline at end of file") + "\n")
    terminal.flush()
    if before == after:
        terminal.inform(_("nothing would change"))


def _unified_diff(before: list[str], after: list[str], old: str, new: str) -> Iterator[str]:
    """difflib's unified diff, without the common start and end: on 20,000 records, difflib takes a minute."""
    from difflib import unified_diff

    head = common_prefix_length(before, after)
    tail = common_prefix_length(before[head:][::-1], after[head:][::-1])
    skipped, left_out = max(head - CONTEXT, 0), max(tail - CONTEXT, 0)
    before, after = before[skipped : len(before) - left_out], after[skipped : len(after) - left_out]
    for line in unified_diff(before, after, old, new, n=CONTEXT):
        if found := re.fullmatch(r"@@ -(\d+)(.*) \+(\d+)(.*) @@\n", line):
            line = f"@@ -{int(found[1]) + skipped}{found[2]} +{int(found[3]) + skipped}{found[4]} @@\n"  # noqa: PLW2901
        yield line


CONTEXT = 3
"""Number of context lines, as in `diff -u`."""


def _lines(text: str) -> list[str]:
    """The lines as `diff` and `patch` count them, with their line breaks."""
    return [line for line in re.split(r"(?<=\n)", text) if line]
