"""Dialogs of the walk, on a terminal: questions, cards, tables, bars, an editor.

Each dialog has the messages to wait for, in English as in the code (the walk waits for them in its own
language), and the answers to type. An answer of None ends the process, as `kill` does.
"""

from __future__ import annotations

from shutil import which
from typing import Any

import versions
from files import files
from registries import GOOD
from rounds import rounds

Case = dict[str, Any]

RICH = """\
titre: Tout
structures:
  - id: tout
    nom: Tout
    commune: Saint-Denis
    code_postal: "97400"
    code_insee: "97411"
    adresse: 1 rue X
    latitude: "-20.88"
    longitude: "55.45"
    pivot: "73282932000074"
    telephones:
      - 02 62 41 83 00
      - 06 92 12 34 56
      - 09 72 12 34 56
      - 0 800 12 34 56
      - 0 806 12 34 56
      - 0 899 12 34 56
      - 0 820 12 34 56
      - 01 46 36 70 13
      - 01 62 12 34 56
      - 39 49
      - 05 96 12 34 56
      - "687 28 71 55"
      - "0146"
    courriels: [a@zag.fr]
    site_web: [https://zag.fr]
    horaires: Mo-Fr 09:00-12:00
    statut: fermé
    date_fermeture: 2014-09
    motif_fermeture: X
    itinerance: [Fixe]
    notes: |
      x
      y
    date_maj: 2014-09-01
    couleur: {a: [b]}
"""
MANY = "structures:\n" + "".join(
    f'  - {{id: z{number}, nom: Zig {number}, commune: Paris, code_postal: "750{number % 20 + 1:02}", '
    f"telephones: [01 46 36 {number // 100:02} {number % 100:02}], date_maj: {2000 + number % 20}-01-01}}\n"
    for number in range(30)
)
ROWS = "nom,commune,code_postal\n" + "".join(f"Zig {number},Paris,75012\n" for number in range(40))
WHICH = "Which structure? (words from its name, or Enter to cancel)"
ONE = "Which one? [1-{count}, Enter to cancel]"
YES = " [y/N]"
KEEP = " [K/t]"
TITLE = "Title of the registry? (Enter for ‘{title}’)"
GIT = "Keep the versions of this folder with git (git init)? [y/N]"
IGNORE = "Leave {names} out of git (.gitignore)? [Y/n]"
WAIT = "Press Enter when you have saved and closed the file"
AGAIN = "Edit it again? [Y/n]"


def dialogs() -> list[Case]:
    """All of them, each with the files that it names and a registry."""
    own = [{**case, "files": folder_of(case)} for case in _dialogs()]
    return [*own, *versions.dialogs()] if which("git") else own


