"""Searching: by number straight to the matter, by words, and exactly by identity number with a reason that is kept.

What was typed never stands in an address: it is sent as a form and held sealed in the session.
"""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.labels.refusals import word
from xinfang.models.protection import protect, reveal
from xinfang.queries.search import Hit, by_id_number, by_number, by_words, folded, hits_of, is_open_here
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.looks import REASON_MOST, SEARCHERS, note_duplicate_check, note_search, reason_of
from xinfang.web.desk.listing import rows_of
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest

_KEY, _PLACE = "search", "session|search"
KEPT = timedelta(minutes=10)


class WordsForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("单号、台账编号或文字"),
        max_length=60,
        help_text=gettext_lazy("单号大小写、空格、横线都不要紧；文字至少两个字。"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        text = str(self.cleaned_data["q"])
        if len(folded(text)) < 2:
            raise forms.ValidationError(_("请至少输入两个字。"))
        return text


class NumberForm(forms.Form):
    id_number = forms.CharField(
        label=gettext_lazy("证件号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": ""}),
    )


class ReasonedForm(NumberForm):
    reason = forms.CharField(
        label=gettext_lazy("查询原因"),
        max_length=REASON_MOST,
        help_text=gettext_lazy("会记录在案，信访人可以看到。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_reason(self) -> str:
        try:
            return reason_of(self.cleaned_data["reason"])
        except RuleBroken as broken:
            raise forms.ValidationError(word(broken)) from None


@staff(methods=FORM)
def show(request: StaffRequest) -> HttpResponse:
    """The search page: a form by words, and what the last search found."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["q"]
        matter = by_number(request.actor, text, request.now)
        if matter is not None:
            return redirect("desk:matter", number=matter.number)
        _keep(request, {"q": text})
        return redirect("desk:search")
    kept = {} if request.method == "POST" else _kept(request)
    if not form.is_bound and kept.get("q"):
        form = WordsForm(initial={"q": kept["q"]})
    return _page(request, kept, form=form)


@staff(*SEARCHERS, methods=SEND)
def by_person(request: StaffRequest) -> HttpResponse:
    """Matters in which exactly this identity number has a part; the search itself is kept and shown."""
    form = ReasonedForm(request.POST)
    if not form.is_valid():
        return _page(request, {}, reasoned=form)
    ids = by_id_number(request.actor, form.cleaned_data["id_number"], request.now)
    note_search(found=ids, by=request.actor, reason=form.cleaned_data["reason"], at=request.now)
    _keep(request, {"ids": [str(pk) for pk in ids]})
    return redirect("desk:search")


@staff(Role.WINDOW_CLERK, methods=SEND)
def duplicate(request: StaffRequest) -> HttpResponse:
    """Is there an open matter of this identity number at this window? Yes or no."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _page(request, {}, number=form)
    note_duplicate_check(by=request.actor, at=request.now)
    _keep(request, {"is_open": is_open_here(request.actor, form.cleaned_data["id_number"])})
    return redirect("desk:search")


def _keep(request: StaffRequest, what: dict[str, Any]) -> None:
    content = json.dumps({**what, "user": request.user.pk, "at": request.now.isoformat()})
    request.session[_KEY] = protect(content.encode(), _PLACE).hex()


def _kept(request: StaffRequest) -> dict[str, Any]:
    """What this person searched within the last minutes."""
    sealed = request.session.get(_KEY)
    if not sealed:
        return {}
    kept: dict[str, Any] = json.loads(reveal(bytes.fromhex(sealed), _PLACE))
    fresh = request.now - datetime.fromisoformat(kept["at"]) < KEPT
    return kept if fresh and kept["user"] == request.user.pk else {}


def _found(request: StaffRequest, kept: dict[str, Any]) -> list[Hit] | None:
    if "ids" in kept:
        return hits_of(request.actor, [UUID(pk) for pk in kept["ids"]], request.now)
    return by_words(request.actor, kept["q"], request.now) if "q" in kept else None


def _marked(hit: Hit) -> str:
    """The words around a hit, with the hit marked."""
    found = hit.snippet
    return format_html("{}<mark>{}</mark>{}", found.before, found.hit, found.after) if found else ""


def _page(
    request: StaffRequest,
    kept: dict[str, Any],
    *,
    form: forms.Form | None = None,
    reasoned: forms.Form | None = None,
    number: forms.Form | None = None,
) -> HttpResponse:
    hits = _found(request, kept)
    wrong = next((f for f in (form, reasoned, number) if f is not None and f.is_bound), None)
    rows = rows_of([hit.line for hit in hits], request.now) if hits else []
    roles = request.actor.roles
    context = {
        "form": wrong,
        "words": form or WordsForm(),
        "reasoned": (reasoned or ReasonedForm(auto_id="by_%s")) if roles & SEARCHERS else None,
        "number": (number or NumberForm(auto_id="by_%s")) if Role.WINDOW_CLERK in roles else None,
        "hits": list(zip(rows, [_marked(hit) for hit in hits or []], strict=True)),
        "searched": hits is not None,
        "by_person": "ids" in kept,
        "is_open": kept.get("is_open"),
    }
    return render(request, "desk/search.html", context)
