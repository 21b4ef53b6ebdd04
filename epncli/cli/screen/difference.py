"""The unified diff that --dry-run prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from epncli.cli.screen import terminal
from epncli.i18n import _
from epncli.yamlfile.layout import Splice, common_prefix_length, disjoint

CONTEXT: Final = 3
"""Number of context lines, as in `diff -u`."""
_COMPARED: Final = 100
"""Most lines of one replaced part that are compared line by line: difflib takes time quadratic in them."""


def print_difference(file: Path, before: str, splices: Iterable[Splice]) -> None:
    """Print the unified diff of a text before and after splices, or say that nothing would change.

    The splices say where the texts differ: only the lines that they replace are compared.
    """
    name = terminal.visible(str(file))
    lines = _lines(before)
    changes = _slid(lines, list(_changes(before, lines, splices)))
    if not changes:
        terminal.inform(_("nothing would change"))
        return
    terminal.out(f"--- a/{name}\n+++ b/{name}\n")
    for line in _hunks(lines, changes):
        terminal.out(line if line.endswith("\n") else line + "\n\\ " + _("No newline at end of file") + "\n")
    terminal.flush()


class _Change(NamedTuple):
    """Lines that are replaced: the index of the first one, that after the last one, and the new lines."""

    start: int
    end: int
    new: Sequence[str]


class _Part(NamedTuple):
    """A part of a text that begins and ends with a line, and what replaces it."""

    start: int
    end: int
    new: str


def _lines(text: str) -> list[str]:
    """The lines as `diff` and `patch` count them, with their line breaks."""
    *lines, last = text.split("\n")
    return [line + "\n" for line in lines] + ([last] if last else [])


def _changes(text: str, lines: Sequence[str], splices: Iterable[Splice]) -> Iterator[_Change]:
    at = index = 0
    for part in _parts(text, splices):
        index += text.count("\n", at, part.start)
        at = part.start
        count = text.count("\n", part.start, part.end)
        if part.start < part.end and text[part.end - 1] != "\n":
            count += 1  # the last line of the file
        for start, end, new in _differing(lines[index : index + count], _lines(part.new)):
            yield _Change(index + start, index + end, new)


def _parts(text: str, splices: Iterable[Splice]) -> Iterator[_Part]:
    """The splices, widened to whole lines; those on the same lines, or on adjacent ones, are one part."""
    start = at = end = -1
    new: list[str] = []
    last = "\n"
    for splice in disjoint(text, splices):
        if splice.start > end:
            if end >= 0:
                yield _Part(start, end, "".join((*new, text[at:end])))
            start = text.rfind("\n", 0, splice.start) + 1
            at, new, last = start, [], "\n"
        before = text[at : splice.start]
        new += (before, splice.text)
        last = splice.text or before or last
        at = splice.end
        end = max(end, _end_of_lines(text, at, last))
    if end >= 0:
        yield _Part(start, end, "".join((*new, text[at:end])))


def _end_of_lines(text: str, at: int, new: str) -> int:
    """Where the line ends that goes on at `at`, after `new`: at `at` itself if that is between two lines."""
    if new.endswith("\n") and (at == 0 or text[at - 1] == "\n"):
        return at
    return text.find("\n", at) + 1 or len(text)


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """What is replaced: the index of the first line of `old`, that after the last one, and the new lines."""
    head = common_prefix_length(old, new)
    tail = common_prefix_length(old[head:][::-1], new[head:][::-1])
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    if not old or not new or len(old) + len(new) > _COMPARED:
        if old or new:
            yield head, head + len(old), new
        return
    from difflib import SequenceMatcher

    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + i1, head + i2, new[j1:j2]


def _slid(lines: Sequence[str], changes: Sequence[_Change]) -> list[_Change]:
    """The changes with added and removed lines as far down as possible, where `diff` shows them too."""
    found = []
    for index, (start, end, new) in enumerate(changes):
        stop = changes[index + 1].start if index + 1 < len(changes) else len(lines)
        by = 0
        if start == end:
            while end + by < stop and lines[end + by] == new[by % len(new)]:
                by += 1
        elif not new:
            while end + by < stop and lines[end + by] == lines[start + by]:
                by += 1
        turned = by % len(new) if new else 0
        found.append(_Change(start + by, end + by, [*new[turned:], *new[:turned]]))
    return found


def _hunks(lines: Sequence[str], changes: Sequence[_Change]) -> Iterator[str]:
    """The hunks: changes with at most twice the context between them are in one."""
    shifts = [0, *accumulate(len(one.new) - (one.end - one.start) for one in changes)]
    first = 0
    for following in range(1, len(changes) + 1):
        behind = changes[following - 1].end
        if following < len(changes) and changes[following].start - behind <= 2 * CONTEXT:
            continue
        start = max(changes[first].start - CONTEXT, 0)
        end = min(behind + CONTEXT, len(lines))
        old, new = _range(start, end), _range(start + shifts[first], end + shifts[following])
        yield f"@@ -{old} +{new} @@\n"
        for change in changes[first:following]:
            yield from (" " + line for line in lines[start : change.start])
            yield from ("-" + line for line in lines[change.start : change.end])
            start = change.end
            yield from ("+" + line for line in change.new)
        yield from (" " + line for line in lines[start:end])
        first = following


def _range(start: int, end: int) -> str:
    """The lines from `start` to `end`, counted from 0, as the head of a hunk names them."""
    if end - start == 1:
        return str(end)
    return f"{start + (start < end)},{end - start}"
