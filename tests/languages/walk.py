"""Runs all cases in one process, in its language; prints [arguments, exit code, output, words] of each."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any


def run(case: dict[str, Any]) -> tuple[int, str, str]:
    """One command, in a folder of its own."""
    from epncli.cli.main import main

    streams = sys.stdin, sys.stdout, sys.stderr
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ".git").mkdir()
        for name, text in case.get("files", {}).items():
            Path(folder, name).write_bytes(text.encode("utf-8", "surrogateescape"))
        os.chdir(folder)
        sys.stdin = io.TextIOWrapper(io.BytesIO(case.get("stdin", "").encode()))
        out, err = io.BytesIO(), io.BytesIO()
        sys.stdout, sys.stderr = io.TextIOWrapper(out), io.TextIOWrapper(err)
        try:
            code = int(main(case["args"]))
            sys.stdout.flush()
            sys.stderr.flush()
            return code, out.getvalue().decode(errors="replace"), err.getvalue().decode()
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
            os.chdir(here)


if __name__ == "__main__":
    from epncli import i18n

    i18n.install()
    from cases import cases

    os.environ["VISUAL"] = "false"  # no editor may wait for a person

    done = [(case["args"], *run(case)) for case in cases(i18n.language())]
    print(json.dumps(done))  # noqa: T201
