"""Random registries as people write them by hand: every layout of YAML, comments in every place.

Driven by a seeded `random.Random`: one of Hypothesis' own would shrink, but takes 100 ms a file, not one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

OPEN, CLOSE = "\ue000", "\ue001"
"""Around the lines of each record while a text is being made; gone from the text that is handed out."""

COMMENT = re.compile(r"¤\d+@([^¤]*)¤")
"""A comment tells where it stands: ¤12@1.telephones.0¤ is beside the first phone of the second record."""

BREAKS = ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029")

FIELDS = (
    "nom", "commune", "code_postal", "adresse", "telephones", "courriels", "statut", "date_fermeture",
    "motif_fermeture", "notes", "inconnu", "un champ à moi", "x-y",
)  # fmt: skip
ORDER = ("id", *FIELDS[:10])
PLAIN = (
    "Microlithe", "01 46 36 70 13", "75020", "0142612774", "no", "~", "null", "12:30", "2014-09",
    "Centre d’animation “Daviel”", "c'est l'annexe", "http://www.exemple.fr/a?b=c&d#e",
    "-1", "a#b", "x - y",
    "👩‍💻 numérique", "salle:3", "é", "+33146367013", "-tiret", "<<", "=", "100 %", "a b  c",
    'dit "oui"', "l!", "a&b", "a*", "B\\n", "---a", "Île–de–France",
)  # fmt: skip
PLAIN_ONLY_IN_BLOCK = ("rue X, [bis]", ":deux", "?quoi", "a, b", "à [b", "x}", "Relais 59 ]", "a,")
QUOTED = (
    "", " ", "a: b", "# pas un commentaire", "- a", "[a, b]", "{",
    "l'annexe", 'dit "oui"', "fin #3", " bord ", "@a",
    "`", "%", "a\tb", "oui", "0", "👍", "nom: x", "--- a", "...", ",", "!tag", "&a",
    "*b", "a\\b", "C:\\temp", "|", ">",
)  # fmt: skip
VALUES = (
    *PLAIN, *PLAIN_ONLY_IN_BLOCK, *QUOTED, "deux\nlignes", "trois\n\nlignes\n", "\n", "\n\n", "a\n",
    " a\nb", "a\n b",
    "a \nb", "\ta\nb", "a\n\tb", "a\n  \nb", "\x00", "\x1b[31m", "\x7f", "\x85",
    "a\u2028b", "\ufeff", "\r", "a\r\nb",
    "a\u00a0b", "\u00a0", "…", "\U0010ffff", "\ue123", "\ufffe",
    "x" * 200, "mot " * 40 + "fin", "# a\nb", "- a\n- b",
    "a: b\nc: d", "---\na", "...\n", "a\n---\n", "é\n👍\n",
)  # fmt: skip
"""What people and other programs hand to --set, import and the editor."""


@dataclass(frozen=True)
class Handwritten:
    """A file as a person left it; `lines` are the start and the end of each record's own lines."""

    text: str
    bom: bool
    lines: tuple[tuple[int, int], ...]
    explicit: bool
    """True when something stands as `? key`, which epn leaves to a person."""

    @property
    def data(self) -> bytes:
        return b"\xef\xbb\xbf" * self.bom + self.text.encode()


def write_registry(random: Random) -> Handwritten:
    """A random registry, as text."""
    return _Scribe(random).registry()


