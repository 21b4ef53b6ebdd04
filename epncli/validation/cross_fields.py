"""Checks across the fields of one structure: missing required fields, fields that contradict each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Final

from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure
from epncli.problems import Problem, error, warning

Found = Iterator[tuple[str, Problem]]
"""Problems with their field, or "" for a problem of the whole structure."""


def check(structure: Structure, names: Collection[str] | None = None) -> Iterator[Problem]:
    """Problems of missing required fields and contradictory fields; with `names`, only of these fields.

    Source: the registry's own schema for required fields and for the fields of a closed place; the national
    schema (v1.0.2) for the rest. The fields must be in their normal form.
    """
    for fields, rule in _RULES:
        if names is None or not fields.isdisjoint(names):
            for name, problem in rule(structure):
                # A command that changes the name must not fail because the postal code was missing before.
                if rule is not _required or names is None or name in names:
                    yield dataclasses.replace(problem, field=name)


def _required(structure: Structure) -> Found:
    """Errors for missing required fields, without which a place cannot be identified or found."""
    for name in _REQUIRED:
        if not getattr(structure, name).strip():
            yield name, error(_("this field is required"), _what_to_write(name))


def _what_to_write(name: str) -> str:
    return {
        "id": _("write an id that no other structure has, such as ‘centre-d-animation-daviel’"),
        "nom": _("write the usual name of the place"),
        "commune": _("write the commune, such as ‘Paris’"),
        "code_postal": _("write its five digits, such as 75012"),
    }[name]


def _closing(structure: Structure) -> Found:
    """The warning about a closing date, a reason or a successor without `statut: fermé`."""
    if structure.is_closed or structure.statut not in ("", "ouvert"):
        return
    for name, message in (
        ("date_fermeture", _("the structure has a closing date, but it is not marked as closed")),
        (
            "motif_fermeture",
            _("the structure has a reason for closing, but it is not marked as closed"),
        ),
        ("remplace_par", _("the structure has a successor, but it is not marked as closed")),
    ):
        if structure.value(name):
            hint = _("write ‘fermé’ in the field ‘statut’, or remove ‘{name}’").format(name=name)
            yield name, warning(message, hint)
            return


def _reachable(structure: Structure) -> Found:
    if structure.is_closed or structure.telephones or structure.courriels or structure.site_web:
        return
    yield "", unreachable()


@cache
def unreachable() -> Problem:
    """The warning about an open structure that nobody can contact."""
    return warning(
        _("this structure cannot be contacted: it has no phone number, e-mail address or website"),
        _(
            "add a phone number, an e-mail address or a website, or close the structure if it no "
            "longer exists"
        ),
    )


def _coordinates(structure: Structure) -> Found:
    latitude, longitude = structure.latitude.strip(), structure.longitude.strip()
    if not latitude and not longitude:
        return
    if latitude and longitude:
        from epncli.rules import coordonnees

        for problem in coordonnees.validate_pair(latitude, longitude, structure.code_postal):
            yield "latitude", problem
        return
    there, missing = ("latitude", "longitude") if latitude else ("longitude", "latitude")
    message = _("the {there} is given without the {missing}").format(there=there, missing=missing)
    hint = _("add the {missing}, or remove the {there}").format(missing=missing, there=there)
    yield there, warning(message, hint)


_REQUIRED: Final = tuple(name for name, field in FIELDS.items() if field.required)
_RULES: Final[tuple[tuple[frozenset[str], Callable[[Structure], Found]], ...]] = (
    (frozenset(_REQUIRED), _required),
    (frozenset({"statut", "date_fermeture", "motif_fermeture", "remplace_par"}), _closing),
    (frozenset({"statut", "telephones", "courriels", "site_web"}), _reachable),
    (frozenset({"latitude", "longitude", "code_postal"}), _coordinates),
)
"""The rules, each with the fields that it reads."""
