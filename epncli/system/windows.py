"""What only Windows can be asked; elsewhere there is no answer."""

from __future__ import annotations

import sys


def interface_language() -> str:
    """The language in which Windows speaks to this person, as a locale such as `fr_FR`; empty elsewhere."""
    language = ""
    if sys.platform == "win32":
        import ctypes
        import locale

        language = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return language


def obey_sequences() -> bool:
    """Let the console obey escape sequences, as other terminals do; False where it cannot, and elsewhere.

    See https://learn.microsoft.com/windows/console/console-virtual-terminal-sequences.
    """
    obeyed = False
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        console, mode = kernel.GetStdHandle(-11), ctypes.c_ulong()  # of standard output
        if kernel.GetConsoleMode(console, ctypes.byref(mode)):
            obeyed = bool(kernel.SetConsoleMode(console, mode.value | 0x0004))
    return obeyed
