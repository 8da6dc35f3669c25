"""The hall for everybody: the screen with the calls, and one's own ticket. Numbers and windows, never a person."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.labels.hall import LANES, TICKET_STATES, about
from xinfang.models import HallTicket, Unit
from xinfang.queries import catalogue
from xinfang.queries import hall as known
from xinfang.queries import hall_roster as roster
from xinfang.queries.hall_attendance import on_duty
from xinfang.queries.house import house_of
from xinfang.rules.hall.tickets import Lane, TicketState
from xinfang.rules.hall.waits import about_minutes
from xinfang.web.parts.middleware import calls_home
from xinfang.web.parts.requests import moment_of, today_of
from xinfang.web.public.frame import page

# Seconds after which the screen asks again: without a script it loads itself, with one it asks for itself.
AGAIN_AFTER = 5


def hall_or_404(code: str) -> Unit:
    """The centre of that code."""
    centre = known.hall(code)
    if centre is None:
        raise Http404
    return centre


@dataclass(frozen=True)
class Call:
    """A call on the screen; `mark` is another one when the same ticket is called again, `said` is what is spoken."""

    name: str
    window: int
    mark: str
    said: str
    is_now: bool


def _call(row: HallTicket) -> Call:
    spelt = " ".join(str(row))
    said = _("请 %(number)s 号到 %(window)s 号窗口") % {"number": spelt, "window": row.window}
    is_now = row.state == TicketState.CALLED.value
    return Call(str(row), row.window or 0, f"{row.pk}-{row.window}-{row.calls}", said, is_now)


@require_safe
def board(request: HttpRequest, centre: str) -> HttpResponse:
    """The screen of the hall."""
    hall = hall_or_404(centre)
    shown = known.board(hall, moment_of(request))
    context = {
        "hall": hall,
        "calls": [_call(row) for row in shown.calls],
        "total": shown.total,
        "waiting": [(LANES[queue.lane], queue.waiting, about(queue.about)) for queue in shown.queues],
        "at": moment_of(request),
        "again_after": AGAIN_AFTER,
    }
    answer = page(request, "hall_board", context)
    # The one page that asks the server for itself from a script.
    return calls_home(answer)


@require_safe
def ticket(request: HttpRequest, centre: str, name: str) -> HttpResponse:
    """One ticket of today: for the printer at first, and to look how far the queue has come."""
    hall = hall_or_404(centre)
    row = known.ticket(hall, today_of(request), name)
    if row is None:
        raise Http404
    is_waiting, ahead = row.state == TicketState.WAITING.value, known.ahead_of(row)
    context = {
        "hall": hall,
        "ticket": row,
        "words": LANES[Lane(row.lane)],
        "state": TICKET_STATES[TicketState(row.state)],
        "is_waiting": is_waiting,
        "ahead": ahead,
        "about": _about(request, hall, row, ahead) if is_waiting else "",
        "hours": house_of(hall.pk).hours,
        "to_desk": request.user.is_authenticated,
    }
    return page(request, "hall_ticket", context)


def _about(request: HttpRequest, hall: Unit, row: HallTicket, ahead: int) -> str:
    """How much longer this ticket will wait, in words."""
    queue = known.queues(hall, moment_of(request))[Lane(row.lane)]
    return about(about_minutes(ahead, queue.pace))


@require_safe
def notice(request: HttpRequest, centre: str) -> HttpResponse:
    """F-31, the notice board: what XF§18 wants on the wall, from what the house knows, on one sheet of A4."""
    hall = hall_or_404(centre)
    today = today_of(request)
    house = house_of(hall.pk)
    context = {
        "hall": hall,
        "phone": house.phone,
        "hours": house.hours,
        "site": request.build_absolute_uri(reverse("home")),
        "today": today,
        "on_duty": on_duty(hall, moment_of(request)),
        "receptions": roster.receptions(hall, today),
        "accusing": catalogue.accusation_channels()["channels"],
    }
    return page(request, "hall_notice", context)
