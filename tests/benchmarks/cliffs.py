"""Inputs on which a command once took time quadratic in their size, in any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

_HEADER = "id,nom,commune,code_postal,telephones,notes\n"
_WORDS = ("Médiathèque", "Espace", "Maison", "Centre", "Relais", "Point", "Atelier", "Cyber", "Café", "Foyer")


@dataclass(frozen=True)
class Cliff:
    """A command on a registry and, for an import, on a file, of `count` lines, items or characters."""

    label: str
    count: int
    words: tuple[str, ...]
    registry: Callable[[int], str]
    table: Callable[[int], str] | None = None
    exit_code: int = 0

    def arguments(self, path: Path, count: int) -> list[str | Path]:
        """The arguments of epn for an input of that size, which is written beside the path."""
        registry, table = path.with_suffix(".yaml"), path.with_suffix(".csv")
        registry.write_text(self.registry(count), encoding="utf-8", newline="")
        if self.table is None:
            return [*self.words, "-r", registry]
        table.write_text(self.table(count), encoding="utf-8")
        return [*self.words, table, "-r", registry]


def filled_text(count: int) -> str:
    """A registry in which every record has nearly every field, and no finding."""
    return "structures:\n" + "".join(
        f"""\
  - id: lieu-{n:05}
    nom: Lieu numéro {n:05}
    commune: Paris
    code_postal: "75020"
    code_insee: "75120"
    adresse: {n % 300} rue de la Paix
    complement_adresse: bâtiment B
    latitude: {48.85 + n % 1000 * 1e-5:.5f}
    longitude: {2.35 + n % 1000 * 1e-5:.5f}
    pivot: "73282932000074"
    typologie: [TIERS_LIEUX]
    telephones: [{_phone(n)}]
    courriels: [contact{n}@exemple.fr]
    site_web: https://www.exemple.fr/lieux/{n}
    horaires: "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"
    statut: ouvert
    presentation_resume: Un lieu pour apprendre, {n}
    presentation_detail: Un lieu pour apprendre le numérique, ouvert à tous, numéro {n}
    itinerance: Fixe
    structure_parente: Ville de Paris
    services: [Aide aux démarches administratives, Maîtrise des outils numériques du quotidien]
    publics_specifiquement_adresses: [Jeunes]
    prise_en_charge_specifique: [Illettrisme]
    frais_a_charge: Gratuit
    dispositif_programmes_nationaux: [France Services]
    formations_labels: [ORDI 3.0]
    autres_formations_labels: [Netpublic]
    modalites_acces: [Se présenter]
    modalites_accompagnement: [En autonomie]
    fiche_acces_libre: https://acceslibre.beta.gouv.fr/app/{n}/
    prise_rdv: https://rdv.exemple.fr/{n}
    source: Hub régional
    notes: demander l'animateur {n}
    date_maj: 2025-0{1 + n % 9}-15
