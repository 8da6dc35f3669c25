"""What closing events make of a matter: the four facts, call-backs, the petitioner's statements, links, clock marks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.apply_handling import ended_tasks
from xinfang.rules.matters.codes import LOOSE_LINKS, CallOutcome, Channel, Grade, LinkKind, ReopenGround, Result
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.poor_ratings import with_rating
from xinfang.rules.matters.state import CallBack, Link, MatterState, Plan, Withdrawal

Reading = Callable[[MatterState, Event], dict[str, Any]]


def _result_told(state: MatterState, event: Event) -> dict[str, Any]:
    """Told once is told: telling again does not make the petitioner wait longer before saying anything."""
    return {"result_told_at": state.result_told_at or event.occurred_at}


def _called_back(state: MatterState, event: Event) -> dict[str, Any]:
    told = bool(event.payload.get("told"))
    outcome = CallOutcome(event.payload["call_outcome"])
    call = CallBack(event.occurred_at, event.actor or 0, event.unit, outcome, told, event.role)
    changes: dict[str, Any] = {"calls": (*state.calls, call)}
    if told:
        changes |= _result_told(state, event)
    return changes


def _resolution_proposed(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"resolution_proposed_at": event.occurred_at, "resolution_proposed_by": event.actor}


def _resolution_verified(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"resolved_at": event.occurred_at, "resolved_by": event.actor}


def resolution_withdrawn(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"resolved_at": None, "resolved_by": None, "resolution_proposed_at": None, "resolution_proposed_by": None}


def _put_at_rest(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"at_rest_at": event.occurred_at}


def _rest_revoked(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"at_rest_at": None}


def _rated(state: MatterState, event: Event) -> dict[str, Any]:
    organ, grade = event.payload["organ"], Grade(event.payload["grade"])
    changes: dict[str, Any] = {"ratings": {**state.ratings, organ: grade}}
    if grade is Grade.DISSATISFIED:
        changes["poor_ratings"] = with_rating(state, organ, event.occurred_at)
    return changes


def _rating_revoked(state: MatterState, event: Event) -> dict[str, Any]:
    return {"ratings": {organ: grade for organ, grade in state.ratings.items() if organ != event.payload["organ"]}}


def _withdrawal_asked(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"withdrawal": Withdrawal(event.occurred_at)}


def _withdrawal_revoked(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"withdrawal": None}


def _joined(state: MatterState, event: Event) -> dict[str, Any]:
    """Somebody else's matter too: a withdrawal that was asked for before can no longer end it."""
    concerned = max(state.concerned, event.payload.get("concerned", 0))
    return {"concerned": concerned, "joined": state.joined + 1, "withdrawal": None}


def _withdrawal_confirmed(state: MatterState, event: Event) -> dict[str, Any]:
    return {
        "withdrawal": None,
        "tasks": ended_tasks(state, event),
        "closed_at": state.closed_at or event.occurred_at,
        "result": Result.WITHDRAWN,
        "result_told_at": event.occurred_at,
    }


def _closed(state: MatterState, event: Event) -> dict[str, Any]:
    result = Result(event.payload["result"]) if event.payload.get("result") else state.result
    return {
        "tasks": ended_tasks(state, event),
        "closed_at": state.closed_at or event.occurred_at,
        "result": result,
    }


def _strike_off_proposed(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"strike_off_proposed_at": event.occurred_at}


def _struck_off(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"struck_off_at": event.occurred_at}


def reopened(state: MatterState, event: Event) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "reopened_at": event.occurred_at,
        "revoked_at": None,
        "closed_at": None,
        "struck_off_at": None,
        "strike_off_proposed_at": None,
        "result": None,
        "result_told_at": None,
        "implemented_at": None,
        "opinion_signed_at": None,
        "opinion_served_at": None,
        "outcome": None,
        "external_result_at": None,
        "refusal_ground": None,
        "refused_at": None,
        "contested_at": None,
        "withdrawal": None,
        "tasks": _lead_again(state),
        "plan": _plan_over(state),
    }
    if ReopenGround(event.payload["ground"]) in {ReopenGround.BREACH, ReopenGround.NOT_EXECUTED, ReopenGround.ERROR}:
        changes |= resolution_withdrawn(state, event)
    return changes


def _lead_again(state: MatterState) -> tuple[Task, ...]:
    """What was accepted goes on with the unit that led it."""
    if state.accepted_at is None or state.lead is None:
        return state.tasks
    return tuple(replace(t, done_at=None) if t.k == state.lead.k else t for t in state.tasks)


def _plan_over(state: MatterState) -> Plan | None:
    """A plan that went with the strike-off is history; one that still ran goes on."""
    if state.plan is None or state.struck_off_at is None:
        return state.plan
    return replace(state.plan, ended_at=state.struck_off_at)


