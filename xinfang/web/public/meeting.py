"""A place on a leader's day for one's own matter: take one, give it back. Whoever needs none simply comes."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from xinfang.labels.refusals import word
from xinfang.models import ReceptionDay
from xinfang.queries.receptions import open_to, place_of
from xinfang.queries.tracking import Tracked
from xinfang.rules.people.seats import PETITIONER
from xinfang.rules.refusals import RuleBroken
from xinfang.services import receptions
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import moment_of, today_of
from xinfang.web.public.frame import page, sent, show_refusal
from xinfang.web.public.track import case_view


class MeetingForm(forms.Form):
    """One of the days that still have places."""

    day = forms.ChoiceField(
        label=_("哪一天方便"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一天。"), "invalid_choice": _("这一天刚刚约满或者取消了，请另选一天。")},
    )


@case_view("POST")
def show(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """The place that one has, or the days on which there is one."""
    own = place_of(matter.state.id, today_of(request))
    days = [] if own else open_to(matter.state, today_of(request))
    form = MeetingForm(sent(request))
    form.fields["day"].choices = [(str(day.pk), _words(day)) for day in days]  # type: ignore[attr-defined]  # a choice field
    if request.method == "POST" and own is not None:
        return _given_back(request, matter, own.reception_id)
    if request.method == "POST" and form.is_valid():
        try:
            receptions.take_place(
                reception=row_number(form.cleaned_data["day"]), matter=matter.state.id, by=PETITIONER,
                at=moment_of(request),
            )  # fmt: skip
        except RuleBroken as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, now_("约好了，前一天提醒您。"))
            return redirect("case_meeting")
    return page(request, "case_meeting", {"form": form, "matter": matter, "own": own, "days": days})


def _given_back(request: HttpRequest, matter: Tracked, reception: int) -> HttpResponse:
    try:
        receptions.give_back(reception=reception, matter=matter.state.id, by=PETITIONER, at=moment_of(request))
    except RuleBroken as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, now_("取消了，可以改约别的日子。"))
    return redirect("case_meeting")


def _words(day: ReceptionDay) -> str:
    return now_("%(day)s %(opens)s–%(closes)s，%(leader)s，%(centre)s %(place)s") % {
        "day": date_format(day.day, now_("n月j日 l")),
        "opens": f"{day.opens:%H:%M}",
        "closes": f"{day.closes:%H:%M}",
        "leader": day.leader.name,
        "centre": day.centre.short_name,
        "place": day.place,
    }
