"""What must be told of a clock now, and when must it be looked at next? (C-R6, C-R7; each level is told once)"""

from collections.abc import Iterable
from datetime import datetime

from xinfang.rules.clocks.alarms import (
    Level,
    Step,
    brought_forward,
    changes,
    changes_by_the_hour,
    level_at,
    next_look,
    reminders,
)
from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.duties import Clock, Counting, clocks_of
from xinfang.rules.clocks.hints import hint_of
from xinfang.rules.matters.codes import NOT_OURS, ClockCode
from xinfang.rules.matters.state import MatterState


def steps(state: MatterState, clock: Clock, counting: Counting) -> list[Step]:
    """The moments at which a clock reaches each level, as if it ran on for ever; none for what is never told.

    The organ's right to object needs no reminder. While an answer to a plan that was filed in time is waited for,
    nobody is overdue; while a pause lasts, nothing moves.
    """
    if clock.due is None or not clock.applies or clock.code is ClockCode.OBJ5 or clock.paused:
        return []
    if clock.code in NOT_OURS:
        return list(reminders(clock.trigger_at, clock.due.prudent))
    return [step for step in _duty(state, clock, clock.due, counting) if step[1] <= _highest(state, clock)]


def _duty(state: MatterState, clock: Clock, dates: Due, counting: Counting) -> Iterable[Step]:
    """The steps of what must be done: by the hour, or by the day with a yellow that a hint may bring forward."""
    policy = counting.policy(state.policy)
    if clock.until is not None:
        return changes_by_the_hour(clock.trigger_at, clock.until, policy)
    found = changes(clock.trigger_at, dates.prudent, dates.due, counting.calendar, policy)
    hint = hint_of(clock, counting)
    return brought_forward(found, hint.at) if hint else found


def _highest(state: MatterState, clock: Clock) -> Level:
    """What was late long before it was imported climbs no further than its breach."""
    if clock.awaits_answer:
        return Level.RED
    return Level.BLACK if state.imported else Level.LEADER


def level_of(state: MatterState, clock: Clock, now: datetime, counting: Counting) -> Level:
    """The level of a clock at a moment. Once it was met or ended, only lateness counts."""
    if not clock.is_running:
        return Level.BLACK if clock.is_late(now) else Level.GREEN
    return level_at(steps(state, clock, counting), now)


def rising(state: MatterState, counting: Counting, now: datetime) -> list[tuple[Clock, Level]]:
    """The clocks whose level has risen above what was told, in the order of the clocks; black is a breach.

    Whoever looks late skips warnings that no longer help, but never the breach.
    """
    found = []
    for clock in clocks_of(state, counting):
        level = level_of(state, clock, now, counting)
        if level > Level.BLACK and clock.key not in state.breached:
            level = Level.BLACK
        if level > _told(state, clock):
            found.append((clock, level))
    return found


def _told(state: MatterState, clock: Clock) -> int:
    return max(state.warned.get(clock.key, 0), Level.BLACK if clock.key in state.breached else 0)


def look_at(state: MatterState, clock: Clock, counting: Counting) -> datetime | None:
    """The next moment at which there will be something to tell; at once for a breach that nobody has recorded yet."""
    if clock.is_running:
        return next_look(steps(state, clock, counting), _told(state, clock))
    stopped = clock.stopped_at
    unrecorded = clock.key not in state.breached and stopped is not None and clock.is_late(stopped)
    return clock.due_at if unrecorded else None
