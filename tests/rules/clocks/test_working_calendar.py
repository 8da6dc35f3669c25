from datetime import date, timedelta

import pytest

from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar, iso_day

# Read off the notices by eye, in their own form: first and last day of each holiday, and the weekend days worked.
NOTICES = {
    2024: (
        ["01-01", "02-10 02-17", "04-04 04-06", "05-01 05-05", "06-10", "09-15 09-17", "10-01 10-07"],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        ["01-01", "01-28 02-04", "04-04 04-06", "05-01 05-05", "05-31 06-02", "10-01 10-08"],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        ["01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07"],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}


def holidays(year, spans):
    for span in spans:
        first, *last = (date.fromisoformat(f"{year}-{text}") for text in span.split())
        end = last[0] if last else first
        yield from (first + timedelta(days=passed) for passed in range((end - first).days + 1))


@pytest.mark.parametrize("year", NOTICES)
def test_the_shipped_calendar_says_what_the_notices_say(year, calendar):
    off, makeup = NOTICES[year]
    assert {day for day in calendar.off if day.year == year} == set(holidays(year, off))
    assert {day for day in calendar.makeup if day.year == year} == {iso_day(f"{year}-{text}") for text in makeup}


def test_the_shipped_calendar_names_the_notice_of_each_year(calendar):
    assert calendar.years == frozenset(NOTICES)
    assert [(notice["year"], notice["number"]) for notice in shipped("calendar_cn.json")["notices"]] == [
        (2024, "国办发明电〔2023〕7号"),
        (2025, "国办发明电〔2024〕12号"),
        (2026, "国办发明电〔2025〕7号"),
    ]


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_its_notice_leaves(year, working, calendar):
    days = (date(year, 1, 1) + timedelta(days=passed) for passed in range(366))
    assert sum(calendar.is_working(day) for day in days if day.year == year) == working


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-02-13", True),  # a Friday
        ("2026-02-14", True),  # a Saturday that is worked
        ("2026-02-16", False),  # a Monday of the Spring Festival
        ("2026-03-01", False),  # a Sunday
        ("2027-02-05", False),  # New Year's Eve of 2027, a Friday, statutory
        ("2027-02-09", True),  # no notice yet gives this Tuesday off
        ("2027-02-14", False),  # no notice yet makes this Sunday worked
        ("2028-05-01", False),  # a Monday with a fixed date
        ("2028-10-02", False),
        ("2028-10-04", True),  # a Wednesday after the statutory days
        ("2028-01-26", True),  # the Spring Festival of a year that nobody has listed
    ],
)
def test_a_day_is_worked_or_not(day, working, calendar):
    assert calendar.is_working(iso_day(day)) is working


def test_off_and_makeup_count_only_in_years_with_a_notice():
    half_read = Calendar(
        years=frozenset({2025}), off=frozenset({date(2026, 3, 3)}), makeup=frozenset({date(2026, 3, 8)})
    )
    assert half_read.is_working(date(2026, 3, 3)) is True
    assert half_read.is_working(date(2026, 3, 8)) is False


def test_statutory_days_give_way_to_the_notice():
    overtaken = Calendar(
        frozenset({2027}), off=frozenset(), makeup=frozenset(), statutory=frozenset({date(2027, 9, 15)})
    )
    assert overtaken.is_working(date(2027, 9, 15)) is True


def test_published_are_the_years_with_a_notice(calendar):
    assert calendar.is_published(date(2026, 12, 31)) is True
    assert calendar.is_published(date(2027, 1, 1)) is False
    assert calendar.covers(date(2024, 1, 1), date(2026, 12, 31)) is True
    assert calendar.covers(date(2026, 12, 31), date(2027, 1, 1)) is False


def test_a_working_day_is_its_own_next_and_previous(calendar):
    assert calendar.next_working(date(2026, 2, 14)) == date(2026, 2, 14)
    assert calendar.previous_working(date(2026, 2, 14)) == date(2026, 2, 14)


def test_from_a_holiday_the_neighbours_are_found_on_both_sides(calendar):
    assert calendar.next_working(date(2026, 2, 17)) == date(2026, 2, 24)
    assert calendar.previous_working(date(2026, 2, 17)) == date(2026, 2, 14)


def test_working_days_are_counted_across_the_end_of_a_year(calendar):
    assert calendar.nth_working_after(date(2025, 12, 30), 1) == date(2025, 12, 31)
    assert calendar.nth_working_after(date(2025, 12, 30), 2) == date(2026, 1, 4)
    assert calendar.nth_working_after(date(2024, 1, 1), 251) == date(2024, 12, 31)
    assert calendar.nth_working_after(date(2024, 1, 1), 252) == date(2025, 1, 2)


def test_there_is_no_working_day_number_zero(calendar):
    with pytest.raises(ValueError, match="counted from the first"):
        calendar.nth_working_after(date(2026, 1, 5), 0)


def test_no_day_lies_beyond_the_last_year(calendar):
    with pytest.raises(ValueError, match="past the last day"):
        calendar.nth_working_after(date(9999, 12, 1), 60)
    with pytest.raises(ValueError, match="past the last day"):
        calendar.previous_working(date.min)


def test_two_calendars_with_the_same_days_are_equal(calendar):
    calendar.nth_working_after(date(2026, 1, 5), 5)
    assert Calendar.of(shipped("calendar_cn.json")) == calendar


GOOD = {"covered_years": [2026], "off": ["2026-01-01"], "makeup": ["2026-01-04"]}


def test_statutory_days_are_read_from_every_key_that_begins_so():
    read = Calendar.of({**GOOD, "note": "…", "statutory": ["2028-01-26"], "statutory_2029": ["2029-02-13"]})
    assert read.statutory == {date(2028, 1, 26), date(2029, 2, 13)}


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "must be an object"),
        ({}, "must have a list off"),
        ({**GOOD, "off": None}, "must have a list off"),
        ({**GOOD, "makeup": "2026-01-04"}, "must have a list makeup"),
        ({**GOOD, "off": ["2026-01-01", "2026-02-30"]}, "off, entry 2: there is no day 2026-02-30"),
        ({**GOOD, "off": [20260101]}, "off, entry 1: a date must be text"),
        ({**GOOD, "makeup": ["20260104"]}, "makeup, entry 1: '20260104' is not a date of the form YYYY-MM-DD"),
        ({**GOOD, "statutory": ["2026-W01-1"]}, "statutory, entry 1: '2026-W01-1' is not a date"),
        ({**GOOD, "covered_years": ["2026"]}, "covered_years, entry 1: a year must be a whole number"),
        ({**GOOD, "covered_years": [2026, True]}, "covered_years, entry 2: a year must be a whole number"),
        ({**GOOD, "covered_years": [20260]}, "covered_years, entry 1: a year must be a whole number"),
        ({**GOOD, "makeup": ["2026-01-01"]}, "2026-01-01 is listed both as off and as makeup"),
    ],
)
def test_a_calendar_that_cannot_be_read_says_where(document, sentence):
    with pytest.raises(ValueError, match=sentence):
        Calendar.of(document)
