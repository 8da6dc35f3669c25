"""Number and code open one matter. Wrong number and wrong code are one answer; trying costs time, never access."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinfang.labels.refusals import word
from xinfang.queries.tracking import tracked
from xinfang.rules.refusals import RuleBroken
from xinfang.services.petitioner import open_by_code
from xinfang.web.parts.requests import moment_of
from xinfang.web.public import keeping
from xinfang.web.public.frame import address_of, page, sent, too_many
from xinfang.web.public.track_forms import TrackForm

LOOKUPS = 120
CaseView = Callable[..., HttpResponseBase]


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """The two fields of the receipt."""
    form = TrackForm(sent(request))
    if request.method != "POST":
        return page(request, "track", {"form": form})
    stopped = too_many(request, "track", LOOKUPS)
    if stopped:
        return stopped
    if form.is_valid():
        given = form.cleaned_data
        try:
            opened = open_by_code(
                number=given["number"], code=given["code"], address=address_of(request), at=moment_of(request)
            )
        except RuleBroken as refused:
            form.add_error(None, word(refused))
        else:
            # A fresh key, so that nobody who knew the old one shares what is open now.
            request.session.cycle_key()
            keeping.bind(request, opened.matter, opened.came_with)
            return redirect("case")
    return page(request, "track", {"form": form})


def case_view(*methods: str, joined: bool = False) -> Callable[[CaseView], CaseView]:
    """A page of the matter that this session has opened; without one, back to number and code.

    `joined`: it is also for whoever joined a matter that others had brought. Every other page belongs to these.
    """

    def decorate(view: CaseView) -> CaseView:
        @wraps(view)
        @require_http_methods(["GET", "HEAD", *methods])
        def inner(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
            own = keeping.bound(request)
            matter = tracked(own[0], moment_of(request), own[1]) if own else None
            if matter is None:
                keeping.drop(request, keeping.CASE)
                messages.info(request, _("为了保密，离开 20 分钟就要重新填单号和查询码。"))
                return redirect("track")
            if matter.joined and not joined:
                messages.info(request, word(RuleBroken("joined_may_not")))
                return redirect("case")
            return view(request, matter, **kwargs)

        return inner

    return decorate
