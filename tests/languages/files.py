"""Input files of the walk: spreadsheets, pages and JSON, valid and broken."""

from __future__ import annotations

import io
import zipfile
from functools import cache


def text(data: bytes) -> str:
    """Bytes as the text that `folder_with` writes back to them."""
    return data.decode("utf-8", "surrogateescape")


def workbook(**sheets: list[list[str]]) -> bytes:
    """A workbook with these sheets."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return data.getvalue()


def hidden() -> bytes:
    """A workbook with a hidden row, and with a header in both its sheets."""
    from xlsxwriter import Workbook

    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        for name in ("A", "B"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["nom", "commune", "code_postal"])
            sheet.write_row(1, 0, ["Zoug", "Lyon", "69001"])
            sheet.set_row(1, None, None, {"hidden": True})
    return data.getvalue()


def archive(**parts: str) -> bytes:
    """A zip archive, as workbooks are."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """The workbook with another part of that name."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as whole, zipfile.ZipFile(data, "w") as packed:
        for part in whole.namelist():
            packed.writestr(part, content if part == name else whole.read(part))
    return data.getvalue()


def answers() -> str:
    """Answers of the address service to the addresses in `PLACED`: one is used, each other one is not."""
    return """\
id,adresse,latitude,longitude,result_score,result_type,result_label,result_citycode
p0,1 rue P,48.83,2.36,0.95,street,Rue P 75013 Paris,75113
p0,1 rue P,48.83,2.36,0.95,street,Rue P 75013 Paris,75113
p0,1 rue P,48.84,2.36,0.95,street,Rue P 75013 Paris,75113
p1,1 rue P,,,,,,
p2,2 rue P,48.83,2.36,0.95,street,Rue P 75013 Paris,75113
p3,1 rue P,48.83,2.36,0.5,street,Rue P 75013 Paris,75113
p4,1 rue P,48.83,2.36,0.95,locality,P 75013 Paris,75113
p5,1 rue P,48.83,2.36,0.95,street,Rue P 69003 Lyon,69383
p6,1 rue P,48.83,2.36,0.95,street,Rue P,
zig,1 rue P,48.83,2.36,0.95,street,Rue P 75013 Paris,75113
nowhere,1 rue P,48.83,2.36,0.95,street,Rue P 75013 Paris,75113
"""


