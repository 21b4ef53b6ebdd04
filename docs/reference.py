"""The reference of every command and field, from the program itself; regenerate.py writes it.

One file a language, docs/reference.en.md and docs/reference.fr.md. A test compares them with what
this prints, so that a command cannot change without its reference.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TITLES = {"en": "Reference of the commands", "fr": "Référence des commandes"}
FIELDS = {"en": "Fields", "fr": "Champs"}


def reference(language: str) -> str:
    """The reference in a language; a process has only one language, so another process prints it."""
    environment = {**os.environ, "EPN_LANG": language, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    done = subprocess.run(  # noqa: S603  this very program
        [sys.executable, str(FOLDER / "reference.py"), language],
        env=environment,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def _print_reference(language: str) -> None:
    from epncli import i18n

    i18n.install(os.environ)
    import click

    from epncli.cli.app import COMMANDS, epn, load_command
    from epncli.cli.screen import field_list

    program = epn()
    settings: Any = {"max_content_width": 96, "help_option_names": ["-h", "--help"]}
    parts = [f"# {TITLES[language]}\n", _help(click.Context(program, info_name="epn", **settings))]
    for name in COMMANDS:
        command = load_command(name)
        context = click.Context(command, info_name=f"epn {name}", **settings)
        parts += [f"## epn {name}\n", _help(context)]
    fields = "\n".join(field_list.lines(96))
    parts.append(f"## {FIELDS[language]}\n\n```text\n{fields}\n```\n")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(parts))


def _help(context: object) -> str:
    text = context.command.get_help(context)  # type: ignore[attr-defined]
    return "```text\n" + "\n".join(line.rstrip() for line in text.split("\n")) + "\n```\n"


def main() -> None:
    """Write both files."""
    for language in TITLES:
        (FOLDER / f"reference.{language}.md").write_text(reference(language), encoding="utf-8")


if __name__ == "__main__":
    _print_reference(sys.argv[1])
