"""The self-service machine of a hall: its start page, which begins empty for everybody, and tickets."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinfang.labels.hall import LANES, Words, about
from xinfang.labels.refusals import word
from xinfang.models import Unit
from xinfang.queries import hall as known
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall
from xinfang.web.parts.kiosk import centre_of_code, kiosk_of, make_kiosk
from xinfang.web.parts.requests import moment_of
from xinfang.web.public.frame import page, too_many

# Far more than people can press on one machine in ten minutes, far less than a script needs to fill a day.
MOST_TICKETS = 120


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where everybody begins. On a machine of the hall whatever the one before left behind is gone by now."""
    centre = known.hall(kiosk_of(request))
    if centre is not None and not request.user.is_authenticated and not request.session.is_empty():
        request.session.flush()
    return _page(request)


@require_safe
def set_up(request: HttpRequest, code: str) -> HttpResponse:
    """Where a machine of a hall starts. Whoever is signed in only looks: their machine stays their own."""
    centre = known.hall(centre_of_code(code))
    if centre is None:
        raise Http404
    if request.user.is_authenticated:
        return _page(request)
    response = redirect("kiosk")
    make_kiosk(response, centre.pk)
    return response


def _page(request: HttpRequest, sentence: str = "") -> HttpResponse:
    centre = known.hall(kiosk_of(request))
    return page(request, "kiosk", {"hall": centre, "lanes": _lanes(request, centre), "sentence": sentence})


def _lanes(request: HttpRequest, centre: Unit | None) -> list[tuple[str, Words, int, str]]:
    """The lanes of today with how many wait in each and for how long."""
    if centre is None:
        return []
    now = known.queues(centre, moment_of(request))
    shown = [now.get(lane, known.Queue(lane)) for lane in known.lanes_served(centre)]
    return [(queue.lane.value, LANES[queue.lane], queue.waiting, about(queue.about)) for queue in shown]


@require_POST
def take_ticket(request: HttpRequest) -> HttpResponse:
    """A ticket, on a machine of the hall alone: nobody fills the queue from outside."""
    centre = known.hall(kiosk_of(request))
    if centre is None:
        return redirect("kiosk")
    refused = too_many(request, "ticket", MOST_TICKETS)
    if refused:
        return refused
    try:
        row = hall.issue(
            centre=centre.pk, lane=request.POST.get("lane", ""), priority=request.POST.get("priority") == "on",
            at=moment_of(request),
        )  # fmt: skip
    except RuleBroken as broken:
        return _page(request, _("没有取到号。%(why)s") % {"why": word(broken)})
    return redirect("hall_ticket", centre.pk, str(row))
