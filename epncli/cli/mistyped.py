"""What was probably meant by a command or an option that does not exist, or by a setting without --set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import click

from epncli.cli.field_names import field_meant
from epncli.errors import BadUsage
from epncli.folding import fold
from epncli.i18n import _
from epncli.system.shell import line

_MEANT: Final = {
    "liste": "list", "lister": "list", "chercher": "search", "rechercher": "search", "trouver": "search",
    "voir": "show", "afficher": "show", "montrer": "show", "ajouter": "add", "modifier": "edit",
    "editer": "edit", "fermer": "close", "rouvrir": "reopen", "confirmer": "verify", "supprimer": "remove",
    "retirer": "remove", "verifier": "check", "controler": "check", "exporter": "export",
    "importer": "import", "statistiques": "stats", "creer": "init", "initialiser": "init",
    "annuler": "undo", "defaire": "undo", "fusionner": "merge", "appeler": "call", "telephoner": "call",
    "tournee": "call", "changements": "diff", "differences": "diff", "comparer": "diff", "historique": "log",
    "journal": "log",
    "proche": "near", "proches": "near", "pres": "near", "resoudre": "resolve", "conflits": "resolve",
    "delete": "remove", "rm": "remove", "new": "add", "create": "init", "find": "search", "get": "show",
    "view": "show", "ls": "list", "update": "edit", "modify": "edit", "open": "reopen",
    "confirm": "verify", "validate": "check", "revert": "undo", "history": "log",
    "help": "--help", "aide": "--help", "version": "--version",
}  # fmt: skip
"""Words, folded, that users type instead of a command, French ones first."""

_OPTIONS: Final = {
    "aide": "help", "ouvert": "open", "ouverts": "open", "ouverte": "open", "ouvertes": "open",
    "ferme": "closed", "fermes": "closed", "fermee": "closed", "fermees": "closed", "tri": "sort",
    "trier": "sort", "champ": "fields", "champs": "fields", "colonnes": "fields", "columns": "fields",
    "limite": "limit", "langue": "lang", "sortie": "output", "registre": "registry", "oui": "yes",
    "motif": "reason", "raison": "reason", "remplacante": "successor", "jusqu-au": "until",
    "corriger": "fix", "essai": "dry-run", "simulation": "dry-run", "pres-de": "near",
    "departement": "code-postal", "department": "code-postal", "title": "titre",
}  # fmt: skip
"""Words, folded, that users type instead of the name of an option."""


def no_such_command(name: str, commands: Iterable[str], ctx: click.Context) -> click.NoSuchCommand:
    """The error for a command that does not exist. It suggests what the word means, else a similar word."""
    error = click.NoSuchCommand(name, possibilities=commands, ctx=ctx)
    if meant := _MEANT.get(fold(name)):
        error.possibilities = [meant]  # type: ignore[misc]  # instead of the most similar in spelling
    return error


def no_such_option(error: click.NoSuchOption, command: click.Command) -> click.NoSuchOption:
    """The error with the option of the command that the word means, else the similar ones.

    Raises BadUsage if it is a field that the command can set.
    """
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts, "--help")}
    typed = error.option_name.lstrip("-")
    words = [_OPTIONS.get(fold(typed).replace(" ", "-"), "")]
    if field := field_meant(typed):
        words += [field.name.replace("_", "-"), field.name.removesuffix("s")]
    if meant := next((f"--{word}" for word in words if word and f"--{word}" in options), ""):
        error.possibilities = [meant]  # type: ignore[misc]  # instead of the most similar in spelling
    elif field and "--set" in options:
        raise BadUsage(
            _("there is no option {option}").format(option=error.option_name),
            _("to set this field: --set {name}=VALUE").format(name=field.name),
        )
    return error


def words_to_search(words: Sequence[str]) -> BadUsage:
    """The error for words after `epn list`, which takes none."""
    return BadUsage(
        _("‘epn list’ takes no words"),
        _("to search for them: {command}").format(command=line("epn", "search", *words) or "epn search"),
    )


def refuse_bare_settings(words: Iterable[str]) -> None:
    """Raise BadUsage for a word such as `adresse=3 rue de la Paix`, which belongs after --set."""
    for word in words:
        if (found := _SETTING.match(word)) and field_meant(found[1]):
            raise BadUsage(
                _("‘{text}’ is not the name of a structure").format(text=word),
                _("to set this field: {setting}").format(setting=line("--set", word) or f"--set {word}"),
            )


_SETTING: Final = re.compile(r"([^=]+?)[+-]?=")
