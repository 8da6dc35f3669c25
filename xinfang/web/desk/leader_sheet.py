"""F-28 of a matter on paper: who received whom, what was instructed until when, who is in charge."""

from django.http import HttpResponse
from django.shortcuts import render

from xinfang.documents.leader_sheet import leader_sheet
from xinfang.labels.matters import STAGES
from xinfang.web.desk.matter import found, may_reach, party_in_words
from xinfang.web.desk.sheets import story
from xinfang.web.parts.doors import staff
from xinfang.web.parts.requests import StaffRequest


@staff()
def show(request: StaffRequest, number: str) -> HttpResponse:
    """The sheet, with names masked as on the page of the matter; without a record it is filled in by hand."""
    dossier = found(request, number)
    reachable = may_reach(dossier, request)
    context = {
        "matter": dossier.matter,
        "state": dossier.state,
        "title": dossier.word("title"),
        "parties": [party_in_words(party, reachable=reachable) for party in dossier.parties],
        "story": story(dossier),
        "stage": STAGES[dossier.state.stage],
        "sheet": leader_sheet(dossier),
    }
    return render(request, "desk/leader_sheet.html", context)
