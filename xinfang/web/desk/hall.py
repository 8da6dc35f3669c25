"""Calling in the hall: one window, one ticket at a time; giving out tickets at the desk; which windows there are."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.labels.hall import LANES
from xinfang.labels.refusals import word
from xinfang.models import HallTicket, Unit
from xinfang.queries import hall as known
from xinfang.queries.hall_attendance import attendance, is_attended
from xinfang.queries.hall_exchange import exchanges
from xinfang.queries.hall_roster import people_of
from xinfang.rules.hall.tickets import CALLERS, SETTERS, Lane, TicketState, sits_in
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall
from xinfang.services import hall_attendance as seats
from xinfang.web.desk.calling import LOOK, back_to_form
from xinfang.web.desk.hall_forms import TicketForm, WindowForm
from xinfang.web.desk.hall_seat import SEAT, sits_at
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.kiosk import code_of, end_kiosk
from xinfang.web.parts.requests import StaffRequest


def centre_or_404(request: StaffRequest) -> Unit:
    """The centre in whose hall the viewer sits."""
    centre = known.centre_of(request.actor)
    if centre is None:
        raise Http404
    return centre


@staff(*sorted(CALLERS))
def show(request: StaffRequest) -> HttpResponse:
    """Whom this window serves, who waits, who missed the call."""
    return _page(request, centre_or_404(request))


def _page(request: StaffRequest, centre: Unit, form: TicketForm | None = None) -> HttpResponse:
    windows = known.windows(centre)
    number = sits_at(request, centre)
    seat = next((row for row in windows if row.number == number), None)
    may_set = sits_in(request.actor, centre.pk, SETTERS)
    waiting = list(known.tickets(centre, request.today, TicketState.WAITING)[: known.LISTED])
    context = {
        "hall": centre,
        "windows": windows,
        "seat": seat,
        "seat_words": [LANES[Lane(letter)] for letter in seat.lanes] if seat else [],
        "others": [row for row in windows if row != seat],
        "served": known.at_window(centre, request.today, seat.number) if seat else None,
        "waiting": [(row, LANES[Lane(row.lane)]) for row in waiting],
        "skipped": list(known.tickets(centre, request.today, TicketState.SKIPPED)[: known.LISTED]),
        "may_set": may_set,
        "attended": attendance(centre, request.now) if may_set else [],
        "is_here": seat is not None and is_attended(seat, request.now),
        "asked": bool(exchanges(centre, request.user.pk, request.today).to_answer),
        "day": [(LANES[lane], each) for lane, each in known.waits_of_day(centre, request.now)] if may_set else [],
        "kiosk_address": request.build_absolute_uri(reverse("kiosk_set_up", args=[code_of(centre.pk)])),
        "form": form or TicketForm(lanes=known.lanes_served(centre)),
    }
    return render(request, "desk/hall.html", context)


@staff(*sorted(CALLERS), methods=SEND)
def sit(request: StaffRequest) -> HttpResponse:
    """Take a seat at a window, for this session."""
    centre = centre_or_404(request)
    number = row_number(request.POST.get("window"))
    if number in {row.number for row in known.windows(centre)}:
        request.session[SEAT] = number
        seats.sit_down(centre=centre.pk, window=number, by=request.actor, at=request.now)
    return redirect("desk:hall")


@staff(*sorted(CALLERS), methods=SEND)
def away(request: StaffRequest) -> HttpResponse:
    """Leave the seat for a while: the window's B角 is shown, or its director sees that nobody is there."""
    centre = centre_or_404(request)
    seats.leave(centre=centre.pk, by=request.actor, at=request.now)
    messages.success(request, _("已记下离开。回来后按“我在窗口”。"))
    return redirect("desk:hall")


@staff(*sorted(CALLERS), methods=SEND)
def issue(request: StaffRequest) -> HttpResponse:
    """A ticket for somebody who came to the desk; its slip opens for printing."""
    centre = centre_or_404(request)
    form = TicketForm(request.POST, lanes=known.lanes_served(centre))
    if form.is_valid():
        given = form.cleaned_data
        try:
            row = hall.issue(centre=centre.pk, lane=given["lane"], priority=given["priority"], at=request.now)
        except RuleBroken as refused:
            form.add_error("lane", word(refused))
        else:
            return redirect("hall_ticket", centre.pk, str(row))
    return _page(request, centre, form)


@staff(*sorted(CALLERS), methods=SEND)
def call(request: StaffRequest, act: str) -> HttpResponse:
    """One act of this window: next, again, skip, finish, transfer or back."""
    centre = centre_or_404(request)
    acts = _acts(request)
    if act not in acts:
        raise Http404
    try:
        window = sits_at(request, centre)
        row = acts[act](centre=centre.pk, window=window, by=request.actor, at=request.now)
        # Whoever calls is there.
        seats.sit_down(centre=centre.pk, window=window, by=request.actor, at=request.now)
    except RuleBroken as refused:
        messages.error(request, word(refused))
    else:
        if row is None:
            messages.info(request, _("现在没有人在等。"))
    return back_to_form() if LOOK in request.POST else redirect("desk:hall")


def _acts(request: StaffRequest) -> dict[str, Callable[..., HallTicket | None]]:
    ticket = row_number(request.POST.get("ticket"))
    to = row_number(request.POST.get("to"))

    def about(verb: Callable[..., HallTicket | None], **more: int) -> Callable[..., HallTicket | None]:
        return lambda **given: verb(**given, **more)

    return {
        "next": about(hall.call_next, seen=ticket),
        "again": about(hall.call_again, ticket=ticket),
        "skip": about(hall.skip, ticket=ticket),
        "finish": about(hall.finish, ticket=ticket),
        "transfer": about(hall.transfer, ticket=ticket, to=to),
        "back": about(hall.bring_back, ticket=ticket),
    }


@staff(*sorted(SETTERS), methods=FORM)
def windows(request: StaffRequest) -> HttpResponse:
    """Which windows the hall has and what each of them serves."""
    centre = centre_or_404(request)
    people = dict(people_of(centre, request.today))
    form = WindowForm(request.POST or None, people=people.items())
    if request.method == "POST" and form.is_valid() and _set(request, centre, form):
        messages.success(request, _("已保存。"))
        return redirect("desk:hall_windows")
    rows = [
        (row, [LANES[Lane(letter)] for letter in row.lanes], people.get(row.stand_in_id or 0, ""))
        for row in known.windows(centre, every=True)
    ]
    context: dict[str, Any] = {"hall": centre, "rows": rows, "form": form}
    return render(request, "desk/hall_windows.html", context)


def _set(request: StaffRequest, centre: Unit, form: WindowForm) -> bool:
    given = form.cleaned_data
    letters = "".join(given["lanes"])
    try:
        hall.set_window(
            centre=centre.pk, number=given["number"], name=given["name"], lanes=letters, is_open=given["is_open"],
            stand_in=row_number(given["stand_in"]) or None, by=request.actor, at=request.now,
        )  # fmt: skip
    except RuleBroken as refused:
        form.add_error(refused.field if refused.field in form.fields else None, word(refused))
        return False
    return True


@staff(*sorted(CALLERS), methods=SEND)
def kiosk(request: StaffRequest) -> HttpResponse:
    """Make the machine that asks an ordinary one again."""
    centre_or_404(request)
    response = redirect("desk:hall")
    end_kiosk(response)
    return response
