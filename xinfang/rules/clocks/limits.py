"""Which limits run because somebody noted the day on which they began: rights, courts, reviews, committees.

Source: `policies/deadline_rules.json` (reconsideration, suit, arbitration, judicial confirmation, enforcement, 复查,
复核, mediation); a right of the petitioner runs on while we handle, and lapses whoever was busy.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from xinfang.rules.clocks.calendar import ONE_DAY
from xinfang.rules.clocks.catalogue import Whose
from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.reviews import reviews
from xinfang.rules.clocks.shape import Clock, Counting, by_rule, first_of, left_at, local_day, midnight_after
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import Limit, MatterState

CODES = {
    Whose.PETITIONER: ClockCode.RIGHT,
    Whose.ORGAN: ClockCode.LIMIT,
    Whose.HOUSE: ClockCode.OWN_LIMIT,
    Whose.OTHER: ClockCode.ELSEWHERE,
}
_NOTED = frozenset({*CODES.values(), ClockCode.TELL_RIGHT})
# So many days before a right lapses the petitioner must be told again, in writing (domain 3.3, alarm rule).
TELL_AGAIN = 15


def limits(state: MatterState, counting: Counting) -> list[Clock]:
    """The clocks of everything that was noted, of the right to a review, and of the duty to tell of rights."""
    over = first_of(left_at(state), state.struck_off_at)
    clocks = [_noted(limit, counting, over) for limit in state.limits]
    tellings = [
        _telling(limit, clock, clock.due)
        for limit, clock in zip(state.limits, clocks, strict=True)
        if clock.code is ClockCode.RIGHT and clock.due is not None and limit.noted_at < midnight_after(clock.due.due)
    ]
    return [*clocks, *reviews(state, counting, over), *tellings]


def own_limits(clocks: Iterable[Clock], state: MatterState, came_with: int) -> list[Clock]:
    """The clocks without the noted limits of other petitioners; a review is asked for by whoever was served first."""
    of = {limit.k: limit.came_with for limit in state.limits}
    return [clock for clock in clocks if clock.code not in _NOTED or of.get(clock.k, 1) == came_with]


def _noted(limit: Limit, counting: Counting, over: datetime | None) -> Clock:
    return Clock(
        CODES[counting.rules[limit.rule].whose],
        limit.k,
        midnight_after(limit.from_on - ONE_DAY),
        by_rule(counting, limit.rule, limit.from_on, limit.pauses),
        limit.met_at,
        first_of(limit.ended_at, over),
        rule=limit.rule,
        paused=limit.is_paused and limit.runs,
    )


def _telling(limit: Limit, right: Clock, ends: Due) -> Clock:
    """A right that was alive when it was noted is told of in writing, from the fifteenth day before to its prudent day.

    Else it is a fault of the service.
    """
    last = max(ends.prudent, local_day(limit.noted_at))
    begins = max(tell_from(ends.prudent), limit.noted_at)
    told = first_of(*(moment for moment in limit.told_at if moment >= begins))
    return Clock(
        ClockCode.TELL_RIGHT,
        limit.k,
        begins,
        Due(last, last, last, ends.provisional),
        told,
        right.stopped_at,
        rule=limit.rule,
    )


def tell_from(prudent: date) -> datetime:
    """00:00 of the fifteenth day before."""
    return midnight_after(prudent - timedelta(days=TELL_AGAIN) - ONE_DAY)
