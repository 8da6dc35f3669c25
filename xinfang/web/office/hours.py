"""Opening hours, closing days, the helpline, and how long a window may be empty."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.queries.clocks import installation_settings
from xinfang.queries.hall_attendance import minutes_allowed
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.services import house
from xinfang.web.office.forms import ClosingDaysForm, HelplineForm, HoursForm, OfficeForm, UnattendedForm
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import SEND, staff
from xinfang.web.parts.requests import StaffRequest

KINDS: dict[str, type[OfficeForm]] = {
    "hours": HoursForm,
    "closing": ClosingDaysForm,
    "helpline": HelplineForm,
    "unattended": UnattendedForm,
}


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest) -> HttpResponse:
    """What is set now, and forms to change it."""
    return _page(request)


def _page(request: StaffRequest, act: str = "", bound: OfficeForm | None = None) -> HttpResponse:
    now = installation_settings()
    fresh: dict[str, OfficeForm] = {
        "hours": HoursForm(initial={"opens": now["opens"], "closes": now["closes"]}),
        "closing": ClosingDaysForm(initial={"days": "\n".join(now["closed_on"])}),
        "unattended": UnattendedForm(initial={"minutes": str(minutes_allowed())}),
        "helpline": HelplineForm(initial={"helpline": now.get("helpline", "")}),
    }
    context = {
        "forms": {**fresh, **({act: bound} if bound else {})},
        "form": bound,
    }
    return page(request, "office/hours.html", context)


@staff(*sorted(OFFICE_ROLES), methods=SEND)
def change(request: StaffRequest, act: str) -> HttpResponse:
    """Set one of them."""
    if act not in KINDS:
        raise Http404
    form = KINDS[act](request.POST)
    if form.is_valid() and form.carried_out(_act(request, act, form)):
        messages.success(request, _("已保存。"))
        return redirect("office:hours")
    return _page(request, act, form)


def _act(request: StaffRequest, act: str, form: OfficeForm) -> Callable[[], Any]:
    verbs: dict[str, Callable[..., None]] = {
        "hours": house.set_opening_hours,
        "closing": house.set_closing_days,
        "helpline": house.set_helpline,
        "unattended": house.set_unattended_after,
    }
    return lambda: verbs[act](**form.cleaned_data, by=request.actor, at=request.now)
