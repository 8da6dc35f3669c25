"""When must a hard matter be studied anew? Every twelve months (`policies/deadline_rules.json`, HF-RST12; S17).

What was studied in the last month before the day counts for it. Reports and plans do not: they are what went on.
"""

from xinfang.rules.clocks.due import Count
from xinfang.rules.clocks.shape import Clock, Counting, day_of, first_of, first_since, left_at, midnight_after
from xinfang.rules.matters.codes import ClockCode, Outcome
from xinfang.rules.matters.state import MatterState

AHEAD = 1  # month


def restudies(state: MatterState, counting: Counting) -> list[Clock]:
    """One clock a year from the day of receipt until the matter is solved or closed; the last one runs."""
    if not state.is_hard:
        return []
    every = counting.rules[ClockCode.RESTUDY.value].n
    # A supported opinion closes the procedure; what it promised is still to be done.
    closed = None if state.outcome is Outcome.SUPPORTED else state.closed_at
    over = first_of(state.implemented_at, closed, left_at(state))
    clocks: list[Clock] = []
    begins = state.received_at
    while over is None or begins < over:
        k = len(clocks) + 1
        when = day_of(counting, Count.CAL_M, k * every, state.received_at)
        counts_from = midnight_after(day_of(counting, Count.CAL_M, k * every - AHEAD, state.received_at).raw)
        met = first_since(counts_from, *state.restudied)
        clocks.append(Clock(ClockCode.RESTUDY, k, begins, when, met, over))
        waits = state.last_at is None or midnight_after(when.due) > state.last_at
        if over is None and met is None and waits:
            break
        begins = midnight_after(when.raw)
    return clocks
