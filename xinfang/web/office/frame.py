"""The frame of every page of the administration: its tabs, as far as this person's posts reach."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinfang.rules.people.administration import may_administer
from xinfang.web.parts.requests import StaffRequest

TABS = (
    ("office:home", _("概况"), False),
    ("office:units", _("单位"), True),
    ("office:people", _("账号和岗位"), True),
    ("office:composition", _("人员配备"), False),
    ("office:rollout", _("推行进度"), False),
    ("office:calendar", _("工作日历"), False),
    ("office:policy", _("13710期限"), False),
    ("office:catalogue", _("事项清单"), False),
    ("office:hours", _("办公时间"), False),
    ("office:messages", _("短信和信件"), False),
)


def page(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the administration."""
    administers = may_administer(request.actor)
    shown = [(reverse(name), words) for name, words, own in TABS if administers or not own]
    here = max((url for url, _words in shown if request.path.startswith(url)), key=len)
    tabs = [(url, words, url == here) for url, words in shown]
    return render(request, template, {**context, "tabs": tabs, "administers": administers})
