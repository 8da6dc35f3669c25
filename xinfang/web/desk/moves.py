"""Making a move: one page for all of them, built from the move's own fields."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinfang.labels.moves import MEANING, MOVES
from xinfang.labels.refusals import word
from xinfang.queries.dossier import Dossier, texts_of
from xinfang.rules.access.sight import may_see
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.allowed import BY_NAME, why_not
from xinfang.rules.lifecycle.move import Move
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.parts import what_name
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.matters import perform
from xinfang.web.desk import suggestions
from xinfang.web.desk.comparing import found_for, side_by_side
from xinfang.web.desk.matter import found
from xinfang.web.desk.mediation_known import known_for
from xinfang.web.desk.move_forms import MoveForm
from xinfang.web.desk.options import offers_of
from xinfang.web.desk.timeline import Entry, entries_of
from xinfang.web.parts import drafts
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.requests import StaffRequest

# What one decides about stands above the form.
ABOUT = {
    "read_report": {EventType.PRELIM_REPORTED, EventType.MONTHLY_REPORTED},
    "approve_plan": {EventType.PLAN_FILED},
    "return_plan": {EventType.PLAN_FILED},
    "verify_resolved": {EventType.RESOLUTION_PROPOSED},
    "uphold_objection": {EventType.OBJECTED},
    "reject_objection": {EventType.OBJECTED},
    "rule_on_part": {EventType.PART_OBJECTED},
    "return_task": {EventType.TASK_DONE},
    "uphold_refusal": {EventType.REFUSAL_CONTESTED},
    "overturn_refusal": {EventType.REFUSAL_CONTESTED},
    "confirm_withdrawal": {EventType.WITHDRAWAL_ASKED},
    "serve_opinion": {EventType.OPINION_SIGNED},
    "note_lateness": {EventType.REVIEW_ASKED},
    "decide_review": {EventType.REVIEW_ASKED},
    "serve_review": {EventType.REVIEW_DECIDED},
    "draft_agreement": {EventType.MEDIATION_HELD},
    "sign_agreement": {EventType.AGREEMENT_DRAFTED, EventType.PERFORMANCE_PROMISED},
    "record_performance": {EventType.PERFORMANCE_PROMISED},
}
CONSEQUENTIAL = frozenset(
    {"close", "strike_off", "reopen", "extend", "merge", "not_accept", "no_longer_accept", "decide_review"}
)


@staff(methods=FORM)
def make(request: StaffRequest, number: str, name: str) -> HttpResponse:
    """Show the form of a move, or make the move."""
    dossier = found(request, number)
    move = BY_NAME.get(name)
    if move is None or not request.actor.roles & move.roles:
        raise Http404
    if request.method == "POST":
        return _posted(request, dossier, move)
    broken = why_not(move, dossier.asked)
    if broken is not None:
        return _refused(request, dossier, move, broken)
    kept = drafts.take(request) or (request.GET if "leader" in request.GET else None)
    return _page(request, dossier, move, _empty(dossier, move, kept))


def _empty(dossier: Dossier, move: Move, kept: QueryDict | None) -> MoveForm:
    """A form to fill in, with what the matter already says and what was typed before the session ended."""
    state = dossier.state
    known = {
        "category": state.category,
        "kind": state.kind.value if state.kind else "",
        "item": state.item,
        "offered": suggestions.keys_of(suggestions.offers(dossier, move)),
        **known_for(dossier, move),
        **found_for(dossier, move),
    }
    typed = kept.dict() if kept else {}
    if Role.LEADER in dossier.asked.actor.roles:
        known["leader"] = str(dossier.asked.actor.user_id)
    initial = {**{name: value for name, value in known.items() if value}, **typed, "seq": dossier.read_to}
    return MoveForm(move, offers_of(dossier, move), initial=initial)


def _posted(request: StaffRequest, dossier: Dossier, move: Move) -> HttpResponse:
    if any(request.POST.get(button) for button in ("add", "take", "fill")):
        return _filled(request, dossier, move)
    form = MoveForm(move, offers_of(dossier, move), request.POST)
    if _already_done(request, dossier, move, form):
        return _done(request, dossier.state, move)
    broken = why_not(move, dossier.asked)
    if broken is not None:
        return _refused(request, dossier, move, broken, form)
    if not form.is_sound():
        return _page(request, dossier, move, form)
    try:
        state = perform(
            move.name,
            matter=dossier.matter.pk,
            by=request.actor,
            at=form.occurred_at(request.now),
            recorded_at=request.now,
            late_reason=form.cleaned_data["late_reason"].strip(),
            values={name: value for name, value in form.values().items() if value is not None},
            expected_seq=form.cleaned_data["seq"],
        )
    except RuleBroken as refusal:
        return _not_made(request, dossier, move, form, refusal)
    return _done(request, state, move)


def _filled(request: StaffRequest, dossier: Dossier, move: Move) -> HttpResponse:
    """The form again, with more rows or with a suggestion filled in, to be read and sent; nothing is decided yet."""
    if request.POST.get("add"):
        return _page(request, dossier, move, _empty(dossier, move, request.POST))
    if request.POST.get("fill"):
        filled = suggestions.from_procedure(request.POST)
    else:
        filled = suggestions.taken(request.POST, suggestions.offers(dossier, move))
    drafts.saved(request, _draft(dossier.matter.number, move))  # what the browser kept is older than this
    return _page(request, dossier, move, _empty(dossier, move, filled), taken=request.POST.get("take", ""))


def _not_made(request: StaffRequest, dossier: Dossier, move: Move, form: MoveForm, refusal: RuleBroken) -> HttpResponse:
    """Say beside the field what stands against it; when others were quicker, say first what they did."""
    if refusal.code == "not_found":
        raise refusal
    if refusal.code == "matter_moved_on":
        return _overtaken(request, found(request, dossier.matter.number), move, form)
    form.refuse(refusal)
    return _page(request, dossier, move, form)


def _overtaken(request: StaffRequest, dossier: Dossier, move: Move, form: MoveForm) -> HttpResponse:
    """Somebody was quicker: everything typed stays, with what happened meanwhile above it."""
    if _already_done(request, dossier, move, form):
        return _done(request, dossier.state, move)
    read = form.cleaned_data["seq"]
    happened = [entry for entry in entries_of(dossier) if entry.seq > read]
    typed = request.POST.copy()
    typed["seq"] = str(dossier.read_to)
    again = MoveForm(move, offers_of(dossier, move), initial=typed.dict())
    broken = why_not(move, dossier.asked)
    return _page(request, dossier, move, again, happened=happened, refusal=word(broken) if broken else "", status=409)


def _already_done(request: StaffRequest, dossier: Dossier, move: Move, form: MoveForm) -> bool:
    """Was exactly this sent a moment ago, by a second click or a second Enter?"""
    if not form.is_sound() or form.cleaned_data["seq"] >= dossier.state.seq:
        return False
    later = dossier.events[form.cleaned_data["seq"] :]
    mine = [e for e in later if e.actor == request.actor.user_id and e.payload.get("move") == move.name]
    return bool(mine) and _same_words(dossier, mine[0], form.values())


def _same_words(dossier: Dossier, event: Event, values: dict[str, Any]) -> bool:
    written = dict(texts_of(dossier.matter.pk).get(event.seq, {}))
    written.pop("late_reason", None)
    typed = {
        name: tidy(value) for name, value in values.items() if isinstance(value, str) and name not in event.payload
    }
    for place, row in enumerate(values.get("co_units", ()), start=1):
        typed[what_name(place)] = tidy(row.get("what", ""))
    return written == {name: text for name, text in typed.items() if text}


def _done(request: StaffRequest, state: MatterState, move: Move) -> HttpResponse:
    messages.success(request, _("已办理：%(move)s。") % {"move": MOVES[move.name]})
    drafts.saved(request, _draft(state.number, move))
    if may_see(state, request.actor, request.now):
        return redirect("desk:matter", number=state.number)
    return redirect("desk:queue")


def _draft(number: str, move: Move) -> str:
    return f"{number}-{move.name}"


def _refused(
    request: StaffRequest, dossier: Dossier, move: Move, broken: RuleBroken, form: MoveForm | None = None
) -> HttpResponse:
    """It cannot be done now: why, and everything that was typed to copy from."""
    if broken.code == "not_found":
        raise broken
    happened: list[Entry] = []
    if form is not None and form.is_valid():
        happened = [entry for entry in entries_of(dossier) if entry.seq > form.cleaned_data["seq"]]
    shown = MoveForm(move, offers_of(dossier, move), initial=request.POST.dict()) if form is not None else None
    return _page(request, dossier, move, shown, happened=happened, refusal=word(broken), status=409)


def _page(
    request: StaffRequest,
    dossier: Dossier,
    move: Move,
    form: MoveForm | None,
    *,
    happened: list[Entry] | None = None,
    refusal: str = "",
    taken: str = "",
    status: int = 200,
) -> HttpResponse:
    about = ABOUT.get(move.name, set())
    problems = form.problems() if form and form.is_bound else []
    context = {
        "matter": dossier.matter,
        "title": dossier.word("title"),
        "move": move,
        "heading": MOVES[move.name],
        "meaning": MEANING.get(move.name, ""),
        "is_consequential": move.name in CONSEQUENTIAL,
        "form": form,
        "problems": problems,
        "has_errors": bool(problems),
        "happened": happened or [],
        "refusal": refusal,
        "offers": suggestions.offers(dossier, move) if form and not refusal else [],
        "taken": taken,
        "about": [entry for entry in entries_of(dossier) if EventType(dossier.events[entry.seq - 1].type) in about][:3],
        "draft": _draft(dossier.matter.number, move),
        "compared": side_by_side(dossier, move) if form else {},
    }
    return render(request, "desk/move.html", context, status=status)
