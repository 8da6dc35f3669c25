"""Every day between the start and the end of a period is told once, with its number or the reason why it has none."""

from datetime import date, timedelta
from random import Random

import pytest
from explaining_oracle import days_of

from tests.rules.states import at
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.due import Count, Due, Pause, due
from xinfang.rules.clocks.explaining import DayWhy, Reception, explain, explain_day_one
from xinfang.rules.clocks.hours import OfficeHours

D = date.fromisoformat
HOURS = OfficeHours(closed_on=frozenset({date(2026, 3, 17)}))


def opened(count, n, start, calendar, pauses=()):
    return explain(due(Count(count), n, D(start), calendar, pauses), calendar)


def told(explanation):
    """The runs as (why, first, last, numbers)."""
    return [(run.why.value, run.first.isoformat(), run.last.isoformat(), run.numbers) for run in explanation.runs]


def test_days_of_the_calendar_are_counted_over_a_holiday_and_the_end_rolls_behind_it(calendar):
    found = opened("CAL-D", 7, "2026-09-27", calendar)
    assert told(found) == [
        ("start", "2026-09-27", "2026-09-27", None),
        ("counted", "2026-09-28", "2026-10-04", (1, 7)),
        ("holiday", "2026-10-05", "2026-10-07", None),
        ("rolled", "2026-10-08", "2026-10-08", None),
    ]
    assert (found.raw_off, found.years, found.unpublished) == (DayWhy.HOLIDAY, (2026,), ())


def test_working_days_pass_over_weekends_and_holidays_and_count_a_weekend_that_is_worked(calendar):
    assert told(opened("WD", 6, "2026-09-29", calendar)) == [
        ("start", "2026-09-29", "2026-09-29", None),
        ("working", "2026-09-30", "2026-09-30", (1, 1)),
        ("holiday", "2026-10-01", "2026-10-07", None),
        ("working", "2026-10-08", "2026-10-09", (2, 3)),
        ("makeup", "2026-10-10", "2026-10-10", (4, 4)),
        ("weekend", "2026-10-11", "2026-10-11", None),
        ("working", "2026-10-12", "2026-10-13", (5, 6)),
    ]


def test_a_month_that_is_too_short_ends_with_its_last_day(calendar):
    short, other = opened("CAL-M", 1, "2026-01-31", calendar), opened("CAL-Y", 1, "2025-11-28", calendar)
    assert (short.no_such_day, short.raw_off, other.no_such_day, other.raw_off) == (True, None, False, DayWhy.WEEKEND)
    assert told(short)[1:] == [("months", "2026-02-01", "2026-02-28", None)]
    assert told(other)[2:] == [
        ("weekend", "2026-11-29", "2026-11-29", None),
        ("rolled", "2026-11-30", "2026-11-30", None),
    ]


def test_a_pause_takes_its_days_out_and_one_that_lasts_is_only_named(calendar):
    over, lasting = Pause(D("2026-03-05"), D("2026-03-08")), Pause(D("2026-03-10"))
    found = opened("CAL-D", 5, "2026-03-03", calendar, [over, lasting])
    assert told(found) == [
        ("start", "2026-03-03", "2026-03-03", None),
        ("counted", "2026-03-04", "2026-03-05", (1, 2)),
        ("paused", "2026-03-06", "2026-03-08", None),
        ("counted", "2026-03-09", "2026-03-11", (3, 5)),
    ]
    assert found.open_pause == lasting


def test_without_a_pause_that_lasts_none_is_named(calendar):
    assert opened("CAL-D", 5, "2026-03-03", calendar).open_pause is None
    assert explain_day_one(at("2026-03-16 10:00"), calendar, HOURS).open_pause is None


def test_a_year_without_notice_has_statutory_holidays_and_makes_the_dates_provisional(calendar):
    found = opened("WD", 3, "2026-12-30", calendar)
    assert told(found) == [
        ("start", "2026-12-30", "2026-12-30", None),
        ("working", "2026-12-31", "2026-12-31", (1, 1)),
        ("statutory", "2027-01-01", "2027-01-01", None),
        ("weekend", "2027-01-02", "2027-01-03", None),
        ("working", "2027-01-04", "2027-01-05", (2, 3)),
    ]
    assert (found.years, found.unpublished, found.found.provisional) == ((2026, 2027), (2027,), True)


def test_a_fixed_holiday_of_a_year_that_nobody_listed_is_statutory(calendar):
    assert opened("CAL-D", 1, "2029-09-30", calendar).raw_off is DayWhy.STATUTORY


def test_days_off_that_two_notices_announce_are_told_apart():
    off = ["2025-12-31", "2026-01-01", "2026-01-02"]
    made = Calendar.of({"covered_years": [2025, 2026], "off": off, "makeup": []})
    assert told(opened("WD", 1, "2025-12-30", made))[1:3] == [
        ("holiday", "2025-12-31", "2025-12-31", None),
        ("holiday", "2026-01-01", "2026-01-02", None),
    ]


