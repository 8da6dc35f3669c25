"""Calling from the registration form: the next ticket, and the form comes back with everything that was typed."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from xinfang.queries import hall as known
from xinfang.rules.hall.tickets import TicketState
from xinfang.web.desk.hall_seat import sits_at
from xinfang.web.parts.requests import StaffRequest

# What the buttons send with the form, so that the form is only looked at and nothing is registered.
LOOK = "look"


def calling(request: StaffRequest) -> dict[str, Any]:
    """What `desk/parts/calling.html` shows; nothing for whoever sits at no window of a hall."""
    centre = known.centre_of(request.actor)
    number = sits_at(request, centre) if centre else 0
    windows = known.windows(centre) if centre and number else []
    seat = next((row for row in windows if row.number == number), None)
    if centre is None or seat is None:
        return {}
    return {
        "calling": {
            "seat": seat,
            "served": known.at_window(centre, request.today, seat.number),
            "waiting": known.tickets(centre, request.today, TicketState.WAITING).count(),
            "others": [row for row in windows if row != seat],
        }
    }


def back_to_form() -> HttpResponse:
    """The browser sends the whole form on to its own page, which shows it again: nothing typed is lost."""
    return HttpResponse(status=307, headers={"Location": reverse("desk:intake_form")})
