"""The queue of the hall: tickets are given out, called, sent on and ended; each by one clerk only.

Sources: domain H-04 (tickets are anonymous), A-07 (work in one place); the law on barrier-free surroundings, article 40
(a priority lane, by one's own choice). A ticket is no fact of a matter and goes with its day.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from xinfang.models import HallTicket, HallWindow, Unit
from xinfang.queries.hall import IN_TURN
from xinfang.queries.hall_roster import holds_on
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.hall.tickets import (
    CALLERS,
    LAST_NUMBER,
    SETTERS,
    TicketState,
    lane_of,
    lanes_of,
    require,
    window_number,
)
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people.seats import Actor, UnitKind
from xinfang.rules.people.units import plain_name
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record


@transaction.atomic
def set_window(
    *,
    centre: str,
    number: str,
    name: str,
    lanes: str,
    is_open: bool,
    by: Actor,
    at: datetime,
    stand_in: int | None = None,
) -> HallWindow:
    """Set up a window of the hall, or change what it serves; taking it out of use frees whoever was sent to it.

    `stand_in` is its standing B角: somebody who holds a post of this hall.
    """
    require(by, centre, SETTERS)
    place = window_number(number)
    served = "".join(lane.value for lane in lanes_of(lanes))
    shown = plain_name(name, "name", most=40)
    if stand_in is not None and not holds_on(centre, stand_in, [local_day(at)]):
        raise RuleBroken("holds_no_post_then", field="stand_in")
    row, _created = HallWindow.objects.update_or_create(
        centre_id=centre,
        number=place,
        defaults={"name": shown, "lanes": served, "is_open": is_open, "stand_in_id": stand_in},
    )
    if not is_open:
        today = HallTicket.objects.filter(centre=centre, day=local_day(at), window=place)
        today.filter(state=TicketState.WAITING.value).update(window=None)
    change = {"unit": centre, "window": place, "name": shown, "lanes": served, "is_open": is_open, "stand_in": stand_in}
    record(HouseEvent.WINDOW_SET, change, by=by, at=at, roles=SETTERS)
    return row


@transaction.atomic
def issue(*, centre: str, lane: str, priority: bool, at: datetime) -> HallTicket:
    """The next ticket of a lane. What is left of earlier days goes now."""
    chosen, day = lane_of(lane), local_day(at)
    # The row of the centre orders those who take a ticket at the same moment: no number is given out twice.
    halls = Unit.objects.select_for_update(no_key=True)
    if not halls.filter(pk=centre, kind=UnitKind.CENTRE.value, open_to__isnull=True).exists():
        raise RuleBroken("not_found")
    if not HallWindow.objects.filter(centre=centre, is_open=True, lanes__contains=chosen.value).exists():
        raise RuleBroken("lane_not_served", field="lane")
    HallTicket.objects.filter(centre=centre, day__lt=day).delete()
    given = HallTicket.objects.filter(centre=centre, day=day, lane=chosen.value).aggregate(last=Max("number"))
    number = (given["last"] or 0) + 1
    if number > LAST_NUMBER:
        raise RuleBroken("tickets_run_out", field="lane")
    return HallTicket.objects.create(
        centre_id=centre, day=day, lane=chosen.value, number=number, is_priority=priority, issued_at=at
    )


@transaction.atomic
def call_next(*, centre: str, window: int, seen: int, by: Actor, at: datetime) -> HallTicket | None:
    """End what this window serves and call whoever is next; None when nobody waits.

    `seen` is the ticket that the page showed as being served (0 for none): a second click calls nobody.
    Another window that calls at the same moment passes over the row that we hold.
    """
    place = _window(centre, window, by)
    today = HallTicket.objects.filter(centre=centre, day=local_day(at))
    served = today.filter(window=window, state=TicketState.CALLED.value)
    if (served.values_list("pk", flat=True).first() or 0) != seen:
        raise RuleBroken("ticket_moved_on")
    served.update(state=TicketState.DONE.value)
    mine = Q(window=window) | Q(window__isnull=True, lane__in=list(place.lanes))
    waiting = today.filter(mine, state=TicketState.WAITING.value).order_by(*IN_TURN)
    row = waiting.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.state, row.window, row.calls, row.called_at = TicketState.CALLED.value, window, row.calls + 1, at
    row.first_called_at = row.first_called_at or at
    row.save(update_fields=["state", "window", "calls", "called_at", "first_called_at"])
    return row


@transaction.atomic
def call_again(*, centre: str, window: int, ticket: int, by: Actor, at: datetime) -> HallTicket:
    """Call the ticket that this window serves once more."""
    row = _served(centre, window, ticket, by, at)
    row.calls, row.called_at = row.calls + 1, at
    row.save(update_fields=["calls", "called_at"])
    return row


@transaction.atomic
def skip(*, centre: str, window: int, ticket: int, by: Actor, at: datetime) -> HallTicket:
    """Nobody came; the ticket waits aside until its holder shows up again."""
    return _left(_served(centre, window, ticket, by, at), TicketState.SKIPPED, window)


@transaction.atomic
def finish(*, centre: str, window: int, ticket: int, by: Actor, at: datetime) -> HallTicket:
    """The visit to this window is over."""
    return _left(_served(centre, window, ticket, by, at), TicketState.DONE, window)


@transaction.atomic
def transfer(*, centre: str, window: int, ticket: int, to: int, by: Actor, at: datetime) -> HallTicket:
    """Send on to another window, where the ticket is next; nobody takes a second number."""
    row = _served(centre, window, ticket, by, at)
    if to == window or not HallWindow.objects.filter(centre=centre, number=to, is_open=True).exists():
        raise RuleBroken("window_unknown", field="to")
    return _left(row, TicketState.WAITING, to)


@transaction.atomic
def bring_back(*, centre: str, window: int, ticket: int, by: Actor, at: datetime) -> HallTicket:
    """Whoever missed the call is here after all and is next at this window."""
    _window(centre, window, by)
    aside = HallTicket.objects.filter(pk=ticket, centre=centre, day=local_day(at), state=TicketState.SKIPPED.value)
    row = aside.select_for_update().first()
    if row is None:
        raise RuleBroken("ticket_moved_on")
    return _left(row, TicketState.WAITING, window)


def _window(centre: str, window: int, by: Actor) -> HallWindow:
    """The window under lock: two clicks at the same window come one after the other."""
    require(by, centre, CALLERS)
    row = HallWindow.objects.select_for_update().filter(centre=centre, number=window, is_open=True).first()
    if row is None:
        raise RuleBroken("window_unknown", field="window")
    return row


def _served(centre: str, window: int, ticket: int, by: Actor, at: datetime) -> HallTicket:
    """The ticket as long as this window serves it."""
    _window(centre, window, by)
    called = HallTicket.objects.filter(centre=centre, day=local_day(at), window=window, state=TicketState.CALLED.value)
    row = called.select_for_update().filter(pk=ticket).first()
    if row is None:
        raise RuleBroken("ticket_moved_on")
    return row


def _left(row: HallTicket, state: TicketState, window: int) -> HallTicket:
    row.state, row.window = state.value, window
    row.save(update_fields=["state", "window"])
    return row
