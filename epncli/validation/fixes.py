"""What `check --fix` writes: values that have one right answer, and nothing else.

The spacing of phones, the case of enumerations, edge blanks, NFC, zeros that a spreadsheet lost, the
Insee code where the postal code and the commune leave one. Left alone: what is right, what is refused,
what would lose something (an extension) or would be a guess, an `id`, and a date in `date_maj`, the day on
which someone stood by the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli.model.structure import FIELDS, Field, Structure, Texts
from epncli.registry.changes import Change
from epncli.registry.registry import difference
from epncli.validation.partial_registry import Record
from epncli.validation.structure_check import Context, check_value, complete, context_of

_ALL: Final = frozenset(FIELDS)
_COMPLETED: Final = frozenset({"code_insee"})
"""Fields that are filled in where they are empty."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One value that is written otherwise; `before` is "" where the field was not there."""

    structure: Structure
    name: str
    before: str
    after: str

    @property
    def fills(self) -> bool:
        """True where nothing stood: the value is filled in, and nothing was wrong."""
        return not self.before


@dataclass(frozen=True, slots=True)
class FixCounts:
    """How many values are mended, and how many are filled in, field by field."""

    mended: int
    filled: Mapping[str, int]

    @property
    def all(self) -> int:
        """Both together."""
        return self.mended + sum(self.filled.values())


def repaired(structure: Structure, today: str, names: Collection[str] = tuple(FIELDS)) -> Structure:
    """The structure with all that has one right answer put right in the fields `names`.

    Repaired twice it is as repaired once. `today` is ISO 8601.
    """
    context = context_of(structure, today)
    fields: dict[str, str | Texts] = {}
    for name, value in vars(structure).items():
        if not value or name not in FIELDS or name not in names or name == "id":
            continue
        field = FIELDS[name]
        if isinstance(value, str):
            right: str | Texts = "".join(_right(value, field, context))
        else:
            right = tuple(one for item in value for one in _right(item, field, context))
        if right != value and (name != "date_maj" or not right):
            fields[name] = right
    changed = structure.changed(**fields) if fields else structure
    return complete(changed) if "code_insee" in names else changed


def changes(
    records: Sequence[Record],
    today: str,
    asked: Iterable[Record] | None = None,
    untidy: Iterable[Record] | None = None,
) -> list[Change]:
    """What there is to repair in the records of a registry, or in those of them that are asked for.

    Fields of a wrong shape are left alone, and so are structures whose id is not theirs alone: no one
    could tell which one is meant. Where the `untidy` ones are known, the others are not judged again:
    they can only be completed.
    """
    validated = None if untidy is None else {id(record) for record in untidy}
    ids = Counter(record.structure.id for record in records)
    found = []
    for record in records if asked is None else asked:
        before = record.structure
        if ids[before.id] == 1 and before.id:
            names = _ALL if validated is None or id(record) in validated else _COMPLETED
            after = repaired(before, today, names.difference(record.has_wrong_shape))
            if after is not before:
                found.append(Change(before, after))
    return found


def repairs(change: Change) -> list[Fix]:
    """The values that a change writes otherwise, one by one, as a message shows them."""
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    found = []
    for name in difference(before, after):
        old, new = before.texts(name), after.texts(name)
        if len(old) == len(new):
            pairs = list(zip(old, new, strict=True))
        else:
            pairs = [(", ".join(old), ", ".join(new))]
        found += [Fix(before, name, one, other) for one, other in pairs if one != other]
    return found


def tally(changes: Iterable[Change]) -> FixCounts:
    """The values that these changes write, counted."""
    found = [one for change in changes for one in repairs(change)]
    filled = Counter(one.name for one in found if one.fills)
    return FixCounts(len(found) - filled.total(), filled)


def _right(text: str, field: Field, context: Context) -> Texts:
    """The value as it is to be written, or none; as it was where there is no one right answer."""
    result = check_value(text, field, context)
    values = tuple(value for value in result.values if value)
    if not values and result.problems and result.problems[0].fix == "":
        return ()
    if values == (text,) or not values or result.refused:
        return (text,)
    # What is still to be said of the right value is about the place, not about the spelling.
    remaining = {
        problem.message for value in values for problem in check_value(value, field, context).problems
    }
    sure = all(problem.fix is not None or problem.message in remaining for problem in result.problems)
    return values if sure and (field.many or len(values) == 1) else (text,)
