"""Asking somebody of the hall to take one's duty or to exchange it, and answering, on the page of the roster."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.labels.hall import EXCHANGE_STATES
from xinfang.labels.refusals import word
from xinfang.models import DutyExchange, HallDuty, Unit
from xinfang.queries import hall_exchange as known
from xinfang.queries import hall_roster as roster
from xinfang.rules.hall.exchange import ExchangeState
from xinfang.rules.hall.tickets import CALLERS
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall_exchange
from xinfang.web.desk.hall import centre_or_404
from xinfang.web.parts.doors import SEND, staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest


class ExchangeForm(forms.Form):
    """One's own duty, and who takes it: for nothing, or for a duty of theirs."""

    duty = forms.ChoiceField(label=gettext_lazy("我的哪一班"))
    partner = forms.ChoiceField(
        label=gettext_lazy("请谁"), help_text=gettext_lazy("对方同意以后，值班表和公示牌才改。")
    )

    def __init__(
        self, *args: Any, duties: Iterable[HallDuty], people: Iterable[tuple[int, str]], user: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = list(duties)
        own = [(str(row.pk), _duty_words(row)) for row in rows if row.holder_id == user]
        theirs: dict[int, list[HallDuty]] = {}
        for row in rows:
            theirs.setdefault(row.holder_id, []).append(row)
        partners = [
            (name, [(f"{pk}-", _("顶我的班，不换")), *_offers(pk, theirs.get(pk, []))])
            for pk, name in people
            if pk != user
        ]
        self.fields["duty"].choices = own[: known.DUTIES_SHOWN]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["partner"].choices = [("", _("请选择")), *partners]  # type: ignore[attr-defined]  # likewise


def _duty_words(row: HallDuty) -> str:
    day = date_format(row.day, _("n月j日 l"))
    return _("%(day)s，%(n)s 号窗口") % {"day": day, "n": row.window.number}


def _offers(holder: int, rows: list[HallDuty]) -> list[tuple[str, str]]:
    return [
        (f"{holder}-{row.pk}", _("和我换：%(duty)s") % {"duty": _duty_words(row)}) for row in rows[: known.DUTIES_SHOWN]
    ]


def context_of(request: StaffRequest, centre: Unit) -> dict[str, Any]:
    """What the page of the roster shows of exchanges."""
    found = known.exchanges(centre, request.user.pk, request.today)
    duties = known.duties_ahead(centre, request.today)
    form = ExchangeForm(
        duties=duties, people=roster.people_of(centre, request.today), user=request.user.pk, auto_id="exchange_%s"
    )
    has_duty = any(row.holder_id == request.user.pk for row in duties)
    return {
        "to_answer": found.to_answer,
        "asked": found.asked,
        "settled": [(row, EXCHANGE_STATES[ExchangeState(row.state)]) for row in found.others],
        "exchange_form": form if has_duty else None,
    }


@staff(*sorted(CALLERS), methods=SEND)
def ask(request: StaffRequest) -> HttpResponse:
    """Ask somebody to take a duty of the viewer."""
    centre = centre_or_404(request)
    of, _dash, theirs = request.POST.get("partner", "").partition("-")
    try:
        row = hall_exchange.ask(
            centre=centre.pk, duty=row_number(request.POST.get("duty")), of=row_number(of),
            theirs=row_number(theirs) if theirs else None, by=request.actor, at=request.now,
        )  # fmt: skip
    except RuleBroken as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, _("已经问了%(name)s，等对方答复。") % {"name": row.asked_of.name})
    return redirect("desk:hall_roster")


@staff(*sorted(CALLERS), methods=SEND)
def answer(request: StaffRequest, exchange: int) -> HttpResponse:
    """Agree or not; or take back what one asked."""
    centre = centre_or_404(request)
    agrees = request.POST.get("agrees") == "1"
    try:
        row = hall_exchange.answer(centre=centre.pk, exchange=exchange, agrees=agrees, by=request.actor, at=request.now)
    except RuleBroken as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, _said(row))
    return redirect("desk:hall_roster")


def _said(row: DutyExchange) -> str:
    if row.state == ExchangeState.AGREED.value:
        return _("值班表已经改好，公示牌上也换了。")
    if row.state == ExchangeState.DECLINED.value:
        return _("已答复：不行。值班表没有变。")
    return _("已撤回。值班表没有变。")
