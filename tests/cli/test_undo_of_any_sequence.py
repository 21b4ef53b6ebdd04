"""Any sequence of commands, then as many `undo`, gives the first file to the byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epncli.registry.registry import Registry

IDS = ["microlithe", "alternord", "relais-du-16e", "epn-de-bourg", "neuf", "neuf-2", "mednum-1"]
VALUES = [
    "notes=un\ndeux", "notes= ", "telephones+=01 40 01 02 03", "telephones=01 40 01 02 03|01 53 16 14 82",
    "nom=L’«Alter»: nord # 1", "adresse=3 place d'Armes", "date_maj=2020-01-01", "id=neuf", "statut=fermé",
    "site_web-=http://www.microlithe.fr", "horaires=Mo-Fr 09:00-12:00", "code_postal=75012",
]  # fmt: skip
CSV = (
    "nom,code_postal,commune,telephones,id\n"
    "Neuf,75012,Paris,01 40 01 02 03,\n"
    "Relais,75116,Paris,01 40 28 18 49,relais-du-16e\n"
    "Autre,69100,Villeurbanne,,mednum-1\n"
)
REGISTRY = """\
# Le registre
titre: EPN d’essai

structures:
  - id: microlithe
    nom: Microlithe
    commune: Paris
    code_postal: "75020"
    telephones: [01 46 36 70 13]
    site_web: [http://www.microlithe.fr]
    statut: fermé
    date_fermeture: 2014-09

  # Rappeler en septembre
  - id: alternord  # vu sur place
    nom: "Alternord"
    commune: Paris
    code_postal: '75009'
    telephones:
      - 01 53 16 14 82
      - 01 53 16 14 83  # le soir

  - id: relais-du-16e
    nom: Relais du 16e – Émile
    commune: Paris
    code_postal: "75116"
    telephones: [01 40 28 18 48]
    notes: |
      un
      deux

  - {id: epn-de-bourg, nom: EPN de Bourg, commune: Bourg-en-Bresse, code_postal: "01000"}
"""
UNTIDY = REGISTRY.replace("[01 40 28 18 48]", '["0140281848"]').replace(
    "nom: Microlithe", "nom: 'Microlithe '"
)
TEXTS = [
    REGISTRY,
    UNTIDY,
    UNTIDY.replace("\n", "\r\n"),
    "\ufeff" + REGISTRY.rstrip("\n"),
    REGISTRY + "\n\n# la fin\nautre: clé\n",
    REGISTRY.replace("\n\n  - id", "\n  - id"),
    "structures:\n",
    "structures: []\n",
    "titre: x\nstructures: [{id: alternord, nom: A, commune: Paris, code_postal: '75009'}]\n",
]


def command(random: Random) -> list[str]:
    """Any command that changes a registry, with any arguments."""
    some = random.sample(IDS, random.choice((1, 1, 2)))
    settings = [f"--set={value}" for value in random.sample(VALUES, random.choice((1, 2)))]
    return random.choice(
        [
            ["add", random.choice(["Neuf", "Œuvre n° 3"]), "--code-postal", "75012", *settings],
            ["edit", some[0], *settings],
            ["edit", some[0], "--unset", random.choice(["notes", "telephones", "date_maj", "adresse"])],
            ["close", *some, "--date", random.choice(["2014", "unknown", "2014-09-30"])],
            ["close", *some, "--reason", random.choice(["plus de bail", "feu: # 1"])],
            ["reopen", *some],
            ["verify", *some],
            ["remove", *some, "--yes"],
            ["merge", *random.sample(IDS, 2), "--prefer", random.choice(["keep", "other"]), "--yes"],
            ["merge", *random.sample(IDS, 2), "--prefer", "keep", "--close"],
            ["import", "in.csv", "--yes", *random.choice([[], ["--update"]])],
            ["check", "--fix"],
        ]
    )


@given(st.sampled_from(TEXTS), st.integers(0, 2**32).map(Random))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_as_many_undos_as_changes_give_the_first_file_to_the_byte(
    invoke: Callable[..., Any], tmp_path: Path, text: str, random: Random
) -> None:
    registry = tmp_path / "registry.yaml"
    (tmp_path / "in.csv").write_text(CSV, encoding="utf-8")
    registry.write_bytes(text.encode())
    versions = [text.encode()]
    for _ in range(random.randint(1, 8)):
        run = invoke(*command(random))
        assert run.code in (0, 1, 2, 4), run.err
        now = registry.read_bytes()
        assert ("  to undo: epn undo\n" in run.err) == (now != versions[-1]), run.err
        if now != versions[-1]:
            versions.append(now)
    listed = invoke("undo", "--list").out.splitlines()
    assert len(listed) >= len(versions) - 1
    while len(versions) > 1:
        versions.pop()
        run = invoke("undo")
        assert (run.code, run.err.startswith("undone: ")) == (0, True), run.err
        assert registry.read_bytes() == versions[-1]
        Registry.read(registry)
