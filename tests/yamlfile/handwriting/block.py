"""Generates fields, lists and records in block style."""

from __future__ import annotations

from handwriting.flow import CLOSE, OPEN, FlowScribe


class BlockScribe(FlowScribe):
    """Writes what stands on lines of its own; each node ends at the end of a line."""

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

    def mapping_value(self, parent: int) -> None:
        if self.chance(0.4):
            self.gap(parent)
            self.flow_fields(["a", "b", "c"][: self.random.randint(0, 3)])
            self.put(self.trailing(glued=True), "\n")
            return
        self.put(self.trailing(), "\n")
        indent = parent + self.random.choice((1, 2, 4))
        for name in ("a", "b")[: self.random.randint(1, 2)]:
            self.between()
            self.token()
            self.put(" " * indent, name, ":")
            self.scalar_value(indent)

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
            self.flow_fields(self.names(), number)
            self.put(self.trailing(glued=True), "\n", CLOSE)
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
