"""Runs the command in a forked child process, without the start-up time of Python."""

from __future__ import annotations

import os
import pkgutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

HANG_SECONDS = 60
"""A guard against a run that never ends, not a measure: far more than any run needs on a busy machine."""


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code, or minus the signal that killed it."""

    code: int
    err: str
    seconds: float
    peak: int
    """Bytes of memory at most, without those that the child has from its parent."""


class Child:
    """One run of `epn` in a child, in the folder; `prepare` is called in the child first.

    A run that hangs is ended by SIGALRM.
    """

    def __init__(self, folder: Path, *argv: str | Path, prepare: Callable[[], object] = lambda: None) -> None:
        from epncli.cli.main import main

        _load_all()
        self.err = folder.with_name(folder.name + ".err")
        ready, say_ready = os.pipe()
        self._start = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            code = 99
            # coverage's tracer holds a lock of its own: a signal that is raised inside it never returns.
            sys.settrace(None)
            try:
                os.chdir(folder)
                _redirect(self.err)
                inherited = _peak()
                prepare()
                signal.signal(signal.SIGINT, signal.SIG_DFL)  # as `epncli.__main__` has it
                signal.setitimer(signal.ITIMER_REAL, HANG_SECONDS)
                os.write(say_ready, b"%d" % inherited)
                code = main([str(word) for word in argv])
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        os.close(say_ready)
        self._inherited = int(os.read(ready, 20))
        os.close(ready)

    def stop(self, number: signal.Signals) -> None:
        """Send it a signal; it may have ended by itself."""
        os.kill(self.pid, number)  # a child that nobody waited for still has its number

    def wait(self) -> Ended:
        _pid, status, usage = os.wait4(self.pid, 0)
        seconds = time.monotonic() - self._start
        err = self.err.read_text(encoding="utf-8", errors="replace")
        code = os.waitstatus_to_exitcode(status)
        return Ended(code, err, seconds, usage.ru_maxrss * 1024 - self._inherited)


def _peak() -> int:
    """Bytes of memory at most of this process."""
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@cache
def _load_all() -> None:
    """Import here once what every child would import again."""
    import epncli

    for name in ("asyncio", "difflib", "filelock", "phonenumbers", "yaml"):
        import_module(name)
    for module in pkgutil.walk_packages(epncli.__path__, "epncli."):
        if not module.name.endswith(("__main__", ".update", ".rebuild", ".build")):
            import_module(module.name)


def _redirect(err: Path) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    handle = os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.dup2(handle, 2)
    # Under pytest these are not the files 0, 1 and 2.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115


def run(folder: Path, *argv: str | Path, prepare: Callable[[], object] = lambda: None) -> Ended:
    """Run the command to its end."""
    return Child(folder, *argv, prepare=prepare).wait()


def registry_text(count: int) -> str:
    """A registry of `count` structures, with a comment that must survive."""
    lines = ["# à la main", "structures:"]
    for number in range(count):
        lines += [f"  - id: lieu-{number}", f"    nom: Lieu {number}", "    commune: Paris"]
        lines += ['    code_postal: "75012"']
    return "\n".join(lines) + "\n"


def leftovers(folder: Path, allowed: Sequence[str] = (".registry.yaml.lock", "registry.yaml")) -> list[str]:
    """What stands in the folder beside the registry and its lock."""
    return sorted(path.name for path in folder.iterdir() if path.name not in allowed)
