"""Change the package in one small place at a time, and report the changes that no test detects.

    python tests/mutants.py --number 40 epncli/rules epncli/query
    python tests/mutants.py epncli/rules/dates.py:63

docs/mutation-testing.md says when to run this and what the last run found. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTEST = (sys.executable, "-m", "pytest", "-n0", "-x", "-q", "-p", "no:cacheprovider", "--no-header")
SHORTEST_TIMEOUT = 60.0

WEIGHTS = {"limit": 3, "guard": 3, "number": 2, "pattern": 2}
"""Kinds of mutants that are drawn more often than the others, which have the weight 1."""

COMPARISONS: dict[type[ast.cmpop], tuple[str, str, str]] = {
    ast.Lt: ("limit", "<", "<="),
    ast.LtE: ("limit", "<=", "<"),
    ast.Gt: ("limit", ">", ">="),
    ast.GtE: ("limit", ">=", ">"),
    ast.Eq: ("comparison", "==", "!="),
    ast.NotEq: ("comparison", "!=", "=="),
    ast.In: ("comparison", "in", "not in"),
    ast.NotIn: ("comparison", "not in", "in"),
    ast.Is: ("comparison", "is", "is not"),
    ast.IsNot: ("comparison", "is not", "is"),
}
OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any"}
QUANTIFIER = re.compile(r"(?<=[{,])\d+(?=[},])")


@dataclass(frozen=True)
class Mutant:
    """A file of the package with the text between two offsets replaced."""

    path: Path
    kind: str
    line: int
    start: int
    end: int
    new: str

    def source(self) -> str:
        """The whole file with the replacement."""
        text = self.path.read_text(encoding="utf-8")
        return text[: self.start] + self.new + text[self.end :]

    @property
    def column(self) -> int:
        """From 1, as editors count."""
        return self.start - self.path.read_text(encoding="utf-8").rfind("\n", 0, self.start)

    def __str__(self) -> str:
        place = f"{self.path.relative_to(ROOT).as_posix()}:{self.line}:{self.column}"
        old = " ".join(self.path.read_text(encoding="utf-8")[self.start : self.end].split())
        return f"{place}: {self.kind}: {old[:60]!r} -> {self.new!r}"


class Finder:
    """Finds the mutants of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.splitlines(keepends=True)

    def mutants(self) -> Iterator[Mutant]:
        """All mutants of the file."""
        for node in self._nodes(ast.parse(self.text)):
            if isinstance(node, ast.Compare):
                yield from self._comparison(node)
            elif isinstance(node, ast.Constant):
                yield from self._constant(node)
            elif isinstance(node, ast.BoolOp | ast.BinOp | ast.UnaryOp):
                yield from self._operation(node)
            elif isinstance(node, ast.Slice):
                yield from (self._replaced("slice", end, "") for end in (node.lower, node.upper) if end)
            elif isinstance(node, ast.Name) and node.id in OTHER_NAME:
                yield self._replaced("name", node, OTHER_NAME[node.id])
            elif isinstance(node, ast.stmt):
                yield from self._statement(node)

    def _nodes(self, node: ast.AST) -> Iterator[ast.AST]:
        """Every node whose position is known: those inside an f-string have none."""
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.JoinedStr):
                yield child
                yield from self._nodes(child)

    def _comparison(self, node: ast.Compare) -> Iterator[Mutant]:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            kind, old, new = COMPARISONS[type(operator)]
            yield from self._between(kind, left, right, old, new)
            left = right

    def _constant(self, node: ast.Constant) -> Iterator[Mutant]:
        if isinstance(node.value, bool):
            yield self._replaced("truth", node, str(not node.value))
        elif isinstance(node.value, int):
            yield self._replaced("number", node, str(node.value + 1))
            yield self._replaced("number", node, str(node.value - 1))
        elif isinstance(node.value, str) and self._source(node).startswith(('r"', "r'")):
            start, end = self._span(node)
            for found in QUANTIFIER.finditer(self.text, start, end):
                for number in (int(found[0]) + 1, int(found[0]) - 1):
                    yield Mutant(self.path, "pattern", node.lineno, *found.span(), str(number))

    def _operation(self, node: ast.BoolOp | ast.BinOp | ast.UnaryOp) -> Iterator[Mutant]:
        if isinstance(node, ast.BoolOp):
            old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in itertools.pairwise(node.values):
                yield from self._between("connective", left, right, old, new)
        elif isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.Not):
                yield self._replaced("negation", node, f"({self._source(node.operand)})")
        elif isinstance(node.op, ast.Add):
            yield from self._between("arithmetic", node.left, node.right, "+", "-")
        elif isinstance(node.op, ast.Sub):
            yield from self._between("arithmetic", node.left, node.right, "-", "+")

    def _statement(self, node: ast.stmt) -> Iterator[Mutant]:
        if isinstance(node, ast.If):
            if not node.orelse and self._source(node.test) != "TYPE_CHECKING":
                yield self._replaced("guard", node.test, "False")
        elif isinstance(node, ast.AugAssign) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ):
            yield self._replaced("statement", node, "pass")

    def _between(self, kind: str, left: ast.expr, right: ast.expr, old: str, new: str) -> Iterator[Mutant]:
        """The operator between two expressions; brackets and comments may stand there too."""
        start, end = self._span(left)[1], self._span(right)[0]
        word = rf"\b{old}\b".replace(" ", r"\s+") if old.isalpha() or " " in old else re.escape(old)
        if found := re.compile(word).search(self.text, start, end):
            line = self.text.count("\n", 0, found.start()) + 1
            yield Mutant(self.path, kind, line, *found.span(), new)

    def _replaced(self, kind: str, node: ast.expr | ast.stmt, new: str) -> Mutant:
        return Mutant(self.path, kind, node.lineno, *self._span(node), new)

    def _source(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self.text[start:end]

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _offset(self, line: int, column: int) -> int:
        """The place in the text; `column` counts the bytes of UTF-8."""
        before = self.lines[line - 1].encode()[:column].decode()
        return sum(map(len, self.lines[: line - 1])) + len(before)


def sample(places: list[str], number: int, seed: int) -> list[Mutant]:
    """The mutants of folders, files, lines or places (`file.py:12:5`): all, or `number` drawn at random."""
    found: list[Mutant] = []
    for place in places:
        name, *numbers = place.split(":")
        path = ROOT / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found += [
                mutant
                for mutant in Finder(file).mutants()
                if list(map(int, numbers)) == [mutant.line, mutant.column][: len(numbers)]
            ]
    if not number or number >= len(found):
        return found
    draw = random.Random(seed)  # noqa: S311  a sample, no secret
    rank = {mutant: draw.random() ** (1 / WEIGHTS.get(mutant.kind, 1)) for mutant in found}
    return sorted(
        sorted(found, key=rank.__getitem__)[-number:], key=lambda mutant: (mutant.path, mutant.start)
    )


class Copy:
    """A copy of the project, in which mutants are tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607  git is where the person who runs this has it
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        for name in filter(None, listed.stdout.split("\0")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
        self.timeouts: dict[str, float] = {}

    def outcome(self, mutant: Mutant) -> str:
        """`killed` by a test, which is named, `killed` by time, or `SURVIVED`."""
        module = mutant.path.relative_to(ROOT / "epncli")
        folder_of_tests = f"tests/{module.parts[0]}" if len(module.parts) > 1 else "tests"
        timeout = self._timeout(folder_of_tests)
        mirrors = sorted((self.folder / "tests" / module.parent).glob(f"test_{module.stem}*.py"))
        names = [str(mirror.relative_to(self.folder)) for mirror in mirrors]
        file = self.folder / "epncli" / module
        file.write_text(mutant.source(), encoding="utf-8")
        try:
            failure = self._first_failure(names, SHORTEST_TIMEOUT) if names else ""
            failure = failure or self._first_failure(
                [folder_of_tests, *(f"--ignore={name}" for name in names)], timeout
            )
        finally:
            shutil.copyfile(mutant.path, file)
        return f"killed by {failure}" if failure else "SURVIVED"

    def _timeout(self, folder_of_tests: str) -> float:
        """Three times what the tests of a folder take without a mutant."""
        if folder_of_tests not in self.timeouts:
            began = time.monotonic()
            if failure := self._first_failure([folder_of_tests], timeout=600):
                sys.exit(f"the tests fail without any mutant: {failure}")
            self.timeouts[folder_of_tests] = max(SHORTEST_TIMEOUT, 3 * (time.monotonic() - began))
        return self.timeouts[folder_of_tests]

    def _first_failure(self, tests: list[str], timeout: float) -> str:
        """The test that fails, or "" if all pass."""
        # Failing examples that Hypothesis saved for one mutant would help to kill the next one.
        shutil.rmtree(self.folder / ".hypothesis", ignore_errors=True)
        process = subprocess.Popen(
            [*PYTEST, *tests],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            output = process.communicate(timeout=timeout)[0]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return f"time ({timeout:.0f} s)"
        if process.returncode == 0:
            return ""
        failed = re.search(r"^(FAILED|ERROR) (\S+)", output, re.MULTILINE)
        return failed[2] if failed else f"exit code {process.returncode}"


def main() -> None:
    """Try the mutants one after the other, and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "places", nargs="+", help="folders, files, or places in them: epncli/rules/dates.py:63:5"
    )
    parser.add_argument("--number", type=int, default=0, help="how many mutants to draw (all)")
    parser.add_argument("--seed", type=int, default=0, help="another number draws other mutants")
    options = parser.parse_args()
    mutants = sample(options.places, options.number, options.seed)
    survived = 0
    with tempfile.TemporaryDirectory() as name:
        copy = Copy(Path(name))
        for mutant in mutants:
            outcome = copy.outcome(mutant)
            survived += outcome == "SURVIVED"
            sys.stdout.write(f"{mutant}: {outcome}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(mutants)} made, {len(mutants) - survived} killed, {survived} survived\n")


if __name__ == "__main__":
    main()
