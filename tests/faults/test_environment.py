"""Environments of a shell, of cron, of a container or of an old system."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from children import registry_text

TEXT = registry_text(1).replace("Lieu 0", "Étage – œuvre")
LINE = "lieu-0\touvert\t75012\tParis\tÉtage – œuvre\t\n"
BARE = {"PATH": os.defpath} if os.name == "posix" else {"SYSTEMROOT": os.environ["SYSTEMROOT"], "LANG": "C"}


BOUND_BY_MODES = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if os.name == "posix" and os.geteuid() == 0
    else ()
)
"""What starts a process that may do no more than the modes of files say, even as root."""


def start(
    folder: Path, *argv: str | Path, before: Sequence[str] = (), **options: object
) -> subprocess.CompletedProcess[bytes]:
    """Run the command with nothing else in its environment but what the test gives."""
    (folder / "registry.yaml").write_text(TEXT, encoding="utf-8")
    environment = BARE | {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    return subprocess.run(  # noqa: PLW1510  it is among the options
        [*before, sys.executable, "-m", "epncli", *map(str, argv)],
        **{
            "cwd": folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
            "check": False, "timeout": 60, **options,
            "env": environment | options.get("env", {}),
        },  # type: ignore[call-overload]
    )  # fmt: skip


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LANG": "C"},
        {"LC_ALL": "POSIX"},
        {"LANG": "fr_FR.ISO-8859-1", "EPN_LANG": "en"},
        {"LANG": "no_such@locale"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"},
        {"PYTHONUTF8": "0", "LC_ALL": "C"},
        {"HOME": "/nonexistent"},
        {"HOME": ""},
        {"TERM": "dumb", "COLUMNS": "-3", "LINES": "x"},
        {"EPN_LOCK_SECONDS": "soon"},
        {"EPN_REGISTRY": ""},
    ],
)
def test_the_environment_changes_no_byte_of_a_list(folder: Path, environment: dict[str, str]) -> None:
    done = start(folder, "list", env=environment)
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (0, LINE, "1 structure\n")


@pytest.mark.parametrize("environment", [{}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_a_change_says_what_it_did_and_writes_utf_8(folder: Path, environment: dict[str, str]) -> None:
    done = start(
        folder, "edit", "étage", "--set", "notes=çà", "--set", "date_maj=2026-01-31", env=environment
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode().startswith("Étage – œuvre: changed notes")
    assert (folder / "registry.yaml").read_text(encoding="utf-8") == (
        TEXT + '    notes: çà\n    date_maj: "2026-01-31"\n'
    )


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)])
@pytest.mark.parametrize(
    "command", [("list",), ("close", "lieu-0"), ("close", "nothing"), ("show", "lieu-0")]
)
@pytest.mark.needs("sh")
def test_closed_files_0_1_and_2_are_no_fault(
    folder: Path, closed: tuple[int, ...], command: tuple[str, ...]
) -> None:
    close = " ".join(f"{number}>&-" for number in closed).replace("0>&-", "<&-")
    (folder / "registry.yaml").write_text(TEXT, encoding="utf-8")
    line = f'"$@" {close}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, "sh", sys.executable, "-m", "epncli", *command],
        cwd=folder, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == (1 if "nothing" in command else 0), done.stderr.decode()
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr
    text = (folder / "registry.yaml").read_text(encoding="utf-8")
    assert ("fermé" in text) == (command == ("close", "lieu-0"))
    assert text.startswith(TEXT.rstrip("\n"))


@pytest.mark.parametrize(
    "name",
    [
        "deux mots.yaml",
        "é – œ.yaml",
        pytest.param("ligne\nligne.yaml", marks=pytest.mark.needs("odd names")),
        "-r.yaml",
        "[red]x.yaml",
        pytest.param("a'b\".yaml", marks=pytest.mark.needs("odd names")),
    ],
)
def test_any_name_of_a_file_is_a_name(folder: Path, name: str) -> None:
    (folder / name).write_text(TEXT, encoding="utf-8")
    for options in (("-r", f"./{name}"), (f"--registry={name}",)):
        assert start(folder, "list", *options).stdout.decode() == LINE
    done = start(folder, "close", "lieu-0", f"--registry={name}")
    assert done.returncode == 0, done.stderr.decode()
    assert "fermé" in (folder / name).read_text(encoding="utf-8")
    missing = start(folder, "list", "-r", f"no {name}")
    assert missing.returncode == 3
    assert len(missing.stderr.decode().splitlines()) == 2


@pytest.mark.needs("odd names")
def test_a_name_that_is_no_utf_8_is_a_name(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    (folder / name).write_text(TEXT, encoding="utf-8")
    assert start(folder, "list", "-r", name).stdout.decode() == LINE
    missing = start(folder, "list", "-r", "x" + name)
    assert (missing.returncode, b"Traceback" in missing.stderr) == (3, False)


@pytest.mark.needs("sh")
def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["/bin/sh", "-c", 'rmdir "$PWD" && "$@"', "sh", sys.executable, "-m", "epncli", "list"],
        cwd=gone, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode in (3, 4)
    assert b"error: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.needs("sh")
def test_a_pipe_that_nobody_reads_any_more_is_no_fault(folder: Path) -> None:
    (folder / "registry.yaml").write_text(registry_text(3000), encoding="utf-8")
    for command in ("list", "list --format json", "export csv", "export markdown", "show lieu-1"):
        line = f'"$0" -m epncli {command} | head -c 10 > /dev/null; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(
            ["/bin/bash", "-c", line, sys.executable],
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.stdout == b"0\n", (command, done.stderr.decode())
        assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr


@pytest.mark.needs("odd names")
@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("check",),
        ("check", "--fix"),
        ("edit", "lieu-0", "--set", "notes=x"),
        ("undo",),
        ("import",),
    ],
)
def test_a_name_that_is_too_long_is_that_of_a_file_that_cannot_be_read(
    folder: Path, command: tuple[str, ...]
) -> None:
    name = "a" * 300
    done = start(folder, *command, *([name] if command == ("import",) else ["-r", name]))
    assert (done.returncode, done.stdout, done.stderr.decode()) == (
        3,
        b"",
        f"{name}: error: the file cannot be read: File name too long\n  check its path and its permissions\n",
    )


@pytest.mark.needs("odd names")
def test_an_export_to_a_name_that_is_too_long_is_refused_as_one(folder: Path) -> None:
    name = "a" * 300
    done = start(folder, "export", "csv", "-o", name)
    said = (
        f"{name}: error: the file cannot be written: File name too long\n  nothing was written; try again\n"
    )
    assert (done.returncode, done.stderr.decode()) == (4, said)


@pytest.mark.needs("symlinks")
def test_a_link_to_itself_beside_the_registry_is_no_fault_of_a_change(folder: Path) -> None:
    (folder / "loop.yaml").symlink_to("loop.yaml")
    done = start(folder, "close", "lieu-0", "--date", "2024")
    assert (done.returncode, done.stderr.decode()) == (
        0,
        "Étage – œuvre: closed in 2024\n  to undo: epn undo\n",
    )


@pytest.mark.needs("bound by modes")
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (("list", "-r", "shut/registry.yaml"), 3, "the file cannot be read: Permission denied"),
        (("edit", "lieu-0", "--set", "notes=x", "-r", "shut/registry.yaml"), 3, "Permission denied"),
        (("import", "shut/list.csv"), 3, "the file cannot be read: Permission denied"),
        (("diff", "shut/registry.yaml", "registry.yaml"), 3, "the file cannot be read: Permission denied"),
        (("export", "csv", "-o", "shut/list.csv"), 4, "the folder of the file is not writable"),
        (("init", "shut/registry.yml"), 4, "the folder of the file is not writable"),
    ],
)
def test_a_folder_that_may_be_listed_but_not_entered_is_said(
    folder: Path, command: tuple[str, ...], code: int, said: str
) -> None:
    (folder / "shut").mkdir()
    (folder / "shut").chmod(0o444)
    done = start(folder, *command, before=BOUND_BY_MODES)
    assert (done.returncode, done.stdout) == (code, b"")
    assert said in done.stderr.decode() and "Traceback" not in done.stderr.decode()


@pytest.mark.needs("bound by modes")
def test_a_change_in_a_folder_that_may_not_be_listed_is_not_called_failed(folder: Path) -> None:
    within = folder / "within"
    within.mkdir()
    (within / "registry.yaml").write_text(TEXT, encoding="utf-8")
    within.chmod(0o333)
    done = start(folder, "close", "lieu-0", "--date", "2024", before=BOUND_BY_MODES, cwd=within)
    within.chmod(0o700)
    assert (done.returncode, done.stderr.decode()) == (
        0,
        "in registry.yaml\nÉtage – œuvre: closed in 2024\n  to undo: epn undo\n",
    )
