"""Parsing of the options that set fields: `--set champ=valeur` and `--unset champ`."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.cli.field_names import field_named
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.model.structure import Structure


def parse_settings(
    structure: Structure, settings: Sequence[str] | None, unset: Sequence[str] | None
) -> Structure:
    """The structure after `--set champ=valeur`, `champ+=v`, `champ-=v` and `--unset champ`.

    Raises BadUsage for an unknown field or an invalid setting.
    """
    for setting in settings or ():
        name, equals, value = setting.partition("=")
        if not equals:
            raise BadUsage(
                _("‘{text}’ is not of the form FIELD=VALUE").format(text=setting),
                _('for example: --set "adresse=3 rue de la Paix"'),
            )
        sign = name[-1:] if name[-1:] in ("+", "-") else ""
        field = field_named(name.removesuffix(sign))
        if not field.many:
            if sign:
                raise BadUsage(
                    _("‘{name}’ has a single value: += and -= are only for lists").format(name=field.name),
                    _("use --set {name}=VALUE").format(name=field.name),
                )
            structure = structure.changed(**{field.name: value})
            continue
        items = tuple(dict.fromkeys(item.strip() for item in value.split("|") if item.strip()))
        if sign and len(items) != 1:
            raise BadUsage(
                _("‘{name}{sign}=’ takes one value, but ‘{text}’ has {count}").format(
                    name=field.name, sign=sign, text=value, count=len(items)
                ),
                _("repeat the option for each value: --set {name}{sign}=A --set {name}{sign}=B").format(
                    name=field.name, sign=sign
                ),
            )
        structure = structure.changed(**{field.name: _combined(structure, field.name, sign, items)})
    return structure.changed(**{field.name: field.empty for field in map(field_named, unset or ())})


def _combined(structure: Structure, name: str, sign: str, items: tuple[str, ...]) -> tuple[str, ...]:
    had = structure.value(name)
    assert isinstance(had, tuple)
    if sign == "+":
        return had + tuple(item for item in items if item not in had)
    if sign == "":
        return items
    from epncli.folding import fold

    gone = {fold(item).replace(" ", "") for item in items}
    left = tuple(item for item in had if fold(item).replace(" ", "") not in gone)
    if left == had:
        raise BadUsage(
            _("‘{name}’ does not contain ‘{text}’").format(name=name, text="|".join(items)),
            _("it contains: {text}").format(text=", ".join(had) or "—"),
        )
    return left
