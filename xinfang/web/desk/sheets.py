"""The parts of a matter's page in words: the story, dates and how they came about, tasks, papers, plan, strike-off."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xinfang.labels.clocks import CLOCKS
from xinfang.labels.codes import (
    ASSIGN_MODES,
    CALL_OUTCOMES,
    DOCUMENT_KINDS,
    GRADES,
    LINK_KINDS,
    RATED_ORGANS,
    REPORT_VERDICTS,
    RESULTS,
    SERVICE_WAYS,
    TASK_PARTS,
)
from xinfang.labels.limits import RULES
from xinfang.labels.strike_off import CONDITIONS, MISSING
from xinfang.queries.dossier import Dossier
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.matters.codes import (
    STATUTORY_CLOCKS,
    ClockCode,
    DocumentKind,
    LinkKind,
    RatedOrgan,
    ReportVerdict,
    ServiceWay,
    Stage,
)
from xinfang.rules.matters.parts import Task
from xinfang.rules.supervision.strike_off import conditions
from xinfang.web.desk.timeline import clock_word
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.clocks import ClockView, anchor, clock_name

STORY = {
    "original_words": _("信访人原话"),
    "demand": _("诉求"),
    "facts": _("事实经过"),
    "wish": _("希望怎样答复"),
    "earlier": _("以前找过谁"),
    "proceedings": _("诉讼、仲裁、复议情况"),
    "papers": _("收到的纸质材料"),
}
_MERGES = frozenset({LinkKind.MERGED_INTO, LinkKind.ABSORBED})
_ENDED = frozenset({Stage.CLOSED, Stage.STRUCK_OFF, Stage.ARCHIVED})


def story(dossier: Dossier) -> list[dict[str, Any]]:
    """What the petitioner said, in their words."""
    told = dossier.texts.get(1, {})
    return [{"name": words, "text": told[name]} for name, words in STORY.items() if name in told]


def clock_rows(dossier: Dossier, views: list[ClockView]) -> list[dict[str, Any]]:
    """Every clock with its trigger and its three dates, as far as it has any."""
    pairs = zip(dossier.asked.clocks, views, strict=True)
    return [
        {
            "id": anchor(clock),
            "name": clock_title(clock),
            "unit": dossier.unit(clock.unit) if clock.unit else "",
            "clock": clock,
            "view": view,
            "is_law": is_law(clock),
        }
        for clock, view in pairs
        if clock.due is not None or clock.why_not
    ]


def is_law(clock: Clock) -> bool:
    """Is this a limit that the law sets for us, not the house?"""
    return clock.code in STATUTORY_CLOCKS


def clock_title(clock: Clock) -> str:
    """What a clock is called where there is room: by its rule where its code stands for many."""
    return clock_name(clock) if clock.rule in RULES else clock_word(clock.key)


def all_of(dossier: Dossier) -> dict[str, Any]:
    """The smaller sheets."""
    state = dossier.state
    return {
        "lead": dossier.unit(state.lead.unit) if state.lead else "",
        "holder": dossier.unit(state.holder),
        "organ": dossier.unit(state.organ) if state.organ else "",
        "category": category_word(state.category) if state.category else "",
        "result": RESULTS[state.result] if state.result else "",
        "co_units": [dossier.unit(task.unit) for task in state.tasks if task.part == "co" and not task.returned_at],
        "tasks": [_task(dossier, task) for task in state.tasks],
        "documents": _documents(dossier),
        "plan": state.plan,
        "steps": _steps(dossier),
        "reports": _reports(dossier),
        "calls": _calls(dossier),
        "ratings": [(RATED_ORGANS[RatedOrgan(o)], GRADES[g]) for o, g in state.ratings.items()],
        "links": _links(dossier),
        "breaches": [clock_word(key) for key in sorted(state.breached - state.explained)],
        "sheet": [
            {"code": c.code, "words": CONDITIONS[c.code], "met": c.met, "missing": MISSING.get(c.missing, "")}
            for c in conditions(dossier.asked)
        ],
        "sheet_open": state.stage in _ENDED,
    }


def _task(dossier: Dossier, task: Task) -> dict[str, Any]:
    return {
        "unit": dossier.unit(task.unit),
        "part": TASK_PARTS[task.part],
        "mode": ASSIGN_MODES[task.mode],
        "handler": dossier.person(task.handler),
        "what": dossier.asked_of(task),
        "waits": task.k in {objection.task for objection in dossier.state.open_objections},
        "task": task,
    }


def _documents(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "kind": DOCUMENT_KINDS[DocumentKind(paper.kind)],
            "number": paper.number,
            "issuer": dossier.unit(paper.issuer),
            "issued_at": paper.issued_at,
            "served_at": paper.served_at,
            "way": SERVICE_WAYS[ServiceWay(paper.way)] if paper.way else "",
        }
        for paper in dossier.state.documents
    ]


def _steps(dossier: Dossier) -> list[dict[str, Any]]:
    plan = dossier.state.plan
    return [{"step": step, "unit": dossier.unit(step.unit)} for step in plan.steps] if plan else []


def _reports(dossier: Dossier) -> list[dict[str, Any]]:
    names = {0: CLOCKS[ClockCode.C3]}
    return [
        {
            "name": names.get(report.k) or clock_word(f"{ClockCode.CMF.value}#{report.k}"),
            "at": report.reported_at,
            "verdict": REPORT_VERDICTS[ReportVerdict(report.verdict)] if report.verdict else _("待阅"),
            "is_returned": report.verdict == ReportVerdict.RETURNED,
        }
        for report in dossier.state.reports
    ]


def _calls(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {"at": call.at, "who": dossier.person(call.by), "outcome": CALL_OUTCOMES[call.outcome], "told": call.told}
        for call in dossier.state.calls
    ]


def _links(dossier: Dossier) -> list[dict[str, Any]]:
    """The matters it is tied to; of one out of sight only a merge is told, since that decides where this one went."""
    return [
        {"kind": LINK_KINDS[LinkKind(link.kind)], "number": dossier.others.get(link.other, "")}
        for link in dossier.state.links
        if link.other in dossier.others or link.kind in _MERGES
    ]
