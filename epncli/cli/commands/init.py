"""`epn init`: a new registry, commented, that passes `epn check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.options import RegistryOption
from epncli.cli.registry_file import REGISTRY_NAME
from epncli.cli.screen import terminal
from epncli.cli.session import say_first_step
from epncli.errors import BadUsage, NegativeAnswer
from epncli.i18n import _

SCHEMA_NAME = "registry.schema.json"

FileArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("[FILE]"), show_default=False,
        help=_("Its path; if left out, EPN_REGISTRY or registry.yaml."),
    ),
]  # fmt: skip
SchemaOption = Annotated[
    bool,
    typer.Option("--schema", help=_("Write the JSON Schema beside it, for editors that complete YAML.")),
]


def init_registry(
    file: FileArgument = "", schema: SchemaOption = False, registry: RegistryOption = ""
) -> None:
    """Make a new registry; a file that is there already is left alone."""
    from epncli.yamlfile.commit import create

    if file and registry:
        raise BadUsage(_("one file at a time"), _("leave out --registry"))
    named = file or registry
    path = Path(named or os.environ.get("EPN_REGISTRY") or REGISTRY_NAME)
    if str(path) == "-":
        raise BadUsage(_("a new registry is a file, not standard output"), _("name a file with --registry"))
    _refuse_existing(path)
    head = ""
    if schema:
        from epncli.model.json_schema import schema_text

        beside = path.with_name(SCHEMA_NAME)
        if beside == path:
            raise BadUsage(_("this is the name of the schema"), _("choose another name"), path=str(path))
        _refuse_existing(beside)
        create(beside, schema_text().encode())
        head = f"# yaml-language-server: $schema={beside.name}\n"
    create(path, (head + new_registry()).encode())
    terminal.say(_("{file}: a new registry").format(file=path))
    if schema:
        terminal.say(_("{file}: its JSON Schema").format(file=path.with_name(SCHEMA_NAME)))
    found = named == REGISTRY_NAME and not os.environ.get("EPN_REGISTRY")
    say_first_step("" if found else named)


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise NegativeAnswer(
            _("there is a file already; it was left as it is"), _("choose another name"), path=str(path)
        )


def new_registry() -> str:
    """The text of a new registry, with what one needs to know to edit it by hand."""
    comment = _(
        "A register of EPN (espaces publics numériques), kept with epn or by hand.\n"
        "\n"
        "A record looks like this, without the # in front:\n"
        "\n"
        "  - id: cyber-espace\n"
        "    nom: Cyber Espace\n"
        "    commune: Paris\n"
        '    code_postal: "75012"\n'
        "    telephones: [01 40 01 02 03]\n"
        "\n"
        "Postal codes go between quotes. A text with a colon or a # too.\n"
        "‘epn check’ tells what is wrong, and where."
    )
    lines = [f"# {line}".rstrip() for line in comment.split("\n")]
    return "\n".join([*lines, "", "titre: Espaces publics numériques", "structures:"]) + "\n"


COMMANDS = {
    "init": (
        init_registry,
        examples(
            _("Make a new registry, with comments that explain it."),
            "epn init",
            "epn init lyon.yaml --schema",
        ),
    )
}
