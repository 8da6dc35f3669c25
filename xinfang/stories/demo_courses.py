"""What happens to a matter of the demo, move by move and day by day, until the stage that its sample names."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from xinfang.queries.routes import procedures
from xinfang.rules.clocks.duties import SHANGHAI
from xinfang.rules.matters.codes import CallOutcome, Kind, Route, ServiceWay
from xinfang.stories.demo_troupe import ARCHIVE, BUREAU, CALLERS, STRIKER, SUPERVISION, Step, Troupe
from xinfang.stories.ledger_rows import LedgerRow

KINDS = {"suggestion": "suggestion", "enquiry": "enquiry"}
PERFORMED = frozenset({"supported_done", "partly_done", "agreement_performed", "settlement_performed"})
REPLIES = frozenset({"replied_directly", "suggestion_adopted", "suggestion_partly", "suggestion_not_adopted"})
OUTCOMES = {"explained": "explained", "not_supported": "not_supported"}
DAYS_TO_FINISH, OPINION_WITHIN = 60, 55


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in the district."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def kind_of(about: Mapping[str, Any]) -> Kind:
    """The kind of a matter by its purpose, unless the sample says another."""
    return Kind(about.get("kind") or KINDS.get(about["purpose"], "claim"))


class Course:
    """Steps of one matter under one number; documents are numbered by the matter's place in its ledger."""

    def __init__(self, troupe: Troupe, lead: str, number: int, year: int) -> None:
        self.troupe, self.lead, self.number, self.year = troupe, lead, number, year
        self.steps: list[Step] = []

    def add(self, at: datetime, unit: str, move: str, **values: Any) -> None:
        self.steps.append(Step(at, unit, move, values))

    def paper(self, kind: str) -> str:
        return f"示{kind}〔{self.year}〕{self.number}号"

    def in_order(self) -> list[Step]:
        """The steps by their moments; those of one moment in the order in which they were added."""
        return sorted(self.steps, key=lambda step: step.at)

    def accept(self, at: datetime, told: datetime) -> None:
        self.add(at, self.lead, "accept", document=self.paper("受"))
        self.add(told, self.lead, "serve_document", document_kind="acceptance_notice", way=ServiceWay.POST)

    def implement(self, at: datetime, result: str) -> None:
        words = {"result_words": "已按承诺落实，现场核对无误。", "petitioner_told": "当面告知并留了联系电话。"}
        self.add(at, self.lead, "implement", result=result, evidence=True, **words)

    def opinion(self, signed: datetime, served: datetime, outcome: str) -> None:
        review = {"reviewed_by": self.troupe.reviewer} if outcome == "not_supported" else {}
        self.add(
            signed,
            self.lead,
            "sign_opinion",
            outcome=outcome,
            findings="经实地查看、查阅档案并听取双方意见，反映的情况已经核实。",
            legal_basis="《信访工作条例》第三十二条及有关政策规定。",
            opinion="处理意见见正文，如不服可在三十日内请求复查。",
            review_organ="区人民政府",
            document=self.paper("意"),
            **review,
        )
        self.add(served, self.lead, "serve_opinion", way=ServiceWay.IN_PERSON)

    def channel(self, at: datetime, told: datetime, route: str) -> None:
        legal = route if route in set(Route) - {Route.PETITION} else Route.ADMINISTRATIVE
        fit = next(one for one in procedures().values() if one.route == legal)
        self.add(
            at, self.lead, "channel", procedure=fit.key, reason="属于法定途径的事项。", competent_body=fit.body,
            reviewed_by=self.troupe.reviewer,
            how_to_apply=fit.how, document=self.paper("导"),
        )  # fmt: skip
        self.add(told, self.lead, "tell_channelled", way=ServiceWay.POST)

    def close(self, at: datetime) -> None:
        self.add(at, self.lead, "close")

    def call(self, at: datetime) -> None:
        self.add(at, CALLERS, "call_back", call_outcome=CallOutcome.REACHED, told=True)

    def resolve(self, proposed: datetime, verified: datetime) -> None:
        self.add(proposed, self.lead, "propose_resolved", note="诉求已经解决，本人认可。")
        self.add(verified, CALLERS, "verify_resolved", note="电话核实，确已解决。")

    def rest(self, at: datetime) -> None:
        self.add(at, CALLERS, "enter_rest_form", form=self.paper("息"), signed_on=at.date().isoformat())

    def strike(self, at: datetime) -> None:
        self.add(at, STRIKER, "strike_off")

    def archive(self, at: datetime) -> None:
        self.add(at, ARCHIVE, "archive")


