"""The lines of .gitattributes that let git merge a registry with epn, and the patterns of git's own files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.system.os_errors import because
from epncli.yamlfile.commit import real_path

ATTRIBUTES: Final = ".gitattributes"
_MERGED: Final = "merge=epn"
_MOST_BYTES: Final = 1 << 20
_LINE: Final = re.compile(rf'(?:"/(?P<quoted>(?:[^"\\]|\\.)+)"|/(?P<plain>\S+)) {_MERGED}')
"""A line as `line_for` writes it."""


class Stale(NamedTuple):
    """A line for a file that is not there."""

    file: Path
    """The .gitattributes."""
    line: str
    name: str
    """What the file was called."""


def escaped(name: str) -> str:
    """The pattern that fits this name alone in .gitignore."""
    pattern = re.sub(r"[\n\r]", "?", _literal(name))  # no line of .gitignore can have these
    return re.sub(r"^[!#]| +\Z", lambda found: "".join("\\" + char for char in found[0]), pattern)


def line_for(path: Path) -> str:
    """The line of the file beside a registry: a pattern for that registry alone."""
    pattern = _literal(path.name)
    if re.search(r'[\s"]', pattern):
        pattern = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
        return f'"/{pattern}" {_MERGED}'
    return f"/{pattern} {_MERGED}"


def _literal(name: str) -> str:
    return re.sub(r"([*?\[\\])", r"\\\1", name)


def names_epn(line: str) -> bool:
    """True if a line of .gitattributes lets git merge files with epn."""
    pattern, *attributes = line.rsplit('"', 1)[-1].split() or [""]
    return not pattern.startswith("#") and _MERGED in (pattern, *attributes)


def lines_of(file: Path) -> list[str]:
    """The lines of a .gitattributes; none if there is no such file. Raises Unwritable."""
    try:
        text = file.read_text(encoding="utf-8", errors="surrogateescape") if os.path.isfile(file) else ""
    except OSError as failure:
        raise Unwritable(because(_("the file cannot be read"), failure), path=str(file)) from None
    return text.removesuffix("\n").split("\n") if text else []


def stale_lines(path: Path) -> Iterator[Stale]:
    """The lines for files that are gone, beside the registry and in its parent folders.

    None if one of the lines is for the registry itself. No process is started. Raises Unwritable.
    """
    real = real_path(path)
    found: list[Stale] = []
    for folder in real.parents:
        file = folder / ATTRIBUTES
        if os.path.isfile(file) and file.stat().st_size <= _MOST_BYTES:
            for line in lines_of(file):
                name = _name_in(line)
                if name and (folder / name) == real:
                    return
                if name and not os.path.lexists(folder / name):
                    found.append(Stale(file, line, name))
        if os.path.lexists(folder / ".git"):
            yield from found
            return


def _name_in(line: str) -> str:
    """The name in a line that `line_for` has written; "" for any other line."""
    found = _LINE.fullmatch(line)
    if found is None:
        return ""
    pattern = found["plain"] or re.sub(
        r"\\(.)", lambda char: {"n": "\n", "r": "\r"}.get(char[1], char[1]), found["quoted"]
    )
    if re.search(r"(?<!\\)(?:\\\\)*[*?\[]", pattern) or "/" in pattern:
        return ""
    return re.sub(r"\\(.)", r"\1", pattern)
