"""Randomly changed files: each is read or refused, within the limits of time and memory of any import.

`-m long` tries many more.
"""

from __future__ import annotations

import faulthandler
import io
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from random import Random

import pytest
from archives import ODS_HEADER, ODS_ROW, ods, table
from children import HANG_SECONDS
from mutations import mutated, mutated_workbook, odd_places, written

from epncli.cli.main import main
from epncli.formats import csv, geojson, json, mednum, xlsx, yaml
from epncli.formats.writing import Export
from epncli.model.structure import Structure

WORKBOOKS = ("xlsx", "ods")
TIMES = [100, pytest.param(20_000, marks=pytest.mark.long)]
PAGE = Path(__file__).parents[1].joinpath("data/liste-epn-paris.txt").read_bytes()
PLACES = Export(
    (
        Structure(
            id="lieu", nom="Lieu", commune="Paris", code_postal="75012", code_insee="75112",
            adresse="1 rue X", latitude="48.85", longitude="2.37", pivot="73282932000074",
            telephones=("01 40 01 02 03", "3949"), courriels=("a@exemple.fr",),
            site_web=("https://exemple.fr",), horaires="Mo-Fr 09:00-12:00", typologie=("BIB",),
            itinerance=("Fixe",), notes="une note, avec ; et |\nsur deux lignes", date_maj="2026-01-31",
        ),
        Structure(
            id="a", nom="À l’œuvre", commune="Nouméa", code_postal="98800", telephones=("24 12 34",),
            statut="fermé", date_fermeture="2014-09", motif_fermeture="association fermée",
            date_maj="2026-01-31",
        ),
    ),
)  # fmt: skip
OLD = (
    "id;pivot;nom;commune;code_postal;adresse;telephone;services;publics_accueillis;labels_nationaux;cle_ban\n"
    "a;00000000000000;A;Paris;75012;1 rue X;+33140010203;Accéder à du matériel;Jeunes (16-26 ans);CNFS;x\n"
)


def of(text: str) -> bytes:
    return text.encode()


SEEDS: dict[str, list[bytes]] = {
    "csv": [
        csv.write(PLACES).data,
        csv.write(Export(PLACES.structures, excel=True)).data,
        of("Les EPN\n\nNom;CP;Ville;Tél;Mail\nLieu;75012;Paris;01 40 01 02 03 / 04;a@b.fr\n"),
        csv.write(PLACES).data.decode().encode("utf-16"),
        csv.write(PLACES).data.decode().encode("cp1252"),
        of("nom;CP;Ville\nMédiathèque;75012;Paris\n").decode().encode("cp850"),
    ],
    "json": [
        json.write(PLACES).data, b'[{"nom":"A","x":{"a":[1,null,true,{"b":[2.5e3]}]},"telephones":"3949"}]',
        b'{"total": 2, "data": {"results": [{"Nom": "A", "CP": 75012}, {"Nom": "B", "x": {"y": [1]}}]}}',
    ],
    "json lines": [b'{"nom":"A","cp":"75012"}\n{"nom":"B","telephones":["3949",null]}\n\n{"nom":"C"}\n'],
    "geojson": [
        geojson.write(PLACES).data,
        b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"nom":"A"}}]}',
    ],
    "yaml": [
        yaml.write(PLACES).data,
        b"structures: [{nom: 'A', telephones: [\"01 40\", b], x: {y: [1, {z: 2}]}}]\n",
        b"titre: >-\n  a\n  b\nstructures:\n- nom: |\n    a\n    b\n  # c\n  notes: \"a\\u00e9\\\n    b\"\n",
    ],
    "text": [PAGE[:1500], of("NOUMEA 98800 Lieu (fermé depuis septembre 2014) 24 12 34 / 24 12 35\n") * 2],
    "mednum": [mednum.write(PLACES).data, of(OLD)],
    "xlsx": [xlsx.write(PLACES).data],
    "ods": [
        ods(table(ODS_HEADER + ODS_ROW * 2) + table(ODS_ROW, "U")),
        ods(table(
            ODS_HEADER + '<table:table-row table:number-rows-repeated="3"><table:table-cell '
            'table:number-columns-repeated="2"/></table:table-row><table:table-row><table:table-cell '
            'office:value-type="date" office:date-value="2014-09-30"><text:p>x</text:p></table:table-cell>'
            '<table:covered-table-cell/><table:table-cell office:value-type="float" office:value="75012">'
            '<text:p>75<text:s text:c="2"/>012</text:p></table:table-cell></table:table-row>'
        )),
    ],
}  # fmt: skip
"""Files that are whole; a registry as the tests of this folder have it knows one of their places."""
FORMS = {"ods": "xlsx", "json lines": "json"}
"""The formats of seeds with another name."""


