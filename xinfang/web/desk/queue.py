"""The work queue: saved views as addresses, the soonest date first."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from xinfang.queries.matters import VIEWS, queue, tallies
from xinfang.queries.office import days_ahead
from xinfang.queries.units import units_near
from xinfang.rules.clocks.year_notices import ENOUGH_AHEAD
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.rules.people.seats import Role
from xinfang.web.desk.listing import choices_of, filters_of, keys_of, rows_of
from xinfang.web.parts.context import REGISTRARS
from xinfang.web.parts.doors import staff
from xinfang.web.parts.pages import page_urls
from xinfang.web.parts.requests import StaffRequest

TABS = {
    "today": _("今天登记"),
    "mine": _("我的"),
    "unit": _("本单位"),
    "along": _("协办"),
    "to_sign": _("待签收"),
    "soon": _("将到期"),
    "overdue": _("超期"),
    "returned": _("被退回"),
    "to_call": _("不满意待回访"),
}
COUNTED = ("mine", "to_sign", "overdue", "returned")
CALLS = frozenset({Role.CALLER, Role.PETITION_BUREAU})
EMPTY = {
    "today": _("今天还没有登记。来了人，先登记，再研究。"),
    "mine": _("现在没有等您办的事项。可以看看本单位的，或者将到期的。"),
    "unit": _("本单位没有在办的事项。"),
    "along": _("没有协办任务。"),
    "to_sign": _("没有等待签收的任务。"),
    "soon": _("三天内没有到期的事项。"),
    "overdue": _("没有超期的事项。"),
    "returned": _("没有被退回的事项。"),
    "to_call": _("没有评价不满意、等着回访的。"),
}


@staff()
def show(request: StaffRequest, view: str = "") -> HttpResponse:
    """One view of the queue; a window clerk begins with what she registered today."""
    if view and (view not in VIEWS or (view == "to_call" and not _has(request, view))):
        raise Http404
    shown = view or _first(request)
    chosen = filters_of(request)
    page = queue(request.actor, request.now, shown, chosen, **keys_of(request))
    counts = tallies(request.actor, request.now, [tab for tab in (*COUNTED, "to_call") if _has(request, tab)])
    context: dict[str, Any] = {
        "view": shown,
        "heading": TABS[shown],
        "empty": EMPTY[shown],
        "tabs": [(tab, words, counts.get(tab), tab == "overdue") for tab, words in TABS.items() if _has(request, tab)],
        "rows": rows_of(page.rows, request.now),
        **_calendar(request),
        "may_register": bool(request.actor.roles & REGISTRARS),
        "is_filtered": any((chosen.stage, chosen.channel, chosen.category, chosen.unit)),
        **choices_of(chosen, units_near(request.actor, request.today)),
        **page_urls(request, page),
    }
    return render(request, "desk/queue.html", context)


def _calendar(request: StaffRequest) -> dict[str, Any]:
    """Whoever can enter the next year is told on their first page that it is wanted."""
    if not request.actor.roles & OFFICE_ROLES:
        return {}
    ahead = days_ahead(request.today)
    return {"ahead": ahead, "is_short": ahead < ENOUGH_AHEAD}


def _first(request: StaffRequest) -> str:
    return "today" if request.actor.roles == {Role.WINDOW_CLERK} else "mine"


def _has(request: StaffRequest, tab: str) -> bool:
    roles = {"today": REGISTRARS, "to_call": CALLS}.get(tab)
    return roles is None or bool(request.actor.roles & roles)
