"""Rebuild codes_postaux.csv from the npm package @etalab/decoupage-administratif; see README.md.

python epncli/data/rebuild.py package/data/communes.json > codes_postaux.csv
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ADDED = """
98000,99138,Monaco
98810,98817,Le Mont-Dore
98830,98805,Dumbéa
98836,98805,Dumbéa
98837,98805,Dumbéa
98838,98808,Houaïlou
98839,98805,Dumbéa
98840,98821,Païta
98860,98811,Koné
98874,98817,Le Mont-Dore
98875,98817,Le Mont-Dore
98876,98817,Le Mont-Dore
98877,98827,Poya
98878,98815,Maré
98883,98831,Voh
98884,98814,Lifou
98885,98814,Lifou
98890,98821,Païta
"""
"""Rows that the package lacks: Monaco, and 17 codes of New Caledonia."""


def rows(communes_json: str) -> list[str]:
    """The lines of the database, `code_postal,code_insee,commune`, sorted, since lookup uses bisection.

    Former communes (déléguées, associées) have no postal codes in the package, and therefore no line.
    """
    found = set(ADDED.split("\n")) - {""}
    for commune in json.loads(communes_json):
        for code_postal in commune.get("codesPostaux", ()):
            found.add(f"{code_postal},{commune['code']},{commune['nom']}")
    return sorted(found)


def main(communes_json: Path) -> None:
    """Write the database to standard output."""
    text = "\n".join(["code_postal,code_insee,commune", *rows(communes_json.read_text("utf-8"))])
    sys.stdout.buffer.write(f"{text}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
