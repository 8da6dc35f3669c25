"""What the events of a procedure beside a petition make of a matter: begun, told, its result, the limits it opens."""

from dataclasses import replace
from datetime import date
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.apply_limits import noted
from xinfang.rules.matters.codes import Route
from xinfang.rules.matters.state import Limit, MatterState
from xinfang.rules.routes.codes import ExternalOutcome
from xinfang.rules.routes.taken import TakenRoute


def _limits(state: MatterState, event: Event) -> tuple[Limit, ...]:
    """The limits of the matter with those that this event opened."""
    for row in event.payload.get("limits", ()):
        state = replace(state, limits=noted(state, row["rule"], date.fromisoformat(row["from_on"]), event))
    return state.limits


def begun(state: MatterState, event: Event) -> dict[str, Any]:
    said = event.payload
    k, route = len(state.routes) + 1, Route(said["route"])
    taken = TakenRoute(k, route, said.get("procedure", ""), event.occurred_at, said.get("case_number", ""))
    return {
        "route": route,
        "routes": (*state.routes, taken),
        "limits": _limits(state, event),
        "external_result_at": None,
    }


def told(state: MatterState, event: Event) -> dict[str, Any]:
    """The notice reached the petitioner; a second procedure closes nothing that was closed before."""
    routes = tuple(one if one.told_at else replace(one, told_at=event.occurred_at) for one in state.routes)
    return {"routes": routes, "closed_at": state.closed_at or event.occurred_at}


def ended(state: MatterState, event: Event) -> dict[str, Any]:
    said = event.payload
    outcome = ExternalOutcome(said["external_outcome"]) if said.get("external_outcome") else None
    on = date.fromisoformat(said["result_on"]) if said.get("result_on") else None

    def change(one: TakenRoute) -> TakenRoute:
        number = said.get("case_number", one.case_number)
        return replace(one, case_number=number, outcome=outcome, result_on=on, result_at=event.occurred_at)

    return {
        "routes": tuple(change(one) if one.is_open else one for one in state.routes),
        "limits": _limits(state, event),
        "external_result_at": event.occurred_at,
    }