def _dialogs() -> list[Case]:
    return [
        *(
            {"args": ["list", *options], "columns": width}
            for width in (120, 80, 40)
            for options in ([], ["--closed"])
        ),
        {"args": ["list", "--fields", "id,statut,date_fermeture,motif_fermeture,date_maj,services"]},
        {"args": ["list", "--limit", "0"]},
        {"args": ["list"], "env": {"EPN_PAGER": "nowhere"}, "rows": 3},
        {"args": ["list"], "env": {"EPN_PAGER": "cat -"}, "rows": 3},
        {"args": ["list"], "env": {"EPN_REGISTRY": "nowhere.yaml"}},
        {"args": ["search", "zig"]},
        {"args": ["search", "zigg"]},
        {"args": ["show", "zag"]},
        {"args": ["show", "zig", "zag"], "columns": 40},
        {"args": ["show", "tout"], "registry": RICH},
        {"args": ["stats"]},
        {"args": ["stats"], "registry": MANY, "columns": 50},
        {"args": ["stats"], "registry": RICH},
        {"args": ["stats"], "registry": "structures: []\n"},
        {"args": []},
        {"args": ["close", "--help"], "columns": 60},
        # which one
        {"args": ["close"], "answers": [(WHICH, "")]},
        {"args": ["close"], "answers": [(WHICH, "paris"), (ONE, "9"), (ONE, "2")]},
        {"args": ["close"], "answers": [(WHICH, "\x03")]},
        {"args": ["close"], "answers": [(WHICH, None)]},
        {"args": ["close", "paris"], "answers": [(ONE, "")]},
        {"args": ["edit", "--set", "notes=x", "paris"], "answers": [(ONE, "1")]},
        {"args": ["reopen"], "answers": [(WHICH, "zag")]},
        {"args": ["show", "paris"], "registry": MANY, "answers": [(ONE, "1")]},
        # a yes
        {"args": ["remove", "zig"], "answers": [(YES, "")]},
        {"args": ["remove", "zig"], "answers": [(YES, "o")]},
        {"args": ["remove", "zig", "zag"], "answers": [(YES, "oui")]},
        {"args": ["merge", "zig", "zig-zag"], "answers": [(KEEP, "t"), (KEEP, ""), (YES, "y")]},
        {"args": ["import", "good.csv"], "answers": [(YES, "")]},
        {"args": ["import", "good.csv", "--update"], "answers": [(YES, "y")]},
        {"args": ["import", "rows.csv"], "patch": ("import_", "_MANY_ROWS", 2), "answers": [(YES, "yes")]},
        {
            "args": ["import", "zug.csv", "--recipe", "zug.yaml"],
            "registry": GOOD.replace("Zig\n", "Zyg\n"),
            "more": ["zug.last.csv"],
            "answers": [(KEEP, "t"), (YES, "y")],
        },
        {
            "args": ["import", "zug.csv", "--map", "Enseigne=nom", "--save-recipe", "zug.yaml"],
            "answers": [(YES, "n")],
        },
        {"args": ["check"], "registry": MANY, "patch": ("check", "_LONG", 2)},
        {"args": ["check", "--fix"]},
        {"args": ["add", "Zog", "--code-postal", "01170"], "answers": [("Commune?", "Gex")]},
        {"args": ["add", "Zog", "--code-postal", "01170"], "answers": [("Commune?", "")]},
        # an editor
        {"args": ["edit", "zig"], "editor": 'cat "$1"'},
        {"args": ["edit", "zig"], "editor": "exit 3"},
        {"args": ["edit", "zig"], "env": {"VISUAL": "nowhere"}},
        {"args": ["edit", "zig"], "env": {"VISUAL": "", "PATH": ""}},
        {"args": ["edit", "zig"], "env": {"VISUAL": ""}, "out": "/dev/null"},
        {"args": ["edit", "zig"], "editor": "printf '#x\\n' >> \"$1\""},
        {"args": ["edit", "zig", "--dry-run"], "editor": "printf 'notes: x\\n' >> \"$1\""},
        {"args": ["edit", "zig"], "editor": "printf 'notes: x\\n' >> \"$1\""},
        {"args": ["edit", "zig"], "editor": "printf '\\351' >> \"$1\""},
        {
            "args": ["edit", "zig"],
            "editor": 'cat "$1"; printf \'notes: [\\n\' >> "$1"',
            "answers": [(AGAIN, ""), (AGAIN, "n")],
        },
        *(
            {
                "args": ["edit", "zig"],
                # Someone else changes the record while it is open, the first time.
                "editor": "test -e once && exit; touch once\n"
                "sed -i 's/nom: Zig/nom: Zyg/' registry.yaml\nprintf 'notes: x\\n' >> \"$1\"",
                "answers": [(AGAIN, answer)],
            }
            for answer in ("", "n")
        ),
        {"args": ["edit", "zig"], "registry": "structures:\n- id: zig\n  notes: |+\n    x\n\n", "editor": ""},
        {
            "args": ["edit"],
            "editor": "printf 'nom: [\\n' > \"$1\"",
            "answers": [(WHICH, "zag"), (AGAIN, "non")],
        },
        *rounds(),
        # files
        {"args": ["export", "xlsx"]},
        {"args": ["export", "csv", "-o", "good.csv"]},
        *(
            # Outside a repository, with another program instead of git.
            {
                "args": ["init", "new.yaml"],
                "answers": answers,
                "outside_git": True,
                "env": {"PATH": "."},
                "symlinks": {"git": which(git) or ""},
            }
            for git, answers in (
                ("true", [(TITLE, ""), (GIT, "y"), (IGNORE, "")]),
                ("false", [(TITLE, "X"), (GIT, "y")]),
            )
        ),
        {
            "args": ["init", "new.yaml", "--titre", "X"],
            "env": {"PATH": "."},
            "symlinks": {"git": which("true") or "", ".gitignore": "below"},
        },
        {"args": ["schema", "--fields"], "columns": 60},
        {
            "args": ["edit", "zig"],
            "answers": [(WAIT, "")],
            "env": {"VISUAL": "./code"},
            "symlinks": {"code": which("true") or ""},
        },
        {"args": ["verify", "tout"], "folder": "below", "registry": RICH},
        {"args": ["verify", "zag"], "folder": "below"},
        {"args": ["verify", "zag"], "hard_link": True},
        {"args": ["verify", "zag"], "env": {"XDG_STATE_HOME": "/dev/null"}},
        {"args": ["edit", "zig"], "editor": "printf '    # x\\n' >> \"$1\""},
        {"args": ["verify", "zag"], "locked": True, "env": {"EPN_LOCK_SECONDS": "0.1"}},
        {"args": ["list", "-r", "loop.yaml"], "symlinks": {"loop.yaml": "loop.yaml"}},
        {"args": ["list", "-r", "x" * 300]},
        {"args": ["import", "x" * 300]},
        {"args": ["list", "-r", "lost.yaml"], "symlinks": {"lost.yaml": "nowhere.yaml"}},
        {"args": ["list", "-r", "no\nwhere.yaml"]},
        {"args": ["import", "loop.csv"], "symlinks": {"loop.csv": "loop.csv"}},
        {"args": ["export", "csv", "-o", "x" * 300]},
        {"args": ["list"], "out": "/dev/full"},
        {"args": ["remove", "zig", "--yes"], "out": "/dev/full"},
        {"args": ["--install-completion", "bash"]},
        {"args": ["--install-completion", "fish"]},
        {"args": ["--install-completion", "pwsh"], "env": {"PATH": ""}},
        {"args": ["--install-completion"], "env": {"SHELL": ""}},
    ]


def folder_of(case: Case) -> dict[str, str]:
    """The files that a dialog finds."""
    wanted = (*case["args"], *case.get("more", ()))
    named = {name: text for name, text in {**files(), "rows.csv": ROWS}.items() if name in wanted}
    return {"registry.yaml": case.get("registry", GOOD), **named}
