"""What only the petitioner can say: rating, 息访, withdrawal; each proved, each to be taken back, none asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.labels.codes import GRADES, RATED_ORGANS
from xinfang.labels.dates import day
from xinfang.labels.refusals import word
from xinfang.queries.tracking import Tracked
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.matters.codes import Proof, RatedOrgan
from xinfang.rules.people.seats import PETITIONER
from xinfang.rules.refusals import RuleBroken
from xinfang.services import petitioner, proofs
from xinfang.services.matters import perform
from xinfang.services.outbox import texts_go_out
from xinfang.web.parts.requests import moment_of
from xinfang.web.public.frame import address_of, page, sent, show_refusal, too_many
from xinfang.web.public.track import case_view
from xinfang.web.public.track_forms import ProofForm, RateForm, StatementForm

STATEMENTS = 60
Acts = list[tuple[str, Mapping[str, Any]]]


def ways_of(matter: Tracked) -> list[Proof]:
    """The proofs that this petitioner can give here."""
    ways = [Proof.PHONE_CODE] if matter.contact.proves(matter.asked.at) and texts_go_out() else []
    return [*ways, Proof.SEALED_SLIP] if matter.has_slip else ways


def _proof_context(matter: Tracked, ways: list[Proof]) -> dict[str, Any]:
    return {
        "matter": matter,
        "ways": ways,
        "by_phone": Proof.PHONE_CODE in ways,
        "no_carrier": not texts_go_out(),
        "phone_from": _phone_from(matter),
        "call_by": day(matter.call_by.due),
        "until": day(matter.review_until.due) if matter.review_until else "",
    }


def _phone_from(matter: Tracked) -> str:
    """The day from which a phone that staff wrote down proves anything, while it does not yet."""
    contact = matter.contact
    waits = contact.paused_until is not None and not contact.proves(matter.asked.at)
    return day(local_day(contact.paused_until)) if waits and contact.paused_until else ""


@case_view()
def overview(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """What was said so far, and what can be said."""
    ratings = [(RATED_ORGANS[organ], GRADES[grade]) for organ in RatedOrgan if (grade := _grade(matter, organ))]
    context = {**_proof_context(matter, ways_of(matter)), "ratings": ratings, "may": matter.may}
    return page(request, "confirm", context)


def _grade(matter: Tracked, organ: RatedOrgan) -> Any:
    return matter.state.ratings.get(organ.value)


def proved(
    request: HttpRequest,
    template: str,
    matter: Tracked,
    form: ProofForm,
    act: Callable[[dict[str, Any], dict[str, Any]], HttpResponse],
) -> HttpResponse:
    """One act under a proof: send a code to the phone, or do it; what was filled in stays either way.

    `act` is given what was filled in, and the proof for the service.
    """
    if request.method == "POST" and (stopped := too_many(request, "state", STATEMENTS)):
        return stopped
    if "send" in request.POST:
        form = _sent(request, matter, form)
    elif request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        proof = {"way": given["way"], "code": given["code"], "address": address_of(request), "at": moment_of(request)}
        try:
            return act(given, {"matter": matter.state.id, **proof})
        except RuleBroken as refused:
            show_refusal(form, refused)
    return page(request, template, {**_proof_context(matter, ways_of(matter)), "form": form})


def _statement(
    request: HttpRequest,
    template: str,
    matter: Tracked,
    form: ProofForm,
    said: Callable[[dict[str, Any]], tuple[Acts, str]],
) -> HttpResponse:
    """One statement that is recorded as moves of the matter."""

    def act(given: dict[str, Any], proof: dict[str, Any]) -> HttpResponse:
        acts, done = said(given)
        petitioner.declare(acts=acts, **proof)
        messages.success(request, done)
        return redirect("confirm")

    return proved(request, template, matter, form, act)


def _sent(request: HttpRequest, matter: Tracked, form: ProofForm) -> ProofForm:
    """The same form, unchecked, with what was filled in; and a word about the code."""
    try:
        proofs.send_phone_code(matter=matter.state.id, at=moment_of(request))
    except RuleBroken as refused:
        messages.warning(request, word(refused))
    else:
        phone = matter.contact.phone
        messages.success(request, _("验证码已经发到 %(phone)s，5 分钟内有效。") % {"phone": phone})
    form.is_bound = False
    form.initial = {name: request.POST.get(name, "") for name in form.fields} | {
        "way": Proof.PHONE_CODE.value,
        "code": "",
    }
    return form


@case_view("POST")
def rate(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Both organs apart, three grades each."""
    if "rate" not in matter.may:
        return redirect("confirm")

    def said(given: dict[str, Any]) -> tuple[Acts, str]:
        acts: Acts = []
        for organ in RatedOrgan:
            grade = given[organ.value]
            if grade == "revoke":
                acts.append(("revoke_rating", {"organ": organ.value}))
            elif grade:
                acts.append(("rate", {"organ": organ.value, "grade": grade, "words": given["words"]}))
        return acts, _("您的评价已经记下。以后随时可以改，也可以收回。")

    form = RateForm(sent(request), ways=ways_of(matter), rated=frozenset(matter.state.ratings))
    return _statement(request, "confirm_rate", matter, form, said)


@case_view("POST")
def rest(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """The voluntary statement; saying no is as easy and leads on."""
    if "go_on" in request.POST:
        messages.info(request, _("没关系。您可以接着补充材料、催办、申请复查，都不受影响。"))
        return redirect("case")
    if "put_at_rest" not in matter.may:
        return redirect("confirm")

    def said(given: dict[str, Any]) -> tuple[Acts, str]:
        return [("put_at_rest", {"words": given["words"]})], _("已经记下。您随时可以收回，不影响任何权利。")

    return _statement(request, "confirm_rest", matter, StatementForm(sent(request), ways=ways_of(matter)), said)


@case_view("POST")
def withdraw(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Withdrawing (F-34): asked for here, confirmed by a call from somebody outside the handling unit."""
    if "ask_withdrawal" not in matter.may:
        return redirect("confirm")

    def said(given: dict[str, Any]) -> tuple[Acts, str]:
        return [("ask_withdrawal", {"words": given["words"]})], _("撤回申请已经收到，会有人打电话跟您核实。")

    form = StatementForm(sent(request), ways=ways_of(matter))
    return _statement(request, "confirm_withdraw", matter, form, said)


REVOKABLE = {
    "revoke_rest": lambda: _("已经收回。"),
    "revoke_withdrawal": lambda: _("已经取消撤回，接着办。"),
}


@case_view("POST")
def revoke(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Taking back 息访 or a withdrawal: one press."""
    move = request.POST.get("move", "")
    if request.method != "POST" or move not in REVOKABLE:
        return redirect("confirm")
    try:
        perform(move, matter=matter.state.id, by=PETITIONER, at=moment_of(request))
    except RuleBroken as refused:
        messages.warning(request, word(refused))
    else:
        messages.success(request, REVOKABLE[move]())
    return redirect("confirm")
