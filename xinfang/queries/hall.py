"""What happens in the hall today: windows, who waits (numbers alone), what was called, and who sits in which hall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import F, Q, QuerySet

from xinfang.models import HallTicket, HallWindow, Unit
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.hall.tickets import CALLERS, Lane, TicketState, read_name
from xinfang.rules.hall.waits import RECENT, DayOfWaits, Wait, about_minutes, day_of, pace
from xinfang.rules.people.seats import Actor, Role, UnitKind

CALLS_SHOWN = 10
LISTED = 100


def centre_of(actor: Actor, roles: frozenset[Role] = CALLERS) -> Unit | None:
    """The centre in whose hall this person sits with one of these roles."""
    codes = [seat.unit for seat in actor.seats if seat.role in roles]
    return Unit.objects.filter(pk__in=codes, kind=UnitKind.CENTRE.value).order_by("path").first()


def hall(code: str) -> Unit | None:
    """The centre of that code, as long as it is open."""
    return Unit.objects.filter(pk=code, kind=UnitKind.CENTRE.value, open_to__isnull=True).first()


def windows(centre: Unit, *, every: bool = False) -> list[HallWindow]:
    """The windows of a centre, by number; with `every`, those out of use as well."""
    rows = HallWindow.objects.filter(centre=centre).order_by("number")
    return list(rows if every else rows.filter(is_open=True))


def lanes_served(centre: Unit) -> tuple[Lane, ...]:
    """The lanes for which a ticket can be taken: those of the windows in use."""
    letters = "".join(HallWindow.objects.filter(centre=centre, is_open=True).values_list("lanes", flat=True))
    return tuple(lane for lane in Lane if lane.value in letters)


def tickets(centre: Unit, day: date, state: TicketState) -> QuerySet[HallTicket]:
    """The tickets of a day in one state, in the order in which they are called."""
    return HallTicket.objects.filter(centre=centre, day=day, state=state.value).order_by(*IN_TURN)


# Whoever was sent on to a window goes first there, then whoever chose the priority lane, then as they came.
IN_TURN = (F("window").asc(nulls_last=True), "-is_priority", "issued_at", "pk")


def at_window(centre: Unit, day: date, window: int) -> HallTicket | None:
    """The ticket that a window serves at the moment."""
    return tickets(centre, day, TicketState.CALLED).filter(window=window).first()


def ticket(centre: Unit, day: date, name: str) -> HallTicket | None:
    """A ticket of this day by what stands on it."""
    found = read_name(name)
    if found is None:
        return None
    lane, number = found
    return HallTicket.objects.filter(centre=centre, day=day, lane=lane.value, number=number).first()


def ahead_of(held: HallTicket) -> int:
    """How many wait in the same lane before this ticket."""
    earlier = Q(is_priority=held.is_priority, issued_at__lt=held.issued_at)
    earlier |= Q(is_priority=held.is_priority, issued_at=held.issued_at, pk__lt=held.pk)
    if not held.is_priority:
        earlier |= Q(is_priority=True)
    rows = HallTicket.objects.filter(centre=held.centre_id, day=held.day, lane=held.lane, state=TicketState.WAITING)
    return rows.filter(earlier).count()


@dataclass(frozen=True)
class Queue:
    """The queue of a lane now: how many wait, and how long one call of it takes, None when too few were called."""

    lane: Lane
    waiting: int = 0
    pace: timedelta | None = None

    @property
    def about(self) -> int | None:
        """How many minutes whoever takes a ticket now will wait."""
        return about_minutes(self.waiting, self.pace)


def queues(centre: Unit, now: datetime) -> dict[Lane, Queue]:
    """The queues of this moment, by lane; a lane that nobody asked for in the last hour is not among them."""
    today = HallTicket.objects.filter(centre=centre, day=local_day(now))
    rows = today.filter(Q(state=TicketState.WAITING.value) | Q(first_called_at__gt=now - RECENT))
    found: dict[Lane, list[HallTicket]] = {}
    for row in rows.only("lane", "state", "issued_at", "first_called_at"):
        found.setdefault(Lane(row.lane), []).append(row)
    return {
        lane: Queue(
            lane, sum(row.state == TicketState.WAITING.value for row in found[lane]), pace(_waits(found[lane]), now)
        )
        for lane in Lane
        if lane in found
    }


def _waits(rows: Iterable[HallTicket]) -> list[Wait]:
    return [Wait(row.issued_at, row.first_called_at) for row in rows]


def waits_of_day(centre: Unit, now: datetime) -> list[tuple[Lane, DayOfWaits]]:
    """What today was like in each lane until now; the windows are not told apart, so that no clerk is."""
    rows = HallTicket.objects.filter(centre=centre, day=local_day(now)).order_by("lane")
    asked = rows.filter(Q(first_called_at__isnull=False) | Q(state=TicketState.WAITING.value))
    by_lane = groupby(asked, key=lambda row: row.lane)
    return [(Lane(lane), day_of(_waits(group), now)) for lane, group in by_lane]


@dataclass(frozen=True)
class Board:
    """What the screen in the hall shows: numbers and windows, nothing else."""

    calls: tuple[HallTicket, ...]
    queues: tuple[Queue, ...]

    @property
    def total(self) -> int:
        return sum(queue.waiting for queue in self.queues)


def board(centre: Unit, now: datetime) -> Board:
    """The last calls of the day, the newest first, and the lanes in which somebody waits. Two statements."""
    called = HallTicket.objects.filter(centre=centre, day=local_day(now), called_at__isnull=False, window__isnull=False)
    called = called.filter(state__in=[TicketState.CALLED.value, TicketState.DONE.value]).order_by("-called_at", "-pk")
    waiting = tuple(queue for queue in queues(centre, now).values() if queue.waiting)
    return Board(tuple(called[:CALLS_SHOWN]), waiting)
