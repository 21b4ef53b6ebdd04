"""Start of the command: its imports, its exit in a closed pipe, its help."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.app import COMMANDS

Command = Callable[..., Any]

PARIS = Path(__file__).parents[2] / "registry.yaml"
HEAVY = (
    "rich", "phonenumbers", "pydantic", "importlib.metadata", "jinja2", "rapidfuzz", "filelock",
    "epncli.rules.dates", "epncli.yamlfile.remembered", "epncli.system.cache_folder",
)  # fmt: skip


@pytest.mark.parametrize("args", [["list"], ["list", "--open", "--code-postal", "75"], ["search", "emmaus"]])
def test_a_list_in_a_pipe_loads_nothing_heavy(args: list[str]) -> None:
    script = (
        f"import sys; sys.argv = ['epn', *{args!r}, '-r', {str(PARIS)!r}]\n"
        "from epncli.__main__ import main\n"
        "assert main() == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]"
    assert len(done.stdout.splitlines()) >= 5


def test_the_process_ends_with_its_code_and_calls_what_is_registered_for_its_end() -> None:
    script = (
        "import atexit, sys\n"
        "from epncli.__main__ import command\n"
        "atexit.register(lambda: sys.stdout.write('last words'))\n"
        "sys.argv = ['epn', 'list', '-r', 'missing.yaml']\n"
        "command()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "last words")


@pytest.mark.parametrize(
    "args",
    [["list"], ["list", "--format", "json"], ["list", "--format", "table"], ["export", "csv"], ["--help"]],
)
@pytest.mark.parametrize("stream", ["2>/dev/null", "2>&1"])
@pytest.mark.needs("sh")
def test_a_closed_pipe_ends_quietly(
    registry_file: Callable[..., Path], tmp_path: Path, args: list[str], stream: str
) -> None:
    record = "  - id: s-{}\n    nom: Structure\n    commune: Paris\n    code_postal: '75001'\n"
    registry_file("structures:\n" + "".join(record.format(number) for number in range(3000)))
    command = f'{{ "{sys.executable}" -m epncli {" ".join(args)} {stream}; echo $? > code; }} | head -1'
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (tmp_path / "code").read_text() == "0\n"
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.parametrize("args", [["list"], ["list", "--format", "json"], ["export", "csv"]])
def test_a_reader_that_leaves_after_the_first_bytes_is_no_fault(
    registry_file: Callable[..., Path], tmp_path: Path, args: list[str]
) -> None:
    record = "  - id: s-{}\n    nom: Structure\n    commune: Paris\n    code_postal: '75001'\n"
    registry_file("structures:\n" + "".join(record.format(number) for number in range(3000)))
    with subprocess.Popen(
        [sys.executable, "-m", "epncli", *args], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert len(process.stdout.read(10)) == 10
        process.stdout.close()
        said = process.stderr.read().splitlines()
        assert (process.wait(), [line for line in said if line != b"3,000 structures"]) == (0, [])


@pytest.mark.parametrize("args", [["list"], ["show", "microlithe"], ["export", "csv"], ["--version"]])
@pytest.mark.usefixtures("registry")
@pytest.mark.needs("full device")
def test_a_full_disk_behind_standard_output_is_said(tmp_path: Path, args: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "epncli", *args], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        4,
        (
            "error: the system reported an error: No space left on device\n"
            "  check the disk and the permissions\n"
        ),
    )


@pytest.mark.usefixtures("registry")
@pytest.mark.needs("sh")
def test_closed_streams_are_no_fault(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m epncli'
    script = f"{command} list >&- && {command} list 2>&- >/dev/null && {command} close alternord >&- 2>&- <&-"
    done = subprocess.run(
        ["/bin/sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "4 structures, 1 closed\n")


def test_epn_alone_prints_its_commands(invoke: Command) -> None:
    alone, asked = invoke(), invoke("--help")
    assert (alone.code, alone.err) == (0, "")
    assert alone == asked == invoke("-h")
    for name in COMMANDS:
        assert f"\n  {name} " in alone.out


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_help_of_a_command_says_what_it_does_and_shows_how_it_is_typed(
    invoke: Command, name: str
) -> None:
    run = invoke(name, "--help")
    assert (run.code, run.err) == (0, "")
    assert run.out == invoke(name, "-h").out
    assert run.out.startswith(f"Usage: epn {name} ")
    assert f"\n  Examples:\n    epn {name}" in run.out
    assert "-r, --registry FILE" in run.out or name in ("init", "schema")
    assert run.out.count("rguments:") <= 1
    for line in run.out.partition("\nOptions:\n")[2].splitlines():
        assert line.strip() not in ("", "[required]")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["lst"], "error: No such command 'lst'. Did you mean 'list'?"),
        (["clsoe"], "error: No such command 'clsoe'. Did you mean 'close'?"),
        (["fermer"], "error: No such command 'fermer'. Did you mean 'close'?"),
        (["delete"], "error: No such command 'delete'. Did you mean 'remove'?"),
        (["help", "list"], "error: No such command 'help'. Did you mean '--help'?"),
        (["version"], "error: No such command 'version'. Did you mean '--version'?"),
        (["--aide"], "error: No such option '--aide'. Did you mean '--help'?"),
        (["zzz"], "error: No such command 'zzz'."),
        (["--nope"], "error: No such option"),
    ],
)
def test_a_command_that_is_none_is_a_slip(invoke: Command, args: list[str], message: str) -> None:
    run = invoke(*args)
    lines = run.err.splitlines()
    assert (run.code, run.out, lines[-1]) == (2, "", "see ‘epn --help’")
    assert lines[1].startswith(message)


def test_the_version_is_the_packages(invoke: Command) -> None:
    import epncli

    assert invoke("-V") == invoke("--version")
    assert invoke("-V").out == f"epn {epncli.__version__}\n"


@pytest.mark.usefixtures("registry")
def test_a_fault_of_epn_itself_is_a_sentence_and_with_epn_debug_a_traceback(
    invoke: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_option: str) -> None:
        raise ZeroDivisionError("zut")

    monkeypatch.setattr("epncli.cli.commands.list_.read_registry", broken)
    run = invoke("list")
    assert (run.code, run.out, run.err) == (
        70,
        "",
        (
            "error: internal error in epn: ZeroDivisionError: zut\n"
            "  the registry is intact; run the command again with EPN_DEBUG=1 and report the output\n"
        ),
    )
    monkeypatch.setenv("EPN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        invoke("list")
