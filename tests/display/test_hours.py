from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from epncli.display.hours import in_words, in_words_to_paste
from epncli.rules.horaires import validate

WORDS = [
    ("Tu-Sa 10:00-12:00,14:00-18:00",
     "mardi–samedi 10 h–12 h, 14 h–18 h", "Tuesday–Saturday 10:00–12:00, 14:00–18:00"),
    ("Mo-We,Fr 09:00-12:30; Th 14:00-18:00; Sa,Su off",
     "lundi, mardi, mercredi, vendredi 9 h–12 h 30 ; jeudi 14 h–18 h ; fermé samedi, dimanche",
     "Monday, Tuesday, Wednesday, Friday 09:00–12:30; Thursday 14:00–18:00; closed Saturday, Sunday"),
    ("24/7", "tous les jours 24 h/24", "every day 24 hours a day"),
    ("08:00-24:00", "tous les jours 8 h–24 h", "every day 08:00–24:00"),
    ("Mo[1,3] 14:00-17:00; Fr[-1] 09:00-12:00",
     "1er et 3e lundi du mois 14 h–17 h ; dernier vendredi du mois 9 h–12 h",
     "1st and 3rd Monday of the month 14:00–17:00; last Friday of the month 09:00–12:00"),
    ("Mo[1] 09:00-12:00; Mo[3] 14:00-17:00",
     "1er lundi du mois 9 h–12 h ; 3e lundi du mois 14 h–17 h",
     "1st Monday of the month 09:00–12:00; 3rd Monday of the month 14:00–17:00"),
    ("Mo[3],Mo[1] 09:00-12:00",
     "1er lundi du mois 9 h–12 h ; 3e lundi du mois 9 h–12 h",
     "1st Monday of the month 09:00–12:00; 3rd Monday of the month 09:00–12:00"),
    ("Mo[1] 09:00-12:00; Mo[4] off",
     "1er lundi du mois 9 h–12 h ; fermé 4e lundi du mois",
     "1st Monday of the month 09:00–12:00; closed 4th Monday of the month"),
    ("Tu[1-2] 09:00-12:00; We[1-2,4] 10:00-11:00",
     "1er et 2e mardi du mois 9 h–12 h ; 1er, 2e et 4e mercredi du mois 10 h–11 h",
     "1st and 2nd Tuesday of the month 09:00–12:00; 1st, 2nd and 4th Wednesday of the month 10:00–11:00"),
    ("Mo-Fr 09:00-12:00; Aug off; Jul 14 off; Dec 24-Jan 02 off",
     "lundi–vendredi 9 h–12 h ; fermé en août ; fermé le 14 juillet ; fermé du 24 décembre au 2 janvier",
     "Monday–Friday 09:00–12:00; closed in August; closed on 14 July; closed from 24 December to 2 January"),
    ("Mo-Fr 09:00-12:00; PH off; SH off",
     "lundi–vendredi 9 h–12 h ; fermé les jours fériés ; fermé pendant les vacances scolaires",
     "Monday–Friday 09:00–12:00; closed on public holidays; closed during school holidays"),
    ("Sep-Jun Tu 14:00-18:00; Jul 01-Aug 15 Tu 09:00-12:00",
     "septembre–juin : mardi 14 h–18 h ; du 1er juillet au 15 août : mardi 9 h–12 h",
     "September–June: Tuesday 14:00–18:00; from 1 July to 15 August: Tuesday 09:00–12:00"),
    # What a later rule overrides is not said.
    ("Tu-Sa 09:00-13:00; We,Fr 14:00-18:00",
     "mardi, jeudi, samedi 9 h–13 h ; mercredi, vendredi 14 h–18 h",
     "Tuesday, Thursday, Saturday 09:00–13:00; Wednesday, Friday 14:00–18:00"),
    ("Mo,Tu 10:00-18:00; Jul-Aug Mo 10:00-12:00",
     "lundi, mardi 10 h–18 h ; juillet–août : lundi 10 h–12 h ; mardi 10 h–18 h",
     "Monday, Tuesday 10:00–18:00; July–August: Monday 10:00–12:00; Tuesday 10:00–18:00"),
    ('Mo 09:00-12:00 "sur rendez-vous"; Tu unknown "sans rendez-vous"',
     "lundi 9 h–12 h (sur rendez-vous) ; mardi sans rendez-vous",
     "Monday 09:00–12:00 (by appointment); Tuesday without appointment"),
    ('"sur rendez-vous"', "sur rendez-vous", "by appointment"),
    ('Mo 09:00-12:00 || "sur rendez-vous"',
     "lundi 9 h–12 h, et sur rendez-vous", "Monday 09:00–12:00, and by appointment"),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "french", "english"), WORDS)
