"""Command lines of the walk: the help of every command, usage errors, errors that are easy to cause."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from shutil import which
from typing import Any

import versions
from files import files
from registries import AWAY, BROKEN, GOOD, HOURS, ODD, ON_A_PAGE, ON_THE_MAP, PLACED, VALUES, bad_registry

Case = dict[str, Any]

ON_ODD = """\
check zig
check --fix
verify zig
reopen
stats --format table
merge zig zag --prefer keep --yes
edit zig --set nom=x
edit zig --set telephones+=3949
import good.csv --yes
export mednum
export markdown --lang LANG
export geojson
export vcard
export xlsx -o x.xlsx
list
""".splitlines()
ON_AWAY = """\
check
check --fix
list
list --format table
show zig
show zag
search nom:zig
close zag --until 2999-01-01
close zag --from 2998-01-01 --until 2998-01-02
close zag --from 2999-01-01
close zag --from 2999-01-01 --date 2014
close zag --from 2999-01-01 --reason a|b
close zag --until 1999-01-01
close zig --from 2999-01-01
close zag --successor zag
close zag --successor zig
close zag --successor zwei
close zug --successor zag
reopen zag
remove zag --yes
merge zyg zyp --prefer keep --yes
merge zwei zag
edit zag --set fermetures_temporaires=x
edit zag --set fermetures_temporaires=2026-07-20/2026-08-24,2026-09-01/2026-09-02
export markdown --lang LANG --fields nom,fermetures_temporaires
""".splitlines()
ON_PLACED = """\
near zig
near zig --format table
near zig --within 0
near zyg
near 75018
near 75099
near 2.35,48.85
list --near 75020 --format table
export ban
export geojson --lang LANG
export page --lang LANG
import answers.csv --format ban --yes
import answers.csv --format ban --yes --rejects x.csv
import answers.csv --dry-run
""".splitlines()
SLIPS = [
    "",
    *"""\
