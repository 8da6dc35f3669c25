"""Is this machine the self-service machine of a hall? Its address of that hall said so, and a signed cookie keeps it.

The address carries a word that nobody guesses: whoever does not have it from the hall gives out no tickets.
"""

from base64 import b32encode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "kiosk"
YEAR = 365 * 24 * 60 * 60


def code_of(centre: str) -> str:
    """What stands in the address of the machines of a hall: short enough to be typed once by hand."""
    mark = salted_hmac(COOKIE, centre, algorithm="sha256").digest()[:5]
    return f"{centre}-{b32encode(mark).decode().lower()}"


def centre_of_code(code: str) -> str:
    """The centre whose address this is; "" for any other."""
    centre = code.rpartition("-")[0]
    return centre if constant_time_compare(code, code_of(centre)) else ""


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
