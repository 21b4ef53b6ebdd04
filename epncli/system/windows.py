"""Calls to the Windows API: the interface language, escape sequences in the console."""

from __future__ import annotations

import sys


def interface_language() -> str:
    """The interface language of Windows for this user, as a locale such as `fr_FR`; "" on other systems."""
    language = ""
    if sys.platform == "win32":
        import ctypes
        import locale

        language = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return language


def obey_sequences() -> bool:
    """Enable escape sequences in the Windows console.

    Returns False if the console does not support them, and on other systems. Source:
    https://learn.microsoft.com/windows/console/console-virtual-terminal-sequences.
    """
    obeyed = False
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        console, mode = kernel.GetStdHandle(-11), ctypes.c_ulong()  # standard output
        if kernel.GetConsoleMode(console, ctypes.byref(mode)):
            obeyed = bool(kernel.SetConsoleMode(console, mode.value | 0x0004))
    return obeyed
