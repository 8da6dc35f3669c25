"""Registering at the window: three questions, one form, a receipt whose code is shown once."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.labels.refusals import WARNINGS
from xinfang.models import Unit
from xinfang.queries.catalogue import accusation_channels
from xinfang.queries.intake import colleagues_at, counters_of, discipline_doors, places_of, registered_today
from xinfang.rules.clocks.duties import SHANGHAI
from xinfang.rules.intake.registration import OTHER_PAPER, id_warning, tidy_number
from xinfang.rules.intake.window import Way, way
from xinfang.rules.matters.numbers import read_number
from xinfang.rules.people.seats import UnitKind
from xinfang.rules.refusals import RuleBroken
from xinfang.services.contacts import Received, receive
from xinfang.services.intake import Receipt
from xinfang.web.desk import intake_drafts
from xinfang.web.desk.alike import decision_of, panel_of
from xinfang.web.desk.calling import calling
from xinfang.web.desk.intake_forms import IntakeForm, QuestionsForm, fresh_key
from xinfang.web.desk.intake_suggest import chosen, panel
from xinfang.web.desk.intake_visit import Visit, filled, visit_of
from xinfang.web.parts import once
from xinfang.web.parts.context import REGISTRARS
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.middleware import calls_home
from xinfang.web.parts.requests import StaffRequest


@staff(*sorted(REGISTRARS), methods=FORM)
def ask(request: StaffRequest) -> HttpResponse:
    """The three questions. An accusation ends here: the answer says where to go, and no trace of it is kept."""
    form = QuestionsForm(request.POST) if request.method == "POST" else QuestionsForm()
    if form.is_valid():
        intake_drafts.forget(request)
        leads = way(
            accuses=form.says("accuses"), concerns_own_people=form.says("own"), wants_secrecy=form.says("secret")
        )
        if leads is Way.ELSEWHERE:
            return render(request, "desk/intake_elsewhere.html", _elsewhere(request))
        return redirect(_form_of(request, [name for name in ("own", "secret") if form.says(name)]))
    context = {
        "form": form,
        "today": _today(request),
        "unfinished": intake_drafts.unfinished(request),
        "visit": visit_of(request, request.GET.get("visit", "")),
    }
    return render(request, "desk/intake_questions.html", context)


def _form_of(request: StaffRequest, answers: list[str]) -> str:
    """The address of the form: with what was answered, and the visit that goes on."""
    visit = visit_of(request, request.GET.get("visit", ""))
    chosen = "&".join([*answers, *([f"visit={visit.number}"] if visit and not answers else [])])
    return f"{reverse('desk:intake_form')}{'?' if chosen else ''}{chosen}"


def _elsewhere(request: StaffRequest) -> dict[str, Any]:
    """Where an accusation is taken: the shipped channels, and the district's own discipline organ as entered here."""
    doors = [unit for unit in discipline_doors(request.today) if unit.address or unit.phone]
    return {**accusation_channels(), "doors": doors}


@staff(*sorted(REGISTRARS), methods=FORM)
def write(request: StaffRequest) -> HttpResponse:
    """The one form, and registering what stands in it. "look" reads and suggests without registering anything."""
    counters = counters_of(request.actor, request.today)
    if not counters:
        raise Http404
    looks = request.method == "POST" and "look" in request.POST
    kept = intake_drafts.given_back(request, looks=looks)
    own, secret = (_flag(request, kept.fields if kept else None, name) for name in ("own", "secret"))
    visit = _visit(request, kept)
    form = _form(request, counters, kept.fields if kept else _of_visit(request, visit), own=own, secret=secret)
    if request.method == "POST" and not looks and form.is_valid():
        received = _register(request, form, visit)
        if received is not None:
            return _registered(request, form, received)
    typed = request.POST if request.method == "POST" else kept.fields if kept else QueryDict()
    context = {
        "form": form,
        "own": own,
        "secret": secret,
        "looks": looks,
        "visit": visit,
        "saved_at": kept.saved_at if kept else None,
        # What somebody wants kept secret does not stay on the window's computer either.
        "keeps_draft": not (own or secret),
        "today": _today(request),
        **calling(request),
        **panel(request, typed),
        "alike": panel_of(request, typed),
    }
    return calls_home(render(request, "desk/intake.html", context))


