"""Do the rows say what the events say? Every projection of every matter worked out anew, compared, and put right.

Reads the chains in pages, so that memory does not grow with the ledger. A difference names a matter, a row and a
column, never a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from xinfang.models import Chain, Deadline, Event, Matter, Precedent, SessionBooking, Standing, Task
from xinfang.queries.clocks import counting
from xinfang.rules.clocks.duties import Counting, clocks_of
from xinfang.rules.figures.marks import versions
from xinfang.rules.ledger import chain as rules
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.events import EventType
from xinfang.services.ledger import events_of
from xinfang.services.projections import booking_rows, deadline_rows, matter_columns, precedent_rows, task_rows
from xinfang.services.standings import standing_columns
from xinfang.services.turns import take

PAGE = 200


@dataclass(frozen=True)
class Difference:
    """One place where a projection differs: the table, the row in it, and the column ("" when the row is too many)."""

    matter: UUID
    number: str
    table: str
    row: str
    column: str


def differences() -> Iterator[Difference]:
    """Every difference, matter by matter, in the order of their ids."""
    count = counting()
    for page in _pages():
        with transaction.atomic():
            yield from _of_page(page, count)


def repair(matter: UUID) -> None:
    """Write every projection of one matter anew from its events."""
    with transaction.atomic():
        turn = take(matter)
        columns = matter_columns(turn.state, clocks_of(turn.state, turn.counting))
        Matter.objects.get_or_create(pk=matter, defaults={"submission_key": matter, **columns})
        _rewrite_standings(matter, turn.counting)
        Task.objects.filter(matter_id=matter).exclude(k__in=[task.k for task in turn.state.tasks]).delete()
        Precedent.objects.filter(matter_id=matter).delete()
        SessionBooking.objects.filter(matter_id=matter).delete()
        turn.finish()


def _pages() -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        rows = Chain.objects.filter(kind=Chain.Kind.MATTER, seq__gt=0).order_by("id")
        page = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:PAGE])
        if not page:
            return
        yield page
        last = page[-1]


def _of_page(page: list[UUID], count: Counting) -> Iterator[Difference]:
    events = Event.objects.filter(chain_id__in=page).order_by("chain_id", "seq")
    kept = _Kept(page)
    for matter, rows in groupby(events, key=lambda row: row.chain_id):
        yield from _of_matter(matter, [row.plain() for row in rows], kept, count)


class _Kept:
    """The rows of a page of matters as they are in the database."""

    def __init__(self, page: list[UUID]) -> None:
        self.matters = Matter.objects.in_bulk(page)
        self.tasks = _by_matter(Task.objects.filter(matter_id__in=page), "k")
        self.precedents = _by_matter(Precedent.objects.filter(matter_id__in=page), "k")
        self.bookings = _booked(page)
        self.deadlines = _by_matter(Deadline.objects.filter(matter_id__in=page), "key")
        self.standings = _by_matter(Standing.objects.filter(matter_id__in=page).order_by("seq"), "since")


def _by_matter(rows: Any, key: str) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row.matter_id, {})[str(getattr(row, key))] = row
    return found


def _booked(page: list[UUID]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for row in SessionBooking.objects.filter(matter_id__in=page):
        found.setdefault(row.matter_id, {})[f"{row.k} {row.seat}"] = row
    return found


def _of_matter(matter: UUID, events: list[rules.Event], kept: _Kept, count: Counting) -> Iterator[Difference]:
    state = fold(events)
    clocks = clocks_of(state, count)
    tables = (
        ("matter", {state.number: matter_columns(state, clocks)}, _one(kept.matters.get(matter), state.number)),
        ("task", _keyed(task_rows(state), "k"), kept.tasks.get(matter, {})),
        ("precedent", _keyed(precedent_rows(state), "k"), kept.precedents.get(matter, {})),
        ("booking", {f"{row['k']} {row['seat']}": row for row in booking_rows(state)}, kept.bookings.get(matter, {})),
        ("deadline", _keyed(deadline_rows(state, clocks, count), "key"), kept.deadlines.get(matter, {})),
        ("standing", *_comparable(_standings(events, count), kept.standings.get(matter, {}), events)),
    )
    for table, wanted, found in tables:
        for row, column in _compared(wanted, found):
            yield Difference(matter, state.number, table, row, column)


def _one(row: Matter | None, number: str) -> dict[str, Any]:
    return {number: row} if row is not None else {}


def _keyed(rows: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {str(row[key]): row for row in rows}


def _standings(events: list[rules.Event], count: Counting) -> dict[str, dict[str, Any]]:
    """The versions that the figures keep, by when they began; those of one moment are one.

    Once a new calendar moved dates, only the newest can be worked out: the older ones stood on the old calendar.
    """
    return {str(since): columns for since, _seq, columns in _versions(events, count)}


def _versions(events: list[rules.Event], count: Counting) -> list[tuple[datetime, int, dict[str, Any]]]:
    """When each version began, with which event, and what it holds."""
    by_moment = {event.recorded_at: (event.seq, standing_columns(now)) for event, now in versions(events, count)}
    moments = [(since, seq, columns) for since, (seq, columns) in by_moment.items()]
    distinct = [new for old, new in zip([None, *moments], moments, strict=False) if old is None or old[2] != new[2]]
    ends = [*(since for since, _seq, _columns in distinct[1:]), None]
    return [
        (since, seq, {**columns, "until": until}) for (since, seq, columns), until in zip(distinct, ends, strict=True)
    ]


def _moved_by_calendar(events: list[rules.Event]) -> bool:
    return any(event.type == EventType.RECOMPUTED for event in events)


def _comparable(
    wanted: dict[str, dict[str, Any]], found: dict[str, Any], events: list[rules.Event]
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    if not _moved_by_calendar(events):
        return wanted, found
    last = next(reversed(wanted))
    newest = next((row for row in found.values() if row.until is None), None)
    return {last: wanted[last]}, {last: newest} if newest is not None else {}


def _compared(wanted: dict[str, dict[str, Any]], found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for row, columns in wanted.items():
        if row not in found:
            yield row, "*"
            continue
        for column, value in columns.items():
            if getattr(found[row], column) != value:
                yield row, column
    for row in found:
        if row not in wanted:
            yield row, ""


def _rewrite_standings(matter: UUID, count: Counting) -> None:
    """Every version anew; after a new calendar only the newest, for the older ones are what was published then."""
    events = events_of(matter)
    new = [
        Standing(matter_id=matter, seq=seq, since=since, **columns) for since, seq, columns in _versions(events, count)
    ]
    rows = Standing.objects.filter(matter_id=matter)
    if _moved_by_calendar(events):
        rows.filter(until__isnull=True).update(**_versions(events, count)[-1][2])
        return
    rows.delete()
    Standing.objects.bulk_create(new)
