"""Command lines as this system has them: those that a person pastes, and those that a setting holds.

The shell of Windows is cmd or PowerShell: a line that is given there means the same in both.
"""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
from pathlib import Path

WINDOWS = os.name == "nt"

_BARE = re.compile(r"[\w+=:./\\][\w+=:./\\-]*|--?[a-z-]*", re.ASCII)
"""What cmd and PowerShell leave alone without quotes."""
_NEVER = re.compile(r'["“”„$`]|%[^%]+%|\\\Z')
"""What acts inside double quotes: in cmd or in PowerShell, or when the program splits its line."""


def line(*words: str | Path) -> str:
    """The command line of these words; empty where none means the same in all shells of this system."""
    texts = [str(word) for word in words]
    if not WINDOWS:
        return " ".join(map(_posix_word, texts))
    if any(not _BARE.fullmatch(text) and (_NEVER.search(text) or not text.isprintable()) for text in texts):
        return ""
    return " ".join(text if _BARE.fullmatch(text) else f'"{text}"' for text in texts)


def move(source: Path, target: Path) -> str:
    """The command line that puts a file in the place of another one."""
    # PowerShell's own `move` replaces no file.
    return line("cmd", "/c", "move", "/y", source, target) if WINDOWS else line("mv", source, target)


def allow_writing(file: Path) -> str:
    """The command line after which a read-only file can be changed."""
    return line("attrib", "-r", file) if WINDOWS else line("chmod", "u+w", file)


def _posix_word(text: str) -> str:
    """The word as bash and zsh read it, with line breaks and controls as they write them."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + "".join(char if char.isprintable() else _escape(char) for char in escaped) + "'"


def _escape(char: str) -> str:
    if char in "\n\t":
        return {"\n": "\\n", "\t": "\\t"}[char]
    # By bytes, of the file system's encoding: a name may hold what is no text in the shell's locale.
    return "".join(f"\\x{byte:02x}" for byte in char.encode(errors="surrogateescape"))


def program(setting: str, *arguments: str) -> list[str] | str:
    """The program that a setting (VISUAL, PAGER) names, and its arguments, as `subprocess` takes them.

    Raises `FileNotFoundError` on Windows, where there is no such program.
    """
    if WINDOWS:
        return _windows_program(setting.strip(), arguments)
    try:
        words = shlex.split(setting)
    except ValueError:  # a quote that is not closed
        words = [setting]
    return [*words, *arguments]


def _windows_program(setting: str, arguments: tuple[str, ...]) -> str:
    """The setting as it stands, for there a backslash is no escape, and each program splits its own line."""
    name, rest = setting, ""
    if not Path(setting).is_file():  # a path may hold blanks and need no quotes
        parts = re.match(r'"([^"]*)"?|(\S*)', setting)
        assert parts is not None
        name, rest = parts[1] or parts[2] or "", setting[parts.end() :].strip()
    found = name if re.search(r"[\\/]", name) else _on_path(name)
    if not found:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    return " ".join([f'"{found}"', *([rest] if rest else []), *(f'"{argument}"' for argument in arguments)])


def _on_path(name: str) -> str:
    """The program of that name on PATH.

    Never the one in this folder, where Windows itself looks first: that may have come with a registry.
    """
    endings = os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").lower().split(";")
    names = [name] if Path(name).suffix.lower() in endings else [name + ending for ending in endings]
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    files = (folder / file for folder in folders if folder.is_absolute() for file in names)
    return next((str(file) for file in files if file.is_file()), "")


def installed(*names: str) -> str:
    """The first of these programs that is installed, as a setting; empty: none."""
    found = (_on_path(name) if WINDOWS else shutil.which(name) for name in names)
    return next((line(file) for file in found if file), "")
