"""Bringing a matter from home: three questions, short pages, a check, one number however often it is sent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinfang.gateways.files import Upload
from xinfang.labels.citizen_refusals import not_taken
from xinfang.labels.dates import moment
from xinfang.labels.refusals import WARNINGS, word
from xinfang.queries import catalogue
from xinfang.queries.tracking import Tracked, tracked
from xinfang.rules.intake.registration import id_warning, tidy_number
from xinfang.rules.refusals import RuleBroken
from xinfang.services.outbox import texts_go_out
from xinfang.services.petitioner import submit as submit_matter
from xinfang.web.parts.places import is_from_this_machine
from xinfang.web.parts.requests import moment_of
from xinfang.web.public import draft as drafts
from xinfang.web.public import keeping, saving
from xinfang.web.public.draft import STEPS, Draft
from xinfang.web.public.frame import page, sent, too_many
from xinfang.web.public.story import promises
from xinfang.web.public.submit_forms import FilesForm, PersonForm, PlaceForm, QuestionsForm, WordsForm

SUBMISSIONS = 60
PAGES = {"questions": "submit", **{step: f"submit_{step}" for step in STEPS[1:]}}
Step = Callable[[HttpRequest, Draft], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The three questions. An accusation is sent where it is safe before anything was typed or kept."""
    draft = drafts.read(request)
    preset = request.GET.get("item", "") or request.POST.get("item", "")
    if request.method == "POST" and "again" in request.POST:
        drafts.discard(request, copy_too=False)
        return redirect("submit")
    if draft and "save" in request.POST:
        return saving.put_aside(request, draft)
    form = QuestionsForm(sent(request), initial=_answered(draft))
    if request.method == "POST" and request.POST.get("accusation") == "yes":
        # Whoever comes back from later pages to say so may have written of it already: nothing of it stays.
        drafts.discard(request, copy_too=True)
        return redirect("accusations")
    if request.method == "POST" and form.is_valid():
        own = draft if draft and (draft.words or not preset) else drafts.fresh(preset)
        own = own.with_step(
            "questions", own_people=form.cleaned_data["own_people"] == "yes",
            secrecy=form.cleaned_data["secrecy"] == "yes",
        )  # fmt: skip
        drafts.write(request, own)
        return _on(own)
    return page(request, "submit_questions", {"form": form, "draft": draft, "preset": preset, **_place("questions")})


def _answered(draft: Draft | None) -> dict[str, str]:
    if draft is None or "questions" not in draft.done:
        return {}
    yes = {True: "yes", False: "no"}
    return {"accusation": "no", "own_people": yes[draft.own_people], "secrecy": yes[draft.secrecy]}


def _place(step: str) -> dict[str, Any]:
    """Where one is, for parts/steps.html, and the page before."""
    n = STEPS.index(step)
    back = reverse(PAGES[STEPS[n - 1]]) if n else reverse("home")
    return {"step": n + 1, "steps": len(STEPS), "back_url": back}


def _on(draft: Draft) -> HttpResponse:
    return redirect(PAGES[draft.next_page])


def step(view: Step) -> Callable[[HttpRequest], HttpResponse]:
    """A page of the submission: it needs a draft, and a form that was sent twice finds its receipt."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def inner(request: HttpRequest) -> HttpResponse:
        receipt = keeping.get(request, keeping.RECEIPT)
        if request.method == "POST" and receipt and request.POST.get("key") == receipt["key"]:
            return redirect("submit_done")
        draft = drafts.read(request)
        if draft is None and receipt and request.method != "POST":
            return redirect("submit_done")  # the way back from the receipt must not look as if nothing had been sent
        if draft is None or request.POST.get("key", draft.key) != draft.key:
            return redirect("submit")
        return view(request, draft)

    return inner


@step
def words(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What happened, in the person's own words."""
    initial = {"words": draft.words, "demand": draft.demand, "earlier": draft.earlier}
    form = WordsForm(sent(request), initial=initial)
    if saving.asked(request, form):
        return saving.put_aside(request, replace(draft, **form.cleaned_data))
    if request.method == "POST" and form.is_valid():
        return _keep(request, draft.with_step("words", **form.cleaned_data))
    context = {"form": form, "draft": draft, "item": catalogue.item(draft.item), **_place("words")}
    return page(request, "submit_words", context)


