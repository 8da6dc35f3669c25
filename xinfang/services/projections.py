"""The projections of matters: their rows, tasks and deadlines, written from the states that events add up to."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from xinfang.models import Deadline, Matter, Precedent, SessionBooking, Task
from xinfang.rules.clocks.duties import Clock, Counting
from xinfang.rules.clocks.lateness import look_at
from xinfang.rules.matters.codes import LEDGER_OPEN, NOT_OURS
from xinfang.rules.matters.state import MatterState
from xinfang.rules.tasks.waiting import waits_on, was_returned

AT_ONCE = 500
Stand = tuple[MatterState, tuple[Clock, ...]]


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
        "leaders": sorted(state.leaders),
        "in_charge": state.in_charge,
        "mediators": sorted({user for one in state.mediations for user in one.mediators}),
        "safety_until": state.safety_until,
        "address_kept_at": state.address_kept_at,
        "contested_at": state.contested_at,
        "review_units": sorted({review.organ for review in state.reviews} - {""}),
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
        "amount": state.amount,
        "danger_at": state.danger_at,
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
    return min(running, key=lambda c: (c.due.prudent, c.due_at, c.key) if c.due else (), default=None)


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
            "called_off": task.called_off,
            "follows": task.follows,
            "returns": task.returns,
            "urged": len(task.urged_at),
        }
        for task in state.tasks
    ]


def precedent_rows(state: MatterState) -> list[dict[str, Any]]:
    """The columns of every `Precedent` row; none of a matter that was sealed or whose petitioner wants secrecy."""
    tasks = {task.k: task for task in state.tasks}
    return [
        {
            "k": one.k,
            "decided_at": one.decided_at,
            "part": tasks[one.task].part.value,
            "item": one.item,
            "category": one.category,
            "objector": tasks[one.task].unit,
            "unit": one.instead if one.upheld else tasks[one.task].unit,
            "upheld": one.upheld,
            "ruled_by": one.ruled_by,
            "document": one.document,
        }
        for one in state.objections
        if one.decided_at and one.task in tasks and not (state.sealed or state.restricted)
    ]


def booking_rows(state: MatterState) -> list[dict[str, Any]]:
    """The columns of every `SessionBooking` row: what was called off, or of a sealed matter, takes nothing up."""
    return [
        {"k": one.k, "seat": seat, "span": DateTimeTZRange(one.starts, one.ends)}
        for one in state.sessions
        if one.called_off_at is None and not state.sealed
        for seat in one.seats
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
            "stale": False,
            "level": state.warned.get(clock.key, 0),
            "look_at": look_at(state, clock, counting),
        }
        for clock in clocks
    ]


def write_projections(stands: Iterable[Stand], counting: Counting, known: Collection[UUID]) -> None:
    """Bring the rows, the tasks and the deadlines of matters to what their states say.

    A row that says so already is left alone. `known` are the matters that have rows; a new one brings its own row.
    """
    matters, tasks, deadlines, precedents, ruled, bookings, called = [], [], [], [], set(), [], set()
    for state, clocks in stands:
        if state.id in known:
            matters.append({"chain_id": state.id, **matter_columns(state, clocks)})
        tasks += [{"matter_id": state.id, **row} for row in task_rows(state)]
        deadlines += [{"matter_id": state.id, **row} for row in deadline_rows(state, clocks, counting)]
        if state.objections:
            ruled.add(state.id)
            precedents += [{"matter_id": state.id, **row} for row in precedent_rows(state)]
        if state.sessions:
            called.add(state.id)
            bookings += [{"matter_id": state.id, **row} for row in booking_rows(state)]
    _bring(Matter, ("chain_id",), matters, known)
    _bring(Task, ("matter_id", "k"), tasks, known)
    _bring(Deadline, ("matter_id", "key"), deadlines, known)
    if ruled:
        _bring(Precedent, ("matter_id", "k"), precedents, ruled)
    if called:
        _bring(SessionBooking, ("matter_id", "k", "seat"), bookings, called)


def _bring(table: Any, key: tuple[str, ...], rows: list[dict[str, Any]], known: Collection[UUID]) -> None:
    """Write what is new or says something else, delete what is gone."""
    columns = [name for name in rows[0] if name not in key] if rows else []
    found = table.objects.filter(**{f"{key[0]}__in": known}).values(*key, *columns) if known else ()
    kept = {tuple(row[name] for name in key): row for row in found}
    wanted = {tuple(row[name] for name in key): row for row in rows}
    if gone := [place for place in kept if place not in wanted]:
        table.objects.filter(pk__in=gone).delete()
    put(table, key, columns, [table(**row) for place, row in wanted.items() if kept.get(place) != row])


def put(table: Any, key: Sequence[str], columns: Sequence[str], rows: Sequence[Any]) -> None:
    """Insert these rows; of those that are there already only the columns are written."""
    table.objects.bulk_create(rows, AT_ONCE, update_conflicts=True, unique_fields=key, update_fields=columns)
