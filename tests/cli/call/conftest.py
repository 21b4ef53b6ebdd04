"""A phone round on a pseudo-terminal: keys are pressed one by one, and counted."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pexpect
import pytest

PROMPTS = {"en": "Key? ", "fr": "Touche\xa0? "}
LOCALES = {"en": "C", "fr": "fr_FR.UTF-8"}
STYLES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;?]*[A-Za-z]")
"""Links and styles."""


class PhoneRound:
    """One run of `epn call`."""

    def __init__(
        self,
        folder: Path,
        *args: str,
        columns: int = 80,
        language: str = "en",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.prompt = PROMPTS[language]
        self.strokes = 0
        self.raw = ""
        merged = {**os.environ, "TERM": "xterm-256color", "LANG": LOCALES[language], **(env or {})}
        self.dumb = merged["TERM"] == "dumb"
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "epncli", "call", *args],
            dimensions=(50, columns),
            env=merged,
            cwd=str(folder),
            encoding="utf-8",
            timeout=20,
        )
        self.child.delaybeforesend = None

    def wait_for(self, text: str) -> str:
        """Wait for a text, and return what was printed until then, without links and styles."""
        self.child.expect_exact(text)
        self.raw += self.child.before + self.child.after
        return STYLES.sub("", self.child.before).replace("\r", "")

    def card(self) -> str:
        """Wait until a key is asked for, and return what was printed until then."""
        shown = self.wait_for(self.prompt)
        if not self.dumb:
            assert self.child.waitnoecho(20)  # what is typed before is dropped
        return shown

    def press(self, key: str) -> str:
        """Wait for the question after a key, and press it; return what was printed until then."""
        shown = self.card()
        self.send(key + "\r" if self.dumb else key)
        return shown

    def send(self, typed: str) -> None:
        """Type this."""
        self.strokes += len(typed)
        self.child.send(typed)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Send the signal, wait for the end, and return minus the signal, or the exit code."""
        self.child.kill(number)
        return self.end()

    def end(self) -> int:
        """Wait for the end, and return the exit code."""
        self.child.expect(pexpect.EOF)
        self.raw += self.child.before
        self.last = STYLES.sub("", self.child.before).replace("\r", "")
        self.child.close()
        status = self.child.exitstatus
        return status if status is not None else -self.child.signalstatus


@pytest.fixture
def call(tmp_path: Path) -> Callable[..., PhoneRound]:
    """Start `epn call` in the test's folder, on a terminal."""

    def start(*args: str, **options: object) -> PhoneRound:
        return PhoneRound(tmp_path, *args, **options)  # type: ignore[arg-type]

    return start


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A terminal here is a pseudo-terminal, which not every system has."""
    for item in items:
        if "call" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.needs("pty"))
