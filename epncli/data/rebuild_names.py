"""Rebuild autres_noms.csv, the other names of communes, from two npm packages; see README.md.

python epncli/data/rebuild_names.py codes-postaux.json OLDEST/communes.json ... NEWEST/communes.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from epncli.rules.communes import communes, communes_named

Places = Sequence[dict[str, Any]]
"""The objects of a `communes.json` of @etalab/decoupage-administratif."""


def rows(codes_postaux: Places, versions: Sequence[Places]) -> list[str]:
    """The lines `code_postal,code_insee,nom`, sorted, since lookup uses bisection.

    `code_insee` is that of the commune of today. Names that codes_postaux.csv has for the same postal code
    are left out, and so are postal codes that it lacks.
    """
    found = {*_former_names(versions), *_delivery_names(codes_postaux)}
    return sorted(
        f"{code_postal},{code_insee},{nom}"
        for code_postal, code_insee, nom in found
        if code_insee in [commune.code_insee for commune in communes(code_postal)]
        and not communes_named(code_postal, nom)
        and "," not in nom
    )


def _former_names(versions: Sequence[Places]) -> Iterator[tuple[str, str, str]]:
    """Former communes and former names, in each version, with the postal codes of the commune of today."""
    newest = versions[-1]
    today = {one["code"]: one for one in newest if one["type"] == "commune-actuelle"}
    merged_into = {old: one["code"] for one in today.values() for old in one.get("anciensCodes", ())}
    for version in versions:
        for one in version:
            if one["type"] == "arrondissement-municipal":
                continue
            code = str(one.get("chefLieu", one["code"]))
            now = code if code in today else merged_into.get(code, "")
            for code_postal in today.get(now, {}).get("codesPostaux", ()):
                yield code_postal, now, one["nom"]


def _delivery_names(codes_postaux: Places) -> Iterator[tuple[str, str, str]]:
    """The names of localities that La Poste delivers to, such as Porticcio in Grosseto-Prugna."""
    for one in codes_postaux:
        yield one["codePostal"], one["codeCommune"], one["libelleAcheminement"].strip()


def main(codes_postaux: Path, *versions: Path) -> None:
    """Write the database to standard output."""
    names = rows(
        json.loads(codes_postaux.read_text("utf-8")),
        [json.loads(version.read_text("utf-8")) for version in versions],
    )
    text = "\n".join(["code_postal,code_insee,nom", *names])
    sys.stdout.buffer.write(f"{text}\n".encode())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
