"""The fast test for scalars without quotes never allows one that PyYAML does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.yamlfile.edit import scalar

CHARACTERS = "aYynNoOtrufalsk019 .-_+=@/()°&'\"’–éœ:#,xeE;?%~!{}[]*>|\t\n\u00a0\u0085\ufeff"


@given(text=st.text(CHARACTERS, max_size=9) | st.text(max_size=5).map("a{}b".format))
def test_what_is_plain_at_a_glance_is_plain_for_pyyaml(text: str) -> None:
    if scalar._PLAIN.fullmatch(text):
        assert scalar._is_judged_plain(text, flow=True)
        assert scalar._is_judged_plain(text, flow=False)
    if scalar._PLAIN_IN_BLOCK.fullmatch(text):
        assert scalar._is_judged_plain(text, flow=False)
    if scalar._FLOW_INDICATOR.search(text):
        assert not scalar._judges()[0].analyze_scalar(text).allow_flow_plain


@pytest.mark.parametrize(
    ("text", "in_block", "in_flow"),
    [
        ("Élan d’Œuvre", True, True), ("01 46 36 70 13", True, True), ("12 rue de la Paix", True, True),
        ("contact@epn.fr", True, True), ("Mo-Fr 09:00-12:00; Sa 10:00", True, False),
        ("https://exemple.fr/?a=1,2", True, False), ("a: b", False, False), ("a:", False, False),
        ("a #b", False, False), ("a ", False, False), ("- a", False, False), ("75012", False, False),
        ("YES", False, False), ("null", False, False), ("2014-09-30 12:00:00", False, False),
        ("", False, False),
    ],
)  # fmt: skip
def test_plain_inside_and_outside_brackets(text: str, *, in_block: bool, in_flow: bool) -> None:
    assert (scalar.write_scalar(text) == text, scalar.write_scalar(text, flow=True) == text) == (
        in_block,
        in_flow,
    )