def course_of_row(row: LedgerRow, troupe: Troupe, *, assigned: bool) -> list[Step]:
    """The course of one ledger row after its registration; rows of a batch come studied and `assigned` already."""
    course, day = Course(troupe, row.lead, row.line, row.received_on.year), row.received_on
    if not assigned:
        due_on = (day + timedelta(days=DAYS_TO_FINISH)).isoformat()
        course.add(
            at_hour(day, 14), BUREAU, "triage", kind=KINDS.get(row.purpose, "claim"), nature="general", solvable=True,
            lane="disposal", first_step="核对来件，转责任单位办理。", category=row.category,
        )  # fmt: skip
        course.add(
            at_hour(day, 15), BUREAU, "assign", mode="assignment", lead=row.lead, due_on=due_on,
            document=course.paper("交"),
        )  # fmt: skip
    course.accept(at_hour(day + timedelta(days=5), 9, 30), at_hour(day + timedelta(days=8), 16))
    if row.stage != "accepted":
        course.add(at_hour(day + timedelta(days=9), 9), row.lead, "start_handling")
    if row.closed_on is not None and row.result is not None:
        _finish_row(course, row, row.closed_on, row.result)
    return course.in_order()


def _finish_row(course: Course, row: LedgerRow, closed: date, result: str) -> None:
    """The opinion comes within the sixty days; what it promises may take longer to be carried out."""
    answered = min(closed, row.received_on + timedelta(days=OPINION_WITHIN))
    if result == "channelled":
        course.channel(at_hour(answered - timedelta(days=1), 10), at_hour(answered, 10), row.route)
    else:
        if result in PERFORMED and answered == closed:
            course.implement(at_hour(closed - timedelta(days=3), 10), result)
        outcome = OUTCOMES.get(result, "supported")
        course.opinion(at_hour(answered - timedelta(days=1), 15), at_hour(answered, 10), outcome)
        if result in PERFORMED and answered < closed:
            course.add(at_hour(answered, 11), course.lead, "begin_execution")
            course.implement(at_hour(closed, 9), result)
    course.close(at_hour(closed, 16))
    course.call(at_hour(closed + timedelta(days=1), 10))
    if row.resolved_on is not None:
        course.resolve(at_hour(closed + timedelta(days=1), 9), at_hour(row.resolved_on, 11))
    if row.at_rest_on is not None:
        course.rest(at_hour(row.at_rest_on, 14))
    if row.struck_off_on is not None:
        course.strike(at_hour(row.struck_off_on, 16))


def in_office_hours(moment: datetime) -> datetime:
    """The same day at an hour at which offices are open."""
    local = moment.astimezone(SHANGHAI)
    return local.replace(hour=min(max(local.hour, 9), 16))


class Timeline:
    """The days of a sample: so many days after it came in, never later than now, always one after the other."""

    def __init__(self, start: datetime, now: datetime) -> None:
        self.start, self.now, self.last = start, now, start

    def on(self, day: float, minutes: int = 0) -> datetime:
        wished = (
            in_office_hours(self.start + timedelta(days=day, minutes=minutes))
            if day >= 1
            else (self.start + timedelta(days=day, minutes=minutes))
        )
        latest = self.last + (self.now - self.last) / 8
        self.last = max(min(wished, latest) if wished > self.now else wished, self.last + timedelta(seconds=1))
        return self.last


def start_of_sample(days_ago: int, place: int, now: datetime) -> datetime:
    """When a sample came in: in office hours of its day, or within the last hours if that is today."""
    if days_ago == 0:
        return now - timedelta(minutes=150 - 10 * (place % 7))
    day = now.astimezone(SHANGHAI).date() - timedelta(days=days_ago)
    return min(at_hour(day, 9 + place % 7, (place * 13) % 60), now - timedelta(hours=3))


def course_of_sample(
    sample: Mapping[str, Any], troupe: Troupe, start: datetime, now: datetime, place: int
) -> list[Step]:
    """The course of a sample after its registration."""
    wanted, at = sample["course"], sample["where"]["at"]
    course, days = Course(troupe, wanted.get("lead", at), 500 + place, start.year), Timeline(start, now)
    stage = wanted["stage"]
    if stage == "registered":
        return []
    _triage(course, days, sample)
    if stage == "triaged":
        return course.steps
    if stage in FROM_TRIAGE:
        FROM_TRIAGE[stage](course, days, sample)
        return course.steps
    if wanted.get("on_the_spot") or wanted["lead"] == at:
        _on_the_spot(course, days, sample)
    else:
        _assigned(course, days, sample)
    _ending(course, days, wanted)
    return course.steps


