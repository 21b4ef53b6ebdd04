"""`--install-completion` and `--show-completion`: write a completion script, and load it at shell start."""

from __future__ import annotations

import codecs
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from epncli.cli.screen import terminal
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.system.os_errors import WINDOWS

_POWERSHELLS = ("powershell", "pwsh")
"""The two versions of PowerShell, which can both be installed, use the same script."""
_SHELLS = ("bash", "zsh", "fish", *_POWERSHELLS)


def options() -> list[click.Option]:
    """The options `--install-completion` and `--show-completion`."""
    common: dict[str, Any] = {
        "is_flag": False, "flag_value": "", "expose_value": False, "is_eager": True,
        "metavar": _("[SHELL]"), "shell_complete": _shells,
    }  # fmt: skip
    return [
        click.Option(
            ["--install-completion"], callback=_install,
            help=_("Install completion with the TAB key for bash, zsh, fish or PowerShell."),
            **common,
        ),
        click.Option(
            ["--show-completion"], callback=_show,
            help=_("Print the script that --install-completion installs."), **common,
        ),
    ]  # fmt: skip


def _shells(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in _SHELLS if name.startswith(incomplete)]


def _shell(value: str) -> str:
    """The name of the shell, by default the user's login shell. Raises BadUsage for an unknown shell."""
    shell = value or Path(os.environ.get("SHELL", "")).name.removesuffix(".exe")
    if WINDOWS and not shell:  # only PowerShell 7 sets this variable
        shell = "pwsh" if "POWERSHELL_DISTRIBUTION_CHANNEL" in os.environ else "powershell"
    if shell not in _SHELLS:
        known = _("completion is available for bash, zsh, fish, powershell and pwsh, not for ‘{shell}’")
        message = known if shell else _("no shell was given, and SHELL is not set")
        raise BadUsage(message.format(shell=shell), _("for example: epn --install-completion bash"))
    return shell


def _show(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is None or context.resilient_parsing:
        return
    terminal.out(_script(_shell(value)))
    terminal.flush()
    context.exit()


def _script(shell: str) -> str:
    """The completion script of a shell."""
    from epncli.cli.completion.complete import CLASSES  # a plain command does without this import

    return CLASSES["powershell" if shell in _POWERSHELLS else shell].source_template


def _install(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is None or context.resilient_parsing:
        return
    shell = _shell(value)
    script, reader, line = _places(shell)
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(_script(shell), encoding="utf-8")
    terminal.say(_("{file}: written").format(file=script))
    if reader is not None and _append_line(reader, line):
        terminal.say(_("{file}: added a line that loads it").format(file=reader))
    terminal.say(_("open a new terminal and press TAB after ‘epn ’"))
    context.exit()


def _places(shell: str) -> tuple[Path, Path | None, str]:
    """The path of the script, the start-up file that must load it (None for fish), and the line for that."""
    home = Path.home()
    if shell == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return config / "fish" / "completions" / "epn.fish", None, ""
    chosen = os.environ.get("XDG_DATA_HOME")
    data = Path(chosen or home / ".local" / "share") / "epn"
    if shell in _POWERSHELLS:
        from epncli.cli.completion.complete import powershell_word

        script = data / "completion.ps1"
        # Windows PowerShell misreads accented letters in the path, as in the name of a user.
        path = powershell_word(str(script)) if chosen else '"$HOME/.local/share/epn/completion.ps1"'
        return script, _profile(shell), f". {path}"
    rc = home / ".bashrc" if shell == "bash" else Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
    script = data / f"completion.{shell}"
    return script, rc, "source '{}'".format(str(script).replace("'", "'\\''"))


def _profile(shell: str) -> Path:
    """The profile that PowerShell reads when it starts, as PowerShell reports it.

    Says how to allow it if the execution policy forbids reading it. Raises BadUsage if this PowerShell is not
    installed.
    """
    import subprocess

    from epncli.system.shell import program

    in_utf8 = "[Console]::OutputEncoding = [Text.Encoding]::UTF8"
    question = f"{in_utf8}; $PROFILE.CurrentUserAllHosts; Get-ExecutionPolicy"
    answer = b""
    with suppress(OSError):
        command = program(shell, "-NoProfile", "-NonInteractive", "-Command", question)
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)  # noqa: S603
        answer = done.stdout
    lines = answer.decode("utf-8-sig", "replace").splitlines()
    if len(lines) != 2:
        raise BadUsage(
            _("‘{shell}’ is not installed").format(shell=shell),
            _("for example: epn --install-completion bash"),
        )
    file, policy = lines
    if policy in ("Restricted", "AllSigned"):
        terminal.say_unwrapped(
            _("PowerShell does not run scripts on this computer; to allow them: {command}").format(
                command="Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
            )
        )
    return Path(file)


def _append_line(path: Path, line: str) -> bool:
    """Append a line to a file unless the file has it. Returns True if it was added."""
    text = path.read_bytes() if os.path.exists(path) else b""
    # Windows PowerShell writes UTF-16: `echo x > $PROFILE`.
    encoding = "utf-16-le" if text.startswith(codecs.BOM_UTF16_LE) else "utf-8"
    had = text.decode(encoding, "replace")
    if line in had.splitlines():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write((("\n" if had and not had.endswith("\n") else "") + line + "\n").encode(encoding))
    return True
