"""How urgent is a running clock, and when does that change next?

Source: the house's reading of 13710 (green, yellow at 50 %, orange at 75 %, red at 90 % or on the last working day,
black when overdue), over calendar time from the trigger to the end of the prudent day; a right of the petitioner is
reminded of at 15 and at 7 days left (domain 3.3). A breach that lasts climbs to the district leader.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import IntEnum

from xinfang.rules.clocks.calendar import ONE_DAY, Calendar
from xinfang.rules.clocks.hours import end_of, local, start_of
from xinfang.rules.clocks.policy import HousePolicy

REMIND_AT = 15, 7  # days left, by the prudent date


class Level(IntEnum):
    """Ordered by urgency; the colours are never the only sign on a screen."""

    GREEN = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3
    BLACK = 4
    LEADER = 5


Step = tuple[datetime, Level]


def level_at(steps: Iterable[Step], now: datetime) -> Level:
    """The highest level reached by `now`; before the trigger nothing runs and the level is green."""
    return max((level for moment, level in steps if moment <= now), default=Level.GREEN)


def next_look(steps: Iterable[Step], told: int) -> datetime | None:
    """The first moment at which there is a higher level to tell than the one that was told; None if there is none."""
    return min((moment for moment, level in steps if level > told), default=None)


def changes(trigger: datetime, prudent: date, due: date, calendar: Calendar, policy: HousePolicy) -> Iterator[Step]:
    """The moments at which a duty reaches each level above green, never before its trigger.

    A clock without length, because its prudent day is over or is the day of the trigger, is red from the trigger on.
    Overdue begins at 24:00 of `due`, not of `prudent`: between the two the clock stays red.
    """
    trigger = local(trigger)
    length = max(end_of(prudent), trigger) - trigger
    yellow, orange, red = (trigger + length * hundredths / 100 for hundredths in policy.warn_at)
    last_working_day = max(calendar.previous_working(prudent), trigger.date())
    yield yellow, Level.YELLOW
    yield orange, Level.ORANGE
    yield max(trigger, min(red, start_of(last_working_day))), Level.RED
    yield max(trigger, end_of(due)), Level.BLACK
    yield max(trigger, end_of(calendar.nth_working_after(due, policy.leader_after))), Level.LEADER


def changes_by_the_hour(trigger: datetime, until: datetime, policy: HousePolicy) -> Iterator[Step]:
    """The same for a duty of hours: nothing waits for a working day, and the leader is told after as long again."""
    length = until - trigger
    for hundredths, level in zip(policy.warn_at, (Level.YELLOW, Level.ORANGE, Level.RED), strict=True):
        yield trigger + length * hundredths / 100, level
    yield until, Level.BLACK
    yield until + length, Level.LEADER


def brought_forward(steps: Iterable[Step], moment: datetime) -> Iterator[Step]:
    """The same steps with a yellow that comes no later than a hint says; every other level stays where it is."""
    for reached, level in steps:
        yield (min(reached, moment) if level is Level.YELLOW else reached), level


def reminders(trigger: datetime, prudent: date) -> Iterator[Step]:
    """The moments at which a right that may lapse is spoken of: 15 and 7 days before, if they are not over by then."""
    trigger, over = local(trigger), end_of(prudent)
    for days, level in zip(REMIND_AT, (Level.ORANGE, Level.RED), strict=True):
        moment = max(trigger, end_of(prudent - timedelta(days=days) - ONE_DAY))
        if moment < over:
            yield moment, level
