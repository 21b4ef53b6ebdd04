"""Which registry, and which of its structures: what every command asks first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from epncli.cli import terminal
from epncli.errors import BadUsage, NegativeAnswer, Unreadable
from epncli.finding.filters import Filters
from epncli.i18n import _, ngettext, number
from epncli.registry import Registry
from epncli.structure import Structure
from epncli.yamlfile.source import MAX_BYTES, Source, decode, read_source

REGISTRY_NAME = "registry.yaml"
MOST_CANDIDATES = 20
"""How many structures are shown to choose from."""


class Whereabouts(NamedTuple):
    """The file that a command works on, and how it was found."""

    path: Path
    in_parent: bool = False
    """Found in a folder above: a change then names the file."""


def find_registry(option: str, *, reads_only: bool = False) -> Whereabouts:
    """The registry named by --registry or EPN_REGISTRY, else the one here or in a folder above."""
    named = option or os.environ.get("EPN_REGISTRY", "")
    if named == "-" and not reads_only:
        raise BadUsage(
            _("a registry read from standard input cannot be changed"), _("name a file with --registry")
        )
    if named:
        return Whereabouts(Path(named))
    here = _current_folder()
    for folder in (here, *here.parents):
        if os.path.lexists(folder / REGISTRY_NAME):  # a link that leads nowhere is said, not passed by
            shown = Path(REGISTRY_NAME) if folder == here else folder / REGISTRY_NAME
            return Whereabouts(shown, in_parent=folder != here)
        if (folder / ".git").exists() or folder == _home():
            break
    raise Unreadable(
        _("there is no {name} here nor in a folder above").format(name=REGISTRY_NAME),
        _("name one with --registry FILE, or make one with ‘epn init’"),
    )


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise Unreadable(
            _("the folder that you are in is gone"), _("go to another one, or name a file with --registry")
        ) from None


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def read_registry(option: str) -> Registry:
    """The registry, for a command that only reads; `-` is standard input."""
    return Registry.read_text(read_file(option))


def read_file(option: str) -> Source:
    """The registry's file, for a command that only reads; `-` is standard input."""
    where = find_registry(option, reads_only=True)
    if str(where.path) != "-":
        return read_source(where.path)
    import sys

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(_("standard input is larger than {limit} MB").format(limit=MAX_BYTES >> 20))
    return decode(Path(_("(standard input)")), data)


def make_filters(
    commune: str, code_postal: str, arrondissement: int | None, label: str, statut: bool | None
) -> Filters:
    """The filters that the options of a command line make."""
    return Filters(
        commune=commune,
        code_postal=code_postal,
        arrondissement=arrondissement,
        label=label,
        statut=None if statut is None else "ouvert" if statut else "fermé",
    )


def arrange(structures: Sequence[Structure], sort: str, limit: int | None) -> list[Structure]:
    """The structures in the order asked for, at most `limit` of them."""
    found = list(structures)
    if sort:
        from epncli.finding.sorting import sort_structures

        found = sort_structures(found, sort)
    return found if limit is None else found[:limit]


def field_names(option: str) -> tuple[str, ...]:
    """The fields of `--fields a,b`; BadUsage, with the nearest name, for one that is none."""
    if not option:
        return ()
    from epncli.fields import find_champ

    return tuple(find_champ(name).name for name in option.split(","))


def pick(registry: Registry, args: Sequence[str]) -> list[Structure]:
    """The structures that a REF stands for; a person is asked where several fit."""
    from epncli.finding.references import resolve

    result = resolve(registry.structures, args)
    if result.found:
        return result.found
    if not result.candidates:
        raise _none_fits(registry, args)
    if terminal.can_ask():
        return [choose(result.candidates)]
    count = len(result.candidates)
    lines = "\n".join(f"  {describe(structure)}" for structure in result.candidates[:MOST_CANDIDATES])
    raise NegativeAnswer(
        ngettext("{count} structure fits ‘{text}’", "{count} structures fit ‘{text}’", count).format(
            count=number(count), text=" ".join(args)
        ),
        _("give the id of one:") + "\n" + lines + ("\n  …" if count > MOST_CANDIDATES else ""),
    )


def pick_or_ask(registry: Registry, args: Sequence[str]) -> list[Structure]:
    """As `pick`; without a REF a person at a terminal is asked to search."""
    if args:
        return pick(registry, args)
    if not terminal.can_ask():
        raise BadUsage(_("which structure?"), _("give its id or its name"))
    while not (words := terminal.ask(_("Which structure? (words of its name)"))):
        pass
    return pick(registry, words.split())


def choose(candidates: Sequence[Structure]) -> Structure:
    """Ask a person which one is meant."""
    shown = candidates[:MOST_CANDIDATES]
    for place, structure in enumerate(shown, 1):
        terminal.say(f"{place:3}  {describe(structure)}")
    if more := len(candidates) - len(shown):
        terminal.say(
            ngettext("  … and {count} more: give more words", "  … and {count} more: give more words", more)
            .format(count=number(more))
        )  # fmt: skip
    while True:
        answer = terminal.ask(_("Which one? [1-{count}, nothing to give up]").format(count=len(shown)))
        if not answer:
            raise terminal.Declined
        if answer in map(str, range(1, len(shown) + 1)):
            return shown[int(answer) - 1]


def describe(structure: Structure) -> str:
    """Enough to tell a structure from its neighbours, on one line."""
    parts = [structure.id, structure.nom.strip(), f"{structure.code_postal} {structure.commune}".strip()]
    parts += [structure.adresse] if structure.adresse else list(structure.telephones[:1])
    if structure.ferme:
        parts.append(_("closed"))
    return terminal.visible(" · ".join(part for part in parts if part))


def name_of(structure: Structure) -> str:
    """How a message calls a structure: on one line, whatever its name holds."""
    return terminal.visible(structure.nom.strip() or structure.id)


def _none_fits(registry: Registry, args: Sequence[str]) -> NegativeAnswer:
    from epncli.finding.search import suggest

    ids = {structure.id for structure in registry.structures}
    unknown = [arg for arg in args if arg not in ids]
    if len(unknown) < len(args):
        return NegativeAnswer(
            _("no structure has the id ‘{id}’").format(id=unknown[0]),
            _("several structures are given by their ids; ‘epn search’ shows them"),
        )
    near = suggest(registry.structures, args)
    hint = _("the nearest: {names}").format(names=", ".join(near)) if near else _("‘epn search’ finds words")
    return NegativeAnswer(_("no structure fits ‘{text}’").format(text=" ".join(args)), hint)
