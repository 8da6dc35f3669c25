"""The roster's own arithmetic: months, spans and gaps."""

from datetime import date, timedelta

import pytest

from xinfang.rules.hall.roster import MOST_DAYS, Gap, check_span, days_between, gaps, month_after, month_of
from xinfang.rules.refusals import RuleBroken

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize("text", ["", "2026-13", "März", "2026-03-01"])
def test_what_is_no_month_is_the_present_one(text):
    assert month_of(text, TODAY) == date(2026, 3, 1)


def test_a_month_is_found_and_followed_over_the_year():
    assert month_of("2025-12", TODAY) == date(2025, 12, 1)
    assert month_after(date(2025, 12, 1), 1) == date(2026, 1, 1)
    assert month_after(date(2026, 1, 1), -1) == date(2025, 12, 1)


def test_a_span_begins_today_at_the_earliest_and_ends_within_two_months():
    check_span(TODAY, TODAY, TODAY)
    check_span(TODAY, TODAY + timedelta(days=MOST_DAYS - 1), TODAY)
    for first, last, code in (
        (TODAY - timedelta(days=1), TODAY, "duty_in_the_past"),
        (TODAY, TODAY - timedelta(days=1), "dates_reversed"),
        (TODAY, TODAY + timedelta(days=MOST_DAYS), "too_many_days"),
    ):
        with pytest.raises(RuleBroken, match=code):
            check_span(first, last, TODAY)


def test_a_gap_is_a_window_in_use_with_nobody_at_it():
    days = days_between(TODAY, TODAY + timedelta(days=1))
    assert gaps(days, [2, 1], {(TODAY, 1), (TODAY, 2), (days[1], 2)}) == [Gap(days[1], 1)]
