"""Draw the pictures of the README and the guides from real runs: `python docs/pictures.py` (Linux, macOS).

Each command runs on a pseudo-terminal, on a copy of this repository's registry; what it prints is
drawn by rich's SVG export. Those of the web page are drawn by page_pictures.py.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import sys
import tempfile
from pathlib import Path

from page_pictures import draw_pages
from rich.console import Console
from rich.text import Text

FOLDER = Path(__file__).parent
COLUMNS = 92
SCREENS = {
    "list": ["list", "--arrondissement", "20"],
    "show": ["show", "microlithe"],
    "check": ["check"],
    "stats": ["stats"],
}


def screen(arguments: list[str], language: str, folder: Path) -> str:
    """All that a command prints on a terminal of `COLUMNS` columns."""
    environment = {
        "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": "60",
        "EPN_LANG": language, "LANG": "C.UTF-8", "EPN_PAGER": "cat", "HOME": str(folder),
    }  # fmt: skip
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "epncli", *arguments], environment)  # noqa: S606
    printed = bytearray()
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux: the other end has closed
            break
        if not part:
            break
        printed += part
    os.waitpid(process, 0)
    return printed.decode().replace("\r\n", "\n")


def draw(name: str, arguments: list[str], language: str) -> None:
    """Write docs/NAME.LANGUAGE.svg."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(FOLDER.parent / "registry.yaml", folder)
        text = screen(arguments, language, Path(folder))
    typed = "epn " + " ".join(f'"{word}"' if " " in word else word for word in arguments)
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"), color_system="truecolor")  # noqa: SIM115, PTH123
    console.print(Text.assemble(("$ ", "bold green"), typed), soft_wrap=True)
    console.print(Text.from_ansi(text), soft_wrap=True)
    svg = console.export_svg(title="epn", unique_id=f"epn-{name}-{language}")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # no picture asks a host for a font
    (FOLDER / f"{name}.{language}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    for language in ("en", "fr"):
        for name, arguments in SCREENS.items():
            draw(name, arguments, language)
    draw_pages()
