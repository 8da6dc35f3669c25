"""Versions of the 13710 parameters: what may be one, from when, and which one holds on a day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.states import counting
from xinfang.rules.clocks.policy import document_of, in_force, policy_of
from xinfang.rules.clocks.policy_versions import (
    BOUNDS,
    PARAMETERS,
    before,
    check_effective,
    checked,
    differences,
    moves_dates,
)
from xinfang.rules.matters.codes import DayMode
from xinfang.rules.refusals import RuleBroken

SHIPPED = counting().policies[0]
TYPED = {name: str(value) for name, value in document_of(SHIPPED).items()}
SPRING, SUMMER = (
    replace(SHIPPED, number=n, effective_on=day) for n, day in ((1, date(2026, 3, 1)), (2, date(2026, 6, 1)))
)


def refused(**typed):
    return [(refusal.code, refusal.field) for refusal in checked({**TYPED, **typed}).refusals]


def test_the_digits_of_the_founding_text_are_a_sound_version():
    read = checked(TYPED)
    assert read.refusals == ()
    assert read.document == {
        "report_days": 3, "solve_days": 7, "day_mode": "calendar", "hard_months": 1, "report_months": 1,
        "warn_yellow": 50, "warn_orange": 75, "warn_red": 90, "leader_after": 3,
    }  # fmt: skip
    assert tuple(read.document) == PARAMETERS


def test_what_is_written_down_is_read_as_the_same_version():
    changed = replace(SUMMER, solve_days=10, day_mode=DayMode.WORKING, warn_at=(40, 60, 80), leader_after=5)
    assert policy_of(changed.number, changed.effective_on, document_of(changed)) == changed


@pytest.mark.parametrize("name", BOUNDS)
def test_every_number_has_its_bounds(name):
    least, most = BOUNDS[name]
    for outside in (least - 1, most + 1):
        assert ("number_out_of_range", name) in refused(**{name: str(outside)})
    assert ("number_unreal", name) in refused(**{name: "三"})
    assert ("field_required", name) in refused(**{name: " "})


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("report_days", 1, 30), ("solve_days", 2, 60), ("hard_months", 1, 6), ("report_months", 1, 3),
     ("leader_after", 1, 30), ("warn_yellow", 1, 99), ("warn_orange", 1, 99), ("warn_red", 1, 99)],
)  # fmt: skip
def test_the_bounds_themselves_are_inside(name, least, most):
    for bound in (least, most):
        document = checked({**TYPED, name: bound}).document
        assert document[name] == bound


def test_full_width_digits_are_understood():
    assert checked({**TYPED, "solve_days": "１０"}).document["solve_days"] == 10


def test_days_are_counted_in_one_of_two_ways():
    assert checked({**TYPED, "day_mode": "working"}).document["day_mode"] == "working"
    assert refused(day_mode="lunar") == [("choice_unknown", "day_mode")]


def test_reporting_comes_before_solving():
    assert refused(report_days="7") == [("policy_solve_after_report", "solve_days")]
    assert refused(report_days="6") == []


def test_each_warning_comes_after_the_one_before_it():
    assert refused(warn_orange="50") == [("policy_warnings_rise", "warn_orange")]
    assert refused(warn_orange="90") == [("policy_warnings_rise", "warn_red")]
    assert refused(warn_orange="51", warn_red="52") == []


def test_everything_that_is_wrong_is_said_at_once():
    assert refused(report_days="", day_mode="", warn_red="60") == [
        ("field_required", "report_days"), ("field_required", "day_mode"), ("policy_warnings_rise", "warn_red"),
    ]  # fmt: skip


def test_a_version_begins_tomorrow_at_the_earliest():
    today = date(2026, 11, 23)
    check_effective(date(2026, 11, 24), today, None)
    for day in (today, date(2026, 11, 22)):
        with pytest.raises(RuleBroken, match="policy_from_tomorrow") as broken:
            check_effective(day, today, None)
        assert (broken.value.field, broken.value.facts) == ("effective_on", {"day": "2026-11-24"})


def test_a_version_begins_within_a_year():
    """A slip of the pen in the year must not shut out every version that could follow."""
    today = date(2026, 11, 23)
    check_effective(date(2027, 11, 24), today, None)
    with pytest.raises(RuleBroken, match="policy_too_far") as broken:
        check_effective(date(2027, 11, 25), today, None)
    assert broken.value.facts == {"day": "2027-11-24"}


def test_a_version_begins_after_every_published_one():
    today, last = date(2026, 11, 23), date(2026, 12, 1)
    check_effective(date(2026, 12, 2), today, last)
    with pytest.raises(RuleBroken, match="policy_after_last") as broken:
        check_effective(last, today, last)
    assert (broken.value.field, broken.value.facts) == ("effective_on", {"day": "2026-12-01"})


@pytest.mark.parametrize(
    ("day", "number"),
    [("0001-01-01", 0), ("2026-02-28", 0), ("2026-03-01", 1), ("2026-05-31", 1), ("2026-06-01", 2), ("2030-01-01", 2)],
)
def test_the_last_version_that_has_begun_holds(day, number):
    known = (SUMMER, SHIPPED, SPRING)
    assert in_force(known, date.fromisoformat(day)).number == number
    held = replace(counting(), policies={policy.number: policy for policy in known})
    assert held.policy_on(date.fromisoformat(day)).number == number


def test_a_version_follows_the_one_that_holds_when_it_begins():
    assert before((SHIPPED, SPRING, SUMMER), SUMMER) == SPRING
    assert before((SHIPPED, SPRING), SUMMER) == SPRING
    assert before((SHIPPED,), SPRING) == SHIPPED


def test_two_versions_are_compared_parameter_by_parameter():
    rows = differences(SHIPPED, replace(SPRING, solve_days=10, warn_at=(50, 80, 90)))
    assert [row.name for row in rows] == list(PARAMETERS)
    assert [(row.name, row.before, row.after) for row in rows if row.changed] == [
        ("solve_days", 7, 10), ("warn_orange", 75, 80),
    ]  # fmt: skip


def test_who_is_told_when_moves_no_date():
    assert not moves_dates(SHIPPED, replace(SPRING, warn_at=(10, 20, 30), leader_after=9))
    assert moves_dates(SHIPPED, replace(SPRING, day_mode=DayMode.WORKING))
    assert moves_dates(SHIPPED, replace(SPRING, report_months=2))
