"""Putting a half-written petition aside and going on with it elsewhere: a code, no account, no name."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xinfang.labels.dates import day
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.intake.saved_drafts import KEPT_DAYS, read_resume_code
from xinfang.rules.refusals import RuleBroken
from xinfang.services import saved_drafts as saved
from xinfang.web.parts.requests import moment_of
from xinfang.web.public import draft as drafts
from xinfang.web.public import keeping
from xinfang.web.public.draft import Draft
from xinfang.web.public.frame import address_of, page, sent, show_refusal, too_many

SAVES, LOOKUPS = 30, 120


class ResumeForm(forms.Form):
    """The code, however it is typed."""

    code = forms.CharField(
        label=_("续填码"),
        max_length=60,
        help_text=_("保存时给您的 16 位码，数字和字母。空格、横线、大小写都不要紧。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-private": ""}
        ),
        error_messages={"required": _("请填续填码。"), "max_length": _("续填码太长，请核对。")},
    )


def asked(request: HttpRequest, form: forms.Form) -> bool:
    """Should this page be put aside as it stands? Not everything needs an answer yet; what is wrong is said first."""
    if request.method != "POST" or "save" not in request.POST:
        return False
    wrong = [error for errors in form.errors.as_data().values() for error in errors]
    return all(error.code == "required" for error in wrong)


def put_aside(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Keep it under its code, and show the code."""
    drafts.write(request, draft)
    stopped = too_many(request, "save", SAVES)
    if stopped:
        return stopped
    drafts.put_aside(request, draft)
    return redirect("submit_saved")


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """The code under which this session's petition lies, how long, and a way to have it removed at once."""
    draft = drafts.read(request)
    if draft is None or not draft.resume:
        return redirect("submit")
    if request.method == "POST":
        drafts.discard(request, copy_too=True)
        messages.success(request, now_("已经删掉，这里什么都没有留下。"))
        return redirect("submit")
    until = saved.kept_until(code=draft.resume, at=moment_of(request))
    if until is None:
        return redirect(_page_of(draft))
    # The last whole day on which the code still opens it.
    last = day(local_day(until - timedelta(days=1)))
    context = {"draft": draft, "until": last, "days": KEPT_DAYS, "next_url": reverse(_page_of(draft))}
    return page(request, "submit_saved", context)


def _page_of(draft: Draft) -> str:
    return "submit" if draft.next_page == "questions" else f"submit_{draft.next_page}"


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with what was put aside, or have it removed; whoever has the code may do both."""
    form, here = ResumeForm(sent(request)), drafts.read(request)
    stopped = too_many(request, "resume", LOOKUPS) if request.method == "POST" else None
    if stopped:
        return stopped
    if request.method == "POST" and form.is_valid():
        try:
            return _used(request, form.cleaned_data["code"])
        except RuleBroken as refused:
            show_refusal(form, refused)
    return page(request, "submit_resume", {"form": form, "here": here if here and here.words else None})


def _used(request: HttpRequest, code: str) -> HttpResponse:
    address, at = address_of(request), moment_of(request)
    if "throw_away" in request.POST:
        saved.throw_away(code=code, address=address, at=at)
        here = drafts.read(request)
        if here and here.resume == read_resume_code(code):
            keeping.drop(request, keeping.DRAFT)
        messages.success(request, now_("已经删掉，这里什么都没有留下。"))
        return redirect("submit_resume")
    draft = drafts.draft_of(saved.open_saved(code=code, address=address, at=at))
    drafts.discard(request, copy_too=False)
    # A fresh key, so that nobody who knew the old one shares what is open now.
    request.session.cycle_key()
    drafts.write(request, draft)
    messages.success(request, now_("已经打开，内容都在，请接着填。"))
    return redirect(_page_of(draft))
