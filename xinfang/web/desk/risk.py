"""The risk board: what asks to be looked at in matters, places and backlogs, and never in persons (B13)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.labels.refusals import word as refused_word
from xinfang.labels.risk import LEVELS, RULES, STATES, SUBJECTS
from xinfang.models import RiskSignal
from xinfang.queries import risk as board
from xinfang.queries.matters import lines, titles_of
from xinfang.queries.people import user_names
from xinfang.queries.units import unit_names
from xinfang.rules.figures.ratio import percentage
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.risk.codes import RiskLevel, RiskRule, SignalState, Subject
from xinfang.services import risk
from xinfang.web.desk.listing import rows_of
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import WordsField
from xinfang.web.parts.requests import StaffRequest

GRID_MOST = 12


class DoneForm(forms.Form):
    """What was done about a signal."""

    done = WordsField(label=gettext_lazy("做了什么"), required=False)


@dataclass(frozen=True)
class Card:
    """One signal, ready for the template."""

    signal: RiskSignal
    level: Any
    rule: Any
    title: str
    why: str
    url: str
    state: Any
    about: str = ""

    @property
    def clock(self) -> dict[str, str]:
        """The shape and colour of its level, as those of clocks."""
        return {"state": "running", "level": self.signal.level}


@staff(*board.VIEWERS)
def show(request: StaffRequest) -> HttpResponse:
    """What is open now, red first, and the grid of classes and places."""
    subject = request.GET.get("about", "")
    chosen = Subject(subject) if subject in set(Subject) else None
    signals = board.open_signals(request.actor, chosen)
    counts = board.counts(request.actor, request.now)
    right, decided = _all(board.precision(request.now))
    context = {
        "cards": _cards(request, signals),
        "red": counts[RiskLevel.RED.value],
        "yellow": counts[RiskLevel.YELLOW.value],
        "handled": counts["handled"],
        "rules": len(RiskRule),
        "precision": _share(right, decided),
        "tabs": _tabs(chosen),
        "grid": _grid(request),
        "may_decide": bool(request.actor.roles & board.DECIDERS),
    }
    return render(request, "desk/risk.html", context)


def _all(found: list[board.Precision]) -> tuple[int, int]:
    return sum(one.right for one in found), sum(one.decided for one in found)


def _share(right: int, decided: int) -> str:
    share = percentage(right, decided, 0)
    return f"{share} %（{right}/{decided}）" if share is not None else _("还没有结论")


def _tabs(chosen: Subject | None) -> list[tuple[Any, str, bool]]:
    home = reverse("desk:risk")
    tabs = [(_("全部"), home, chosen is None)]
    return [*tabs, *((words, f"{home}?about={one.value}", one is chosen) for one, words in SUBJECTS.items())]


def _cards(request: StaffRequest, signals: list[RiskSignal]) -> list[Card]:
    """The signals with the names of what they are about; a matter that may not be opened is named by its rule only."""
    matters = {one for signal in signals if signal.subject == Subject.MATTER.value for one in signal.evidence}
    numbers = board.numbers_of(request.actor, request.now, matters)
    places = board.area_names({signal.figures["place"] for signal in signals if "place" in signal.figures})
    units = unit_names(signal.key for signal in signals if signal.subject == Subject.UNIT.value)
    titles = titles_of(list(numbers))
    found = []
    for signal in signals:
        rule, name = RiskRule(signal.rule), _name(signal, numbers, places, units)
        if name:
            level, state = LEVELS[RiskLevel(signal.level)], STATES[SignalState(signal.state)]
            url = reverse("desk:signal", args=[signal.pk])
            about = titles.get(signal.evidence[0]) if signal.subject == Subject.MATTER.value else ""
            why = _why(rule, signal.figures)
            found.append(Card(signal, level, RULES[rule].name, name, why, url, state, about or ""))
    return found


def _name(signal: RiskSignal, numbers: dict[UUID, str], places: dict[str, str], units: dict[str, str]) -> str:
    if signal.subject == Subject.MATTER.value:
        return numbers.get(signal.evidence[0], "")
    return _place(signal, places) if signal.subject == Subject.PLACE.value else units.get(signal.key, signal.key)


def _place(signal: RiskSignal, places: dict[str, str]) -> str:
    place, category = signal.figures["place"], signal.figures["category"]
    return f"{places.get(place, place)} · {category_word(category)}"


def _why(rule: RiskRule, facts: dict[str, Any]) -> str:
    """The figures of a signal in one sentence."""
    if rule in {RiskRule.GROWTH_TOWN, RiskRule.GROWTH_VILLAGE}:
        return _(
            "近7天 %(recent)s 件，平时每周 %(usual)s 件；若没有变化，这样多的可能是 p = %(p)s（校正后 q = %(q)s）"
        ) % {
            **facts,
            "p": _small(facts["p"]),
            "q": _small(facts["q"]),
        }
    sentences = {
        RiskRule.GROUP: _("来访 %(present)s 人，涉及 %(concerned)s 人"),
        RiskRule.MONEY: _("涉及金额 %(amount)s 元"),
        RiskRule.AGAIN: _("30天内来了 %(contacts)s 次"),
        RiskRule.DANGER_WORDS: _("来文里有紧急字样，还没有人标为重大紧急或者登记安全关切"),
        RiskRule.BACKLOG: _("在办 %(at_work)s 件，其中 %(overdue)s 件逾期"),
    }
    return sentences[rule] % facts


def _small(p: float) -> str:
    return f"{p:.2g}" if p >= 0.0001 else "<0.0001"


def _grid(request: StaffRequest) -> dict[str, Any]:
    """Classes by places of the last 30 days, with a mark where something grew; the classes in their own order."""
    counted = board.grid(request.actor, request.now)
    open_ = board.open_signals(request.actor, Subject.PLACE)
    marked = {(s.figures["category"], s.figures["place"][:9]): s.pk for s in open_}
    places = sorted({place for _category, place in counted})[:GRID_MOST]
    names = board.area_names(set(places))
    heads = [(_("内容"), ""), *((names.get(place, place), "numeric") for place in places)]
    rows = []
    for category in sorted({category for category, _place_ in counted}):
        cells = [{"text": category_word(category), "label": heads[0][0], "href": "", "class": ""}]
        cells += [
            _cell(counted.get((category, place), 0), marked.get((category, place)), label)
            for place, (label, _style) in zip(places, heads[1:], strict=True)
        ]
        rows.append(cells)
    return {"heads": heads, "rows": rows}


def _cell(n: int, signal: int | None, label: str) -> dict[str, Any]:
    href = reverse("desk:signal", args=[signal]) if signal else ""
    return {"text": f"{n} !" if signal else n, "label": label, "href": href, "class": "numeric"}


@staff(*board.VIEWERS, methods=FORM)
def show_signal(request: StaffRequest, pk: int) -> HttpResponse:
    """One signal with its evidence; by POST it is handled, or called a false alarm with one key."""
    signal = board.signal_for(request.actor, pk)
    if signal is None:
        raise Http404
    form = DoneForm(request.POST or None)
    if request.method == "POST":
        try:
            _decide(request, pk)
        except RuleBroken as broken:
            form.add_error("done", str(refused_word(broken)))
        else:
            return redirect("desk:risk")
    return render(request, "desk/risk_signal.html", _signal_page(request, signal, form))


def _decide(request: StaffRequest, pk: int) -> None:
    if "false" in request.POST:
        risk.call_false(signal=pk, by=request.actor, at=request.now)
        messages.success(request, _("已记为误报，这条规则的准确率会随之降低。"))
    else:
        risk.handle(signal=pk, done=request.POST.get("done", ""), by=request.actor, at=request.now)
        messages.success(request, _("已记下处置情况。"))


def _signal_page(request: StaffRequest, signal: RiskSignal, form: DoneForm) -> dict[str, Any]:
    cards = _cards(request, [signal])
    if not cards:
        raise Http404
    found = board.evidence_of(request.actor, signal, request.now)
    decider = user_names([signal.decided_by]).get(signal.decided_by, "") if signal.decided_by else ""
    return {
        "card": cards[0],
        "how": RULES[RiskRule(signal.rule)].how,
        "rows": rows_of(lines(found), request.now),
        "hidden": len(signal.evidence) - len(found),
        "may_decide": bool(request.actor.roles & board.DECIDERS) and signal.state == SignalState.OPEN.value,
        "decider": decider,
        "form": form,
    }


@staff(*board.VIEWERS)
def show_rules(request: StaffRequest) -> HttpResponse:
    """Every rule: how it decides, and how often it was right in the last 90 days."""
    found = board.precision(request.now)
    rules = [(RULES[one.rule], _share(one.right, one.decided)) for one in found]
    return render(request, "desk/risk_rules.html", {"rules": rules})
