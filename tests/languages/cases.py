"""What people type: every command's help, slips of usage, and each error that is easy to provoke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Case = dict[str, Any]

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
    "2.5E3",
)  # fmt: skip
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
)
SLIPS = [
    "",
    *"""\
--version
--hlep
lst
clsoe zig
list extra
list --limit
list --limit x
list --limit -1
list --arrondissement 99
list --format xml
list --feilds nom
list --fields nmo
list --sort xyzzy
list --open=yes
list -r nowhere.yaml
list -r .
list -r -
show
show nowhere
show zi
show zig zag zig-zag
show zigg
show qqqq
close
close zig --date 32/13/2014
close zig --date unknown
close zag
close zag --date 2015
close zig --reason
close zig --date 2999
close zig zag --reason
reopen zig
reopen zag
reopen
verify
verify zig
verify zig zag
remove
remove zig
remove zig --yes
remove zig zag --yes
remove zig --dry-run
edit
edit zig
edit zig zag --set nom=x
edit zig --set x
edit zig --set nmo=x
edit zig --set nom+=x
edit zig --set nom=
edit zig --set id=zag
edit zig --set telephones-=3949
edit zig --set nom=Zog
edit zig --set nom=Zig
edit zig --set telephones+=3949
edit zig --unset nom
edit zig --unset telephones
edit zig --unset nmo
edit zig --set notes=x --dry-run
edit zig --set notes=Zig --dry-run
edit zig -r -
add
add Zog
add Zog --code-postal 75012
add Zog --code-postal 01000
add Zog --code-postal x
add Zog --code-postal 75680
add Zig --code-postal 75020
add Zog --code-postal 75012 --telephone 0146
add Zog --code-postal 75012 --set id=zig
add Zog --code-postal 75012 --dry-run
search
search zig
search zigg
search qqqq
search zig --closed
list --stale x
list --stale 6
export
export xyz
export csv -o registry.yaml
export xlsx
export mednum
export mednum --partial
export mednum -o x.csv --partial
export geojson
export csv -o a.csv
export csv -o no/where.csv
export markdown --lang xx
export csv --fields nmo
export markdown --lang LANG
import
import nowhere.csv
import .
import bad.csv
import good.csv
import good.csv --yes
import good.csv --update --yes
import good.csv --dry-run
import text.txt --yes
import empty.csv
import bad.json
import good.csv --map x
import good.csv --map Zed=nom
import good.csv --sheet 2
import bad.xlsx
import old.xls
import good.csv --format xyz
import good.csv --partial --yes
check
check --fix
check --fix --dry-run
check --dry-run
check --strict
check zig
check nowhere
check --format xyz
stats
stats --format table
stats --format xyz
init
init registry.yaml
init no/where.yaml
init new.yaml
schema
schema x
--install-completion tcsh
--show-completion tcsh
list --format table
show zag
show zig
list --commune Rome --format table
""".splitlines(),
]
FILES = {
    "good.csv": "id,nom,commune,code_postal,couleur\nzig,Zig,Paris,75019,bleu\n,Zoug,Lyon,69001,vert\n",
    "bad.csv": 'nom,commune,code_postal\n"Zig,Paris,75020\nZug,Paris,x\n',
    "text.txt": "Zoug\n75012 Paris\n01 46 36 70 13\n",
    "empty.csv": "",
    "bad.json": "[3]",
    "bad.xlsx": "PK\x03\x04zip",
    "old.xls": "\udcd0\udccf\x11\udce0\udca1\udcb1\x1a\udce1",
}


def cases(language: str) -> Iterator[Case]:
    """All that is walked; what is published is asked for in the language of the walk."""
    from epncli.cli.app import COMMANDS

    for name in COMMANDS:
        yield {"args": [name, "--help"]}
    yield {"args": ["--help"]}
    for slip in SLIPS:
        args = slip.replace("LANG", language).split(" ") if slip else []
        stdin = "x: 3\n" if "-r -" in slip else ""
        yield {"args": args, "files": {"registry.yaml": GOOD, **FILES}, "stdin": stdin}
    yield {"args": ["list"]}
    yield {"args": ["check"], "files": {"registry.yaml": "structures: []\n"}}
    yield {"args": ["list"], "files": {"registry.yaml": "structures: []\n"}}
    for text in BROKEN:
        yield {"args": ["list"], "files": {"registry.yaml": text}}
        yield {"args": ["check"], "files": {"registry.yaml": text}}
    yield {"args": ["check"], "files": {"registry.yaml": bad_registry()}}
    yield {"args": ["check", "--fix"], "files": {"registry.yaml": bad_registry()}}
    for champ in ("telephones", "code_postal", "date_maj", "courriels"):
        for value in VALUES:
            yield {"args": ["edit", "zig", "--set", f"{champ}={value}"], "files": {"registry.yaml": GOOD}}


def bad_registry() -> str:
    """A record for each field and each value: every rule has something to say."""
    import json

    from epncli.structure import CHAMPS

    records = []
    for name in CHAMPS:
        for value in VALUES:
            number = len(records)
            fields = {"id": f"r{number}", "nom": f"N{number * 7919}", "commune": "Paris", "source": "x"}
            records.append(json.dumps(fields | {name: value}, ensure_ascii=True))
    records.append('{"couleur": "bleu", "nom": ["a", "b"], "statut": {"a": "b"}}')
    records.append('{"id": "r0", "nom": "N0", "commune": "Paris", "motif_fermeture": "x"}')
    return "couleur: bleu\nstructures:\n" + "".join(f"  - {record}\n" for record in records)
