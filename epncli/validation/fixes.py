"""The fixes of `check --fix`: values with exactly one correct form.

Fixed are the spacing of phone numbers, the case of enumerations, leading and trailing spaces, NFC, zeros
that a spreadsheet dropped, codes without quotes, and the Insee code, if the postal code and the commune
determine it. Intervals that ended more than two years ago are removed. Not fixed are other valid values,
refused values, values that would lose something (an extension) or would be a guess, `id`, and a date in
`date_maj`, the day on which someone confirmed the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli.model.structure import FIELDS, Field, Structure, Texts
from epncli.registry.changes import Change
from epncli.registry.registry import difference
from epncli.validation import temporary_closings, unquoted_numbers
from epncli.validation.partial_registry import Record
from epncli.validation.registry_check import Findings
from epncli.validation.structure_check import Context, check_value, complete, context_of

_ALL: Final = frozenset(FIELDS)
_NOT_IN_THE_RULES: Final = frozenset({"code_insee", temporary_closings.FIELD})
"""Fields that are filled in if they are empty, or whose values are only valid for some time."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One fixed value. `before` is "" if the field was missing."""

    structure: Structure
    name: str
    before: str
    after: str

    @property
    def fills(self) -> bool:
        """True if the field was missing: a value is filled in rather than corrected."""
        return not self.before


@dataclass(frozen=True, slots=True)
class FixCounts:
    """The number of corrected values, and the number of filled-in values by field."""

    corrected: int
    filled: Mapping[str, int]

    @property
    def all(self) -> int:
        """The number of fixes, corrected and filled in."""
        return self.corrected + sum(self.filled.values())


def fixed(structure: Structure, today: str, names: Collection[str] = tuple(FIELDS)) -> Structure:
    """The structure with the fixable values of the fields `names` fixed; itself if there are none.

    Fixing the result again changes nothing. `today` is ISO 8601.
    """
    context = context_of(structure, today)
    fields: dict[str, str | Texts] = {}
    for name, value in vars(structure).items():
        if not value or name not in FIELDS or name not in names or name == "id":
            continue
        field = FIELDS[name]
        if isinstance(value, str):
            right: str | Texts = "".join(_fixed_value(value, field, context))
        else:
            right = tuple(one for item in value for one in _fixed_value(item, field, context))
        if name == temporary_closings.FIELD:
            right = temporary_closings.without_long_past(tuple(right), today)
        if right != value and (name != "date_maj" or not right):
            fields[name] = right
    changed = structure.changed(**fields) if fields else structure
    return complete(changed) if "code_insee" in names else changed


def changes(
    records: Sequence[Record],
    today: str,
    asked: Iterable[Record] | None = None,
    found: Findings | None = None,
) -> list[Change]:
    """The changes that fix the records of a registry, or only the records `asked`.

    Fields of the wrong type are not fixed, and neither are structures without an id or whose id is not
    unique, since they could not be identified. If `found`, the result of a check of the records asked, is
    given, the values that it found in their normal form are not validated again, except for the fields
    _NOT_IN_THE_RULES. `today` is ISO 8601.
    """
    validated = None if found is None else {id(record) for record in found.not_normalised}
    ids = Counter(record.structure.id for record in records)
    asked = records if asked is None else list(asked)
    unquoted = unquoted_numbers.find_all(asked) if found is None else found.unquoted
    needed = []
    for record in asked:
        before = record.structure
        if ids[before.id] == 1 and before.id:
            names = _ALL if validated is None or id(record) in validated else _NOT_IN_THE_RULES
            after = fixed(before, today, names.difference(record.misshapen_fields))
            to_quote = tuple(
                (number.name, number.text)
                for number in unquoted.get(id(record), ())
                if number.text in after.texts(number.name)
            )
            if after is not before or to_quote:
                needed.append(Change(before, after, to_quote=to_quote))
    return needed


def fixes_of(change: Change) -> list[Fix]:
    """The fixes of a change, value by value, for messages."""
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    found = []
    for name in difference(before, after):
        old, new = before.texts(name), after.texts(name)
        if name == temporary_closings.FIELD and len(new) < len(old):
            pairs = [(one, "") for one in old if one not in new]
        elif len(old) == len(new):
            pairs = list(zip(old, new, strict=True))
        else:
            pairs = [(", ".join(old), ", ".join(new))]
        found += [Fix(before, name, one, other) for one, other in pairs if one != other]
    found += [Fix(before, name, text, f'"{text}"') for name, text in change.to_quote]
    return found


def count_fixes(changes: Iterable[Change]) -> FixCounts:
    """The number of fixes in these changes."""
    found = [one for change in changes for one in fixes_of(change)]
    filled = Counter(one.name for one in found if one.fills)
    return FixCounts(len(found) - filled.total(), filled)


def _fixed_value(text: str, field: Field, context: Context) -> Texts:
    """The fixed value: empty to drop it, unchanged if there is not exactly one correct form."""
    result = check_value(text, field, context)
    values = tuple(value for value in result.values if value)
    if not values and result.problems and result.problems[0].fix == "":
        return ()
    if values == (text,) or not values or result.refused:
        return (text,)
    # Problems that the fixed value still has are about the place, not about the spelling: they do not
    # prevent the fix.
    remaining = {
        problem.message for value in values for problem in check_value(value, field, context).problems
    }
    sure = all(problem.fix is not None or problem.message in remaining for problem in result.problems)
    return values if sure and (field.many or len(values) == 1) else (text,)
