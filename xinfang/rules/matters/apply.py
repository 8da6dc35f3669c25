"""What an event makes of a matter: the one reading of events that screen, rules, projections and `rebuild` share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters import (
    apply_closing,
    apply_handling,
    apply_joint,
    apply_leaders,
    apply_limits,
    apply_mediation,
    apply_review,
    apply_routes,
    apply_safety,
    apply_sessions,
    apply_urgent,
)
from xinfang.rules.matters.codes import (
    Channel,
    DayMode,
    ExplicitSource,
    Kind,
    Lane,
    Level,
    Nature,
    RefusalGround,
    Result,
    Stage,
)
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import Classing, DocumentFact, ExplicitDate, MatterState
from xinfang.rules.people.seats import Role

Reading = Callable[[MatterState, Event], dict[str, Any]]


def born(event: Event) -> MatterState:
    """The state that a `registered` event opens."""
    payload = event.payload
    return MatterState(
        limits=apply_limits.at_the_window(event),
        id=event.chain,
        seq=event.seq,
        last_at=event.recorded_at,
        stage=Stage.REGISTERED,
        received_at=event.occurred_at,
        registered_at=event.recorded_at,
        registered_by=event.actor,
        number=payload["number"],
        ledger_number=payload["ledger_number"],
        channel=Channel(payload["channel"]),
        area=payload["area"],
        origin_unit=payload["holder"],
        holder=payload["holder"],
        holder_path=payload["holder_path"],
        origin_path=payload["holder_path"],
        day_mode=DayMode(payload["day_mode"]),
        policy=payload.get("policy", 0),
        opens=payload.get("opens", ""),
        closes=payload.get("closes", ""),
        closed_then=payload.get("closed", False),
        kind=Kind(payload["kind"]) if payload.get("kind") else None,
        purpose=payload.get("purpose", ""),
        category=payload.get("category", ""),
        item=payload.get("item", ""),
        level=Level(payload["level"]) if payload.get("level") else None,
        addressee=Level(payload["addressee"]) if payload.get("addressee") else None,
        present=payload.get("present", 1),
        concerned=payload.get("concerned", 1),
        anonymous=payload.get("anonymous", False),
        restricted=payload.get("restricted", False),
        imported=payload.get("imported", False),
        batch=payload.get("batch", ""),
        **_kept_away(payload),
        **_at_the_window(event),
    )


def _at_the_window(event: Event) -> dict[str, Any]:
    """What the visit asked for beside the story: papers that are missing, somebody who reads it at once."""
    danger_at = event.occurred_at if event.payload.get("danger") else None
    return {"papers_asked": bool(event.payload.get("missing")), "danger_at": danger_at}


def _kept_away(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Whom the registration keeps away from the matter."""
    return {name: frozenset(payload.get(name, ())) for name in ("recused_users", "recused_units")}


def explicit_of(event: Event) -> ExplicitDate | None:
    """The explicit date in a payload, if it names one."""
    payload = event.payload
    if not payload.get("explicit_on"):
        return None
    return ExplicitDate(
        on=date.fromisoformat(payload["explicit_on"]),
        source=ExplicitSource(payload["explicit_source"]),
        document=payload.get("explicit_document", ""),
        set_at=event.occurred_at,
    )


def _explicits(state: MatterState, event: Event) -> tuple[ExplicitDate, ...]:
    """The dates of its own after this event; the same date named again is not another one."""
    own = explicit_of(event)
    if own is None or (state.explicit is not None and own.on == state.explicit.on):
        return state.explicits
    return (*state.explicits, own)


def _triaged(state: MatterState, event: Event) -> dict[str, Any]:
    payload = event.payload
    return {
        "kind": Kind(payload["kind"]),
        "nature": Nature(payload["nature"]),
        "solvable": payload.get("solvable", False),
        "lane": Lane(payload["lane"]) if payload.get("lane") else None,
        "category": payload.get("category") or state.category,
        "item": payload.get("item") or state.item,
        "amount": payload.get("amount") or state.amount,
        "triaged_at": state.triaged_at or event.occurred_at,
        "triaged_by": event.actor,
        "explicits": _explicits(state, event),
    }


