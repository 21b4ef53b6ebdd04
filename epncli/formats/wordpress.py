"""What WordPress would change in the text of a post when it shows it, written as entities that it leaves.

When a post is shown, WordPress obeys shortcodes (`[gallery]`), sets typographic signs for plain ones (quotes,
`--`, ` - `, `...`, `10x20`, `(tm)`), pictures for smilies, and a capital P in its own name.
"""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = r"(?<![^\s;])"
"""Behind a space, the `&nbsp;` of an escaped text, or at the start: where a smiley can begin."""
_CHANGED: Final = re.compile(
    r"""[\['"]"""
    r"|-(?=-)|(?<=-)-"
    rf"|{_BEFORE}-(?![^\s&])"
    r"|\.(?=\.)|(?<=\.)\."
    r"|`(?=`)|(?<=`)`"
    r"|(?<=[0-9.,])x(?=[0-9])"
    r"|\((?=tm\))"
    rf"|{_BEFORE}(?:[:;](?=[^\s&])|8(?=[-)O]))"
    r"|(?<=Word)p(?=ress)"
    r"|(?<=&amp;)#"  # its filter makes `&#91;` of `&amp;#91;`
)
"""Each character that is changed, or that a change begins with."""


def keep(text: str) -> str:
    """A text that is already escaped, with entities for the characters that WordPress would change."""
    return _CHANGED.sub(entity, text)


def entity(found: re.Match[str]) -> str:
    """The character that was found, as an entity."""
    return f"&#{ord(found[0])};"
