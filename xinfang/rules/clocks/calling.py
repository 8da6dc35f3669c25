"""Until when is somebody called who was not satisfied? One working day (`policies/deadline_rules.json`, HF-BAD1)."""

from xinfang.rules.clocks.shape import Clock, Counting, by_rule, local_day
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.poor_ratings import answered_at, ended_at
from xinfang.rules.matters.state import MatterState


def calls_owed(state: MatterState, counting: Counting) -> list[Clock]:
    """One clock for each time that the worst grade was given; another grade later does not stop it."""
    return [
        Clock(
            ClockCode.CALL,
            rating.k if rating.k > 1 else 0,
            rating.at,
            by_rule(counting, ClockCode.CALL.value, local_day(rating.at)),
            answered_at(state, rating),
            ended_at(state, rating),
        )
        for rating in state.poor_ratings
    ]