def _triage(course: Course, days: Timeline, sample: Mapping[str, Any]) -> None:
    about, explicit = sample["about"], sample["course"].get("explicit")
    dated = {}
    if explicit:
        until = days.start.date() + timedelta(days=explicit["after_days"])
        source = {"explicit_source": explicit["source"], "explicit_document": course.paper("批")}
        dated = {"explicit_on": until.isoformat(), **source}
    lane = "mediation" if sample["course"].get("mediation") else "disposal"
    course.add(
        days.on(0, 40), sample["where"]["at"], "triage", kind=kind_of(about), nature=about["nature"], lane=lane,
        solvable=about["solvable"], category=about["category"], first_step="先联系本人，弄清情况。", **dated,
    )  # fmt: skip


def _inform(course: Course, days: Timeline, sample: Mapping[str, Any]) -> None:
    course.add(
        days.on(1), sample["where"]["at"], "inform", competent_body="有权处理的机关", document=course.paper("告"),
        way=ServiceWay.ELECTRONIC, forwarded=True,
    )  # fmt: skip


def _withdrawn(course: Course, days: Timeline, _sample: Mapping[str, Any]) -> None:
    signed = days.on(4)
    course.add(signed, BUREAU, "enter_withdrawal_form", form=course.paper("撤"), signed_on=signed.date().isoformat())
    course.add(days.on(9), CALLERS, "confirm_withdrawal", note="本人确认，没有人劝阻或施压。")


def _not_accepted(course: Course, days: Timeline, sample: Mapping[str, Any]) -> None:
    course.add(
        days.on(2), BUREAU, "not_accept", ground=sample["course"]["ground"], competent_body="正在办理的机关",
        handled_until=(days.on(2) + timedelta(days=40)).date().isoformat(),
        reviewed_by=course.troupe.reviewer, document=course.paper("不受"),
    )  # fmt: skip
    course.add(days.on(3), BUREAU, "serve_document", document_kind="non_acceptance_notice", way=ServiceWay.POST)


FROM_TRIAGE = {"informed": _inform, "withdrawn": _withdrawn, "not_accepted": _not_accepted}


def _report(course: Course, days: Timeline) -> None:
    course.add(
        days.on(1.2), course.lead, "report_preliminary", done="已联系本人，到现场看过。", contacted=True,
        next_steps="核实情况，商定办法。",
    )  # fmt: skip


def _on_the_spot(course: Course, days: Timeline, sample: Mapping[str, Any]) -> None:
    wanted = sample["course"]
    if not wanted.get("on_the_spot"):
        _report(course, days)
    if not wanted.get("result"):
        note = {"note": "已约双方到场，正在调解。", "shown_to_petitioner": True}
        course.add(days.on(1), course.lead, "record_progress", **note)
        return
    day = 0 if wanted.get("on_the_spot") else 5
    course.add(
        days.on(day, 90), course.lead, "solve_on_the_spot", result=wanted["result"], evidence=True,
        result_words="当场办好，双方看过。", petitioner_told="当面告知。",
    )  # fmt: skip


def _assigned(course: Course, days: Timeline, sample: Mapping[str, Any]) -> None:
    wanted, at, troupe = sample["course"], sample["where"]["at"], course.troupe
    unit = troupe.units[at]
    if unit.kind == "station" and unit.parent is not None:
        course.add(days.on(0, 80), at, "escalate", reason="本村办不了，请镇里接办。")
        at = unit.parent.code
    co_units = [{"unit": code, "what": "配合核实情况，把处理意见告诉牵头单位。"} for code in _co_units(course, wanted)]
    course.add(days.on(0, 120), at, "assign", mode="transfer", lead=course.lead, co_units=co_units)
    stage = wanted["stage"]
    if stage == "objected":
        course.add(days.on(2), course.lead, "object", reason="不属于本单位职责，建议另行指定。")
    if stage in {"assigned", "objected"}:
        return
    if stage == "no_longer":
        _no_longer(course, days)
        return
    _taken_up(course, days, sample)


