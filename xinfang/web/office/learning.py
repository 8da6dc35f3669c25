"""What the house learned for its suggestions: ask for it, see its figures, put it to use, leave it, go back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.labels.catalogue import LESSON_STATES
from xinfang.labels.refusals import word as refusal
from xinfang.queries.lessons import Shown, in_use, lessons
from xinfang.rules.catalogue.lessons import FEWEST, LEAST_OF_A_CATEGORY, LessonState
from xinfang.rules.people.administration import ADMINISTRATORS, OFFICE_ROLES, may_teach
from xinfang.rules.refusals import RuleBroken
from xinfang.services import learning as service
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import SEND, staff
from xinfang.web.parts.requests import StaffRequest


@dataclass(frozen=True)
class Told:
    """One lesson with its words, and the shares of the asked matters in per cent."""

    shown: Shown
    words: str
    rows: list[tuple[str, int, int, int, int]]


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest) -> HttpResponse:
    """Every lesson with its figures; the buttons for who may."""
    known = [_told(one) for one in lessons()]
    context = {
        "lessons": known,
        "used": in_use(),
        "waits": next((one for one in known if one.shown.row.state == LessonState.WAITING), None),
        "may_teach": may_teach(request.actor),
        "fewest": FEWEST,
        "least": LEAST_OF_A_CATEGORY,
    }
    return page(request, "office/learning.html", context)


@staff(*sorted(ADMINISTRATORS), methods=SEND)
def act(request: StaffRequest, act: str) -> HttpResponse:
    """Ask for a lesson, put one to use, or leave it."""
    number = request.POST.get("number", "")
    by, at, n = request.actor, request.now, int(number) if number.isdecimal() and len(number) < len("1000000") else -1
    try:
        if act == "ask":
            service.ask(by=by, at=at)
            said = _("后台开始学习，一般几分钟。学好以后先看数字，再决定用不用。")
        elif act == "use":
            service.use(number=n, by=by, at=at)
            said = _("已更换，建议马上按它来。已经办的事项不变。")
        elif act == "leave":
            service.leave(number=n, by=by, at=at)
            said = _("学到的内容已删除，数字留着。")
        else:
            raise Http404
    except RuleBroken as broken:
        messages.error(request, refusal(broken))
    else:
        messages.success(request, said)
    return redirect("office:learning")


def _told(one: Shown) -> Told:
    figures = one.figures
    pairs = ((_("只用清单里的词"), figures.words_first, figures.words_three),
             (_("加上学到的"), figures.both_first, figures.both_three))  # fmt: skip
    rows = [(words, first, _share(first, figures.asked), three, _share(three, figures.asked))
            for words, first, three in pairs]  # fmt: skip
    return Told(one, str(LESSON_STATES[LessonState(one.row.state)]), rows if figures.asked else [])


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
