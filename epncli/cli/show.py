"""`epn show`: everything about one structure."""

from __future__ import annotations

from epncli.cli import terminal
from epncli.cli.app import examples
from epncli.cli.options import NoPagerOption, RefArgument, RegistryOption
from epncli.cli.selection import pick, read_registry
from epncli.i18n import _
from epncli.rules.dates import in_words
from epncli.structure import CHAMPS, Champ, Kind, Structure


def show_structure(
    ref: RefArgument, no_pager: NoPagerOption = False, registry: RegistryOption = ""
) -> None:
    """Print everything about a structure."""
    found = read_registry(registry)
    cards = []
    for structure in pick(found, ref):
        line, _column = found.place(structure)
        cards.append(card(structure, f"{found.path}:{line}"))
    from epncli.cli.pager import page
    from epncli.cli.table import make_console

    page(["\n\n".join(cards) + "\n"], make_console(), pager=terminal.is_terminal() and not no_pager)
    terminal.flush()


def card(structure: Structure, place: str) -> str:
    """The structure as a card: its name, and a line for each thing known."""
    rows: list[tuple[str, str]] = []
    for name in CHAMPS:
        champ = CHAMPS[name]
        if name != "nom" and (value := structure.value(name) or (name == "statut" and "ouvert")):
            values = (value,) if isinstance(value, str) else tuple(value or ())
            shown = [_shown(structure, champ, one) for one in values]
            rows += [(champ.label if not row else "", text) for row, text in enumerate(shown)]
    rows += [(terminal.visible(name), terminal.visible(str(value))) for name, value in structure.inconnus.items()]
    rows.append((_("Record"), terminal.visible(place)))
    width = max(len(label) for label, _text in rows)
    lines = [_bold(terminal.visible(structure.nom) or structure.id)]
    for label, text in rows:
        first, *rest = text.split("\n")
        lines.append(f"  {label:{width}}  {first}".rstrip())
        lines += [f"  {'':{width}}  {line}".rstrip() for line in rest]
    return "\n".join(lines)


def _shown(structure: Structure, champ: Champ, value: str) -> str:
    """One value for reading: a date in words, a phone with what it is, a link that opens."""
    text = "\n".join(terminal.visible(line) for line in value.splitlines()) or ""
    if champ.kind in (Kind.DATE, Kind.PARTIAL_DATE):
        return in_words(text)
    if champ.kind is Kind.TELEPHONE:
        from epncli.rules import telephone

        about = telephone.describe(value, structure.code_postal)
        shown = f"{text}  ({about})" if about else text
        number = telephone.e164(value, structure.code_postal)
        return _link(shown, f"tel:{number}") if number else shown
    if champ.kind is Kind.URL and value.startswith(("http://", "https://")):
        return _link(text, text)
    if champ.kind is Kind.COURRIEL:
        return _link(text, f"mailto:{text}")
    return text


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if terminal.in_colour() else text


def _link(text: str, target: str) -> str:
    """A hyperlink (OSC 8) where a terminal would show one."""
    if not terminal.in_colour() or not target.isprintable():
        return text
    return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\"


COMMANDS = {
    "show": (
        show_structure,
        examples(
            _("Print everything about a structure: dates in words, phones with what they are."),
            "epn show microlithe",
            "epn show picoulet",
        ),
    )
}