--version
--hlep
lst
clsoe zig
list extra
list --to-call
call
list --limit
list --limit x
list --limit -1
list --arrondissement 99
list --format xml
list --feilds nom
list --fields nmo
list --sort xyzzy
list --open=yes
list --commune=
edit zig --adresse=
list -r nowhere.yaml
list -r no/where.yaml
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
merge zig
merge zig zag
merge zig zig-zag
merge zig zag --prefer keep
merge zig zag --prefer keep --yes
merge zig zag --prefer other --close
edit
edit zig
edit zig zag
edit zig zag --set source=x
edit zig zag --set id=x
edit zig zag --set nom=Zig
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
add Zig --code-postal 75020 --dry-run
add Zog --code-postal 75012 --telephone 0146
add Zog --code-postal 75012 --set id=zig
add Zog --code-postal 75012 --dry-run
add Zog --code-postal 97400 --telephone 0146367013
add Zog --code-postal 97400 --telephone +33262418300
add Zog --code-postal 97100 --telephone +590612345678
edit zig --set adresse=~
add Zog --code-postal 98800 --telephone 2728
edit zig --set telephones+=3949|3950
edit zig --set telephones=
edit zig --cp 75012
edit zig --site-web x
edit zig notes=x
add Zog notes=x --code-postal 75012
show zig nowhere
show nowhere zig
verify zag --dry-run
close zig --dry-run
close zag --dry-run
export page --lang LANG
export html --lang LANG
export xlsx -o x.xlsx
list --format json
list --fields id,statut,date_fermeture
list --fields id,services --format table
check --fix zag
import tabs.csv --yes
import wide.csv --dry-run
import lists.csv --dry-run
import columns.csv --dry-run
import metres.csv --dry-run
import scores.csv --dry-run
import swapped.csv --dry-run
import guarded.csv --dry-run
import twice.csv --dry-run
import namesakes.csv --dry-run
import namesakes.csv --strict --dry-run
import refused.csv --yes
import refused.csv --yes --strict
import partner.csv --yes
import partner.csv --yes --rejects x.csv
import partner.csv --yes --rejects partner.csv
import dates.csv --yes
import dates.csv --update --yes
import same.csv --yes
import header.csv --format csv
import survey.csv --dry-run
import objects.json --dry-run
import cut.json --format json
import fields.json
import items.json
import long.csv
import text.json --format json
import keys.json
import other.yaml --dry-run
import bad.yaml --dry-run
import old.csv --dry-run
import pasted.txt --dry-run
import words.csv --dry-run
import two.xlsx --dry-run
import two.xlsx --sheet X
import hidden.xlsx --dry-run
import two.xlsx --sheet B --dry-run
import two.ods --dry-run
import none.xlsx
import other.zip
import huge.xlsx
import lying.xlsx
import broken.xlsx
import cut.xlsx
import nowhere.csv --map =nom
import zug.csv --recipe zug.yaml --yes
import zug.csv --recipe zug.config.json --dry-run
import zug.csv --recipe list.config.json
import good.csv --recipe strange.yaml
import zug.csv --recipe separator.yaml
import zug.csv --recipe part.yaml
import zug.csv --recipe own.yaml
import zug.csv --recipe value.yaml
import zug.csv --recipe headers.yaml
import zug.csv --recipe key.yaml
import zug.csv --recipe mapping.yaml
import zug.csv --recipe one.yaml
import zug.csv --recipe none.yaml
import zug.csv --map Enseigne=nom --save-recipe x.yaml --dry-run
import zug.csv --map Enseigne=nom --save-recipe zug.csv
import scores.csv --save-recipe x.yaml --dry-run
import zug.csv --close-gone
import clear.csv --update --yes
import clear.csv clear.csv --update --blank-clears --yes
import taken.csv --yes
schema --recipe
list -r registry.yaml/x
export csv -o registry.yaml/x
search
search zig
search zigg
search qqqq
search zig --closed
search commune=Paris
search source=Paris
search cp:99
list --commune Pariss
show zig --format json
show zig --format xyz
init --titre X
near
near zig
near zag zig
near 75020
near 95,2
near 48.85,2.35
near 48.85,2.35 --within x
list --near zig
list --near zig --sort nom
export ban
import answers.csv --format ban --yes
import answers.csv --format ban --blank-clears
import good.csv --format ban
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
export vcard
export csv -o a.csv
export csv -o no/where.csv
export markdown --lang xx
export csv --fields nmo
export csv --lang en
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
import good.csv --format xlsx
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
init registry.schema.json --schema
init new.yaml
init new.yaml --schema
init new.yaml -r other.yaml
init -r -
-r registry.yaml list
-q list
schema
schema --fields
schema --fields --recipe
schema x
--install-completion tcsh
--show-completion tcsh
list --format table
show zag
show zig
list --commune Rome --format table
""".splitlines(),
]


def cases(language: str) -> Iterator[Case]:
    """All that is walked; what is published is asked for in the language of the walk."""
    from epncli.cli.app import COMMANDS

    for name in COMMANDS:
        yield {"args": [name, "--help"]}
    yield {"args": ["--help"]}
    yield {"args": ["list"]}
    yield {"args": ["list", "daviel"]}
    on_map = ["export mednum"]
    on_page = ["check", "export page --lang LANG"]
    never_open = PLACED.replace('latitude: "48.88"', 'latitude: "48.88", horaires: off')
    for slips, registry in (
        (SLIPS, GOOD),
        (on_map, ON_THE_MAP),
        (on_page, ON_A_PAGE),
        (ON_PLACED, PLACED),
        (["near zig"], never_open),
        (ON_AWAY, AWAY),
    ):
        for slip in slips:
            yield with_files(slip.replace("LANG", language), registry)
    for text in ODD:
        yield {"args": ["check"], "files": {"registry.yaml": text}}
        for slip in ON_ODD:
            yield with_files(slip.replace("LANG", language), text)
    yield {"args": ["check"], "files": {"registry.yaml": "structures: []\n"}}
    yield {"args": ["list"], "files": {"registry.yaml": "structures: []\n"}}
    yield {"args": ["search", "zag zig"], "files": {"registry.yaml": GOOD}}
    for text in BROKEN:
        yield {"args": ["list"], "files": {"registry.yaml": text}}
        yield {"args": ["check"], "files": {"registry.yaml": text}}
    yield {"args": ["check"], "files": {"registry.yaml": bad_registry()}}
    yield {"args": ["check", "--fix"], "files": {"registry.yaml": bad_registry()}}
    hours = "".join(f"  - {{id: h{number}, horaires: '{text}'}}\n" for number, text in enumerate(HOURS))
    publish = ["export", "markdown", "--fields", "id,horaires", "--lang", "en" if language == "en" else "fr"]
    yield {"args": publish, "files": {"registry.yaml": f"structures:\n{hours}"}}
    yield {"args": ["export", "xlsx", "-o", "x.xlsx"], "files": {"registry.yaml": f"structures:\n{hours}"}}
    yield {"args": ["show", "h0"], "files": {"registry.yaml": f"structures:\n{hours}"}}
    for options in ((), ("--close-gone",)):
        # The last file is found beside the recipe.
        given = {name: files()[name] for name in ("zug.csv", "zug.yaml", "zug.last.csv")}
        args = ["import", "zug.csv", "--recipe", "zug.yaml", "--yes", *options]
        yield {"args": args, "files": {"registry.yaml": GOOD.replace("Zig\n", "Zyg\n"), **given}}
    given = {name: files()[name] for name in ("zug.csv", "zug.yaml")}
    merged = GOOD.replace(
        "    date_maj: 2025", "    identifiants_externes: ['zug:1', 'zug:3']\n    date_maj: 2025"
    )
    yield {"args": ["import", "zug.csv", "--recipe", "zug.yaml"], "files": {"registry.yaml": merged, **given}}
    given = {name: files()[name] for name in ("zug.csv", "last.yaml", "last.last.csv")}
    yield {"args": ["import", "zug.csv", "--recipe", "last.yaml"], "files": {"registry.yaml": GOOD, **given}}
    yield from undo_cases()
    if which("git"):
        yield from versions.cases(language)
    fields = ("telephones", "code_postal", "date_maj", "courriels")
    for field, value in zip(cycle(fields), VALUES, strict=False):
        yield {"args": ["edit", "zig", "--set", f"{field}={value}"], "files": {"registry.yaml": GOOD}}


def undo_cases() -> Iterator[Case]:
    """What is undone after other commands, and what cannot be undone."""
    changes = [
        ["close", "zag", "--date", "2014"], ["add", "Zog", "--code-postal", "75012"],
        ["remove", "zag", "--yes"], ["remove", "zag", "zig", "--yes"], ["check", "--fix"], ["verify", "zag"],
    ]  # fmt: skip
    files = {"registry.yaml": GOOD}
    for change in changes:
        for options in ([], ["--list"], ["--dry-run"]):
            yield {"args": ["undo", *options], "files": files, "before": [change]}
    for options in ([], ["--list"]):
        yield {"args": ["undo", *options], "files": files}
        yield {"args": ["undo", *options], "files": files, "before": changes[:1], "meanwhile": files}
        yield {
            "args": ["undo", *options], "files": files, "before": changes[:1],
            "meanwhile": {"registry.yaml": "structures: []\n"},
        }  # fmt: skip
    yield {"args": ["undo", "--list"], "files": files, "before": [["verify", "zag"], ["verify", "zig"]]}


def with_files(slip: str, registry: str) -> Case:
    """What is typed, with the registry and the files that it names."""
    args = slip.split(" ") if slip else []
    named = {name: text for name, text in files().items() if name in args}
    return {
        "args": args,
        "files": {"registry.yaml": registry, **named},
        "stdin": "x: 3\n" if "-r -" in slip else "",
    }
