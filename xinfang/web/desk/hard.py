"""The register of hard matters: who is in charge, how far plans are, what is next; matters are hard, never people."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xinfang.models import Deadline
from xinfang.queries.hard import HardLine, hard_lines
from xinfang.queries.risk import VIEWERS
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import local_day
from xinfang.web.desk.listing import keys_of
from xinfang.web.parts.clocks import clock_of, clock_view
from xinfang.web.parts.doors import staff
from xinfang.web.parts.pages import page_urls
from xinfang.web.parts.requests import StaffRequest


@staff(*VIEWERS)
def show(request: StaffRequest) -> HttpResponse:
    """Every open hard matter in sight; `?without=leader` only those nobody is in charge of."""
    without = request.GET.get("without") == "leader"
    page = hard_lines(request.actor, request.now, without_leader=without, **keys_of(request))
    context = {
        "rows": [_row(one, request.now) for one in page.rows],
        "without": without,
        **page_urls(request, page),
    }
    return render(request, "desk/hard.html", context)


def _row(one: HardLine, now: datetime) -> dict[str, Any]:
    matter = one.line.matter
    return {
        "one": one,
        "line": one.line,
        "url": reverse("desk:matter", args=[matter.number]),
        "charge_url": reverse("desk:move", args=[matter.number, "take_charge"]) if not one.leader else "",
        "days": (local_day(now) - local_day(matter.received_at)).days,
        "stage_word": matter.get_stage_display(),
        "clocks": [
            clock_view(clock_of(row), now, Level(row.level))
            for row in (one.month_one, one.next_month, one.next_step, one.restudy)
            if isinstance(row, Deadline)
        ],
    }
