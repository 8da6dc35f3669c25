"""Answering an invitation: with one's own code without any account, or on the page of one's matter."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xinfang.documents.session_calendar import calendar_of, file_of
from xinfang.labels.refusals import word
from xinfang.labels.sessions import ANSWERS
from xinfang.models import SessionInvitation
from xinfang.queries.people import actor_of
from xinfang.queries.sessions import address_of_room, matters_of_user, number_in, place_of, sessions_of_user
from xinfang.queries.tracking import Tracked
from xinfang.rules.matters.state import MatterState
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import session_of
from xinfang.rules.sessions.codes import Answer
from xinfang.rules.sessions.session import Guest, Session
from xinfang.services import sessions_answers, sessions_feed, sessions_inviting
from xinfang.services.matters import state_of
from xinfang.web.parts.downloads import calendar_file
from xinfang.web.parts.fields import LineField
from xinfang.web.parts.requests import moment_of, today_of
from xinfang.web.public.frame import address_of, page, sent, show_refusal, too_many
from xinfang.web.public.track import case_view

KEY = "session_invitation"
TRIES, READS = 60, 600
SAID = [(answer.value, words) for answer, words in ANSWERS.items() if answer is not Answer.WAITING]


class CodeForm(forms.Form):
    """The code out of the text message or from the paper."""

    code = LineField(label=_("回复码"), numeric=True, help_text=_("短信或者通知单上的 12 位数字。"))


class AnswerForm(forms.Form):
    """Coming, not coming, or another time; whoever does not come says no reason."""

    said = forms.ChoiceField(
        label=_("您能来吗"), choices=SAID, widget=forms.RadioSelect, error_messages={"required": _("请选一个。")}
    )
    wish = LineField(label=_("想换到什么时间"), required=False, help_text=_("只在想换时间时填，例如“下午四点以后”。"))


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The one field of an invitation."""
    form = CodeForm(sent(request))
    if request.method == "POST" and (stopped := too_many(request, "session", TRIES)):
        return stopped
    if request.method == "POST" and form.is_valid():
        try:
            found = sessions_inviting.open_by_code(
                code=form.cleaned_data["code"], address=address_of(request), at=moment_of(request)
            )
        except RuleBroken as refused:
            show_refusal(form, refused)
        else:
            request.session.cycle_key()
            request.session[KEY] = found.pk
            return redirect("session_reply")
    return page(request, "session_code", {"form": form})


def _invited(request: HttpRequest) -> tuple[SessionInvitation, MatterState, Session, Guest] | None:
    row = SessionInvitation.objects.filter(
        pk=request.session.get(KEY, 0), expires_at__gt=moment_of(request), matter__sealed=False
    ).first()
    if row is None:
        return None
    state = state_of(row.matter_id)
    session = session_of(state, row.k)
    guest = session.guest(row.n)
    return (row, state, session, guest) if guest else None


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest) -> HttpResponse:
    """When and where, and one's answer; nothing of the matter."""
    found = _invited(request)
    if found is None:
        return redirect("session_code")
    row, _state, session, guest = found
    answer = partial(sessions_answers.answer_with_code, invitation=row)
    return _answering(request, session, guest, answer, "session_reply", {"file_url": "session_reply_file"})


def _answering(
    request: HttpRequest, session: Session, guest: Guest, answer: partial[MatterState], back: str,
    context: dict[str, object],
) -> HttpResponse:  # fmt: skip
    first = {"said": guest.answer.value if guest.answer is not Answer.WAITING else None}
    form = AnswerForm(sent(request), initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            answer(said=given["said"], wish=given["wish"], at=moment_of(request))
        except RuleBroken as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, now_("记下了，谢谢。"))
            return redirect(back, *([session.k] if back == "case_session" else []))
    known = {
        "form": form, "session": session, "place": place_of(session.room), "address": address_of_room(session.room),
        "answer": ANSWERS[guest.answer], "is_answered": guest.answer is not Answer.WAITING,
    }  # fmt: skip
    return page(request, "session_reply", {**known, **context})


@require_http_methods(["GET", "HEAD"])
def reply_file(request: HttpRequest) -> HttpResponse:
    """The invitation for one's own calendar; the matter's number is not theirs to know."""
    found = _invited(request)
    if found is None:
        return redirect("session_code")
    row, _state, session, _guest = found
    return calendar_file(file_of(row.matter_id, session, "", moment_of(request)))


def _own(matter: Tracked, k: int) -> tuple[Session, Guest]:
    """The petitioner's own place in that session; a session without them is not there."""
    try:
        session = session_of(matter.state, k)
    except RuleBroken:
        raise Http404 from None
    guest = sessions_answers.own_guest(matter.state, session)
    if guest is None:
        raise Http404
    return session, guest


@case_view("POST")
def case_session(request: HttpRequest, matter: Tracked, k: int) -> HttpResponse:
    """A session to which the petitioner is asked."""
    session, guest = _own(matter, k)
    answer = partial(sessions_answers.answer_at_home, matter=matter.state.id, k=k)
    return _answering(request, session, guest, answer, "case_session", {"matter": matter})


@case_view()
def case_session_file(request: HttpRequest, matter: Tracked, k: int) -> HttpResponse:
    """The same for their calendar."""
    session, _guest = _own(matter, k)
    return calendar_file(file_of(matter.state.id, session, number_in(matter.state), moment_of(request)))


@require_http_methods(["GET", "HEAD"])
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """All sessions of whoever holds this address; recused ones and those of closed accounts are not in it."""
    if stopped := too_many(request, "feed", READS):
        return stopped
    try:
        user = sessions_feed.owner_of(secret)
    except RuleBroken as refused:
        return HttpResponse(word(refused), status=404, content_type="text/plain; charset=utf-8")
    actor, now = actor_of(user, today_of(request)), moment_of(request)
    states = (state_of(matter) for matter in matters_of_user(user.pk, now))
    open_to = [state for state in states if not actor.units & state.recused_units]
    own = [(each.matter, each.session, each.number) for each in sessions_of_user(user.pk, open_to)]
    return calendar_file(calendar_of(own, now))
