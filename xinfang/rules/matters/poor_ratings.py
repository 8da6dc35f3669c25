"""Whoever gave the worst grade is called back: by whom, and when has that been done?

Source: 国办发〔2019〕51号 (差评安排专人回访核实); here the caller stands outside the handling unit, as for strike-off
(domain 9.3, H-06). The call asks what went wrong. It moves no grade, and no later grade ends it: nobody gains by asking
for another one.
"""

from datetime import datetime

from xinfang.rules.clocks.shape import first_of, first_since, left_at, local_day
from xinfang.rules.matters.codes import CallOutcome, RatedOrgan
from xinfang.rules.matters.state import CallBack, MatterState, PoorRating
from xinfang.rules.people.seats import Role


def answered_at(state: MatterState, rating: PoorRating) -> datetime | None:
    """When the petitioner was reached or did not want to talk, or was missed on a second day."""
    calls = [call for call in state.calls if call.at >= rating.at and _may_answer(call, rating)]
    spoken = first_of(*(call.at for call in calls if call.outcome is not CallOutcome.NOT_REACHED))
    days = {local_day(call.at): call.at for call in reversed(calls)}
    second = sorted(days.values())[1:2]
    return first_of(spoken, *second)


def _may_answer(call: CallBack, rating: PoorRating) -> bool:
    """The petition bureau does not call about its own grade."""
    return not callers_alone(rating) or call.role == Role.CALLER


def callers_alone(rating: PoorRating) -> bool:
    """Is the petition bureau itself what was found wanting?"""
    return RatedOrgan.PETITION_BUREAU.value in rating.organs


def ended_at(state: MatterState, rating: PoorRating) -> datetime | None:
    """Handled anew, or gone from the work of the ledger: there is no result any more to be called about."""
    return first_of(first_since(rating.at, state.reopened_at), left_at(state))


def owed(state: MatterState) -> PoorRating | None:
    """The rating about which somebody must still call."""
    rating = state.poor_ratings[-1] if state.poor_ratings else None
    if rating is None or answered_at(state, rating) or ended_at(state, rating):
        return None
    return rating


def with_rating(state: MatterState, organ: str, at: datetime) -> tuple[PoorRating, ...]:
    """The poor ratings with one more; while a call is owed it is the same call."""
    open_one = owed(state)
    if open_one is None:
        return (*state.poor_ratings, PoorRating(len(state.poor_ratings) + 1, at, frozenset({organ})))
    joined = PoorRating(open_one.k, open_one.at, open_one.organs | {organ})
    return (*state.poor_ratings[:-1], joined)
