"""What another version would have made of a matter: other dates, other lateness, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.states import Story, at, counting
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.replay import Replay, Shift, Tally, shifts
from xinfang.rules.matters.codes import ClockCode, DayMode

SHIPPED = counting().policies[0]
DRAFT = replace(SHIPPED, number=1, effective_on=date(2026, 6, 1))
RECEIVED = "2026-03-16 09:00"
LATER = at("2026-03-25 09:00")


def seen(story, policy, now=LATER):
    return {
        shift.key: (shift.before, shift.after, shift.was_late, shift.would_be_late)
        for shift in shifts(story.state(), counting(), policy, now)
    }


def test_the_same_parameters_change_nothing():
    assert seen(Story(RECEIVED).triaged("2026-03-16 10:00"), DRAFT) == {}


def test_more_days_to_solve_move_one_clock_and_save_it():
    story = Story(RECEIVED).triaged("2026-03-16 10:00")
    assert seen(story, replace(DRAFT, solve_days=15)) == {
        "13710-7": (date(2026, 3, 23), date(2026, 3, 31), True, False),
    }


def test_fewer_days_to_report_make_late_what_was_in_time():
    story = Story(RECEIVED).triaged("2026-03-16 10:00").add("prelim_reported", "2026-03-18 10:00")
    assert seen(story, replace(DRAFT, report_days=1)) == {
        "13710-3": (date(2026, 3, 19), date(2026, 3, 17), False, True),
    }


def test_working_days_move_the_days_of_the_house_and_no_limit_of_the_law():
    moved = seen(Story("2026-03-20 09:00"), replace(DRAFT, day_mode=DayMode.WORKING), at("2026-03-20 10:00"))
    assert {key: row[1] for key, row in moved.items()} == {
        "13710-3": date(2026, 3, 25), "13710-7": date(2026, 3, 31),
    }  # fmt: skip


def test_warnings_alone_move_no_date():
    story = Story(RECEIVED).triaged("2026-03-16 10:00")
    assert seen(story, replace(DRAFT, warn_at=(10, 20, 30), leader_after=20)) == {}


def test_a_clock_that_would_not_be_there_is_counted_too():
    """Classed as hard after seven days, within fifteen: the seven days would not have applied."""
    story = Story(RECEIVED).triaged("2026-03-16 10:00").add("reclassified", "2026-03-26 10:00", nature="complex",
                                                            solvable=False)  # fmt: skip
    found = seen(story, replace(DRAFT, solve_days=15), at("2026-03-27 09:00"))
    assert found["13710-7"] == (date(2026, 3, 23), None, True, False)


def test_a_month_that_would_not_have_been_reported_is_counted_too():
    story = (
        Story("2026-01-05 09:00")
        .triaged("2026-01-05 10:00", "complex", solvable=False)
        .add("plan_filed", "2026-01-06 10:00", steps=[])
        .add("plan_approved", "2026-01-07 10:00")
        .add("monthly_reported", "2026-02-07 10:00", k=1)
        .add("monthly_reported", "2026-03-07 10:00", k=2)
        .add("struck_off", "2026-03-07 11:00", stage="struck_off")
    )
    found = seen(story, replace(DRAFT, report_months=3), at("2026-03-08 09:00"))
    assert {key: row[:2] for key, row in found.items()} == {
        "13710-MF#1": (date(2026, 2, 9), date(2026, 4, 7)),
        "13710-MF#2": (date(2026, 3, 9), None),
    }


@pytest.mark.parametrize("solve_days", [4, 7, 20])
def test_the_replay_leaves_the_matter_as_it_is(solve_days):
    state = Story(RECEIVED).triaged("2026-03-16 10:00").state()
    kept, held = clocks_of(state, counting()), dict(counting().policies)
    shifts(state, counting(), replace(DRAFT, solve_days=solve_days), LATER)
    assert clocks_of(state, counting()) == kept
    assert counting().policies == held


def test_a_matter_of_another_version_is_compared_with_its_own():
    held = replace(counting(), policies={0: SHIPPED, 1: replace(DRAFT, solve_days=10)})
    state = replace(Story(RECEIVED).state(), policy=1)
    draft = replace(DRAFT, number=2, solve_days=10)
    assert shifts(state, held, draft, LATER) == ()
    assert [shift.key for shift in shifts(state, held, replace(draft, solve_days=7), LATER)] == ["13710-7"]


def test_a_sum_counts_matters_clocks_and_both_ways_of_being_late():
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    found = Replay()
    found.add([])
    found.add(
        [
            Shift(ClockCode.C7, "13710-7", first, second, was_late=True, would_be_late=False),
            Shift(ClockCode.C3, "13710-3", second, first, was_late=False, would_be_late=True),
        ]
    )
    found.add([Shift(ClockCode.C7, "13710-7", first, first, was_late=False, would_be_late=True)])
    found.add([Shift(ClockCode.C7, "13710-7", first, None, was_late=True, would_be_late=True)])
    assert (found.matters, found.touched) == (4, 3)
    assert found.total == Tally(moved=3, more_late=2, fewer_late=1)
    assert found.by_code == {ClockCode.C7: Tally(2, 1, 1), ClockCode.C3: Tally(1, 1, 0)}