@cache
def files() -> dict[str, str]:
    """All of them, by name."""
    places = [["nom", "commune", "code_postal"], ["Zoug", "Lyon", "69001"]]
    two = workbook(A=[["x"]], B=places)
    sheet = "xl/worksheets/sheet2.xml"
    far = b'<row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
    at = two.rindex(b"xl/workbook.xml")  # in the table of contents, 46 bytes after its start
    lying = two[: at - 22] + b"\x01\x00\x00\x00" + two[at - 18 :]
    national = "id,pivot,nom,commune,code_postal,adresse,telephone,publics_accueillis,cle_ban\n"
    return {
        "good.csv": "id,nom,commune,code_postal,couleur\nzig,Zig,Paris,75019,bleu\n,Zoug,Lyon,69001,vert\n",
        "bad.csv": 'nom,commune,code_postal\n"Zig,Paris,75020\nZug,Paris,x\n',
        "tabs.csv": "nom\tcommune\tcode_postal\nZoug\tLyon\t69001\n",
        "wide.csv": "nom,commune,code_postal\nZoug,Lyon,69001,,x\n",
        "lists.csv": "nom,commune,code_postal,telephones,nom\nZoug,Lyon,69001,3949|3631,x\n",
        "columns.csv": "nom,commune,code_postal,Statut,Statut\n" + "Zoug,Lyon,69001,Public,\n" * 3,
        "answers.csv": answers(),
        "scores.csv": "nom,commune,code_postal,latitude,result_score\nZoug,Lyon,69001,45.7,0.1\n",
        "metres.csv": "nom,commune,code_postal,x,y\nZoug,Paris,75001,652469,6862035\n",
        "swapped.csv": "nom,commune,code_postal,longitude,latitude\n" + "Zoug,Paris,75001,48.85,2.35\n" * 3,
        "guarded.csv": "nom,commune,code_postal\nZoug,Lyon,'69001\n",
        "twice.csv": "id,nom,commune,code_postal\na,A,Lyon,69001\na,B,Lyon,69001\n,C,Lyon,69001\n"
        ",C,Lyon,69001\n,C,Lyon,69001\n",
        "namesakes.csv": "nom,commune,code_postal,notes\nC,Lyon,69001,y\nC,Lyon,69001,x\n",
        "refused.csv": "nom,commune,code_postal\n"
        + "".join(f"N{number},Lyon,69001\n" for number in range(15))
        + "Zoug,Lyon,x\n",
        "partner.csv": "id,nom,commune,code_postal,telephones,courriels,site_web,date_maj,statut,notes,"
        "presentation_resume\n"
        '1.0,Zoug  &amp; Zag,,69001,04 78 00 00 00 (x),"a@b.fr,c@d.fr",www.zoug.fr,44208,open,NÂ° 3,'
        f"{'x' * 281}\n"
        "2,<b>Zig</b>,49000 Angers,,15,-,#N/A,15/01/24,x,\x1b[31mx https://x,\n"
        "3,Zog,Qqqq,,,,,,,,\n"
        '12,Zup,,69001,="0478000001",,,,,,\n'
        + "".join(f"{number},Zug  {number},,69001,,,,,,,\n" for number in range(4, 12)),
        "words.csv": "nom,commune,code_postal,horaires,horaires_en_clair\nZoug,Lyon,69001,Mo off,x\n",
        "dates.csv": "id,nom,date_maj\nzig,Zig,01/02/2024\n",
        "same.csv": "id,nom,commune,code_postal\nzag,Zag,Lyon,69003\n",
        "survey.csv": "nom,commune,code_postal,"
        + ",".join(f"qwz {number}" for number in range(6))
        + f",,,,,,,\nZoug,Lyon,69001{',' * 7}{'x,' * 6}\n",
        "header.csv": "x,y\n1,2\n",
        "old.csv": national + "a,,A,Lyon,69001,x,0478000000,Xyzzy|Jeunes (16-26 ans),69001_x\n",
        "text.txt": "Zoug\n75012 Paris\n01 46 36 70 13\n",
        "pasted.txt": "LYON 69001 Zoug 04 78 00 00 00\nbonjour\nQqqq 69001 Zag\n",
        "empty.csv": "",
        "bad.json": "[3]",
        "objects.json": '[{"nom": "Zoug", "commune": "Lyon", "code_postal": "69001", "couleur": "bleu"}, 3]',
        "fields.json": "[{" + ",".join(f'"x{number}":1' for number in range(1001)) + "}]",
        "items.json": '[{"nom":[' + ",".join(map(str, range(1001))) + "]}]",
        "long.csv": f"nom,commune,code_postal\n{'x' * 100_001},Lyon,69001\n",
        "cut.json": '[{"nom": x}]',
        "text.json": "3",
        "keys.json": '[{"a": 1}]',
        "other.yaml": "structures:\n  - {nom: Zoug, commune: Lyon, code_postal: '69001', couleur: bleu}\n",
        "bad.yaml": "structures:\n  - nom: 'a\n",
        "bad.xlsx": "PK\x03\x04zip",
        "old.xls": "\udcd0\udccf\x11\udce0\udca1\udcb1\x1a\udce1",
        "two.xlsx": text(two),
        "hidden.xlsx": text(hidden()),
        "two.ods": text(archive(content_xml="<x/>")),
        "other.zip": text(archive(x_txt="x")),
        "huge.xlsx": text(with_part(two, sheet, b"<worksheet><sheetData>%s</sheetData></worksheet>" % far)),
        "lying.xlsx": text(lying),
        "broken.xlsx": text(with_part(two, sheet, b"<worksheet><sheetData><row><c r='A1' t='s'><v>99</v>")),
        "cut.xlsx": text(with_part(two, "xl/workbook.xml", b"<workbook><sheets><sheet")),
        "none.xlsx": text(with_part(two, "xl/workbook.xml", b"<workbook><sheets></sheets></workbook>")),
        **recipes(),
    }


def recipes() -> dict[str, str]:
    """Recipes of partners, their files and their last files."""
    places = "colonnes: {Enseigne: nom}\n"
    return {
        "zug.csv": "n;Enseigne;Ville;CP;Type;x;y\n1;Zig;Paris;75020;x;657000;6862500\n3;Zug;Lyon;69003;x;;\n"
        "4;Zag Zig;Lyon;69003;x;;\n",
        "zug.yaml": f"source: Zug\nidentifiant: n\n{places}",
        "zug.last.csv": "id,nom,commune,code_postal,telephones,identifiants_externes\n"
        "zig,Zog,Paris,75020,,zug:1\nzig-zag,Zig Zag,Paris,75013,,zug:2\nzug,Zug,Lyon,69003,,zug:3\n",
        "zug.config.json": '{"nom": {"colonne": "Enseigne"}, "prive": {}, "adresse": {"colonne": "a"}, '
        '"courriel": {"colonne": ["b", "c"]}}',
        "last.yaml": places,
        "last.last.csv": "x\n",
        "list.config.json": "[]",
        "strange.yaml": "colonnes: {Enseigne2: nom}\n",
        "separator.yaml": 'decoupages: {latitude: {colonnes: Lat, separateur: "", partie: 1}}\n',
        "part.yaml": "decoupages: {latitude: {colonnes: Lat, partie: x}}\n",
        "own.yaml": "valeurs: {typologie: {x: BIB}}\n",
        "value.yaml": "valeurs: {typologie: [{termes: x}]}\n",
        "headers.yaml": "jointures: {adresse: {separateur: x}}\n",
        "key.yaml": "couleur: x\n",
        "mapping.yaml": "colonnes: [x]\n",
        "one.yaml": "source: [x]\n",
        "clear.csv": "id,nom,commune,code_postal,telephones\nzig,Zig,Paris,75020,\n",
        "taken.csv": "id,nom,commune,code_postal\nzig,Zoug,Lyon,69001\n",
    }
