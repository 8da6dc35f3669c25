import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.due import LONGEST, Count, Due, due, in_mode
from xinfang.rules.matters.codes import DayMode

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
CHINA = Calendar.of(shipped("calendar_cn.json"))

counts = st.sampled_from(list(Count))
lengths = st.integers(1, 100)
starts = st.dates(date(2020, 1, 1), date(2032, 12, 31))
some_days = st.frozensets(st.dates(date(2025, 12, 1), date(2026, 3, 31)), max_size=40)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['scenario']}-{row['what']}-{row['start']}")
def test_the_dates_of_the_stories_come_out(row, calendar):
    found = due(Count(row["rule"]), row["n"], day(row["start"]), calendar)
    assert found == Due(day(row["raw"]), day(row["due"]), day(row["prudent"]), row["provisional"])


def test_the_first_day_is_not_counted(calendar):
    assert due(Count.CAL_D, 1, day("2026-03-16"), calendar).raw == day("2026-03-17")
    assert due(Count.WD, 1, day("2026-03-16"), calendar).raw == day("2026-03-17")


@pytest.mark.parametrize(
    ("start", "n", "raw"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 1, "2024-03-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-04-30", 1, "2026-05-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-11-30", 13, "2026-12-30"),
    ],
)
def test_months_end_on_the_same_number_or_at_the_end_of_the_month(start, n, raw, calendar):
    assert due(Count.CAL_M, n, day(start), calendar).raw == day(raw)


def test_a_leap_day_comes_back_after_four_years(calendar):
    assert due(Count.CAL_Y, 4, day("2024-02-29"), calendar).raw == day("2028-02-29")


def test_a_make_up_sunday_is_neither_rolled_nor_skipped(calendar):
    assert due(Count.CAL_D, 3, day("2025-09-25"), calendar).due == day("2025-09-28")
    assert due(Count.WD, 1, day("2025-09-27"), calendar).due == day("2025-09-28")


def test_the_roll_over_a_long_holiday_gives_no_time_to_the_prudent_date(calendar):
    found = due(Count.CAL_D, 3, day("2025-09-28"), calendar)
    assert found == Due(raw=day("2025-10-01"), due=day("2025-10-09"), prudent=day("2025-09-30"), provisional=False)


def test_the_prudent_date_is_never_before_the_start(calendar):
    found = due(Count.CAL_D, 2, day("2026-02-16"), calendar)
    assert (found.raw, found.prudent) == (day("2026-02-18"), day("2026-02-16"))


@pytest.mark.parametrize(
    ("count", "n", "start", "provisional"),
    [
        (Count.CAL_D, 3, "2026-12-28", False),  # raw = due = Thursday 31 December 2026
        (Count.CAL_D, 3, "2026-12-29", True),  # raw 1 January 2027, prudent 31 December 2026
        (Count.WD, 3, "2026-12-28", False),
        (Count.WD, 4, "2026-12-28", True),
        (Count.CAL_M, 24, "2026-02-28", True),
        (Count.WD, 1, "2023-12-31", False),  # the start is not counted: 1 and 2 January 2024 are known
        (Count.WD, 1, "2023-12-30", True),  # 31 December 2023 was looked at
        (Count.CAL_D, 1, "2023-12-31", True),  # raw 1 January 2024, prudent falls back into 2023
        (Count.CAL_D, 7, "2023-12-31", False),
    ],
)
def test_what_touches_a_year_without_a_notice_is_provisional(count, n, start, provisional, calendar):
    assert due(count, n, day(start), calendar).provisional is provisional


def test_a_count_may_jump_over_an_unknown_year_only_if_no_day_of_it_decides():
    islands = Calendar(years=frozenset({2024, 2026}), off=frozenset(), makeup=frozenset())
    assert due(Count.CAL_D, 400, day("2024-12-02"), islands).provisional is False
    assert due(Count.WD, 300, day("2024-12-02"), islands).provisional is True


@pytest.mark.parametrize("count", Count)
@pytest.mark.parametrize("n", [-1, 0, 10**30])
def test_a_period_has_at_least_one_unit_and_at_most_a_century(count, n, calendar):
    with pytest.raises(ValueError, match=f"n must be from 1 to {LONGEST[count]} for {count}"):
        due(count, n, day("2026-01-01"), calendar)


@pytest.mark.parametrize("count", Count)
def test_a_period_that_ends_after_the_year_9999_is_refused(count, calendar):
    with pytest.raises(ValueError, match="past the last day"):
        due(count, 1, date.max, calendar)


def test_a_roll_beyond_the_year_9999_is_refused():
    never = Calendar(years=frozenset({9999}), off=frozenset({date.max}), makeup=frozenset())
    with pytest.raises(ValueError, match="past the last day"):
        due(Count.CAL_D, 1, day("9999-12-30"), never)


def test_only_calendar_days_change_with_the_mode_of_the_matter():
    assert [in_mode(count, DayMode.WORKING) for count in Count] == [Count.WD, Count.CAL_M, Count.CAL_Y, Count.WD]
    assert [in_mode(count, DayMode.CALENDAR) for count in Count] == list(Count)


@settings(deadline=None, max_examples=120)
@given(counts, lengths, starts, starts)
def test_a_later_start_never_ends_earlier(count, n, one, other):
    early, late = (due(count, n, start, CHINA) for start in sorted([one, other]))
    assert early.raw <= late.raw
    assert early.due <= late.due
    assert early.prudent <= late.prudent


@settings(deadline=None, max_examples=120)
@given(counts, st.integers(1, 99), starts)
def test_a_longer_period_never_ends_earlier(count, n, start):
    assert due(count, n, start, CHINA).due <= due(count, n + 1, start, CHINA).due


@settings(deadline=None, max_examples=60)
@given(lengths, starts)
def test_years_are_twelve_months(n, start):
    assert due(Count.CAL_Y, n, start, CHINA) == due(Count.CAL_M, 12 * n, start, CHINA)


@settings(deadline=None, max_examples=120)
@given(counts, st.integers(1, 40), st.dates(date(2025, 12, 1), date(2026, 3, 31)), some_days, some_days)
def test_in_any_calendar_the_three_dates_stand_in_order(count, n, start, off, makeup):
    calendar = Calendar(years=frozenset({2025, 2026}), off=off, makeup=makeup - off)
    found = due(count, n, start, calendar)
    assert start <= found.prudent <= found.raw <= found.due
    assert calendar.is_working(found.due)
    assert found.prudent == start or calendar.is_working(found.prudent)
    assert (found.raw == found.due) == calendar.is_working(found.raw)
