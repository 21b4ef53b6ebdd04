"""Compilation of the message catalogs when a wheel or an editable install is built (a hatch build hook).

Only the .po files are in git. This file is not in the wheel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE_DIR = Path(__file__).parent


def compile_catalogs(locale_dir: Path = LOCALE_DIR) -> list[Path]:
    """Write the .mo beside each .po under `locale_dir`, and return the files written.

    Raises ValueError or Babel's PoFileError if a .po cannot be read.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for po in sorted(locale_dir.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
        mo = po.with_suffix(".mo")
        with mo.open("wb") as target:
            write_mo(target, catalog)
        written.append(mo)
    return written


class CatalogHook(BuildHookInterface[Any]):
    """The build hook: compiles the catalogs before hatchling collects the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile the catalogs. Called by hatchling; `version` is the kind of build: standard or editable."""
        compile_catalogs()
