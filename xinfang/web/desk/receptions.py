"""One day of a leader: who has a place, who came; the matters in a leader's charge; the paper for who speaks alone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinfang.labels.refusals import word
from xinfang.models import ReceptionDay, Unit
from xinfang.queries import receptions as known
from xinfang.queries.access import matter_id_for
from xinfang.queries.hall_roster import receivers_of
from xinfang.rules.hall.tickets import CALLERS
from xinfang.rules.lifecycle.leader_moves import RECEIVERS
from xinfang.rules.people.seats import Role, UnitKind
from xinfang.rules.refusals import RuleBroken
from xinfang.services import receptions
from xinfang.web.desk.hall import centre_or_404
from xinfang.web.desk.hall_forms import PlaceForm
from xinfang.web.desk.listing import rows_of
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest

READERS = RECEIVERS | {Role.PETITION_BUREAU, Role.SUPERVISOR}


def _day(centre: Unit, reception: int) -> ReceptionDay:
    row = ReceptionDay.objects.select_related("leader").filter(pk=reception, centre=centre).first()
    if row is None:
        raise Http404
    return row


@staff(*sorted(CALLERS), methods=FORM)
def show(request: StaffRequest, reception: int) -> HttpResponse:
    """The places of a day in turn; by POST a matter gets one, on the day itself because somebody came."""
    centre = centre_or_404(request)
    row = _day(centre, reception)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _taken(request, row, form):
        return redirect("desk:reception", row.pk)
    visits = known.visits(row, request.actor, request.now)
    context = {
        "day": row,
        "leader": row.leader.name,
        "post": receivers_of(centre, row.day).get(row.leader_id, ("", ""))[1],
        "visits": visits,
        "left": row.slots - sum(not visit.row.walk_in for visit in visits),
        "is_today": row.day == request.today,
        "is_open": row.called_off_at is None and row.day >= request.today,
        "form": form,
    }
    return render(request, "desk/reception.html", context)


def _taken(request: StaffRequest, row: ReceptionDay, form: PlaceForm) -> bool:
    try:
        visit = receptions.take_place(
            reception=row.pk, matter=_matter(request, form.cleaned_data["number"]), by=request.actor, at=request.now
        )
    except RuleBroken as refused:
        form.add_error("number", word(refused))
        return False
    messages.success(request, _("排在第 %(n)s 位。") % {"n": visit.turn})
    return True


def _matter(request: StaffRequest, number: str) -> UUID:
    matter = matter_id_for(request.actor, number, request.now)
    if matter is None:
        raise RuleBroken("matter_unknown", field="number")
    return matter


@staff(*sorted(CALLERS), methods=SEND)
def give_back(request: StaffRequest, reception: int) -> HttpResponse:
    """Somebody cannot come."""
    row = _day(centre_or_404(request), reception)
    try:
        matter = _matter(request, request.POST.get("number", ""))
        receptions.give_back(reception=row.pk, matter=matter, by=request.actor, at=request.now)
    except RuleBroken as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, _("预约取消了，名额空出来了。"))
    return redirect("desk:reception", row.pk)


@staff(*sorted(CALLERS))
def sealed(request: StaffRequest) -> HttpResponse:
    """F-01S to print and to fill in by hand: nothing is asked here and nothing is kept (RC-1)."""
    organs = Unit.objects.filter(kind=UnitKind.DISCIPLINE.value, open_to__isnull=True).order_by("path")
    return render(request, "desk/hall_sealed.html", {"organs": organs})


@staff(*sorted(READERS))
def leading(request: StaffRequest) -> HttpResponse:
    """The matters that leaders are in charge of; about nobody beyond the matter."""
    groups = [(leader, rows_of(lines, request.now)) for leader, lines in known.led(request.actor, request.now)]
    return render(request, "desk/leading.html", {"groups": groups, "own": Role.LEADER in request.actor.roles})
