"""Letters to petitioners whom no phone reaches: which wait, one printed after a noted look, and that it was posted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinfang.labels.messages import KINDS, STATES, WAYS, reason_of, text_of
from xinfang.labels.refusals import word
from xinfang.models import OutgoingMessage
from xinfang.queries.dossier import Dossier
from xinfang.queries.messages import WaitingLetter, letter_for, letters_for, messages_of
from xinfang.queries.reaching import asks_large_print
from xinfang.rules.access.masking import masked_name
from xinfang.rules.access.sight import may_open_identity
from xinfang.rules.notices.messages import POSTERS, MessageKind, MessageState, MessageWay, may_send_again
from xinfang.rules.refusals import RuleBroken
from xinfang.services.posting import mark_posted, open_letter, send_again
from xinfang.web.desk.matter import found
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest


@staff(*sorted(POSTERS))
def waiting(request: StaffRequest) -> HttpResponse:
    """The letters that wait, oldest first."""
    rows = [_row(letter) for letter in letters_for(request.actor, request.now)]
    return render(request, "desk/letters.html", {"rows": rows})


def _row(letter: WaitingLetter) -> dict[str, Any]:
    message = letter.message
    return {
        "letter": message.pk,
        "number": letter.number,
        "name": masked_name(letter.name),
        "kind": KINDS[MessageKind(message.kind)],
        "since": message.at,
        "reason": reason_of(message.failure) if message.failure else "",
    }


@staff(*sorted(POSTERS), methods=FORM)
def show(request: StaffRequest, letter: int) -> HttpResponse:
    """One letter. It carries name and address in the clear, so printing it is noted like any other look."""
    row = letter_for(request.actor, letter, request.now)
    if row is None:
        raise Http404
    context: dict[str, Any] = _row(row)
    if request.method == "POST":
        reason = _("打印寄给信访人的信")
        try:
            context["to"] = open_letter(letter=letter, by=request.actor, reason=reason, at=request.now)
        except RuleBroken as broken:
            messages.error(request, word(broken))
            return redirect("desk:letters")
        kind = MessageKind(row.message.kind)
        said = text_of(kind, {**row.message.facts, "number": row.number})
        context["text"] = said.partition("】")[2]
        context["today"] = request.today
        context["large"] = bool(row.message.matter and asks_large_print(row.message.matter))
    return render(request, "desk/letter.html", context)


@staff(*sorted(POSTERS), methods=SEND)
def posted(request: StaffRequest, letter: int) -> HttpResponse:
    """Note that a letter went to the post."""
    number = request.POST.get("number", "")
    try:
        mark_posted(letter=letter, number=number, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
    else:
        messages.success(request, _("已记为寄出。"))
    return redirect("desk:letters")


@staff(methods=SEND)
def again(request: StaffRequest, number: str, message: int) -> HttpResponse:
    """Send a message once more that did not arrive."""
    dossier = found(request, number)
    try:
        send_again(message=message, matter=dossier.matter.pk, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
    else:
        messages.success(request, _("会马上再发一次。"))
    return redirect("desk:outgoing", dossier.matter.number)


@staff()
def log(request: StaffRequest, number: str) -> HttpResponse:
    """What was sent to the petitioner of one matter, and what became of it."""
    dossier = found(request, number)
    if not may_open_identity(dossier.state, request.actor, request.now):
        raise Http404
    rows = [_line(message, dossier) for message in messages_of(dossier.matter.pk)]
    return render(request, "desk/outgoing.html", {"matter": dossier.matter, "rows": rows})


def _line(message: OutgoingMessage, dossier: Dossier) -> dict[str, Any]:
    kind, state = MessageKind(message.kind), MessageState(message.state)
    return {
        "pk": message.pk,
        "at": message.at,
        "kind": KINDS[kind],
        "way": WAYS[MessageWay(message.channel)] if message.channel else "",
        "to": message.reached,
        "state": STATES[state],
        "is_bad": state in {MessageState.FAILED, MessageState.DROPPED},
        "is_done": state in {MessageState.SENT, MessageState.POSTED, MessageState.ARRIVED},
        "report": message.report,
        "sent_at": message.sent_at,
        "post_number": message.post_number,
        "attempts": message.attempts,
        "reason": reason_of(message.failure) if message.failure else "",
        "maybe_twice": message.maybe_twice,
        "again": may_send_again(kind, state, message.failure, dossier.state),
    }
