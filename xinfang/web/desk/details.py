"""Name, phone and address of who stands at the window, put right at their word; what stands there is shown masked."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.labels.refusals import word
from xinfang.labels.tracking import DETAILS
from xinfang.models import Party
from xinfang.queries.dossier import Dossier
from xinfang.rules.access.proving import STAFF_PHONE_PAUSES
from xinfang.rules.access.safety import reads_address
from xinfang.rules.access.sight import may_open_identity
from xinfang.rules.intake.window import CODE_GIVERS
from xinfang.rules.refusals import RuleBroken
from xinfang.services.own_details import correct_at_window
from xinfang.web.desk.matter import found, party_in_words
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import LineField
from xinfang.web.parts.requests import StaffRequest


class DetailsForm(forms.Form):
    """Whose, what is new, and that somebody looked who is asking. What is left empty stays."""

    person = forms.ChoiceField(
        label=gettext_lazy("改谁的？"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选改谁的。")},
    )
    name = LineField(label=DETAILS["name"], max_length=50, required=False)
    phone = LineField(label=DETAILS["phone"], max_length=40, required=False, private=True, kind="tel")
    address = LineField(label=DETAILS["address"], max_length=200, required=False)
    checked = forms.BooleanField(
        label=gettext_lazy("已核对来人就是信访人本人（证件、原回执，或答对登记时的信息）"),
        error_messages={"required": gettext_lazy("请先核对来人是不是信访人本人，再勾选。")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.choices = people  # type: ignore[attr-defined]  # a choice field
        if len(people) == 1:
            field.widget, field.initial = forms.HiddenInput(), people[0][0]


@staff(*sorted(CODE_GIVERS), methods=FORM)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """The form, and what came of it."""
    dossier = found(request, number)
    state = dossier.state
    parties = [party for party in dossier.parties if party.person.masked_at is None]
    closed = not may_open_identity(state, request.actor, request.now) or not reads_address(
        state, request.actor, request.now
    )
    if closed or not parties:
        raise Http404
    form = DetailsForm(request.POST or None, people=[(str(party.person_id), _named(party)) for party in parties])
    if request.method == "POST" and form.is_valid() and _done(request, dossier, form):
        return redirect("desk:matter", dossier.matter.number)
    context = {
        "matter": dossier.matter,
        "form": form,
        "parties": [party_in_words(party) for party in parties],
        "days": STAFF_PHONE_PAUSES.days,
    }
    return render(request, "desk/details.html", context)


def _named(party: Party) -> str:
    seen = party_in_words(party)
    return _("%(part)s %(name)s") % {"part": seen["part"], "name": seen["name"] or _("没有留名")}


def _done(request: StaffRequest, dossier: Dossier, form: DetailsForm) -> bool:
    """Write it down; what is refused stands beside its field."""
    given = form.cleaned_data
    try:
        changed = correct_at_window(
            matter=dossier.matter.pk,
            person=UUID(given["person"]),
            given={name: given[name] for name in DETAILS},
            by=request.actor,
            at=request.now,
        )
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, word(broken))
        return False
    names = _("、").join(str(DETAILS[name]) for name in changed)
    messages.success(request, _("已经改好：%(names)s。原来的和新的电话都会收到提醒。") % {"names": names})
    return True
