from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang.policies import shipped
from xinfang.rules.clocks import alarms
from xinfang.rules.clocks.alarms import Level, changes, reminders
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.catalogue import read
from xinfang.rules.clocks.hours import SHANGHAI
from xinfang.rules.clocks.policy import shipped_policy

CHINA = Calendar.of(shipped("calendar_cn.json"))
POLICY = shipped_policy(read(shipped("deadline_rules.json")))
MOMENT = timedelta(microseconds=1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda moment: moment.replace(tzinfo=SHANGHAI))  # noqa: DTZ001 - the zone is set in the same line


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def level_at(trigger, prudent, due, now):
    return alarms.level_at(changes(trigger, prudent, due, CHINA, POLICY), now)


def next_look(trigger, prudent, due, now):
    found = list(changes(trigger, prudent, due, CHINA, POLICY))
    return alarms.next_look(found, alarms.level_at(found, now))


def life(trigger, prudent, due):
    """Every change of level that a watcher sees who looks exactly when `next_look` tells it to."""
    now, seen = at(trigger), []
    while now is not None:
        seen.append((now.replace(tzinfo=None).isoformat(), level_at(at(trigger), prudent, due, now).name))
        now = next_look(at(trigger), prudent, due, now)
    return seen


def test_a_clock_of_ten_days_warns_at_half_three_quarters_and_nine_tenths():
    # Triggered at 00:00 on 1 June, the tenth day ends ten days later at 24:00.
    assert life("2026-06-01T00:00", date(2026, 6, 10), date(2026, 6, 10)) == [
        ("2026-06-01T00:00:00", "GREEN"),
        ("2026-06-06T00:00:00", "YELLOW"),
        ("2026-06-08T12:00:00", "ORANGE"),
        ("2026-06-10T00:00:00", "RED"),
        ("2026-06-11T00:00:00", "BLACK"),
        ("2026-06-16T00:00:00", "LEADER"),
    ]


def test_the_last_working_day_is_red_even_before_nine_tenths():
    assert life("2026-03-16T10:00", date(2026, 3, 19), date(2026, 3, 19)) == [
        ("2026-03-16T10:00:00", "GREEN"),
        ("2026-03-18T05:00:00", "YELLOW"),
        ("2026-03-19T00:00:00", "RED"),
        ("2026-03-20T00:00:00", "BLACK"),
        ("2026-03-25T00:00:00", "LEADER"),
    ]


def test_alarms_run_to_the_prudent_day_and_only_the_due_day_makes_overdue():
    # Registered on a make-up Sunday: three days end in the National Day holiday and roll to 9 October.
    assert life("2025-09-28T09:00", date(2025, 9, 30), date(2025, 10, 9)) == [
        ("2025-09-28T09:00:00", "GREEN"),
        ("2025-09-29T16:30:00", "YELLOW"),
        ("2025-09-30T00:00:00", "RED"),
        ("2025-10-10T00:00:00", "BLACK"),
        ("2025-10-14T00:00:00", "LEADER"),
    ]


def test_a_clock_whose_prudent_day_is_the_day_of_the_trigger_warns_at_once():
    assert life("2026-02-14T15:00", date(2026, 2, 14), date(2026, 2, 24)) == [
        ("2026-02-14T15:00:00", "RED"),
        ("2026-02-25T00:00:00", "BLACK"),
        ("2026-02-28T00:00:00", "LEADER"),
    ]


def test_a_clock_that_was_over_before_it_began_is_overdue_at_once():
    assert life("2026-03-16T10:00", date(2026, 3, 13), date(2026, 3, 13)) == [
        ("2026-03-16T10:00:00", "BLACK"),
        ("2026-03-19T00:00:00", "LEADER"),
    ]


def test_an_explicit_date_on_a_holiday_is_red_from_the_last_working_day_before_it():
    on_saturday = date(2026, 3, 28)
    assert level_at(at("2026-02-28T00:00"), on_saturday, on_saturday, at("2026-03-27T00:00")) is Level.RED


def test_nothing_is_late_before_the_trigger():
    trigger, last = at("2026-06-01T00:00"), date(2026, 6, 10)
    before = trigger - timedelta(days=3)
    assert level_at(trigger, last, last, before) is Level.GREEN
    assert next_look(trigger, last, last, before) == at("2026-06-06T00:00")


def test_the_last_moment_of_the_due_day_is_not_overdue():
    trigger, last = at("2026-06-01T00:00"), date(2026, 6, 10)
    assert level_at(trigger, last, last, at("2026-06-11T00:00") - MOMENT) is Level.RED
    assert level_at(trigger, last, last, at("2026-06-11T00:00")) is Level.BLACK


@settings(deadline=None, max_examples=120)
@given(moments, st.integers(-3, 60), st.integers(0, 9), moments)
def test_the_next_look_is_exactly_where_the_level_rises(trigger, days, roll, now):
    prudent = trigger.date() + timedelta(days=days)
    clock = (trigger, prudent, prudent + timedelta(days=roll))
    level, look = level_at(*clock, now), next_look(*clock, now)
    if look is None:
        assert level is Level.LEADER
    else:
        assert look > now
        assert level_at(*clock, look - MOMENT) is level
        assert level_at(*clock, look) > level


def test_a_trigger_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        level_at(at("2026-06-01T00:00").replace(tzinfo=None), date(2026, 6, 3), date(2026, 6, 3), at("2026-06-01"))


def test_a_right_is_spoken_of_at_fifteen_and_at_seven_days_left():
    # 复议 until 2026-05-06 (raw 1 May, Labour Day): counted by the prudent day, 30 April.
    spoken = list(reminders(at("2026-03-02T00:00"), date(2026, 4, 30)))
    assert spoken == [(at("2026-04-15T00:00"), Level.ORANGE), (at("2026-04-23T00:00"), Level.RED)]


def test_a_right_that_is_noted_late_is_spoken_of_at_once_and_one_that_is_over_never():
    assert [moment for moment, _level in reminders(at("2026-04-28T10:00"), date(2026, 4, 30))] == [
        at("2026-04-28T10:00"), at("2026-04-28T10:00"),
    ]  # fmt: skip
    assert list(reminders(at("2026-05-01T00:00"), date(2026, 4, 30))) == []
