"""`epn resolve`: show the conflicts that git has left in the registry, and write what the user chooses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from epncli.cli.app import examples
from epncli.cli.clock import now
from epncli.cli.editor import edit_text
from epncli.cli.options import RegistryOption
from epncli.cli.registry_file import find_registry
from epncli.cli.screen import terminal
from epncli.cli.session import say_waiting
from epncli.errors import BadUsage, ExitCode, NegativeAnswer, Unreadable, Unwritable
from epncli.history.git import git_in
from epncli.history.merge_driver import merge_versions
from epncli.history.under_way import is_rebasing
from epncli.history.unmerged import Unmerged, unmerged
from epncli.i18n import _, ngettext, number, with_colon
from epncli.registry.merging.marks import marked, pieces_of
from epncli.registry.merging.pieces import Conflict, Piece, count_conflicts, ended
from epncli.registry.registry import STRUCTURES, Registry
from epncli.registry.undo_log import Step, UndoLog
from epncli.system import shell
from epncli.yamlfile.commit import rewrite
from epncli.yamlfile.layout import Splice, newline
from epncli.yamlfile.source import Source, decode, digest_of, read_source

_NAME = re.compile(r"^[ -]*nom: *([^\r\n]*?) *\r?$", re.MULTILINE)


def resolve_conflicts(registry: RegistryOption = "") -> int:
    """Show both versions of each conflict, and write the one that the user chooses."""
    path = find_registry(registry)
    source = read_source(path)
    pieces = pieces_of(source.text)
    count = count_conflicts(pieces)
    if not count:
        stages = unmerged(path)
        if stages is None:
            terminal.inform(_("{file}: there is no conflict").format(file=path))
            return ExitCode.DONE
        pieces = _merged_again(path, source, stages)
        count = count_conflicts(pieces)
    if count and not terminal.can_ask():
        raise BadUsage(_("there is no terminal to ask on"), _("run ‘epn resolve’ in a terminal"))
    chosen, stopped_by = _walk(path, source, pieces, count)
    left = count_conflicts(chosen)
    text = marked(chosen)
    if not left:
        _confirm_if_invalid(source.with_text(text), asks=text != source.text)
    if text != source.text:
        _write(path, source, text, count - left)
    if stopped_by:
        raise stopped_by
    _say_result(path, count - left, left)
    return ExitCode.NEGATIVE if left else ExitCode.DONE


def _merged_again(path: Path, source: Source, stages: Unmerged) -> list[Piece]:
    """The merge of the versions that git holds, if the program that was to merge them has not run.

    Else the text as it is: git is only to be told that the conflict is settled. Raises NegativeAnswer if one
    side has removed the file.
    """
    if stages.ours is None or stages.theirs is None:
        raise NegativeAnswer(
            _("one side has removed this file, and the other has changed it"),
            _("‘git add {file}’ keeps it, ‘git rm {file}’ removes it").format(file=path.name),
            path=str(path),
        )
    if not stages.is_only_ours(source.data):
        return [source.text]
    terminal.inform(_("git could not start epn for the merge; it is done now"))
    merged = merge_versions(git_in(path.parent), stages.base or b"", stages.ours, stages.theirs, path)
    return merged.found.pieces if merged.found else pieces_of(decode(path, merged.data).text)


def _walk(
    path: Path, source: Source, pieces: Sequence[Piece], count: int
) -> tuple[list[Piece], KeyboardInterrupt | terminal.InputClosed | None]:
    """The pieces after the user's choices, and what ended the questions early, if something did."""
    if count and is_rebasing(path):
        terminal.say(
            _("In a rebase, ‘ours’ is the branch that you rebase onto, and ‘theirs’ is your own change.")
        )
    chosen: list[Piece] = []
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Conflict):
            chosen.append(piece)
            continue
        place = _("{number} of {count}").format(number=count_conflicts(pieces[: at + 1]), count=count)
        terminal.say(", ".join(filter(None, (place, _name(source, pieces, at)))))
        try:
            chosen.append(_decided(piece, newline(source.text)))
        except (KeyboardInterrupt, terminal.InputClosed) as stop:
            return [*chosen, *pieces[at:]], stop
    return chosen, None


