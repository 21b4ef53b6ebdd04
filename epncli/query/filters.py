"""Filters of a list of structures by commune, postal code, arrondissement, label and status."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from epncli.model.structure import Structure

Statut = Literal["ouvert", "fermé"]


class Filters(NamedTuple):
    """Conditions that a structure must meet. An empty condition is ignored."""

    commune: str = ""
    """Name of the commune, compared by `same_commune`; with an arrondissement, only that one."""
    code_postal: str = ""
    """Start of the postal code: `75` for Paris."""
    arrondissement: int | None = None
    """Arrondissement of Paris, Lyon or Marseille, taken from the postal code: 16 for 75116."""
    label: str = ""
    """Part of one of the labels, ignoring case and accents."""
    statut: Statut | None = None

    def apply(self, structures: Iterable[Structure]) -> list[Structure]:
        """The structures that meet all conditions, in their original order."""
        return [structure for structure in structures if self._keeps(structure)]

    def _keeps(self, structure: Structure) -> bool:
        if self.statut and structure.is_closed is not (self.statut == "fermé"):
            return False
        if not structure.code_postal.startswith(self.code_postal):
            return False
        if self.arrondissement is not None and not self._is_in_arrondissement(structure):
            return False
        if self.commune and not self._is_in_commune(structure):
            return False
        return not self.label or self._has_label(structure)

    def nearest_commune(self, structures: Iterable[Structure]) -> str:
        """The most similar name of a commune of the structures; "" if one has that very name, or none is."""
        from rapidfuzz import fuzz, process  # imported only if nothing was found

        from epncli.folding import fold
        from epncli.rules.communes import same_commune

        known = dict.fromkeys(one.commune for one in structures if one.commune)
        if not self.commune or any(same_commune(self.commune, name) for name in known):
            return ""
        folded = {name: fold(name) for name in known}
        near = process.extractOne(fold(self.commune), folded, scorer=fuzz.ratio, score_cutoff=70)
        return str(near[2]) if near else ""

    # The imports in these methods are local because a list without filters must start fast.
    def _has_label(self, structure: Structure) -> bool:
        from epncli.folding import fold

        label = fold(self.label)
        return label != "" and any(label in fold(one) for one in structure.labels)

    def _is_in_arrondissement(self, structure: Structure) -> bool:
        from epncli.rules.code_postal import arrondissement

        return arrondissement(structure.code_postal) == self.arrondissement

    def _is_in_commune(self, structure: Structure) -> bool:
        from epncli.rules.code_postal import arrondissement
        from epncli.rules.communes import arrondissement_named, same_commune

        if not same_commune(self.commune, structure.commune):
            return False
        wanted = arrondissement_named(self.commune)
        return wanted is None or wanted in (
            arrondissement_named(structure.commune),
            arrondissement(structure.code_postal),
        )
