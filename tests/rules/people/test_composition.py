"""The founding composition: who is missing, since when, and which note explains it."""

from datetime import date
from itertools import product

import pytest

from xinfang.rules.people.composition import (
    CompositionRule,
    Duty,
    Establishment,
    ExemptionNote,
    NamedOffice,
    Origin,
    Sitting,
    gaps_on,
    head_count,
)
from xinfang.rules.people.seats import Tier, UnitKind

TODAY = date(2026, 11, 23)
START = date(2025, 1, 1)
NAMED = tuple(office.value for office in NamedOffice)


def sittings(duty, count, **more):
    return tuple(Sitting(duty, START, **more) for _ in range(count))


def township(directors=1, deputies=1, full_time=2, homes=(*NAMED, "judicial_office"), **more):
    members = tuple(Sitting(Duty.MEMBER, START, home_function=home) for home in homes)
    rest = sittings(Duty.DIRECTOR, directors) + sittings(Duty.DEPUTY, deputies) + sittings(Duty.FULL_TIME, full_time)
    values = {"place": "own_hall", "has_team": True, "sittings": rest + members, **more}
    return Establishment(Tier.TOWNSHIP, UnitKind.CENTRE, **values)


def station(heads=1, deputies=1, members=3, origin=Origin.FIVE_ELDERS, **more):
    people = sittings(Duty.HEAD, heads) + sittings(Duty.DEPUTY, deputies)
    values = {"place": "comprehensive_centre", "has_team": True, **more}
    return Establishment(
        Tier.VILLAGE, UnitKind.STATION, sittings=people + sittings(Duty.MEMBER, members, origin=origin), **values
    )


def found(unit, day=TODAY):
    return {(gap.rule.value, gap.about): gap.found for gap in gaps_on(unit, day)}


def test_a_township_as_the_founding_text_asks_has_no_gap():
    assert found(township()) == {}
    assert head_count(township(), TODAY) == (10, 10, 14)


@pytest.mark.parametrize(("directors", "deputies", "full_time"), list(product(range(3), range(3), range(4))))
def test_director_deputy_and_staff_are_counted_exactly(directors, deputies, full_time):
    expected = {}
    if directors != 1:
        expected["A-02", "director"] = directors
    if deputies != 1:
        expected["A-03", "deputy"] = deputies
    if full_time != 2:
        expected["A-04", "full_time"] = full_time
    assert found(township(directors, deputies, full_time)) == expected


@pytest.mark.parametrize(("members", "short"), [(5, True), (6, False), (10, False), (11, True)])
def test_members_are_six_to_ten(members, short):
    unit = township(homes=(NAMED * 3)[:members])
    assert (("A-05", "member") in found(unit)) is short


def test_each_named_office_that_sends_nobody_is_named():
    unit = township(homes=("order_office", "petitions_office", *["judicial_office"] * 4))
    assert found(unit) == {("A-05", "farming_station"): 0, ("A-05", "land_office"): 0, ("A-05", "police_station"): 0}


def test_a_member_without_a_home_unit_is_a_gap_of_its_own():
    unit = township(homes=(*NAMED, "", ""))
    assert found(unit) == {("A-05", "home_unit"): 5}


def test_a_centre_without_a_place_cannot_work_in_one_place():
    assert found(township(place="")) == {("A-07", "place"): 0}


@pytest.mark.parametrize(("members", "short"), [(2, True), (3, False), (5, False), (6, True)])
def test_a_station_has_three_to_five_members(members, short):
    assert (("A-09", "member") in found(station(members=members))) is short


def test_a_village_without_a_work_team_needs_no_deputy():
    assert found(station(deputies=0, has_team=True)) == {("A-08", "deputy"): 0}
    assert found(station(deputies=0, has_team=False)) == {}
    assert head_count(station(deputies=0, has_team=False), TODAY) == (4, 4, 7)


def test_a_member_of_unknown_origin_is_a_gap():
    assert found(station(origin="")) == {("A-09", "origin"): 0}


def test_the_district_has_no_composition():
    assert gaps_on(Establishment(Tier.DISTRICT, UnitKind.CENTRE, "", has_team=True), TODAY) == ()


def test_a_gap_knows_since_when_it_stands():
    left = date(2026, 3, 31)
    people = (*township().sittings[1:], Sitting(Duty.DIRECTOR, START, left))
    (gap,) = gaps_on(township(sittings=people), TODAY)
    assert (gap.rule, gap.found, gap.since) == (CompositionRule.DIRECTOR, 0, date(2026, 4, 1))
    assert gaps_on(township(sittings=people), left) == ()


def test_a_gap_that_was_filled_for_a_while_counts_from_its_last_spell():
    filled = Sitting(Duty.DIRECTOR, date(2026, 5, 1), date(2026, 6, 30))
    people = (*township().sittings[1:], filled)
    (gap,) = gaps_on(township(sittings=people), TODAY)
    assert gap.since == date(2026, 7, 1)


def test_a_dated_note_explains_a_gap_only_while_it_holds():
    note = ExemptionNote("A-05", "farming_station", date(2026, 1, 1), date(2026, 12, 31), "街道没有农业")
    unit = township(homes=(*(n for n in NAMED if n != "farming_station"), "a", "b"), exemptions=(note,))
    (now,) = gaps_on(unit, TODAY)
    (later,) = gaps_on(unit, date(2027, 1, 1))
    assert (now.exemption, later.exemption) == (note, None)