def _no_longer(course: Course, days: Timeline) -> None:
    course.add(
        days.on(3), course.lead, "no_longer_accept", final_document="省复核〔2024〕8号", final_on="2024-06-20",
        final_organ="示范省人民政府", from_outside=True, compared="1 2 3 4 5",
        comparison="与已经终结的事项事实和理由相同，没有新的情况。", reviewed_by=course.troupe.reviewer,
        document=course.paper("不再受"),
    )  # fmt: skip
    course.add(days.on(5), course.lead, "serve_document", document_kind="no_longer_notice", way=ServiceWay.POST)


def _taken_up(course: Course, days: Timeline, sample: Mapping[str, Any]) -> None:
    wanted, stage = sample["course"], sample["course"]["stage"]
    result, outcome = wanted.get("result", ""), wanted.get("outcome", "")
    _report(course, days)
    if result in REPLIES:
        _co_units_finish(course, days, wanted)
        course.add(days.on(4), course.lead, "reply_directly", reply="意见收悉，答复如下。", result=result,
                   way=ServiceWay.ELECTRONIC)  # fmt: skip
        return
    if stage in {"channelled", "awaiting_external"} or result == "channelled":
        course.channel(days.on(3), days.on(5), sample["about"]["route"])
        if stage == "awaiting_external":
            course.add(days.on(7), course.lead, "await_external", note="已由有关机关立案。")
        return
    if result in PERFORMED and not outcome:
        _co_units_finish(course, days, wanted)
        course.implement(days.on(5.5), result)
        return
    _handled(course, days, wanted)


def _handled(course: Course, days: Timeline, wanted: Mapping[str, Any]) -> None:
    if not course.troupe.leads_as_organ(course.lead):
        return
    course.accept(days.on(1.5), days.on(2.5))
    if wanted["stage"] == "accepted":
        return
    course.add(days.on(3), course.lead, "start_handling")
    _planned(course, days, wanted)
    outcome = wanted.get("outcome")
    if not outcome:
        return
    _co_units_finish(course, days, wanted)
    if wanted.get("result") in PERFORMED:
        course.implement(days.on(4.5), wanted["result"])
    course.opinion(days.on(5), days.on(6), outcome)
    if wanted["stage"] == "executing":
        course.add(days.on(12), course.lead, "begin_execution", note="按方案分步落实。")


def _planned(course: Course, days: Timeline, wanted: Mapping[str, Any]) -> None:
    """Time nodes within the first month; a report every month after they were approved."""
    if not wanted.get("plan"):
        return
    filed = days.on(20)
    later = [(filed.date() + timedelta(days=n)).isoformat() for n in (60, 150)]
    steps = [{"unit": course.lead, "due_on": day} for day in later]
    course.add(filed, course.lead, "file_plan", why="涉及资金和工期，一个月内确实办不完。", steps=steps)
    if wanted["plan"] != "approved":
        return
    approved = days.on(22)
    course.add(approved, SUPERVISION, "approve_plan")
    for k in range(1, (days.now - approved).days // 31 + 1):
        month = {"steps_words": "按方案推进，本月的步骤已开工。", "for_petitioner": "工作在按计划进行。"}
        course.add(days.on(22 + 29 * k), course.lead, "report_monthly", k=k, contacted=True, **month)


def _co_units_finish(course: Course, days: Timeline, wanted: Mapping[str, Any]) -> None:
    for code in _co_units(course, wanted):
        course.add(days.on(4), code, "finish_task", result_words="本单位的部分已经办好。")


def _co_units(course: Course, wanted: Mapping[str, Any]) -> list[str]:
    """The units that work along, as far as somebody in them can say that it is done."""
    return [code for code in wanted.get("co", ()) if course.troupe.can(code, "finish_task")]


def _ending(course: Course, days: Timeline, wanted: Mapping[str, Any]) -> None:
    stage, replied = wanted["stage"], wanted.get("result") in REPLIES
    if stage not in {"closed", "struck_off", "archived"}:
        return
    if not replied:
        course.close(days.on(10))
    if wanted.get("resolved"):
        course.add(days.on(10.5), course.lead, "propose_resolved", note="诉求已经解决，本人认可。")
    course.call(days.on(11.5))
    if wanted.get("resolved"):
        course.add(days.on(12), CALLERS, "verify_resolved", note="电话核实，确已解决。")
    if wanted.get("at_rest"):
        course.rest(days.on(14))
    if stage == "closed":
        return
    course.strike(days.on(16))
    if stage == "archived":
        course.archive(days.on(40))
