"""Whom an event concerns: roles in units, by kind of event (who must act next, and who supervises lateness)."""

from collections.abc import Callable
from dataclasses import dataclass

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Role


@dataclass(frozen=True)
class Group:
    """The holders of these roles in these units."""

    roles: frozenset[Role]
    units: frozenset[str]


_HEADS = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD})
_UNIT = frozenset({Role.ORGAN_HEAD, Role.HANDLER, Role.MEMBER_OFFICER, Role.CENTRE_DIRECTOR})


def _holder(_event: Event, after: MatterState) -> list[Group]:
    return [Group(_HEADS, frozenset({after.holder}))]


def _assigned(event: Event, _after: MatterState) -> list[Group]:
    units = {row["unit"] for row in event.payload.get("co_units", ())} | {event.payload.get("lead", "")}
    return [Group(_UNIT, frozenset(units - {""}))]


def _lead(_event: Event, after: MatterState) -> list[Group]:
    units = {task.unit for task in after.open_tasks} or {after.holder}
    return [Group(_UNIT | _HEADS, frozenset(units))]


def _lead_and_holder(event: Event, after: MatterState) -> list[Group]:
    return [*_lead(event, after), *_holder(event, after)]


_WHO: dict[str, Callable[[Event, MatterState], list[Group]]] = {
    EventType.REGISTERED: _holder,
    EventType.ASSIGNED: _assigned,
    EventType.OBJECTED: _holder,
    EventType.OBJECTION_UPHELD: _lead_and_holder,
    EventType.OBJECTION_REJECTED: _lead,
    EventType.TASK_DONE: _lead,
    EventType.URGED: _lead_and_holder,
    EventType.MATERIAL_ADDED: _lead,
    EventType.REFUSAL_CONTESTED: _holder,
    EventType.RECUSAL_ASKED: _holder,
    EventType.WITHDRAWAL_ASKED: _lead_and_holder,
    EventType.PLAN_RETURNED: _lead_and_holder,
    EventType.PLAN_APPROVED: _lead,
    EventType.REPORT_READ: _lead,
    EventType.REOPENED: _lead_and_holder,
    EventType.DUE_SOON: _lead,
    EventType.BREACHED: _lead_and_holder,
}


def recipients(event: Event, _before: MatterState, after: MatterState) -> list[Group]:
    """The groups to tell; an event that is not listed tells nobody."""
    who = _WHO.get(event.type)
    return who(event, after) if who else []
