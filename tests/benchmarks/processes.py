"""Measures the time and the memory of whole processes, run in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pexpect

EPN = str(Path(sys.executable).with_name("epn"))


@dataclass
class Timed:
    """A command and what its runs took, one figure a round."""

    command: Sequence[str | Path]
    before: Callable[[], object] = lambda: None
    """What is made ready before each run, outside the time."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What is added to the environment."""
    exit_code: int = 0
    """What it ends with: 1 if a check finds errors."""
    wall: list[float] = field(default_factory=list)
    """Seconds from the start to the end."""
    cpu: list[float] = field(default_factory=list)
    """Seconds of the processor, user and system."""
    peak: int = 0
    """Bytes of memory at most (on Linux, where ru_maxrss counts kilobytes)."""

    def run(self) -> None:
        """Run it once more; a run that fails is no figure."""
        self.before()
        # As a user has it: with compiled modules, and no variable that changes what is printed.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment |= self.environment
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in self.command],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdout is not None
        with process.stdout:
            while process.stdout.read(1 << 20):
                pass
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == self.exit_code, (self.command, process.returncode)
        self.wall.append(time.perf_counter() - start)
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.peak = max(self.peak, usage.ru_maxrss * 1024)

    @property
    def seconds(self) -> float:
        """The median of the runs, as a person waits for them."""
        return statistics.median(self.wall)


@dataclass
class OnTerminal(Timed):
    """A command on a terminal, without a pager."""

    rows: int = 24
    pager: str = "cat"

    def run(self) -> None:
        """Run it once more, as far as `_watch` goes."""
        foreign = ("PYTHON", "EPN_", "PAGER", "LESS", "LINES", "COLUMNS")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        environment |= {"TERM": "xterm", "EPN_PAGER": self.pager}
        program, *arguments = map(str, self.command)
        start = time.perf_counter()
        child = pexpect.spawn(program, arguments, dimensions=(self.rows, 80), env=environment, timeout=60)
        self._watch(child, start)
        child.close()
        assert child.exitstatus == self.exit_code, (self.command, child.exitstatus)

    def _watch(self, child: pexpect.spawn, start: float) -> None:
        child.expect(pexpect.EOF)
        self.wall.append(time.perf_counter() - start)


@dataclass
class FirstScreen(OnTerminal):
    """A command whose table goes through less: `wall` is what a person waits for the first screen."""

    pager: str = "less"

    def _watch(self, child: pexpect.spawn, start: float) -> None:
        child.expect(rf"(?s)(?:[^\n]*\n){{{self.rows - 1}}}")
        self.wall.append(time.perf_counter() - start)
        child.send("q")
        child.expect(pexpect.EOF)


def in_turn(rounds: int, *commands: Timed) -> None:
    """Run each once uncounted, then all of them one after the other, so many times."""
    for command in commands:
        command.run()
        command.wall.clear()
        command.cpu.clear()
    for _ in range(rounds):
        for command in commands:
            command.run()


def ratio(one: Sequence[float], other: Sequence[float]) -> float:
    """The median of the ratios round by round: both runs of a round had the same noise around them."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))
