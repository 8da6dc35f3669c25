"""What joint sessions make of a matter: called, answered, moved, called off, held, minutes corrected (B-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.sessions.codes import Answer, Attendance, GuestKind
from xinfang.rules.sessions.session import Guest, Session


def _guest(n: int, row: dict[str, Any]) -> Guest:
    return Guest(n, GuestKind(row["kind"]), row.get("user"), row.get("unit", ""), row.get("person", ""))


def _called(state: MatterState, event: Event) -> dict[str, Any]:
    payload = event.payload
    session = Session(
        k=len(state.sessions) + 1,
        seq=event.seq,
        called_at=event.occurred_at,
        chair=event.actor,
        room=payload["room"],
        starts=datetime.fromisoformat(payload["starts"]),
        ends=datetime.fromisoformat(payload["ends"]),
        guests=tuple(_guest(n, row) for n, row in enumerate(payload["guests"], start=1)),
        mediation_k=payload.get("mediation_k", 0),
    )
    return {"sessions": (*state.sessions, session)}


def _the(state: MatterState, event: Event, **changes: Any) -> dict[str, Any]:
    return {"sessions": tuple(replace(s, **changes) if s.k == event.payload["k"] else s for s in state.sessions)}


def _guests(state: MatterState, event: Event) -> tuple[Guest, ...]:
    return next((s.guests for s in state.sessions if s.k == event.payload["k"]), ())


def _answered(state: MatterState, event: Event) -> dict[str, Any]:
    n, said, at = event.payload["n"], Answer(event.payload["answer"]), event.occurred_at
    guests = (replace(g, answer=said, answered_at=at) if g.n == n else g for g in _guests(state, event))
    return _the(state, event, guests=tuple(guests))


def _moved(state: MatterState, event: Event) -> dict[str, Any]:
    """Another time is another question: everybody is asked anew."""
    payload = event.payload
    return _the(
        state,
        event,
        room=payload["room"],
        starts=datetime.fromisoformat(payload["starts"]),
        ends=datetime.fromisoformat(payload["ends"]),
        moves=payload["moves"],
        guests=tuple(replace(g, answer=Answer.WAITING, answered_at=None) for g in _guests(state, event)),
    )


def _called_off(state: MatterState, event: Event) -> dict[str, Any]:
    return _the(state, event, called_off_at=event.occurred_at)


def _written(state: MatterState, event: Event) -> dict[str, Any]:
    payload = event.payload
    attendance = tuple((row["n"], Attendance(row["was"])) for row in payload["attendance"])
    return _the(state, event, minutes=event.seq, version=payload["version"], attendance=attendance)


def _held(state: MatterState, event: Event) -> dict[str, Any]:
    held = _the(state, event, held_at=event.occurred_at)
    return _written(replace(state, **held), event)


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
    EventType.SESSION_CALLED: _called,
    EventType.SESSION_ANSWERED: _answered,
    EventType.SESSION_MOVED: _moved,
    EventType.SESSION_CALLED_OFF: _called_off,
    EventType.SESSION_HELD: _held,
    EventType.SESSION_CORRECTED: _written,
}
