"""Insee codes of communes, alone and with the postal code and the commune of the record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import Level
from epncli.rules import code_insee

LOOK_UP = "look it up on insee.fr, or remove the field"
SHAPE = "is not an INSEE code, which is five digits, or 2A or 2B followed by three digits"

CASES = [
    # text, code_postal, commune, normal form, level, message, hint
    ("75112", "75012", "Paris", "75112", None, "", ""),
    ("75056", "75012", "Paris", "75056", None, "", ""),
    ("75112", "", "", "75112", None, "", ""),
    ("75112", "75680", "PARIS CEDEX 12", "75112", None, "", ""),
    (" 2a004 ", "20000", "Ajaccio", "2A004", None, "", ""),
    ("04058", "05110", "Claret", "04058", None, "", ""),
    ("97701", "97133", "Saint-Barthélemy", "97701", None, "", ""),
    (
        "75012", "75012", "Paris", "75112", Level.WARNING,
        "‘75012’ is the postal code, not the INSEE code: read as 75112", "write ‘75112’",
    ),
    (
        "13001", "13001", "Marseille", "13201", Level.WARNING,
        "‘13001’ is the postal code, not the INSEE code: read as 13201", "write ‘13201’",
    ),
    (
        "20000", "20000", "Ajaccio", "2A004", Level.WARNING,
        "‘20000’ is the postal code, not the INSEE code: read as 2A004", "write ‘2A004’",
    ),
    (
        "1053", "01000", "Bourg-en-Bresse", "01053", Level.WARNING,
        "‘1053’ has lost its leading zero: read as 01053",
        "in a spreadsheet, format the column as text before typing or pasting codes",
    ),
    (
        "75012", "", "", "75012", Level.WARNING,
        "‘75012’ is not the INSEE code of any current commune",
        "it is the postal code of Paris: write the INSEE code of the commune",
    ),
    (
        "78101", "", "", "78101", Level.WARNING,
        "‘78101’ is not the INSEE code of any current commune", LOOK_UP,
    ),
    (
        "50173", "50100", "Cherbourg-en-Cotentin", "50173", Level.WARNING,
        "‘50173’ is not the INSEE code of any current commune", "write ‘50129’",
    ),
    (
        "01053", "75012", "Paris", "01053", Level.WARNING,
        "‘01053’ is the INSEE code of Bourg-en-Bresse, not of ‘Paris’", "write ‘75112’",
    ),
    (
        "75119", "75012", "Paris", "75119", Level.WARNING,
        "‘75119’ is the INSEE code of Paris 19e Arrondissement (postal code 75019, not 75012)",
        "write ‘75112’",
    ),
    (
        "93066", "97400", "Saint-Denis", "93066", Level.WARNING,
        "‘93066’ is the INSEE code of Saint-Denis (postal code 93200, 93210, 93380, not 97400)",
        "write ‘97411’",
    ),
    # Both codes agree: the rule of the postal code reports the name.
    ("75112", "75012", "Pariss", "75112", None, "", ""),
    ("20000", "", "", "20000", Level.ERROR, f"‘20000’ {SHAPE}", LOOK_UP),
    ("2C004", "20000", "Ajaccio", "2C004", Level.ERROR, f"‘2C004’ {SHAPE}", "write ‘2A004’"),
    ("7511", "", "", "7511", Level.ERROR, f"‘7511’ {SHAPE}", LOOK_UP),
    ("Paris", "", "", "Paris", Level.ERROR, f"‘Paris’ {SHAPE}", LOOK_UP),
    ("", "", "", "", Level.ERROR, "the INSEE code is blank", LOOK_UP),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_insee_code_is_judged(
    case: tuple[str, str, str, str, Level | None, str, str],
) -> None:
    text, code_postal, commune, normal, level, message, hint = case
    result = code_insee.validate(text, code_postal, commune)

    found = [(p.level, p.message, p.hint) for p in result.problems]
    assert result.values == (normal,)
    assert found == ([(level, message, hint)] if level else [])


@pytest.mark.parametrize(
    ("code_postal", "commune", "code"),
    [
        ("75012", "Paris", "75112"),
        ("75012", "PARIS 12E", "75112"),
        ("75116", "Paris", "75116"),
        ("69009", "lyon", "69389"),
        ("13001", "Marseille", "13201"),
        ("20000", "ajaccio", "2A004"),
        ("01000", "St Denis les Bourg", "01344"),
        ("98000", "Monaco", "99138"),
        ("42230", "Saint-Victor-sur-Loire", "42218"),  # part of Saint-Étienne
        ("75019", "Paris 12e", ""),
        ("75680", "Paris", ""),
        ("75012", "Lyon", ""),
        ("75012", "", ""),
        ("", "Paris", ""),
    ],
)
def test_code_and_commune_give_the_insee_code_where_they_leave_one_answer(
    code_postal: str, commune: str, code: str
) -> None:
    assert code_insee.insee_of(code_postal, commune) == code


@given(
    st.text() | st.from_regex(r"[0-9]{1,2}[0-9AB][0-9]{2,3}", fullmatch=True),
    st.text() | st.sampled_from(["75012", "20000", "01000"]),
    st.text() | st.sampled_from(["Paris", "Ajaccio", "Bourg-en-Bresse"]),
)
def test_a_normal_form_stays_as_it_is(text: str, code_postal: str, commune: str) -> None:
    result = code_insee.validate(text, code_postal, commune)

    assert code_insee.validate(result.value, code_postal, commune).values == result.values
    if result.refused:
        assert result.values == (text,)
