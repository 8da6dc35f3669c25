"""How the petitioner wants to be told: text message, e-mail, letter, or not at all."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from xinfang.labels.messages import WAYS
from xinfang.queries.reaching import wish_of
from xinfang.queries.tracking import Tracked
from xinfang.rules.notices.messages import MessageWay
from xinfang.rules.refusals import RuleBroken
from xinfang.services.outbox import mails_go_out
from xinfang.services.wishes import wish
from xinfang.web.parts.requests import moment_of
from xinfang.web.public.frame import page, sent, show_refusal, too_many
from xinfang.web.public.track import case_view

WISHES = 60


class WishForm(forms.Form):
    """One way, and the address where it is e-mail."""

    way = forms.ChoiceField(
        label=_("怎样通知您"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种方式。"), "invalid_choice": _("请从列出的方式中选一种。")},
    )
    mail = forms.CharField(
        label=_("电子邮箱"),
        required=False,
        max_length=254,
        help_text=_("选电子邮件时填写，例如 name@example.com。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "data-private": ""}),
        error_messages={"max_length": _("邮箱太长，请核对。")},
    )


@case_view("POST")
def how(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Choose, and change one's mind."""
    form = WishForm(sent(request), initial={"way": wish_of(matter.state.id)})
    offered = [way for way in MessageWay if way is not MessageWay.MAIL or mails_go_out()]
    form.fields["way"].choices = [(way.value, WAYS[way]) for way in offered]  # type: ignore[attr-defined]  # a choice field
    if MessageWay.MAIL not in offered:
        del form.fields["mail"]
    if request.method == "POST" and (stopped := too_many(request, "wish", WISHES)):
        return stopped
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            wish(matter=matter.state.id, way=given["way"], mail=given.get("mail", ""), at=moment_of(request))
        except RuleBroken as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, now_("记下了，以后照这样通知您。"))
            return redirect("case")
    return page(request, "case_told", {"form": form, "matter": matter})