"""
        for n in range(count)
    )


def _phone(number: int) -> str:
    return f"01 42 {number // 10_000:02} {number // 100 % 100:02} {number % 100:02}"


def _record(number: int, nom: str = "", more: str = "") -> str:
    nom = nom or f"Lieu {number}"
    return f"  - id: lieu-{number}\n    nom: {nom}\n    commune: Paris\n    code_postal: '75020'\n{more}"


def _records(count: int, nom: str = "", more: str = "") -> str:
    return "structures:\n" + "".join(_record(number, nom, more) for number in range(count))


def _one(more: str) -> str:
    return "structures:\n" + _record(0, more=more)


def _unknown_keys(count: int) -> str:
    keys = "".join(f"    cle_{number}: x\n" for number in range(900))
    return _records(count, more=keys)


def _wrong_items(count: int) -> str:
    items = ", ".join(f"faux{number}" for number in range(900))
    return "structures:\n" + "".join(
        _record(number, more=f"    courriels: [{items}]\n") for number in range(count)
    )


def _flow(count: int) -> str:
    records = (
        f"{{id: l{n}, nom: L {n}, commune: Paris, code_postal: '75020', telephones: 0146{n:06}}}"
        for n in range(count)
    )
    return f"structures: [{', '.join(records)}]\n"


def _circle(count: int) -> str:
    records = (
        _record(number, more=f"    statut: fermé\n    remplace_par: lieu-{(number + 1) % count}\n")
        for number in range(count)
    )
    return "structures:\n" + "".join(records)


def _changed_rows(count: int) -> str:
    return _HEADER + "".join(f"lieu-{n},Lieu {n},Paris,75020,,note {n}\n" for n in range(count))


def _namesake_rows(count: int) -> str:
    return _HEADER + "".join(f",Salle Jaune,Paris,75020,{_phone(n)},\n" for n in range(count))


def _near_names(count: int) -> Iterator[str]:
    random = Random(count)  # noqa: S311  the same names every time
    for _ in range(count):
        name = "".join(random.choices("abcdeilmnorstu", k=7))
        yield f"{random.choice(_WORDS)} {random.choice(_WORDS)} {name}"


def _near_registry(count: int) -> str:
    return "structures:\n" + "".join(_record(n, nom) for n, nom in enumerate(_near_names(count)))


def _near_rows(count: int) -> str:
    return _HEADER + "".join(f",{nom[:-3]}x{nom[-2:]},Paris,75020,,\n" for nom in _near_names(count))


CHECK = ("check",)
DRY_IMPORT = ("import", "--dry-run")
NEAR_NAMES = "near names"
CLIFFS = {
    "update dry run": Cliff(
        "`epn import --update --dry-run`, 10,000 changed rows", 10_000, ("import", "--update", "--dry-run"),
        _records, _changed_rows,
    ),
    "unknown keys": Cliff("`epn check`, 200 records with 900 unknown keys", 200, CHECK, _unknown_keys),
    "wrong items": Cliff(
        "`epn check`, 200 records with a list of 900 wrong items", 200, CHECK, _wrong_items, exit_code=1
    ),
    "blanks": Cliff(
        "`epn check`, a run of 4,000,000 blanks in a value", 4_000_000, CHECK,
        lambda count: _one(f"    notes: 'a{' ' * count}b'\n"),
    ),
    "blanks and a tab": Cliff(
        "`epn check`, 4,000,000 blanks and a tab in an address", 4_000_000, CHECK,
        lambda count: _one(f'    adresse: "1 rue{" " * count}\\tb"\n'),
    ),
    "glued comments": Cliff(
        "`epn check`, 30,000 records with `Salle #3`", 30_000, CHECK,
        lambda count: _records(count, more="    adresse: Salle #3\n"),
    ),
    "one name": Cliff(
        "`epn check`, 30,000 records of one name and one phone number", 30_000, CHECK,
        lambda count: _records(count, "Salle Jaune", "    telephones: 01 46 36 70 13\n"),
    ),
    "circle": Cliff(
        "`epn check`, a circle of 30,000 successors", 30_000, CHECK, _circle, exit_code=1
    ),
    "rows of one name": Cliff(
        "`epn import`, 20,000 rows of one name", 20_000, DRY_IMPORT, lambda _count: "structures: []\n",
        _namesake_rows,
    ),
    "rows against one name": Cliff(
        "`epn import`, 20,000 rows against 20,000 records of the same name", 20_000, DRY_IMPORT,
        lambda count: _records(count, "Salle Jaune"), _namesake_rows,
    ),
    NEAR_NAMES: Cliff(
        "`epn import`, 20,000 rows against 20,000 places with near names", 20_000, DRY_IMPORT,
        _near_registry, _near_rows,
    ),
    "CR": Cliff(
        "`epn check --fix`, 10,000 records with CR line ends only", 10_000, ("check", "--fix", "--dry-run"),
        lambda count: _records(count, more="    telephones: '0146367013'\n").replace("\n", "\r"),
    ),
    "one line": Cliff(
        "`epn check --fix`, 10,000 records on one line", 10_000, ("check", "--fix", "--dry-run"), _flow
    ),
}  # fmt: skip
"""Each for one row of the table."""
