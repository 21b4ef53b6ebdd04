"""The completion protocol: parsing of the command line of each shell, and formatting of the candidates.

The shell runs `epn` with the command line in `_EPN_LINE`. The answer has a line for each candidate, with
tab-separated parts: its type (`plain`; `open`, with no space after it; `file`), the candidate, and its help
or how it is listed. Typer's classes would interpret the help as markup, and Click's would lose values with
spaces or punctuation.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    shell_complete,
)

from epncli.cli.completion.candidates import fits
from epncli.cli.completion.scripts import BASH, FISH, POWERSHELL, ZSH
from epncli.cli.screen import terminal
from epncli.errors import ExitCode

if TYPE_CHECKING:  # Click 8.4 has no such type at run time
    Item = CompletionItem[str]

VARIABLE = "_EPN_COMPLETE"
LINE = "_EPN_LINE"
WORD = "_EPN_WORD"
"""The part of the typed word that bash replaces: the part after its last =, : or quote."""
PURPOSE = "_EPN_TYPE"
"""The type of completion, from bash's COMP_TYPE."""


class _Complete(ShellComplete):
    """Base class of the shells: splits the command line into words, and formats the candidates as lines."""

    escapes: Mapping[str, str] = {'"': '"$`\\\n', "'": ""}
    """For each quote, the characters that a backslash escapes inside it."""

    def source(self) -> str:
        """The script for the shell. Unlike Click's scripts, it is not a template."""
        return self.source_template

    def get_completion_args(self) -> tuple[list[str], str]:
        """The complete words of the line, and the incomplete one."""
        *words, last = self.split(os.environ.get(LINE, ""))[0]
        return words[1:], last

    def get_completions(self, args: list[str], incomplete: str) -> list[Item]:
        """The candidates, each for the whole incomplete word."""
        option, equals, value = incomplete.partition("=")
        if incomplete.startswith("--") and equals:
            found = self.get_completions([*args, option], value)
            return [_with_prefix(f"{option}=", item) for item in found]
        if args[-1:] == ["--sort"] and incomplete.startswith("-"):  # not an option, but a descending field
            return [_with_prefix("-", item) for item in super().get_completions(args, incomplete[1:])]
        return super().get_completions(args, incomplete)

    def complete(self) -> str:
        """The answer to the shell: a line for each candidate."""
        args, incomplete = self.get_completion_args()
        minus = incomplete.startswith("-") or "--" in args
        found = {
            item.value: item
            for item in self.get_completions(args, incomplete)
            # Invisible characters cannot be typed; a value that starts with - would be parsed as an option.
            if terminal.visible(item.value) == item.value and (minus or not item.value.startswith("-"))
        }
        return "\n".join(self.lines(list(found.values()), incomplete))

    def lines(self, found: Sequence[Item], typed: str) -> list[str]:  # noqa: ARG002
        """The candidates as lines."""
        return [f"{item.type}\t{item.value}\t{_help(item)}" for item in found]

    def split(self, line: str) -> tuple[list[str], str]:
        """The words of a line, unquoted, the incomplete one last; and the quote that is still open, or ""."""
        words, quote, escaped, between = [""], "", False, True
        for char in line:
            if not (quote or escaped) and char.isspace():
                words += [] if between else [""]
                between = True
                continue
            between = False
            if escaped:
                words[-1] += char if not quote or char in self.escapes[quote] else "\\" + char
                escaped = False
            elif char == "\\" and (not quote or self.escapes[quote]):
                escaped = True
            elif char == quote or (not quote and char in self.escapes):
                quote = "" if quote else char
            else:
                words[-1] += char
        return words, quote


def _with_prefix(prefix: str, item: Item) -> Item:
    return CompletionItem(prefix + item.value, type=item.type, help=item.help)


def _help(item: Item) -> str:
    return terminal.visible(" ".join((item.help or "").split()))


def _shown(found: Sequence[Item], values: Sequence[str], form: str) -> list[str]:
    """The values as they are listed: each followed by its help, shortened to the width of the terminal."""
    width = max(map(len, values), default=0)
    room = max(shutil.get_terminal_size().columns - 1, 20)
    shown = []
    for item, value in zip(found, values, strict=True):
        line = value.ljust(width) + form.format(_help(item)) if item.help else value
        shown.append(line if len(line) <= room else f"{line[: max(room - 1, len(value))]}…")
    return shown


def _takes_back(found: Sequence[Item], typed: str) -> bool:
    """True if inserting the common start of the candidates would delete typed text: `ev`, Évry, Evreux."""
    return len(found) > 1 and not fits(_common_start([item.value for item in found]), typed)


def _common_start(texts: Sequence[str]) -> str:
    """The longest common prefix of the texts, which is that of the first and the last in sorted order."""
    first, last = min(texts), max(texts)
    pairs = enumerate(zip(first, last, strict=False))
    return first[: next((at for at, (one, other) in pairs if one != other), len(first))]


class BashComplete(_Complete):
    """Completion for bash, which inserts candidates unquoted, and replaces only a part of the word."""

    name = "bash"
    source_template = BASH

    def lines(self, found: Sequence[Item], typed: str) -> list[str]:
        """The candidates as lines, each without the part of the word that bash does not replace."""
        line, replaced = os.environ.get(LINE, ""), os.environ.get(WORD, "")
        before, quote = self.split(line.removesuffix(replaced))
        kept = len(before[-1]) if line.endswith(replaced) else 0
        found = [item for item in found if item.value.startswith(typed[:kept])]
        values = [item.value[kept:] for item in found]
        purpose = os.environ.get(PURPOSE, "")
        if purpose == _LIST:
            shown = _shown(found, values, "  ({})")
            if len(set(shown)) > 1 and len(set(shown)) == len(found):  # bash would insert a single one
                return [f"{item.type}\t{line}\t" for item, line in zip(found, shown, strict=True)]
        elif purpose not in _EACH and _takes_back(found, typed):
            return []  # bash would insert their common start; it lists them at the next TAB
        quoted = [_quoted(value, quote) for value in values]
        return [f"{item.type}\t{value}\t" for item, value in zip(found, quoted, strict=True)]


