"""Which limits run on the review ladder: the petitioner's thirty days, twice, and the reviewer's (articles 34–36).

They begin by themselves. A hearing alone takes days out of a second review; after an annulled opinion the organ that
handles it anew has sixty days again (the house's reading of article 34: a duty without a limit is none).
"""

from datetime import datetime

from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.shape import Clock, Counting, by_rule, first_of, first_since, left_at, local_day
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState
from xinfang.rules.review.codes import ReviewDecision, ReviewLevel
from xinfang.rules.review.ladder import Review

DECIDE = {ReviewLevel.FIRST: "XF-FC30", ReviewLevel.SECOND: "XF-FH30"}
ASK = {ReviewLevel.FIRST: "XF-FC-REQ30", ReviewLevel.SECOND: "XF-FH-REQ30"}
# The clocks of the k-th review stand behind those of noted limits, whose numbers end at 999.
BEHIND = 1000


def review_until(served: datetime, counting: Counting) -> Due:
    """Until when 复查 can be asked for: thirty days from the service of the opinion."""
    return by_rule(counting, ASK[ReviewLevel.FIRST], local_day(served))


def second_until(served: datetime, counting: Counting) -> Due:
    """Until when 复核 can be asked for: thirty days from the service of the first review."""
    return by_rule(counting, ASK[ReviewLevel.SECOND], local_day(served))


def reviews(state: MatterState, counting: Counting, over: datetime | None) -> list[Clock]:
    """The rights to ask, the duties to decide, and the sixty days after an annulled opinion."""
    found: list[Clock] = []
    served = state.review_from
    if served is not None:
        noted = (one.noted_at for one in state.limits if one.rule == DECIDE[ReviewLevel.FIRST])
        asked = first_since(served, *(one.asked_at for one in state.reviews), *noted)
        rule = ASK[ReviewLevel.FIRST]
        found.append(Clock(ClockCode.RIGHT, 0, served, review_until(served, counting), asked, over, rule=rule))
    for review in state.reviews:
        found += _of(review, state, counting, over)
    return found


def _of(review: Review, state: MatterState, counting: Counting, over: datetime | None) -> list[Clock]:
    clocks = [_deciding(review, state, counting)]
    if review.served_at is None:
        return clocks
    if review.decision is ReviewDecision.ANNULLED:
        return [*clocks, _again(review, review.served_at, state, counting)]
    if review.level is ReviewLevel.FIRST:
        clocks.append(_second_right(review, review.served_at, state, counting, over))
    return clocks


def _deciding(review: Review, state: MatterState, counting: Counting) -> Clock:
    """A unit of this house is bound by its thirty days; what sits above the house is only watched."""
    rule = DECIDE[review.level]
    pauses = review.hearing if counting.rules[rule].pauses_for else ()
    return Clock(
        ClockCode.LIMIT if review.organ else ClockCode.ELSEWHERE,
        BEHIND + review.k,
        review.asked_at,
        by_rule(counting, rule, local_day(review.asked_at), pauses),
        review.served_at,
        left_at(state),
        unit=review.organ,
        rule=rule,
        paused=bool(pauses) and review.hearing_lasts,
    )


def _second_right(
    review: Review, served: datetime, state: MatterState, counting: Counting, over: datetime | None
) -> Clock:
    asked = first_of(*(one.asked_at for one in state.reviews if one.level is ReviewLevel.SECOND and one.k > review.k))
    rule = ASK[ReviewLevel.SECOND]
    return Clock(ClockCode.RIGHT, BEHIND + review.k, served, second_until(served, counting), asked, over, rule=rule)


def _again(review: Review, served: datetime, state: MatterState, counting: Counting) -> Clock:
    opinions = (paper.served_at for paper in state.documents if paper.kind == "opinion")
    met = first_since(served, *opinions)
    when = by_rule(counting, "XF-DO60", local_day(served))
    return Clock(ClockCode.DO60, review.k, served, when, met, left_at(state), unit=state.organ)
