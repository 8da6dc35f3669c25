"""One's own sessions, for whoever is asked to one, whether or not they may see the matter; and into one's calendar."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.documents.session_calendar import file_of
from xinfang.labels.refusals import word
from xinfang.labels.sessions import ANSWERS
from xinfang.models import CalendarFeed
from xinfang.queries.access import matters_for
from xinfang.queries.sessions import Own, matters_of_user, number_in, sessions_of_user
from xinfang.rules.access.sight import may_see
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import session_of
from xinfang.services import sessions_answers, sessions_feed
from xinfang.services.matters import state_of
from xinfang.web.desk.sessions import SAID
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.downloads import calendar_file
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest

ADDRESS = "session_address"


@staff(methods=FORM)
def show(request: StaffRequest) -> HttpResponse:
    """The sessions to which one is asked; by POST one's answer."""
    if request.method == "POST":
        return _answered(request)
    rows = sessions_of_user(request.user.pk, map(state_of, matters_of_user(request.user.pk, request.now)))
    seen = matters_for(request.actor, request.now).filter(pk__in={own.matter for own in rows})
    numbers = dict(seen.values_list("pk", "number"))
    context = {
        "rows": [_row(own, numbers.get(own.matter, "")) for own in rows],
        "answers": SAID,
        "address": request.session.pop(ADDRESS, ""),
        "has_address": CalendarFeed.objects.filter(user=request.user).exists(),
    }
    return render(request, "desk/sessions/own.html", context)


def _row(own: Own, number: str) -> dict[str, object]:
    guest = own.session.guest(own.n)
    return {
        "own": own,
        "url": reverse("desk:session", args=[number, own.session.k]) if number and own.number else "",
        "answer": ANSWERS[guest.answer] if guest else "",
    }


def _answered(request: StaffRequest) -> HttpResponse:
    try:
        matter = UUID(request.POST.get("matter", ""))
    except ValueError:
        raise Http404 from None
    k, n = (row_number(request.POST.get(name)) for name in ("k", "n"))
    said = request.POST.get("said", "")
    try:
        sessions_answers.answer(matter=matter, k=k, n=n, said=said, by=request.actor, at=request.now)
    except RuleBroken as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, word(refused))
    else:
        messages.success(request, _("已回复。"))
    return redirect("desk:sessions")


@staff(methods=SEND)
def renew(request: StaffRequest) -> HttpResponse:
    """A new secret address for one's calendar; shown once."""
    code = sessions_feed.renew(by=request.actor, at=request.now)
    request.session[ADDRESS] = request.build_absolute_uri(reverse("session_feed", args=[code]))
    return redirect("desk:sessions")


@staff()
def file(request: StaffRequest, matter: UUID, k: int) -> HttpResponse:
    """One session for a calendar: for its guests, and for whoever may see the matter."""
    asked = matter in matters_of_user(request.user.pk, request.now)
    if not (asked or matters_for(request.actor, request.now).filter(pk=matter).exists()):
        raise Http404
    state = state_of(matter)
    try:
        session = session_of(state, k)
    except RuleBroken:
        raise Http404 from None
    is_guest = any(guest.user == request.user.pk for guest in session.guests)
    is_away = request.user.pk in state.recused_users or state.sealed
    if is_away or not (is_guest or may_see(state, request.actor, request.now)):
        raise Http404
    return calendar_file(file_of(matter, session, number_in(state), request.now))
