"""`epn init`: create a registry with comments that explain its format."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.options import RegistryOption, value_option
from epncli.cli.registry_file import NAMES, REGISTRY_NAME
from epncli.cli.screen import terminal
from epncli.cli.session import say_first_step
from epncli.errors import BadUsage, NegativeAnswer
from epncli.i18n import _
from epncli.system import shell

SCHEMA_NAME = "registry.schema.json"
DEFAULT_TITLE = "Espaces publics numériques"

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
GitOption = Annotated[
    bool,
    typer.Option(
        "--git", help=_("Keep the versions of the folder with git, and let git merge the registry with epn.")
    ),
]
TitreOption = Annotated[
    str,
    value_option(
        "--titre", metavar=_("TITLE"), help=_("The title of exported tables and pages; asked on a terminal.")
    ),
]


def init_registry(
    file: FileArgument = "",
    titre: TitreOption = "",
    schema: SchemaOption = False,
    git: GitOption = False,
    registry: RegistryOption = "",
) -> None:
    """Create a registry. Existing files are never replaced."""
    from epncli.yamlfile.commit import create

    if file and registry:
        raise BadUsage(_("FILE and --registry cannot be used together"), _("remove --registry"))
    named = file or registry
    path = Path(named or os.environ.get("EPN_REGISTRY") or REGISTRY_NAME)
    if str(path) == "-":
        raise BadUsage(_("a registry cannot be created on standard output"), _("give a file with --registry"))
    for name in (path, *(Path(name) for name in NAMES if str(path) == REGISTRY_NAME)):
        _refuse_existing(name)
    titre = titre or _ask_title()
    beside = path.with_name(SCHEMA_NAME)
    if schema:
        _write_schema(beside, path)
    head = f"# yaml-language-server: $schema={beside.name}\n" if schema else ""
    create(path, (head + new_registry(titre)).encode())
    terminal.inform(_("{file}: registry created").format(file=path))
    if schema:
        terminal.inform(_("{file}: JSON Schema written").format(file=beside))
    if git or terminal.can_ask():
        from epncli.cli.git_setup import offer, set_up

        (set_up if git else offer)(path)
    found = named in NAMES and not os.environ.get("EPN_REGISTRY")
    _say_next("" if found else named)


def _write_schema(beside: Path, registry: Path) -> None:
    """Create the file of the JSON Schema beside the registry. Raises BadUsage and NegativeAnswer."""
    from epncli.model.json_schema import schema_text
    from epncli.yamlfile.commit import create

    if beside == registry:
        raise BadUsage(
            _("this name is reserved for the JSON Schema"), _("choose another name"), path=str(registry)
        )
    _refuse_existing(beside)
    create(beside, schema_text().encode())


def _ask_title() -> str:
    """The title that a person types; the default one in a script, or for an empty answer."""
    if not terminal.can_ask():
        return DEFAULT_TITLE
    question = _("Title of the registry? (Enter for ‘{title}’)").format(title=DEFAULT_TITLE)
    return terminal.ask(question) or DEFAULT_TITLE


def _say_next(option: str) -> None:
    """Say how to add a structure, or a list of them. `option` is the value of --registry."""
    say_first_step(option)
    where = " " + shell.line("-r", option) if option else ""
    command = _("epn import list.xlsx") + where
    terminal.inform_unwrapped("  " + _("or, from a list: {command}").format(command=command))


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise NegativeAnswer(
            _("the file already exists; it was not changed"), _("choose another name"), path=str(path)
        )


def new_registry(titre: str) -> str:
    """The text of a new registry, with comments on how to edit it by hand. Raises BadUsage for the title."""
    from epncli.yamlfile.edit.scalar import write_scalar

    if not _is_encodable(titre):
        raise BadUsage(
            _("the value contains half a character (a lone surrogate), which cannot be written to a file"),
            _("type the value again"),
        )
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
    return "\n".join([*lines, "", f"titre: {write_scalar(titre)}", "structures:"]) + "\n"


def _is_encodable(text: str) -> bool:
    """False if the text has half a character, as an argument that is not in the encoding of the system."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


COMMANDS = {
    "init": (
        init_registry,
        examples(
            _("Create a registry, with comments that explain the format."),
            "epn init",
            'epn init lyon.yaml --titre "EPN de Lyon" --schema',
        ),
    )
}
