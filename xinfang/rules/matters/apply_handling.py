"""What handling events make of a matter: extension, opinion, execution, plan and reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import Outcome, Result
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import DocumentFact, MatterState, Plan, PlanStep, Report

_OPINION_RESULT = {
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
    result = _OPINION_RESULT[state.outcome] if state.outcome else None
    return {
        "documents": documents,
        "opinion_served_at": event.occurred_at,
        "result_told_at": event.occurred_at,
        "closed_at": state.closed_at or event.occurred_at,
        "result": state.result if state.implemented_at else result,
    }


def _implemented(state: MatterState, event: Event) -> dict[str, Any]:
    lasting = state.accepted_at is not None and state.opinion_served_at is None
    return {
        "implemented_at": event.occurred_at,
        "on_the_spot": state.on_the_spot or bool(event.payload.get("on_the_spot")),
        "evidence": state.evidence or bool(event.payload.get("evidence")),
        "result": Result(event.payload["result"]),
        "result_told_at": state.result_told_at or event.occurred_at,
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
        "result": Result(event.payload["result"]),
        "closed_at": event.occurred_at,
        "told_at": state.told_at or event.occurred_at,
        "result_told_at": event.occurred_at,
    }


def _prelim_reported(state: MatterState, event: Event) -> dict[str, Any]:
    return {"reports": (*state.reports, Report(0, event.occurred_at))}


def _monthly_reported(state: MatterState, event: Event) -> dict[str, Any]:
    return {"reports": (*state.reports, Report(event.payload["k"], event.occurred_at))}


def _report_read(state: MatterState, event: Event) -> dict[str, Any]:
    k, verdict = event.payload["k"], event.payload["verdict"]
    return {"reports": tuple(replace(r, verdict=verdict) if r.k == k and not r.verdict else r for r in state.reports)}


def _plan_filed(_state: MatterState, event: Event) -> dict[str, Any]:
    steps = tuple(
        PlanStep(k, date.fromisoformat(step["due_on"]), step["unit"])
        for k, step in enumerate(event.payload["steps"], start=1)
    )
    return {"plan": Plan(event.occurred_at, steps)}


def _plan_decided(field: str) -> Callable[[MatterState, Event], dict[str, Any]]:
    def reading(state: MatterState, event: Event) -> dict[str, Any]:
        return {"plan": replace(state.plan, **{field: event.occurred_at}) if state.plan else None}

    return reading


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


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
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
    EventType.PLAN_APPROVED: _plan_decided("approved_at"),
    EventType.PLAN_RETURNED: _plan_decided("returned_at"),
    EventType.STEP_DONE: _step_done,
    EventType.BREACH_EXPLAINED: _breach_explained,
}
