"""Phone rounds for the walk, on a dumb terminal: a letter and Enter, in the letters of its language."""

from __future__ import annotations

from typing import Any

from epncli.cli.call.keys import KEYS, Answer

Case = dict[str, Any]

PLACES = """\
structures:
  - id: zig
    nom: Zig
    commune: Paris
    code_postal: "75020"
    telephones: [01 46 36 70 13, 01 46 36 70 14]
    notes: |-
      2026-01-01 : pas de réponse
      2026-01-05 : pas de réponse
  - id: zag
    nom: Zag
    commune: Paris
    code_postal: "75020"
    telephones: [01 46 36 70 13]
  - id: zog
    nom: Zog
    commune: Paris
    code_postal: "75013"
    telephones: [01 46 36 70 15]
"""
KEY = "Key?"
SINCE = "Closed since when? (a day, a month or a year; ?: not known; Enter: today)"
REASON = "Reason? (Enter: none)"
SUCCESSOR = "Which structure replaces it? (its id or name; Enter: none)"
FROM = "First day closed? (Enter: today)"
UNTIL = "Last day closed? (Enter: not known)"
DAY = "Call back on which day? (a date, a weekday or a number of days; Enter: tomorrow)"
WHAT = "What has changed? (numbers, such as 5 8; Enter: the text editor)"
CLOSING = [(SINCE, "x"), (SINCE, "?"), (REASON, ""), (SUCCESSOR, "")]


def rounds() -> list[Case]:
    """All of them."""
    right, skip, leave = _key(Answer.RIGHT), _key(Answer.SKIP), _key(Answer.QUIT)
    undo = _key(Answer.UNDO)
    edit = [_key(Answer.CHANGED), (WHAT, "")]
    cases = [
        {"args": ["call"], "answers": [_key(Answer.HELP), (KEY, "0"), undo, leave]},
        {"args": ["call"], "answers": [right, undo, right, _key(Answer.CLOSED), *CLOSING, leave]},
        {"args": ["call"], "answers": [_key(Answer.CLOSED), (SINCE, "\x04"), leave]},
        {"args": ["call"], "answers": [
            _key(Answer.NO_ANSWER), ("Mark it as closed?", "y"), *CLOSING,
            _key(Answer.WRONG_NUMBER),
            _key(Answer.CALL_BACK), (DAY, "2020-01-01"), (DAY, ""),
        ]},
        {"args": ["call"], "answers": [
            _key(Answer.WRONG_NUMBER), ("Which number is wrong? [1-{count}]", "9"),
            ("Which number is wrong? [1-{count}]", "2"),
            _key(Answer.CLOSED_FOR_A_TIME), (FROM, ""), (UNTIL, ""), (REASON, ""),
            _key(Answer.CHANGED), (WHAT, "5 2"), ("Enter keeps it, - clears it", ""),
            ("Address", "1 rue Zog"),
        ]},
        {"args": ["call"], "answers": [*edit, leave], "editor": ""},
        # Another keeper settles the next structure, or changes this one, while the editor is open.
        {"args": ["call"], "answers": [*edit, skip, right],
         "editor": "sed -i 's/^    nom: Zag/    statut: fermé\\n&/' registry.yaml"},
        {"args": ["call"], "answers": [*edit, right, leave],
         "editor": "sed -i 's/^    nom: Zig/    source: zig\\n&/' registry.yaml"},
        {"args": ["call"], "registry": PLACES.replace("id: zag", "id: zig"), "answers": [right]},
        {"args": ["call", "zag", "zig"], "registry": PLACES.replace("Zag", "Zag\n    statut: fermé"),
         "answers": [leave]},
        {"args": ["call", "--code-postal", "01"]},
    ]  # fmt: skip
    return [{"registry": PLACES, "env": {"TERM": "dumb"}, **case} for case in cases]


def _key(answer: Answer) -> tuple[str, str]:
    return KEY, KEYS[answer].letter
