"""When does a period end, if it begins on a given day?

Source: 《民法典》 第201–203条 and 《民事诉讼法》 第85条, applied to petitions by analogy; the periods themselves are
those of `policies/deadline_rules.json`.
"""

from calendar import monthrange
from dataclasses import dataclass
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


def due(count: Count, n: int, start: date, calendar: Calendar) -> Due:
    """Count n of `count` from `start`, which is itself not counted.

    The days that decide are, for calendar periods, every day from prudent to due (the roll and the look back), and
    for working days every day after start up to due. If one of them is not in `calendar.years`, the result is
    provisional. Raises ValueError if n is not at least 1 and at most a century, or if the end is past the year 9999.
    """
    if not 1 <= n <= LONGEST[count]:
        raise ValueError(f"n must be from 1 to {LONGEST[count]} for {count}")
    if count is Count.WD:
        return _working(n, start, calendar)
    raw = _days_later(start, n) if count is Count.CAL_D else _months_later(start, n * _months_in(count))
    rolled = calendar.next_working(raw)
    prudent = max(start, calendar.previous_working(raw))
    return Due(raw=raw, due=rolled, prudent=prudent, provisional=not calendar.covers(prudent, rolled))


def in_mode(count: Count, mode: DayMode) -> Count:
    """What a rule of 13710 is counted in under the mode of a matter: its calendar days may become working days."""
    return Count.WD if count is Count.CAL_D and mode is DayMode.WORKING else count


def _working(n: int, start: date, calendar: Calendar) -> Due:
    last = calendar.nth_working_after(start, n)
    return Due(raw=last, due=last, prudent=last, provisional=not calendar.covers(start + ONE_DAY, last))


def _months_in(count: Count) -> int:
    return 12 if count is Count.CAL_Y else 1


def _days_later(start: date, n: int) -> date:
    try:
        return start + timedelta(days=n)
    except OverflowError as beyond:
        raise ValueError(PAST_THE_END) from beyond


def _months_later(start: date, n: int) -> date:
    """The corresponding day n months later, or the last day of that month if it has none (第202条)."""
    years, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month + 1
    if year > date.max.year:
        raise ValueError(PAST_THE_END)
    return date(year, month, min(start.day, monthrange(year, month)[1]))
