"""The supervision board: five clocks for every open matter, overdue lists, the inbox of reports and plans."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.labels.clocks import CLOCKS
from xinfang.queries.supervision import DATED, LAW, OWN_DATES, BoardLine, board, inbox, inbox_counts, overdue_by_clock
from xinfang.queries.units import units_near
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.people.seats import Role
from xinfang.rules.tasks.waiting import ABOUT_PLAN, ABOUT_REPORT
from xinfang.web.desk.listing import choices_of, filters_of, keys_of, rows_of
from xinfang.web.parts.clocks import FIVE, ClockView, anchor, clock_of, clock_view, five
from xinfang.web.parts.context import BOARD_ROLES
from xinfang.web.parts.doors import staff
from xinfang.web.parts.pages import page_urls
from xinfang.web.parts.requests import StaffRequest

INBOXES = {"reports": ABOUT_REPORT, "plans": ABOUT_PLAN}
HEADINGS = {"reports": gettext_lazy("待阅报告"), "plans": gettext_lazy("待批方案")}
MOVES = {"reports": "read_report", "plans": "approve_plan"}
READERS = {"reports": frozenset({Role.SUPERVISOR}), "plans": frozenset({Role.SUPERVISOR, Role.PETITION_BUREAU})}
_CLOCKS = frozenset(code.value for code in (*DATED, *OWN_DATES, *LAW))


@staff(*BOARD_ROLES)
def show(request: StaffRequest) -> HttpResponse:
    """The board."""
    chosen, overdue = filters_of(request), request.GET.get("overdue", "")
    overdue = overdue if overdue in _CLOCKS else ""
    page = board(request.actor, request.now, chosen, overdue, **keys_of(request))
    counts = overdue_by_clock(request.actor, request.now)
    context = {
        "lines": [_row(request, line) for line in page.rows],
        "house": _tiles(counts, (*DATED, *OWN_DATES), overdue),
        "law": _tiles(counts, LAW, overdue),
        "overdue": overdue,
        "overdue_words": CLOCKS[ClockCode(overdue)] if overdue else "",
        "inboxes": _inboxes(request),
        "is_filtered": bool(overdue or request.GET),
        **choices_of(chosen, units_near(request.actor, request.today)),
        **page_urls(request, page),
    }
    return render(request, "desk/supervision.html", context)


def _row(request: StaffRequest, line: BoardLine) -> dict[str, Any]:
    url = reverse("desk:matter", args=[line.line.matter.number])

    def href(clock: Clock) -> str:
        return f"{url}#clock-{anchor(clock)}"

    clocks = [clock_of(row) for row in line.clocks]
    views: list[ClockView] = [
        clock_view(clock, request.now, Level(row.level), href=href)
        for clock, row in zip(clocks, line.clocks, strict=True)
    ]
    return {
        "line": line.line,
        "url": url,
        "clocks": five(views),
        "late": _late_besides(clocks, views, request.now),
        "stage_word": line.line.matter.get_stage_display(),
    }


def _late_besides(clocks: list[Clock], views: list[ClockView], now: datetime) -> list[ClockView]:
    """What is late beside the five: the reason why a matter stands on the board although the five are quiet."""
    late = [(clock.due.due, view) for clock, view in zip(clocks, views, strict=True)
            if clock.code not in FIVE and clock.is_running and clock.due and clock.is_late(now)]  # fmt: skip
    return [view for _due, view in sorted(late, key=lambda pair: pair[0])]


def _tiles(counts: dict[str, int], codes: tuple[ClockCode, ...], chosen: str) -> list[dict[str, Any]]:
    return [
        {"code": code.value, "words": CLOCKS[code], "n": counts.get(code.value, 0), "is_chosen": code.value == chosen}
        for code in codes
    ]


def _inboxes(request: StaffRequest) -> list[dict[str, Any]]:
    counts = inbox_counts(request.actor, request.now)
    return [
        {"url": reverse("desk:inbox", args=[name]), "words": HEADINGS[name], "n": counts[about]}
        for name, about in INBOXES.items()
    ]


@staff(*BOARD_ROLES)
def show_inbox(request: StaffRequest, name: str) -> HttpResponse:
    """Reports that nobody has read, or plans that wait for a decision; each is dealt with by its move."""
    if name not in INBOXES:
        raise Http404
    page = inbox(request.actor, request.now, INBOXES[name], **keys_of(request))
    decides = bool(request.actor.roles & READERS[name])
    context = {
        "name": name,
        "heading": HEADINGS[name],
        "rows": [(row, _decision(row.line.matter.number, name) if decides else "") for row in
                 rows_of(page.rows, request.now)],
        "empty": _("都看过了。新的报告和方案会出现在这里。"),
        **page_urls(request, page),
    }  # fmt: skip
    return render(request, "desk/inbox.html", context)


def _decision(number: str, name: str) -> str:
    return reverse("desk:move", args=[number, MOVES[name]])
