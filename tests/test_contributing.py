"""docs/CONTRIBUTING.md: its diffs work, and its table and its diagram agree with the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/CONTRIBUTING.md").read_text(encoding="utf-8")
REGISTRY = """\
structures:
  - id: cyber-espace
    nom: Cyber Espace
    commune: Paris
    code_postal: "75012"
    telephones: [01 40 01 02 03]
"""
Run = Callable[..., str]


def hunks() -> Iterator[tuple[str, str, str]]:
    """Of each hunk of the page: the file, the lines that it has, and the lines that it is to have."""
    for diff in re.findall(r"^```diff\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^--- .*\n", diff, flags=re.MULTILINE)[1:]:
            head, *lines = part.splitlines(keepends=True)
            body = [line for line in lines if not line.startswith("@@ ")]
            assert {line[0] for line in body} <= {" ", "+", "-"}
            before = "".join(line[1:] for line in body if line[0] != "+")
            after = "".join(line[1:] for line in body if line[0] != "-")
            yield head.strip().removeprefix("+++ b/"), before, after


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and of its tools, with the diffs applied and everything generated anew."""
    folder = tmp_path_factory.mktemp("contributing")
    for name in ("epncli", "docs"):
        # shutil.copy: on Windows, copy2 calls a function of the system that Wine does not have.
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__"),
            copy_function=shutil.copy,
        )
    for name, before, after in hunks():
        path = folder / name
        text = path.read_text(encoding="utf-8") if before else ""
        assert before or not path.exists(), f"{name} is not new"
        assert text.count(before) == 1 or not before, f"the diff of {name} does not apply"
        path.write_text(text.replace(before, after) if before else after, encoding="utf-8")
    (folder / "registry.yaml").write_text(REGISTRY, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(copy: Path) -> Run:
    """Run Python in the copy; what it prints."""

    def python(*arguments: str, code: int = 0) -> str:
        # PYTHONPATH comes before the package under test; what runs in a copy is not to be measured.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
        path = os.pathsep.join(filter(None, [str(copy), os.environ.get("PYTHONPATH", "")]))
        environment |= {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "EPN_LANG": "en"}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=copy,
            env=environment,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == code, done.stderr.decode()
        return done.stdout.decode().replace("\r\n", "\n")

    return python


def test_one_line_adds_a_field(run: Run) -> None:
    run("-m", "epncli", "edit", "cyber-espace", "--set", "wifi=OUI")
    assert run("-m", "epncli", "list", "--fields", "nom,wifi") == "Cyber Espace\toui\n"
    run("-m", "epncli", "edit", "cyber-espace", "--set", "wifi=perhaps", code=2)
    assert run("-m", "epncli", "export", "csv").splitlines()[0].endswith(",wifi,date_maj")


def test_one_module_and_one_line_add_a_command(run: Run) -> None:
    assert run("-m", "epncli", "count") == "1\n"
    assert "  count         Count the structures\n" in run("-m", "epncli", "--help")


def test_one_module_and_one_line_add_a_format(run: Run) -> None:
    table = run("-m", "epncli", "export", "tsv", "--fields", "nom,telephones")
    assert table == "nom\ttelephones\nCyber Espace\t01 40 01 02 03\n"


def test_regenerating_brings_them_into_the_catalog_the_schema_and_the_reference(run: Run, copy: Path) -> None:
    left = run("docs/regenerate.py")
    assert [line.strip() for line in left.splitlines()[1:]] == [
        "Count the structures", "Count the structures.", "columns separated by tabs", "Wi-Fi",
    ]  # fmt: skip
    assert '"wifi": {' in (copy / "epncli/data/registry.schema.json").read_text(encoding="utf-8")
    reference = (copy / "docs/reference.en.md").read_text(encoding="utf-8")
    assert "## epn count\n" in reference
    assert "    tsv       columns separated by tabs\n" in reference


def test_the_table_has_every_package_and_every_module_at_the_top() -> None:
    package = ROOT / "epncli"
    folders = {path.parent for path in package.rglob("*.py")} - {package}
    modules = set(package.glob("[!_]*.py"))
    wanted = {f"`{path.relative_to(ROOT).as_posix()}/`" for path in folders}
    wanted |= {f"`{path.relative_to(ROOT).as_posix()}`" for path in modules}
    rows = re.findall(r"^\| (`(?:epncli/)[^`]*`) \|", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(wanted)


def test_every_file_that_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:\w+/)+\w+\.(?:py|po|sh)|(?:\w+/)+)`", PAGE)
    assert len(named) > 40
    bases = (ROOT, ROOT / "epncli", ROOT / "tests")
    missing = [name for name in named if not any((base / name).exists() for base in bases)]
    assert missing == ["epncli/locale/xx/LC_MESSAGES/epncli.po"]  # a language that somebody may add


def test_the_drawing_of_the_imports_is_what_import_linter_checks() -> None:
    found = re.search(r"## Imports.*?```text\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    drawn = [set(re.findall(r"\w+", line)) for line in found[1].splitlines()]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    assert drawn == [set(re.findall(r"epncli\.(\w+)", layer)) for layer in layers]
