"""May this matter be struck off? The conditions Z-1..Z-8, each with its own answer (domain 9.3)."""

from collections.abc import Callable
from dataclasses import dataclass

from xinfang.rules.clocks.duties import local_day
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import CallOutcome, ClockCode, Nature, Outcome, Result
from xinfang.rules.matters.poor_ratings import owed
from xinfang.rules.matters.state import CallBack, MatterState
from xinfang.rules.mediation.file import last
from xinfang.rules.people.seats import Role
from xinfang.rules.review.ladder import open_review

# How a matter that was accepted can end without an opinion.
WITHOUT_OPINION = frozenset(
    {
        Result.CHANNELLED, Result.WITHDRAWN, Result.SUGGESTION_ADOPTED, Result.SUGGESTION_PARTLY,
        Result.SUGGESTION_NOT_ADOPTED, Result.REPLIED_DIRECTLY,
    },
)  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One condition of the strike-off sheet; `missing` is the code of what is not there yet."""

    code: str
    met: bool
    missing: str = ""


def _documents_served(asked: Situation) -> str:
    state = asked.state
    if state.accepted_at and not state.opinion_served_at and state.result not in WITHOUT_OPINION:
        return "opinion_not_served"
    return "document_unserved" if state.unserved else ""


def _measures_done(asked: Situation) -> str:
    state = asked.state
    if state.outcome is Outcome.SUPPORTED and not state.implemented_at:
        return "measures_not_executed"
    if state.plan and state.plan.approved_at and any(step.done_at is None for step in state.plan.steps):
        return "plan_not_completed"
    return ""


def _calls(state: MatterState) -> list[CallBack]:
    """The calls about what holds now, not about what was before a reopening."""
    return [call for call in state.calls if not state.reopened_at or call.at >= state.reopened_at]


def _tried_twice(state: MatterState) -> bool:
    """Two recorded attempts on different days hold for a call that never came about (product "Stages")."""
    return len({local_day(call.at) for call in _calls(state)}) >= 2


def _called_back(asked: Situation) -> str:
    if owed(asked.state) is not None:
        return "poor_rating_uncalled"
    reached = any(call.outcome is not CallOutcome.NOT_REACHED for call in _calls(asked.state))
    return "" if reached or _tried_twice(asked.state) else "no_call_back"


def _told(asked: Situation) -> str:
    state = asked.state
    told = state.result_told_at is not None or state.anonymous or _tried_twice(state)
    return "" if told else "result_not_told"


def _nothing_open(asked: Situation) -> str:
    state = asked.state
    if state.open_tasks:
        return "task_open"
    if state.contested_at:
        return "contest_open"
    if state.withdrawal:
        return "withdrawal_open"
    if open_review(state.reviews):
        return "review_open"
    return _mediation_open(state)


def _mediation_open(state: MatterState) -> str:
    """Nobody strikes off what is being mediated, or what was promised and not done yet (S11)."""
    mediation = last(state.mediations)
    if mediation is None:
        return ""
    if mediation.is_open:
        return "mediation_open"
    return "performance_open" if mediation.agreement and mediation.agreement.open_steps else ""


def _duties_settled(asked: Situation) -> str:
    """Every breach is explained, also one that the watcher has not recorded yet; nothing is still to be reported."""
    late = {clock.key for clock in asked.clocks if clock.is_late(asked.at)}
    if (asked.state.breached | late) - asked.state.explained:
        return "breach_unexplained"
    return "report_missing" if any(clock.is_running for clock in asked.clocks if clock.code == ClockCode.C3) else ""


def _dossier_complete(asked: Situation) -> str:
    if asked.state.triaged_at is None and not asked.state.imported:
        return "not_triaged"
    return "" if asked.state.result is not None else "no_result"


def _outside(asked: Situation) -> str:
    """The approver sits in no handling unit, did not handle the matter and did not verify its solution."""
    state, actor = asked.state, asked.actor
    if actor.user_id is not None and actor.user_id == state.resolved_by:
        return "approver_verified"
    inside = actor.units & state.handling_units or actor.user_id in state.handlers
    return "approver_handles" if inside or actor.seat_for(striker_roles(state)) is None else ""


def striker_roles(state: MatterState) -> frozenset[Role]:
    """The supervisor strikes off major, complex and assigned matters, the petition bureau the rest.

    What the bureau decided itself (channelled, not accepted, replied to) is the supervisor's too: Z-8.
    """
    hard = state.nature in {Nature.MAJOR, Nature.COMPLEX}
    supervised = hard or bool(state.batch) or state.explicit is not None or state.decided_by_bureau
    return frozenset({Role.SUPERVISOR}) if supervised else frozenset({Role.PETITION_BUREAU})


_CONDITIONS: tuple[tuple[str, Callable[[Situation], str]], ...] = (
    ("Z-1", _documents_served),
    ("Z-2", _measures_done),
    ("Z-3", _called_back),
    ("Z-4", _told),
    ("Z-5", _nothing_open),
    ("Z-6", _duties_settled),
    ("Z-7", _dossier_complete),
    ("Z-8", _outside),
)


def conditions(asked: Situation) -> tuple[Condition, ...]:
    """The eight lines of the strike-off sheet for whoever asks."""
    return tuple(Condition(code, not (missing := test(asked)), missing) for code, test in _CONDITIONS)