def _reclassified(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"nature": Nature(event.payload["nature"]), "solvable": event.payload.get("solvable", False)}


def _explicit_set(state: MatterState, event: Event) -> dict[str, Any]:
    return {"explicits": _explicits(state, event)}


def _leader_received(state: MatterState, event: Event) -> dict[str, Any]:
    return {"explicits": _explicits(state, event), **apply_leaders.received(state, event)}


def _assigned(state: MatterState, event: Event) -> dict[str, Any]:
    return {"explicits": _explicits(state, event), **apply_joint.assigned(state, event)}


def issued(state: MatterState, event: Event, kind: str, *, served: bool = False) -> tuple[DocumentFact, ...]:
    """The documents of a matter after this event issued one more (none if it carries no number)."""
    number = event.payload.get("document", "")
    if not number:
        return state.documents
    document = DocumentFact(kind, number, event.unit, event.occurred_at)
    if served:
        document = replace(document, served_at=event.occurred_at, way=event.payload.get("way", ""))
    return (*state.documents, document)


def _informed(state: MatterState, event: Event) -> dict[str, Any]:
    return {
        "documents": issued(state, event, "destination_notice", served=True),
        "told_at": state.told_at or event.occurred_at,
        "result_told_at": event.occurred_at,
        "closed_at": event.occurred_at,
        "result": Result.INFORMED,
        **_decided(state, event),
    }


def _decided(state: MatterState, event: Event) -> dict[str, Any]:
    """Which organ decided; where it is the petition bureau, others must look at its work."""
    return {
        "organ": event.unit,
        "decided_by_bureau": state.decided_by_bureau or event.role == Role.PETITION_BUREAU,
    }


def _channelled(state: MatterState, event: Event) -> dict[str, Any]:
    return {
        "documents": issued(state, event, "route_notice"),
        **apply_routes.begun(state, event),
        **_decided(state, event),
    }


def _channelling_told(state: MatterState, event: Event) -> dict[str, Any]:
    return {
        "documents": served(state, event, "route_notice"),
        "told_at": state.told_at or event.occurred_at,
        "result_told_at": event.occurred_at,
        **apply_routes.told(state, event),
        "result": Result.CHANNELLED,
    }


def _accepted(state: MatterState, event: Event) -> dict[str, Any]:
    return {
        "documents": issued(state, event, "acceptance_notice"),
        "accepted_at": state.accepted_at or event.occurred_at,
        "organ": event.unit,
    }


def _not_accepted(state: MatterState, event: Event) -> dict[str, Any]:
    return {
        "documents": issued(state, event, "non_acceptance_notice"),
        "refusal_ground": RefusalGround(event.payload["ground"]),
        "refused_at": state.refused_at or event.occurred_at,
        **_decided(state, event),
    }


def _no_longer(state: MatterState, event: Event) -> dict[str, Any]:
    return {
        "documents": issued(state, event, "no_longer_notice"),
        "refusal_ground": RefusalGround.N2_REVIEWED_SAME_FACTS,
        "refused_at": state.refused_at or event.occurred_at,
        **_decided(state, event),
    }


def served(state: MatterState, event: Event, kind: str) -> tuple[DocumentFact, ...]:
    """The documents of a matter after those of this kind reached the petitioner."""
    return tuple(
        replace(d, served_at=event.occurred_at, way=event.payload.get("way", ""))
        if d.kind == kind and d.served_at is None
        else d
        for d in state.documents
    )


REFUSALS = {"non_acceptance_notice": Result.NOT_ACCEPTED, "no_longer_notice": Result.NO_LONGER}
TELLING = frozenset(
    {"acceptance_notice", "non_acceptance_notice", "no_longer_notice", "route_notice", "destination_notice"}
)


def _document_served(state: MatterState, event: Event) -> dict[str, Any]:
    kind = event.payload["document_kind"]
    changes: dict[str, Any] = {"documents": served(state, event, kind)}
    if kind in TELLING:
        changes["told_at"] = state.told_at or event.occurred_at
    if kind in REFUSALS and state.stage in {Stage.NOT_ACCEPTED, Stage.NO_LONGER}:
        changes |= {"closed_at": event.occurred_at, "result": REFUSALS[kind], "result_told_at": event.occurred_at}
    return changes


