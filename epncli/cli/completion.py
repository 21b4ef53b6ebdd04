"""What a shell asks when TAB is pressed, and how it is taught to ask.

The shell runs `epn` with the line in `_EPN_LINE`. The answer has a line for each candidate: its type
(`plain`, `open`: no space after it, `file`), the candidate, its help or how it is listed; tabs are
between them. Typer's classes would read the help as markup, and Click's lose values with blanks or
signs in them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    shell_complete,
)

from epncli.cli import terminal
from epncli.cli.candidates import fits
from epncli.cli.completion_scripts import BASH, FISH, ZSH
from epncli.errors import BadUsage, ExitCode
from epncli.i18n import _

if TYPE_CHECKING:  # Click 8.4 has no such type at run time
    Item = CompletionItem[str]

VARIABLE = "_EPN_COMPLETE"
LINE = "_EPN_LINE"
WORD = "_EPN_WORD"
"""The part of the word that bash replaces, as it is typed: what stands after its last =, : or quote."""
PURPOSE = "_EPN_TYPE"
"""What bash wants the candidates for: its COMP_TYPE."""


class _Complete(ShellComplete):
    """The words of the line, and candidates as a line each."""

    escapes: Mapping[str, str] = {'"': '"$`\\\n', "'": ""}
    """Before which characters a backslash is no character of the word, inside each quote."""

    def source(self) -> str:
        """The script that asks; it has nothing to be filled in."""
        return self.source_template

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the unfinished one, and that one."""
        *words, last = self.split(os.environ.get(LINE, ""))[0]
        return words[1:], last

    def get_completions(self, args: list[str], incomplete: str) -> list[Item]:
        """The candidates, each as a whole word."""
        option, equals, value = incomplete.partition("=")
        if incomplete.startswith("--") and equals:
            found = self.get_completions([*args, option], value)
            return [_with_prefix(f"{option}=", item) for item in found]
        if args[-1:] == ["--sort"] and incomplete.startswith("-"):  # no option: a field, from last to first
            return [_with_prefix("-", item) for item in super().get_completions(args, incomplete[1:])]
        return super().get_completions(args, incomplete)

    def complete(self) -> str:
        """A line for each candidate."""
        args, incomplete = self.get_completion_args()
        minus = incomplete.startswith("-") or "--" in args
        found = {
            item.value: item
            for item in self.get_completions(args, incomplete)
            # What cannot be seen cannot be typed; what begins with - would be read as an option.
            if terminal.visible(item.value) == item.value and (minus or not item.value.startswith("-"))
        }
        return "\n".join(self.lines(list(found.values()), incomplete))

    def lines(self, found: Sequence[Item], typed: str) -> list[str]:  # noqa: ARG002
        """The candidates as lines."""
        return [f"{item.type}\t{item.value}\t{_help(item)}" for item in found]

    def split(self, line: str) -> tuple[list[str], str]:
        """The words of a line as a command would get them, the unfinished one last; the quote still open."""
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
    """How the values are listed: each with its help behind it, on one line of the terminal."""
    width = max(map(len, values), default=0)
    room = max(shutil.get_terminal_size().columns - 1, 20)
    shown = []
    for item, value in zip(found, values, strict=True):
        line = value.ljust(width) + form.format(_help(item)) if item.help else value
        shown.append(line if len(line) <= room else f"{line[: max(room - 1, len(value))]}…")
    return shown


def _takes_back(found: Sequence[Item], typed: str) -> bool:
    """True when what the candidates have in common is less than what is typed: `ev`, Évry, Evreux."""
    return len(found) > 1 and not fits(_common_start([item.value for item in found]), typed)


def _common_start(texts: Sequence[str]) -> str:
    """What all of the texts begin with: what the first and the last of them in order begin with."""
    first, last = min(texts), max(texts)
    pairs = enumerate(zip(first, last, strict=False))
    return first[: next((at for at, (one, other) in pairs if one != other), len(first))]


class BashComplete(_Complete):
    """Bash puts the candidate into the line as it is: quoted here, and without what it keeps."""

    name = "bash"
    source_template = BASH

    def lines(self, found: Sequence[Item], typed: str) -> list[str]:
        """The candidates as lines, each without the part of the word that bash leaves alone."""
        line, replaced = os.environ.get(LINE, ""), os.environ.get(WORD, "")
        before, quote = self.split(line.removesuffix(replaced))
        kept = len(before[-1]) if line.endswith(replaced) else 0
        found = [item for item in found if item.value.startswith(typed[:kept])]
        values = [item.value[kept:] for item in found]
        purpose = os.environ.get(PURPOSE, "")
        if purpose == _LIST:
            shown = _shown(found, values, "  ({})")
            if len(set(shown)) > 1 and len(set(shown)) == len(found):  # a single one would be inserted
                return [f"{item.type}\t{line}\t" for item, line in zip(found, shown, strict=True)]
        elif purpose not in _EACH and _takes_back(found, typed):
            return []  # bash would insert what they have in common; at the next TAB it lists them
        quoted = [_quoted(value, quote) for value in values]
        return [f"{item.type}\t{value}\t" for item, value in zip(found, quoted, strict=True)]


