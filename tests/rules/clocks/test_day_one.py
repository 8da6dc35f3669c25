from datetime import UTC, date, datetime, time

import pytest

from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.hours import SHANGHAI, OfficeHours, day_one, end_of, start_of


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2025-10-09T10:00", "2025-10-09"),  # an ordinary Thursday
        ("2025-10-09T00:00", "2025-10-09"),  # before opening counts as that day
        ("2025-10-09T17:30", "2025-10-09"),  # closing time itself
        ("2025-10-09T17:30:00.000001", "2025-10-10"),
        ("2026-02-14T15:00", "2026-02-14"),  # a Saturday that is worked
        ("2026-02-14T18:30", "2026-02-24"),  # the same evening, before nine days of Spring Festival
        ("2026-06-18T21:40", "2026-06-22"),  # the eve of the Dragon Boat Festival
        ("2026-03-08T09:00", "2026-03-09"),  # an ordinary Sunday
        ("2026-10-03T09:00", "2026-10-08"),
    ],
)
def test_day_one_is_the_day_of_receipt_in_working_time_and_else_the_next_working_day(received, last, calendar):
    day = date.fromisoformat(last)
    assert day_one(at(received), calendar, OfficeHours()) == Due(day, day, day, provisional=False)


def test_the_moment_is_read_on_a_clock_in_shanghai(calendar):
    received = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)  # 18:00 in Shanghai
    assert day_one(received, calendar, OfficeHours()).due == date(2026, 3, 17)


def test_a_moment_without_a_time_zone_is_refused(calendar):
    with pytest.raises(ValueError, match="time zone"):
        day_one(at("2026-03-16T10:00").replace(tzinfo=None), calendar, OfficeHours())


def test_a_local_closing_day_is_outside_office_hours_but_moves_nothing_else(calendar):
    closed = OfficeHours(closed_on=frozenset({date(2026, 3, 17), date(2026, 3, 18)}))
    assert day_one(at("2026-03-16T10:00"), calendar, closed).due == date(2026, 3, 16)
    assert day_one(at("2026-03-17T10:00"), calendar, closed).due == date(2026, 3, 18)


def test_other_hours_close_at_another_time(calendar):
    evening = OfficeHours(opens=time(13), closes=time(20))
    assert day_one(at("2026-03-16T19:59"), calendar, evening).due == date(2026, 3, 16)
    assert day_one(at("2026-03-16T20:01"), calendar, evening).due == date(2026, 3, 17)


def test_an_office_cannot_close_before_it_opens():
    with pytest.raises(ValueError, match="open before it closes"):
        OfficeHours(opens=time(17), closes=time(9))


def test_a_day_one_in_a_year_without_a_notice_is_provisional(calendar):
    assert day_one(at("2026-12-31T15:00"), calendar, OfficeHours()).provisional is False
    evening = day_one(at("2026-12-31T18:00"), calendar, OfficeHours())
    assert (evening.due, evening.provisional) == (date(2027, 1, 4), True)


def test_a_day_ends_when_the_next_begins():
    assert end_of(date(2026, 12, 31)) == start_of(date(2027, 1, 1)) == datetime(2026, 12, 31, 16, tzinfo=UTC)
    with pytest.raises(ValueError, match="past the last day"):
        end_of(date.max)
