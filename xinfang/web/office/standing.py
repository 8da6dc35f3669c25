"""How the house stands against the founding text: composition with its gaps, and the roll-out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.labels.composition import RULES, about
from xinfang.labels.people import ROLLOUT
from xinfang.models import Installation
from xinfang.queries.office import Staffing, open_units, rollout_rows, staffing_of
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.rules.people.composition import Gap
from xinfang.services import house
from xinfang.web.office.forms import ExemptionForm, RolloutForm
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.requests import StaffRequest


@staff(*sorted(OFFICE_ROLES), methods=FORM)
def composition(request: StaffRequest) -> HttpResponse:
    """Every gap with its rule, since when it stands and the note that explains it."""
    form = ExemptionForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and form.carried_out(lambda: _note(request, form)):
        messages.success(request, _("说明已登记。"))
        return redirect("office:composition")
    rows = staffing_of(open_units(request.today), request.today)
    context = {
        "form": form,
        "rows": [(row, [_gap(request, row, gap, form) for gap in row.gaps]) for row in rows if row.gaps],
        "whole": [row for row in rows if not row.gaps],
        "today": request.today,
    }
    return page(request, "office/composition.html", context)


def _gap(request: StaffRequest, row: Staffing, gap: Gap, bound: ExemptionForm | None) -> dict[str, Any]:
    place = {"unit": row.unit.code, "rule": gap.rule.value, "about": gap.about}
    mine = bound is not None and all(bound.data.get(name) == value for name, value in place.items())
    fresh = ExemptionForm(
        initial={**place, "from_on": request.today.isoformat()}, auto_id=f"id_{row.unit.code}_{gap.rule}_{gap.about}_%s"
    )
    return {
        "gap": gap,
        "rule": RULES[gap.rule],
        "about": about(gap.about),
        "form": bound if mine else fresh,
        "is_open": mine,
    }


def _note(request: StaffRequest, form: ExemptionForm) -> object:
    given = form.cleaned_data
    return house.note_exemption(
        unit=given["unit"],
        rule=given["rule"],
        about=given["about"],
        from_on=form.must_day("from_on"),
        until_on=form.day("until_on"),
        note=given["note"],
        by=request.actor,
        at=request.now,
    )


@staff(*sorted(OFFICE_ROLES), methods=FORM)
def rollout(request: StaffRequest) -> HttpResponse:
    """How far each township has come (A-13)."""
    district = Installation.objects.values_list("district", flat=True).filter(pk=1).first() or ""
    rows = rollout_rows(district)
    areas = [(row.area.code, row.area.name) for row in rows]
    form = RolloutForm(request.POST or None, areas=areas, initial={"on": request.today.isoformat()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if form.carried_out(lambda: house.record_rollout(**given, by=request.actor, at=request.now)):
            messages.success(request, _("进度已登记。"))
            return redirect("office:rollout")
    context = {"form": form, "rows": [(row, ROLLOUT[row.status]) for row in rows]}
    return page(request, "office/rollout.html", context)