def _name(source: Source, pieces: Sequence[Piece], at: int) -> str:
    """The name of the structure that a conflict is about; "" if it cannot be found."""
    piece = pieces[at]
    assert isinstance(piece, Conflict)
    if found := _NAME.search(piece.ours + piece.theirs):
        return terminal.visible(found[1])
    texts = [one if isinstance(one, str) else one.ours for one in pieces]
    text = "".join(texts)
    try:
        registry = Registry.read_text(source.with_text(text))
    except Unreadable:
        return ""
    starts = registry.document.record_starts.get(STRUCTURES, ())
    index = bisect_right(starts, len("".join(texts[:at])) + len(texts[at])) - 1
    return terminal.visible(registry.structures[index].nom) if index >= 0 else ""


def _decided(piece: Conflict, line_end: str) -> Piece:
    """What the user chooses in place of a conflict; the conflict itself to leave it for later."""
    terminal.say("  " + _("1, ours"))
    _show(piece.ours)
    terminal.say("  " + _("2, theirs"))
    _show(piece.theirs)
    while True:
        answer = terminal.ask(_("1: ours, 2: theirs, e: edit both, Enter: later")).casefold()
        if not answer:
            return piece
        if answer in ("1", "2"):
            return piece[int(answer) - 1]
        if answer == "e":
            both = piece.ours + piece.theirs
            if (edited := edit_text(both)) != both:
                return ended(edited, line_end) if edited else ""
            terminal.say(_("The text is unchanged: it still has both versions."))


def _show(text: str) -> None:
    lines = text.splitlines() or [_("(removed)")]
    for line in lines:
        terminal.say_unwrapped(f"    {line}")


def _confirm_if_invalid(source: Source, *, asks: bool) -> None:
    """Ask whether to write a file that cannot be read. Raises Declined.

    Raises Unreadable if there is nothing to write, or no terminal to ask on.
    """
    try:
        Registry.read_text(source)
    except Unreadable as fault:
        if not asks or not terminal.can_ask():
            raise
        terminal.report(fault)
        if not terminal.says_yes(_("With these choices, the file cannot be read. Write it?")):
            raise terminal.Declined from None


def _write(path: Path, source: Source, text: str, count: int) -> None:
    """Write the text, unless the file has changed meanwhile, and note what takes it back."""
    data = source.encode(text)

    def change(before: bytes) -> bytes:
        if before != source.data:
            raise Unwritable(
                _("the file was changed by something else in the meantime; nothing was written"),
                _("run ‘epn resolve’ again"),
                path=str(path),
            )
        return data

    step = Step(
        now(), "resolve", 0, count, 0, "", (), digest_of(source.data), digest_of(data),
        (Splice(0, len(text), source.text),), None,
    )  # fmt: skip

    def note() -> None:
        try:
            UndoLog(path).add(step)
        except OSError:  # the previous file is kept beside it
            return

    rewrite(path, change, backup=True, on_wait=say_waiting, before_writing=note)


def _say_result(path: Path, done: int, left: int) -> None:
    if done:
        words = ngettext("{count} conflict resolved", "{count} conflicts resolved", done)
        terminal.inform(with_colon(str(path), words.format(count=number(done))))
        terminal.say_undo("epn undo")
    elif not left:
        terminal.inform(_("{file}: there is no conflict left").format(file=path))
    if left:
        words = ngettext("{count} conflict is left", "{count} conflicts are left", left)
        raise NegativeAnswer(
            words.format(count=number(left)), _("‘epn resolve’ shows the rest again"), path=str(path)
        )
    terminal.inform_unwrapped("  " + _("next: {command}").format(command=shell.line("git", "add", path)))


COMMANDS = {
    "resolve": (
        resolve_conflicts,
        examples(
            _(
                "Show both versions of each conflict that git has left in the registry, and write the one "
                "that you choose."
            ),
            "epn resolve",
        ),
    )
}
