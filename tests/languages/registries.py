"""Registries of the walk: a valid one, broken ones, and values that cause every problem of the rules."""

from __future__ import annotations

import datetime
import json

GOOD = """\
structures:
  - id: zig
    nom: Zig
    commune: Paris
    code_postal: "75020"
    telephones: [01 46 36 70 13]
    date_maj: 2025-01-01
  - id: zag
    nom: Zag
    commune: Lyon
    code_postal: "69003"
    statut: fermé
    date_fermeture: 2014-09-01
  - id: zig-zag
    nom: Zig Zag
    commune: Paris
    code_postal: "75013"
"""
ON_THE_MAP = """\
structures:
  - id: zig
    nom: Zig
    commune: Paris
    code_postal: "75020"
    adresse: 1 rue Zig
    telephones: ["3949", 01 46 36 70 13, 01 46 36 70 14]
    date_maj: 2025-01-01
"""
"""A place that the national map can have, though not all of its phone numbers."""
ON_A_PAGE = """\
contact: zog
structures:
  - {id: zig, nom: Zig, commune: Paris, code_postal: "75020", services: [Zug], source: Zag,
     telephones: [01 46 36 70 13], courriels: [zig@zag.fr]}
"""
"""A place that a page has much to say about, and a contact that cannot be a link."""
PLACED = """\
structures:
  - {id: zig, nom: Zig, commune: Paris, code_postal: "75020", latitude: "48.87", longitude: "2.40"}
  - {id: zag, nom: Zag, commune: Paris, code_postal: "75020", latitude: "48.88", longitude: "2.41"}
  - {id: zog, nom: Zog, commune: Lyon, code_postal: "69003", statut: fermé}
  - {id: zug, nom: Zug, commune: Paris, code_postal: "75013"}
  - id: zyg
    nom: Zyg
    commune: Paris
    code_postal: "75018"
    latitude: "2.34"
    longitude: "48.89"
""" + "".join(
    f"  - {{id: p{number}, nom: P, commune: Paris, code_postal: '75013', adresse: 1 rue P}}\n"
    for number in range(7)
)
"""Places with coordinates, right or swapped, and others with an address or without."""
AWAY = """\
structures:
  - {id: zig, nom: Zig, commune: Paris, code_postal: "75020", statut: fermé, remplace_par: zag}
  - id: zag
    nom: Zag
    commune: Lyon
    code_postal: "69003"
    telephones: [04 78 60 64 01]
    fermetures_temporaires:
      - 2000-01-01/..
      - 2020-01-01/2020-01-02
      - 2020-03-03/2020-03-03
      - 2999-01-01/2999-01-02 zug
  - {id: zog, nom: Zog, commune: Lyon, code_postal: "69003", statut: fermé, remplace_par: zog}
  - {id: zug, nom: Zug, commune: Lyon, code_postal: "69003", statut: fermé, remplace_par: x}
  - {id: zyg, nom: Zyg, commune: Lyon, code_postal: "69003", statut: fermé, remplace_par: zyp}
  - {id: zyp, couleur: x, nom: Zyp, commune: Lyon, code_postal: "69003", statut: fermé, remplace_par: zyg}
  - {id: zip, nom: Zip, commune: Lyon, code_postal: "69003", remplace_par: zag}
  - {nom: Zwei, commune: Lyon, code_postal: "69003"}
"""
"""Places that are closed for a time, or replaced by others."""
VALUES = (
    "x", "x y", "0", "00", "1000", "2A004", "99138", "99999", "75000", "75680", "69003", "75012 Paris",
    "0146", "0142612774", "142612774", "01 46 36 70 1a", "01 40 18 04 41 / 04 16",
    "01 46 36 70 13 poste 12", "01 46 36 70 13 fax", "0899 12 34 56", "0162 12 34 56", "+32 2 123 45 67",
    "+999 123", "0596 12 34 56", "3949", "1234", "00000000", "--", "zig@zag.fr", "zig@zag", "zig@@zag.fr",
    "@zag.fr", "zig@", "é@zag.fr", "a b@zag.fr", "a,b@zag.fr", "a@zag.fr;b@zag.fr", "a..b@zag.fr", "zag.fr",
    "http://zag.fr", "https://", "http://a b.fr", "https://https://zag.fr", "https://u:p@zag.fr",
    "ftp://zag.fr", "https://zag", "httpp//zag.fr", "2014-09", "2014", "30/09/2014", "2014-13-01",
    "2014-02-30", "2014-00-00", "14-09-30", "1812-01-01", "2999-01-01", "42000", "32/13/2014", "hier",
    "48.85", "2.35", "200", "48,85", "N48", "0.0", "-48.85", "12345678901234", "123456789", "8,3E+13",
    "W123456789", "552100554", "73282932000074", "Mo-Fr 09:00-12:00", "lundi 9h-12h", "Mo-Fr 9-", "Xx",
    "Gratuit", "gratuit", "Payant, Gratuit", "caf\ufffd", "cafÃ©", "a\u200bb", "a\x07b", "a" * 300, "a\nb",
    "2.5E3", "69000 Lyon", "1 rue X", "a" * 2001, "https://zag.fr/{", "https://zag.fr:x", "https://-zag.fr",
    "https://a.fr, https://b.fr", "Zag <a@zag.fr>", f"{'a' * 65}@zag.fr", "a@-zag.fr", "00/01/2014",
    "Mo 10:00-", "7020 0 0 0 0 0 0 0 0 0 0", "5500055100001", "33146367013", "+590596123456", "+33 3949",
    "+1 212 555 0100", "+31 20 123", "+34 91", "+39 06", "+41 22", "+44 20", "+49 30", "+212 5", "+213 2",
    "+216 7", "+230 2", "+351 2", "+352 2", "+376 8", "+377 9", "+81 3", "1146367013", "01 46 36 70 13 1",
    "01 46 36 70 13 / 39 49", "01 46 36 70 O3", "01 46 36 70 13 Zag", "01*46", "1" * 600, "2 3 4 5 6",
    "Mo-Fr 09:00-12:00; Mo-Fr 14:00-17:00", "Mo 09:00-12:00; Mo 10:00-17:00", "Mar 10:00-12:00", "9h-12h",
    "lundi", "lundi 8h-11h, lundi 10h-14h",
)  # fmt: skip
HOURS = (
    "Mo-Fr 09:00-12:00; Sa,Su off; PH off; SH off",
    "24/7",
    "Mo[1,2,3,4] 10:00-12:00; Fr[5,-1] 10:00-12:00",
    'Mo 10:00-12:00 "sur rendez-vous"; Tu unknown "sans rendez-vous"',
    'Mo 10:00-12:00 || "sur rendez-vous"',
    "Jul 01-Aug 15 Mo 10:00-12:00; Aug off; Dec 24-Dec 31 off; May 01 off",
)
"""What `horaires` says in words."""
BROKEN = (
    "",
    "- a\n",
    "abc\n",
    "titre: X\n",
    "structures: 3\n",
    "structures: [3]\n",
    "structures: []\nstructures: []\n",
    "structures:\n  - id: a\n    id: b\n",
    "structures: &a []\n",
    "structures: *a\n",
    "structures: !!python/object x\n",
    "structures:\n  - <<: {a: b}\n",
    "structures: []\n---\na: b\n",
    "structures: []\n...\nb: c\n",
    "structures: " + "[" * 200,
    "structures:\n  - id: 'a\n",
    'structures:\n  - id: "a\n',
    "structures:\n\t- id: a\n",
    "structures:\n  - nom: a: b\n",
    "structures:\n  - id\n    nom: b\n",
    "structures: [a\n",
    "structures: a]\n",
    "structures: []]\n",
    "structures:\n  - id: a\n     nom: b\n",
    "structures:\n  - id: a\n   nom: b\n",
    "structures:\n  -id: a\n",
    "structures:\n  - nom\xa0: a\n",
    "structures:\n  - id: a\n    nom: Salle #3\n",
    "<<<<<<< HEAD\nstructures: []\n=======\n>>>>>>> b\n",
    "structures: [\x01]\n",
    'structures: ["\\q"]\n',
    "%a\nstructures: []\n",
    "structures:\n  - nom: @a\n",
    "structures:\n  - nom: `a\n",
    "structures:\n  - nom: 'a' b\n",
    "structures:\n  - nom: | a\n",
    "structures: []\n? {a: b}\n: c\n",
    "structures: [\udce9]\n",
    "\x00s\x00t\x00r",
    "structures:\n  - nom: - a\n",
    "structures:\n  - telephones: [a b, , c]\n",
    "structures:\n  - nom: *\n",
    'structures:\n  - nom: "Zig\n    commune: Paris\n  - nom: "Zag"\n',
    'structures:\n  - nom: "le "Local""\n',
    "structures: [{id: a}\ntitre: b\n",
)
RECORDS = (
    {"code_postal": "69003", "code_insee": "69003", "commune": "Lyon"},
    {"code_postal": "69003", "code_insee": "1004", "commune": "Lyon"},
    {"code_postal": "69003", "code_insee": "75112", "commune": "Paris"},
    {"code_postal": "75012", "commune": "Paris 13"},
    {"code_postal": "75012", "commune": "Paris 99"},
    {"code_postal": "75056", "commune": "Paris"},
    {"code_postal": "75056", "commune": "Qqqq"},
    {"code_postal": "75012", "commune": "Qqqq"},
    {"code_postal": "1234", "commune": "Qqqq"},
    {"code_postal": "9999", "commune": "Qqqq"},
    {"code_postal": "2B999", "commune": "Qqqq"},
    {"code_postal": "69123", "commune": "Lyon"},
    {"code_postal": " ", "code_insee": " ", "id": " ", "telephones": " "},
    {"code_postal": "75012", "latitude": "0", "longitude": "0"},
    {"code_postal": "75012", "latitude": "2.35", "longitude": "48.85"},
    {"code_postal": "97400", "latitude": "20.88", "longitude": "55.45"},
    {"code_postal": "75012", "latitude": "10", "longitude": "10"},
    {"code_postal": "75012", "latitude": "10"},
    {"code_postal": "75012", "latitude": "43.3", "longitude": "5.4"},
    {"code_postal": "69001", "commune": "Lyon", "latitude": "45.76", "longitude": "4.83"},
    {"code_postal": "69001", "commune": "Lyon", "latitude": "46.03", "longitude": "4.06"},
    {"code_postal": "75012", "nom": ["a", {"b": "c"}], "courriels": {"a": "b"}, "telephones": [["a"]]},
    {"code_postal": "75012", "nom": "Zig et Zag", "telephones": "01 46 36 70 13"},
    {"code_postal": "75013", "nom": "Zig & Zag", "telephones": "01 46 36 70 13"},
    {"code_postal": "75014", "nom": "Zig-et-Zag", "telephones": "01 46 36 70 13"},
    {"id": "r0", "presentation_resume": "a " * 200, "services": "x", "frais_a_charge": "Gratui"},
    {"frais_a_charge": "Payant, Gratuit"},
    {"identifiants_externes": "zag:1"},
    {"identifiants_externes": "zag:1"},
    *(
        {"code_postal": code, "commune": name, "latitude": "1", "longitude": "1", "telephones": numbers}
        for code, name in (
            ("97400", "Saint-Denis"), ("97133", "Saint-Barthélemy"), ("97150", "Saint-Martin"),
            ("97100", "Basse-Terre"), ("97200", "Fort-de-France"), ("97300", "Cayenne"),
            ("97500", "Saint-Pierre"), ("97600", "Mamoudzou"), ("98600", "Uvea"),
            ("98714", "Papeete"), ("98800", "Nouméa"),
        )
        for numbers in (["01 46 36 70 13", "+33 596 12 34 56", "41 22 1", "72 25 251", "3949"],)
    ),
)  # fmt: skip
"""What is odd in a record as a whole."""
ODD = tuple(
    f"structures:\n{records}"
    for records in (
        "  - &a {id: zig}\n",
        "  []\n",
        "  - {id: zig, nom: Zag, statut: fermé, date_fermeture: un jour, motif_fermeture: x}\n",
        "  - {id: zig, statut: fermé, latitude: '1'}\n  - {id: zig, latitude: '1', longitude: x}\n",
        (
            "  - {id: zig, nom: Zig, commune: Paris, code_postal: '75012'}\n"
            "  - {id: zag, nom: Zig, commune: Paris, code_postal: '75012', latitude: '1', longitude: '91'}\n"
            "  - {id: zag, nom: Zoug, commune: Lyon, code_postal: '69001', services: [x], notes: a}\n"
            "  - {id: zog, nom: Zoug, commune: Lyon, code_postal: '69001', date_maj: 2024-02-30}\n"
        ),
        "  [id: zig, id: zag]\n",
        f"  - {{id: zig, date_maj: {datetime.date.today()}, code_postal: 75012}}\n",  # noqa: DTZ011
        "".join(f"  - {{id: n{number}, commune: C{number}}}\n" for number in range(25)),
        "  - ? id\n    : zig\n    ? nom\n    : Zig\n",
        f"  - {{id: zig, presentation_detail: {'a' * 40_000}}}\n",
        "-id: zig\n-id: zag\n",
        "  -id: a\n   nom: b\n",
        "  - id: a\n    nom: b\n  x: c\n   y: d\n",
        "  - id: a\n   x\n",
        "  - id: a\nnom\n",
        "  - nom: !x!y a\n",
        "  - nom: !<a a\n",
        "    - id: a\n   nom: b\n",
        "  {a: [}\n",
        "  - id: a\n-id: b\n",
    )
)
"""Registries that are read, or nearly."""


def bad_registry() -> str:
    """A record for each kind of field and each value: every rule has something to say."""
    from epncli.model.structure import FIELDS

    kinds = {(field.kind, field.many, bool(field.values)): name for name, field in FIELDS.items()}
    odd = [{name: value} for name in kinds.values() for value in VALUES]
    records = [
        {"id": f"r{number}", "nom": f"N{number * 7919}", "commune": "Paris", "source": "x", **fields}
        for number, fields in enumerate([*odd, *RECORDS])
    ]
    records.append({"couleur": "bleu", "nom": ["a", "b"], "statut": {"a": "b"}})
    records.append({"id": "r0", "nom": "N0", "commune": "Paris", "motif_fermeture": "x"})
    lines = "".join(f"  - {json.dumps(record, ensure_ascii=True)}\n" for record in records)
    return f"couleur: bleu\nstructures:\n{lines}"
