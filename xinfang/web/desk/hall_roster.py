"""The roster of the hall and the days of its leaders: everybody of the hall reads them, its director enters them."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.labels.refusals import word
from xinfang.models import Unit
from xinfang.queries import hall as known
from xinfang.queries import hall_roster as roster
from xinfang.rules.hall.roster import month_after, month_of
from xinfang.rules.hall.tickets import CALLERS, SETTERS, sits_in
from xinfang.rules.lifecycle.values import parse_day
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall_roster
from xinfang.web.desk.hall import centre_or_404
from xinfang.web.desk.hall_exchange import context_of
from xinfang.web.desk.hall_forms import CallOffForm, DutyForm, ReceptionForm
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest


@staff(*sorted(CALLERS), methods=FORM)
def show(request: StaffRequest) -> HttpResponse:
    """One month as a table; by POST somebody is put down for a window, or nobody."""
    centre = centre_or_404(request)
    first = month_of(request.GET.get("month", ""), request.today)
    form = _duty_form(request, centre)
    if request.method == "POST" and form.is_valid() and _put_down(request, centre, form):
        return redirect(f"{reverse('desk:hall_roster')}?month={first:%Y-%m}")
    windows = known.windows(centre)
    context = {
        "hall": centre,
        "windows": windows,
        "first": first,
        "before": f"{month_after(first, -1):%Y-%m}",
        "after": f"{month_after(first, 1):%Y-%m}",
        "lines": roster.month(centre, first, month_after(first, 1) - timedelta(days=1), request.today),
        "gaps": roster.gaps_ahead(centre, request.today),
        "may_set": sits_in(request.actor, centre.pk, SETTERS),
        "form": form,
    } | context_of(request, centre)
    return render(request, "desk/hall_roster.html", context)


def _duty_form(request: StaffRequest, centre: Unit) -> DutyForm:
    day = request.GET.get("day") or request.today.isoformat()
    initial = {"window": request.GET.get("window", ""), "from_on": day, "to_on": day}
    people = roster.people_of(centre, request.today)
    return DutyForm(request.POST or None, initial=initial, windows=known.windows(centre), people=people)


def _put_down(request: StaffRequest, centre: Unit, form: DutyForm) -> bool:
    given = form.cleaned_data
    try:
        days = hall_roster.put_down(
            centre=centre.pk, window=row_number(given["window"]), holder=row_number(given["holder"]) or None,
            from_on=_day("from_on", given), to_on=_day("to_on", given), by=request.actor, at=request.now,
        )  # fmt: skip
    except RuleBroken as refused:
        form.add_error(refused.field if refused.field in form.fields else None, word(refused))
        return False
    messages.success(request, _("已排 %(n)s 天。") % {"n": days})
    return True


def _day(name: str, given: dict[str, str]) -> date:
    return parse_day(name, given[name])


@staff(*sorted(CALLERS), methods=FORM)
def receptions(request: StaffRequest) -> HttpResponse:
    """The days of leaders ahead; by POST another one is published."""
    centre = centre_or_404(request)
    leaders = roster.receivers_of(centre, request.today)
    form = ReceptionForm(request.POST or None, leaders=leaders)
    if request.method == "POST" and form.is_valid() and _publish(request, centre, form):
        return redirect("desk:hall_receptions")
    return _receptions(request, centre, form)


def _receptions(request: StaffRequest, centre: Unit, form: ReceptionForm | CallOffForm) -> HttpResponse:
    fresh = ReceptionForm(leaders=roster.receivers_of(centre, request.today))
    context = {
        "hall": centre,
        "rows": roster.receptions(centre, request.today),
        "may_set": sits_in(request.actor, centre.pk, SETTERS),
        "form": form,
        "reception_form": form if isinstance(form, ReceptionForm) else fresh,
        "call_off_form": CallOffForm(auto_id=False),
    }
    return render(request, "desk/hall_receptions.html", context)


def _publish(request: StaffRequest, centre: Unit, form: ReceptionForm) -> bool:
    given = form.cleaned_data
    try:
        announced = hall_roster.Announced(
            row_number(given["leader"]), _day("day", given), given["opens"], given["closes"], given["place"],
            given["slots"],
        )  # fmt: skip
        hall_roster.publish_reception(centre=centre.pk, announced=announced, by=request.actor, at=request.now)
    except RuleBroken as refused:
        form.add_error(refused.field if refused.field in form.fields else None, word(refused))
        return False
    messages.success(request, _("已公布，公示牌上就能看到。"))
    return True


@staff(*sorted(SETTERS), methods=SEND)
def call_off(request: StaffRequest, reception: int) -> HttpResponse:
    """Call a published day off, with the reason that is put up."""
    centre = centre_or_404(request)
    form = CallOffForm(request.POST)
    if form.is_valid():
        try:
            hall_roster.call_off_reception(
                centre=centre.pk, reception=reception, why=form.cleaned_data["why"], by=request.actor, at=request.now
            )
        except RuleBroken as refused:
            messages.error(request, word(refused))
        else:
            messages.success(request, _("已取消，公示牌上写明了原因。"))
        return redirect("desk:hall_receptions")
    return _receptions(request, centre, form)
