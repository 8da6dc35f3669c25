"""Each unit's parts in other units' matters: what came in time, what is late, and the list behind every number."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinfang.labels.credit import CREDITS
from xinfang.labels.dates import day
from xinfang.models import Matter, Task
from xinfang.queries.credit import Given, UnitCredit, credit_by_unit, parts_behind
from xinfang.queries.units import unit_names
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.tasks.credit import Credit, in_time_share
from xinfang.web.parts.days import DaysForm, day_field
from xinfang.web.parts.doors import staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest

ALL = "all"
EMPTY = "–"


class GivenForm(DaysForm):
    """The days on which the parts were given."""

    first = day_field(_("交办日期从"))
    last = day_field(_("到"))


def _given(request: StaffRequest) -> tuple[GivenForm, Given]:
    form = GivenForm(request.GET)
    form.is_valid()
    return form, Given(form.cleaned_data.get("first"), form.cleaned_data.get("last"))


@staff()
def show(request: StaffRequest) -> HttpResponse:
    """Every unit that works along, in the order of the units."""
    form, given = _given(request)
    rows = [_row(one, form.kept) for one in credit_by_unit(request.actor, request.now, given)]
    context = {"form": form, "rows": rows, "heads": _heads(), "back_url": reverse("desk:figures")}
    return render(request, "desk/credit.html", context)


def _heads() -> list[tuple[Any, str]]:
    numbers = [_("派给"), *CREDITS.values(), _("退回重办")]
    return [(_("协办单位"), ""), (_("按期率"), "numeric"), *((label, "numeric") for label in numbers)]


def _row(one: UnitCredit, kept: dict[str, str]) -> list[dict[str, Any]]:
    done, due, share = in_time_share(one.counts)
    rate = f"{share} %（{done}/{due}）" if share is not None else EMPTY
    numbers = [(one.total, ALL), *((one.counts[credit], credit.value) for credit in CREDITS)]
    cells = [{"text": one.name}, {"text": rate}, *(_number(n, one.unit, code, kept) for n, code in numbers)]
    cells.append({"text": one.again})
    return [{**cell, "label": label, "class": style} for cell, (label, style) in zip(cells, _heads(), strict=True)]


def _number(n: int, unit: str, code: str, kept: dict[str, str]) -> dict[str, Any]:
    query = f"?{urlencode(kept)}" if kept else ""
    return {"text": n, "href": reverse("desk:credit_list", args=[unit, code]) + query if n else ""}


@staff()
def show_list(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """The parts behind one number, as many as the number says."""
    name = unit_names([unit]).get(unit)
    if name is None or code not in {ALL, *Credit}:
        raise Http404
    form, given = _given(request)
    credit = None if code == ALL else Credit(code)
    page = parts_behind(request.actor, request.now, given, unit, credit, row_number(request.GET.get("from")))
    kept = urlencode(form.kept)
    context = {
        "name": name,
        "words": CREDITS[credit] if credit else _("派给的全部任务"),
        "heads": [(label, "") for label in _PART_HEADS],
        "rows": [_part_row(part, matter) for part, matter in page.rows],
        "back_url": reverse("desk:credit") + (f"?{kept}" if kept else ""),
        "older_url": "?" + urlencode({**form.kept, "from": page.older}) if page.older else "",
    }
    return render(request, "desk/credit_list.html", context)


_PART_HEADS = (_("编号"), _("派给日期"), _("期限"), _("签收"), _("办成"), _("退回"), _("催办"))


def _part_row(part: Task, matter: Matter) -> list[dict[str, Any]]:
    cells = (
        (matter.number, reverse("desk:matter", args=[matter.number])),
        (day(local_day(part.assigned_at)), ""),
        (day(part.due_on) if part.due_on else EMPTY, ""),
        (day(local_day(part.signed_at)) if part.signed_at else EMPTY, ""),
        (day(local_day(part.done_at)) if part.done_at else EMPTY, ""),
        (part.returns, ""),
        (part.urged, ""),
    )
    return [{"label": label, "text": text, "href": url} for label, (text, url) in zip(_PART_HEADS, cells, strict=True)]
