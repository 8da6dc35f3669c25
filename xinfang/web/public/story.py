"""A tracked matter in words: the five answers of the first screen, the promises with their dates, what happened."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinfang.documents.receipt import PRESSING
from xinfang.labels.codes import word
from xinfang.labels.dates import day
from xinfang.labels.limits import RULES
from xinfang.labels.people import ROLES
from xinfang.labels.sessions import ANSWERS
from xinfang.labels.tracking import (
    AFTERWARDS,
    CORRECTED_BY_US,
    DETAILS,
    LOOKED,
    NEXT,
    SEEN,
    SEEN_JOINED,
    STATES,
    STATES_JOINED,
    STEP_OF,
    STEPS,
    Words,
)
from xinfang.models import Look
from xinfang.queries.sessions import place_of
from xinfang.queries.tracking import Tracked
from xinfang.rules.clocks.duties import Clock, local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ClockCode, DocumentKind, Grade, RatedOrgan, Stage, TaskPart
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import DocumentFact
from xinfang.rules.people.seats import Role
from xinfang.rules.sessions.codes import Answer
from xinfang.services.sessions_answers import own_guest
from xinfang.web.parts.reviews import reviews_in_words

OVER = frozenset({Stage.WITHDRAWN, Stage.CLOSED, Stage.STRUCK_OFF, Stage.ARCHIVED})
_PAPERS = frozenset(
    {EventType.ACCEPTED, EventType.NOT_ACCEPTED, EventType.NO_LONGER_ACCEPTED, EventType.DOCUMENT_SERVED,
     EventType.OPINION_SERVED, EventType.EXTENDED, EventType.REPLIED_DIRECTLY, EventType.INFORMED,
     EventType.CHANNELLED, EventType.CHANNELLING_TOLD}
)  # fmt: skip


@dataclass(frozen=True)
class Promise:
    """One date that was given: what for, the due day, the day as counted, and how late it is if it is.

    `raw` is empty where the end did not roll; `is_counted`: days were counted, nobody set the date.
    """

    text: str
    on: str
    raw: str
    left: str
    is_late: bool
    provisional: bool
    is_counted: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; the fields are those of parts/timeline.html."""

    seq: int
    at: datetime
    title: str
    who: str
    body: str
    kind: str
    visible: bool = True
    late_reason: str = ""
    is_void: bool = False
    href: str = ""
    files: tuple[Any, ...] = field(default_factory=tuple)


def steps(matter: Tracked) -> list[dict[str, Any]]:
    """The way of a matter, and where on it this one is."""
    here = STEP_OF[matter.state.stage]
    return [{"word": text, "done": n < here, "now": n == here} for n, text in enumerate(STEPS)]


def answers(matter: Tracked) -> dict[str, Any]:
    """Where it is, who has it, since when, what comes next and by when, what the petitioner must do."""
    nearest = promises(matter)[:1]
    stage = matter.state.stage
    following = nearest[0].text if nearest and stage not in OVER else str(AFTERWARDS.get(stage, ""))
    return {
        "state": (STATES_JOINED if matter.joined else STATES)[stage],
        "who": who_has_it(matter),
        "since": day(local_day(matter.since)),
        "next": following,
        "due": nearest[0] if nearest and stage not in OVER else None,
        "todo": todo(matter),
    }


def who_has_it(matter: Tracked) -> str:
    """The lead unit and those that work along; before anybody has a task, the centre that holds it."""
    state = matter.state
    if not state.open_tasks:
        return matter.unit(state.organ or state.holder)
    parts = []
    for task in sorted(state.open_tasks, key=lambda task: task.part is TaskPart.CO):
        lead = _("%(unit)s（主办）") if task.part is TaskPart.LEAD else _("%(unit)s（协办）")
        parts.append(lead % {"unit": matter.unit(task.unit)})
    return _("、").join(parts)


def promises(matter: Tracked) -> list[Promise]:
    """Every date that still runs, the nearest first."""
    return [promise(matter, clock) for clock in matter.running]


def promise(matter: Tracked, clock: Clock) -> Promise:
    """One running date, honest about being late."""
    if clock.due is None:
        msg = "only what has a date can be promised"
        raise ValueError(msg)
    today = matter.asked.today
    days = (clock.due.due - today).days
    return Promise(
        text=str(NEXT[clock.code]),
        on=day(clock.due.due),
        raw=day(clock.due.raw) if clock.due.raw != clock.due.due else "",
        left=_left(days, told=clock.key in matter.state.breached),
        is_late=days < 0,
        provisional=clock.due.provisional,
        is_counted=clock.due.term is not None,
    )


