from datetime import date, timedelta

import pytest

from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar, iso_day

EARLIER = Calendar.of(shipped("calendar_cn_earlier.json"))
WORKING_DAYS = {
    2011: 250,
    2012: 249,
    2013: 250,
    2014: 250,
    2015: 249,
    2016: 250,
    2017: 249,
    2018: 250,
    2019: 250,
    2020: 249,
    2021: 250,
    2022: 249,
    2023: 249,
}


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_a_past_year_has_as_many_working_days_as_its_notices_left(year):
    days = (date(year, 1, 1) + timedelta(days=passed) for passed in range(366))
    assert sum(EARLIER.is_working(day) for day in days if day.year == year) == WORKING_DAYS[year]


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2011-12-31", True),  # worked by the notice of 2012
        ("2015-09-03", False),  # a Thursday off, by a notice of its own
        ("2015-09-06", True),
        ("2018-12-29", True),  # worked by the notice of 2019
        ("2018-12-31", False),
        ("2019-05-03", False),  # four days of May, by a second notice
        ("2019-05-05", True),
        ("2020-01-31", False),  # the Spring Festival that was made longer
        ("2020-02-01", False),  # and the Saturday that was not worked after all
        ("2020-02-03", True),
    ],
)
def test_second_notices_and_notices_of_the_next_year_are_in_it(day, working):
    assert EARLIER.is_working(iso_day(day)) is working


def test_no_year_is_in_both_calendars(calendar):
    assert EARLIER.years == frozenset(range(2011, 2024))
    assert EARLIER.years.isdisjoint(calendar.years)
    assert {notice["year"] for notice in shipped("calendar_cn_earlier.json")["notices"]} == EARLIER.years
