"""A hard matter is studied anew every year from the day it came in, until it is solved or closed."""

from dataclasses import replace

from tests.rules.states import Story, at, counting
from xinfang.rules.clocks.restudy import restudies
from xinfang.rules.matters.codes import Outcome

CAME = "2025-09-30 09:00"


def hard(**facts):
    state = Story(CAME).triaged("2025-09-30 11:00", nature="major", solvable=False).state()
    return replace(state, **facts)


def years(state):
    return [(c.k, str(c.due.due), c.met_at, c.ended_at) for c in restudies(state, counting())]


def test_what_is_general_and_solvable_is_not_studied_anew():
    assert restudies(Story(CAME).triaged("2025-09-30 11:00", nature="general").state(), counting()) == []


def test_the_year_runs_from_the_day_it_came_in():
    assert years(hard()) == [(1, "2026-09-30", None, None)]


def test_only_what_was_studied_in_the_last_month_or_later_counts():
    early, last_month, late = at("2026-08-30 09:00"), at("2026-08-31 09:00"), at("2026-11-02 09:00")
    assert years(hard(restudied=(early,))) == [(1, "2026-09-30", None, None)]
    assert years(hard(restudied=(early, last_month))) == [
        (1, "2026-09-30", last_month, None),
        (2, "2027-09-30", None, None),
    ]
    assert years(hard(restudied=(late,), last_at=late)) == [
        (1, "2026-09-30", late, None),
        (2, "2027-09-30", None, None),
    ]


def test_a_year_that_was_missed_stays_and_the_next_one_runs():
    assert [k for k, *_rest in years(hard(last_at=at("2026-10-01 09:00")))] == [1, 2]


def test_it_ends_when_the_matter_is_solved_or_closed_and_not_with_the_opinion():
    done = at("2026-03-01 09:00")
    assert years(hard(implemented_at=done)) == [(1, "2026-09-30", None, done)]
    assert years(hard(closed_at=done)) == [(1, "2026-09-30", None, done)]
    assert years(hard(closed_at=done, outcome=Outcome.SUPPORTED)) == [(1, "2026-09-30", None, None)]
