"""The command `epn`, also `python -m epncli`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command on the arguments of this process and give its exit code."""
    # A run is short and makes no cycles to speak of; looking for some takes half as long as reading a
    # large registry does, and once more at the exit.
    gc.disable()
    try:
        return _run()
    except KeyboardInterrupt:  # while modules are still loading
        return 130
    finally:
        gc.freeze()


def _run() -> int:
    from epncli import i18n

    i18n.install()
    # Click and Typer take their sentences from gettext as they load: the language comes first.
    from epncli.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