def _keep(request: HttpRequest, draft: Draft) -> HttpResponse:
    drafts.write(request, draft)
    return _on(draft)


@step
def where(request: HttpRequest, draft: Draft) -> HttpResponse:
    """In which township."""
    places = [(area.code, area.name) for area in catalogue.townships()]
    form = PlaceForm(
        sent(request), initial={"area": draft.township}, label=_("事情发生在哪个乡镇、街道？"),
        unsure=_("说不清，或者不在本区"), places=places,
    )  # fmt: skip
    if saving.asked(request, form):
        return saving.put_aside(request, _replaced(draft, form.cleaned_data["area"]))
    if request.method == "POST" and form.is_valid():
        township = form.cleaned_data["area"]
        if not catalogue.villages(township):
            return _keep(request, draft.with_step("where", township=township, village=""))
        drafts.write(request, _replaced(draft, township))
        return redirect("submit_village")
    return page(request, "submit_where", {"form": form, "draft": draft, **_place("where")})


def _replaced(draft: Draft, township: str) -> Draft:
    """Another township; the village is asked next, so that an unanswered page stays unanswered."""
    village = draft.village if township and draft.village.startswith(township) else ""
    return replace(draft, township=township, village=village)


@step
def village(request: HttpRequest, draft: Draft) -> HttpResponse:
    """In which village of that township."""
    places = [(area.code, area.name) for area in catalogue.villages(draft.township)]
    if not places:
        return redirect("submit_where")
    form = PlaceForm(
        sent(request), initial={"area": draft.village}, label=_("是哪个村、社区？"), unsure=_("说不清"),
        places=places,
    )  # fmt: skip
    if saving.asked(request, form):
        return saving.put_aside(request, replace(draft, village=form.cleaned_data["area"]))
    if request.method == "POST" and form.is_valid():
        return _keep(request, draft.with_step("where", village=form.cleaned_data["area"]))
    context = {"form": form, "draft": draft, **_place("where"), "back_url": reverse("submit_where")}
    return page(request, "submit_where", context)


