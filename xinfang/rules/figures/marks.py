"""How does a matter stand in the figures? Its marks and the duties it still owes (domain 9.3, 9.5).

What makes a matter 办结, 化解, 息访 or 销号 is said once, in `rules.matters.apply`; here a fact holds when the state
says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntFlag, auto
from uuid import UUID

from xinfang.rules.clocks.duties import Clock, Counting, clocks_of, local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.apply import apply, born
from xinfang.rules.matters.codes import STATUTORY_CLOCKS, Channel, ClockCode, Level, Result
from xinfang.rules.matters.state import MatterState


class Mark(IntFlag):
    """What a matter counts as. New marks go to the end: the numbers are stored."""

    REGISTERED = auto()
    CLOSED = auto()
    RESOLVED = auto()
    AT_REST = auto()
    STRUCK_OFF = auto()
    MERGED = auto()
    REVOKED = auto()
    IMPORTED = auto()
    PROVINCE_RECEPTION = auto()
    PROVINCE_LETTER = auto()
    PROVINCE_MAILBOX = auto()
    SOLVED_SAME_DAY = auto()
    C1_IN_TIME = auto()
    C1_LATE = auto()
    C1_OVERDUE = auto()
    C3_IN_TIME = auto()
    C3_LATE = auto()
    C3_OVERDUE = auto()
    C7_IN_TIME = auto()
    C7_LATE = auto()
    C7_OVERDUE = auto()
    CM_IN_TIME = auto()
    CM_LATE = auto()
    CM_OVERDUE = auto()
    TOLD_IN_TIME = auto()
    TOLD_LATE = auto()
    TOLD_OVERDUE = auto()
    OPINION_IN_TIME = auto()
    OPINION_LATE = auto()
    OPINION_OVERDUE = auto()
    STATUTE_BROKEN = auto()
    STATUTE_OVERDUE = auto()
    OLD_ANSWER = auto()
    ANSWERED_1 = auto()
    ANSWERED_3 = auto()
    ANSWERED_7 = auto()
    ANSWERED_15 = auto()
    ANSWERED_30 = auto()
    ANSWERED_60 = auto()


NONE = Mark(0)
ORIGINS: Mapping[tuple[Channel, Level], Mark] = {
    (Channel.LEADER_RECEPTION, Level.PROVINCE): Mark.PROVINCE_RECEPTION,
    (Channel.LETTER, Level.PROVINCE): Mark.PROVINCE_LETTER,
    (Channel.LEADER_MAILBOX, Level.PROVINCE): Mark.PROVINCE_MAILBOX,
}
ORIGIN_MARKS = Mark.PROVINCE_RECEPTION | Mark.PROVINCE_LETTER | Mark.PROVINCE_MAILBOX
ANSWER_DAYS: Mapping[int, Mark] = {
    1: Mark.ANSWERED_1,
    3: Mark.ANSWERED_3,
    7: Mark.ANSWERED_7,
    15: Mark.ANSWERED_15,
    30: Mark.ANSWERED_30,
    60: Mark.ANSWERED_60,
}


@dataclass(frozen=True)
class Duty:
    """One kind of duty in the figures: its clocks and the marks for in time, late, and open past its moment."""

    name: str
    codes: frozenset[ClockCode]
    in_time: Mark
    late: Mark
    overdue: Mark


DUTIES: tuple[Duty, ...] = (
    Duty("c1", frozenset({ClockCode.C1}), Mark.C1_IN_TIME, Mark.C1_LATE, Mark.C1_OVERDUE),
    Duty("c3", frozenset({ClockCode.C3}), Mark.C3_IN_TIME, Mark.C3_LATE, Mark.C3_OVERDUE),
    Duty("c7", frozenset({ClockCode.C7}), Mark.C7_IN_TIME, Mark.C7_LATE, Mark.C7_OVERDUE),
    Duty("cm", frozenset({ClockCode.CM}), Mark.CM_IN_TIME, Mark.CM_LATE, Mark.CM_OVERDUE),
    Duty(
        "told",
        frozenset({ClockCode.TELL15, ClockCode.TELL15T}),
        Mark.TOLD_IN_TIME,
        Mark.TOLD_LATE,
        Mark.TOLD_OVERDUE,
    ),
    Duty(
        "opinion",
        frozenset({ClockCode.DO60, ClockCode.EXT30}),
        Mark.OPINION_IN_TIME,
        Mark.OPINION_LATE,
        Mark.OPINION_OVERDUE,
    ),
    Duty("statute", STATUTORY_CLOCKS - {ClockCode.OBJ5}, NONE, Mark.STATUTE_BROKEN, Mark.STATUTE_OVERDUE),
)


@dataclass(frozen=True)
class Standing:
    """What the figures know of one matter. `due` holds, by duty, the moment after which an open one is overdue."""

    received_at: datetime
    marks: Mark
    merged_into: UUID | None = None
    due: Mapping[str, datetime] = field(default_factory=dict)

    def marks_at(self, moment: datetime) -> Mark:
        """The marks with those that time alone brings: open duties whose moment has passed."""
        late = NONE
        for duty in DUTIES:
            if duty.name in self.due and self.due[duty.name] <= moment:
                late |= duty.overdue
        return self.marks | late


def standing(state: MatterState, counting: Counting) -> Standing:
    """How a matter stands now."""
    return standing_with(state, clocks_of(state, counting))


def standing_with(state: MatterState, clocks: Iterable[Clock]) -> Standing:
    """The same, with clocks already worked out."""
    all_clocks = tuple(clocks)
    marks = _facts(state) | _answered(state)
    due: dict[str, datetime] = {}
    for duty in DUTIES:
        mine = [clock for clock in all_clocks if clock.code in duty.codes and clock.applies and clock.due_at]
        marks |= _settled(duty, mine)
        running = [clock.due_at for clock in mine if clock.is_running and clock.due_at and not clock.paused]
        if running:
            due[duty.name] = min(running)
    return Standing(state.received_at, marks, state.merged_into, due)


def _facts(state: MatterState) -> Mark:
    marks = Mark.REGISTERED
    for mark, holds in (
        (Mark.CLOSED, state.closed_at),
        (Mark.RESOLVED, state.resolved_at),
        (Mark.AT_REST, state.at_rest_at),
        (Mark.STRUCK_OFF, state.struck_off_at),
        (Mark.MERGED, state.merged_into),
        (Mark.REVOKED, state.revoked_at),
        (Mark.IMPORTED, state.imported),
        (Mark.SOLVED_SAME_DAY, _solved_same_day(state)),
    ):
        if holds:
            marks |= mark
    if state.addressee is not None:
        marks |= ORIGINS.get((state.channel, state.addressee), NONE)
    return marks


def _solved_same_day(state: MatterState) -> bool:
    """Implemented on the day it came in (V-3)."""
    done = state.implemented_at
    return done is not None and local_day(done) == local_day(state.received_at)


def _answered(state: MatterState) -> Mark:
    """In how many days an answer came that was given before the matter was imported."""
    if not state.imported or state.result is not Result.REPLIED_DIRECTLY or state.closed_at is None:
        return NONE
    took = state.closed_at - state.received_at
    marks = Mark.OLD_ANSWER
    for days, mark in ANSWER_DAYS.items():
        if took <= timedelta(days=days):
            marks |= mark
    return marks


def _settled(duty: Duty, clocks: list[Clock]) -> Mark:
    """Met before its moment is in time; met or ended after it is late; ended before it without being met is neither."""
    marks = NONE
    for clock in clocks:
        stopped = clock.met_at or clock.ended_at
        if clock.due_at is None or stopped is None:
            continue
        if _first(clock) >= clock.due_at:
            marks |= duty.late
        elif _met_first(clock):
            marks |= duty.in_time
    return marks


def _first(clock: Clock) -> datetime:
    return min(moment for moment in (clock.met_at, clock.ended_at) if moment is not None)


def _met_first(clock: Clock) -> bool:
    """Was it met, and not only after it had ended otherwise?"""
    return clock.met_at is not None and (clock.ended_at is None or clock.met_at <= clock.ended_at)


def versions(events: Iterable[Event], counting: Counting) -> Iterator[tuple[Event, Standing]]:
    """Every standing that a chain went through, each with the event that brought it."""
    rows = iter(events)
    first = next(rows)
    state = born(first)
    last = standing(state, counting)
    yield first, last
    for event in rows:
        state = apply(state, event)
        now = standing(state, counting)
        if now != last:
            last = now
            yield event, now