def _refusal_contested(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"contested_at": event.occurred_at}


def _refusal_upheld(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"contested_at": None}


def _refusal_overturned(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {
        "contested_at": None,
        "refusal_ground": None,
        "refused_at": None,
        "closed_at": None,
        "struck_off_at": None,
        "strike_off_proposed_at": None,
        "result": None,
        "result_told_at": None,
        "organ": "",
    }


def _more_people(state: MatterState, event: Event) -> dict[str, Any]:
    """More people may be concerned than were counted before, never fewer."""
    return {"concerned": max(state.concerned, event.payload.get("concerned", 0))}


def _nothing(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {}


READINGS: dict[str, Reading] = {
    EventType.CONTACT_ADDED: _more_people,
    EventType.TRIAGED: _triaged,
    EventType.RECLASSIFIED: _reclassified,
    EventType.EXPLICIT_DATE_SET: _explicit_set,
    EventType.INFORMED: _informed,
    EventType.CHANNELLED: _channelled,
    EventType.CHANNELLING_TOLD: _channelling_told,
    EventType.EXTERNAL_RESULT_RECORDED: apply_routes.ended,
    EventType.ACCEPTED: _accepted,
    EventType.NOT_ACCEPTED: _not_accepted,
    EventType.NO_LONGER_ACCEPTED: _no_longer,
    EventType.DOCUMENT_SERVED: _document_served,
    EventType.REFUSAL_CONTESTED: _refusal_contested,
    EventType.REFUSAL_UPHELD: _refusal_upheld,
    EventType.REFUSAL_OVERTURNED: _refusal_overturned,
    EventType.LEADER_RECEIVED: _leader_received,
    EventType.ASSIGNED: _assigned,
    **apply_joint.READINGS,
    **apply_handling.READINGS,
    **apply_closing.READINGS,
    **apply_limits.READINGS,
    **apply_review.READINGS,
    **apply_urgent.READINGS,
    **apply_safety.READINGS,
    **apply_leaders.READINGS,
    **apply_sessions.READINGS,
    **apply_mediation.READINGS,
}


def apply(state: MatterState, event: Event) -> MatterState:
    """The state after one more event; the payload's `stage` is where the matter stands then."""
    changes = READINGS.get(event.type, _nothing)(state, event)
    if event.payload.get("stage"):
        changes["stage"] = Stage(event.payload["stage"])
    if event.payload.get("danger"):
        changes["danger_at"] = event.occurred_at
    after = replace(state, seq=event.seq, last_at=event.recorded_at, **changes)
    return _firsts(_classed(state, after, event))


def _classed(before: MatterState, after: MatterState, event: Event) -> MatterState:
    """Keep since when a matter is classified as it is."""
    explicit = after.explicit is not None
    if (before.nature, before.solvable, before.explicit is not None) == (after.nature, after.solvable, explicit):
        return after
    classing = Classing(event.occurred_at, after.nature, after.solvable, explicit)
    return replace(after, classings=(*after.classings, classing))


def _firsts(state: MatterState) -> MatterState:
    """Keep when something was first reached: reopening takes a fact back, but never gives a clock back."""
    if (
        state.first_implemented_at == state.implemented_at
        and state.first_opinion_at == state.opinion_served_at
        and state.first_closed_at == state.closed_at
    ):
        return state
    return replace(
        state,
        first_implemented_at=state.first_implemented_at or state.implemented_at,
        first_opinion_at=state.first_opinion_at or state.opinion_served_at,
        first_closed_at=state.first_closed_at or state.closed_at,
    )


def fold(events: Iterable[Event]) -> MatterState:
    """The state that a whole chain adds up to; the first event must be `registered`."""
    rows = iter(events)
    first = next(rows)
    if first.type != EventType.REGISTERED:
        msg = f"a matter begins with its registration, not with {first.type}"
        raise ValueError(msg)
    state = born(first)
    for event in rows:
        state = apply(state, event)
    return state
