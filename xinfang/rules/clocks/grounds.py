"""What does the date of a clock stand on? Its trigger, rule, policy, and the days counted, or the paper that set it.

Source: `duties.clocks_of`, `limits` and `policies/deadline_rules.json`; no date is worked out here a second time.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xinfang.rules.clocks.catalogue import DeadlineRule
from xinfang.rules.clocks.duties import office_hours
from xinfang.rules.clocks.explaining import Explanation, explain, explain_day_one
from xinfang.rules.clocks.hints import Hint, hint_of
from xinfang.rules.clocks.policy import HousePolicy
from xinfang.rules.clocks.reviews import BEHIND
from xinfang.rules.clocks.shape import Clock, Counting, by_rule, local_day
from xinfang.rules.matters.codes import ClockCode, DayMode, ExplicitSource
from xinfang.rules.matters.state import MatterState


class Trigger(StrEnum):
    """What happened on the day from which a clock counts, or on which its date was set."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DATE_SET = "date_set"
    PLAN_APPROVED = "plan_approved"
    OPINION_SERVED = "opinion_served"
    NOTED = "noted"
    SILENCE = "silence"
    RIGHT_NEARS = "right_nears"
    MARKED_URGENT = "marked_urgent"
    RATED_POORLY = "rated_poorly"
    REVIEW_ASKED = "review_asked"
    REVIEW_SERVED = "review_served"


TRIGGERS = {
    ClockCode.TELL15T: Trigger.ASSIGNED,
    ClockCode.OBJ5: Trigger.ASSIGNED,
    ClockCode.TASK: Trigger.ASSIGNED,
    ClockCode.DO60: Trigger.ACCEPTED,
    ClockCode.EXT30: Trigger.ACCEPTED,
    ClockCode.EXPLICIT: Trigger.DATE_SET,
    ClockCode.CMF: Trigger.PLAN_APPROVED,
    ClockCode.CP: Trigger.PLAN_APPROVED,
    ClockCode.SHADOW60: Trigger.SILENCE,
    ClockCode.TELL_RIGHT: Trigger.RIGHT_NEARS,
    ClockCode.URG: Trigger.MARKED_URGENT,
    ClockCode.CALL: Trigger.RATED_POORLY,
    ClockCode.RIGHT: Trigger.NOTED,
    ClockCode.LIMIT: Trigger.NOTED,
    ClockCode.OWN_LIMIT: Trigger.NOTED,
    ClockCode.ELSEWHERE: Trigger.NOTED,
}
# Those whose length a policy sets, and among them those whose days it lets be working days.
BY_POLICY = frozenset({ClockCode.C3, ClockCode.C7, ClockCode.CM, ClockCode.CMF})
BY_DAY_MODE = frozenset({ClockCode.C3, ClockCode.C7})
BY_PEOPLE = frozenset({ClockCode.EXPLICIT, ClockCode.TASK, ClockCode.CP})


@dataclass(frozen=True, slots=True)
class Given:
    """A date that people set: nothing is counted and nothing rolls. `source` and `document` where one was named."""

    on: date
    source: ExplicitSource | None = None
    document: str = ""


@dataclass(frozen=True)
class Grounds:
    """Everything that one clock of a matter stands on; what does not belong to it is None.

    `trigger_on`: the day of its trigger, which is not counted. `days`: of a date that was counted; for the duty to tell
    of a right, those of that right. `extended_by`: days of an approved extension inside the count. `is_overtaken`: the
    right was noted after its prudent day, so that the duty to tell ends on the day of the note. `hint`: what brings its
    yellow forward. What is counted in hours has neither days nor a given date: its trigger and its `until` say all.
    """

    clock: Clock
    trigger: Trigger
    trigger_on: date
    days: Explanation | None = None
    given: Given | None = None
    rule: DeadlineRule | None = None
    policy: HousePolicy | None = None
    day_mode: DayMode | None = None
    extended_by: int = 0
    is_overtaken: bool = False
    hint: Hint | None = None
    unpublished: tuple[int, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose calendar decided."""
        if self.days:
            return self.days.years
        return (self.given.on.year,) if self.given else ()


def explain_clock(clock: Clock, state: MatterState, counting: Counting) -> Grounds:
    """What a clock of `clocks_of(state, counting)` stands on."""
    days, given = _counted(clock, state, counting), _given(clock, state)
    is_counted = days is not None
    return Grounds(
        clock=clock,
        trigger=_trigger(clock),
        trigger_on=_trigger_on(clock, days),
        days=days,
        given=given,
        rule=counting.rules.get(clock.rule or clock.code.value),
        policy=counting.policy(state.policy) if is_counted and clock.code in BY_POLICY else None,
        day_mode=state.day_mode if is_counted and clock.code in BY_DAY_MODE else None,
        extended_by=state.extended_days if clock.code is ClockCode.EXT30 else 0,
        is_overtaken=_is_overtaken(clock, days),
        hint=hint_of(clock, counting),
        unpublished=days.unpublished if days else _unpublished(given, counting),
    )


def _trigger(clock: Clock) -> Trigger:
    if clock.code is ClockCode.RIGHT and not clock.k:
        return Trigger.OPINION_SERVED
    if clock.code is ClockCode.DO60 and clock.k:
        return Trigger.REVIEW_SERVED
    if clock.k > BEHIND:
        return Trigger.REVIEW_SERVED if clock.code is ClockCode.RIGHT else Trigger.REVIEW_ASKED
    return TRIGGERS.get(clock.code, Trigger.RECEIVED)


def _trigger_on(clock: Clock, days: Explanation | None) -> date:
    """The day from which it was counted; the monthly ones begin later than that, one month after the other."""
    if days is None or clock.code is ClockCode.TELL_RIGHT:
        return local_day(clock.trigger_at)
    return days.start


def _counted(clock: Clock, state: MatterState, counting: Counting) -> Explanation | None:
    if clock.due is None:
        return None
    if clock.code is ClockCode.C1:
        return explain_day_one(state.received_at, counting.calendar, office_hours(state, counting))
    if clock.code is ClockCode.TELL_RIGHT:
        limit = next(limit for limit in state.limits if limit.k == clock.k)
        return explain(by_rule(counting, limit.rule, limit.from_on, limit.pauses), counting.calendar)
    return explain(clock.due, counting.calendar) if clock.due.term else None


def _given(clock: Clock, state: MatterState) -> Given | None:
    if clock.due is None or clock.code not in BY_PEOPLE:
        return None
    if clock.code is ClockCode.TASK:
        return Given(clock.due.raw, document=next(task.document for task in state.tasks if task.k == clock.k))
    if clock.code is ClockCode.CP:
        return Given(clock.due.raw)
    own = state.explicits[max(clock.k, 1) - 1]
    return Given(own.on, own.source, own.document)


def _is_overtaken(clock: Clock, days: Explanation | None) -> bool:
    if clock.code is not ClockCode.TELL_RIGHT or clock.due is None or days is None:
        return False
    return clock.due.due > days.found.prudent


def _unpublished(given: Given | None, counting: Counting) -> tuple[int, ...]:
    return (given.on.year,) if given and not counting.calendar.is_published(given.on) else ()
