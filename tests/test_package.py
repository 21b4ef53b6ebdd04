"""The package: its version, its entry points and its compiled catalogs."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import epncli
from epncli.locale.build import LOCALE_DIR, CatalogHook, compile_catalogs

PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "closed"
msgstr "fermé"
"""


@pytest.fixture
def locale_dir(tmp_path: Path) -> Path:
    """A folder of catalogs that holds one, in French."""
    po = tmp_path / "locale/fr/LC_MESSAGES/epncli.po"
    po.parent.mkdir(parents=True)
    po.write_text(PO, encoding="utf-8")
    return tmp_path / "locale"


def test_the_version_is_the_same_for_people_and_for_pip(epn: Callable[..., Any]) -> None:
    assert metadata.version("epncli") == epncli.__version__
    run = epn("--version")
    assert (run.code, run.out, run.err) == (0, f"epn {epncli.__version__}\n", "")


def test_the_language_is_chosen_before_click_is_loaded() -> None:
    # gettext is replaced before Click takes it over by name; see i18n.install.
    code = (
        "import sys, epncli.__main__ as m\n"
        "from epncli import i18n\n"
        "i18n.install = lambda **_: print(sorted({'typer', 'click'} & set(sys.modules)))\n"
        "sys.argv = ['epn', '--version']\n"
        "m.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[0] == "[]"


def test_a_catalog_is_compiled_beside_its_source(locale_dir: Path) -> None:
    mo = locale_dir / "fr/LC_MESSAGES/epncli.mo"
    assert compile_catalogs(locale_dir) == [mo]
    french = gettext.translation("epncli", locale_dir, languages=["fr"])
    assert french.gettext("closed") == "fermé"


def test_an_edited_catalog_replaces_what_was_compiled_before(locale_dir: Path) -> None:
    po = locale_dir / "fr/LC_MESSAGES/epncli.po"
    mo = po.with_suffix(".mo")
    compile_catalogs(locale_dir)
    po.write_text(PO.replace("fermé", "clos"), encoding="utf-8")
    compile_catalogs(locale_dir)
    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("closed") == "clos"


def test_no_catalog_yet_is_no_error(tmp_path: Path) -> None:
    assert compile_catalogs(tmp_path) == []


def test_the_build_hook_compiles_the_package_s_own_catalogs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    compiled: list[bool] = []
    monkeypatch.setitem(CatalogHook.initialize.__globals__, "compile_catalogs", lambda: compiled.append(True))
    hook: Any = CatalogHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")  # type: ignore[arg-type]
    hook.initialize("standard", {})
    assert compiled == [True]
    assert Path(epncli.__file__).parent / "locale" == LOCALE_DIR


def test_no_path_is_asked_by_a_method_that_raises_for_a_folder_that_may_not_be_entered() -> None:
    """`Path.exists` and the like do before Python 3.14, and `os.DirEntry.is_file` for a link to itself."""
    asked = re.compile(r"\.(?:exists|is_file|is_dir)\(")
    left = {"epncli/system/cache_folder.py"}  # within a suppression of errors
    package = Path(epncli.__file__).parent
    found = [
        name
        for file in sorted(package.rglob("*.py"))
        if (name := file.relative_to(package.parent).as_posix()) not in left
        if re.search(asked, re.sub(r"\bos\.path\.exists\(", "", file.read_text(encoding="utf-8")))
    ]
    assert found == []
