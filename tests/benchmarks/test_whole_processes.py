"""Compares the time and memory of epn with those of alternatives; the results go to RESULTS.md.

.venv/bin/pip install -e '.[dev,bench]'
.venv/bin/pytest tests/benchmarks
"""

from __future__ import annotations

import csv
import io
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest
from cliffs import CLIFFS, NEAR_NAMES, filled_text
from processes import EPN, FirstScreen, OnTerminal, Timed, in_turn, ratio
from registries import registry_text

RESULTS = Path(__file__).with_name("RESULTS.md")
START_ROUNDS, LARGE_ROUNDS, SLOW_ROUNDS = 21, 7, 3

LOOP = """\
import sys
from yaml.cyaml import CParser
with open(sys.argv[1], encoding="utf-8") as file:
    next_event = CParser(file.read()).get_event
while next_event() is not None:
    pass
"""
"""The least that reading YAML costs in Python."""
BARE_TABLE = """\
import csv, sys, typer
from rich.console import Console
from rich.table import Table
app = typer.Typer()
@app.command()
def main(file: str) -> None:
    table = Table("Code", "Commune", "Structure", "Téléphone")
    for _id, _statut, *cells in csv.reader(open(file, encoding="utf-8"), delimiter="\\t"):
        table.add_row(*cells)
    Console().print(table)
app()
"""
"""The least program of the same kind, on rows that are ready."""
LOAD_CHANGE_DUMP = """\
import sys, yaml
with open(sys.argv[1], encoding="utf-8") as file:
    registry = yaml.safe_load(file)
registry["structures"][len(registry["structures"]) // 2]["statut"] = "fermé"
with open(sys.argv[1], "w", encoding="utf-8") as file:
    yaml.safe_dump(registry, file, allow_unicode=True, sort_keys=False)
"""
TERMS = ("mediatheque", "paris", "2014")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    against: str
    at_most: float
    measured: float
    cpu: float | None = None
    seconds: float | None = None

    @property
    def holds(self) -> bool:
        return self.measured <= self.at_most


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """All measurements, one after the other; they are written down before any is judged."""
    folder = tmp_path_factory.mktemp("registries")
    found = {**start(folder), **large(folder), **checks(folder), **linear(folder)}
    RESULTS.write_text("".join(table(found)), encoding="utf-8")
    return found


def start(folder: Path) -> dict[str, Row]:
    file = folder / "65.yaml"
    file.write_text(registry_text(65), encoding="utf-8")
    book, sheet = _address_book(folder, file)
    epn = Timed([EPN, "list", "-r", file])
    typer = Timed([sys.executable, "-c", "import typer"])
    khard = Timed([_beside("khard"), "-c", book, "list"])
    csvlook = Timed([_beside("csvlook"), sheet])
    in_turn(START_ROUNDS, epn, typer, khard, csvlook)
    ready = folder / "65.tsv"
    ready.write_bytes(subprocess.run([EPN, "list", "-r", file], capture_output=True, check=True).stdout)
    screen = OnTerminal([EPN, "list", "-r", file])
    bare = OnTerminal([sys.executable, "-c", BARE_TABLE, ready])
    in_turn(START_ROUNDS, screen, bare)
    name, other = min(("khard list", khard), ("csvlook", csvlook), key=lambda pair: pair[1].seconds)
    return {
        "start": _row("`epn list`, 65, pipe", epn, LABEL_OF_TYPER, typer, 1.3),
        "terminal": Row(
            "`epn list`, 65, terminal", "a bare Typer program that prints a rich table of these rows", 1.3,
            ratio(screen.wall, bare.wall), seconds=screen.seconds,
        ),
        "start against others": _row("`epn list`, 65, pipe", epn, f"`{name}`, the faster of two", other, 0.8),
    }  # fmt: skip


def large(folder: Path) -> dict[str, Row]:
    file, smaller = folder / "20000.yaml", folder / "2000.yaml"
    file.write_text(registry_text(20_000), encoding="utf-8")
    smaller.write_text(registry_text(2_000), encoding="utf-8")
    loop = Timed([sys.executable, "-c", LOOP, file])
    commands = {name: make(file) for name, make in COMMANDS.items()}
    small = {name: make(smaller) for name, make in COMMANDS.items()}
    screen = FirstScreen([EPN, "list", "-r", file])
    first = make_first_list(file)
    in_turn(LARGE_ROUNDS, loop, first, screen, *commands.values(), *small.values())
    rows = {
        name: _row(f"{LABELS[name]}, 20,000", command, LABEL_OF_LOOP, loop, LIMITS[name])
        for name, command in commands.items()
    }
    rows["list first"] = _row(
        "`epn list --format tsv`, 20,000, nothing remembered", first, LABEL_OF_LOOP, loop, 1.75
    )
    peaks = [command.peak for command in (first, *commands.values())]
    rows["first screen"] = Row(
        "first screen of `epn list` in less, 20,000", LABEL_OF_LOOP, 2.5, ratio(screen.wall, loop.wall),
        seconds=screen.seconds,
    )  # fmt: skip
    close, other = make_close(file), _on_a_copy(file, sys.executable, "-c", LOAD_CHANGE_DUMP)
    in_turn(SLOW_ROUNDS, close, other)
    rows["others"] = _row("`epn close`, 20,000", close, "`yaml.safe_load`, change, `safe_dump`", other, 0.1)
    first, again = make_imports(file)
    in_turn(SLOW_ROUNDS, loop, first, again)
    rows["import"] = _row(
        "`epn import --recipe`, 20,000 rows for the first time", first, LABEL_OF_LOOP, loop, 12
    )
    rows["import again"] = _row("`epn import --recipe`, the same rows again", again, LABEL_OF_LOOP, loop, 12)
    for name, command in commands.items():
        rows[f"{name} is linear"] = _row(
            f"{LABELS[name]}, 20,000", command, "the same on 2,000, a tenth", small[name], 10.5
        )
    memory = max(peaks) / file.stat().st_size
    rows["memory"] = Row("peak memory of these commands, 20,000", "the size of the file", 40, memory)
    return {**rows, **remembered(file)}