class _Scribe:
    """Writes YAML as it comes; remembers what may stand next."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.out: list[str] = []
        self.comments = 0
        self.where = ""
        self.explicit = False
        self.deepest_comment = 99
        """A comment indented deeper would become a part of the block scalar above it."""
        self.keeps_blanks = False
        self.chatty = random.choice((0.0, 0.05, 0.3))
        self.airy = random.choice((0.0, 0.1, 0.4))
        self.odd = random.choice((0.0, 0.1, 0.5))
        """How odd the layout is: plain files are tested too."""
        self.structures_in_flow = random.random() < 0.15
        self.tabs = False

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
            self.put(" " * min(self.random.choice((0, 0, 0, 2, 4, 6, 12)), self.deepest_comment), "\n")
        while self.chance(self.chatty):
            self.put(
                " " * min(self.random.choice((0, 2, 2, 4, 4, 6, 9)), self.deepest_comment),
                self.comment(),
                "\n",
            )
            self.keeps_blanks = False
            if self.chance(self.airy):
                self.put("\n")

    def token(self) -> None:
        """A token begins: what stood above it no longer matters."""
        self.deepest_comment, self.keeps_blanks = 99, False

    def inside(self, before: str | None = None) -> None:
        """Between two tokens in brackets: nothing, blanks, comments, line breaks.

        `before` is where a comment stands that ends the line of the token before.
        """
        if self.chance(self.odd):
            self.put(self.random.choice(("", " ", "  ", "\t" * (self.out[-1][-1:] not in " \n"))))
        if self.chance(self.odd * 0.6):
            where, self.where = self.where, self.where if before is None else before
            self.put(self.trailing(tab=self.out[-1][-1:] not in " \n"), "\n")
            self.where = where
            while self.chance(self.chatty):
                self.put(" " * self.random.choice((0, 2, 7)), self.comment(), "\n")
            indents = ("\t", "\t\t", "  \t") if self.tabs else ("  ", "    ", "    ", "        ")
            self.put(self.random.choice(indents) if self.chance(0.9) else "")

    # -- scalars

    def one_line(self, flow: bool) -> str:
        style = self.random.choice('ppppp\'""')
        if style == "p":
            return self.random.choice(PLAIN if flow else PLAIN + PLAIN_ONLY_IN_BLOCK)
        if style == "'":
            return "'" + self.random.choice(PLAIN + QUOTED).replace("'", "''") + "'"
        text = self.random.choice(PLAIN + QUOTED).replace("\\", "\\\\").replace('"', '\\"')
        return (
            '"'
            + text
            + self.random.choice(("", "", "", "\\n", "\\t", "\\u00e9", "\\U0001F600", "\\x41", "\\_"))
            + '"'
        )

    def many_lines(self, indent: int) -> str:
        """A plain or quoted scalar of several lines."""
        pad = "\n" + "\n" * self.chance(0.2) + " " * indent
        words = [
            self.random.choice(("mot", "01 46", "é👍", "l’une", "x"))
            for _ in range(self.random.randint(2, 4))
        ]
        style = self.random.choice("p'\"")
        if style == "p":
            return pad.join(words)
        pad = self.random.choice((pad, "\n  ", pad + "\t"))
        if style == "'":
            ends = self.random.choice((["# non", ""], ["# non", "a"], ["# non"], ["a#", "#"]))
            return "'" + pad.join([*words, "l''annexe", *ends]) + "'"
        ends = self.random.choice((["# non", "b"], ["# non"]))
        return '"' + self.random.choice((pad, "\\\n", " \\" + pad)).join([*words, '\\"a\\"', *ends]) + '"'

    def block_scalar(self, parent: int) -> str:
        """`|` or `>` with all that may follow it, its lines indented deeper than `parent`."""
        digit = self.random.choice(("", "", "2", "1", "4"))
        depth = int(digit) if digit else self.random.choice((1, 2, 2, 3))
        chomp = self.random.choice(("", "", "-", "+"))
        header = (
            self.random.choice("|>")
            + self.random.choice((digit + chomp, chomp + digit))
            + self.trailing_of_header()
        )
        pad = " " * (parent + depth)
        lines = []
        if digit and self.chance(0.5):
            lines.append(pad + "  en retrait")
        for _ in range(self.random.randint(1, 3)):
            lines += [""] * self.chance(0.2)
            lines.append(
                pad
                + self.random.choice(("mot", "# pas un commentaire", "- a: b", "é👍", "x" * 9, "'", "a\t"))
            )
        if self.chance(0.3):
            lines.append(pad + "  plus loin")
        if self.chance(0.3):
            lines += [""] * self.random.randint(1, 2)
        self.deepest_comment, self.keeps_blanks = parent, True
        return header + "\n" + "\n".join(lines)

    def trailing_of_header(self) -> str:
        return " " + self.comment() if self.chance(self.chatty / 2) else ""

    # -- nodes; each ends at the end of a line

    def value(self, parent: int, name: str) -> None:
        """What follows `name:` of a key in column `parent`, up to and with the end of its line."""
        as_list = self.chance(0.7) if name in ("telephones", "courriels") else self.chance(0.04)
        if as_list:
            self.list_value(parent)
        elif name in ("inconnu", "id") and self.chance(0.2) and name != "id":
            self.mapping_value(parent)
        else:
            self.scalar_value(parent)

    def scalar_value(self, parent: int, tab: bool = True) -> None:
        kind = self.random.choice("oooooommbbe") if self.chance(self.odd + 0.2) else "o"
        if kind == "e":
            self.put(self.trailing(tab=tab), "\n")
            return
        self.gap(parent, tab)
        if kind == "b":
            self.put(self.block_scalar(parent), "\n")
            return
        text = (
            self.one_line(flow=False)
            if kind == "o"
            else self.many_lines(parent + self.random.choice((1, 2, 4)))
        )
        self.put(text, self.trailing(glued=text[0] in "'\""), "\n")

    def gap(self, parent: int, tab: bool = True) -> None:
        """Between the colon and the value: a blank, or a line break with comments."""
        if self.chance(self.odd / 3):
            self.put(self.trailing(tab=tab), "\n")
            self.between()
            self.put(" " * (parent + self.random.choice((1, 2, 4))))
        else:
            self.put(
                self.random.choice(("   ", "\t" * tab or " ", " ")) if self.chance(self.odd / 2) else " "
            )
        self.token()

    def list_value(self, parent: int) -> None:
        if self.chance(0.5):
            self.gap(parent)
            self.flow_list()
            self.put(self.trailing(glued=True), "\n")
            return
        self.put(self.trailing(), "\n")
        where = self.where
        indent = " " * (parent + self.random.choice((0, 0, 2, 2, 4)))
        for index in range(self.random.randint(1, 4)):
            self.between()
            self.token()
            self.where = f"{where}.{index}"
            self.put(indent, "-")
            if self.chance(0.05):
                self.put(self.trailing(tab=False), "\n")
            else:
                self.scalar_value(len(indent), tab=False)
            self.where = where

    def flow_list(self, count: int | None = None) -> None:
        where = self.where
        self.put("[")
        count = self.random.choice((0, 1, 1, 2, 2, 3, 4)) if count is None else count
        for index in range(count):
            self.where = f"{where}.{index}"
            self.inside(f"{where}.{index - 1}" if index else where)
            text = self.one_line(flow=True) if self.chance(0.9) else self.many_lines(4)
            self.put(text)
            self.inside()
            self.where = where
            if index < count - 1 or self.chance(self.odd / 3):
                self.put(",", " " * self.chance(0.8))
        self.inside(f"{where}.{count - 1}" if count else where)
        self.put("]")

    def mapping_value(self, parent: int) -> None:
        if self.chance(0.4):
            self.gap(parent)
            self.put("{")
            self.flow_fields(["a", "b", "c"][: self.random.randint(0, 3)])
            self.put("}", self.trailing(glued=True), "\n")
            return
        self.put(self.trailing(), "\n")
        indent = parent + self.random.choice((1, 2, 4))
        for name in ("a", "b")[: self.random.randint(1, 2)]:
            self.between()
            self.token()
            self.put(" " * indent, name, ":")
            self.scalar_value(indent)

    def key(self, name: str) -> str:
        if self.chance(self.odd / 4):
            return self.random.choice((f'"{name}"', f"'{name}'", name)) + self.random.choice(("", " ", "  "))
        return name

    # -- records

    def names(self) -> list[str]:
        names = [name for name in FIELDS if self.chance(0.4)]
        if self.chance(self.odd):
            self.random.shuffle(names)
        return ["id", *names] if self.chance(0.9) else [*names[:1], "id", *names[1:]]

    def block_record(self, number: int, dash: int) -> None:
        """From its dash on."""
        self.where = str(number)
        self.put(OPEN, " " * dash, "-")
        width = self.random.choice((2, 2, 3, 4)) if self.chance(self.odd) else 2
        if self.chance(self.odd / 3):
            self.put(self.trailing(tab=False), "\n")
            self.between()
            self.put(" " * (dash + width))
        else:
            self.put(" " * (width - 1))
        if self.chance(0.15):
            self.put("{")
            self.flow_fields(self.names(), number)
            self.put("}", self.trailing(glued=True), "\n", CLOSE)
            return
        indent = dash + width
        for index, name in enumerate(self.names()):
            if index:
                self.between()
                self.put(" " * indent)
            self.token()
            self.where = f"{number}.{name}"
            if name != "id" and self.chance(self.odd / 100):
                self.explicit = True
                self.put(
                    "? ", self.key(name), "\n", " " * indent, ":", self.one_line(flow=False).join("  "), "\n"
                )
                continue
            self.put(self.key(name), ":")
            if name == "id":
                self.put(f" s{number}", self.trailing(), "\n")
            else:
                self.value(indent, name)
            self.where = str(number)
        self.put(CLOSE)
        self.where = ""

    def flow_fields(self, names: list[str], number: int | None = None) -> None:
        where = before = self.where
        for index, name in enumerate(names):
            if number is not None:
                self.where = f"{number}.{name}"
            self.inside(before)
            before = self.where
            key = self.key(name)
            if name == "id":
                self.put(key, ": ", f"s{number}")
            elif self.chance(self.odd / 4):  # no value
                self.put(key, self.random.choice(("", ": ", " : ")))
            else:
                self.put(key, ":")
                self.put(" ") if key[-1] != '"' or self.chance(0.8) else None
                self.inside()
                if name in ("telephones", "courriels") and self.chance(0.7):
                    self.flow_list()
                else:
                    self.put(self.one_line(flow=True) if self.chance(0.9) else self.many_lines(4))
            self.inside()
            self.where = where if number is None else str(number)
            if index < len(names) - 1 or self.chance(self.odd / 3):
                self.put(self.random.choice(("", "", " ")), ",", " ")
        self.where = where if number is None else str(number)
        self.inside(before)
        self.where = where

    def flow_records(self) -> None:
        self.put("[")
        count = self.random.choice((0, 1, 2, 3))
        for number in range(count):
            self.where = ""
            self.inside(str(number - 1) if number else "")
            self.put(OPEN, "{")
            self.where = str(number)
            self.flow_fields(self.names(), number)
            self.put("}", CLOSE)
            self.where = ""
            self.inside()
            if number < count - 1 or self.chance(self.odd / 3):
                self.put(",", self.random.choice((" ", "\n", "\n  ")))
        self.inside(str(count - 1) if count else "")
        self.put("]")

    # -- the file

    def structures(self, root: int) -> None:
        if self.structures_in_flow:
            self.gap(root)
            self.flow_records()
            self.put(self.trailing(glued=True), "\n")
            return
        self.put(self.trailing(), "\n")
        dash = root + self.random.choice((0, 2, 2, 2, 4))
        for number in range(self.random.choice((0, 1, 1, 2, 3))):
            self.between()
            self.token()
            self.block_record(number, dash)

    def registry(self) -> Handwritten:
        if self.chance(0.1):
            self.json_like()
        else:
            self.block_file()
        text = "".join(self.out)
        if self.chance(0.2):
            text = text.rstrip("\n")
        text = self.line_breaks(text)
        return Handwritten(*_marked(text, self.chance(0.1)), self.explicit)

    def json_like(self) -> None:
        self.tabs = self.chance(0.5)  # only where nothing stands outside of brackets
        self.between()
        self.put("{")
        names = ["titre", "structures"] if self.chance(0.7) else ["structures"]
        self.random.shuffle(names)
        for index, name in enumerate(names):
            self.inside()
            self.put(self.random.choice((f'"{name}"', name)), ": ")
            self.inside()
            if name == "titre":
                self.put(self.one_line(flow=True))
            else:
                self.flow_records()
            self.inside()
            if index < len(names) - 1:
                self.put(", ")
        self.put("}", self.trailing(glued=True), "\n")
        self.between()

    def block_file(self) -> None:
        if self.chance(0.1):
            self.between()
            self.put(self.random.choice(("---", "%YAML 1.1\n---")), self.trailing(), "\n")
        root = 2 if self.chance(0.05) else 0
        names = [name for name in ("titre", "autre", "liste") if self.chance(0.4)]
        names.insert(self.random.randint(0, len(names)), "structures")
        for name in names:
            self.between()
            self.token()
            self.put(" " * root, self.key(name), ":")
            if name == "structures":
                self.structures(root)
            elif name == "liste":
                self.list_value(root)
            elif name == "autre" and self.chance(0.5):
                self.mapping_value(root)
            else:
                self.scalar_value(root)
            self.where = ""
        self.between()
        if self.chance(0.05):
            self.put("...", self.trailing(), "\n")

    def line_breaks(self, text: str) -> str:
        kind = self.random.choice(("\n", "\n", "\n", "\r\n", "\r\n", "\r", "mixed", "any"))
        if kind == "mixed":
            return re.sub("\n", lambda _: self.random.choice(BREAKS[:2]), text)
        if kind == "any":
            return self.any_line_breaks(text)
        return text.replace("\n", kind)

    def any_line_breaks(self, text: str) -> str:
        parts, last = [], ""
        for char in text:
            this = self.random.choice(BREAKS) if char == "\n" else char
            if last == "\r" and this == "\n":  # together they would be one line break
                this = "\r\n"
            if char not in (OPEN, CLOSE):
                last = this
            parts.append(this)
        return "".join(parts)


def _marked(text: str, bom: bool) -> tuple[str, bool, tuple[tuple[int, int], ...]]:
    """The text without its private marks, and where these stood."""
    plain: list[str] = []
    at, starts, ends = 0, [], []
    for part in re.split(f"([{OPEN}{CLOSE}])", text):
        if part == OPEN:
            starts.append(at)
        elif part == CLOSE:
            ends.append(at)
        else:
            plain.append(part)
            at += len(part)
    return "".join(plain), bom, tuple(zip(starts, ends, strict=True))
