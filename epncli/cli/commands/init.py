"""`epn init`: create a registry with comments that explain its format."""

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
        help=_("The file to create; by default, EPN_REGISTRY or registry.yaml."),
    ),
]  # fmt: skip
SchemaOption = Annotated[
    bool,
    typer.Option(
        "--schema",
        help=_("Also write the JSON Schema, which text editors use to complete and check the file."),
    ),
]


def init_registry(
    file: FileArgument = "", schema: SchemaOption = False, registry: RegistryOption = ""
) -> None:
    """Create a registry. Existing files are never replaced."""
    from epncli.yamlfile.commit import create

    if file and registry:
        raise BadUsage(_("FILE and --registry cannot be used together"), _("remove --registry"))
    named = file or registry
    path = Path(named or os.environ.get("EPN_REGISTRY") or REGISTRY_NAME)
    if str(path) == "-":
        raise BadUsage(_("a registry cannot be created on standard output"), _("give a file with --registry"))
    _refuse_existing(path)
    head = ""
    if schema:
        from epncli.model.json_schema import schema_text

        beside = path.with_name(SCHEMA_NAME)
        if beside == path:
            raise BadUsage(
                _("this name is reserved for the JSON Schema"), _("choose another name"), path=str(path)
            )
        _refuse_existing(beside)
        create(beside, schema_text().encode())
        head = f"# yaml-language-server: $schema={beside.name}\n"
    create(path, (head + new_registry()).encode())
    terminal.inform(_("{file}: registry created").format(file=path))
    if schema:
        terminal.inform(_("{file}: JSON Schema written").format(file=path.with_name(SCHEMA_NAME)))
    found = named == REGISTRY_NAME and not os.environ.get("EPN_REGISTRY")
    say_first_step("" if found else named)


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise NegativeAnswer(
            _("the file already exists; it was not changed"), _("choose another name"), path=str(path)
        )


def new_registry() -> str:
    """The text of a new registry, with comments on how to edit it by hand."""
    comment = _(
        "A registry of EPN (espaces publics numériques), edited with epn or by hand.\n"
        "\n"
        "A record looks like this, without the # at the start of the lines:\n"
        "\n"
        "  - id: cyber-espace\n"
        "    nom: Cyber Espace\n"
        "    commune: Paris\n"
        '    code_postal: "75012"\n'
        "    telephones: [01 40 01 02 03]\n"
        "\n"
        "Put quotes around postal codes, and around values that contain a colon or a #.\n"
        "‘epn check’ lists the errors with their lines."
    )
    lines = [f"# {line}".rstrip() for line in comment.split("\n")]
    return "\n".join([*lines, "", "titre: Espaces publics numériques", "structures:"]) + "\n"


COMMANDS = {
    "init": (
        init_registry,
        examples(
            _("Create a registry, with comments that explain the format."),
            "epn init",
            "epn init lyon.yaml --schema",
        ),
    )
}
