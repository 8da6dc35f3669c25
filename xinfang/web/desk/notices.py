"""What one should know: in-app notices, the newest first."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.labels.events import EVENTS
from xinfang.models import Notice
from xinfang.queries.notices import Told, notices_of
from xinfang.rules.matters.events import EventType
from xinfang.rules.risk.codes import RAISED
from xinfang.services.hall_attendance import UNATTENDED
from xinfang.services.notices import mark_read
from xinfang.services.sessions_answers import REMINDED
from xinfang.web.desk.timeline import clock_word
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest


@staff(methods=FORM)
def show(request: StaffRequest) -> HttpResponse:
    """The latest notices; by POST one of them, or all that were shown, are marked as read."""
    if request.method == "POST":
        chosen = [row_number(pk) for pk in request.POST.getlist("notice")]
        mark_read(user=request.user.pk, notices=chosen, at=request.now)
        messages.success(request, _("已标为已读。"))
        return redirect("desk:notices")
    told = notices_of(request.actor, request.now)
    context = {
        "rows": [_row(each) for each in told],
        "fresh": [each.notice.pk for each in told if each.notice.read_at is None],
    }
    return render(request, "desk/notices.html", context)


def _row(told: Told) -> dict[str, object]:
    notice = told.notice
    number = notice.facts.get("number", "")
    clock = notice.facts.get("clock", "")
    return {
        "notice": notice,
        "words": _words(notice),
        "clock": clock_word(clock) if clock else "",
        "number": _("看信号") if notice.code == RAISED else number,
        "url": _address(told, number),
    }


def _address(told: Told, number: str) -> str:
    """The matter, where it may be seen; a session has its list, and a signal has its page."""
    if told.notice.code == RAISED:
        return reverse("desk:signal", args=[told.notice.facts["signal"]])
    if number and told.in_sight:
        return reverse("desk:matter", args=[number])
    return reverse("desk:sessions") if number and told.notice.code.startswith("session_") else ""


def _words(notice: Notice) -> object:
    if notice.code == REMINDED:
        starts = timezone.localtime(datetime.fromisoformat(notice.facts["starts"]))
        return _("%(time)s 有您要参加的联合调处会") % {"time": f"{starts:%m-%d %H:%M}"}
    if notice.code == UNATTENDED:
        return _("%(n)s 号窗口无人值守") % {"n": notice.facts["window"]}
    if notice.code == RAISED:
        return _("风险台出现红色信号")
    return EVENTS[EventType(notice.code)] if notice.code in set(EventType) else notice.code