def test_hours_in_words(hours: str, french: str, english: str) -> None:
    assert in_words_to_paste(hours, "fr") == french
    assert in_words_to_paste(hours, "en") == english


def test_figures_do_not_part_from_their_h_nor_a_semicolon_from_its_word() -> None:
    assert in_words("Mo 09:00-12:30; Tu off", "fr") == "lundi 9\xa0h–12\xa0h\xa030\xa0; fermé mardi"


@pytest.mark.parametrize(
    "hours",
    [
        "", "lundi matin", "week 1-53/2 Mo 10:00-11:00", "Mo 10:00+", "Mo sunrise-12:00", "Mo 22:00-02:00",
        'Mo-Fr 09:00-12:00; 2026 Jul 15-2026 Aug 31 off "congés d\'été"', 'Mo 09:00-12:00 "a;b"',
        'Mo 09:00-12:00,14:00-17:00 "sur rendez-vous"', 'Mo 09:00-12:00; Tu off || "sur rendez-vous"',
        "Mo 09:00-12:00; Mo[1] off", "Mo[1] 09:00-12:00; Mo[1,3] 14:00-17:00", "Mo[1],Mo[1] 09:00-12:00",
        "Mo[5] 09:00-12:00; Mo[-1] 14:00-17:00", "Mo[3-1] 09:00-12:00", "Mo[-2] 09:00-12:00",
        "Jul off; Mo-Fr 09:00-12:00", "Jan-Mar,Sep Mo 10:00-11:00",
        "Jul Mo 10:00-11:00; Jul-Aug Mo 10:00-12:00", "SH Mo 10:00-11:00", "Mo 09:00-12:00,10:00-14:00",
        "Feb 30 off", "Mo 09:00-12:00 \xa0x",
    ],
)  # fmt: skip
def test_what_has_no_words_stays_as_it_is(hours: str) -> None:
    assert in_words(hours, "fr") == hours
    assert in_words_to_paste(hours, "en") == hours


TIMES = st.lists(
    st.integers(5 * 4, 24 * 4), min_size=2, max_size=6, unique=True
).map(lambda quarters: sorted(quarters)[: len(quarters) // 2 * 2])  # fmt: skip
DAYS = st.lists(
    st.sampled_from(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]), min_size=1, max_size=7, unique=True
)
NTH = ["1", "1,3", "-1", "2-4", "2", "5", "3", "1-2,5"]
PERIODS = st.sampled_from(["", "", "", "Jul-Aug", "Sep-Jun", "Aug", "Jul 01-Aug 15", "Dec 24-Jan 02"])


@st.composite
def rules(draw: st.DrawFn) -> str:
    days = ",".join(draw(DAYS))
    if draw(st.integers(0, 4)) == 0:
        days = f"{draw(st.sampled_from(['Mo', 'Tu']))}[{draw(st.sampled_from(NTH))}]"
    quarters = draw(TIMES)
    times = ",".join(
        f"{start // 4:02}:{start % 4 * 15:02}-{end // 4:02}:{end % 4 * 15:02}"
        for start, end in zip(quarters[::2], quarters[1::2], strict=True)
    )
    remark = draw(st.sampled_from(["", "", "", ' "sur rendez-vous"']))
    return f"{draw(PERIODS)} {days} {draw(st.sampled_from([times + remark, times, times, 'off']))}".strip()


@st.composite
def opening_hours(draw: st.DrawFn) -> str:
    closed = draw(
        st.lists(st.sampled_from(["PH off", "Aug off", "Dec 25 off", "Jul 14-Aug 03 off"]), max_size=2)
    )
    otherwise = draw(st.sampled_from(["", "", "", ' || unknown "sur rendez-vous"']))
    return "; ".join(draw(st.lists(rules(), min_size=1, max_size=4)) + closed) + otherwise


def states(hours: str) -> list[tuple[str, str, str]]:
    """When it is open, over days of three seasons, with holidays among them."""
    found = []
    for month, day in ((5, 1), (7, 28), (12, 20)):
        start = datetime(2027, month, day)  # noqa: DTZ001  hours are local
        intervals = OpeningHours(hours, country="FR").intervals(start, start + timedelta(days=9))
        found += [(str(first), str(last), f"{state} {comment}") for first, last, state, comment in intervals]
    return [one for one in found if not one[2].startswith("closed")]


@pytest.mark.parametrize("examples", [25, pytest.param(5_000, marks=pytest.mark.long)])
def test_french_words_read_back_to_the_same_opening_times(examples: int) -> None:
    @settings(max_examples=examples)
    @given(opening_hours())
    def check(hours: str) -> None:
        words = in_words(hours, "fr")
        if words == hours:
            return
        for text in (words, in_words_to_paste(hours, "fr"), words.upper()):
            result = validate(text)
            assert not result.problems
            assert states(result.value) == states(hours)

    check()
