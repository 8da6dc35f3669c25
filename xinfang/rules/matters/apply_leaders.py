"""What the events of a leader's reception make of a matter: who received it, who is in charge of it (article 18)."""

from collections.abc import Callable
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState


def received(state: MatterState, event: Event) -> dict[str, Any]:
    """The leader has heard it; whoever takes charge on the spot is in charge from then on."""
    leader = event.payload["leader"]
    changes: dict[str, Any] = {"received_by": state.received_by | {leader}}
    return {**changes, "in_charge": leader} if event.payload.get("in_charge") else changes


def _taken(_state: MatterState, event: Event) -> dict[str, Any]:
    return {"in_charge": event.payload["leader"]}


def _left(_state: MatterState, _event: Event) -> dict[str, Any]:
    return {"in_charge": None}


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
    EventType.CHARGE_TAKEN: _taken,
    EventType.CHARGE_LEFT: _left,
}