@step
def who(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Who it is, as far as they like to say."""
    initial = {name: getattr(draft, name) for name in PersonForm.base_fields}
    form = PersonForm(sent(request), initial=initial)
    if saving.asked(request, form):
        return saving.put_aside(request, replace(draft, **form.cleaned_data))
    if request.method == "POST" and form.is_valid():
        return _keep(request, draft.with_step("who", **form.cleaned_data))
    return page(request, "submit_who", {"form": form, "draft": draft, **_place("who")})


@step
def files(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Photos and papers, if there are any."""
    if request.method == "POST" and request.POST.get("remove"):
        drafts.write(request, drafts.unstage(draft, request.POST["remove"]))
        return redirect("submit_files")
    form = FilesForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploads = [Upload(file.name or "", file.read()) for file in form.cleaned_data["files"]]
        if uploads and (stopped := too_many(request, "files", SUBMISSIONS)):
            return stopped
        draft, refused = drafts.stage(draft, uploads)
        drafts.write(request, draft)
        for name, why in refused:
            form.add_error("files", not_taken(name, why))
        if not refused:
            return _after_files(request, draft, came=bool(uploads))
    return page(request, "submit_files", {"form": form, "draft": draft, **_place("files")})


def _after_files(request: HttpRequest, draft: Draft, *, came: bool) -> HttpResponse:
    if "save" in request.POST:
        return saving.put_aside(request, draft.with_step("files") if came else draft)
    kept = _keep(request, draft.with_step("files"))
    return redirect("submit_files") if came and "more" in request.POST else kept


@step
def check(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Everything once more, each with a way to change it; and the one button that counts."""
    if draft.next_page != "check":
        return _on(draft)
    if "save" in request.POST:
        return saving.put_aside(request, draft)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        # A limit by address would say nothing about the people behind one machine of ours.
        stopped = None if is_from_this_machine(request) else too_many(request, "submit", SUBMISSIONS)
        if stopped:
            return stopped
        try:
            return _submitted(request, draft)
        except RuleBroken as refused:
            errors = [(reverse(PAGES.get(_PAGE_OF.get(refused.field or "", ""), "submit_words")), word(refused))]
    warning = id_warning(tidy_number(draft.id_number))
    context = {
        "draft": draft, "answers": _answers(draft), "warning": WARNINGS.get(warning, ""), "extra_errors": errors,
        "has_errors": bool(errors), "centre_of": catalogue.receiving_centre(draft.area), **_place("check"),
    }  # fmt: skip
    return page(request, "submit_check", context)


_PAGE_OF = {"name": "who", "address": "who", "people": "who", "files": "files", "unit": "where"}


def _submitted(request: HttpRequest, draft: Draft) -> HttpResponse:
    receipt = submit_matter(
        values=drafts.values_of(draft), files=drafts.uploads_of(draft), key=UUID(draft.key), at=moment_of(request)
    )
    drafts.discard(request, copy_too=True)
    # The session keeps its key: a second press, or a retry after a lost answer, comes with the old one.
    keeping.bind(request, receipt.matter)
    content = {"key": draft.key, "matter": str(receipt.matter), "number": receipt.number, "code": receipt.code}
    keeping.put(request, keeping.RECEIPT, content)
    return redirect("submit_done")


def _answers(draft: Draft) -> list[dict[str, Any]]:
    item, areas = catalogue.item(draft.item), catalogue.names_of([draft.township, draft.village])
    yes_no = {True: _("是"), False: _("不是")}
    rows = [
        (_("事项"), item.name if item else _("直接说事"), "words"),
        (_("经过"), draft.words, "words"),
        (_("希望怎么解决"), draft.demand, "words"),
        (_("以前反映过"), draft.earlier, "words"),
        (_("地点"), " ".join(areas), "where"),
        (_("姓名"), draft.name, "who"),
        (_("电话"), tidy_number(draft.phone), "who"),
        (_("住址"), draft.address, "who"),
        (_("身份证号"), tidy_number(draft.id_number) or _("暂不提供"), "who"),
        *_agent(draft),
        (_("照片和材料"), "\n".join(kept["name"] for kept in draft.files) or _("没有传"), "files"),
        (_("和中心自己的人有关"), yes_no[draft.own_people], "questions"),
        (_("要求保密"), yes_no[draft.secrecy], "questions"),
    ]
    return [{"name": name, "value": value, "change_url": reverse(PAGES[at])} for name, value, at in rows]


def _agent(draft: Draft) -> list[tuple[str, str, str]]:
    """Who writes for somebody else; no line of it where nobody does."""
    rows = [(_("代办人姓名"), draft.agent_name, "who"), (_("代办人电话"), tidy_number(draft.agent_phone), "who")]
    return [row for row in rows if row[1]]


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The number, the code, who has it, the dates; for this session alone, to be printed or photographed."""
    receipt = keeping.get(request, keeping.RECEIPT)
    matter = tracked(UUID(receipt["matter"]), moment_of(request)) if receipt else None
    if receipt is None or matter is None:
        return redirect("track")
    code = receipt["code"]
    context = {
        "number": receipt["number"], "code": f"{code[:4]} {code[4:8]} {code[8:]}" if code else "", "matter": matter,
        "holder": matter.unit(matter.state.holder), "received": moment(matter.state.received_at),
        "promises": promises(matter), "texted": _texted(matter), "draft_clear": "petition petition-who",
    }  # fmt: skip
    return page(request, "submit_done", context)


def _texted(matter: Tracked) -> str:
    """The petitioner's own telephone, masked, if the number goes there by text message; the code never does."""
    return matter.contact.phone if texts_go_out() and not matter.state.restricted else ""
