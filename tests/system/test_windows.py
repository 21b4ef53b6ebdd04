"""Calls to the Windows API, on Windows or Wine; other systems make none."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys

import pytest

from epncli.system.shell import installed
from epncli.system.windows import interface_language, obey_sequences


@pytest.mark.needs("windows")
def test_windows_tells_its_language() -> None:
    assert re.fullmatch("[a-z]{2,3}_[A-Z]{2}", interface_language())


@pytest.mark.needs("windows")
@pytest.mark.parametrize(
    ("number", "language"), [(0x040C, "fr"), (0x0C0C, "fr"), (0x0409, "en"), (0x0407, "en")]
)
def test_a_french_windows_gets_french(monkeypatch: pytest.MonkeyPatch, number: int, language: str) -> None:
    from epncli.i18n import choose_language

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    monkeypatch.setattr(kernel, "GetUserDefaultUILanguage", lambda: number)
    assert choose_language({}) == language


@pytest.mark.needs("windows")
def test_a_pipe_is_no_console_that_obeys() -> None:
    code = "from epncli.system.windows import obey_sequences; print(obey_sequences())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.needs("sh")
def test_elsewhere_there_is_no_answer() -> None:
    assert (interface_language(), obey_sequences()) == ("", False)


@pytest.mark.needs("windows")
def test_windows_has_notepad() -> None:
    assert installed("notepad").lower().endswith("\\notepad.exe")
