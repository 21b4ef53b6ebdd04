"""Update of the message catalogs with the messages in the code; called by docs/regenerate.py.

Needs Babel, Click and Typer as installed for development. New messages are added without a translation,
and obsolete ones removed; a test fails until all are translated. This file is not in the wheel.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

LOCALE_DIR = Path(__file__).parent
PACKAGE = LOCALE_DIR.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}

BORROWED = {
    "click": ("core.py", "decorators.py", "exceptions.py", "formatting.py", "parser.py", "types.py"),
    "typer": ("core.py",),
}
"""The files of Click and Typer whose messages epn may display."""
NEVER_SHOWN = frozenset(
    {
        # for programmers
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
        "Choice({choices})",
        "Could not determine name for option with declarations {decls!r}",
        "Invalid start character for option ({option})",
        "Name '{name}' defined twice",
        (
            "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
            "Did you mean to pass '--{name}'?"
        ),
        "Value must be an iterable.",
        # features that epn does not use: Click's prompts, versions, files, dates, tuples, deprecated options
        "%(prog)s, version %(version)s",
        "(dynamic)",
        "Aborted!",
        "Choose from:\n\t{choices}",
        "Confirm the action without prompting.",
        "Could not open file {filename!r}: {message}",
        "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
        "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
        "Do you want to continue?",
        "Error: {message}",
        "Missing parameter: {param_name}",
        "Missing {param_type}",
        "Positional arguments",
        "Show the version and exit.",
        "Try '{command} {option}' for help.",
        "deprecated",
        "directory",
        "env var: {var}",
        "file",
        "path",
        "unknown error",
        "{name} {filename!r} does not exist.",
        "{name} {filename!r} is a directory.",
        "{name} {filename!r} is a file.",
        "{name} {filename!r} is not executable.",
        "{name} {filename!r} is not readable.",
        "{name} {filename!r} is not writable.",
        "{value!r} is not a valid UUID.",
        "{value!r} is not a valid boolean. Recognized values: {states}",
        ("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
        (
            "{len_type} values are required, but {len_value} was given.",
            "{len_type} values are required, but {len_value} were given.",
        ),
        (
            "{value!r} does not match the format {format}.",
            "{value!r} does not match the formats {formats}.",
        ),
    }
)
"""Messages in these files that epn never displays."""


def template() -> Catalog:
    """A catalog of all messages: epn's own, by file, then those of Click and Typer."""
    catalog = Catalog(domain="epncli", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent != LOCALE_DIR:
            _add(catalog, path, path.relative_to(PACKAGE).as_posix())
    for path in borrowed_files():
        _add(catalog, path, f"{path.parent.name}/{path.name}")
    return catalog


def borrowed_files() -> Iterator[Path]:
    """The paths of the files of Click and Typer whose messages epn may display."""
    for package, names in BORROWED.items():
        spec = find_spec(package)
        assert spec is not None and spec.origin is not None
        for name in names:
            yield Path(spec.origin).parent / name


def _add(catalog: Catalog, path: Path, shown: str) -> None:
    for _line, message, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
        if message not in NEVER_SHOWN:
            catalog.add(message, locations=[(shown, 0)])


def update(po: Path) -> None:
    """Rewrite a catalog with the messages of the template, keeping its translations."""
    header, _, _ = po.read_text(encoding="utf-8").partition("\n\n")
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    catalog.update(template(), no_fuzzy_matching=True)
    body = BytesIO()
    # Without line numbers and dates, the diff of a catalog shows only changed messages.
    write_po(body, catalog, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    po.write_bytes(f"{header}\n\n".encode() + body.getvalue())


def main() -> None:
    """Update every catalog, and print the messages to translate."""
    for po in LOCALE_DIR.glob("*/LC_MESSAGES/*.po"):
        update(po)
        left = untranslated(po)
        print(f"{po.relative_to(PACKAGE)}: {len(left)} messages to translate")  # noqa: T201
        for message in left:
            print(f"  {message}")  # noqa: T201


def untranslated(po: Path) -> list[str]:
    """The messages of a catalog without a translation."""
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parent.parent.name)
    return [str(message.id) for message in catalog if message.id and not all(strings(message))]


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)
