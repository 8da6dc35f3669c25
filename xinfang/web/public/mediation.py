"""Being asked whether one wants to be mediated: what it is, and yes or no with one's own code (人民调解法 17, 23)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from xinfang.documents.mediation_papers import rights_in_words
from xinfang.labels.mediation import ANSWERS
from xinfang.queries.tracking import Tracked
from xinfang.rules.lifecycle.mediating import asks_petitioner, current
from xinfang.services.petitioner import answer_mediation
from xinfang.web.parts.requests import moment_of
from xinfang.web.public.case import form_page
from xinfang.web.public.frame import sent
from xinfang.web.public.track import case_view


class AnswerForm(forms.Form):
    """Yes or no; nobody asks why."""

    party_answer = forms.ChoiceField(
        label=_("您愿意调解吗"),
        choices=[(answer.value, words) for answer, words in ANSWERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。")},
    )


@case_view("POST")
def answer(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """The one question, with what everybody is told before answering it."""
    mediation = current(matter.state)
    if mediation is None or not asks_petitioner(matter.state):
        return redirect("case")

    def act(given: dict[str, Any]) -> str:
        answer_mediation(matter=matter.state.id, answer=given["party_answer"], at=moment_of(request))
        return now_("记下了，谢谢。")

    more = {"told": rights_in_words(), "dispute": matter.word(mediation.seq, "dispute")}
    return form_page(request, "case_mediation", matter, AnswerForm(sent(request)), act, more)
