"""Generates lists and records in flow style."""

from __future__ import annotations

from handwriting.scribe import ScalarScribe
from handwriting.words import FIELDS

OPEN, CLOSE = "\ue000", "\ue001"
"""Around the lines of each record while a text is being made; gone from the text that is handed out."""


class FlowScribe(ScalarScribe):
    """Writes what stands between brackets."""

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
                self.put(self.indent(), self.comment(), "\n")
                self.after_plain = False
            self.put(self.indent())

    def indent(self) -> str:
        """The start of a line in brackets, which may be anything."""
        tabs = ("\t", "\t\t") if not self.after_plain else ()
        return self.random.choice(("", "  ", "    ", "    ", " " * 8, *tabs))

    def sign(self, *texts: str) -> None:
        """A bracket, a comma or a colon."""
        self.put(*texts)
        self.after_plain = False

    def scalar(self, text: str) -> None:
        self.put(text)
        self.after_plain = self.in_block and text[:1] not in ("'", '"')

    def one_or_many_lines(self) -> str:
        return self.one_line(flow=True) if self.chance(0.9) else self.many_lines(4, flow=True)

    def flow_list(self) -> None:
        where = self.where
        self.sign("[")
        count = self.random.choice((0, 1, 1, 2, 2, 3, 4))
        for index in range(count):
            self.where = f"{where}.{index}"
            self.inside(f"{where}.{index - 1}" if index else where)
            self.scalar(self.one_or_many_lines())
            self.inside()
            self.where = where
            if index < count - 1 or self.chance(self.odd / 3):
                self.sign(",", " " * self.chance(0.8))
        self.inside(f"{where}.{count - 1}" if count else where)
        self.sign("]")

    def key(self, name: str) -> str:
        if self.chance(self.odd / 4):
            return self.random.choice((f'"{name}"', f"'{name}'", name)) + self.random.choice(("", " ", "  "))
        return name

    def flow_fields(self, names: list[str], number: int | None = None) -> None:
        where = before = self.where
        self.sign("{")
        for index, name in enumerate(names):
            if number is not None:
                self.where = f"{number}.{name}"
            self.inside(before)
            before = self.where
            self.flow_field(name, number)
            self.inside()
            self.where = where if number is None else str(number)
            if index < len(names) - 1 or self.chance(self.odd / 3):
                self.sign(self.random.choice(("", "", " ")), ",", " ")
        self.where = where if number is None else str(number)
        self.inside(before)
        self.where = where
        self.sign("}")

    def flow_field(self, name: str, number: int | None) -> None:
        key = self.key(name)
        self.scalar(key)
        if name == "id":
            self.sign(": ")
            self.scalar(f"s{number}")
            return
        quoted = key[0] in "'\""
        if self.chance(self.odd / 4):  # no value
            if colon := self.random.choice(("", ": ", " : ", *["  :", ":"] * quoted)):
                self.sign(colon)
            return
        self.sign(":", " " * (not quoted or self.chance(0.8)))
        self.inside()
        if name in ("telephones", "courriels") and self.chance(0.7):
            self.flow_list()
        else:
            self.scalar(self.one_or_many_lines())

    def flow_records(self) -> None:
        self.sign("[")
        count = self.random.choice((0, 1, 2, 3))
        for number in range(count):
            self.where = ""
            self.inside(str(number - 1) if number else "")
            self.put(OPEN)
            self.where = str(number)
            self.flow_fields(self.names(), number)
            self.put(CLOSE)
            self.where = ""
            self.inside()
            if number < count - 1 or self.chance(self.odd / 3):
                self.sign(",", self.random.choice((" ", "\n", "\n  ", "\n\t")))
        self.inside(str(count - 1) if count else "")
        self.sign("]")

    def names(self) -> list[str]:
        """The fields of a record."""
        names = [name for name in FIELDS if self.chance(0.4)]
        if self.chance(self.odd):
            self.random.shuffle(names)
        return ["id", *names] if self.chance(0.9) else [*names[:1], "id", *names[1:]]
