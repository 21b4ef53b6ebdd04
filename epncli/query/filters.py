"""Narrow a list of structures down by what one field says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from epncli.model.structure import Structure

Statut = Literal["ouvert", "fermé"]


class Filters(NamedTuple):
    """What a structure must be to be kept; what is left out does not count."""

    commune: str = ""
    """Its name, as same_commune compares it; one arrondissement only if it names one."""
    code_postal: str = ""
    """The beginning of the code: `75` for Paris."""
    arrondissement: int | None = None
    """Of Paris, Lyon or Marseille, as the postal code tells it: 16 for 75116."""
    label: str = ""
    """A part of one of its labels, case and accents aside."""
    statut: Statut | None = None

    def apply(self, structures: Iterable[Structure]) -> list[Structure]:
        """The structures that pass all filters, in the order in which they came."""
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

    # What compares texts is not loaded for a plain list, which must start fast; here and below.
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
