"""What `epn import` does only with a recipe: conflicts, places that are gone, and the last file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from epncli.cli.clock import today
from epncli.cli.output_file import is_same_file
from epncli.cli.screen import terminal
from epncli.cli.screen.import_summary import shown
from epncli.errors import Unwritable
from epncli.formats.reading import Reading
from epncli.i18n import _
from epncli.importing.merge_result import Merge
from epncli.importing.partner import Partner
from epncli.registry.changes import Change, ChangeOutcome
from epncli.registry.undo_log import Beside
from epncli.yamlfile.commit import real_path, write_whole


def files_used(files: Sequence[str], registry: Path, partner: Partner | None) -> list[str | Path]:
    """The files that an import reads, and those that it writes without being told their names."""
    used: list[str | Path] = [*files, registry, f"{real_path(registry)}~"]
    return [*used, partner.last_path, f"{partner.last_path}~"] if partner else used


def refuse_using(output: str, used: Sequence[str | Path]) -> None:
    """Raise Unwritable if a file to be written, of --rejects or --save-recipe, is one of these."""
    if output and any(is_same_file(output, one) for one in used):
        raise Unwritable(
            _("this file would be replaced, but this command also reads it, or writes something else to it"),
            _("choose another file for --rejects or --save-recipe"),
            path=output,
        )


def save_recipe_file(path: str, partner: Partner | None, readings: Sequence[Reading], *, yes: bool) -> None:
    """Write how the columns were understood as a recipe; ask before an earlier file is replaced."""
    from epncli.formats.tabular.recipe import Recipe
    from epncli.importing.recipe_writer import write_recipe

    if os.path.exists(path):
        terminal.confirm(_("Replace {file}?").format(file=path), yes=yes)
    text = write_recipe(partner.recipe if partner else Recipe(), readings)
    write_whole(Path(path), text.encode())
    terminal.inform(_("{file}: recipe saved; edit it, then import with --recipe {file}").format(file=path))


def ask_conflicts(merged: Merge) -> None:
    """Ask which value counts for each field that the registry and the partner changed differently."""
    for conflict in merged.conflicts:
        for name in conflict.fields:
            question = _("{name}: {field}: keep ‘{ours}’, or take the partner’s ‘{theirs}’?").format(
                name=conflict.before.nom,
                field=name,
                ours=shown(conflict.before.value(name)),
                theirs=shown(conflict.theirs.value(name)),
            )
            if terminal.takes_other(question):
                merged.take(conflict, name, today())


def closings(merged: Merge) -> list[Change]:
    """The changes that close the structures that are not in the partner's file any more."""
    day = today()
    return [Change(one, one.close(date=day, motif=None, today=day)) for one in merged.gone]


def write_last_file(partner: Partner, merged: Merge, outcome: ChangeOutcome | None) -> None:
    """Write what the partner's next file is compared with; the previous one is kept with ~."""
    made: Sequence[Change] = outcome.changes if outcome else ()
    ids = {
        id(new): change.after.id
        for new, change in zip(merged.new, (one for one in made if one.before is None), strict=False)
        if change.after
    }
    path, data = partner.last_path, partner.last_data(merged, ids)
    if _replace(path, data):
        words = _("{file}: what the next file of this partner is compared with; keep it with the recipe")
        terminal.inform(words.format(file=path))


def restore_last_file(beside: Beside) -> None:
    """Put a partner's last file back as it was before an import, and keep the present one with ~.

    Then the next file is compared with the one before that import, and brings the same changes again.
    """
    path = Path(beside.path)
    if os.path.isdir(path.parent):  # otherwise there is no recipe either
        content = beside.content
        _replace(path, None if content is None else content.encode(errors="surrogateescape"))


def _replace(path: Path, data: bytes | None) -> bool:
    """Write a file, or remove it for None, and keep the previous one with ~. False if nothing changed."""
    before = path.read_bytes() if os.path.isfile(path) else None
    if data == before:
        return False
    if before is not None:
        write_whole(Path(f"{path}~"), before)
    if data is None:
        path.unlink()
    else:
        write_whole(path, data)
    return True
