"""Is this machine the self-service machine of a hall? Said by a signed cookie that somebody of the hall put there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "kiosk"
YEAR = 365 * 24 * 60 * 60


def kiosk_of(request: HttpRequest) -> str:
    """The code of the centre in whose hall this machine stands; "" for every other machine."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or "")


def make_kiosk(response: HttpResponse, centre: str) -> None:
    """From now on this machine serves whoever stands before it, with nothing kept between two people."""
    response.set_signed_cookie(
        COOKIE, centre, salt=COOKIE, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )


def end_kiosk(response: HttpResponse) -> None:
    """An ordinary machine again."""
    response.delete_cookie(COOKIE, samesite="Lax")
