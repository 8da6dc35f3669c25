"""What the events of noted limits make of a matter: noted, told, met, paused, resumed, dropped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from xinfang.rules.clocks.due import Pause
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import Limit, MatterState


def noted(state: MatterState, rule: str, from_on: date, event: Event) -> tuple[Limit, ...]:
    """The limits of a matter after one more was noted."""
    of = event.payload.get("came_with", 1)
    return (*state.limits, Limit(len(state.limits) + 1, rule, from_on, event.occurred_at, came_with=of))


def _noted(state: MatterState, event: Event) -> dict[str, Any]:
    return {"limits": noted(state, event.payload["rule"], date.fromisoformat(event.payload["from_on"]), event)}


def _changed(state: MatterState, event: Event, change: Callable[[Limit], Limit]) -> dict[str, Any]:
    k = event.payload["k"]
    return {"limits": tuple(change(limit) if limit.k == k else limit for limit in state.limits)}


def _told(state: MatterState, event: Event) -> dict[str, Any]:
    return _changed(state, event, lambda limit: replace(limit, told_at=(*limit.told_at, event.occurred_at)))


def _met(state: MatterState, event: Event) -> dict[str, Any]:
    return _changed(state, event, lambda limit: replace(limit, met_at=event.occurred_at))


def _dropped(state: MatterState, event: Event) -> dict[str, Any]:
    return _changed(state, event, lambda limit: replace(limit, ended_at=event.occurred_at))


def _paused(state: MatterState, event: Event) -> dict[str, Any]:
    pause = Pause(date.fromisoformat(event.payload["since"]))
    return _changed(state, event, lambda limit: replace(limit, pauses=(*limit.pauses, pause)))


def _resumed(state: MatterState, event: Event) -> dict[str, Any]:
    until = date.fromisoformat(event.payload["until"])

    def change(limit: Limit) -> Limit:
        return replace(limit, pauses=(*limit.pauses[:-1], replace(limit.pauses[-1], until=until)))

    return _changed(state, event, change)


def at_the_window(event: Event) -> tuple[Limit, ...]:
    """Limits that were noted while the matter was registered."""
    rows = enumerate(event.payload.get("limits", ()), start=1)
    return tuple(Limit(k, row["rule"], date.fromisoformat(row["from_on"]), event.occurred_at) for k, row in rows)


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
    EventType.LIMIT_NOTED: _noted,
    EventType.LIMIT_TOLD: _told,
    EventType.LIMIT_MET: _met,
    EventType.LIMIT_PAUSED: _paused,
    EventType.LIMIT_RESUMED: _resumed,
    EventType.LIMIT_DROPPED: _dropped,
}
