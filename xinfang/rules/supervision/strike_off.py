"""May this matter be struck off? The conditions Z-1..Z-8, each with its own answer (domain 9.3)."""

from collections.abc import Callable
from dataclasses import dataclass

from xinfang.rules.clocks.duties import local_day
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import CallOutcome, Nature, Outcome
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Role


@dataclass(frozen=True)
class Condition:
    """One condition of the strike-off sheet; `missing` is the code of what is not there yet."""

    code: str
    met: bool
    missing: str = ""


def _documents_served(asked: Situation) -> str:
    if asked.state.accepted_at and not asked.state.first_opinion_at and not _ended_otherwise(asked.state):
        return "opinion_not_served"
    return "document_unserved" if asked.state.unserved else ""


def _ended_otherwise(state: MatterState) -> bool:
    return state.result is not None and state.opinion_served_at is None


def _measures_done(asked: Situation) -> str:
    state = asked.state
    if state.outcome is Outcome.SUPPORTED and not state.implemented_at:
        return "measures_not_executed"
    if state.plan and state.plan.approved_at and any(step.done_at is None for step in state.plan.steps):
        return "plan_not_completed"
    return ""


def _called_back(asked: Situation) -> str:
    """A call by somebody outside the handling unit; two recorded attempts on different days hold as well."""
    calls = [c for c in asked.state.calls if not asked.state.reopened_at or c.at >= asked.state.reopened_at]
    if any(call.outcome is not CallOutcome.NOT_REACHED for call in calls):
        return ""
    return "" if len({local_day(call.at) for call in calls}) >= 2 else "no_call_back"


def _told(asked: Situation) -> str:
    if asked.state.result_told_at is not None or not _called_back(asked):
        return ""
    return "" if asked.state.anonymous else "result_not_told"


def _nothing_open(asked: Situation) -> str:
    state = asked.state
    if state.open_tasks:
        return "task_open"
    if state.contested_at:
        return "contest_open"
    if state.withdrawal:
        return "withdrawal_open"
    return ""


def _duties_settled(asked: Situation) -> str:
    open_clock = any(
        clock.is_running and not clock.is_late(asked.at) for clock in asked.clocks if clock.code == "13710-3"
    )
    unexplained = asked.state.breached - asked.state.explained
    if unexplained:
        return "breach_unexplained"
    return "report_missing" if open_clock else ""


def _dossier_complete(asked: Situation) -> str:
    if asked.state.triaged_at is None and not asked.state.imported:
        return "not_triaged"
    return "" if asked.state.result is not None else "no_result"


def _outside(asked: Situation) -> str:
    """The approver stands outside the handling unit and is not the one who verified the solution."""
    if asked.actor.user_id is not None and asked.actor.user_id == asked.state.resolved_by:
        return "approver_verified"
    seat = asked.actor.seat_for(striker_roles(asked.state))
    return "approver_handles" if seat is None or seat.unit in asked.state.handling_units else ""


def striker_roles(state: MatterState) -> frozenset[Role]:
    """The supervisor strikes off major, complex and assigned matters, the petition bureau the rest."""
    supervised = state.nature in {Nature.MAJOR, Nature.COMPLEX} or bool(state.batch) or state.explicit is not None
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
