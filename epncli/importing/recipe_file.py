"""Reading of a recipe from its YAML file. Its keys are French, as in a registry."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from epncli.errors import BadUsage, Unreadable
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.i18n import _
from epncli.importing.mednum_config import parse_config
from epncli.model.fields import find_field
from epncli.model.structure import FIELDS, Texts
from epncli.rules.texte import quoted
from epncli.yamlfile.nodes import Node
from epncli.yamlfile.reader import read_document
from epncli.yamlfile.source import Source, place, read_bytes, read_source

OF_THE_FILE: Final = "fichier"
"""As the constant of `date_maj`: the day on which the imported file was saved."""
KEYS: Final = ("source", "identifiant", "colonnes", "jointures", "decoupages", "valeurs", "constantes")

Item = TypeVar("Item")


def read_recipe(path: Path) -> Recipe:
    """The recipe in a YAML file, or in a configuration of mednum-cli. Raises `Unreadable`."""
    if not os.path.lexists(path):
        raise Unreadable(
            _("there is no such recipe"),
            _("‘epn import FILE --save-recipe {file}’ creates it").format(file=path.name),
            path=str(path),
        )
    if path.suffix.lower() == ".json":
        return parse_config(str(path), read_bytes(path))
    return parse_recipe(read_source(path))


def parse_recipe(source: Source) -> Recipe:
    """The recipe in the text of a YAML file. Raises `Unreadable`, with line and column."""
    return _Parser(source).recipe(read_document(source).root_node())


@dataclass(frozen=True, slots=True)
class _Parser:
    source: Source

    def recipe(self, root: Node) -> Recipe:
        found = self.entries(root, KEYS)
        columns = self.columns(found.get("colonnes"))
        constants = self.by_field(found.get("constantes"), self.constant)
        if source := self.text(found.get("source")):
            constants["source"] = source
        return Recipe(
            identifiant=self.text(found.get("identifiant")),
            columns=columns,
            joins=self.by_field(found.get("jointures"), self.join),
            splits=self.by_field(found.get("decoupages"), self.split),
            choices=self.by_field(found.get("valeurs"), lambda name, node: self.choices(name, node, columns)),
            constants=constants,
        )

    def columns(self, node: Node | None) -> dict[str, Texts]:
        """The fields of each header."""
        found: dict[str, Texts] = {}
        for header, (_key, value) in self.mapping(node).items():
            found[header] = tuple(self.field(value, name) for name in self.items(value))
        return found

    def join(self, _name: str, node: Node) -> Join:
        found = self.entries(node, ("colonnes", "separateur"))
        separator = found.get("separateur")
        return Join(self.headers(node, found), str(separator.value) if separator else " ")

    def split(self, _name: str, node: Node) -> Split:
        found = self.entries(node, ("colonnes", "separateur", "partie"))
        separator = str(found["separateur"].value) if "separateur" in found else ","
        if not separator:
            raise self.error(found["separateur"], _("the separator is empty"), _("write a separator"))
        part = self.text(found.get("partie"))
        if not part.isascii() or not part.isdigit() or not 0 < int(part) < 1000:
            raise self.error(
                found.get("partie", node),
                _("‘partie’ must be a number from 1"),
                _("1 is the first part of the cell"),
            )
        return Split(self.headers(node, found), separator, int(part) - 1)

    def choices(self, name: str, node: Node, columns: Mapping[str, Texts]) -> tuple[Choice, ...]:
        """The values of a field: `{term: value}` for its own columns, or a list of detailed choices."""
        own = tuple(header for header, names in columns.items() if name in names)
        if isinstance(node.value, list):
            return tuple(self.choice(item, own) for item in node.children)
        terms = self.mapping(node)
        if terms and not own:
            raise self.error(
                node,
                _("no column is assigned to ‘{name}’").format(name=name),
                _("name one in ‘colonnes’, or write a list of choices, each with its own ‘colonnes’"),
            )
        return tuple(Choice(self.text(value), own, (term,)) for term, (_key, value) in terms.items())

    def choice(self, node: Node, own: Texts) -> Choice:
        found = self.entries(node, ("colonnes", "termes", "sauf", "valeur"))
        if "valeur" not in found:
            raise self.error(node, _("‘valeur’ is missing"), _("write the value that the field gets"))
        return Choice(
            self.text(found["valeur"]),
            own if own and "colonnes" not in found else self.headers(node, found),
            self.items(found.get("termes")),
            self.items(found.get("sauf")),
        )

    def constant(self, name: str, node: Node) -> str | Texts:
        return self.items(node) if FIELDS[name].many else self.text(node)

    def headers(self, node: Node, found: Mapping[str, Node]) -> Texts:
        headers = self.items(found.get("colonnes"))
        if not headers:
            raise self.error(node, _("‘colonnes’ is missing"), _("list the headers of the columns"))
        return headers

    def by_field(self, node: Node | None, parse: Callable[[str, Node], Item]) -> dict[str, Item]:
        """What `parse` makes of each entry of a mapping whose keys are fields."""
        return {
            self.field(key, name): parse(name, value) for name, (key, value) in self.mapping(node).items()
        }

    def field(self, node: Node, name: str) -> str:
        """The field of that name. Raises `Unreadable` with the position of the node if there is none."""
        try:
            return find_field(name).name
        except BadUsage as failure:
            raise self.error(node, failure.message, failure.hint) from None

    def entries(self, node: Node | None, known: Iterable[str]) -> dict[str, Node]:
        """The values of a mapping by key. Raises `Unreadable` for an unknown key."""
        found = self.mapping(node)
        for name, (key, _value) in found.items():
            if name not in known:
                raise self.error(
                    key,
                    _("unknown key ‘{name}’").format(name=quoted(name)),
                    _("the keys are: {names}").format(names=", ".join(known)),
                )
        return {name: value for name, (_key, value) in found.items()}

    def mapping(self, node: Node | None) -> dict[str, tuple[Node, Node]]:
        if node is None or node.value == "":
            return {}
        if not isinstance(node.value, dict):
            raise self.error(node, _("this must be a mapping"), _("write lines such as ‘key: value’"))
        return node.fields()

    def items(self, node: Node | None) -> Texts:
        """A list of texts, or one text as a list; empty for no value."""
        if node is None:
            return ()
        if not isinstance(node.value, list):
            return (text,) if (text := self.text(node)) else ()
        return tuple(self.text(item) for item in node.children)

    def text(self, node: Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node.value, str):
            raise self.error(node, _("this must be one value"), _("remove the list or the mapping"))
        return node.value

    def error(self, node: Node, message: str, hint: str) -> Unreadable:
        line, column = place(self.source.text, node.start)
        return Unreadable(message, hint, path=str(self.source.path), line=line, column=column)
