"""`epn close` and `epn reopen` of places that are closed for a time. Today is 5 March 2026."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

BEFORE = """\
structures:
  - id: rancy
    nom: Salle des Rancy
    commune: Lyon
    code_postal: "69003"
    telephones: [04 78 60 64 01]
"""
WITH_AN_INTERVAL = (
    "cannot be used with --from and --until\n  --from and --until are for structures that will open again\n"
)
DATED = '    date_maj: "2026-03-05"\n'


def closed(*intervals: str) -> str:
    """The registry with these intervals, and the date of today."""
    return f"{BEFORE}    fermetures_temporaires: [{', '.join(intervals)}]\n{DATED}"


@pytest.mark.parametrize(
    ("args", "interval", "said"),
    [
        (
            ["--from", "2026-03-01", "--until", "24/08/2026", "--reason", "congés d'été"],
            "2026-03-01/2026-08-24 congés d'été",
            "closed until 24 August 2026: congés d'été",
        ),
        (["--until", "2026-03-05"], "2026-03-05/2026-03-05", "closed until 5 March 2026"),
        (["--from", "2026-03-05"], "2026-03-05/..", "closed for a time"),
        (
            ["--from", "20 juillet 2026", "--until", "2026-08-24"],
            "2026-07-20/2026-08-24",
            "closed from 20 July 2026 to 24 August 2026",
        ),
        (["--from", "2026-11-02", "--reason", "travaux"], "2026-11-02/.. travaux",
         "closed from 2 November 2026: travaux"),
    ],
)  # fmt: skip
def test_a_place_is_closed_for_a_time_and_stays_open_in_the_registry(
    invoke: Command, registry_file: Callable[..., Path], args: list[str], interval: str, said: str
) -> None:
    path = registry_file(BEFORE)
    run = invoke("close", "rancy", *args)
    assert (run.code, run.out, run.err) == (0, "", f"Salle des Rancy: {said}\n  to undo: epn undo\n")
    assert path.read_text() == closed(interval)
    invoke("undo")
    assert path.read_text() == BEFORE


def test_the_end_of_what_runs_is_given_later_and_its_reason_stays(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    path = registry_file(closed("2026-02-01/.. travaux"))
    run = invoke("close", "rancy", "--until", "2026-04-30")
    assert run.err.startswith("Salle des Rancy: closed until 30 April 2026: travaux\n")
    assert path.read_text() == closed("2026-02-01/2026-04-30 travaux")
    again = invoke("close", "rancy", "--until", "2026-04-30")
    assert (again.code, again.err) == (0, "Salle des Rancy: already has this interval; nothing to do\n")


def test_an_overlap_is_warned_about(invoke: Command, registry_file: Callable[..., Path]) -> None:
    path = registry_file(closed("2026-07-01/2026-07-31"))
    run = invoke("close", "rancy", "--from", "2026-07-20", "--until", "2026-08-24")
    assert run.err.endswith(
        "warning: fermetures_temporaires: ‘2026-07-01/2026-07-31’ and ‘2026-07-20/2026-08-24’ overlap\n"
        "  correct one of the intervals, or join them\n"
    )
    assert path.read_text() == closed("2026-07-01/2026-07-31", "2026-07-20/2026-08-24")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["alternord", "--from", "2026-07-20", "--date", "2026-03"],
            f"--date {WITH_AN_INTERVAL}",
        ),
        (
            ["alternord", "--until", "2026-07-20", "--successor", "microlithe"],
            f"--successor {WITH_AN_INTERVAL}",
        ),
        (
            ["alternord", "--from", "2026-07"],
            "‘2026-07’ is a month, not a day\n  write the day too, in the form 2014-09-30\n",
        ),
        (
            ["alternord", "--until", "2026-03-04"],
            "‘2026-03-05/2026-03-04’: the end is before the start\n  correct one of the days\n",
        ),
        (
            ["alternord", "--from", "2026-07-20", "--reason", "a|b"],
            "‘2026-07-20/.. a|b’: the reason contains |, which separates the values of a list\n  remove it\n",
        ),
        (
            ["alternord", "microlithe", "--from", "2026-07-20"],
            "Microlithe is closed for good, not for a time\n  open it first with ‘epn reopen’\n",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    invoke: Command, registry: Path, args: list[str], message: str
) -> None:
    before = registry.read_bytes()
    run = invoke("close", *args)
    assert (run.code, run.out, run.err, registry.read_bytes()) == (2, "", f"error: {message}", before)


def test_several_places_are_closed_at_once_and_a_dry_run_writes_nothing(
    invoke: Command, registry: Path
) -> None:
    before = registry.read_bytes()
    args = ("close", "alternord", "epn-de-bourg", "--from", "2026-07-20")
    shown = invoke(*args, "--dry-run")
    assert (shown.out.count("\n+    fermetures_temporaires: [2026-07-20/..]\n"), shown.err) == (2, "")
    assert registry.read_bytes() == before
    invoke(*args)
    assert registry.read_text().count("    fermetures_temporaires: [2026-07-20/..]\n") == 2


@pytest.mark.parametrize(
    ("intervals", "left"),
    [
        (["2026-03-01/2026-08-24 été"], ["2026-03-01/2026-03-04 été"]),
        (["2026-03-01/..", "2025-07-01/2025-07-31"], ["2026-03-01/2026-03-04", "2025-07-01/2025-07-31"]),
        (["2025-07-01/2025-07-31", "2026-03-05/.."], ["2025-07-01/2025-07-31"]),
    ],
)
def test_reopening_ends_what_runs_yesterday(
    invoke: Command, registry_file: Callable[..., Path], intervals: list[str], left: list[str]
) -> None:
    path = registry_file(closed(*intervals).replace('2026-03-05"', '2026-01-31"'))
    run = invoke("reopen", "rancy")
    assert (run.code, run.err.split("\n")[0]) == (0, "Salle des Rancy: reopened")
    assert path.read_text() == closed(*left)
    again = invoke("reopen", "rancy")
    assert again.err == "Salle des Rancy: already open; nothing to do\n"


def test_a_closing_that_only_began_today_leaves_no_trace(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    path = registry_file(BEFORE)
    invoke("close", "rancy", "--until", "2026-03-31")
    invoke("reopen", "rancy")
    assert path.read_text() == BEFORE + DATED


def test_reopening_a_place_that_closed_for_good_while_closed_for_a_time_opens_it(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    path = registry_file(closed("2026-03-01/.. travaux"))
    invoke("close", "rancy", "--reason", "plus de bail")
    assert invoke("list").err == "1 structure, 1 closed\n"
    invoke("reopen", "rancy")
    assert path.read_text() == closed("2026-03-01/2026-03-04 travaux")


@pytest.fixture
def summer(registry_file: Callable[..., Path]) -> Path:
    """A registry with a place that is closed today for a time, and one that is open."""
    return registry_file(
        closed("2026-03-01/2026-03-31 travaux")
        + '  - {id: b, nom: B, commune: Lyon, code_postal: "69003", telephones: [04 78 60 64 02]}\n'
    )


@pytest.mark.usefixtures("summer")
def test_lists_say_it_to_people_and_stay_as_they_are_for_programs(invoke: Command) -> None:
    listed = invoke("list")
    assert listed.out.splitlines()[0] == "rancy\touvert\t69003\tLyon\tSalle des Rancy\t04 78 60 64 01"
    assert listed.err == "2 structures, 1 closed for a time\n"
    table = invoke("list", "--format", "table", "--fields", "nom,statut").out
    assert " ".join(table.split()) == (
        "Place Status Salle des Rancy (closed until 31 March closed until 31 March 2026: travaux "
        "2026: travaux) B ouvert"
    )
    as_json = invoke("search", "rancy", "--format", "json").out
    assert '"statut": "ouvert"' in as_json
    assert '"fermetures_temporaires": ["2026-03-01/2026-03-31 travaux"]' in as_json


@pytest.mark.usefixtures("summer")
@pytest.mark.parametrize(("option", "ids"), [("--open", ["rancy", "b"]), ("--closed", [])])
def test_a_place_that_is_closed_for_a_time_counts_as_open(
    invoke: Command, option: str, ids: list[str]
) -> None:
    assert [line.split("\t")[0] for line in invoke("list", option).out.splitlines()] == ids


@pytest.mark.usefixtures("summer")
def test_the_card_and_what_is_published_say_it(invoke: Command) -> None:
    card = invoke("show", "rancy").out
    assert "  Status             closed until 31 March 2026: travaux\n" in card
    assert "  Closed for a time  from 1 March 2026 to 31 March 2026: travaux\n" in card
    said = "Salle des Rancy (fermée jusqu’au 31 mars 2026 : travaux)"
    assert said in invoke("export", "markdown").out
    assert f'<th scope="row">{said}</th>' in invoke("export", "html").out
    page = invoke("export", "page").out
    assert "<p class=state>fermée jusqu’au 31 mars 2026\xa0: travaux" in page
    assert page.count("<tr role=row>") == 2
    assert "closed until 31 March 2026" in invoke("export", "markdown", "--lang", "en").out


@pytest.mark.usefixtures("summer")
def test_candidates_say_it(invoke: Command) -> None:
    assert invoke("show", "lyon").err.splitlines()[2] == (
        "  rancy · Salle des Rancy · 69003 Lyon · 04 78 60 64 01 · closed until 31 March 2026: travaux"
    )
