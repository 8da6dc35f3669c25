"""Calendar years: what is published, what waits for a second person, one year by months, another from a file."""

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from xinfang.labels.refusals import word
from xinfang.models import CalendarDraft, CalendarYear
from xinfang.policies import strict_json
from xinfang.queries.office import calendar_drafts, calendar_years, days_ahead
from xinfang.rules.clocks.year_notices import ENOUGH_AHEAD, YearNotice, year_notices
from xinfang.rules.people.administration import OFFICE_ROLES, may_approve_calendar
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import house
from xinfang.web.office.forms import CalendarFileForm, CalendarWordsForm
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest

MOST_BYTES = 200_000
WEEKDAYS = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))


@dataclass(frozen=True)
class Day:
    """One day of a month: off by notice, a weekend day that is worked, an ordinary weekend, or nothing special."""

    on: date
    kind: str


@staff(*sorted(OFFICE_ROLES), methods=FORM)
def index(request: StaffRequest) -> HttpResponse:
    """Every published year, what waits for approval, and another year in the words of its notice."""
    form = CalendarWordsForm(request.POST or None, initial={"year": request.today.year + 1})
    if request.method == "POST" and form.is_valid() and form.carried_out(lambda: _propose(request, [form.notice()])):
        return _waiting(request)
    return _index(request, form, CalendarFileForm())


@staff(*sorted(OFFICE_ROLES), methods=SEND)
def take_file(request: StaffRequest) -> HttpResponse:
    """One or more years from a file."""
    form = CalendarFileForm(request.POST, request.FILES)
    if form.is_valid():
        raw = form.cleaned_data["file"].read(MOST_BYTES)
        if form.carried_out(lambda: _propose(request, read(raw))):
            return _waiting(request)
    return _index(request, CalendarWordsForm(initial={"year": request.today.year + 1}), form)


def _waiting(request: StaffRequest) -> HttpResponse:
    messages.success(request, _("已提交，等信访局另一个人核准后生效。"))
    return redirect("office:calendar")


def _index(request: StaffRequest, words_form: CalendarWordsForm, file_form: CalendarFileForm) -> HttpResponse:
    ahead = days_ahead(request.today)
    context = {
        "form": file_form if file_form.is_bound else words_form,
        "words_form": words_form,
        "file_form": file_form,
        "years": [(year, len(year.document["off"]), len(year.document["makeup"])) for year in calendar_years()],
        "drafts": [
            (draft, who, may_approve_calendar(request.actor, draft.proposed_by)) for draft, who in calendar_drafts()
        ],
        "ahead": ahead,
        "is_short": ahead < ENOUGH_AHEAD,
        "next_year": request.today.year + 1,
    }
    return page(request, "office/calendar.html", context)


def _propose(request: StaffRequest, notices: Iterable[YearNotice]) -> bool:
    for notice in notices:
        house.propose_calendar_year(notice=notice, by=request.actor, at=request.now)
    return True


def read(raw: bytes) -> tuple[YearNotice, ...]:
    """The years of a calendar file, or the refusal that says what is wrong with it."""
    try:
        return year_notices(strict_json.parse(raw))
    except ValueError as wrong:
        raise RuleBroken("calendar_unreadable", field="file", why=str(wrong)) from wrong


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest, year: int) -> HttpResponse:
    """One year month by month, published or waiting."""
    draft = CalendarDraft.objects.filter(pk=year).first() if "draft" in request.GET else None
    row = draft or CalendarYear.objects.filter(pk=year).first()
    if row is None:
        raise Http404
    document = row.document
    context = {
        "year": year,
        "notice": row.notice,
        "draft": draft,
        "may_approve": draft is not None and may_approve_calendar(request.actor, draft.proposed_by),
        "weekdays": WEEKDAYS,
        "months": [(date(year, month, 1), _weeks(year, month, document)) for month in range(1, 13)],
    }
    return page(request, "office/calendar_year.html", context)


def _weeks(year: int, month: int, document: dict[str, Any]) -> list[list[Day | None]]:
    off, makeup = set(document["off"]), set(document["makeup"])

    def kind(day: date) -> str:
        text = day.isoformat()
        if text in makeup:
            return "makeup"
        if text in off:
            return "off"
        return "weekend" if day.weekday() >= 5 else ""

    weeks = months.Calendar().monthdatescalendar(year, month)
    return [[Day(day, kind(day)) if day.month == month else None for day in week] for week in weeks]


@staff(Role.PETITION_BUREAU, methods=SEND)
def approve(request: StaffRequest, year: int) -> HttpResponse:
    """Publish a year that somebody else entered."""
    try:
        seen = request.POST.get("seen", "")
        waiting = house.approve_calendar_year(year=year, seen=seen, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
    else:
        messages.success(request, _("已发布，%(n)s 件事项的期限会在后台重新推算。") % {"n": waiting})
    return redirect("office:calendar")
