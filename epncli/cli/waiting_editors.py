"""Editors with a window of their own, which return at once unless an option makes them wait."""

from __future__ import annotations

import re
import shlex
from pathlib import PurePath, PureWindowsPath
from typing import Final

from epncli.system.os_errors import WINDOWS

_WAIT: Final = ("--wait", "-w")
_OPTIONS: Final = {
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"), _WAIT),
    **dict.fromkeys(("subl", "sublime_text", "zed", "zeditor", "atom", "mate", "bbedit", "gedit"), _WAIT),
    **dict.fromkeys(("gvim", "mvim", "gview"), ("--nofork", "-f")),
    "kate": ("--block", "-b"),
}
"""For each editor, the option by which it waits until the file is closed, in its long and short form."""


def command_that_waits(setting: str) -> str:
    """The value of EDITOR that makes an editor wait; "" if it does so already, or is not known not to."""
    try:
        words = shlex.split(setting, posix=not WINDOWS)
    except ValueError:  # an unclosed quote
        words = []
    path = PureWindowsPath if WINDOWS else PurePath
    name = re.sub(r"\.(exe|cmd|bat)$", "", path(words[0].strip('"')).name.lower()) if words else ""
    options = _OPTIONS.get(name, ())
    return f"{setting} {options[0]}" if options and not {*options} & {*words[1:]} else ""