def _flag(request: HttpRequest, kept: QueryDict | None, name: str) -> bool:
    """An answer to one of the three questions: in the form that was sent, that was kept, or in the address."""
    if request.method == "POST":
        return request.POST.get(name) == "True"
    return name in request.GET or (kept is not None and kept.get(name) == "True")


def _today(request: StaffRequest) -> int:
    return registered_today(request.actor, datetime.combine(request.today, time.min, SHANGHAI))


def _form(
    request: StaffRequest, counters: list[Unit], kept: QueryDict | dict[str, Any] | None, *, own: bool, secret: bool
) -> IntakeForm:
    """The form of this request; after a session that ended, with what had been typed."""
    lists: dict[str, Any] = {
        "counters": [(unit.code, unit.short_name) for unit in counters],
        "places": places_of(counters[0], request.today),
        **(_kept_away(counters[0], request) if own else {}),
    }
    if request.method == "POST" and kept is None:
        return IntakeForm(request.POST, request.FILES, **lists)
    initial: dict[str, Any] = {"submission_key": fresh_key()}
    if kept is not None:
        initial |= intake_drafts.plain(kept)
    return IntakeForm(initial={**initial, "own": own, "secret": secret}, **lists)


def _kept_away(counter: Unit, request: StaffRequest) -> dict[str, Any]:
    """Whom a matter about one's own people may concern: this counter's people, and the town's at a village station."""
    above = counter.parent if counter.kind == UnitKind.STATION else None
    people = colleagues_at(counter, request.today) + (colleagues_at(above, request.today) if above else [])
    return {"colleagues": people, "above": above.code if above else ""}


def _visit(request: StaffRequest, kept: intake_drafts.GivenBack | None) -> Visit | None:
    """The visit that goes on with this form."""
    sources = [kept.fields] if kept else [request.POST if request.method == "POST" else request.GET]
    return next((visit for source in sources if (visit := visit_of(request, source.get("visit", "")))), None)


def _of_visit(request: StaffRequest, visit: Visit | None) -> dict[str, Any] | None:
    if request.method == "POST":
        return None
    return {**filled(request, visit), "visit": visit.number} if visit else {}


def _register(request: StaffRequest, form: IntakeForm, visit: Visit | None) -> Received | None:
    """Register, or say beside the field why not; whatever was typed stays in the form."""
    given = form.cleaned_data
    try:
        return receive(
            values=form.values() | chosen(request, given["category"]),
            decision=decision_of(request.POST, visit.matter if visit else None),
            files=given["uploads"],
            by=request.actor,
            at=form.received(request.now),
            recorded_at=request.now,
            late_reason=given["late_reason"],
            submission_key=given["submission_key"],
        )
    except RuleBroken as broken:
        form.refuse(broken)
        if broken.code == "submission_key_reused":
            _offer_another(form)
        return None


def _offer_another(form: IntakeForm) -> None:
    """The same page was sent before with other words: it is registered; pressing again makes another matter."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["submission_key"] = str(fresh_key())
    form.data = data
    form.add_error(None, _("上一次提交已经登记。要更正请打开那个事项；确实是另一件事，请再按一次“登记”。"))


def _registered(request: StaffRequest, form: IntakeForm, received: Received) -> HttpResponse:
    """To the receipt, by another request: neither refresh nor back registers twice."""
    intake_drafts.forget(request)
    receipt = received.receipt
    if receipt.code:
        put_code(request, receipt, received.seq)
    given = form.cleaned_data
    number = tidy_number(given["id_number"])
    if given["id_type"] != OTHER_PAPER and (warning := id_warning(number)):
        messages.warning(request, str(WARNINGS[warning]))
    if received.seq > 1:
        return redirect("desk:contact", receipt.number, received.seq)
    return redirect("desk:receipt", receipt.number)


def put_code(request: HttpRequest, receipt: Receipt, seq: int = 1) -> None:
    """Keep a code for the one page that shows it: the receipt, or that of whoever joined with that event."""
    once.put(request, code_key(receipt.number, seq), {"code": receipt.code, "matter": str(receipt.matter)})


def code_key(number: str, seq: int = 1) -> str:
    return f"code:{number}:{seq}"


def plain_number(number: str) -> str:
    """The number out of an address, or the 404 of what is not there."""
    plain = read_number(number)
    if plain is None:
        raise Http404
    return plain
