"""Command lines for the shell of this system: quoting for messages, parsing of settings such as PAGER.

On Windows, a quoted line means the same in cmd and in PowerShell.
"""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
from pathlib import Path

from epncli.system.os_errors import WINDOWS

_BARE = re.compile(r"[\w+=:./\\][\w+=:./\\-]*|--?[a-z-]*", re.ASCII)
"""Words that need no quotes in cmd and PowerShell."""
_NEVER = re.compile(r'["“”„$`]|%[^%]+%|\\\Z')
"""What has a meaning inside double quotes: in cmd, in PowerShell, or when a program splits its line."""


def line(*words: str | Path) -> str:
    """The command line with these words; "" if none means the same in all shells of this system."""
    texts = [str(word) for word in words]
    if not WINDOWS:
        return " ".join(map(_posix_word, texts))
    if any(not _BARE.fullmatch(text) and (_NEVER.search(text) or not text.isprintable()) for text in texts):
        return ""
    return " ".join(text if _BARE.fullmatch(text) else f'"{text}"' for text in texts)


def allow_writing(file: Path) -> str:
    """The command line that makes a read-only file writable."""
    return line("attrib", "-r", file) if WINDOWS else line("chmod", "u+w", file)


def _posix_word(text: str) -> str:
    """The word, quoted for bash and zsh, with line breaks and control characters as escapes."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + "".join(char if char.isprintable() else _escape(char) for char in escaped) + "'"


def _escape(char: str) -> str:
    if char in "\n\t":
        return {"\n": "\\n", "\t": "\\t"}[char]
    # As bytes in the encoding of the file system: a file name may not be valid text.
    return "".join(f"\\x{byte:02x}" for byte in char.encode(errors="surrogateescape"))


def program(setting: str, *arguments: str) -> list[str] | str:
    """The program of a setting (VISUAL, PAGER) with its arguments, as `subprocess` takes them.

    On Windows, raises `FileNotFoundError` if there is no such program.
    """
    if WINDOWS:
        return _windows_program(setting.strip(), arguments)
    try:
        words = shlex.split(setting)
    except ValueError:  # an unclosed quote
        words = [setting]
    return [*words, *arguments]


def _windows_program(setting: str, arguments: tuple[str, ...]) -> str:
    """The command line of a setting. On Windows, a backslash is no escape, and a program splits its line."""
    name, rest = setting, ""
    if not os.path.isfile(setting):  # the path of a program may have spaces without being quoted
        parts = re.match(r'"([^"]*)"?|(\S*)', setting)
        assert parts is not None
        name, rest = parts[1] or parts[2] or "", setting[parts.end() :].strip()
    found = name if re.search(r"[\\/]", name) else _on_path(name)
    if not found:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    return " ".join([f'"{found}"', *([rest] if rest else []), *(f'"{argument}"' for argument in arguments)])


def _on_path(name: str) -> str:
    """The path of the program of that name on PATH, or "".

    Programs in the current folder, where Windows looks first, are ignored: they may have come with a
    registry from someone else.
    """
    endings = os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").lower().split(";")
    names = [name] if Path(name).suffix.lower() in endings else [name + ending for ending in endings]
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    files = (folder / file for folder in folders if folder.is_absolute() for file in names)
    return next((str(file) for file in files if os.path.isfile(file)), "")


def installed(*names: str) -> str:
    """The first of these programs that is installed, as the value of a setting; "" if none is."""
    found = (_on_path(name) if WINDOWS else shutil.which(name) for name in names)
    return next((line(file) for file in found if file), "")
