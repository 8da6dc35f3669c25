"""How was a date counted, day by day? What `due` and `day_one` answered, opened into runs of days for a clerk to check.

Source: 《民法典》 第201–203条, 《民事诉讼法》 第85条 (by analogy); the State Council's yearly notices on days off.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from xinfang.rules.clocks.calendar import FIXED_HOLIDAYS, ONE_DAY, Calendar
from xinfang.rules.clocks.due import Count, Due, Pause, Term
from xinfang.rules.clocks.hours import OfficeHours, day_one, local


class DayWhy(StrEnum):
    """Why a day counts or does not: COUNTED, WORKING and MAKEUP have numbers; MONTHS are passed without counting days.

    MAKEUP: a weekend day that is worked. HOLIDAY: off by the notice of its year. STATUTORY: a statutory holiday of a
    year without a notice. ROLLED: the working day on which the period ends because its last day was a day off.
    """

    START = "start"
    COUNTED = "counted"
    MONTHS = "months"
    WORKING = "working"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STATUTORY = "statutory"
    PAUSED = "paused"
    ROLLED = "rolled"


class Reception(StrEnum):
    """When something came in, seen from the opening hours of the centre (C-R5)."""

    BEFORE_OPENING = "before_opening"
    WITHIN = "within"
    AFTER_CLOSING = "after_closing"
    DAY_OFF = "day_off"
    LOCALLY_CLOSED = "locally_closed"


NUMBERED = frozenset({DayWhy.COUNTED, DayWhy.WORKING, DayWhy.MAKEUP})
# What the notice of one year says: a run of such days ends with the year, so that its notice can be named.
ANNOUNCED = frozenset({DayWhy.HOLIDAY, DayWhy.MAKEUP})
SAME_DAY = frozenset({Reception.BEFORE_OPENING, Reception.WITHIN})
BY_MONTHS = frozenset({Count.CAL_M, Count.CAL_Y})


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row for which the same is true; `numbers` are those of its first and last day, if they count."""

    why: DayWhy
    first: date
    last: date
    numbers: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """The moment in Shanghai at which something came in, and the hours that were asked."""

    how: Reception
    moment: datetime
    hours: OfficeHours


@dataclass(frozen=True, slots=True)
class Explanation:
    """How `found` came about. The runs hold every day from the start to the due day, each once and in order.

    `years`: those whose calendar decided; `unpublished`: the ones among them without a notice, because of which the
    dates are provisional. `raw_off`: why raw is a day off, so that the end rolled. `no_such_day`: the last month is too
    short for the day on which the period began. `worked_weekends`: those of the three dates that lie on one.
    `received` instead of a term for the first "1" of 13710.
    """

    found: Due
    runs: tuple[Run, ...]
    years: tuple[int, ...]
    unpublished: tuple[int, ...]
    raw_off: DayWhy | None = None
    no_such_day: bool = False
    worked_weekends: frozenset[date] = frozenset()
    received: Received | None = None

    @property
    def start(self) -> date:
        return self.runs[0].first

    @property
    def open_pause(self) -> Pause | None:
        """A pause that still lasts, so that the dates cannot be told yet."""
        pauses = self.found.term.pauses if self.found.term else ()
        return next((pause for pause in pauses if pause.until is None), None)


def explain(found: Due, calendar: Calendar) -> Explanation:
    """The days of a period that `due` counted by this calendar; raises ValueError for a date that nobody counted."""
    term = found.term
    if term is None:
        raise ValueError("a date that was not counted has no days to tell")
    first = term.start + ONE_DAY if term.count is Count.WD else found.prudent
    years = tuple(range(first.year, found.due.year + 1))
    return Explanation(
        found=found,
        runs=_runs(_days(term.start, found.due), lambda day: _why(day, term, found, calendar)),
        years=years,
        unpublished=_unpublished(years, calendar),
        raw_off=None if calendar.is_working(found.raw) else _off(found.raw, calendar),
        no_such_day=term.count in BY_MONTHS and found.raw.day != term.start.day,
        worked_weekends=_worked_weekends(found, calendar),
    )


def explain_day_one(received_at: datetime, calendar: Calendar, hours: OfficeHours) -> Explanation:
    """The days between a moment and the end of the day for studying and assigning what came in then."""
    found, moment = day_one(received_at, calendar, hours), local(received_at)
    day, how = moment.date(), _reception(moment, calendar, hours)
    years = tuple(range(day.year, found.due.year + 1))

    def why(on: date) -> DayWhy:
        return DayWhy.START if on == day and how not in SAME_DAY else _working_or_off(on, calendar)

    return Explanation(
        found=found,
        runs=_runs(_days(day, found.due), why),
        years=years,
        unpublished=_unpublished(years, calendar),
        worked_weekends=_worked_weekends(found, calendar),
        received=Received(how, moment, hours),
    )


def _why(day: date, term: Term, found: Due, calendar: Calendar) -> DayWhy:
    if day == term.start:
        return DayWhy.START
    if day > found.raw:
        return DayWhy.ROLLED if day == found.due else _off(day, calendar)
    if term.count in BY_MONTHS:
        return DayWhy.MONTHS
    if any(pause.until is not None and pause.holds(day) for pause in term.pauses):
        return DayWhy.PAUSED
    return DayWhy.COUNTED if term.count is Count.CAL_D else _working_or_off(day, calendar)


def _working_or_off(day: date, calendar: Calendar) -> DayWhy:
    if not calendar.is_working(day):
        return _off(day, calendar)
    return DayWhy.WORKING if day.weekday() < 5 else DayWhy.MAKEUP


def _off(day: date, calendar: Calendar) -> DayWhy:
    if calendar.is_published(day):
        return DayWhy.HOLIDAY if day in calendar.off else DayWhy.WEEKEND
    is_statutory = day in calendar.statutory or (day.month, day.day) in FIXED_HOLIDAYS
    return DayWhy.STATUTORY if is_statutory else DayWhy.WEEKEND


def _reception(moment: datetime, calendar: Calendar, hours: OfficeHours) -> Reception:
    day, time = moment.date(), moment.time()
    if not calendar.is_working(day):
        return Reception.DAY_OFF
    if day in hours.closed_on:
        return Reception.LOCALLY_CLOSED
    if time > hours.closes:
        return Reception.AFTER_CLOSING
    return Reception.BEFORE_OPENING if time < hours.opens else Reception.WITHIN


def _days(first: date, last: date) -> Iterable[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _runs(days: Iterable[date], why: Callable[[date], DayWhy]) -> tuple[Run, ...]:
    runs: list[Run] = []
    passed = 0
    told = ((day, why(day)) for day in days)
    for (reason, _year), group in groupby(told, key=lambda one: (one[1], one[1] in ANNOUNCED and one[0].year)):
        same = [day for day, _reason in group]
        numbers = (passed + 1, passed + len(same)) if reason in NUMBERED else None
        passed += len(same) if numbers else 0
        runs.append(Run(reason, same[0], same[-1], numbers))
    return tuple(runs)


def _worked_weekends(found: Due, calendar: Calendar) -> frozenset[date]:
    ends = {found.raw, found.due, found.prudent}
    return frozenset(day for day in ends if calendar.is_working(day) and day.weekday() >= 5)


def _unpublished(years: tuple[int, ...], calendar: Calendar) -> tuple[int, ...]:
    return tuple(year for year in years if year not in calendar.years)
