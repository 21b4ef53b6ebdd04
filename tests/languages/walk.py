"""Runs all cases and all dialogs in one process, in its language, and prints the screens.

`python walk.py [pseudo]` prints JSON: for each case and dialog its label, its exit code, its output, whether
there were messages, and all text from the user and from files; in the pseudo-language also the messages
looked up.
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parent.parent))  # for `repositories`

from pseudo import Pseudo, install
from repositories import new_repository

Case = dict[str, Any]

POSIX = os.name == "posix"
ACTING = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;?]*[A-Za-z]")
"""Links and styles."""


@contextmanager
def folder_with(case: Case) -> Iterator[Path]:
    """A folder that holds the files of a case, as the current one, and its commits."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        if "commits" in case:
            repository = new_repository(folder)
            for number, text in enumerate(case["commits"], 1):
                repository.commit(text, f"2026-01-{number:02}")
            if "unmerged" in case:
                repository.set_unmerged(*case["unmerged"])
            if "rebase" in case:
                (folder / ".git" / "rebase-merge").mkdir()
            if branch := case.get("new_branch"):
                repository.git("checkout", "-q", "--orphan", branch)
        else:
            (folder / ".git").mkdir()
        for file, text in case.get("files", {}).items():
            (folder / file).write_bytes(text.encode("utf-8", "surrogateescape"))
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(here)


def in_a_pipe(case: Case) -> tuple[int, str, bool]:
    """One command in this process: its exit code, all that it printed, and whether there were words."""
    from epncli.cli.main import main

    streams = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    with folder_with(case) as folder:
        sys.stdin = io.TextIOWrapper(io.BytesIO(case.get("stdin", "").encode()))
        sys.stdout, sys.stderr = io.TextIOWrapper(out), io.TextIOWrapper(err)
        try:
            for args in case.get("before", ()):
                main(list(args))
            for file, text in case.get("meanwhile", {}).items():
                (folder / file).write_text(text, encoding="utf-8")
            for buffer in (out, err):
                buffer.seek(0)
                buffer.truncate()
            code = int(main(case["args"]))
            sys.stdout.flush()
            sys.stderr.flush()
            words = err.getvalue().decode()
            shown = out.getvalue().decode(errors="replace") + words
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
    return code, shown.replace(str(folder), ""), bool(words)


def on_a_terminal(case: Case, catalog: Pseudo | None) -> tuple[int, str, bool]:
    """One dialog on a pseudo-terminal, in a copy of this process, which need not load all anew."""
    import pty

    from pexpect import EOF, ExceptionPexpect
    from pexpect.fdpexpect import fdspawn

    from epncli.i18n import _

    shown = ""
    with folder_with(case) as folder, prepared(case, folder):
        process, handle = pty.fork()
        if not process:
            _be_the_command(case, folder, catalog)
        terminal = fdspawn(handle, timeout=20, encoding="utf-8")
        terminal.delaybeforesend = None
        try:
            for question, answer in case.get("answers", ()):
                terminal.expect(re.sub(r"\\\{[a-z]+\\\}", ".+?", re.escape(_(question))))
                shown += terminal.before + terminal.after
                if answer in (None, "\x03"):
                    time.sleep(0.2)  # a signal just before the read would be heard only after it
                if answer is None:
                    os.kill(process, signal.SIGTERM)
                else:
                    terminal.send(answer if answer == "\x03" else answer + "\r")
            terminal.expect(EOF)
        except ExceptionPexpect as failure:
            raise AssertionError(case, shown, terminal.before) from failure
        shown += terminal.before
        os.close(handle)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if catalog:
            catalog.asked.update(json.loads((folder / "asked").read_text()))
    return code, ACTING.sub("", shown).replace("\r", "\n").replace(str(folder), ""), bool(shown.strip())


@contextmanager
def prepared(case: Case, folder: Path) -> Iterator[None]:
    """What a dialog finds beside files."""
    import fcntl

    (folder / "below").mkdir()
    if case.get("outside_git"):
        (folder / ".git").rmdir()
    for name, target in case.get("symlinks", {}).items():
        (folder / name).symlink_to(target)
    if case.get("hard_link"):
        os.link(folder / "registry.yaml", folder / "another.yaml")
    (folder / "editor.sh").write_text(case.get("editor", ""))
    with (folder / ".registry.yaml.lock").open("w") as lock:
        if case.get("locked"):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _be_the_command(case: Case, folder: Path, catalog: Pseudo | None) -> None:
    """What the child does; there is no way back."""
    import fcntl
    import termios

    code = 99
    try:
        size = struct.pack("HHHH", case.get("rows", 200), case.get("columns", 100), 0, 0)
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        own = {"TERM": "xterm-256color", "EPN_PAGER": "", "SHELL": "", "VISUAL": f"sh {folder}/editor.sh"}
        os.environ.update({**own, "HOME": str(folder), **case.get("env", {})})
        os.environ.pop("COLUMNS", None)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as `epncli.__main__` has it
        tempfile.tempdir = str(folder)  # where a kept text may be thrown away
        os.chdir(folder / case.get("folder", "."))
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115  closed with the process, as those below
        sys.stdout = open(case.get("out", 1), "w", encoding="utf-8")  # noqa: PTH123, SIM115
        sys.stderr = open(2, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
        if "patch" in case:
            module, name, value = case["patch"]
            setattr(import_module(f"epncli.cli.commands.{module}"), name, value)
        from epncli.cli.main import main
        from epncli.system import signals

        with signals.clean_up(lambda: _tell_asked(folder, catalog)):
            code = int(main(case["args"]))
        sys.stdout.flush()
    finally:
        os._exit(code)


def _tell_asked(folder: Path, catalog: Pseudo | None) -> None:
    if catalog:
        (folder / "asked").write_text(json.dumps(sorted(catalog.asked)))


def main(*, pseudo: bool) -> None:
    """Walk it all; the screens, and the messages that were asked for."""
    from epncli import i18n

    catalog = install() if pseudo else i18n.install()
    from cases import cases
    from dialogs import dialogs

    # No editor may wait for a person.
    os.environ.update({"VISUAL": f'"{sys.executable}" -c "raise SystemExit(1)"', "COLUMNS": "100"})
    screens = []
    for case in cases(i18n.language()):
        about = " ".join(case["args"]), json.dumps(case, ensure_ascii=False)  # Click takes the arguments away
        screens.append([*about, *in_a_pipe(case)])
    for case in dialogs() if POSIX else ():  # which need a terminal, and a copy of this process
        about = "on a terminal: " + " ".join(case["args"]), json.dumps(case, ensure_ascii=False)
        screens.append([*about, *on_a_terminal(case, catalog)])
    asked = sorted(catalog.asked) if catalog else []
    print(json.dumps({"screens": screens, "asked": asked}))  # noqa: T201


if __name__ == "__main__":
    main(pseudo=sys.argv[1:] == ["pseudo"])
