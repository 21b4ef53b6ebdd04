"""Fixtures for all tests: a registry in a file, and the command run on it."""

from __future__ import annotations

import atexit
import gc
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # for the modules there that are no tests

from repositories import Repository, new_repository

KEPT = (
    # Where programs, modules and temporary files are: of the machine, and of how the tests are started.
    "PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR",
    # Without these no process starts on Windows.
    "COMSPEC", "PATHEXT", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "WINDIR",
)  # fmt: skip
KEPT_PREFIXES = ("COVERAGE_", "PYTEST_", "WINE")


def _leave_the_environment() -> None:
    """Take off all that the caller's environment could change, before the first test is imported.

    What a test needs of it, it sets: a language, a terminal, an editor, a pager, git's variables.
    """
    for name in list(os.environ):
        if name.upper() not in KEPT and not name.upper().startswith(KEPT_PREFIXES):
            del os.environ[name]
    home = tempfile.mkdtemp(prefix="epn-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    state = str(Path(home, "state"))  # what undoes a change is kept there, under the path of the file
    cache = str(Path(home, "cache"))  # what was read of a large file is kept there
    own = {"HOME": home, "USERPROFILE": home, "XDG_STATE_HOME": state, "XDG_CACHE_HOME": cache, "TZ": "UTC"}
    os.environ.update(own)
    if hasattr(time, "tzset"):
        time.tzset()
    if os.name == "nt":
        os.environ["LANG"] = "C"  # without it Windows itself tells the language
    os.umask(0o022)
    # `nohup` and a shell's `&` leave these ignored, and a process that is started from here inherits that.
    for name, handler in (("SIGHUP", signal.SIG_DFL), ("SIGINT", signal.default_int_handler)):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


_leave_the_environment()


def _has_links() -> bool:
    """Wine makes none, and says that it did; Windows lets only some people make them."""
    with tempfile.TemporaryDirectory() as name:
        try:
            Path(name, "link").symlink_to("nowhere")
        except OSError:
            return False
        return Path(name, "link").is_symlink()


POSIX = os.name == "posix"
collect_ignore = ["benchmarks"]
"""Not collected from any folder unless it is named: `pytest tests/benchmarks`."""

NEEDS = {
    "bound by modes": (
        POSIX and (os.geteuid() != 0 or shutil.which("setpriv") is not None),
        "nothing here takes from root what it may do",
    ),
    "fifo": (hasattr(os, "mkfifo"), "no FIFO here"),
    "fork": (hasattr(os, "fork"), "a process cannot be copied here (fork)"),
    "full device": (Path("/dev/full").exists(), "no /dev/full here"),
    "git": (shutil.which("git") is not None, "git is not installed"),
    "khard": (
        POSIX and find_spec("khard") is not None,
        "khard is not installed, or not made for this system",
    ),
    "less": (shutil.which("less") is not None, "less is not installed"),
    "folders before ..": (POSIX, "a folder before `..` in a path need not exist here"),
    "free folders": (POSIX, "what a process is in, or has open, cannot be deleted here"),
    "modes": (POSIX, "files have no POSIX modes and owners here"),
    "not root": (not POSIX or os.geteuid() != 0, "the administrator may do everything"),
    "odd names": (POSIX, "no file can have such a name here"),
    "pty": (POSIX, "no pseudo-terminal here"),
    "root": (POSIX and os.geteuid() == 0, "only root may do this"),
    "sh": (POSIX, "no POSIX shell here"),
    "signals": (POSIX, "a process can send another one no signals here"),
    "symlinks": (_has_links(), "no symbolic links here"),
    "vobject": (find_spec("vobject") is not None, "vobject is not installed"),
    "windows": (not POSIX, "this is not Windows"),
    "usage": (POSIX, "the system does not tell what a process has used, nor limits it"),
}
"""What some tests cannot do without: whether this machine has it, and what to say where it has not."""


settings.register_profile("epn", max_examples=60, deadline=None)  # no limit of time
settings.load_profile("epn")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: many tests wait for a terminal, a lock or a program."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: each full collection would look at it anew."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is marked with `needs` where that is lacking."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            there, reason = NEEDS[name]
            if not there:
                pytest.skip(reason)


@dataclass(frozen=True)
class Run:
    """How a run of the command ended, and what it printed."""

    code: int
    out: str
    err: str


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the catalog, so that no stale .mo is tested; once, even with several workers."""
    if hasattr(session.config, "workerinput"):
        return
    from epncli.locale.build import compile_catalogs

    compile_catalogs()


@pytest.fixture
def quoted() -> Callable[[str], str]:
    """A word as it has to be pasted into the shell of this system, where it cannot do without quotes."""
    return shlex.quote if POSIX else '"{}"'.format


@pytest.fixture
def registry_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a registry into the test's folder: text as it stands, line ends included, or bytes."""

    def write(content: str | bytes, name: str = "registry.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty git repository in the test's folder."""
    return new_repository(tmp_path)


@pytest.fixture
def epn(tmp_path: Path) -> Callable[..., Run]:
    """Run the command in a fresh process, in the test's folder; `env` is added, None takes away."""

    def run(
        *args: str | Path,
        stdin: str | bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
    ) -> Run:
        merged = {**os.environ, **(env or {})}
        done = subprocess.run(
            [sys.executable, "-m", "epncli", *map(str, args)],
            input=stdin.encode() if isinstance(stdin, str) else stdin or b"",
            env={name: value for name, value in merged.items() if value is not None},
            cwd=cwd or tmp_path,
            capture_output=True,
            check=False,
            timeout=60,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def invoke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """Run the command in this process, in English and in the test's folder: quicker than `epn`."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str | Path, stdin: str | bytes = b"") -> Run:
        from epncli.cli import app
        from epncli.cli.main import main

        app.epn.cache_clear()  # what it is made of knows how wide the terminal was
        app.load_command.cache_clear()
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Run(int(code), out, err)

    return run