_LIST = str(ord("?"))
"""COMP_TYPE for listing the candidates without inserting one: the second press of TAB."""
_EACH = (str(ord("%")), str(ord("*")))
"""COMP_TYPE for inserting complete candidates: one after the other, or all of them."""


class ZshComplete(_Complete):
    """Completion for zsh, which quotes candidates itself."""

    name = "zsh"
    source_template = ZSH

    def lines(self, found: Sequence[Item], typed: str) -> list[str]:
        """The candidates as lines, after a line `list` if zsh must not insert their common start."""
        shown = _shown(found, [item.value for item in found], "  -- {}")
        lines = [f"{item.type}\t{item.value}\t{line}" for item, line in zip(found, shown, strict=True)]
        return ["list\t\t", *lines] if _takes_back(found, typed) else lines


class FishComplete(_Complete):
    """Completion for fish, which quotes candidates itself."""

    name = "fish"
    source_template = FISH
    escapes: Mapping[str, str] = {'"': '"$\\\n', "'": "'\\"}


def _quoted(value: str, quote: str) -> str:
    """The value, quoted for bash, for a position inside the open quote `quote` or outside quotes."""
    if quote == "'":
        return value.replace("'", "'\\''")
    unsafe = '"$`\\' if quote else " \t\"'`$&|;<>()[]{}*?!#~^\\"
    quoted = "".join(f"\\{char}" if char in unsafe else char for char in value)
    # Inside "…", ! is history expansion, and a backslash before it would remain in the text.
    return quoted.replace("!", "\"'!'\"") if quote else quoted


class PowerShellComplete(_Complete):
    """Completion for PowerShell, which replaces the word by the candidate without quoting it.

    In a list with commas, it replaces only the last item. For a file, it gets no candidates, and completes
    file names itself.
    """

    name = "powershell"
    source_template = POWERSHELL

    def split(self, line: str) -> tuple[list[str], str]:
        """The words of a line by the rules of PowerShell, in which curly quotes are quotes."""
        words: list[str] = []
        between = True
        for part in _POWERSHELL_PART.finditer(line):
            if part["blank"]:
                between = True
                continue
            words += [""] if between else []
            between = False
            words[-1] += _unquoted(part)
        return words + ([""] if between else []), ""

    def lines(self, found: Sequence[Item], typed: str) -> list[str]:
        """The candidates as lines: type, text to insert, text to list, and help, which may not be empty."""
        kept = _before_the_last_item(os.environ.get(LINE, ""), typed)
        return [
            f"{item.type}\t{powershell_word(item.value[kept:])}\t{item.value}\t{_help(item) or item.value}"
            for item in found
            if item.value.startswith(typed[:kept])
        ]


_SINGLE, _DOUBLE = "'‘’‚‛", '"“”„'
"""The characters that PowerShell treats as single quotes, and as double quotes."""
_POWERSHELL_PART = re.compile(
    rf"""
    (?P<blank>\s+)
    | [{_SINGLE}] (?P<single>(?: [^{_SINGLE}] | [{_SINGLE}]{{2}} )*) [{_SINGLE}]?
    | [{_DOUBLE}] (?P<double>(?: `. | [^{_DOUBLE}`] | [{_DOUBLE}]{{2}} )*) [{_DOUBLE}`]?
    | (?P<bare>`.? | .)
    """,
    re.VERBOSE | re.DOTALL,
)


def _unquoted(part: re.Match[str]) -> str:
    if part["single"] is not None:
        return re.sub(f"([{_SINGLE}])[{_SINGLE}]", r"\1", part["single"])
    if part["double"] is not None:
        return re.sub(f"`(.)|([{_DOUBLE}])[{_DOUBLE}]", lambda pair: pair[1] or pair[2], part["double"])
    return part["bare"].removeprefix("`")


def _before_the_last_item(line: str, typed: str) -> int:
    """The length of the part of the word up to its last unquoted comma, which PowerShell does not replace."""
    bare = [part for part in _POWERSHELL_PART.finditer(line) if part["blank"] or part["bare"] == ","]
    if not bare or bare[-1]["blank"]:
        return 0
    return len(typed) - len("".join(map(_unquoted, _POWERSHELL_PART.finditer(line, bare[-1].end()))))


def powershell_word(value: str) -> str:
    """The text as a word of PowerShell, in quotes if necessary."""
    if re.fullmatch(r"[\w.:/\\+=-]+", value):
        return value
    return "'" + re.sub(f"([{_SINGLE}])", r"\1\1", value) + "'"


CLASSES: Mapping[str, type[_Complete]] = {
    "bash": BashComplete,
    "zsh": ZshComplete,
    "fish": FishComplete,
    "powershell": PowerShellComplete,
}


def answer(command: click.Command) -> int:
    """Answer the completion request of a shell. Errors are ignored unless EPN_DEBUG is set."""
    for name, shell in CLASSES.items():
        add_completion_class(shell, name)
    try:
        shell_complete(command, {}, "epn", VARIABLE, os.environ[VARIABLE])
    except Exception:
        if os.environ.get("EPN_DEBUG"):
            raise
    return ExitCode.DONE
