"""Postal codes: the normal form, the message and the hint of every case."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import Level
from epncli.rules import code_postal, communes

FIVE = "write its five digits, such as 75012"
PREFIXES = "they start with 01 to 95, 970 to 978, 980, 984, 986, 987 or 988"
CEDEX = "this is a typing error, or a CEDEX code, which is used only for mail and cannot be checked"
SPREADSHEET = "in a spreadsheet, format the column as text before typing or pasting codes"
PARIS = "75001, 75002, 75003, 75004, 75005, 75006 and 15 more"
FORMER = "no commune has this name today: check it, or write the commune that it is now part of"

RIGHT = [
    # text, commune, normal form
    ("75012", "", "75012"),
    ("75012", "Paris", "75012"),
    ("75012", "PARIS", "75012"),
    ("75012", "Paris 12e", "75012"),
    ("75012", "Paris 12e Arrondissement", "75012"),
    ("75012", "PARIS-12EME-ARRONDISSEMENT", "75012"),
    ("75012", "PARIS CEDEX 12", "75012"),
    ("75012", "Paris 12", "75012"),
    ("75012", "Paris (75)", "75012"),
    ("75116", "Paris 16e", "75116"),
    ("69003", "Lyon 3e arrondissement", "69003"),
    ("13001", "Marseille 1er", "13001"),
    ("31000", "Toulouse 3e", "31000"),  # no arrondissement has a code of its own there
    ("13013", "Marseille (13)", "13013"),
    ("01000", "bourg en bresse", "01000"),
    ("93200", "ST DENIS", "93200"),
    ("42000", "St-Étienne", "42000"),
    ("42000", "St. Etienne", "42000"),
    ("94240", "L\u2019Haÿ\u2013les\u2011Roses", "94240"),
    ("94240", "L HAY LES ROSES", "94240"),
    ("51480", "OEUILLY", "51480"),
    ("51480", "Œuilly", "51480"),
    ("05110", "Claret", "05110"),  # Insee 04058: the base has 23 such pairs
    ("20000", "Ajaccio", "20000"),  # Corsica: Insee 2A004
    ("20200", "BASTIA", "20200"),  # Corsica: Insee 2B033
    ("97133", "Saint-Barthélemy", "97133"),
    ("97150", "St Martin", "97150"),
    ("97200", "Fort de France", "97200"),
    ("97460", "Saint-Paul", "97460"),
    ("97500", "Saint-Pierre", "97500"),
    ("98000", "Monaco", "98000"),
    ("98600", "Uvea", "98600"),
    ("98714", "PAPEETE", "98714"),
    ("98800", "Noumea", "98800"),
    ("98874", "Le Mont-Dore", "98874"),
    # understood, written otherwise
    ("75 012", "Paris", "75012"),
    (" 75012\n", "Paris", "75012"),
    ("75\u00a0012", "Paris", "75012"),
    ("75\u202f012", "Paris", "75012"),
    ("\ufeff75012", "Paris", "75012"),
    ("F-75012", "Paris", "75012"),
    ("f 75012", "Paris", "75012"),
    ("FR-75012", "Paris", "75012"),
    ("'01000", "Bourg-en-Bresse", "01000"),
    ("75012.0", "Paris", "75012"),
    ("50100", "Cherbourg-Octeville", "50100"),  # part of Cherbourg-en-Cotentin since 2016
    ("06520", "Magagnosc", "06520"),  # a locality of Grasse
]

REFUSED = [
    # text, commune, message, hint
    ("", "", "the postal code is blank", FIVE),
    ("\u00a0", "", "the postal code is blank", FIVE),
    ("7", "", "‘7’ has 1 digit: a postal code has five", FIVE),
    ("750", "", "‘750’ has 3 digits: a postal code has five", FIVE),
    ("750123", "", "‘750123’ has 6 digits: a postal code has five", FIVE),
    (
        "1004", "", "‘1004’ has 4 digits: a postal code has five",
        "write ‘01004’ if its leading zero was lost, otherwise add the missing digit",
    ),
    (
        "7500", "Paris", "‘7500’ has 4 digits: a postal code has five",
        f"write one of its postal codes: {PARIS}",
    ),
    (
        "9320", "La Courneuve", "‘9320’ has 4 digits: a postal code has five",
        "write its postal code, 93120",
    ),
    ("0100", "", "‘0100’ has 4 digits: a postal code has five", FIVE),
    ("2A", "", "‘2A’ is not a postal code, which is five digits", FIVE),
    ("75O12", "", "‘75O12’ is not a postal code, which is five digits", "write ‘75012’"),
    (
        "75012 Paris", "",
        "‘75012 Paris’ is not a postal code, which is five digits", "write ‘75012’",
    ),
    (
        "75680 CEDEX", "",
        "‘75680 CEDEX’ is not a postal code, which is five digits", "write ‘75680’",
    ),
    (
        "75012 / 75013", "",
        "‘75012 / 75013’ is not a postal code, which is five digits", FIVE,
    ),
    ("B-1000", "", "‘B-1000’ is not a postal code, which is five digits", FIVE),
    ("７５０１２", "", "‘７５０１２’ is not a postal code, which is five digits", FIVE),
    ("٧٥٠١٢", "", "‘٧٥٠١٢’ is not a postal code, which is five digits", FIVE),
    ("00000", "", "‘00000’ is not a postal code: none starts with 00", PREFIXES),
    ("96000", "", "‘96000’ is not a postal code: none starts with 96", PREFIXES),
    ("97900", "", "‘97900’ is not a postal code: none starts with 979", PREFIXES),
    ("98100", "", "‘98100’ is not a postal code: none starts with 981", PREFIXES),
    ("98500", "", "‘98500’ is not a postal code: none starts with 985", PREFIXES),
    ("98900", "", "‘98900’ is not a postal code: none starts with 989", PREFIXES),
    ("99109", "", "‘99109’ is not a postal code: none starts with 99", PREFIXES),
    (
        "2A004", "Ajaccio", "‘2A004’ is the INSEE code of Ajaccio, not a postal code",
        "write one of its postal codes: 20000, 20090, 20167",
    ),
    (
        "2b033", "", "‘2B033’ is the INSEE code of Bastia, not a postal code",
        "write one of its postal codes: 20200, 20600",
    ),
    (
        "2A999", "", "‘2A999’ is an INSEE code, not a postal code",
        "write the five digits of the postal address",
    ),
    (
        "99138", "Monaco", "‘99138’ is the INSEE code of Monaco, not a postal code",
        "write its postal code, 98000",
    ),
]  # fmt: skip

WARNED = [
    # text, commune, normal form, message, hint
    (
        "1000", "", "01000",
        "‘1000’ has lost its leading zero: read as 01000", SPREADSHEET,
    ),
    (
        "1000.0", "Bourg-en-Bresse", "01000",
        "‘1000.0’ has lost its leading zero: read as 01000", SPREADSHEET,
    ),
    ("75680", "", "75680", "‘75680’ is not in the postal code database", CEDEX),
    ("97012", "", "97012", "‘97012’ is not in the postal code database", CEDEX),
    (
        "75680", "PARIS CEDEX 12", "75680", "‘75680’ is not in the postal code database",
        f"postal codes of Paris: {PARIS}; CEDEX codes, used only for mail, cannot be checked",
    ),
    (
        "97861", "ST PAUL CEDEX", "97861", "‘97861’ is not in the postal code database",
        ("postal codes of Saint-Paul: 97411, 97422, 97423, 97434, 97435, 97460; "
        "CEDEX codes, used only for mail, cannot be checked"),
    ),
    (
        "01004", "BOURG EN BRESSE CEDEX", "01004", "‘01004’ is not in the postal code database",
        "postal codes of Bourg-en-Bresse: 01000; CEDEX codes, used only for mail, cannot be checked",
    ),
    (
        "75000", "Paris", "75000", "‘75000’ is not in the postal code database",
        "Paris has one postal code per arrondissement, 75001 to 75020: write the one for this place",
    ),
    (
        "69000", "Lyon", "69000", "‘69000’ is not in the postal code database",
        "Lyon has one postal code per arrondissement, 69001 to 69009: write the one for this place",
    ),
    (
        "13000", "", "13000", "‘13000’ is not in the postal code database",
        "Marseille has one postal code per arrondissement, 13001 to 13016: write the one for this place",
    ),
    (
        "75112", "Paris", "75112",
        "‘75112’ is the INSEE code of Paris 12e Arrondissement, not a known postal code",
        "write its postal code, 75012",
    ),
    (
        "97701", "", "97701",
        "‘97701’ is the INSEE code of Saint-Barthélemy, not a known postal code",
        "write its postal code, 97133",
    ),
    (
        "69001", "Paris", "69001", "‘69001’ is the postal code of Lyon, not of ‘Paris’",
        f"postal codes of Paris: {PARIS}; correct the code or the commune",
    ),
    (
        "93100", "St Denis", "93100", "‘93100’ is the postal code of Montreuil, not of ‘St Denis’",
        "postal codes of Saint-Denis: 93200, 93210, 93380; correct the code or the commune",
    ),
    (
        "93100", "Dijon", "93100", "‘93100’ is the postal code of Montreuil, not of ‘Dijon’",
        "postal codes of Dijon: 21000; correct the code or the commune",
    ),
    (
        "13001", "Aix en Provence", "13001",
        "‘13001’ is the postal code of Marseille, not of ‘Aix en Provence’",
        "it is the INSEE code of Aix-en-Provence (postal code 13080, 13090, 13100, 13290, 13540)",
    ),
    (
        "51300", "Vitry-le-Franxois", "51300",
        ("‘51300’ is the postal code of Bassu, Bassuet, Bignicourt-sur-Marne, Blacy, "
        "Blaise-sous-Arzillières, Brusson and 40 more, not of ‘Vitry-le-Franxois’"),
        "did you mean ‘Vitry-le-François’?",
    ),
    (
        "01100", "Dijon", "01100",
        ("‘01100’ is the postal code of Apremont, Arbent, Bellignat, Géovreisset, Groissiat, Martignat, "
        "Oyonnax, not of ‘Dijon’"),
        "postal codes of Dijon: 21000; correct the code or the commune",
    ),
    (
        "01140", "Dijon", "01140",
        ("‘01140’ is the postal code of Garnerans, Illiat, Mogneneins, Peyzieux-sur-Saône, "
        "Saint-Didier-sur-Chalaronne, Saint-Étienne-sur-Chalaronne and 2 more, not of ‘Dijon’"),
        "postal codes of Dijon: 21000; correct the code or the commune",
    ),
    (
        "50100", "Qqqq", "50100",
        "‘50100’ is the postal code of Cherbourg-en-Cotentin, not of ‘Qqqq’", FORMER,
    ),
    (
        "75012", "Bellegarde-sur-Valserine", "75012",
        "‘75012’ is the postal code of Paris, not of ‘Bellegarde-sur-Valserine’",
        "postal codes of Valserhône: 01200; correct the code or the commune",
    ),
    (
        "75019", "Paris 12e", "75019",
        "‘75019’ is the postal code of arrondissement 19, not of ‘Paris 12e’",
        "write its postal code, 75012",
    ),
    (
        "69001", "Lyon 12e", "69001",
        "‘69001’ is the postal code of arrondissement 1, not of ‘Lyon 12e’",
        "correct the code or the commune",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "commune", "normal"), RIGHT)
def test_a_right_code_is_understood_without_a_word(text: str, commune: str, normal: str) -> None:
    result = code_postal.validate(text, commune)

    assert (result.values, result.problems) == ((normal,), ())


@pytest.mark.parametrize(("text", "commune", "message", "hint"), REFUSED)
def test_an_impossible_code_is_refused_with_the_reason(
    text: str, commune: str, message: str, hint: str
) -> None:
    result = code_postal.validate(text, commune)

    found = [(p.level, p.message, p.hint) for p in result.problems]
    assert (result.values, found) == ((text,), [(Level.ERROR, message, hint)])


@pytest.mark.parametrize(("text", "commune", "normal", "message", "hint"), WARNED)
def test_a_doubtful_code_is_kept_with_a_warning(
    text: str, commune: str, normal: str, message: str, hint: str
) -> None:
    result = code_postal.validate(text, commune)

    found = [(p.level, p.message, p.hint) for p in result.problems]
    assert (result.values, found) == ((normal,), [(Level.WARNING, message, hint)])


def test_a_lost_zero_and_an_unknown_code_are_both_said() -> None:
    result = code_postal.validate("1004", "BOURG EN BRESSE CEDEX")

    assert result.values == ("01004",)
    assert [p.message for p in result.problems] == [
        "‘1004’ has lost its leading zero: read as 01004",
        "‘01004’ is not in the postal code database",
    ]


@given(
    st.text() | st.from_regex(r"(F-)?[0-9 ]{3,6}(\.0)?", fullmatch=True),
    st.text() | st.sampled_from(["Paris", "Nice", "St Denis CEDEX"]),
)
def test_a_normal_form_is_five_digits_and_stays_as_it_is(text: str, commune: str) -> None:
    result = code_postal.validate(text, commune)

    if result.refused:
        assert result.values == (text,)
    else:
        assert len(result.value) == 5
        assert result.value.isascii()
        assert result.value.isdigit()
        assert code_postal.validate(result.value, commune).values == result.values


@pytest.mark.parametrize(
    "text", ["\ud800", "\0", "9" * 10_000, "F-" * 5_000, " " * 10_000, "²" * 5, "O" * 10_000]
)
def test_hostile_text_is_refused_and_crashes_nothing(text: str) -> None:
    assert code_postal.validate(text, text).refused
    assert not code_postal.validate("75012", text).refused
    assert not communes.communes(text)
    assert not communes.codes(text)
    assert code_postal.commune_of(text) == ""


def test_the_rule_costs_no_heavy_import() -> None:
    script = (
        "import sys; from epncli.rules import code_postal as c; c.validate('75012', 'Paris');"
        "c.arrondissement('75012');"
        "print(sorted({'phonenumbers', 'rich', 'rapidfuzz', 'csv', 'importlib.resources'}"
        " & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
