"""The register of mediation committees: what the law asks of one, and whose committee keeps a file."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xinfang.rules.mediation.committee import CommitteeGap, CommitteeKind, Standing, gaps, nearest, term_ends

TODAY = date(2026, 11, 24)


def standing(**more):
    facts = {"kind": CommitteeKind.VILLAGE, "from_on": date(2025, 1, 10), "members": 5, "women": 1, "mediators": 2}
    return Standing(**{**facts, "registered_on": date(2025, 2, 1), **more})


def test_a_whole_committee_lacks_nothing():
    assert gaps(standing(), TODAY) == ()
    assert gaps(standing(members=3), TODAY) == ()
    assert gaps(standing(members=9), TODAY) == ()


def test_each_gap_is_said():
    bare = standing(members=2, women=0, mediators=0, registered_on=None, from_on=date(2023, 11, 23))
    assert gaps(bare, TODAY) == (
        CommitteeGap.TERM_OVER,
        CommitteeGap.TOO_FEW,
        CommitteeGap.NO_WOMAN,
        CommitteeGap.UNREGISTERED,
        CommitteeGap.NO_MEDIATOR,
    )
    assert gaps(standing(members=10), TODAY) == (CommitteeGap.TOO_MANY,)


def test_three_to_nine_and_women_bind_villages_alone():
    town = standing(kind=CommitteeKind.TOWNSHIP, members=12, women=0)
    assert gaps(town, TODAY) == ()


def test_the_term_is_three_years_to_the_day():
    assert term_ends(date(2023, 11, 24)) == TODAY
    assert gaps(standing(from_on=date(2023, 11, 24)), TODAY) == ()
    assert gaps(standing(from_on=date(2023, 11, 23)), TODAY) == (CommitteeGap.TERM_OVER,)
    assert term_ends(date(2024, 2, 29)) == date(2027, 2, 28)


def test_the_committee_closest_to_the_holder_keeps_the_file():
    units = {"v": "d.t.v", "t": "d.t", "other": "d.o", "d": "d"}
    assert nearest(units, "d.t.v") == "v"
    assert nearest(units, "d.t") == "t"
    assert nearest(units, "d.o") == "other"
    assert nearest(units, "x") == "d"
    assert nearest({}, "d.t") == ""


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_term_has_an_end_in_its_third_year(day):
    end = term_ends(day)
    assert end.year == day.year + 3
    assert (end.month, end.day) in {(day.month, day.day), (2, 28)}
