"""What the events of a safety concern make of a matter: noted, renewed, ended; the address kept and shown (2.7)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import Concern, MatterState

SAFETY_LASTS = timedelta(hours=72)


def _noted(state: MatterState, event: Event) -> dict[str, Any]:
    at = event.occurred_at
    kept = (state.address_kept_at or at) if event.payload.get("at_home") else state.address_kept_at
    noted = Concern(at, at + SAFETY_LASTS, frozenset({event.seq}))
    return {"concerns": (*state.concerns, noted), "address_kept_at": kept, "danger_at": None}


def _open_ones(state: MatterState, event: Event, ended_at: datetime | None) -> dict[str, Any]:
    """Whatever is open is renewed together or ended together; what has lapsed stays lapsed."""

    def changed(concern: Concern) -> Concern:
        if not concern.is_open(event.occurred_at):
            return concern
        until = concern.until if ended_at else event.occurred_at + SAFETY_LASTS
        return replace(concern, until=until, ended_at=ended_at, lines=concern.lines | {event.seq})

    return {"concerns": tuple(changed(concern) for concern in state.concerns)}


def _renewed(state: MatterState, event: Event) -> dict[str, Any]:
    return _open_ones(state, event, None)


def _ended(state: MatterState, event: Event) -> dict[str, Any]:
    return _open_ones(state, event, event.occurred_at)


def _address_shown(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"address_kept_at": None}


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
    EventType.SAFETY_NOTED: _noted,
    EventType.SAFETY_RENEWED: _renewed,
    EventType.SAFETY_ENDED: _ended,
    EventType.ADDRESS_SHOWN: _address_shown,
}
