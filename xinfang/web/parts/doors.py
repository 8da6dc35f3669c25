"""Who may open a page: staff alone, staff in certain roles; all others meet the 404 of a page that is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from xinfang.rules.people.seats import Role
from xinfang.web.parts.requests import StaffRequest

P = ParamSpec("P")
View = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
Open = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
SEND = ("POST",)


def staff(*roles: Role, methods: tuple[str, ...] = READ) -> Callable[[View[P]], Open[P]]:
    """A page for signed-in staff; with roles, for who holds one of them today."""
    allowed = frozenset(roles)

    def decorate(view: View[P]) -> Open[P]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return to_sign_in(request)
            asked = cast("StaffRequest", request)
            if asked.user.must_change_password:
                return redirect("password")
            if allowed and not asked.actor.roles & allowed:
                raise Http404
            return view(asked, *args, **kwargs)

        return inner

    return decorate


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards."""
    return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")
