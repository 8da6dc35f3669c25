"""The register of mediation committees: who mediates where, what a committee lacks, and one form to keep it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from xinfang.labels.mediation import COMMITTEE_GAPS, COMMITTEE_KINDS
from xinfang.labels.refusals import word
from xinfang.models import Committee, Unit
from xinfang.queries.committees import committees_near, kept_units
from xinfang.rules.mediation.committee import KEEPERS, READERS, CommitteeKind
from xinfang.rules.people.seats import UnitKind
from xinfang.rules.refusals import RuleBroken
from xinfang.services.committees import CommitteeEntry, set_committee
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import LineField
from xinfang.web.parts.requests import StaffRequest


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


# Where committees usually are; the other offices of a centre may have one too, under their own address.
_MEDIATING = (UnitKind.CENTRE.value, UnitKind.STATION.value)


class CommitteeForm(forms.Form):
    """One committee of one unit."""

    name = LineField(label=_("调解委员会全称"), help_text=_("和印章一样，例如“某某镇人民调解委员会”。"))
    kind = forms.ChoiceField(label=_("怎样设立"), choices=list(COMMITTEE_KINDS.items()))
    mark = LineField(label=_("协议编号用字"), help_text=_("例如“甲人调”：协议编号会写成“（2026）甲人调字第1号”。"))
    from_on = forms.DateField(label=_("本届产生日期"), help_text=_("每届三年。"), widget=_day())
    members = LineField(label=_("委员人数"), numeric=True, help_text=_("村（居）调解委员会三到九人。"))
    women = LineField(label=_("其中女委员"), numeric=True, help_text=_("没有填 0。"))
    registered_on = forms.DateField(
        label=_("司法行政机关登记日期"), required=False, help_text=_("还没有报备的不填。"), widget=_day()
    )
    is_active = forms.BooleanField(label=_("在用"), required=False, initial=True)


@staff(*sorted(READERS))
def show(request: StaffRequest) -> HttpResponse:
    """The register of the units near by."""
    rows = [
        (one, COMMITTEE_KINDS[CommitteeKind(one.row.kind)], [COMMITTEE_GAPS[gap] for gap in one.gaps])
        for one in committees_near(request.actor, request.today)
    ]
    there = {one.row.pk for one, _kind, _gaps in rows}
    missing = [
        unit for unit in kept_units(request.actor, request.today) if unit.pk not in there and unit.kind in _MEDIATING
    ]
    return render(request, "desk/committees.html", {"rows": rows, "missing": missing})


@staff(*sorted(KEEPERS), methods=FORM)
def edit(request: StaffRequest, code: str) -> HttpResponse:
    """Enter or change the committee of one unit."""
    unit = next((unit for unit in kept_units(request.actor, request.today) if unit.pk == code), None)
    if unit is None:
        raise Http404
    form = CommitteeForm(request.POST or None, initial=_known(unit))
    if request.method == "POST" and form.is_valid():
        try:
            set_committee(CommitteeEntry(unit=unit.pk, **form.cleaned_data), by=request.actor, at=request.now)
        except RuleBroken as refused:
            form.add_error(refused.field if refused.field in form.fields else None, word(refused))
        else:
            messages.success(request, now_("调解委员会已登记。"))
            return redirect("desk:committees")
    return render(request, "desk/committee.html", {"unit": unit, "form": form})


def _known(unit: Unit) -> dict[str, object]:
    row = Committee.objects.filter(pk=unit.pk).first()
    if row is None:
        return {"name": now_("%(unit)s人民调解委员会") % {"unit": unit.short_name}}
    fields = ("name", "kind", "mark", "from_on", "members", "women", "registered_on", "is_active")
    return {name: getattr(row, name) for name in fields}
