"""What handling events make of a matter: extension, opinion, execution, plan and reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ClockCode, Outcome, Result, TaskPart
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import DocumentFact, MatterState, Plan, PlanStep, Report
from xinfang.rules.people.seats import Role

OPINION_RESULT = {
    Outcome.SUPPORTED: Result.SUPPORTED_DONE,
    Outcome.EXPLAINED: Result.EXPLAINED,
    Outcome.NOT_SUPPORTED: Result.NOT_SUPPORTED,
}


def _extended(state: MatterState, event: Event) -> dict[str, Any]:
    notice = DocumentFact("extension_notice", event.payload["document"], event.unit, event.occurred_at)
    return {
        "extended_days": event.payload["days"],
        "extended_at": event.occurred_at,
        "documents": (*state.documents, notice),
    }


def _overrun_approved(state: MatterState, event: Event) -> dict[str, Any]:
    return {"overruns": state.overruns | {event.payload["clock"]}}


def _opinion_signed(state: MatterState, event: Event) -> dict[str, Any]:
    opinion = DocumentFact("opinion", event.payload["document"], event.unit, event.occurred_at)
    return {
        "outcome": Outcome(event.payload["outcome"]),
        "opinion_signed_at": event.occurred_at,
        "documents": (*state.documents, opinion),
    }


def _opinion_served(state: MatterState, event: Event) -> dict[str, Any]:
    documents = tuple(
        replace(d, served_at=event.occurred_at, way=event.payload["way"])
        if d.kind == "opinion" and not d.served_at
        else d
        for d in state.documents
    )
    result = OPINION_RESULT[state.outcome] if state.outcome else None
    return {
        "documents": documents,
        "opinion_served_at": event.occurred_at,
        "result_told_at": event.occurred_at,
        "closed_at": state.closed_at or event.occurred_at,
        "result": state.result if state.implemented_at else result,
        # The right to a review begins anew, and so do its reminders.
        "warned": {clock: level for clock, level in state.warned.items() if clock != ClockCode.RIGHT},
    }


def _implemented(state: MatterState, event: Event) -> dict[str, Any]:
    lasting = state.accepted_at is not None and state.opinion_served_at is None
    return {
        "implemented_at": event.occurred_at,
        "on_the_spot": state.on_the_spot or bool(event.payload.get("on_the_spot")),
        "evidence": state.evidence or bool(event.payload.get("evidence")),
        "result": Result(event.payload["result"]),
        "result_told_at": state.result_told_at or event.occurred_at,
        "handled_by": state.handled_by | {event.unit},
        "closed_at": state.closed_at if lasting else state.closed_at or event.occurred_at,
    }


def _replied_directly(state: MatterState, event: Event) -> dict[str, Any]:
    documents = state.documents
    if event.payload.get("document"):
        reply = DocumentFact(
            "direct_reply",
            event.payload["document"],
            event.unit,
            event.occurred_at,
            event.occurred_at,
            event.payload.get("way", ""),
        )
        documents = (*documents, reply)
    return {
        "documents": documents,
        "tasks": ended_tasks(state, event),
        "handled_by": state.handled_by | {event.unit},
        "decided_by_bureau": state.decided_by_bureau or event.role == Role.PETITION_BUREAU,
        "result": Result(event.payload["result"]),
        "closed_at": event.occurred_at,
        "told_at": state.told_at or event.occurred_at,
        "result_told_at": event.occurred_at,
    }


def ended_tasks(state: MatterState, event: Event) -> tuple[Task, ...]:
    """The tasks once the matter is closed: the lead's is done with it; a co-unit's that is left was not done."""
    return tuple(_ended(task, event) if task.is_open else task for task in state.tasks)


def _ended(task: Task, event: Event) -> Task:
    if task.part is TaskPart.LEAD:
        return replace(task, done_at=event.occurred_at)
    return replace(task, returned_at=event.occurred_at)


def _prelim_reported(state: MatterState, event: Event) -> dict[str, Any]:
    return {"reports": (*state.reports, Report(0, event.occurred_at))}


def _monthly_reported(state: MatterState, event: Event) -> dict[str, Any]:
    return {"reports": (*state.reports, Report(event.payload["k"], event.occurred_at))}


def _report_read(state: MatterState, event: Event) -> dict[str, Any]:
    k, verdict = event.payload["k"], event.payload["verdict"]
    return {"reports": tuple(replace(r, verdict=verdict) if r.k == k and not r.verdict else r for r in state.reports)}


def _plan_filed(state: MatterState, event: Event) -> dict[str, Any]:
    """What an earlier plan promised stays on record: the steps of a later one are numbered after its steps."""
    former = state.approved_plans
    first = 1 + sum(len(plan.steps) for plan in former)
    steps = tuple(
        PlanStep(k, date.fromisoformat(step["due_on"]), step["unit"])
        for k, step in enumerate(event.payload["steps"], start=first)
    )
    return {"plan": Plan(event.occurred_at, steps), "former_plans": former}


def _plan_approved(state: MatterState, event: Event) -> dict[str, Any]:
    return {"plan": replace(state.plan, approved_at=event.occurred_at) if state.plan else None}


def _plan_returned(state: MatterState, event: Event) -> dict[str, Any]:
    return {"plan": replace(state.plan, returned_at=event.occurred_at) if state.plan else None}


def _restudied(state: MatterState, event: Event) -> dict[str, Any]:
    return {"restudied": (*state.restudied, event.occurred_at)}


def _step_done(state: MatterState, event: Event) -> dict[str, Any]:
    if state.plan is None:
        return {}
    steps = tuple(
        replace(s, done_at=event.occurred_at) if s.k == event.payload["k"] and not s.done_at else s
        for s in state.plan.steps
    )
    return {"plan": replace(state.plan, steps=steps)}


def _breach_explained(state: MatterState, event: Event) -> dict[str, Any]:
    return {"explained": state.explained | {event.payload["clock"]}}


def _papers_asked(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"papers_asked": True}


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
    EventType.PAPERS_ASKED: _papers_asked,
    EventType.EXTENDED: _extended,
    EventType.OVERRUN_APPROVED: _overrun_approved,
    EventType.OPINION_SIGNED: _opinion_signed,
    EventType.OPINION_SERVED: _opinion_served,
    EventType.IMPLEMENTED: _implemented,
    EventType.REPLIED_DIRECTLY: _replied_directly,
    EventType.PRELIM_REPORTED: _prelim_reported,
    EventType.MONTHLY_REPORTED: _monthly_reported,
    EventType.REPORT_READ: _report_read,
    EventType.PLAN_FILED: _plan_filed,
    EventType.PLAN_APPROVED: _plan_approved,
    EventType.PLAN_RETURNED: _plan_returned,
    EventType.STEP_DONE: _step_done,
    EventType.RESTUDIED: _restudied,
    EventType.BREACH_EXPLAINED: _breach_explained,
}
