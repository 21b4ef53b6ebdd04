"""What a browser would find in a web page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

OPTIONAL_END = frozenset(("tr", "td", "th", "p", "li", "option"))


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.rows: list[list[str]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag in ("br", "p", "li", "summary") and {"td", "th"} & set(self._open):
            self.rows[-1][-1] += " / " if self.rows[-1][-1] else ""
        if tag not in ("meta", "link", "input", "br", "wbr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while (last := self._open.pop()) != tag:
            assert last in OPTIONAL_END, (last, tag)

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data.removesuffix("\n")
        elif self._open:
            self.texts[self._open[-1]] = self.texts.get(self._open[-1], "") + data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def links(self) -> list[str]:
        return [link["href"] for link in self.all("a")]


def data_of(page: bytes) -> Any:
    """What the script reads."""
    return json.loads(
        re.findall(r'(?s)<script type="application/json" id="data">(.*?)</script>', page.decode())[0]
    )
