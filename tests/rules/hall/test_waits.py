"""How long one waits: against an oracle that looks at every ten seconds by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.rules.hall.waits import ENOUGH, DayOfWaits, Wait, about_minutes, day_of, pace

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
STEP = timedelta(seconds=10)


def ago(minutes):
    return NOW - timedelta(minutes=minutes)


def step_by_step(waits, now):
    """Walk through the last hour: in which steps did whoever is called next wait already? Divided by the calls."""
    start = now - timedelta(hours=1)
    calls = sorted((wait.called_at, wait.issued_at) for wait in waits if wait.called_at and wait.called_at > start)
    if len(calls) < ENOUGH:
        return None
    still = [wait.issued_at for wait in waits if wait.called_at is None]
    busy = 0
    for n in range(360):
        moment = start + STEP * n
        following = next((issued for called, issued in calls if called > moment), min(still, default=now))
        busy += following <= moment
    return STEP * busy / len(calls)


@given(st.lists(st.tuples(st.integers(0, 540), st.none() | st.integers(0, 540)), max_size=12))
def test_the_pace_is_the_time_somebody_waited_divided_by_the_calls(moments):
    waits = [
        Wait(NOW - STEP * issued, None if called is None else NOW - STEP * min(called, issued))
        for issued, called in moments
    ]
    assert pace(waits, NOW) == step_by_step(waits, NOW)


def calls_every(minutes, *, count=ENOUGH, wait=30):
    return [Wait(ago(n * minutes + wait), ago(n * minutes)) for n in range(count)]


def test_four_calls_in_the_last_hour_say_nothing():
    assert pace(calls_every(5, count=ENOUGH - 1), NOW) is None
    assert pace(calls_every(30), NOW) is None
    assert pace([*calls_every(5, count=ENOUGH - 1), Wait(ago(80), ago(60))], NOW) is None
    assert about_minutes(3, None) is None


def test_a_quiet_half_hour_does_not_make_the_queue_look_slow():
    at_once = [Wait(ago(n * 10), ago(n * 10)) for n in range(ENOUGH)]
    assert pace(at_once, NOW) == timedelta(0)
    assert about_minutes(0, timedelta(0)) == 5


def test_a_queue_that_stands_still_looks_slower_by_every_minute():
    called = [Wait(ago(40 + n), ago(30 + n)) for n in range(ENOUGH)]
    waiting = Wait(ago(30))
    assert pace([*called, waiting], NOW) - pace(called, NOW) == timedelta(minutes=6)


@pytest.mark.parametrize(
    ("ahead", "one", "minutes"), [(0, 4, 5), (0, 5, 5), (1, 3, 10), (2, 5, 15), (11, 5, 60), (12, 5, 65), (99, 30, 65)]
)
def test_the_wait_is_said_upwards_in_fives_and_more_than_an_hour_is_all_the_same(ahead, one, minutes):
    assert about_minutes(ahead, timedelta(minutes=one)) == minutes


@given(st.lists(st.integers(0, 200), max_size=9), st.lists(st.integers(0, 200), max_size=3))
def test_the_day_is_its_middle_and_its_longest_wait_with_those_who_still_wait(over, running):
    rows = [Wait(ago(300), ago(300 - n)) for n in over] + [Wait(ago(n)) for n in running]
    day = day_of(rows, NOW)
    assert (day.called, day.waiting) == (len(over), len(running))
    assert day.longest == (max(over + running) if over + running else None)
    if len(over) < ENOUGH:
        assert day.middle is None
    else:
        half = sorted(over)
        pair = half[(len(half) - 1) // 2], half[len(half) // 2]
        assert day.middle == sum(pair) // 2


def test_the_waits_of_a_day_are_whole_minutes_and_never_rounded_up():
    assert day_of([Wait(NOW - timedelta(seconds=119))], NOW) == DayOfWaits(0, 1, None, 1)