def _linked(state: MatterState, event: Event) -> dict[str, Any]:
    link = Link(event.payload["link"], UUID(event.payload["other"]), event.occurred_at)
    return {"links": (*state.links, link)}


def _unlinked(state: MatterState, event: Event) -> dict[str, Any]:
    other = UUID(event.payload["other"])
    return {"links": tuple(link for link in state.links if link.other != other or link.kind not in LOOSE_LINKS)}


def _merged(state: MatterState, event: Event) -> dict[str, Any]:
    """One matter goes into another; the one that takes it in (`absorbed`) only remembers it."""
    links = _linked(state, event)
    if event.payload["link"] == LinkKind.ABSORBED:
        return links
    other = UUID(event.payload["other"])
    return {"merged_into": other, "merged_from": state.stage, "result": Result.MERGED, **links}


def _unmerged(state: MatterState, event: Event) -> dict[str, Any]:
    other = UUID(event.payload["other"])
    kept = LOOSE_LINKS | {LinkKind.SAME_VISIT}
    links = tuple(link for link in state.links if link.other != other or link.kind in kept)
    if event.payload.get("link") == LinkKind.ABSORBED:
        return {"links": links}
    return {"merged_into": None, "merged_from": None, "result": None, "links": links}


def _corrected(state: MatterState, event: Event) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in ("category", "present", "concerned", "amount"):
        if event.payload.get(name):
            changes[name] = event.payload[name]
    if event.payload.get("channel"):
        changes["channel"] = Channel(event.payload["channel"])
    return changes or {"category": state.category}


def _recused(state: MatterState, event: Event) -> dict[str, Any]:
    users, units = set(state.recused_users), set(state.recused_units)
    if event.payload.get("recused_user"):
        users.add(event.payload["recused_user"])
    if event.payload.get("recused_unit"):
        units.add(event.payload["recused_unit"])
    return {"recused_users": frozenset(users), "recused_units": frozenset(units)}


def _sight_restricted(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"restricted": True}


def _sealed_late(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"sealed": True}


def _slip_bound(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"slip": event.payload["slip"]}


def _batch_linked(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"batch": event.payload["batch"]}


def _batch_revoked(_state: MatterState, event: Event) -> dict[str, Any]:
    """The batch was taken back: the matter keeps its number and asks for nothing any more."""
    return {"revoked_at": event.occurred_at}


def _due_soon(state: MatterState, event: Event) -> dict[str, Any]:
    return {"warned": {**state.warned, event.payload["clock"]: event.payload["level"]}}


def _breached(state: MatterState, event: Event) -> dict[str, Any]:
    clock = event.payload["clock"]
    return {"breached": state.breached | {clock}, "warned": {**state.warned, clock: event.payload["level"]}}


READINGS: dict[str, Reading] = {
    EventType.RESULT_TOLD: _result_told,
    EventType.CALLED_BACK: _called_back,
    EventType.RESOLUTION_PROPOSED: _resolution_proposed,
    EventType.RESOLUTION_VERIFIED: _resolution_verified,
    EventType.RESOLUTION_WITHDRAWN: resolution_withdrawn,
    EventType.PUT_AT_REST: _put_at_rest,
    EventType.REST_REVOKED: _rest_revoked,
    EventType.RATED: _rated,
    EventType.RATING_REVOKED: _rating_revoked,
    EventType.PARTY_ADDED: _joined,
    EventType.WITHDRAWAL_ASKED: _withdrawal_asked,
    EventType.WITHDRAWAL_REVOKED: _withdrawal_revoked,
    EventType.WITHDRAWAL_CONFIRMED: _withdrawal_confirmed,
    EventType.CLOSED: _closed,
    EventType.STRIKE_OFF_PROPOSED: _strike_off_proposed,
    EventType.STRUCK_OFF: _struck_off,
    EventType.REOPENED: reopened,
    EventType.LINKED: _linked,
    EventType.UNLINKED: _unlinked,
    EventType.SPLIT: _linked,
    EventType.MERGED: _merged,
    EventType.UNMERGED: _unmerged,
    EventType.CORRECTED: _corrected,
    EventType.RECUSED: _recused,
    EventType.SIGHT_RESTRICTED: _sight_restricted,
    EventType.SEALED_LATE: _sealed_late,
    EventType.SLIP_BOUND: _slip_bound,
    EventType.BATCH_LINKED: _batch_linked,
    EventType.BATCH_REVOKED: _batch_revoked,
    EventType.DUE_SOON: _due_soon,
    EventType.BREACHED: _breached,
}
