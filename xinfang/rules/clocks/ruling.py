"""Until when is an objection decided? Five working days (`policies/deadline_rules.json`, HF-RUL5).

Article 24 says who decides and names no length; the days are the house's, as long as those for the objection itself.
No other clock waits for the ruling.
"""

from xinfang.rules.clocks.shape import Clock, Counting, by_rule, first_of, left_at, local_day
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.parts import Objection
from xinfang.rules.matters.state import MatterState


def rulings_owed(state: MatterState, counting: Counting) -> list[Clock]:
    """One clock for each objection, whoever made it; a part that is over asks for no ruling."""
    return [_clock(objection, state, counting) for objection in state.objections]


def _clock(objection: Objection, state: MatterState, counting: Counting) -> Clock:
    over = (t.returned_at or t.done_at for t in state.tasks if t.k == objection.task)
    return Clock(
        ClockCode.RULING,
        objection.k if objection.k > 1 else 0,
        objection.at,
        by_rule(counting, ClockCode.RULING.value, local_day(objection.at)),
        objection.decided_at,
        first_of(next(over, None), left_at(state)),
    )
