"""`epn schema`: print the JSON Schema of a registry or of a recipe, for a text editor."""

from __future__ import annotations

from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.screen import terminal
from epncli.i18n import _

RecipeOption = Annotated[
    bool, typer.Option("--recipe", help=_("The schema of a recipe for ‘epn import --recipe’."))
]


def print_schema(recipe: RecipeOption = False) -> None:
    """Print the JSON Schema of a registry."""
    if recipe:
        from epncli.importing import recipe_schema as schemas
    else:
        from epncli.model import json_schema as schemas  # type: ignore[no-redef]

    terminal.out(schemas.schema_text())
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
        ),
    )
}
