"""The official papers of a petition on paper: who may open its identity data opens the name, with a note in the log."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinfang.documents.petition_papers import paper_of, papers_there
from xinfang.labels.papers import PAPERS
from xinfang.labels.refusals import word
from xinfang.queries.dossier import Dossier
from xinfang.queries.reaching import asks_large_print, parties_of
from xinfang.rules.access.masking import masked_name
from xinfang.rules.access.sight import may_open_identity
from xinfang.rules.matters.papers import PetitionPaper
from xinfang.rules.refusals import RuleBroken
from xinfang.services.looks import open_identity
from xinfang.web.desk.matter import found
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.requests import StaffRequest


@staff(methods=FORM)
def show(request: StaffRequest, number: str, seq: int, paper: str) -> HttpResponse:
    """One paper, printed from one line of the record."""
    dossier = found(request, number)
    there = {(event.seq, kind.value): event for event, kind in papers_there(dossier)}
    event = there.get((seq, paper))
    if event is None:
        raise Http404
    kind = PetitionPaper(paper)
    may_open = may_open_identity(dossier.state, request.actor, request.now)
    opened = request.method == "POST" and may_open and _opened(request, dossier, kind)
    context: dict[str, Any] = {
        "matter": dossier.matter,
        "paper": paper_of(dossier, event, kind, _petitioner(dossier, opened=opened)),
        "may_open": may_open and not opened,
        "large": request.GET.get("large") == "1" or asks_large_print(dossier.matter.pk),
    }
    return render(request, "desk/official_paper.html", context)


def _opened(request: StaffRequest, dossier: Dossier, kind: PetitionPaper) -> bool:
    reason = _("打印%(paper)s") % {"paper": PAPERS[kind]}
    try:
        open_identity(matter=dossier.matter.pk, by=request.actor, reason=reason, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
        return False
    return True


def _petitioner(dossier: Dossier, *, opened: bool) -> str:
    """Those who brought the matter; whoever joined it later is named to nobody on a paper of theirs."""
    people = [party.person for party in parties_of(dossier.matter.pk)]
    return "、".join(
        one.opened("name") if opened or one.is_organisation else masked_name(one.opened("name")) for one in people
    )
