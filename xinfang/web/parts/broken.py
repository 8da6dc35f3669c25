"""What a visitor reads when something broke: that it is our fault, or that the database is away or too busy."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

AGAIN_AFTER = "30"  # seconds


def server_error(_request: HttpRequest) -> HttpResponse:
    """503 while the database is away or too busy, 500 for any other error.

    Both pages are made without the request, since whatever knows the request or the house asks the database.
    """
    if _is_the_database(sys.exc_info()[1]):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": AGAIN_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)


def _is_the_database(broken: BaseException | None) -> bool:
    while broken is not None:
        if isinstance(broken, OperationalError | InterfaceError):
            return True
        broken = broken.__cause__ or broken.__context__
    return False