def rights(matter: Tracked) -> list[Promise]:
    """The petitioner's own rights that run while we handle: by the prudent day, the last day beside it."""
    found = []
    for clock in matter.rights:
        if clock.due is None:
            continue
        days = (clock.due.prudent - matter.asked.today).days
        found.append(
            Promise(
                text=str(RULES[clock.rule]),
                on=day(clock.due.prudent),
                raw=day(clock.due.due) if clock.due.due != clock.due.prudent else "",
                left=_left(max(days, 0), told=False) if days >= 0 else _("可能已经届满，请马上咨询法律援助"),
                is_late=days <= PRESSING,
                provisional=clock.due.provisional,
            )
        )
    return found


def _left(days: int, *, told: bool) -> str:
    if days > 0:
        return ngettext("还有 %(n)d 天", "还有 %(n)d 天", days) % {"n": days}
    if days == 0:
        return _("就是今天")
    late = _("已超过 %(n)d 天，已经提醒督办") if told else _("已超过 %(n)d 天")
    return late % {"n": -days}


def todo(matter: Tracked) -> str:
    """What the petitioner must or can do now; mostly nothing."""
    state, may = matter.state, matter.may
    until = matter.review_until
    if state.withdrawal and not matter.joined:
        return _("等工作人员打电话跟您核实撤回")
    if "contest_refusal" in may and state.stage in {Stage.NOT_ACCEPTED, Stage.NO_LONGER}:
        return _("不同意可以提出异议")
    if until and matter.asked.today <= until.due:
        return _("看处理意见；不服的，%(day)s前申请复查") % {"day": day(until.due)}
    if "rate" in may and not state.ratings:
        return _("没有必须做的。愿意的话可以评价")
    if wanted := missing_papers(matter):
        return _("补上这些材料，可以在网上加，也可以交到窗口：%(papers)s") % {"papers": _("、").join(wanted)}
    return _("现在没有")


def missing_papers(matter: Tracked) -> list[str]:
    """The papers that were asked for and since when nothing was added."""
    asked = [event.seq for event in matter.events if matter.word(event.seq, "missing")]
    added = [event.seq for event in matter.events if event.type == EventType.MATERIAL_ADDED]
    if not asked or max(asked) < max(added, default=0):
        return []
    return [line.strip() for line in matter.word(max(asked), "missing").splitlines() if line.strip()]


def entries(matter: Tracked) -> list[Entry]:
    """What happened, the newest first."""
    return [_entry(matter, event) for event in reversed(matter.events)]


def _entry(matter: Tracked, event: Event) -> Entry:
    own = event.role == Role.PETITIONER
    corrected = event.type == EventType.PARTY_CORRECTED
    return Entry(
        seq=event.seq,
        at=event.occurred_at,
        title=str(CORRECTED_BY_US if corrected and not own else _title(matter, EventType(event.type))),
        who=_("您") if own else matter.unit(event.unit) if event.unit else "",
        body="\n".join(line for line in _lines(matter, event) if line),
        kind=_kind(event, own=own),
        files=tuple(_files(matter, event.seq)),
    )


def _title(matter: Tracked, type_: EventType) -> Words:
    return SEEN_JOINED.get(type_, SEEN[type_]) if matter.joined else SEEN[type_]


def _kind(event: Event, *, own: bool) -> str:
    if event.type == EventType.BREACHED:
        return "clock"
    if event.type == EventType.PROGRESS_RECORDED:
        return "note"
    if event.type in _PAPERS:
        return "document"
    return "citizen" if own else "move"


def _files(matter: Tracked, seq: int) -> list[dict[str, str]]:
    return [
        {"name": file.name, "href": reverse("case_file", args=[file.pk]), "state": ""}
        for file in matter.files
        if file.seq == seq and (file.by_petitioner or file.shown_to_petitioner)
    ]


