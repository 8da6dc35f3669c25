"""Versions of the 13710 parameters: their list, one with its changes and its replay, the form of the draft."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.labels.clocks import CLOCKS
from xinfang.labels.policies import PARAMETERS, STANDINGS, value
from xinfang.labels.refusals import word
from xinfang.queries.clocks import policies
from xinfang.queries.policies import Version, draft, in_force_on, replay, versions
from xinfang.rules.clocks.policy import SHIPPED, HousePolicy, document_of
from xinfang.rules.clocks.policy_versions import VersionStanding, before, differences, moves_dates
from xinfang.rules.people.administration import OFFICE_ROLES, may_publish_policy
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import policies as service
from xinfang.web.office.forms import PolicyForm
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest


@dataclass(frozen=True)
class Row:
    """One parameter in words: what the version before says, what this one says."""

    name: str
    before: str
    after: str
    changed: bool


@staff(*sorted(OFFICE_ROLES))
def index(request: StaffRequest) -> HttpResponse:
    """What holds now, and every version."""
    known = versions(request.today)
    holds = in_force_on(request.today)
    context = {
        "versions": [(version, STANDINGS[version.standing]) for version in known],
        "has_draft": known[0].standing is VersionStanding.DRAFT,
        "holds": holds,
        "rows": [Row(str(PARAMETERS[name]), "", value(name, now), False) for name, now in document_of(holds).items()],
    }
    return page(request, "office/policy.html", context)


@staff(*sorted(OFFICE_ROLES), methods=FORM)
def edit(request: StaffRequest) -> HttpResponse:
    """The draft: from what waits already, or from the newest version."""
    form = PolicyForm(request.POST) if request.method == "POST" else PolicyForm(initial=_initial())
    if request.method == "POST" and form.is_valid():
        entered = form.carried_out(lambda: service.propose(values=form.cleaned_data, by=request.actor, at=request.now))
        if entered is not None:
            messages.success(request, _("草案已提交，等信访局另一个人发布。"))
            return redirect("office:policy_version", entered.number)
    return page(request, "office/policy_draft.html", {"form": form, "has_draft": draft() is not None})


def _initial() -> dict[str, object]:
    waiting = draft()
    if waiting is not None:
        return {**waiting.document, "effective_on": waiting.effective_on.isoformat(), "note": waiting.note}
    newest = max(policies().values(), key=lambda policy: policy.number)
    return dict(document_of(newest))


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest, number: int) -> HttpResponse:
    """One version beside the one before it; a draft with its replay, and the buttons of whoever may press them."""
    version = next((version for version in versions(request.today) if version.policy.number == number), None)
    if version is None:
        raise Http404
    context = {
        "version": version,
        "words": STANDINGS[version.standing],
        "is_draft": version.standing is VersionStanding.DRAFT,
        **_compared(version.policy),
        **_draft(request, version),
    }
    return page(request, "office/policy_version.html", context)


def _compared(policy: HousePolicy) -> dict[str, object]:
    if policy.number == SHIPPED:
        rows = [Row(str(PARAMETERS[name]), "", value(name, now), False) for name, now in document_of(policy).items()]
        return {"rows": rows, "previous": None}
    previous = before(policies().values(), policy)
    rows = [
        Row(str(PARAMETERS[row.name]), value(row.name, row.before), value(row.name, row.after), row.changed)
        for row in differences(previous, policy)
    ]
    return {"rows": rows, "previous": previous, "moves_dates": moves_dates(previous, policy)}


def _draft(request: StaffRequest, version: Version) -> dict[str, object]:
    if version.row is None or version.standing is not VersionStanding.DRAFT:
        return {}
    found = replay(version.policy, request.now)
    return {
        "may_publish": may_publish_policy(request.actor, version.row.proposed_by),
        "replayed": found,
        "by_clock": [(CLOCKS[code], found.replay.by_code[code]) for code in CLOCKS if code in found.replay.by_code],
    }


@staff(Role.PETITION_BUREAU, methods=SEND)
def publish(request: StaffRequest, number: int) -> HttpResponse:
    """Publish the draft that somebody else entered, as it was seen."""
    try:
        row = service.publish(number=number, seen=request.POST.get("seen", ""), by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
        return redirect("office:policy")
    messages.success(request, _("已发布，从 %(day)s 起收到的事项用它。") % {"day": row.effective_on.isoformat()})
    return redirect("office:policy")


@staff(*sorted(OFFICE_ROLES), methods=SEND)
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    """Take the draft back."""
    try:
        service.withdraw(number=number, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
    else:
        messages.success(request, _("草案已撤回。"))
    return redirect("office:policy")