def remembered(file: Path) -> dict[str, Row]:
    """What is as fast as it is because the file was read before."""
    typer, tab = Timed([sys.executable, "-c", "import typer"]), make_completion(file)
    in_turn(START_ROUNDS, typer, tab)
    rows = {"completion": _row("TAB on a REF, 20,000, the second time", tab, LABEL_OF_TYPER, typer, 3.5)}
    if MILLER:
        table, again = file.with_suffix(".csv"), COMMANDS["list"](file)
        subprocess.run([EPN, "export", "csv", "-r", file, "-o", table], check=True)
        miller = Timed([MILLER, "--icsv", "--otsv", "cat", table])
        in_turn(LARGE_ROUNDS, miller, again)
        rows["miller"] = _row(
            "`epn list --format tsv`, 20,000, the second time", again, "`mlr --icsv --otsv cat` on the CSV",
            miller, 4,
        )  # fmt: skip
    return rows


def make_first_list(file: Path) -> Timed:
    """A list of a file of which nothing is remembered."""
    cache = file.with_name("cache")
    return Timed(
        [EPN, "list", "--format", "tsv", "-r", file],
        before=lambda: shutil.rmtree(cache, ignore_errors=True), environment={"XDG_CACHE_HOME": str(cache)},
    )  # fmt: skip


