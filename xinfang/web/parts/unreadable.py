"""What no browser sends and no page could use is turned away, or read plainly, before anything looks at it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

NUL = "\x00"  # PostgreSQL keeps no text that has one
_CHARSET = re.compile(r';\s*charset\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def utf8_alone(application: Wsgi) -> Wsgi:
    """Our pages send UTF-8. Another charset that a request claims is not tried out: some break before any view."""

    def plain(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "charset" in environ.get("CONTENT_TYPE", "").lower():
            environ["CONTENT_TYPE"] = _CHARSET.sub("", environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return plain


class Readable:
    """A NUL in an address or a cookie is a mistake of whoever asks: 400, before it reaches the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_nul(request):
            return bad_request(request, BadRequest("NUL"))
        return self.get_response(request)


def _has_nul(request: HttpRequest) -> bool:
    asked = (text for name, values in request.GET.lists() for text in (name, *values))
    kept = (text for pair in request.COOKIES.items() for text in pair)
    return any(NUL in text for text in (request.path, *asked, *kept))
