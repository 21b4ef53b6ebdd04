"""`epn schema`: print the JSON Schema of a registry or of a recipe, or the fields of a structure."""

from __future__ import annotations

import shutil
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.screen import terminal
from epncli.errors import BadUsage
from epncli.i18n import _

RecipeOption = Annotated[
    bool, typer.Option("--recipe", help=_("The schema of a recipe for ‘epn import --recipe’."))
]
FieldsOption = Annotated[
    bool, typer.Option("--fields", help=_("The names of the fields with what they hold, for people."))
]


def print_schema(recipe: RecipeOption = False, fields: FieldsOption = False) -> None:
    """Print the JSON Schema of a registry, or its fields."""
    if fields:
        if recipe:
            raise BadUsage(_("--fields and --recipe cannot be used together"), _("remove --recipe"))
        _print_fields()
        return
    if recipe:
        from epncli.importing import recipe_schema as schemas
    else:
        from epncli.model import json_schema as schemas  # type: ignore[no-redef]

    terminal.out(schemas.schema_text())
    terminal.flush()


def _print_fields() -> None:
    from epncli.cli.screen import field_list
    from epncli.cli.screen.listing import cell
    from epncli.model.structure import FIELDS

    if terminal.is_terminal():
        from epncli.cli.screen.pager import page
        from epncli.cli.screen.table import make_console

        text = "".join(f"{line}\n" for line in field_list.lines(shutil.get_terminal_size().columns))
        page([text], make_console(), pager=True)
    else:
        for field in FIELDS.values():
            terminal.out("\t".join(map(cell, field_list.cells(field))) + "\n")
    terminal.flush()


COMMANDS = {
    "schema": (
        print_schema,
        examples(
            _(
                "Print the JSON Schema of a registry. A text editor with a YAML language server uses it "
                "for completion."
            ),
            "epn schema > registry.schema.json",
            "epn schema --recipe > recipe.schema.json",
            "epn schema --fields",
        ),
    )
}
