"""How the pages are shown: large print; and leaving a shared machine without a trace."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from xinfang.web.parts.context import ELDER_COOKIE
from xinfang.web.parts.kiosk import kiosk_of
from xinfang.web.public import keeping

YEAR = 365 * 24 * 60 * 60


def _back_to(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if safe and target.startswith("/") else "/"


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Large print on or off, remembered by this browser for a year; the cookie says nothing but that."""
    response = redirect(_back_to(request))
    if request.POST.get("on") == "1":
        response.set_cookie(
            ELDER_COOKIE, "1", max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget everything that this browser was doing here, for the next person at the machine."""
    response = redirect("kiosk" if kiosk_of(request) else "home")
    if request.user.is_authenticated:
        keeping.drop(request, keeping.DRAFT, keeping.RECEIPT, keeping.CASE, keeping.RECORD)
        return response
    request.session.flush()
    if kiosk_of(request):
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
