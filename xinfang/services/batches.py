"""Batches of assigned matters: entered row by row, corrected, linked, taken back within a day (domain 9.6, S16).

Every item of a file counts, whatever became of it: entered as a matter, suspected to be one that is here already,
waiting to be corrected, or diverted to the sealed path (of which nothing is kept but the number of its row).
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from uuid_utils.compat import uuid7

from xinfang.models import Batch, BatchItem, Chain, Event
from xinfang.models.protection import blind_index, protect, reveal
from xinfang.queries.duplicates import same_matter, same_national
from xinfang.queries.places import places
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.intake.batch_cells import Cell, whole
from xinfang.rules.intake.batch_rows import Head, ItemState, Places, Problem, Row, read_head, read_row
from xinfang.rules.intake.registration import person
from xinfang.rules.intake.watched_words import WatchedWords
from xinfang.rules.matters.codes import AssignMode, Lane, Level, Nature
from xinfang.rules.matters.events import SYSTEM_EVENTS, BatchEvent, EventType
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.gathering import gathered, together
from xinfang.services.imports import accusation_words
from xinfang.services.intake import Receipt, register
from xinfang.services.ledger import Draft, When, append, lock_chain, open_chain, seat_of
from xinfang.services.matters import perform
from xinfang.services.turns import take

BUREAU = frozenset({Role.PETITION_BUREAU})
REVOCABLE = timedelta(hours=24)
ROWS_MOST = 1_000_000
FIRST_STEP = "按交办要求转责任单位办理。"
OURS = frozenset({EventType.REGISTERED, EventType.TRIAGED, EventType.ASSIGNED, EventType.BATCH_LINKED, *SYSTEM_EVENTS})


@dataclass(frozen=True)
class Entered:
    """What became of one row; `state` is None when it was there already or has no number of its own."""

    row: int
    state: ItemState | None
    number: str = ""
    problems: tuple[Problem, ...] = ()
    known: bool = False
    line: int = 0


@dataclass(frozen=True)
class FileRow:
    """One row of a file: the line on which it stands, and its cells by key."""

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Taken:
    """What became of a file: its batch with every row, or what is wrong with its head."""

    batch: Batch | None
    rows: tuple[Entered, ...] = ()
    head_problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Desk:
    """What every row of one file is entered with."""

    batch: Batch
    head: Head
    places: Places
    accusing: WatchedWords
    by: Actor
    at: datetime
    unit: str

    @property
    def today(self) -> date:
        return local_day(self.at)


def take_in(
    *,
    head: Mapping[str, Cell],
    rows: Iterable[FileRow],
    file_hash: bytes,
    file_name: str,
    by: Actor,
    at: datetime,
) -> Taken:
    """Enter a whole file: the batch of its head, and every row on its own. Run again it enters nothing twice."""
    _bureau_unit(by)
    batch_head, wrong = read_head(head, local_day(at))
    if batch_head is None:
        return Taken(None, head_problems=wrong)
    batch = open_batch(head=batch_head, file_hash=file_hash, file_name=file_name, by=by, at=at)
    desk, numbers = _desk(batch, batch_head, by, at), set[int]()
    return Taken(batch, tuple(_numbered(desk, row, numbers) for row in rows))


def _numbered(desk: _Desk, row: FileRow, numbers: set[int]) -> Entered:
    try:
        number = whole(row.cells.get("row"), least=1, most=ROWS_MOST)
    except RuleBroken:
        number = None
    if number is None or number in numbers:
        code = "row_number_missing" if number is None else "row_number_twice"
        return Entered(number or 0, None, problems=(Problem("row", code),), line=row.line)
    numbers.add(number)
    with nullcontext() if gathered() else together():
        return replace(_enter(desk, number, row.cells), line=row.line)


def _desk(batch: Batch, head: Head, by: Actor, at: datetime) -> _Desk:
    return _Desk(batch, head, places(), accusation_words(), by, at, _bureau_unit(by))


def open_batch(*, head: Head, file_hash: bytes, file_name: str, by: Actor, at: datetime) -> Batch:
    """The batch of that number, opened if it is not there; refuses a number that another letter already has."""
    _bureau_unit(by)
    known = Batch.objects.filter(number=head.number, revoked_at__isnull=True).first()
    if known is not None:
        if (known.document, known.assigned_on) != (head.document, head.assigned_on):
            raise RuleBroken("batch_number_taken", number=head.number)
        return known
    with transaction.atomic():
        chain = open_chain(UUID(bytes=uuid7().bytes), Chain.Kind.BATCH)
        payload = {
            "number": head.number,
            "document": head.document,
            "assigned_on": head.assigned_on.isoformat(),
            "level": head.level.value if head.level else "",
            "file": file_hash.hex(),
        }
        append(chain, Draft(BatchEvent.BATCH_OPENED, payload), When.now(at), seat_of(by, BUREAU))
        return Batch.objects.create(
            chain=chain,
            number=head.number,
            name=head.name,
            assigned_by=head.assigned_by,
            document=head.document,
            assigned_on=head.assigned_on,
            default_due_on=head.default_due_on,
            level=head.level.value if head.level else "",
            note=head.note,
            file_hash=file_hash,
            file_name=file_name[:200],
            entered_at=at,
        )


def _bureau_unit(by: Actor) -> str:
    seat = by.seat_for(BUREAU)
    if seat is None:
        raise RuleBroken("batch_needs_bureau")
    return seat.unit


def _enter(desk: _Desk, number: int, cells: Mapping[str, Cell]) -> Entered:
    chain = lock_chain(desk.batch.pk)
    row_hash = blind_index(_packed(cells), "batch_row")
    item = BatchItem.objects.filter(batch=desk.batch, row=number).first()
    if item is not None and (bytes(item.row_hash) == row_hash or item.state != ItemState.BLOCKED):
        same = bytes(item.row_hash) == row_hash
        return Entered(number, None, known=True, problems=() if same else (Problem("row", "row_changed"),))
    row = read_row(number, cells, desk.head, desk.places, desk.today, desk.accusing)
    item = item or BatchItem(batch=desk.batch, row=number)
    item.row_hash, item.unit, item.due_on, item.national = row_hash, row.unit, row.due_on, row.national
    return _decide(desk, chain, item, row, cells)


def _decide(desk: _Desk, chain: Chain, item: BatchItem, row: Row, cells: Mapping[str, Cell]) -> Entered:
    state, suspected, number = row.state, None, ""
    if state is ItemState.ENTERED:
        suspected = _suspected(row, desk.at)
        state = ItemState.SUSPECTED if suspected else state
    if state is ItemState.ENTERED:
        receipt = _register(desk, row)
        item.matter_id, item.matter_since, number = receipt.matter, desk.at, receipt.number
    keeps = state in {ItemState.BLOCKED, ItemState.SUSPECTED}
    item.row_sealed = protect(_packed(cells).encode(), _place(desk.batch.pk, item.row)) if keeps else None
    item.state, item.suspected = state.value, suspected
    item.problems = [{"column": p.column, "code": p.code, "facts": dict(p.facts)} for p in row.problems]
    item.save()
    _record(desk, chain, item, row)
    return Entered(row.row, state, number, row.problems)


def _suspected(row: Row, at: datetime) -> UUID | None:
    known = same_national(row.national)
    if known is not None:
        return known
    values = row.values
    texts = (values["original_words"], values["demand"])
    return same_matter(person=person(values["people"][0]), texts=texts, area=values["area"], at=at)


def _register(desk: _Desk, row: Row) -> Receipt:
    """Register, study and assign in one go: the letter names the unit and the date."""
    receipt = register(
        values={**row.values, "unit": desk.unit},
        by=desk.by,
        at=desk.at,
        submission_key=uuid5(desk.batch.pk, str(row.row)),
        batch=str(desk.batch.pk),
    )
    triage = {
        "kind": row.kind,
        "nature": Nature.COMPLEX if row.backlog else Nature.GENERAL,
        "solvable": True,
        "lane": Lane.DISPOSAL,
        "first_step": FIRST_STEP,
    }
    assign: dict[str, Any] = {"mode": AssignMode.TRANSFER, "lead": row.unit}
    if row.due_on is not None:
        assign |= {"mode": AssignMode.ASSIGNMENT, "due_on": row.due_on, "document": desk.batch.document}
    perform("triage", matter=receipt.matter, by=desk.by, at=desk.at, values=triage)
    perform("assign", matter=receipt.matter, by=desk.by, at=desk.at, values=assign)
    return receipt


_EVENTS = {
    ItemState.ENTERED: BatchEvent.ITEM_ENTERED,
    ItemState.SUSPECTED: BatchEvent.ITEM_ENTERED,
    ItemState.BLOCKED: BatchEvent.ITEM_BLOCKED,
    ItemState.DIVERTED: BatchEvent.ITEM_DIVERTED,
}


def _record(desk: _Desk, chain: Chain, item: BatchItem, row: Row) -> None:
    payload: dict[str, Any] = {"row": item.row}
    if row.state is not ItemState.DIVERTED:
        payload |= {"state": item.state, "unit": item.unit, "problems": [p.code for p in row.problems]}
        payload |= {"due_on": item.due_on.isoformat()} if item.due_on else {}
        payload |= {"matter": str(item.matter_id)} if item.matter_id else {}
        payload |= {"suspected": str(item.suspected)} if item.suspected else {}
    append(chain, Draft(_EVENTS[row.state], payload), When.now(desk.at), seat_of(desk.by, BUREAU))


def _packed(cells: Mapping[str, Cell]) -> str:
    return json.dumps({key: cells[key] for key in sorted(cells)}, default=str, ensure_ascii=False)


def _place(batch: UUID, row: int) -> str:
    return f"batch_item|row|{batch}|{row}"


def _locked(batch: UUID, row: int, *states: ItemState) -> tuple[Chain, BatchItem]:
    chain = lock_chain(batch)
    item = BatchItem.objects.select_related("batch").filter(batch=batch, row=row).first()
    if item is None or item.state not in states or item.batch.revoked_at is not None:
        raise RuleBroken("batch_item_settled", field="row")
    return chain, item


def cells_of(item: BatchItem) -> dict[str, Cell]:
    """What the file said in a row that still waits."""
    sealed = bytes(item.row_sealed)  # type: ignore[arg-type]  # whoever waits keeps its row
    cells: dict[str, Cell] = json.loads(reveal(sealed, _place(item.batch_id, item.row)).decode())
    return cells


def head_of(batch: Batch) -> Head:
    """The head of a batch as it was entered."""
    return Head(
        batch.name, batch.number, batch.assigned_by, batch.document, batch.assigned_on, batch.default_due_on,
        Level(batch.level) if batch.level else None, batch.note,
    )  # fmt: skip


def correct_item(*, batch: UUID, row: int, cells: Mapping[str, Cell], by: Actor, at: datetime) -> Entered:
    """Enter a blocked row again with some of its cells replaced; it may still be blocked by others."""
    with nullcontext() if gathered() else together():
        chain, item = _locked(batch, row, ItemState.BLOCKED)
        whole = cells_of(item) | dict(cells)
        desk = _desk(item.batch, head_of(item.batch), by, at)
        append(
            chain,
            Draft(BatchEvent.ITEM_CORRECTED, {"row": row, "columns": sorted(cells)}),
            When.now(at),
            seat_of(by, BUREAU),
        )
        return _enter(desk, row, whole)


@transaction.atomic
def settle_link(*, batch: UUID, row: int, same: bool, by: Actor, at: datetime) -> BatchItem:
    """A person says whether a suspected item is the matter that was there: linked to it, or registered on its own."""
    chain, item = _locked(batch, row, ItemState.SUSPECTED)
    desk = _desk(item.batch, head_of(item.batch), by, at)
    if same and item.suspected is not None:
        item.matter_id, item.state = item.suspected, ItemState.LINKED.value
        turn = take(item.suspected)
        turn.record(Draft(EventType.BATCH_LINKED, {"batch": str(batch), "row": row}), When.now(at), by, BUREAU)
        turn.finish()
    else:
        entry = read_row(row, cells_of(item), desk.head, desk.places, local_day(item.batch.entered_at), desk.accusing)
        with nullcontext() if gathered() else together():
            item.matter_id = _register(desk, replace(entry, due_on=_still(entry.due_on, desk.today))).matter
        item.state = ItemState.ENTERED.value
    item.matter_since, item.suspected, item.row_sealed = at, None, None
    item.save()
    payload = {"row": row, "same": same, "matter": str(item.matter_id)}
    append(chain, Draft(BatchEvent.ITEM_LINKED, payload), When.now(at), seat_of(by, BUREAU))
    return item


def _still(due_on: date | None, today: date) -> date | None:
    """A date of the letter that has passed while the row waited cannot be set any more."""
    return due_on if due_on is not None and due_on >= today else None


@transaction.atomic
def revoke_batch(*, batch: UUID, by: Actor, at: datetime) -> None:
    """Take a batch back within 24 hours: its matters keep their numbers and leave the work lists and the figures.

    Refused once anybody has worked on one of its matters.
    """
    _bureau_unit(by)
    chain = lock_chain(batch)
    row = Batch.objects.get(pk=batch)
    if row.revoked_at is not None or at - row.entered_at > REVOCABLE:
        raise RuleBroken("batch_not_revocable")
    items = list(BatchItem.objects.filter(batch=batch, matter__isnull=False).order_by("matter_id"))
    own = [item.matter_id for item in items if item.matter_id and item.state == ItemState.ENTERED]
    if Event.objects.filter(chain_id__in=own).exclude(type__in=OURS).exists():
        raise RuleBroken("batch_worked_on")
    for item in items:
        revoked = item.state == ItemState.ENTERED
        turn = take(item.matter_id)  # type: ignore[arg-type]  # only items with a matter were read
        draft = Draft(EventType.BATCH_REVOKED, {"batch": str(batch), "stage": "closed"})
        turn.record(draft if revoked else Draft(EventType.BATCH_LINKED, {"batch": ""}), When.now(at), by, BUREAU)
        turn.finish()
    append(chain, Draft(BatchEvent.REVOKED, {"items": len(items)}), When.now(at), seat_of(by, BUREAU))
    Batch.objects.filter(pk=batch).update(revoked_at=at)
