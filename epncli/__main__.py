"""The command `epn`, also `python -m epncli`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command on the arguments of this process and give its exit code."""
    from epncli import i18n

    i18n.install()
    # Click and Typer take their sentences from gettext as they load: the language comes first.
    from epncli.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
