"""What the watcher has to tell: the level of a clock, what rose, and when to look again."""

from dataclasses import replace

import pytest

from tests.rules.states import TOWN, Story, at, counting
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.lateness import level_of, look_at, rising

FAR = at("2026-12-01 00:00")


def clock(story, key):
    return next(c for c in clocks_of(story.state(), counting()) if c.key == key)


def fresh():
    return Story("2026-03-16 09:00").triaged("2026-03-16 10:00")


@pytest.mark.parametrize(("when", "level"), [
    ("2026-03-20 04:29", Level.GREEN), ("2026-03-20 04:30", Level.YELLOW), ("2026-03-22 02:15", Level.ORANGE),
    ("2026-03-23 00:00", Level.RED), ("2026-03-24 00:00", Level.BLACK),
    ("2026-03-26 23:59", Level.BLACK), ("2026-03-27 00:00", Level.LEADER),
])  # fmt: skip
def test_a_running_clock_has_the_level_of_the_hour(when, level):
    assert level_of(fresh().state(), clock(fresh(), "13710-7"), at(when), counting()) is level


def test_a_clock_that_was_met_is_green_or_for_ever_late():
    in_time = fresh().add("prelim_reported", "2026-03-18 10:00")
    late = fresh().add("prelim_reported", "2026-03-20 10:00")
    assert level_of(in_time.state(), clock(in_time, "13710-3"), FAR, counting()) is Level.GREEN
    assert level_of(late.state(), clock(late, "13710-3"), FAR, counting()) is Level.BLACK


def test_a_clock_without_a_date_is_green():
    assert level_of(fresh().state(), clock(fresh(), "13710-0"), FAR, counting()) is Level.GREEN


def test_a_plan_that_waits_for_its_answer_is_red_at_most_and_is_not_looked_at_again():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00", nature="major")
    story.add("plan_filed", "2026-04-15 10:00", unit=TOWN, steps=[{"unit": TOWN, "due_on": "2026-06-01"}])
    assert level_of(story.state(), clock(story, "13710-1M"), FAR, counting()) is Level.RED
    told = replace(story.state(), warned={"13710-1M": Level.RED})
    assert look_at(told, clock(story, "13710-1M"), counting()) is None
    assert "13710-1M" not in {c.key for c, _level in rising(told, counting(), FAR)}


def test_only_what_rose_above_what_was_told_is_told():
    state, morning = fresh().state(), at("2026-03-18 06:00")
    assert [(c.key, level) for c, level in rising(state, counting(), morning)] == [("13710-3", Level.YELLOW)]
    assert rising(replace(state, warned={"13710-3": 1}), counting(), morning) == []
    breached = replace(state, breached=frozenset({"13710-3"}))
    assert [level for c, level in rising(breached, counting(), FAR) if c.key == "13710-3"] == [Level.LEADER]
    climbed = replace(breached, warned={"13710-3": Level.LEADER})
    assert "13710-3" not in {c.key for c, _level in rising(climbed, counting(), FAR)}


def test_whoever_looks_late_never_skips_the_breach():
    assert [level for c, level in rising(fresh().state(), counting(), FAR) if c.key == "13710-3"] == [Level.BLACK]


def test_the_right_to_object_warns_nobody():
    story = fresh().assigned("2026-03-16 11:00")
    assert look_at(story.state(), clock(story, "XF-OBJ5#1"), counting()) is None


@pytest.mark.parametrize(("told", "expected"), [
    (0, "2026-03-20 04:30"), (1, "2026-03-22 02:15"), (2, "2026-03-23 00:00"), (3, "2026-03-24 00:00"),
])  # fmt: skip
def test_the_next_look_is_at_the_next_level(told, expected):
    """183 hours from 9:00 on the 16th to the end of the prudent 23rd: half, three quarters, the last working day."""
    state = replace(fresh().state(), warned={"13710-7": told})
    assert look_at(state, clock(fresh(), "13710-7"), counting()) == at(expected)


def test_a_clock_that_stopped_late_is_looked_at_at_once_and_one_that_stopped_in_time_never():
    late = fresh().add("prelim_reported", "2026-03-20 10:00")
    assert look_at(late.state(), clock(late, "13710-3"), counting()) == at("2026-03-20 00:00")
    in_time = fresh().add("prelim_reported", "2026-03-18 10:00")
    assert look_at(in_time.state(), clock(in_time, "13710-3"), counting()) is None