def test_a_date_that_nobody_counted_has_no_days_to_tell(calendar):
    day = D("2026-03-25")
    with pytest.raises(ValueError, match="not counted"):
        explain(Due(day, day, day, provisional=False), calendar)


@pytest.mark.parametrize(
    ("received", "how", "runs"),
    [
        ("2026-03-16 09:00", "within", [("working", "2026-03-16", "2026-03-16", (1, 1))]),
        ("2026-03-16 17:30", "within", [("working", "2026-03-16", "2026-03-16", (1, 1))]),
        ("2026-03-16 06:00", "before_opening", [("working", "2026-03-16", "2026-03-16", (1, 1))]),
        ("2026-02-14 15:00", "within", [("makeup", "2026-02-14", "2026-02-14", (1, 1))]),
        (
            "2026-03-16 17:31",
            "after_closing",
            [("start", "2026-03-16", "2026-03-16", None), ("working", "2026-03-17", "2026-03-17", (1, 1))],
        ),
        (
            "2026-03-17 10:00",
            "locally_closed",
            [("start", "2026-03-17", "2026-03-17", None), ("working", "2026-03-18", "2026-03-18", (1, 1))],
        ),
        (
            "2026-03-21 10:00",
            "day_off",
            [
                ("start", "2026-03-21", "2026-03-21", None),
                ("weekend", "2026-03-22", "2026-03-22", None),
                ("working", "2026-03-23", "2026-03-23", (1, 1)),
            ],
        ),
    ],
)
def test_the_first_day_follows_from_the_moment_and_the_hours(received, how, runs, calendar):
    found = explain_day_one(at(received), calendar, HOURS)
    assert (found.received.how, found.received.moment) == (Reception(how), at(received))
    assert told(found) == runs
    assert found.found.due == found.runs[-1].last


def test_the_first_day_after_the_last_notice_is_provisional(calendar):
    found = explain_day_one(at("2026-12-31 18:00"), calendar, HOURS)
    assert (found.start, found.years, found.unpublished) == (D("2026-12-31"), (2026, 2027), (2027,))


FIRST = date(2024, 1, 1)
SPAN = (date(2027, 3, 1) - FIRST).days


def random_pauses(dice, start):
    pauses, day = [], start
    for _again in range(dice.randint(0, 3)):
        since = day + timedelta(days=dice.randint(0, 12))
        day = since + timedelta(days=dice.randint(1, 20))
        pauses.append((since, day))
    if dice.random() < 0.2:
        pauses.append((day + timedelta(days=3), None))
    return pauses


def flat(explanation):
    """Every day of the runs with its reason, and the numbers of those that count."""
    reasons, numbers = [], {}
    for run in explanation.runs:
        days = [run.first + timedelta(days=n) for n in range((run.last - run.first).days + 1)]
        reasons += [(day, run.why.value) for day in days]
        if run.numbers:
            assert run.numbers[1] - run.numbers[0] + 1 == len(days)
            numbers |= {day: run.numbers[0] + n for n, day in enumerate(days)}
    return reasons, numbers


def test_4_000_random_periods_with_pauses_are_told_day_by_day_as_a_walk_tells_them(calendar):
    dice = Random(13710)  # noqa: S311 - test cases, not secrets
    for _case in range(4_000):
        rule, n = dice.choice(["CAL-D", "WD"]), dice.randint(1, 70)
        start = FIRST + timedelta(days=dice.randrange(SPAN))
        pauses = random_pauses(dice, start)
        wanted, counted, raw, last, prudent, years = days_of(rule, n, start, pauses)
        ends = due(Count(rule), n, start, calendar, [Pause(*pause) for pause in pauses])
        found = explain(ends, calendar)
        reasons, numbers = flat(found)
        case = (rule, n, start, pauses)
        assert reasons == sorted(wanted.items()), case
        assert numbers == counted, case
        assert (len(numbers), max(numbers)) == (n, raw), case
        assert (ends.raw, ends.due, ends.prudent) == (raw, last, prudent), case
        assert list(found.years) == years, case
        assert ends.provisional == bool(found.unpublished), case
        assert (found.raw_off is None) == (raw == last), case


def test_2_000_random_periods_of_months_are_told_without_a_gap(calendar):
    dice = Random(10)  # noqa: S311 - test cases, not secrets
    for _case in range(2_000):
        rule, n = dice.choice([("CAL-M", dice.randint(1, 13)), ("CAL-Y", dice.randint(1, 2))])
        start = FIRST + timedelta(days=dice.randrange(SPAN))
        ends = due(Count(rule), n, start, calendar)
        found = explain(ends, calendar)
        reasons, numbers = flat(found)
        assert [day for day, _why in reasons] == [start + timedelta(days=k) for k in range(len(reasons))]
        assert (reasons[0], reasons[-1][0], numbers) == ((start, "start"), ends.due, {})
        assert {why for day, why in reasons if start < day <= ends.raw} == {"months"}
        assert found.no_such_day == ((ends.raw + timedelta(days=1)).day == 1 and ends.raw.day != start.day)
