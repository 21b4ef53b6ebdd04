"""`epn schema`: print the JSON Schema of a registry, for a text editor."""

from __future__ import annotations

from epncli.cli.app import examples
from epncli.cli.screen import terminal
from epncli.i18n import _


def print_schema() -> None:
    """Print the JSON Schema of a registry."""
    from epncli.model.json_schema import schema_text

    terminal.out(schema_text())
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
        ),
    )
}