def _lines(matter: Tracked, event: Event) -> list[str]:
    """The facts of one event in words, then the words that were written for the petitioner."""
    payload = event.payload
    lines = [
        _units(matter, payload),
        _("文号：%(number)s") % {"number": payload["document"]} if payload.get("document") else "",
        _("日期：%(day)s") % {"day": day(date.fromisoformat(payload["explicit_on"]))}
        if payload.get("explicit_on")
        else "",
        _("延长 %(n)d 天") % {"n": payload["days"]} if event.type == EventType.EXTENDED else "",
        _closed_list(event),
        _late(event),
    ]
    if event.type in (EventType.REGISTERED, EventType.PARTY_ADDED):
        missing = matter.word(event.seq, "missing")
        return [*lines, _("要补的材料：%(papers)s") % {"papers": _("、").join(missing.splitlines())} if missing else ""]
    return [*lines, *(text for text in matter.texts.get(event.seq, {}).values() if text)]


def _units(matter: Tracked, payload: Any) -> str:
    units = [matter.unit(payload["lead"])] if payload.get("lead") else []
    units += [matter.unit(row["unit"]) for row in payload.get("co_units", ())]
    return _("承办：%(units)s") % {"units": _("、").join(units)} if units else ""


def _closed_list(event: Event) -> str:
    payload = event.payload
    if event.type == EventType.DOCUMENT_SERVED:
        return str(word(DocumentKind(payload["document_kind"])))
    if event.type == EventType.RATED:
        organ, grade = word(RatedOrgan(payload["organ"])), word(Grade(payload["grade"]))
        return _("对%(organ)s：%(grade)s") % {"organ": organ, "grade": grade}
    if event.type == EventType.PARTY_CORRECTED:
        return _("、").join(str(DETAILS[name]) for name in payload["corrected"])
    if event.type == EventType.CALLED_BACK:
        return _("联系上了您") if payload.get("call_outcome") == "reached" else _("没有联系上您")
    return ""


def _late(event: Event) -> str:
    if event.type != EventType.BREACHED:
        return ""
    code = ClockCode(event.payload["clock"].partition("#")[0])
    return str(NEXT.get(code, ""))


@dataclass(frozen=True)
class Paper:
    """One paper: what it is, its number, who issued it, when, and when it reached the petitioner."""

    name: str
    number: str
    issuer: str
    issued: str
    served: str


def papers(matter: Tracked) -> list[Paper]:
    """The papers that are meant for the petitioner."""
    return [_paper(matter, document) for document in matter.documents]


def _paper(matter: Tracked, document: DocumentFact) -> Paper:
    served = day(local_day(document.served_at)) if document.served_at else _("正在送达")
    return Paper(
        name=str(word(DocumentKind(document.kind))),
        number=document.number,
        issuer=matter.unit(document.issuer),
        issued=day(local_day(document.issued_at)),
        served=served,
    )


@dataclass(frozen=True)
class Looked:
    """One look: when, by which post of which unit, at what, and why."""

    at: datetime
    who: str
    what: str
    reason: str


def looks(matter: Tracked) -> list[Looked]:
    """Who looked, without a name: the name is given on request. A reason may speak of another petitioner."""
    return [_look(matter, look) for look in matter.looks]


def _look(matter: Tracked, look: Look) -> Looked:
    role = str(ROLES[Role(look.role)])
    return Looked(
        at=look.at,
        who=_("%(unit)s %(role)s") % {"unit": matter.unit(look.unit), "role": role},
        what=str(LOOKED.get(look.what, LOOKED["identity"])),
        reason="" if matter.joined else look.reason,
    )


def opinion(matter: Tracked) -> dict[str, str]:
    """What the served opinion says."""
    for texts in reversed(list(matter.texts.values())):
        if "review_organ" in texts:
            return {name: text or "" for name, text in texts.items()}
    return {}


def reviews(matter: Tracked) -> list[dict[str, Any]]:
    """The requests for a review; what was decided is read once it was served."""
    return [] if matter.joined else reviews_in_words(matter.state, matter.decided, matter.texts, matter.unit)


def sessions(matter: Tracked) -> list[dict[str, Any]]:
    """The sessions ahead to which this petitioner is asked; whoever joined was asked by nobody."""
    if matter.joined:
        return []
    rows = []
    for session in matter.state.sessions:
        guest = own_guest(matter.state, session) if session.is_ahead else None
        if guest is not None:
            said = {"answer": ANSWERS[guest.answer], "is_answered": guest.answer is not Answer.WAITING}
            rows.append({"session": session, "place": place_of(session.room), **said})
    return rows
