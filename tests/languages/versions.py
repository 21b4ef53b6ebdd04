"""Cases and dialogs of the walk about versions in git: what changed, merges, conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Case = dict[str, Any]

_PLACE = "  - {{id: z{0}, nom: Zig {0}, commune: Paris, code_postal: '75020', adresse: 1 rue X{1}}}\n"
AFTER = [
    ", statut: fermé", ", statut: fermé, remplace_par: z9", ", fermetures_temporaires: [2999-01-01/..]",
    "", ", couleur: vert", ", telephones: [01 40 01 02 03]", ", horaires: 24/7", ", date_maj: 2025-01-01",
]  # fmt: skip
REOPENED = 3


def _registry(ends: list[str]) -> str:
    return "structures:\n" + "".join(_PLACE.format(number, end) for number, end in enumerate(ends))


OLD = _registry([", statut: fermé" if number == REOPENED else "" for number in range(10)])
_MOVED = (
    "nom: Zig 8, commune: Paris, code_postal: '75020', adresse: 1 rue X",
    "nom: Zig 8, adresse: 2 rue Y",
)
NEW = (
    _registry([*AFTER, "", ""])
    .replace("nom: Zig 4", "nom: Zag")
    .replace(*_MOVED)
    .replace("z9, nom: Zig 9", "zog, nom: Zog")
)
_CONFIRMED = _registry([""]).replace("X}", "X, date_maj: 2025-01-01}")
_NAMED = _CONFIRMED.replace("Zig 0", "Zag")
_MOVED_ON = _NAMED.replace("1 rue", "2 rue")
_CALLED = _MOVED_ON.replace("X,", "X, telephones: [01 40 01 02 03],")
_PAUSED = _CALLED.replace("X,", "X, fermetures_temporaires: [2025-01-01/..],")
_CLOSED = _CALLED.replace("X,", "X, statut: fermé,")
LIFE = [
    _registry([""]), _CONFIRMED, _NAMED, _MOVED_ON, _CALLED, _PAUSED, _CALLED, _CLOSED,
    _CLOSED.replace("X,", "X, remplace_par: z9,"), _CALLED, _CALLED.replace("X,", "X, notes: x,"),
]  # fmt: skip
"""All that can happen to a place, one version after the other."""
CONFLICT = "structures:\n  - id: zig\n<<<<<<< a\n    nom: Zig\n=======\n>>>>>>> b\n    notes: x\n"
VERSIONS = {"commits": [OLD, NEW], "author": "Claire", "files": {"registry.yaml": NEW}}
QUESTION = "1: ours, 2: theirs, e: edit both, Enter: later"


def cases(language: str) -> Iterator[Case]:
    """What is asked of git, and what it cannot answer."""
    for typed in (
        "diff HEAD~1", "diff", "diff --since 2000", "diff --since 2026-01-02", "diff HEAD --since 2026",
        "diff nowhere", f"diff HEAD~1 --format markdown --lang {language}",
        f"diff HEAD~1 --format html --lang {language}",
        "diff HEAD~1 --format message", "diff --format message", "diff HEAD~1 -o x.txt", "log z0",
        "log z0 --format json",
        "merge-driver", "merge-driver --install --uninstall", "merge-driver --install",
        "merge-driver --uninstall", "stats --over-time year", "stats --over-time month --format table",
        "resolve",
    ):  # fmt: skip
        yield {**VERSIONS, "args": typed.split(" ")}
    yield {**VERSIONS, "args": ["merge-driver", "--uninstall"], "before": [["merge-driver", "--install"]]}
    stale = {"registry.yaml": NEW, ".gitattributes": "/z0.yaml merge=epn\n"}
    yield {**VERSIONS, "args": ["merge-driver", "--install"], "files": stale}
    changed = {"registry.yaml": NEW.replace("statut: fermé", "notes: x", 1)}
    yield {**VERSIONS, "args": ["log", "z0"], "files": changed}
    moved = {**VERSIONS, "commits": [NEW.replace("1 rue X", "3 rue Z")]}
    yield {**moved, "args": ["diff", "--format", "message"]}
    texts = [OLD, OLD.replace("nom: Zig 0", "nom: Zag"), OLD.replace("nom: Zig 0", "nom: Zog")]
    files = {f"{number}.yaml": text for number, text in enumerate(texts)}
    yield {"args": ["merge-driver", *files], "files": files}
    yield {"args": ["init", "--git"]}
    yield {"args": ["diff"], "files": {"registry.yaml": OLD}}
    yield {"args": ["diff"], "files": {"registry.yaml": OLD}, "commits": []}
    yield {"args": ["diff"], "files": {"registry.yaml": OLD}, "commits": [None]}
    yield {"args": ["diff", "HEAD~1"], "files": {"registry.yaml": OLD}, "commits": [None, OLD]}
    yield {**VERSIONS, "args": ["diff"], "new_branch": "zag"}
    yield {"args": ["resolve"], "files": {"registry.yaml": CONFLICT}}
    yield {"args": ["check"], "files": {"registry.yaml": CONFLICT}}
    stale = {"registry.yaml": OLD, ".gitattributes": "/zag.yaml merge=epn\n"}
    yield {"args": ["check"], "files": stale, "commits": []}
    sides = {"commits": [OLD], "unmerged": [OLD, texts[1], OLD.replace("1 rue X", "3 rue Z")]}
    for command in ("check", "resolve"):
        yield {**sides, "args": [command], "files": {"registry.yaml": texts[1]}}
    yield {**sides, "args": ["resolve"], "files": {"registry.yaml": OLD}}
    yield {**sides, "args": ["resolve"], "files": {"registry.yaml": OLD}, "unmerged": [OLD, None, OLD]}
    utf_16 = {name: "\0".join(text) for name, text in files.items()}
    yield {"args": ["merge-driver", *files], "files": utf_16}


def dialogs() -> Iterator[Case]:
    """What is asked and shown on a terminal."""
    yield {**VERSIONS, "args": ["diff", "HEAD~1"]}
    yield {"args": ["log", "z0"], "files": {"registry.yaml": LIFE[-1]}, "commits": LIFE, "author": "Claire"}
    for answers in ([(QUESTION, "1")], [(QUESTION, "")], [(QUESTION, "2")]):
        yield {"args": ["resolve"], "files": {"registry.yaml": CONFLICT}, "answers": answers}
    rebase = {"commits": [OLD], "rebase": True, "files": {"registry.yaml": CONFLICT}}
    yield {**rebase, "args": ["resolve"], "answers": [(QUESTION, "1")]}
    edited = {
        "args": ["resolve"],
        "files": {"registry.yaml": CONFLICT},
        "env": {"EDITOR": "true", "VISUAL": ""},
    }
    yield {**edited, "answers": [(QUESTION, "e"), (QUESTION, "1")]}
    broken = CONFLICT.replace("    nom: Zig\n", "    nom: [\n")
    question = "With these choices, the file cannot be read. Write it?"
    answers = [(QUESTION, "1"), (question, "n")]
    yield {"args": ["resolve"], "files": {"registry.yaml": broken}, "answers": answers}
