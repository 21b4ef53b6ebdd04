"""Generates comments, blanks and scalars: plain, quoted, of several lines, `|` and `>`."""

from __future__ import annotations

import re
from random import Random

from handwriting.words import PLAIN, PLAIN_ONLY_IN_BLOCK, QUOTED

COMMENT = re.compile(r"¤\d+@([^¤]*)¤")
"""A comment tells where it stands: ¤12@1.telephones.0¤ is beside the first phone of the second record."""


class ScalarScribe:
    """Writes YAML as it comes; remembers what may stand next."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.out: list[str] = []
        self.comments = 0
        self.where = ""
        self.explicit = False
        self.in_block = True
        """False in a file that is in braces as a whole."""
        self.deepest_comment = 99
        """A comment indented deeper would become a part of the block scalar above it."""
        self.keeps_blanks = False
        """A blank line would become a part of the block scalar above it."""
        self.after_plain = False
        """A tab that begins the next line would be taken for a part of the plain scalar above it."""
        self.chatty = random.choice((0.0, 0.05, 0.3))
        self.airy = random.choice((0.0, 0.1, 0.4))
        self.odd = random.choice((0.0, 0.1, 0.5))
        """How odd the layout is: plain files are tested too."""

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def put(self, *texts: str) -> None:
        self.out += texts

    # -- what stands between

    def comment(self) -> str:
        self.comments += 1
        noise = self.random.choice(
            ("", "", " fermé ? [", " \"l'", ": - {", "# é 👍", "\t}", " ]", "'", ",", ": x")
        )
        return f"#{self.random.choice((' ', ' ', ''))}¤{self.comments}@{self.where}¤{noise}"

    def trailing(self, glued: bool = False, tab: bool = True) -> str:
        """The rest of a line after a value, without its line break."""
        if self.chance(self.chatty):
            blank = self.random.choice((" ", " ", "  ", "\t" if tab else " ", "      "))
            return ("" if glued and self.chance(self.odd / 3) else blank) + self.comment()
        return self.random.choice(("", "", "", " ", "  ")) if self.chance(self.odd) else ""

    def between(self) -> None:
        """Blank lines and comments on lines of their own; here a line starts."""
        while self.chance(self.airy) and not self.keeps_blanks:
            self.put(self.blank_line(), "\n")
        while self.chance(self.chatty):
            indent = min(self.random.choice((0, 2, 2, 4, 4, 6, 9)), self.deepest_comment)
            self.put(" " * indent, self.comment(), "\n")
            self.keeps_blanks = False
            if self.chance(self.airy):
                self.put(self.blank_line(), "\n")

    def blank_line(self) -> str:
        """A line without a word, as editors leave them: of nothing, or of blanks."""
        return " " * self.random.choice((2, 4, 7, 12)) if self.chance(self.odd / 2) else ""

    def token(self) -> None:
        """A token begins: what stood above it no longer matters."""
        self.deepest_comment, self.keeps_blanks, self.after_plain = 99, False, False

    # -- scalars

    def one_line(self, flow: bool) -> str:
        style = self.random.choice('ppppp\'""')
        if style == "p":
            return self.random.choice(PLAIN if flow else PLAIN + PLAIN_ONLY_IN_BLOCK)
        if style == "'":
            return "'" + self.random.choice(PLAIN + QUOTED).replace("'", "''") + "'"
        text = self.random.choice(PLAIN + QUOTED).replace("\\", "\\\\").replace('"', '\\"')
        escape = self.random.choice(("", "", "", "\\n", "\\t", "\\u00e9", "\\U0001F600", "\\x41", "\\_"))
        return f'"{text}{escape}"'

    def many_lines(self, indent: int, *, flow: bool = False) -> str:
        """A plain or quoted scalar of several lines."""
        pad = "\n" + (self.blank_line() + "\n") * self.chance(0.2) + " " * indent
        words = [
            self.random.choice(("mot", "01 46", "é👍", "l’une", "x"))
            for _ in range(self.random.randint(2, 4))
        ]
        style = self.random.choice("p'\"")
        if style == "p":
            return (pad if flow else self.random.choice((pad, pad + "\t"))).join(words)
        pad = self.random.choice((pad, "\n  ", "\n", pad + "\t", "\n\t"))
        last = self.random.choice(("", "a", "# fin", "#fin"))
        if style == "'":
            return "'" + pad.join([*words, "l''annexe", "# non", last]) + "'"
        pad = self.random.choice((pad, "\\\n", " \\" + pad))
        return '"' + pad.join([*words, '\\"a\\"', "# non", last or "b"]) + '"'

    def block_scalar(self, parent: int) -> str:
        """`|` or `>` with all that may follow it, its lines indented deeper than `parent`."""
        digit = self.random.choice(("", "", "2", "1", "4"))
        depth = int(digit) if digit else self.random.choice((1, 2, 2, 3))
        chomp = self.random.choice(("", "", "-", "+"))
        header = self.random.choice("|>") + self.random.choice((digit + chomp, chomp + digit))
        header += " " + self.comment() if self.chance(self.chatty / 2) else ""
        self.deepest_comment, self.keeps_blanks = parent, True
        if chomp == "+" and self.chance(0.1):  # nothing, or nothing but blank lines
            return "\n".join([header, *[""] * self.random.randint(0, 2)])
        pad = " " * (parent + depth)
        lines = []
        if digit and self.chance(0.5):
            lines.append(pad + "  en retrait")
        for _ in range(self.random.randint(1, 3)):
            # Above the first word no line may be indented deeper, unless the header says how deep that is.
            lines += [self.blank_line() if lines or digit else ""] * self.chance(0.2)
            lines.append(
                pad
                + self.random.choice(("mot", "# pas un commentaire", "- a: b", "é👍", "x" * 9, "'", "a\t"))
            )
        if self.chance(0.3):
            lines.append(pad + "  plus loin")
        if self.chance(0.3):
            lines += [self.blank_line() for _ in range(self.random.randint(1, 2))]
        return "\n".join([header, *lines])
