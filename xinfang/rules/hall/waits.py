"""How long does one wait in a queue of the hall? By the queue, never by the window: a window is a person (H-04, B12).

What is said to those who wait comes from the last hour alone, and nothing is said when too few were called in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

RECENT = timedelta(hours=1)
ENOUGH = 5
STEP = 5
LONGEST_SAID = 60


@dataclass(frozen=True)
class Wait:
    """A ticket of today: when it was given out and when it was first called; None as long as it was not."""

    issued_at: datetime
    called_at: datetime | None = None


@dataclass(frozen=True)
class DayOfWaits:
    """The waits of one day in whole minutes. `middle` is None when too few were called, `longest` when there was none.

    `longest` counts who is still waiting: a queue that stands still does not look well by that.
    """

    called: int
    waiting: int
    middle: int | None
    longest: int | None


def pace(waits: Iterable[Wait], now: datetime) -> timedelta | None:
    """The time that one call takes while somebody waits, over the last hour; None when too few were called.

    Hours in which nobody waited do not count, and a wait that is still running does: it says that the pace fell.
    """
    since = now - RECENT
    rows = list(waits)
    calls = sorted((row.called_at, row.issued_at) for row in rows if row.called_at and since < row.called_at <= now)
    if len(calls) < ENOUGH:
        return None
    spent, before = timedelta(), since
    for called, issued in calls:
        spent += called - max(before, min(issued, called))
        before = called
    waiting = [row.issued_at for row in rows if row.called_at is None]
    if waiting:
        spent += max(now - max(before, min(waiting)), timedelta())
    return spent / len(calls)


def about_minutes(ahead: int, one: timedelta | None) -> int | None:
    """The wait behind so many others, upwards in steps of five minutes; more than an hour is all the same."""
    if one is None:
        return None
    minutes = (ahead + 1) * one / timedelta(minutes=1)
    return min(max(ceil(minutes / STEP) * STEP, STEP), LONGEST_SAID + STEP)


def day_of(waits: Sequence[Wait], now: datetime) -> DayOfWaits:
    """What the day was like until now."""
    over = [_minutes(row.called_at - row.issued_at) for row in waits if row.called_at]
    running = [_minutes(now - row.issued_at) for row in waits if row.called_at is None]
    return DayOfWaits(
        called=len(over),
        waiting=len(running),
        middle=int(median(over)) if len(over) >= ENOUGH else None,
        longest=max(over + running, default=None),
    )


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)
