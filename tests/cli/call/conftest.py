"""A phone round on a pseudo-terminal: keys are pressed one by one, and counted."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import forked
import pexpect
import pytest
from pexpect.fdpexpect import fdspawn

PROMPTS = {"en": "Key? ", "fr": "Touche\xa0? "}
STYLES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;?]*[A-Za-z]")
"""Links and styles."""


class PhoneRound:
    """One run of `epn call`, in a copy of this process, which need not load all anew, or in its own."""

    def __init__(
        self,
        folder: Path,
        *args: str,
        columns: int = 80,
        language: str = "en",
        env: Mapping[str, str] | None = None,
        own_process: bool = False,
    ) -> None:
        self.prompt = PROMPTS[language]
        self.strokes = 0
        self.raw = ""
        self.last = ""
        merged = {**os.environ, "TERM": "xterm-256color", "EPN_LANG": language, **(env or {})}
        self.dumb = merged["TERM"] == "dumb"
        self.pid, self.handle = forked.start(
            folder, ["call", *args], rows=50, columns=columns, env=merged, own_process=own_process
        )
        self.child = fdspawn(self.handle, timeout=20, encoding="utf-8")
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
            self._wait_for_raw_mode()
        return shown

    def _wait_for_raw_mode(self) -> None:
        """Wait until keys are read one by one: what is typed before is dropped."""
        end = time.monotonic() + 20
        while self.reads_lines():
            assert time.monotonic() < end
            time.sleep(0.002)

    def reads_lines(self) -> bool:
        """True in the usual mode of the terminal, in which Enter ends what is typed."""
        import termios

        return bool(termios.tcgetattr(self.handle)[3] & termios.ICANON)

    def press(self, key: str) -> str:
        """Wait until a key is asked for, and press it; return what was printed until then."""
        shown = self.card()
        self.send(key + "\r" if self.dumb else key)
        return shown

    def send(self, typed: str) -> None:
        """Type this."""
        self.strokes += len(typed)
        self.child.send(typed)

    def kill(self) -> int:
        """Kill the process (SIGKILL), wait for its end, and return minus the signal."""
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> int:
        """Wait for the end, and return the exit code, or minus the signal that ended it."""
        self.child.expect(pexpect.EOF)
        self.raw += self.child.before
        self.last = STYLES.sub("", self.child.before).replace("\r", "")
        return self.hang_up()

    def hang_up(self) -> int:
        """Close the terminal, and return the exit code, or minus the signal that ended the process."""
        self.child.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def call(tmp_path: Path) -> Callable[..., PhoneRound]:
    """Start `epn call` in the test's folder, on a terminal."""

    def start(*args: str, folder: Path = tmp_path, **options: object) -> PhoneRound:
        return PhoneRound(folder, *args, **options)  # type: ignore[arg-type]

    return start


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A terminal here is a pseudo-terminal, which not every system has."""
    for item in items:
        if "call" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.needs("pty"))
