"""The projections of one matter: its row, its tasks and its deadlines, written from the state that events add up to."""

from typing import Any

from xinfang.models import Deadline, Matter, Task
from xinfang.rules.clocks.duties import Clock, Counting, clocks_of
from xinfang.rules.clocks.lateness import look_at
from xinfang.rules.matters.codes import LEDGER_OPEN, NOT_OURS
from xinfang.rules.matters.state import MatterState
from xinfang.rules.tasks.waiting import waits_on, was_returned
from xinfang.services.standings import write_standing


def matter_columns(state: MatterState, clocks: tuple[Clock, ...]) -> dict[str, Any]:
    """The columns of `Matter` that follow from its events."""
    following = _next_clock(clocks)
    return {
        "number": state.number,
        "ledger_number": state.ledger_number,
        "stage": state.stage.value,
        "is_open": _is_open(state),
        "holder": state.holder,
        "unit_path": state.holder_path,
        "origin_path": state.origin_path,
        "area": state.area,
        "channel": state.channel.value,
        "kind": state.kind.value if state.kind else "",
        "category": state.category,
        "level": state.level.value if state.level else "",
        "addressee": state.addressee.value if state.addressee else "",
        "nature": state.nature.value if state.nature else "",
        "solvable": state.solvable,
        "restricted": state.restricted,
        "imported": state.imported,
        "sealed": state.sealed,
        "recused_users": sorted(state.recused_users),
        "recused_units": sorted(state.recused_units),
        "contested_at": state.contested_at,
        "withdrawal_asked_at": state.withdrawal.asked_at if state.withdrawal else None,
        "batch": state.batch,
        "lead": state.lead.unit if state.lead else "",
        "organ": state.organ,
        "received_at": state.received_at,
        "registered_at": state.registered_at,
        "registered_by": state.registered_by,
        "triaged_at": state.triaged_at,
        "accepted_at": state.accepted_at,
        "closed_at": state.closed_at,
        "result": state.result.value if state.result else "",
        "resolved_at": state.resolved_at,
        "at_rest_at": state.at_rest_at,
        "struck_off_at": state.struck_off_at,
        "merged_into": state.merged_into,
        "present": state.present,
        "concerned": state.concerned,
        "next_clock": following.key if following else "",
        "next_prudent_on": following.due.prudent if following and following.due else None,
        "waits_on": list(waits_on(state)),
        "was_returned": was_returned(state),
        "last_at": state.last_at,
    }


def _is_open(state: MatterState) -> bool:
    gone = state.merged_into is not None or state.revoked_at is not None or state.sealed
    return state.stage in LEDGER_OPEN and not gone


def _next_clock(clocks: tuple[Clock, ...]) -> Clock | None:
    """The running duty whose prudent day comes first; a right is no duty."""
    running = [c for c in clocks if c.is_running and c.due and c.code not in NOT_OURS]
    return min(running, key=lambda c: (c.due.prudent, c.due.due, c.key) if c.due else (), default=None)


def task_rows(state: MatterState) -> list[dict[str, Any]]:
    """The columns of every `Task` row."""
    return [
        {
            "k": task.k,
            "unit": task.unit,
            "part": task.part.value,
            "mode": task.mode.value,
            "assigned_at": task.assigned_at,
            "due_on": task.due_on,
            "signed_at": task.signed_at,
            "handler": task.handler,
            "done_at": task.done_at,
            "returned_at": task.returned_at,
            "sent_back": task.sent_back,
        }
        for task in state.tasks
    ]


def deadline_rows(state: MatterState, clocks: tuple[Clock, ...], counting: Counting) -> list[dict[str, Any]]:
    """The columns of every `Deadline` row, with the moment at which the watcher must look next."""
    return [
        {
            "key": clock.key,
            "code": clock.code.value,
            "k": clock.k,
            "unit": clock.unit,
            "unit_path": state.holder_path,
            "trigger_at": clock.trigger_at,
            "raw_on": clock.due.raw if clock.due else None,
            "due_on": clock.due.due if clock.due else None,
            "prudent_on": clock.due.prudent if clock.due else None,
            "due_at": clock.due_at,
            "provisional": bool(clock.due and clock.due.provisional),
            "met_at": clock.met_at,
            "ended_at": clock.ended_at,
            "why_not": clock.why_not,
            "rule": clock.rule,
            "paused": clock.paused,
            "level": state.warned.get(clock.key, 0),
            "look_at": look_at(state, clock, counting),
        }
        for clock in clocks
    ]


def write_projections(state: MatterState, counting: Counting) -> None:
    """Bring the row, the tasks, the deadlines and the standing in the figures of a matter to what its state says."""
    clocks = clocks_of(state, counting)
    write_standing(state, clocks)
    Matter.objects.filter(pk=state.id).update(**matter_columns(state, clocks))
    if state.tasks:
        _sync_tasks(state)
    _sync_deadlines(state, clocks, counting)


def _sync_tasks(state: MatterState) -> None:
    rows = task_rows(state)
    Task.objects.bulk_create(
        [Task(matter_id=state.id, **row) for row in rows],
        update_conflicts=True,
        unique_fields=["matter_id", "k"],
        update_fields=[name for name in rows[0] if name != "k"],
    )


def _sync_deadlines(state: MatterState, clocks: tuple[Clock, ...], counting: Counting) -> None:
    rows = deadline_rows(state, clocks, counting)
    keys = [row["key"] for row in rows]
    Deadline.objects.filter(matter_id=state.id).exclude(key__in=keys).delete()
    if rows:
        Deadline.objects.bulk_create(
            [Deadline(matter_id=state.id, **row) for row in rows],
            update_conflicts=True,
            unique_fields=["matter_id", "key"],
            update_fields=[name for name in rows[0] if name != "key"],
        )
