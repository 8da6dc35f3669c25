"""How urgent is a running clock, and when does that change next?

Source: the house's reading of 13710 (green, yellow at 50 %, orange at 75 %, red at 90 % or on the last working day,
black when overdue), over calendar time from the trigger to the end of the prudent day.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import IntEnum

from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.hours import end_of, local, start_of


class Level(IntEnum):
    """Ordered by urgency; the colours are never the only sign on a screen."""

    GREEN = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3
    BLACK = 4


def level_at(trigger: datetime, prudent: date, due: date, now: datetime, calendar: Calendar) -> Level:
    """The level at `now`; before the trigger nothing runs and the level is green.

    Overdue begins at 24:00 of `due`, not of `prudent`: between the two the clock stays red.
    """
    reached = (level for moment, level in changes(trigger, prudent, due, calendar) if moment <= now)
    return max(reached, default=Level.GREEN)


def next_look(trigger: datetime, prudent: date, due: date, now: datetime, calendar: Calendar) -> datetime | None:
    """The first moment after `now` at which the level will be another one; None once the clock is overdue."""
    level = level_at(trigger, prudent, due, now, calendar)
    ahead = [moment for moment, later in changes(trigger, prudent, due, calendar) if moment > now and later > level]
    return min(ahead, default=None)


def changes(trigger: datetime, prudent: date, due: date, calendar: Calendar) -> Iterator[tuple[datetime, Level]]:
    """The moments at which a clock reaches each level above green, never before its trigger.

    A clock without length, because its prudent day is over or is the day of the trigger, is red from the trigger on.
    """
    trigger = local(trigger)
    length = max(end_of(prudent), trigger) - trigger
    last_working_day = max(calendar.previous_working(prudent), trigger.date())
    yield trigger + length / 2, Level.YELLOW
    yield trigger + length * 3 / 4, Level.ORANGE
    yield max(trigger, min(trigger + length * 9 / 10, start_of(last_working_day))), Level.RED
    yield max(trigger, end_of(due)), Level.BLACK
