"""One clock of a matter, opened: what it stands on and every day of it, for a clerk to check and to print."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xinfang.labels.grounds import sections
from xinfang.queries.dossier import Dossier
from xinfang.queries.year_notices import notices
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.clocks.grounds import explain_clock
from xinfang.rules.clocks.lateness import level_of
from xinfang.web.desk.matter import found
from xinfang.web.desk.sheets import clock_title, is_law
from xinfang.web.parts.clocks import anchor, clock_view
from xinfang.web.parts.doors import staff
from xinfang.web.parts.requests import StaffRequest


@staff()
def explain(request: StaffRequest, number: str, key: str) -> HttpResponse:
    """How the date of one clock came about."""
    dossier = found(request, number)
    clock = _clock(dossier, key)
    asked = dossier.asked
    context: dict[str, Any] = {
        "matter": dossier.matter,
        "title": dossier.word("title"),
        "name": clock_title(clock),
        "unit": dossier.unit(clock.unit) if clock.unit else "",
        "clock": clock,
        "view": clock_view(clock, asked.at, level_of(asked.state, clock, asked.at, asked.counting)),
        "is_law": is_law(clock),
        "sections": sections(explain_clock(clock, asked.state, asked.counting), notices()),
        "asked_at": asked.at,
        "back_url": f"{reverse('desk:matter', args=[number])}#dates",
    }
    return render(request, "desk/clock.html", context)


def _clock(dossier: Dossier, key: str) -> Clock:
    clock = next((clock for clock in dossier.asked.clocks if anchor(clock) == key), None)
    if clock is None:
        raise Http404
    return clock
