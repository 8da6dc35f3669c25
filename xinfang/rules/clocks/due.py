"""When does a period end, if it begins on a given day?

Source: 《民法典》 第201–203条 and 《民事诉讼法》 第85条, applied to petitions by analogy; the periods themselves are
those of `policies/deadline_rules.json`.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from xinfang.rules.clocks.calendar import ONE_DAY, PAST_THE_END, Calendar
from xinfang.rules.matters.codes import DayMode


class Count(StrEnum):
    """In what a period is counted."""

    CAL_D = "CAL-D"
    CAL_M = "CAL-M"
    CAL_Y = "CAL-Y"
    WD = "WD"


# A period longer than a century is a slip of the keyboard, not a rule.
LONGEST = {Count.CAL_D: 36_525, Count.CAL_M: 1_200, Count.CAL_Y: 100, Count.WD: 36_525}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that a law takes out of a period: those after `since`, up to and including `until`; None while it lasts.

    The day on which the pause begins still counts, as the day on which a period begins does not.
    """

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Term:
    """What was counted: n of `count` from `start`, without the days of the pauses; for whoever explains the dates."""

    count: Count
    n: int
    start: date
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a period, three times; each of them runs until 24:00 in Shanghai.

    raw: the last day as counted; due: rolled to the next working day if that is a day off; prudent: the last working
    day on or before raw, but not before the start, so that nobody has to lean on the roll.
    provisional: a day that decided one of the three lies in a year without a State Council notice.
    """

    raw: date
    due: date
    prudent: date
    provisional: bool
    term: Term | None = field(default=None, compare=False, repr=False)


def due(count: Count, n: int, start: date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """Count n of `count` from `start`, which is itself not counted; days of a pause are passed over.

    The days that decide are, for calendar periods, every day from prudent to due (the roll and the look back), and
    for working days every day after start up to due. If one of them is not in `calendar.years`, the result is
    provisional. A pause that still lasts is not passed over: where its end is unknown, these are the dates as if it had
    ended at once, and no later ones can be told.
    Raises ValueError if n is not at least 1 and at most a century, if the end is past the year 9999, or if a period of
    months is to be paused, which no law does.
    """
    if not 1 <= n <= LONGEST[count]:
        raise ValueError(f"n must be from 1 to {LONGEST[count]} for {count}")
    stops = tuple(pauses)
    term = Term(count, n, start, stops)
    over = tuple(pause for pause in stops if pause.until is not None)
    if over and count not in {Count.CAL_D, Count.WD}:
        raise ValueError("only a period of days can be paused")
    if count is Count.WD:
        return _working(term, over, calendar)
    raw = _days_later(start, n, over) if count is Count.CAL_D else _months_later(start, n * _months_in(count))
    rolled = calendar.next_working(raw)
    prudent = max(start, calendar.previous_working(raw))
    return Due(raw=raw, due=rolled, prudent=prudent, provisional=not calendar.covers(prudent, rolled), term=term)


def in_mode(count: Count, mode: DayMode) -> Count:
    """What a rule of 13710 is counted in under the mode of a matter: its calendar days may become working days."""
    return Count.WD if count is Count.CAL_D and mode is DayMode.WORKING else count


def _working(term: Term, pauses: tuple[Pause, ...], calendar: Calendar) -> Due:
    last = calendar.nth_working_after(term.start, term.n)
    if pauses:
        last, counted = term.start, 0
        while counted < term.n:
            last = calendar.nth_working_after(last, 1)
            counted += not any(pause.holds(last) for pause in pauses)
    covered = calendar.covers(term.start + ONE_DAY, last)
    return Due(raw=last, due=last, prudent=last, provisional=not covered, term=term)


def _months_in(count: Count) -> int:
    return 12 if count is Count.CAL_Y else 1


def _days_later(start: date, n: int, pauses: tuple[Pause, ...] = ()) -> date:
    try:
        if not pauses:
            return start + timedelta(days=n)
        last, counted = start, 0
        while counted < n:
            last += ONE_DAY
            counted += not any(pause.holds(last) for pause in pauses)
    except OverflowError as beyond:
        raise ValueError(PAST_THE_END) from beyond
    return last


def _months_later(start: date, n: int) -> date:
    """The corresponding day n months later, or the last day of that month if it has none (第202条)."""
    years, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month + 1
    if year > date.max.year:
        raise ValueError(PAST_THE_END)
    return date(year, month, min(start.day, monthrange(year, month)[1]))
