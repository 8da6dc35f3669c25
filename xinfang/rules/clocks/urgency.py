"""Until when must a grave or urgent matter be reported? (article 25: 及时报告本级党委和政府)

The Regulation says at once and names no length; the hour is the house's, and stands in `policies/deadline_rules.json`.
It runs from the moment of the mark, by day and by night, whatever the matter is and wherever it stands; closing it does
not end it, since what is over was still not reported.
"""

from xinfang.rules.clocks.hours import hours_after, on_the_day_of
from xinfang.rules.clocks.shape import Clock, Counting, first_of, left_at, local_day
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState, Urgency


def urgent(state: MatterState, counting: Counting) -> list[Clock]:
    """One clock a mark, met by the first report; taking the mark off undoes no breach."""
    rule = counting.rules[ClockCode.URG.value]
    return [_clock(mark, rule.n, state) for mark in state.urgencies if rule.applies_on(local_day(mark.marked_at))]


def _clock(mark: Urgency, hours: int, state: MatterState) -> Clock:
    until = hours_after(mark.marked_at, hours)
    return Clock(
        ClockCode.URG,
        mark.k if mark.k > 1 else 0,
        mark.marked_at,
        on_the_day_of(until),
        mark.reported_at,
        first_of(mark.ended_at, left_at(state)),
        until=until,
    )
