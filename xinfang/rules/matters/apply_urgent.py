"""What the events of a grave or urgent matter make of it: marked, reported, no longer urgent (article 25)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ReportedTo
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState, Urgency


def _marked(state: MatterState, event: Event) -> dict[str, Any]:
    mark = Urgency(len(state.urgencies) + 1, event.occurred_at)
    return {"urgencies": (*state.urgencies, mark), "danger_at": None}


def _changed(state: MatterState, **changes: Any) -> dict[str, Any]:
    """The mark that stands, changed; without one there is nothing to change."""
    mark = state.urgency
    return {"urgencies": (*state.urgencies[:-1], replace(mark, **changes))} if mark else {}


def _reported(state: MatterState, event: Event) -> dict[str, Any]:
    """The first report to the own Party committee and government counts; whoever else is told is on the record."""
    mark = state.urgency
    if event.payload["reported_to"] != ReportedTo.COMMITTEE or (mark and mark.reported_at):
        return {}
    return _changed(state, reported_at=event.occurred_at)


def _ended(state: MatterState, event: Event) -> dict[str, Any]:
    return _changed(state, ended_at=event.occurred_at)


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
    EventType.URGENT_MARKED: _marked,
    EventType.URGENT_REPORTED: _reported,
    EventType.URGENT_ENDED: _ended,
}
