"""The papers of a mediation on paper; names in the clear are opened with a reason and noted, as on F-01."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinfang.documents.mediation_papers import paper_of, papers_of
from xinfang.labels.refusals import word
from xinfang.models import Party
from xinfang.queries.dossier import Dossier
from xinfang.rules.access.masking import masked_name
from xinfang.rules.access.sight import MEDIATION_READERS, may_open_parties
from xinfang.rules.mediation.codes import MediationPaper
from xinfang.rules.refusals import RuleBroken
from xinfang.services.looks import open_identity
from xinfang.web.desk.matter import found
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.requests import StaffRequest


@staff(methods=FORM)
def show(request: StaffRequest, number: str, k: int, paper: str) -> HttpResponse:
    """One paper; the record of what was said only for those who mediate."""
    dossier = found(request, number)
    mediation = next((one for one in dossier.state.mediations if one.k == k), None)
    if mediation is None or paper not in papers_of(mediation):
        raise Http404
    kind = MediationPaper(paper)
    if kind is MediationPaper.RECORD and not request.actor.roles & MEDIATION_READERS:
        raise Http404
    may_open = may_open_parties(dossier.state, request.actor, request.now)
    opened = request.method == "POST" and may_open and _opened(request, dossier)
    context = {
        "matter": dossier.matter,
        "k": k,
        "paper": paper_of(kind, dossier, mediation, _petitioner(dossier, opened=opened)),
        "may_open": may_open and not opened,
    }
    return render(request, "desk/mediation_paper.html", context)


def _opened(request: StaffRequest, dossier: Dossier) -> bool:
    try:
        open_identity(matter=dossier.matter.pk, by=request.actor, reason=str(_("打印调解文书")), at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
        return False
    return True


def _petitioner(dossier: Dossier, *, opened: bool) -> str:
    names = [
        (p.person.opened("name"), p.person.is_organisation) for p in dossier.parties if p.part == Party.Part.PETITIONER
    ]
    return "、".join(name if opened or whole else masked_name(name) for name, whole in names)
