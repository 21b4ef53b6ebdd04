"""The pages for users: they are up to date with the program and the same in both languages."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import epncli
from epncli import limits
from epncli.cli.app import COMMANDS, load_command
from epncli.errors import ExitCode

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

from reference import TITLES, reference  # type: ignore[import-not-found]  # noqa: E402  a tool, no module

PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md"), ROOT / "epncli/data/README.md"])
PICTURES = [path for path in DOCS.rglob("*") if path.suffix in (".png", ".svg", ".webp")]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FRENCH_README, _, ENGLISH_README = README.partition("## epn in English")
GUIDES = {language: (DOCS / f"guide.{language}.md").read_text(encoding="utf-8") for language in TITLES}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def without_blocks(page: str) -> str:
    return BLOCK.sub("", page)


def typed_in_blocks(page: str) -> list[tuple[str, str]]:
    """The commands in the blocks of a page that a shell may run, each with what is typed after it."""
    blocks = [text for kind, text in BLOCK.findall(page) if kind == "sh"]
    return re.findall(r"^epn ([a-z][a-z-]*)(.*)$", "\n".join(blocks), re.MULTILINE)


def typed(page: str) -> list[tuple[str, str]]:
    """The same, with those that stand in a sentence."""
    return typed_in_blocks(page) + re.findall(r"`epn ([a-z][a-z-]*)([^`]*)`", without_blocks(page))


def options(rest: str) -> list[str]:
    return re.findall(r"(?<!\S)--[a-z-]+", rest)


@pytest.mark.parametrize("language", TITLES)
def test_the_reference_is_up_to_date(language: str) -> None:
    kept = (DOCS / f"reference.{language}.md").read_text(encoding="utf-8")
    assert kept == reference(language), "run: python docs/regenerate.py"


@pytest.mark.parametrize(("page", "least"), [(README, 30), (GUIDES["en"], 60), (GUIDES["fr"], 60)])
def test_every_command_and_option_of_a_page_exists(page: str, least: int) -> None:
    commands = typed(page)
    assert len(commands) >= least
    for name, rest in commands:
        params = load_command(name).params
        known = {option for param in params for option in (*param.opts, *param.secondary_opts)}
        assert set(options(rest)) <= known | {"--help"}, (name, rest)


@pytest.mark.parametrize("language", TITLES)
def test_every_command_is_in_the_guide(language: str) -> None:
    assert sorted({name for name, _ in typed(GUIDES[language])}) == sorted(COMMANDS)


@pytest.mark.parametrize(
    ("english", "french"), [(ENGLISH_README, FRENCH_README), (GUIDES["en"], GUIDES["fr"])]
)
def test_both_languages_have_the_same_rows(english: str, french: str) -> None:
    def rows(page: str) -> list[str]:
        return re.findall(r"^(?:##+ |\||- |```\w+$)", page, re.MULTILINE)

    assert rows(english) == rows(french)
    assert [(name, options(rest)) for name, rest in typed_in_blocks(english)] == [
        (name, options(rest)) for name, rest in typed_in_blocks(french)
    ]


def test_both_guides_show_the_same_pictures() -> None:
    shown = {
        lang: re.findall(r"^!\[.*\]\((\w+)\.(\w+)\.svg\)$", GUIDES[lang], re.MULTILINE) for lang in TITLES
    }
    assert shown["en"] == [(name, "en") for name, _ in shown["fr"]]
    assert {lang for _, lang in shown["fr"]} == {"fr"}


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 200
    assert len(re.findall(r"^!\[", README, re.MULTILINE)) == 3


def test_pictures_are_small() -> None:
    sizes = [picture.stat().st_size for picture in DOCS.glob("*.png")]
    assert len(sizes) == 4
    assert max(sizes) < 150_000


def test_the_readme_has_the_two_commands_of_a_clone_each_on_a_line() -> None:
    # .ci/functions.sh reads them from there.
    first = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/epn list"
    second = ".venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
    assert f"\n{first}\n{second}\n" in FRENCH_README
    assert f"\n{first}\n{second}\n" in ENGLISH_README


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the headings of a page."""
    text = without_blocks(page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    text = without_blocks(page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)]*)\)", text):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_every_page_and_picture_is_linked() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    }
    assert [path.name for path in (*DOCS.glob("*.md"), *PICTURES) if path.resolve() not in linked] == []


@pytest.mark.parametrize("language", TITLES)
def test_the_guide_has_every_exit_code(language: str) -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", GUIDES[language], re.MULTILINE)
    codes = [int(code) for row in rows for code in row.split(",")]
    assert codes == sorted(ExitCode)


@pytest.mark.parametrize("language", TITLES)
def test_the_guide_has_every_setting(language: str) -> None:
    package = Path(epncli.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    asked = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", code))
    own = {name for name in asked | set(re.findall(r"\"(EPN_[A-Z_]+)\"", code)) if name.startswith("EPN_")}
    assert len(own) >= 6
    told = set(re.findall(r"`([A-Z_]+)`", GUIDES[language]))
    completion = {"EPN_LINE", "EPN_WORD", "EPN_TYPE"}  # between epn and the scripts that it writes
    assert own - completion - told == set()


def test_the_guides_name_the_limits() -> None:
    rows, fields, characters = limits.MAX_ROWS, limits.MAX_FIELDS, limits.MAX_CHARACTERS
    megabytes = limits.MAX_BYTES >> 20
    for amount in (f"{megabytes} MB", f"{rows:,} structures", f"{fields:,} fields", f"{characters:,} char"):
        assert amount in GUIDES["en"]
    french = GUIDES["fr"].replace("\xa0", " ").replace("\n", " ")
    for amount in (f"{megabytes} Mo", f"{rows:,} structures", f"{fields:,} champs", f"{characters:,} car"):
        assert amount.replace(",", " ") in french


def test_the_table_of_the_performance_is_the_one_that_was_measured() -> None:
    measured = (ROOT / "tests/benchmarks/RESULTS.md").read_text(encoding="utf-8")
    assert measured in (DOCS / "performance.md").read_text(encoding="utf-8")


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (DOCS / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d.*)$", changelog, re.MULTILINE)[0] == epncli.__version__


@pytest.mark.parametrize("page", [FRENCH_README, GUIDES["fr"]], ids=["README", "guide"])
def test_french_prose_has_french_typography(page: str) -> None:
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|^!\[.*$|^\|[-|]+$", "`", without_blocks(page), flags=re.MULTILINE)
    wrong = [line for line in prose.splitlines() if re.search(r"(^|[^\xa0])[:;?!»]|«[^\xa0]|'|\.\.\.", line)]
    assert wrong == []
