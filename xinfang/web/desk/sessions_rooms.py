"""The rooms of one's own centre."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from xinfang.labels.refusals import word
from xinfang.models import Room
from xinfang.rules.hall.tickets import SETTERS
from xinfang.rules.refusals import RuleBroken
from xinfang.services.sessions_rooms import set_room
from xinfang.web.desk.hall import centre_or_404
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import LineField
from xinfang.web.parts.requests import StaffRequest


class RoomForm(forms.Form):
    """A room; the name of one that is there changes it."""

    name = LineField(label=_("会议室名称"), help_text=_("例如“调解室1”。填已有的名称就是修改它。"))
    places = LineField(label=_("座位数"), numeric=True)
    is_active = forms.BooleanField(label=_("在用"), required=False, initial=True)


@staff(*sorted(SETTERS), methods=FORM)
def show(request: StaffRequest) -> HttpResponse:
    """Which rooms there are, and one more."""
    centre = centre_or_404(request)
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_room(centre=centre.pk, **form.cleaned_data, by=request.actor, at=request.now)
        except RuleBroken as refused:
            form.add_error(refused.field if refused.field in form.fields else None, word(refused))
        else:
            messages.success(request, now_("会议室已保存。"))
            return redirect("desk:session_rooms")
    rooms = Room.objects.filter(centre=centre).order_by("name")
    return render(request, "desk/sessions/rooms.html", {"rooms": rooms, "form": form, "hall": centre})
