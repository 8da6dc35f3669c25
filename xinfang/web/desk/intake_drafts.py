"""The half-typed form of the window: saved while one types, given back after a reload or the end of a session.

It lies sealed for the person who typed it and goes when it is registered, thrown away, or a day old.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from xinfang.queries.intake import is_registered
from xinfang.rules.refusals import RuleBroken
from xinfang.services.drafts import Kept, drop, keep, kept
from xinfang.web.parts import drafts
from xinfang.web.parts.context import REGISTRARS
from xinfang.web.parts.doors import SEND, staff
from xinfang.web.parts.requests import StaffRequest

NAME = "intake"
MANY = ("needs", "recused")
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "look"})


@dataclass(frozen=True)
class GivenBack:
    """What stands in the form again; `saved_at` is None when it was typed just now."""

    fields: QueryDict
    saved_at: datetime | None = None


@staff(*sorted(REGISTRARS), methods=SEND)
def save(request: StaffRequest) -> HttpResponse:
    """Keep what has been typed so far. Answers nothing but whether it is kept."""
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    try:
        keep(form=NAME, fields=fields, user=request.user.pk, at=request.now)
    except RuleBroken:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


@staff(*sorted(REGISTRARS), methods=SEND)
def throw_away(request: StaffRequest) -> HttpResponse:
    """Not wanted any more: back to the questions, with an empty form behind them."""
    forget(request)
    return redirect("desk:intake")


def given_back(request: StaffRequest, *, looks: bool) -> GivenBack | None:
    """What the form shows again: what was just typed and only looked at, or what was kept for this person."""
    if looks:
        return GivenBack(request.POST)
    if request.method == "POST":
        return None
    ended = drafts.take(request, reverse("desk:intake_draft"))
    if ended is not None:
        return GivenBack(ended, request.now)
    found = _unfinished(request)
    if found is None:
        return None
    fields = QueryDict(mutable=True)
    for name, values in found.fields.items():
        fields.setlist(name, values)
    return GivenBack(fields, found.saved_at)


def plain(fields: QueryDict | Mapping[str, Any]) -> dict[str, Any]:
    """The fields as a form takes them: lists for those that are several."""
    if not isinstance(fields, QueryDict):
        return dict(fields)
    return {name: fields.getlist(name) if name in MANY else fields[name] for name in fields}


def unfinished(request: StaffRequest) -> datetime | None:
    """When this person last typed into a form that was neither registered nor thrown away."""
    found = _unfinished(request)
    return found.saved_at if found else None


def _unfinished(request: StaffRequest) -> Kept | None:
    """What is kept; a copy that was saved in the very moment of registering is dropped when it is met."""
    found = kept(form=NAME, user=request.user.pk, at=request.now)
    if found and is_registered(*found.fields.get("submission_key", [])):
        drop(form=NAME, user=request.user.pk)
        return None
    return found


def forget(request: StaffRequest) -> None:
    """Drop it here, and tell the browser to drop its own copy."""
    drop(form=NAME, user=request.user.pk)
    drafts.saved(request, NAME)