_LIST = str(ord("?"))
"""The candidates are shown, and none of them is inserted: the second press of TAB."""
_EACH = (str(ord("%")), str(ord("*")))
"""One after the other, or all of them, are inserted whole."""


class ZshComplete(_Complete):
    """Zsh quotes the candidate itself."""

    name = "zsh"
    source_template = ZSH

    def lines(self, found: Sequence[Item], typed: str) -> list[str]:
        """The candidates as lines; `list` when zsh is not to insert what they have in common."""
        shown = _shown(found, [item.value for item in found], "  -- {}")
        lines = [f"{item.type}\t{item.value}\t{line}" for item, line in zip(found, shown, strict=True)]
        return ["list\t\t", *lines] if _takes_back(found, typed) else lines


class FishComplete(_Complete):
    """Fish quotes the candidate itself."""

    name = "fish"
    source_template = FISH
    escapes: Mapping[str, str] = {'"': '"$\\\n', "'": "'\\"}


def _quoted(value: str, quote: str) -> str:
    """The value as bash reads it back, inside the quote that is open or outside of all."""
    if quote == "'":
        return value.replace("'", "'\\''")
    unsafe = '"$`\\' if quote else " \t\"'`$&|;<>()[]{}*?!#~^\\"
    quoted = "".join(f"\\{char}" if char in unsafe else char for char in value)
    # Inside "…" an earlier command would stand for ! and what follows, and a backslash would stay.
    return quoted.replace("!", "\"'!'\"") if quote else quoted


_CLASSES: dict[str, type[_Complete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


def answer(command: click.Command) -> int:
    """Answer the shell that asks; whatever goes wrong, it gets no candidates and no words."""
    for name, shell in _CLASSES.items():
        add_completion_class(shell, name)
    try:
        shell_complete(command, {}, "epn", VARIABLE, os.environ[VARIABLE])
    except Exception:
        if os.environ.get("EPN_DEBUG"):
            raise
    return ExitCode.DONE


def options() -> list[click.Option]:
    """`--install-completion` and `--show-completion`."""
    common: dict[str, Any] = {
        "is_flag": False, "flag_value": "", "expose_value": False, "is_eager": True,
        "metavar": _("[SHELL]"), "shell_complete": _shells,
    }  # fmt: skip
    return [
        click.Option(
            ["--install-completion"], callback=_install,
            help=_("Teach bash, zsh or fish to complete what you type, with the TAB key."), **common,
        ),
        click.Option(
            ["--show-completion"], callback=_show,
            help=_("Print what --install-completion would write."), **common,
        ),
    ]  # fmt: skip


def _shells(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in _CLASSES if name.startswith(incomplete)]


def _shell(value: str) -> str:
    """The shell that is named, else the one of the user's account."""
    shell = value or Path(os.environ.get("SHELL", "")).name
    if shell not in _CLASSES:
        message = _("completion knows bash, zsh and fish, not ‘{shell}’") if shell else _("which shell?")
        raise BadUsage(message.format(shell=shell), _("type for example epn --install-completion bash"))
    return shell


def _show(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is None or context.resilient_parsing:
        return
    terminal.out(_CLASSES[_shell(value)].source_template)
    terminal.flush()
    context.exit()


def _install(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is None or context.resilient_parsing:
        return
    shell = _shell(value)
    script, reader = _places(shell)
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(_CLASSES[shell].source_template, encoding="utf-8")
    terminal.say(_("{file}: written").format(file=script))
    if reader is not None and _append_line(reader, "source '{}'".format(str(script).replace("'", "'\\''"))):
        terminal.say(_("{file}: one line added, that reads it").format(file=reader))
    terminal.say(_("open a new terminal, and press TAB after ‘epn ’"))
    context.exit()


def _places(shell: str) -> tuple[Path, Path | None]:
    """Where the script goes, and the file of the user's that must name it; fish finds its own."""
    home = Path.home()
    if shell == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return config / "fish" / "completions" / "epn.fish", None
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    rc = home / ".bashrc" if shell == "bash" else Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
    return data / "epn" / f"completion.{shell}", rc


def _append_line(path: Path, line: str) -> bool:
    """Add a line to the end of a file, unless it is there already; the rest of it stays as it is."""
    text = path.read_bytes() if path.exists() else b""
    if line.encode() in text.splitlines():
        return False
    with path.open("ab") as file:
        file.write((b"\n" if text and not text.endswith(b"\n") else b"") + line.encode() + b"\n")
    return True
