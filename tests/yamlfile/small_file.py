"""A small file and changes of it, for the tests of writing; and a user without permissions."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import epncli
from epncli.errors import EpnError, ExitCode
from epncli.yamlfile.commit import Plan
from epncli.yamlfile.edit.new_records import insert_items
from epncli.yamlfile.edit.records import change_item
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import read_source

OLD = "# Registre\nstructures:\n- id: a\n  nom: A  # vu\n"
NEW = "# Registre\nstructures:\n- id: a\n  nom: B  # vu\n"
ROOT = str(Path(epncli.__file__).parents[1])


def read(path: Path) -> Document:
    return read_document(read_source(path))


def name_it(value: str) -> Callable[[Document], Plan]:
    def plan(document: Document) -> Plan:
        first, *others = document.root["structures"]
        expected = {**document.root, "structures": [{**first, "nom": value}, *others]}  # type: ignore[dict-item]
        return Plan(change_item(document, "structures", 0, {"nom": value}, ()), expected)

    return plan


def add_one(name: str) -> Callable[[Document], Plan]:
    def plan(document: Document) -> Plan:
        expected = {**document.root, "structures": [*document.root["structures"], {"id": name}]}
        last = len(document.root["structures"]) - 1
        return Plan(insert_items(document, "structures", {last: [{"id": name}]}), expected)

    return plan


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def refusal(error: type[EpnError], action: Callable[[], Any]) -> tuple[str, str, ExitCode]:
    with pytest.raises(error) as caught:
        action()
    return caught.value.message, caught.value.hint, caught.value.exit_code


AS_NOBODY = """
import os, sys
import filelock, yaml
from pathlib import Path
from epncli.errors import EpnError
from epncli.yamlfile.commit import Plan, commit
from epncli.yamlfile.edit.records import change_item
from epncli.yamlfile.reader import read_document
from epncli.yamlfile.source import read_source
def plan(document):
    return Plan(
        change_item(document, "structures", 0, {"nom": "B"}, ()),
        {"structures": [{**document.root["structures"][0], "nom": "B"}]},
    )
if os.geteuid() == 0:  # root passes every door; what is to be imported was, for its own folder is private
    commit(read_document(read_source(Path(sys.argv[2]))), plan)
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    commit(read_document(read_source(Path(sys.argv[1]))), plan)
except EpnError as error:
    print(error.message)
else:
    print("written")
"""


def as_nobody(path: Path, warm_up: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path), str(warm_up)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": ROOT},
    )  # fmt: skip
    return done.stdout.strip()
