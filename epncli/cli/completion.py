"""What a shell asks when TAB is pressed, and how it is taught to ask.

The shell runs `epn` with the line in `_EPN_LINE`. The answer has a line for each candidate: its type
(`plain`, `open`: no space after it, `file`), the candidate, its help; tabs are between them. Typer's
classes would read the help as markup, and Click's lose values with blanks or signs in them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    shell_complete,
    split_arg_string,
)

from epncli.cli import terminal
from epncli.errors import BadUsage, ExitCode
from epncli.i18n import _

VARIABLE = "_EPN_COMPLETE"
LINE = "_EPN_LINE"
WORD = "_EPN_WORD"
"""The part of the word that bash replaces: what stands after its last = or :."""

_BASH = """\
_epn_completion() {
    local kind value help
    COMPREPLY=()
    while IFS=$'\\t' read -r kind value help; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            open) COMPREPLY+=("$value"); compopt -o nospace 2> /dev/null ;;
            file) compopt -o default 2> /dev/null ;;
        esac
    done < <(
        _EPN_LINE="${COMP_LINE:0:$COMP_POINT}" _EPN_WORD="$2" _EPN_COMPLETE=bash_complete epn 2> /dev/null
    )
}
complete -o nosort -F _epn_completion epn 2> /dev/null || complete -F _epn_completion epn
"""
_ZSH = """\
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
_epn_completion() {
    local kind value help line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    local -a whole whole_shown part part_shown
    while IFS=$'\\t' read -r kind value help; do
        case $kind in
            plain) whole+=("$value"); whole_shown+=("$value${help:+  -- $help}") ;;
            open) part+=("$value"); part_shown+=("$value${help:+  -- $help}") ;;
            file) _files; return ;;
        esac
    done < <(_EPN_LINE=$line _EPN_COMPLETE=zsh_complete epn 2> /dev/null)
    (( $#whole )) && compadd -U -l -V epn -d whole_shown -a whole
    (( $#part )) && compadd -U -l -V epn -S '' -d part_shown -a part
    (( $#whole + $#part ))
}
compdef _epn_completion epn
"""
_FISH = """\
function _epn_completion
    set -l line (commandline -cp | string collect)
    for candidate in (env _EPN_LINE="$line" _EPN_COMPLETE=fish_complete epn 2> /dev/null)
        set -l parts (string split \\t -- $candidate)
        if test "$parts[1]" = file
            __fish_complete_path (commandline -ct)
        else
            printf '%s\\t%s\\n' $parts[2] "$parts[3]"
        end
    end
end
complete --command epn --erase
complete --command epn --no-files --keep-order --arguments '(_epn_completion)'
"""


class _Complete(ShellComplete):
    """The words of the line, and candidates as a line each."""

    def source(self) -> str:
        """The script that asks; it has nothing to be filled in."""
        return self.source_template

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the unfinished one, and that one."""
        # Something typed at the end: a word that is still empty, or whose quote is open, counts too.
        words = split_arg_string(os.environ.get(LINE, "") + "x")
        return words[1:-1], words[-1][:-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """The candidates, each as a whole word."""
        option, equals, value = incomplete.partition("=")
        if incomplete.startswith("--") and equals:
            found = self.get_completions([*args, option], value)
            return [_with_prefix(f"{option}=", item) for item in found]
        if args[-1:] == ["--sort"] and incomplete.startswith("-"):  # no option: a field, from last to first
            return [_with_prefix("-", item) for item in super().get_completions(args, incomplete[1:])]
        return super().get_completions(args, incomplete)

    def format_completion(self, item: CompletionItem[str]) -> str:
        """A candidate as a line."""
        return f"{item.type}\t{item.value}\t{terminal.visible(' '.join((item.help or '').split()))}"

    def complete(self) -> str:
        """A line for each candidate."""
        args, incomplete = self.get_completion_args()
        found = self.get_completions(args, incomplete)
        # A control character cannot be typed, nor a lone surrogate be written.
        return "\n".join(self.format_completion(item) for item in found if item.value.isprintable())


def _with_prefix(prefix: str, item: CompletionItem[str]) -> CompletionItem[str]:
    return CompletionItem(prefix + item.value, type=item.type, help=item.help)


class BashComplete(_Complete):
    """Bash puts the candidate into the line as it is: quoted here, and without what it keeps."""

    name = "bash"
    source_template = _BASH

    def format_completion(self, item: CompletionItem[str]) -> str:
        """A candidate as a line, without the part of the word that bash leaves alone."""
        line = os.environ.get(LINE, "")
        typed = split_arg_string(line + "x")[-1][:-1]
        replaced = split_arg_string(os.environ.get(WORD, "") + "x")[-1][:-1]
        kept = len(typed) - len(replaced) if typed.endswith(replaced) else 0
        return f"{item.type}\t{_quoted(item.value[kept:], _open_quote(line))}\t"


class ZshComplete(_Complete):
    """Zsh quotes the candidate itself."""

    name = "zsh"
    source_template = _ZSH


class FishComplete(_Complete):
    """Fish quotes the candidate itself."""

    name = "fish"
    source_template = _FISH


def _open_quote(line: str) -> str:
    """The quote that is still open at the end of a line, or ""."""
    quote = ""
    escaped = False
    for char in line:
        if escaped:
            escaped = False
        elif char == "\\" and quote != "'":
            escaped = True
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
    return quote


def _quoted(value: str, quote: str) -> str:
    """The value as bash reads it back, inside the quote that is open or outside of all."""
    if quote == "'":
        return value.replace("'", "'\\''")
    unsafe = '"$`\\' if quote else " \t\"'`$&|;<>()[]{}*?!#~^\\"
    return "".join(f"\\{char}" if char in unsafe else char for char in value)


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
    if reader is not None and _append_line(reader, f"source '{script}'"):
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
