"""What must be told of a clock now, and when must it be looked at next? (C-R6, C-R7; each level is told once)"""

from datetime import datetime

from xinfang.rules.clocks.alarms import Level, changes, level_at
from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.duties import Clock, Counting, clocks_of
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState


def _watched(state: MatterState, clock: Clock) -> Due | None:
    """The dates of a clock that can warn or be breached; the right to object is neither."""
    if not clock.applies or clock.code is ClockCode.OBJ5 or clock.key in state.breached:
        return None
    return clock.due


def level_of(clock: Clock, now: datetime, counting: Counting) -> Level:
    """The level of a clock at a moment. Once it was met or ended, only lateness counts.

    While an answer to a plan that was filed in time is waited for, nobody is overdue.
    """
    if clock.due is None or not clock.applies:
        return Level.GREEN
    if not clock.is_running:
        return Level.BLACK if clock.is_late(now) else Level.GREEN
    level = level_at(clock.trigger_at, clock.due.prudent, clock.due.due, now, counting.calendar)
    return min(level, Level.RED) if clock.awaits_answer else level


def rising(state: MatterState, counting: Counting, now: datetime) -> list[tuple[Clock, Level]]:
    """The clocks whose level has risen above what was told, in the order of the clocks; black is a breach."""
    found = []
    for clock in clocks_of(state, counting):
        if _watched(state, clock) is None:
            continue
        level = level_of(clock, now, counting)
        if level > state.warned.get(clock.key, 0):
            found.append((clock, level))
    return found


def look_at(state: MatterState, clock: Clock, counting: Counting) -> datetime | None:
    """The next moment at which there will be something to tell; at once for a breach that nobody has recorded yet."""
    dates = _watched(state, clock)
    if dates is None:
        return None
    if not clock.is_running:
        stopped = clock.stopped_at
        return clock.due_at if stopped is not None and clock.is_late(stopped) else None
    told = state.warned.get(clock.key, 0)
    most = Level.RED if clock.awaits_answer else Level.BLACK
    ahead = changes(clock.trigger_at, dates.prudent, dates.due, counting.calendar)
    return min((moment for moment, level in ahead if told < level <= most), default=None)
