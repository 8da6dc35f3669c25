"""What happens to every request: one moment, one actor, an end to idle sessions, strict headers, one kind of 404."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from xinfang.models import User
from xinfang.queries.people import actor_of
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.web.parts import drafts
from xinfang.web.parts.now import now
from xinfang.web.parts.places import is_from_this_machine
from xinfang.web.parts.requests import NOBODY, moment_of, today_of

Answer = Callable[[HttpRequest], HttpResponse]

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
_MARK_EVERY = timedelta(seconds=30)

# What scripts ask while somebody types; it runs beside the page's own requests.
SAVING = "desk:intake_draft"
BACKGROUND = frozenset({SAVING, "desk:intake_read", "desk:alike", "desk:suggest"})

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
CALLING = f"{POLICY}; connect-src 'self'"
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def calls_home(response: HttpResponse) -> HttpResponse:
    """Let the scripts of this page ask the server that it came from, and nobody else."""
    response["Content-Security-Policy"] = CALLING
    return response


class Headers:
    """No inline code, no device access, nothing personal in a cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers["Cache-Control"] = "private, no-store"
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class PersonAndMoment:
    """`request.now` and `request.actor`; needs the sessions and the sign-in of Django before it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = now()  # type: ignore[attr-defined]  # see StaffRequest
        request.today = today_of(request)  # type: ignore[attr-defined]  # see StaffRequest
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]  # see StaffRequest
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a person may not see is answered like what is not there."""
        if isinstance(exception, RuleBroken) and exception.code == "not_found":
            return page_not_found(request, exception)
        return None


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    return actor_of(user, today_of(request)) if isinstance(user, User) or user.is_authenticated else NOBODY


class SessionsEnd:
    """Half an hour without a sign of life, or ten hours in all, end a session; what was typed is kept for its owner.

    Stands behind the CSRF check, so that only a genuine form is kept.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        if not request.user.is_authenticated:
            return
        if request.user.is_demo and not is_from_this_machine(request):
            logout(request)
            return
        moment = moment_of(request)
        if _is_over(request, moment) and _is_background(request):
            _answer_nobody(request)
        elif _is_over(request, moment):
            _end(request)
        elif not _is_background(request) and moment - _read(request, "seen_at", moment - IDLE) > _MARK_EVERY:
            request.session["seen_at"] = moment.isoformat()
            request.session.setdefault("signed_in_at", moment.isoformat())


def _answer_nobody(request: HttpRequest) -> None:
    """Nothing is shown any more; but what its writer has typed is still taken into the sealed draft."""
    if request.resolver_match is None or request.resolver_match.view_name != SAVING:
        request.user = AnonymousUser()
        request.actor = NOBODY  # type: ignore[attr-defined]  # see StaffRequest


def _is_background(request: HttpRequest) -> bool:
    """Did a script ask beside the page?

    It must not write the session: it could bring back, or take away, a code that the page beside it shows just once.
    Nor end it: the form that is being sent meanwhile would come from nobody, and be lost.
    """
    match = request.resolver_match
    return match is not None and match.view_name in BACKGROUND


def _read(request: HttpRequest, name: str, otherwise: datetime) -> datetime:
    text = request.session.get(name)
    return datetime.fromisoformat(text) if text else otherwise


def _is_over(request: HttpRequest, moment: datetime) -> bool:
    idle = moment - _read(request, "seen_at", moment)
    return idle > IDLE or moment - _read(request, "signed_in_at", moment) > LONGEST


def _end(request: HttpRequest) -> None:
    """Sign out; keep a form that was just sent, sealed, until the same person signs in again."""
    kept = drafts.seal(request) if request.method == "POST" else None
    logout(request)
    request.actor = NOBODY  # type: ignore[attr-defined]  # see StaffRequest
    if kept:
        drafts.put(request, kept)
        messages.info(request, _("您离开太久，已自动退出。刚才填写的内容还在，登录后接着办。"))
    else:
        messages.info(request, _("您离开太久，已自动退出，请重新登录。"))