def make_completion(file: Path) -> Timed:
    """What a shell runs at each TAB: here for a REF that a hundred ids fit."""
    word = "lieu-012"
    asked = {
        "_EPN_COMPLETE": "bash_complete", "_EPN_LINE": f"epn show -r {file} {word}", "_EPN_WORD": word,
        "_EPN_TYPE": "63",
    }  # fmt: skip
    done = subprocess.run([EPN], env={**os.environ, **asked}, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 100, done.stdout
    return Timed([EPN], environment=asked)


def checks(folder: Path) -> dict[str, Row]:
    """The check of a registry with many findings, and of one without any; a dry run against the change."""
    file, filled = folder / "20000.yaml", folder / "filled.yaml"
    filled.write_text(filled_text(20_000), encoding="utf-8")
    loop, other_loop = (Timed([sys.executable, "-c", LOOP, one]) for one in (file, filled))
    findings = Timed([EPN, "check", "-r", file], exit_code=1)
    nothing = Timed([EPN, "check", "-r", filled])
    dry_run = _on_a_copy(file, EPN, "close", "lieu-01234", "--date", "2015-03", "--dry-run", "-r")
    close = make_close(file)
    in_turn(SLOW_ROUNDS, loop, findings, other_loop, nothing, dry_run, close)
    return {
        "check": _row("`epn check`, 20,000, many findings", findings, LABEL_OF_LOOP, loop, 6),
        "check without findings": _row(
            "`epn check`, 20,000, every field filled, no finding", nothing, LABEL_OF_LOOP, other_loop, 6
        ),
        "dry run": _row("`epn close --dry-run`, 20,000", dry_run, "`epn close`", close, 1.1),
    }


def linear(folder: Path) -> dict[str, Row]:
    """Inputs that took time quadratic in their size, against a tenth of them."""
    rows = {}
    for name, cliff in CLIFFS.items():
        large, small = (
            Timed([EPN, *cliff.arguments(folder / f"{name} {count}", count)], exit_code=cliff.exit_code)
            for count in (cliff.count, cliff.count // 10)
        )
        in_turn(SLOW_ROUNDS, large, small)
        at_most = 11 if name == NEAR_NAMES else 12
        rows[name] = _row(cliff.label, large, "the same on a tenth", small, at_most)
    return rows


def make_close(file: Path) -> Timed:
    """One change on disk, each time in a fresh copy of the file."""
    return _on_a_copy(file, EPN, "close", "lieu-01234", "--date", "2015-03", "-r")


def make_imports(file: Path) -> tuple[Timed, Timed]:
    """The import of a partner's file into an empty registry, and of the same file once more."""
    registry, table, recipe = (file.with_name(name) for name in ("hub.yaml", "hub.csv", "partner.yaml"))
    recipe.write_text("identifiant: id\nconstantes: {source: Hub}\n", encoding="utf-8")
    subprocess.run([EPN, "export", "csv", "-r", file, "-o", table], check=True)

    def empty() -> None:
        registry.write_text("structures: []\n", encoding="utf-8")
        recipe.with_suffix(".last.csv").unlink(missing_ok=True)

    command = [EPN, "import", table, "--recipe", recipe, "-r", registry, "--yes"]
    return Timed(command, before=empty), Timed(command)


def _on_a_copy(file: Path, *command: str) -> Timed:
    copy = file.with_name(f"copy of {file.name}")
    return Timed([*command, copy], before=lambda: shutil.copy(file, copy))


COMMANDS: dict[str, Callable[[Path], Timed]] = {
    "list": lambda file: Timed([EPN, "list", "--format", "tsv", "-r", file]),
    "search": lambda file: Timed([EPN, "search", *TERMS, "-r", file]),
    "export": lambda file: Timed([EPN, "export", "csv", "-r", file]),
    "page": lambda file: Timed([EPN, "export", "page", "-r", file]),
    "close": make_close,
}
LABELS = {
    "list": "`epn list --format tsv`, the second time",
    "search": "`epn search`, three terms, the second time",
    "export": "`epn export csv`, the second time",
    "page": "`epn export page`, the second time",
    "close": "`epn close`, verified, on disk, after a command that read the file",
}
LABEL_OF_LOOP = "only libyaml's events"
LABEL_OF_TYPER = '`python -c "import typer"`'
LIMITS = {"list": 0.9, "search": 1.0, "export": 1.2, "page": 3, "close": 2.2}
MILLER = shutil.which("mlr")


def _row(what: str, one: Timed, against: str, other: Timed, at_most: float) -> Row:
    return Row(what, against, at_most, ratio(one.wall, other.wall), ratio(one.cpu, other.cpu), one.seconds)


def _beside(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def _address_book(folder: Path, registry: Path) -> tuple[Path, Path]:
    """The same structures as vCards under a khard configuration, and as CSV."""
    sheet = folder / "65.csv"
    done = subprocess.run([EPN, "export", "csv", "-r", registry], capture_output=True, check=True)
    sheet.write_bytes(done.stdout)
    cards = folder / "cards"
    cards.mkdir()
    for row in csv.DictReader(io.StringIO(done.stdout.decode(), newline="")):
        lines = [
            "BEGIN:VCARD", "VERSION:3.0", f"UID:{row['id']}", f"FN:{row['nom']}", f"N:{row['nom']};;;;",
            f"ADR:;;{row['adresse']};{row['commune']};;{row['code_postal']};France",
            *(f"TEL:{number}" for number in row["telephones"].split("|") if number), "END:VCARD", "",
        ]  # fmt: skip
        (cards / f"{row['id']}.vcf").write_text("\r\n".join(lines), encoding="utf-8", newline="")
    configuration = folder / "khard.conf"
    configuration.write_text(f"[addressbooks]\n[[epn]]\npath = {cards}\n", encoding="utf-8")
    return configuration, sheet


def table(rows: dict[str, Row]) -> Iterator[str]:
    """The table, with the machine, the versions and the command that made it."""
    packages = ("PyYAML", "typer", "click", "khard", "csvkit")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    yield f"{_processor()}, {platform.system()}, Python {platform.python_version()}, {versions}. "
    yield "Whole processes; medians of the ratios of alternating runs, "
    yield "made by `.venv/bin/pytest tests/benchmarks`.\n\n"
    yield "| what | against | at most | measured | processor time only | seconds | holds |\n"
    yield "|---|---|---|---|---|---|---|\n"
    for row in rows.values():
        cpu = "" if row.cpu is None else f"{row.cpu:.2f}"
        seconds = "" if row.seconds is None else f"{row.seconds:.2f}"
        figures = f"{row.at_most:g} | {row.measured:.2f} | {cpu} | {seconds} | {'yes' if row.holds else 'no'}"
        yield f"| {row.what} | {row.against} | {figures} |\n"


def _processor() -> str:
    try:
        about = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in about.splitlines() if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


@pytest.mark.parametrize(
    "name",
    [
        "start", "start against others", "terminal", "list", "search", "export", "page", "close",
        "first screen", "others", "import", "import again", *(f"{name} is linear" for name in COMMANDS),
        "memory", "list first", "completion", "miller",
        "check", "check without findings", "dry run", *CLIFFS,
    ],
)  # fmt: skip
def test_the_ratio_is_at_most_what_was_promised(rows: dict[str, Row], name: str) -> None:
    if name == "miller" and not MILLER:
        pytest.skip("Miller is not installed (Debian's package miller)")
    row = rows[name]
    assert row.measured <= row.at_most, row
