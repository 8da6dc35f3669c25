"""The petitioner's own matter: five answers, what happened, papers, who looked; adding, urging, objecting."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from xinfang.gateways import files as shelf
from xinfang.gateways.files import Upload
from xinfang.labels.citizen_refusals import not_taken
from xinfang.labels.dates import day
from xinfang.queries.tracking import Tracked
from xinfang.rules.lifecycle.mediating import asks_petitioner
from xinfang.rules.lifecycle.reviewing import appealable
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.review.codes import ReviewLevel
from xinfang.services import petitioner
from xinfang.services.materials import sort_out
from xinfang.services.matters import perform
from xinfang.web.parts.requests import moment_of
from xinfang.web.public import story
from xinfang.web.public.frame import page, sent, show_refusal, too_many
from xinfang.web.public.track import case_view
from xinfang.web.public.track_forms import AddForm, ReasonForm, UrgeForm

SHOWN_AS_TEXT = 60
ADDITIONS, ACTS = 60, 60


@case_view(joined=True)
def show(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Everything that is theirs to read; the five answers first."""
    context = {
        "matter": matter,
        "answers": story.answers(matter),
        "track_steps": story.steps(matter),
        "promises": story.promises(matter)[1:],
        "rights": story.rights(matter),
        "entries": story.entries(matter),
        "papers": story.papers(matter),
        "looks": story.looks(matter),
        "opinion": story.opinion(matter),
        "own_words": own_words(matter),
        "sessions": story.sessions(matter),
        "mediation_waits": asks_petitioner(matter.state) and not matter.joined,
        "until": matter.review_until,
        "reviews": story.reviews(matter),
    }
    return page(request, "case", context)


def own_words(matter: Tracked) -> list[tuple[str, str]]:
    names = [
        ("original_words", _("经过")),
        ("facts", _("事实和理由")),
        ("demand", _("希望怎么解决")),
        ("wish", _("希望")),
        ("earlier", _("以前反映过")),
    ]
    return [(label, text) for name, label in names if (text := matter.word(matter.actor.came_with, name))]


def form_page(
    request: HttpRequest,
    template: str,
    matter: Tracked,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """One form about the matter: done and back to it, or shown again with what is wrong."""
    if request.method == "POST" and (stopped := too_many(request, "act", ACTS)):
        return stopped
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except RuleBroken as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, done)
            return redirect("case")
    return page(request, template, {**(more or {}), "form": form, "matter": matter})


@case_view("POST", joined=True)
def add(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """More words or files. A photo that cannot be taken costs neither the words nor the others."""
    if request.method == "POST" and (stopped := too_many(request, "add", ADDITIONS)):
        return stopped
    form = AddForm(sent(request), request.FILES or None)

    def act(given: dict[str, Any]) -> str:
        fit, refused = _sorted([Upload(file.name or "", file.read()) for file in given["files"]])
        if refused and not fit and not given["words"]:
            raise RuleBroken("files_not_taken", field="files", why=" ".join(refused))
        petitioner.add(matter=matter.state.id, words=given["words"], files=fit, at=moment_of(request), by=matter.actor)
        for sentence in refused:
            messages.warning(request, sentence)
        return _("已经收到，办理单位看得到。")

    return form_page(request, "case_add", matter, form, act)


def _sorted(uploads: list[Upload]) -> tuple[list[Upload], list[str]]:
    """Those that can be taken, and a sentence on each of the others."""
    fit: list[Upload] = []
    refused: list[str] = []
    for upload in uploads:
        _taken, why = sort_out([upload], have=len(fit))
        refused += [not_taken(*one) for one in why]
        fit += [] if why else [upload]
    return fit, refused


@case_view("POST", joined=True)
def urge(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Once a day."""

    def act(given: dict[str, Any]) -> str:
        petitioner.urge(matter=matter.state.id, words=given["words"], at=moment_of(request), by=matter.actor)
        return _("已经催办，办理单位和中心都收到了提醒。")

    form = UrgeForm(sent(request))
    return form_page(request, "case_urge", matter, form, act)


@case_view("POST", joined=True)
def contest(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Against not being accepted."""
    if matter.state.refusal_ground is None:
        return redirect("case")

    def act(given: dict[str, Any]) -> str:
        now = moment_of(request)
        petitioner.contest_refusal(matter=matter.state.id, reason=given["reason"], at=now, by=matter.actor)
        return _("异议已经收到，由作出决定的机关以外的人审查。")

    return form_page(request, "case_contest", matter, ReasonForm(sent(request)), act)


@case_view("POST", joined=True)
def recusal(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Against a person who should not have a hand in it."""

    def act(given: dict[str, Any]) -> str:
        perform("ask_recusal", matter=matter.state.id, by=matter.actor, at=moment_of(request), values=given)
        return _("回避申请已经收到，由负责人决定，结果会写在进度里。")

    return form_page(request, "case_recusal", matter, ReasonForm(sent(request)), act)


@case_view("POST")
def review(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Asking for a review, with the real dates of this very matter; late or not, it is taken."""
    until, appeal = matter.review_until, appealable(matter.asked)
    if until is None:
        return redirect("case")

    def act(given: dict[str, Any]) -> str:
        given = {"reasons": given["reason"]}
        perform("ask_review", matter=matter.state.id, by=matter.actor, at=moment_of(request), values=given)
        return _("请求已经登记，由上一级机关审查，每一步和日期都写在这里。")

    second = appeal is not None and appeal.level is ReviewLevel.SECOND
    context = {
        "organ": "" if second else story.opinion(matter).get("review_organ", ""), "until": day(until.due),
        "raw": day(until.raw) if until.raw != until.due else "", "provisional": until.provisional,
        "is_over": matter.asked.today > until.due, "appeal": appeal if "ask_review" in matter.may else None,
        "is_second": second, "reviews": story.reviews(matter),
    }  # fmt: skip
    return form_page(request, "case_review", matter, ReasonForm(sent(request)), act, context)


@case_view(joined=True)
def file(_request: HttpRequest, matter: Tracked, file: UUID) -> HttpResponse:
    """One file, to be saved, never a page of ours; photos, which we drew anew, are shown: WeChat saves none."""
    found = next((row for row in matter.files if row.pk == file), None)
    if found is None or not (found.by_petitioner or found.shown_to_petitioner):
        raise Http404
    try:
        content = shelf.read(found.pk, found.stored)
    except OSError as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=found.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=not found.media_type.startswith("image/"), filename=found.name) or ""
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store, private"
    return response
