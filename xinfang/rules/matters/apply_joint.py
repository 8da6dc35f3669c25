"""What joint handling makes of a matter: parts given, signed for, done, sent back, called off, objected to (B-04)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import AssignMode, RuledBy, Ruling, TaskPart
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.parts import Objection, Task
from xinfang.rules.matters.state import MatterState


def _day(facts: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(facts["due_on"]) if facts.get("due_on") else None


def assigned(state: MatterState, event: Event) -> dict[str, Any]:
    """A new lead takes the part of the one before; co-units are added to those that work already."""
    payload = event.payload
    mode = AssignMode(payload.get("mode", AssignMode.ASSIGNMENT))
    tasks, letter = list(state.tasks), payload.get("document", "")
    if payload.get("lead"):
        tasks = [
            replace(t, returned_at=event.occurred_at)
            if t.is_open and (t.part is TaskPart.LEAD or t.unit == payload["lead"])
            else t
            for t in tasks
        ]
        due, lead = _day(payload), payload["lead"]
        tasks.append(Task(len(tasks) + 1, lead, TaskPart.LEAD, mode, event.occurred_at, due, document=letter))
    for row, part in enumerate(payload.get("co_units", ()), start=1):
        told_in, due, unit = (event.seq, row), _day(part), part["unit"]
        k = len(tasks) + 1
        tasks.append(Task(k, unit, TaskPart.CO, mode, event.occurred_at, due, document=letter, told_in=told_in))
    return {"tasks": tuple(tasks), **_held(event)}


def _held(event: Event) -> dict[str, Any]:
    """Which centre or station has it from now on, where the event says."""
    payload = event.payload
    return {name: payload[name] for name in ("holder", "holder_path")} if payload.get("holder") else {}


def _escalated(state: MatterState, event: Event) -> dict[str, Any]:
    """The centre above has it now; who led it below leads no more, and no clock begins anew."""
    tasks = tuple(
        replace(t, returned_at=event.occurred_at) if t.is_open and t.part is TaskPart.LEAD else t for t in state.tasks
    )
    return {"tasks": tasks, "escalated_to": event.payload.get("holder", ""), **_held(event)}


def _each_of(state: MatterState, unit: str, **changes: Any) -> dict[str, Any]:
    return {"tasks": tuple(replace(t, **changes) if t.unit == unit and t.is_open else t for t in state.tasks)}


def _the(state: MatterState, k: int, **changes: Any) -> tuple[Task, ...]:
    return tuple(replace(t, **changes) if t.k == k else t for t in state.tasks)


def _receipt_signed(state: MatterState, event: Event) -> dict[str, Any]:
    return _each_of(state, event.unit, signed_at=event.occurred_at)


def _handler_named(state: MatterState, event: Event) -> dict[str, Any]:
    return _each_of(state, event.unit, handler=event.payload["handler"])


def _task_done(state: MatterState, event: Event) -> dict[str, Any]:
    tasks = tuple(
        replace(t, done_at=event.occurred_at) if t.unit == event.unit and t.is_open and t.part is TaskPart.CO else t
        for t in state.tasks
    )
    return {"tasks": tasks}


def _task_returned(state: MatterState, event: Event) -> dict[str, Any]:
    """Done, but not enough: the same people do it again, by a day of its own; when it was done first stays."""
    first = next((t for t in state.tasks if t.k == event.payload["k"]), None)
    if first is None:
        return {}
    again = replace(
        first,
        k=len(state.tasks) + 1,
        assigned_at=event.occurred_at,
        due_on=_day(event.payload),
        done_at=None,
        follows=first.k,
        returns=first.returns + 1,
        urged_at=(),
    )
    return {"tasks": (*state.tasks, again)}


def _task_urged(state: MatterState, event: Event) -> dict[str, Any]:
    k, at = event.payload["k"], event.occurred_at
    return {"tasks": tuple(replace(t, urged_at=(*t.urged_at, at)) if t.k == k else t for t in state.tasks)}


def _task_called_off(state: MatterState, event: Event) -> dict[str, Any]:
    return {"tasks": _the(state, event.payload["k"], returned_at=event.occurred_at, called_off=True)}


def _objection(state: MatterState, event: Event, task: Task | None) -> dict[str, Any]:
    made = Objection(len(state.objections) + 1, task.k if task else 0, event.occurred_at)
    return {"objections": (*state.objections, made)}


def _objected(state: MatterState, event: Event) -> dict[str, Any]:
    return _objection(state, event, state.lead)


def _part_objected(state: MatterState, event: Event) -> dict[str, Any]:
    own = (t for t in state.tasks if t.unit == event.unit and t.is_open and t.part is TaskPart.CO)
    return _objection(state, event, next(own, None))


def _decided(state: MatterState, event: Event, task: int, *, upheld: bool) -> dict[str, Any]:
    """The ruling on the open objection to this part, and what it makes of the parts."""
    payload = event.payload
    ruled = {
        "decided_at": event.occurred_at,
        "seq": event.seq,
        "upheld": upheld,
        "ruled_by": RuledBy(payload.get("ruled_by", RuledBy.BUREAU)),
        "document": payload.get("document", ""),
        "instead": payload.get("instead", ""),
        "item": state.item,
        "category": state.category,
    }
    objections = tuple(replace(o, **ruled) if o.task == task and o.is_open else o for o in state.objections)
    return {"objections": objections, "tasks": _ruled_tasks(state, event, task, upheld=upheld), **_held(event)}


def _ruled_tasks(state: MatterState, event: Event, k: int, *, upheld: bool) -> tuple[Task, ...]:
    if not upheld:
        return _the(state, k, ruled=True)
    tasks = _the(state, k, returned_at=event.occurred_at, sent_back=True)
    instead, former = event.payload.get("instead"), next((t for t in state.tasks if t.k == k), None)
    if not instead or former is None:
        return tasks
    # Whoever worked along and leads from now on has one part, not two.
    tasks = tuple(replace(t, returned_at=event.occurred_at) if t.is_open and t.unit == instead else t for t in tasks)
    letter = event.payload.get("document", "")
    due = _day(event.payload) or former.due_on
    new = Task(
        len(tasks) + 1, instead, former.part, former.mode, event.occurred_at, due, document=letter, ruled=True,
        told_in=former.told_in,
    )  # fmt: skip
    return (*tasks, new)


def _lead_k(state: MatterState) -> int:
    return state.lead.k if state.lead else 0


def _objection_upheld(state: MatterState, event: Event) -> dict[str, Any]:
    return _decided(state, event, _lead_k(state), upheld=True)


def _objection_rejected(state: MatterState, event: Event) -> dict[str, Any]:
    return _decided(state, event, _lead_k(state), upheld=False)


def _part_ruled(state: MatterState, event: Event) -> dict[str, Any]:
    return _decided(state, event, event.payload["k"], upheld=event.payload["ruling"] == Ruling.UPHELD)


READINGS: dict[str, Callable[[MatterState, Event], dict[str, Any]]] = {
    EventType.ESCALATED: _escalated,
    EventType.RECEIPT_SIGNED: _receipt_signed,
    EventType.HANDLER_NAMED: _handler_named,
    EventType.TASK_DONE: _task_done,
    EventType.TASK_RETURNED: _task_returned,
    EventType.TASK_URGED: _task_urged,
    EventType.TASK_CALLED_OFF: _task_called_off,
    EventType.OBJECTED: _objected,
    EventType.OBJECTION_UPHELD: _objection_upheld,
    EventType.OBJECTION_REJECTED: _objection_rejected,
    EventType.PART_OBJECTED: _part_objected,
    EventType.PART_RULED: _part_ruled,
}
