"""What every page of the citizen's side shares: its frame, who is asking too often, refusals beside their field."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.labels.refusals import word
from xinfang.rules.refusals import RuleBroken
from xinfang.services import limits
from xinfang.web.parts.requests import moment_of


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page of the citizen's side. Never kept by a browser: the next person at a shared machine sees nothing of it."""
    links = [
        (reverse("centres"), _("网点列表")),
        (reverse("privacy"), _("隐私说明")),
        (reverse("accessibility"), _("无障碍说明")),
        (reverse("accusations"), _("检举控告去哪里")),
    ]
    response = render(request, f"public/{template}.html", {"footer_links": links, **(context or {})}, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even when that is nothing; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, for limits alone: what the proxy in front of us saw, if there is one."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return str(seen or request.META.get("REMOTE_ADDR", ""))
    return str(request.META.get("REMOTE_ADDR", ""))


def too_many(request: HttpRequest, what: str, most: int) -> HttpResponse | None:
    """A page in words with status 429 when this address asks too often; None when it may go on."""
    try:
        limits.allow(what=what, address=address_of(request), most=most, at=moment_of(request))
    except RuleBroken as refused:
        answer = page(request, "too_many", {"sentence": word(refused)}, status=429)
        answer["Retry-After"] = str(refused.facts["minutes"] * 60)
        return answer
    return None


def show_refusal(form: forms.BaseForm, refused: RuleBroken) -> None:
    """The sentence beside the field that caused it, or above the form when it has no such field."""
    form.add_error(refused.field if refused.field in form.fields else None, word(refused))
