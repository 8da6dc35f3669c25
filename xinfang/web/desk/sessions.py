"""One session of a matter: who answered what, writing an answer down, calling it off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinfang.labels.refusals import word
from xinfang.labels.sessions import ANSWERS, PARTS
from xinfang.queries.dossier import Dossier
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import may_convene, may_note, session_of
from xinfang.rules.sessions.codes import Answer
from xinfang.rules.sessions.session import Session
from xinfang.services import sessions, sessions_answers
from xinfang.web.desk.matter import found
from xinfang.web.desk.sessions_words import session_line
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest

SAID = [(answer.value, words) for answer, words in ANSWERS.items() if answer is not Answer.WAITING]


def one_of(request: StaffRequest, number: str, k: int) -> tuple[Dossier, Session]:
    """The session of that number of a matter that may be seen; else the 404 of what is not there."""
    dossier = found(request, number)
    try:
        return dossier, session_of(dossier.state, k)
    except RuleBroken:
        raise Http404 from None


@staff(methods=FORM)
def show(request: StaffRequest, number: str, k: int) -> HttpResponse:
    """Everything about one session; by POST an answer that came by telephone, or the end of it."""
    dossier, session = one_of(request, number, k)
    if request.method == "POST":
        return _changed(request, dossier, k)
    context = {
        "matter": dossier.matter,
        "title": dossier.word("title"),
        "line": session_line(dossier, session),
        "subject": dossier.word("subject", session.seq),
        "answers": SAID,
        "may_convene": may_convene(dossier.state, request.actor),
        "may_note": may_note(request.actor),
        "minutes": minutes_in_words(dossier, session),
        "is_begun": request.now >= session.starts,
    }
    return render(request, "desk/sessions/session.html", context)


def minutes_in_words(dossier: Dossier, session: Session) -> list[tuple[object, str]]:
    """The newest minutes, part by part."""
    if not session.minutes:
        return []
    said = ((label, dossier.word(name, session.minutes) or "") for name, label in PARTS.items())
    return [(label, text) for label, text in said if text]


def _changed(request: StaffRequest, dossier: Dossier, k: int) -> HttpResponse:
    matter = dossier.matter.pk
    try:
        if request.POST.get("off"):
            sessions.call_off(matter=matter, k=k, by=request.actor, at=request.now)
            messages.success(request, _("取消了，已经通知所有人。会议室和时间空出来了。"))
        else:
            n, said = row_number(request.POST.get("n")), request.POST.get("said", "")
            sessions_answers.answer(matter=matter, k=k, n=n, said=said, by=request.actor, at=request.now)
            messages.success(request, _("已登记回复。"))
    except RuleBroken as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, word(refused))
    return redirect("desk:session", dossier.matter.number, k)
