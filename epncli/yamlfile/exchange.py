"""Atomic exchange of the names of two files by renameat2, which Linux has and Python does not offer."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two files. Returns False, with nothing changed, if the system cannot do it."""
    renameat2 = _renameat2()
    if renameat2 is None:
        return False
    done: int = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0


@cache
def _renameat2() -> Any:
    """The function of the C library (glibc 2.28 or newer), or None."""
    if sys.platform != "linux":
        return None
    try:
        import ctypes

        return ctypes.CDLL(None).renameat2
    except (ImportError, OSError, AttributeError):
        return None
