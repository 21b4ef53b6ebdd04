"""Which registry, and which of its structures: what every command asks first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from epncli.cli import terminal
from epncli.errors import BadUsage, NegativeAnswer, Unreadable
from epncli.filters import Filters
from epncli.i18n import _, ngettext
from epncli.registry import Registry
from epncli.structure import Structure

REGISTRY_NAME = "registry.yaml"


@dataclass(frozen=True, slots=True)
class Whereabouts:
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
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / REGISTRY_NAME).exists():
            shown = Path(REGISTRY_NAME) if folder == here else folder / REGISTRY_NAME
            return Whereabouts(shown, in_parent=folder != here)
        if (folder / ".git").exists() or folder == _home():
            break
    raise Unreadable(
        _("there is no {name} here nor in a folder above").format(name=REGISTRY_NAME),
        _("name one with --registry FILE, or make one with ‘epn init’"),
    )


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def read_registry(option: str) -> Registry:
    """The registry, for a command that only reads; `-` is standard input."""
    where = find_registry(option, reads_only=True)
    if str(where.path) != "-":
        return Registry.read(where.path)
    import sys

    from epncli.yamlfile.source import MAX_BYTES, decode

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(_("standard input is larger than {limit} MB").format(limit=MAX_BYTES >> 20))
    return Registry.read_text(decode(Path(_("(standard input)")), data))


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
        from epncli.sorting import sort_structures

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
    from epncli.references import resolve

    result = resolve(registry.structures, args)
    if result.found:
        return result.found
    if not result.candidates:
        raise _none_fits(registry, args)
    if terminal.can_ask():
        return [choose(result.candidates)]
    count = len(result.candidates)
    lines = "\n".join(f"  {describe(structure)}" for structure in result.candidates[:20])
    raise NegativeAnswer(
        ngettext("{count} structure fits ‘{text}’", "{count} structures fit ‘{text}’", count).format(
            count=count, text=" ".join(args)
        ),
        _("give the id of one:") + "\n" + lines + ("\n  …" if count > 20 else ""),
    )


def pick_one(registry: Registry, args: Sequence[str]) -> Structure:
    """The one structure that a REF stands for."""
    found = pick(registry, args)
    if len(found) > 1:
        raise BadUsage(_("one structure at a time"), _("give one id"))
    return found[0]


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
    for number, structure in enumerate(candidates, 1):
        terminal.say(f"{number:3}  {describe(structure)}")
    while True:
        answer = terminal.ask(_("Which one? [1-{count}, nothing to give up]").format(count=len(candidates)))
        if not answer:
            raise terminal.Declined
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(candidates):
            return candidates[int(answer) - 1]


def describe(structure: Structure) -> str:
    """Enough to tell a structure from its neighbours, on one line."""
    parts = [structure.id, structure.nom, f"{structure.code_postal} {structure.commune}".strip()]
    parts += [structure.adresse] if structure.adresse else list(structure.telephones[:1])
    if structure.ferme:
        parts.append(_("closed"))
    return " · ".join(part for part in parts if part)


def _none_fits(registry: Registry, args: Sequence[str]) -> NegativeAnswer:
    from epncli.search import suggest

    near = suggest(registry.structures, args)
    hint = _("the nearest: {names}").format(names=", ".join(near)) if near else _("‘epn search’ finds by words")
    return NegativeAnswer(_("no structure fits ‘{text}’").format(text=" ".join(args)), hint)