FORKING = """\
import os, signal, socket, sys
sys.path += sys.argv[2:]
import python_calamine
from epncli.formats.tabular import unknown_cells, workbook_process
workbook_process.MAX_PROCESSOR_SECONDS = 1  # one workbook in a hundred takes all it gets
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
asked = socket.socket(fileno=int(sys.argv[1]))
while True:
    word, handles, *_ = socket.recv_fds(asked, 1, 2)
    if not word:
        break
    child = os.fork()
    if child == 0:
        for number, handle in enumerate(handles):
            os.dup2(handle, number)
        os.closerange(3, 64)
        workbook_process.main()
    for handle in handles:
        os.close(handle)
    asked.send(b"%d" % child)
"""
"""Reads many workbooks, each in a copy of itself: with what Python takes to start, it would be a minute."""


class Forked:
    """A stand-in for Popen: the process that reads a workbook, as a copy of one that runs already."""

    forking: socket.socket

    def __init__(self, *_arguments: object, **_options: object) -> None:
        (requests, stdin), (stdout, answers) = os.pipe(), os.pipe()
        socket.send_fds(self.forking, [b"!"], [requests, answers])
        self.pid = int(self.forking.recv(20))
        os.close(requests)
        os.close(answers)
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        """The copies are no children of this process."""


@pytest.fixture
def _forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(os, "fork"):
        yield
        return
    here, there = socket.socketpair()
    command = [sys.executable, "-c", FORKING, str(there.fileno()), *sys.path]
    with here, subprocess.Popen(command, pass_fds=[there.fileno()], stderr=subprocess.DEVNULL) as process:
        there.close()
        monkeypatch.setattr(Forked, "forking", here, raising=False)
        monkeypatch.setattr(subprocess, "Popen", Forked)
        yield
        here.shutdown(socket.SHUT_RDWR)
    assert process.returncode == 0


def imported(form: str, number: int) -> tuple[int, str]:
    """How the import of a file ends: its code and its words. One that hangs ends the process of the tests."""
    out, err = io.StringIO(), io.StringIO()
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True, file=sys.__stderr__)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            options = ("--update", "--strict")[: number % 3] + ("--format", form) * (number % 2)
            code = main(["import", "file", "--dry-run", "-r", "registry.yaml", *options])
    finally:
        faulthandler.cancel_dump_traceback_later()
    return int(code), err.getvalue()


def peak_memory() -> int:
    """The most memory that this process has had, in kilobytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def is_in_words(code: int, err: str) -> bool:
    return code in (0, 1, 2, 3) and "Traceback" not in err


@pytest.mark.usefixtures("_forked")
@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.needs("fork")) if name in WORKBOOKS else name for name in SEEDS],
)
def test_a_file_changed_at_random_is_read_or_refused_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, times: int
) -> None:
    monkeypatch.chdir(folder)
    mutate = mutated_workbook if name in WORKBOOKS else mutated
    before = peak_memory()
    codes = set()
    for number in range(times):
        random = Random(f"{name} {number}")  # noqa: S311  no secret: the same files every time
        Path("file").write_bytes(mutate(random, random.choice(SEEDS[name])))
        code, err = imported(FORMS.get(name, name), number)
        assert is_in_words(code, err), (number, code, err)
        codes.add(code)
    assert len(codes) > 1  # some were read, some refused
    assert peak_memory() < max(before, 1_000_000)


@pytest.mark.parametrize("times", [50, pytest.param(20_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("form", ["csv", "json", "json lines", "geojson", "yaml", "text", "mednum"])
def test_places_with_odd_values_are_taken_or_refused_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, form: str, times: int
) -> None:
    monkeypatch.chdir(folder)
    codes = set()
    for number in range(times):
        random = Random(f"{form} {number}")  # noqa: S311  no secret: the same files every time
        Path("file").write_bytes(written(random, form, odd_places(random, PLACES.structures)))
        code, err = imported(FORMS.get(form, form), number)
        assert is_in_words(code, err), (number, code, err)
        codes.add(code)
    assert len(codes) > 1
