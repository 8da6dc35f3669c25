"""Which clocks run on a matter, from when, until when, and what met them (C-1..C-0; articles 22, 23, 34)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.due import Count, Due, due
from xinfang.rules.clocks.hours import OfficeHours, day_one
from xinfang.rules.matters.codes import AssignMode, ClockCode, DayMode, Kind, Nature, Stage, TaskPart
from xinfang.rules.matters.state import MatterState

SHANGHAI = ZoneInfo("Asia/Shanghai")
REGULATION_FROM = date(2022, 5, 1)


@dataclass(frozen=True)
class Counting:
    """What days are counted with: the calendar of working days and the office hours of the centre."""

    calendar: Calendar
    hours: OfficeHours


@dataclass(frozen=True)
class Clock:
    """One clock of one matter.

    `key` is unique in the matter. `due` is None where the clock has no date (C-0) or does not apply; then
    `why_not` is the code of the reason. `met_at`: what it asked for happened. `ended_at`: it stopped without
    being met (closed without solving, merged, replaced); outside the on-time rate.
    """

    code: ClockCode
    k: int
    trigger_at: datetime
    due: Due | None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    why_not: str = ""
    unit: str = ""
    reason_given: bool = False

    @property
    def key(self) -> str:
        return f"{self.code.value}#{self.k}" if self.k else self.code.value

    @property
    def applies(self) -> bool:
        return not self.why_not

    @property
    def due_at(self) -> datetime | None:
        """The moment after which it is late: the end of the due day in Shanghai."""
        return midnight_after(self.due.due) if self.due else None

    @property
    def is_running(self) -> bool:
        return self.applies and self.due is not None and self.met_at is None and self.ended_at is None

    def is_late(self, now: datetime) -> bool:
        """Was it met too late, or is it open past its due moment?"""
        if self.due_at is None or not self.applies or self.code is ClockCode.OBJ5:
            return False
        stopped = _first(self.met_at, self.ended_at)
        return (stopped or now) >= self.due_at


def local_day(moment: datetime) -> date:
    """The day in Shanghai on which a moment lies."""
    return moment.astimezone(SHANGHAI).date()


def midnight_after(day: date) -> datetime:
    """24:00 of a day in Shanghai."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI)


def _first(*moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return min(known) if known else None


def _house_count(state: MatterState) -> Count:
    return Count.WD if state.day_mode is DayMode.WORKING else Count.CAL_D


def _day(counting: Counting, count: Count, n: int, start: datetime) -> Due:
    return due(count, n, local_day(start), counting.calendar)


def _general(state: MatterState) -> bool:
    return state.nature in {None, Nature.GENERAL}


def _solvable(state: MatterState) -> bool:
    return state.solvable is not False


def _c1(state: MatterState, counting: Counting) -> Clock:
    when = day_one(state.received_at, counting.calendar, counting.hours)
    return Clock(ClockCode.C1, 0, state.received_at, when, met_at=_first(state.triaged_at), ended_at=_over(state))


def _over(state: MatterState) -> datetime | None:
    """When the matter stopped asking for anything without being solved: closed, or merged into another."""
    return _first(state.first_closed_at, _merged_at(state))


def _merged_at(state: MatterState) -> datetime | None:
    """When the matter left the ledger's work: merged into another, or its batch was taken back."""
    merged = next((link.at for link in state.links if link.kind == "merged_into"), None)
    return _first(merged, state.revoked_at)


def _c3(state: MatterState, counting: Counting) -> Clock:
    start = state.received_at
    if state.explicit:
        return Clock(ClockCode.C3, 0, start, None, why_not="explicit_date")
    if not _general(state):
        return Clock(ClockCode.C3, 0, start, None, why_not="not_general")
    reported = min((r.reported_at for r in state.reports if r.k == 0), default=None)
    met = _first(reported, state.first_implemented_at)
    return Clock(ClockCode.C3, 0, start, _day(counting, _house_count(state), 3, start), met, _over(state))


def _c7(state: MatterState, counting: Counting) -> Clock:
    start = state.received_at
    for reason, holds in (
        ("explicit_date", state.explicit is not None),
        ("not_general", not _general(state)),
        ("not_solvable", not _solvable(state)),
    ):
        if holds:
            return Clock(ClockCode.C7, 0, start, None, why_not=reason)
    return Clock(
        ClockCode.C7,
        0,
        start,
        _day(counting, _house_count(state), 7, start),
        state.first_implemented_at,
        _over(state),
        reason_given=ClockCode.C7 in state.overruns,
    )


def _cm(state: MatterState, counting: Counting) -> Clock:
    start = state.received_at
    if _general(state) and _solvable(state):
        return Clock(ClockCode.CM, 0, start, None, why_not="general_and_solvable")
    month = _day(counting, Count.CAL_M, 1, start)
    met = _first(state.first_implemented_at, _plan_in_force(state, month))
    return Clock(ClockCode.CM, 0, start, month, met, _over(state), reason_given=ClockCode.CM in state.overruns)


def _plan_in_force(state: MatterState, month: Due) -> datetime | None:
    """A plan meets C-M from its filing, once it was filed before the month ended and then approved."""
    plan = state.plan
    if plan is None or plan.approved_at is None:
        return None
    return plan.filed_at if plan.filed_at < midnight_after(month.due) else plan.approved_at


def _c0(state: MatterState, _counting: Counting) -> Clock:
    return Clock(ClockCode.C0, 0, state.received_at, None, met_at=state.struck_off_at, ended_at=_merged_at(state))


def _explicit(state: MatterState, counting: Counting) -> Clock | None:
    if state.explicit is None:
        return None
    on = state.explicit.on
    own = Due(raw=on, due=on, prudent=on, provisional=not counting.calendar.is_published(on))
    met = _first(state.first_implemented_at, state.first_closed_at)
    return Clock(ClockCode.EXPLICIT, 0, state.explicit.set_at, own, met, _merged_at(state))


def _reg15(state: MatterState, counting: Counting) -> Clock:
    """Registered and routed within 15 days of receipt (article 22)."""
    met = _first(
        state.tasks[0].assigned_at if state.tasks else None,
        state.told_at,
        state.accepted_at,
        state.first_implemented_at,
        state.first_closed_at,
    )
    return Clock(
        ClockCode.REG15,
        0,
        state.received_at,
        _day(counting, Count.CAL_D, 15, state.received_at),
        met,
        _merged_at(state),
    )


def _told(state: MatterState, counting: Counting) -> list[Clock]:
    """Written notice within 15 days: of receipt, or of the organ's own receipt once it was passed on (article 23).

    Passing a matter on inside the house starts nothing anew; only an objection that was upheld does, because
    then another organ receives it.
    """
    if state.anonymous:
        return [Clock(ClockCode.TELL15, 0, state.received_at, None, why_not="no_address")]
    met, gone = _first(state.told_at, state.first_closed_at), _merged_at(state)
    leads = [task for task in state.tasks if task.part is TaskPart.LEAD]
    if not leads:
        when = _day(counting, Count.CAL_D, 15, state.received_at)
        return [Clock(ClockCode.TELL15, 0, state.received_at, when, met, gone)]
    firsts = [task for before, task in zip([None, *leads], leads, strict=False) if before is None or before.sent_back]
    clocks = []
    for first in firsts:
        back = next((t.returned_at for t in leads if t.k >= first.k and t.sent_back), None)
        when = _day(counting, Count.CAL_D, 15, first.assigned_at)
        clocks.append(
            Clock(ClockCode.TELL15T, first.k, first.assigned_at, when, met, _first(back, gone), unit=first.unit)
        )
    return clocks


def _objections(state: MatterState, counting: Counting) -> list[Clock]:
    """The five working days in which an organ may object; a limit, not a duty: it is never breached."""
    over = _first(state.accepted_at, state.first_implemented_at, state.first_closed_at)
    return [
        Clock(
            ClockCode.OBJ5,
            task.k,
            task.assigned_at,
            _day(counting, Count.WD, 5, task.assigned_at),
            state.objected_at if task.sent_back else None,
            _first(over, task.returned_at, task.done_at),
            unit=task.unit,
        )
        for task in state.tasks
        if task.part is TaskPart.LEAD
    ]


def sixty(state: MatterState, counting: Counting) -> Due | None:
    """The 60 days from acceptance, without an extension."""
    if state.accepted_at is None:
        return None
    return due(Count.CAL_D, 60, local_day(state.accepted_at), counting.calendar)


def _do60(state: MatterState, counting: Counting) -> Clock | None:
    accepted = state.accepted_at
    if accepted is None:
        return None
    met = _first(state.first_opinion_at, state.first_closed_at)
    if state.extended_days:
        until = due(Count.CAL_D, 60 + state.extended_days, local_day(accepted), counting.calendar)
        return Clock(ClockCode.EXT30, 0, accepted, until, met, _merged_at(state), unit=state.organ)
    return Clock(ClockCode.DO60, 0, accepted, sixty(state, counting), met, _merged_at(state), unit=state.organ)


_SINGLE: tuple[Callable[[MatterState, Counting], Clock | None], ...] = (
    _c1, _c3, _c7, _cm, _c0, _explicit,
)  # fmt: skip


def _statutory(state: MatterState, counting: Counting) -> list[Clock]:
    """The Regulation's limits; they apply to petitions received on or after 2022-05-01.

    Until triage everything counts as a petition; what triage finds to be a mere dispute or an enquiry is none.
    """
    if local_day(state.received_at) < REGULATION_FROM:
        return []
    if state.kind in {Kind.DISPUTE, Kind.ENQUIRY}:
        return [Clock(ClockCode.TELL15, 0, state.received_at, None, why_not="not_a_petition")]
    sixty_days = _do60(state, counting)
    return [
        _reg15(state, counting),
        *_told(state, counting),
        *_objections(state, counting),
        *([sixty_days] if sixty_days else []),
    ]


def _monthly(state: MatterState, counting: Counting) -> list[Clock]:
    """One clock a month from the plan's approval until strike-off; the last one is the one that runs."""
    plan = state.plan
    if plan is None or plan.approved_at is None:
        return []
    clocks: list[Clock] = []
    k = 1
    reported = {report.k: report.reported_at for report in reversed(state.monthly)}
    while True:
        when = _day(counting, Count.CAL_M, k, plan.approved_at)
        previous = clocks[-1].due_at if clocks else plan.approved_at
        if state.struck_off_at and previous and previous >= state.struck_off_at:
            return clocks
        clocks.append(
            Clock(
                ClockCode.CMF,
                k,
                plan.approved_at,
                when,
                reported.get(k),
                _first(state.struck_off_at, _merged_at(state)),
            )
        )
        horizon = state.last_at
        if k not in reported and (horizon is None or midnight_after(when.due) > horizon):
            return clocks
        k += 1


def _steps(state: MatterState, counting: Counting) -> list[Clock]:
    plan = state.plan
    if plan is None or plan.approved_at is None:
        return []
    return [
        Clock(
            ClockCode.CP,
            step.k,
            plan.approved_at,
            Due(step.due_on, step.due_on, step.due_on, not counting.calendar.is_published(step.due_on)),
            step.done_at,
            state.struck_off_at,
            unit=step.unit,
        )
        for step in plan.steps
    ]


def _co_tasks(state: MatterState, counting: Counting) -> list[Clock]:
    return [
        Clock(
            ClockCode.TASK,
            task.k,
            task.assigned_at,
            Due(task.due_on, task.due_on, task.due_on, not counting.calendar.is_published(task.due_on)),
            task.done_at,
            _first(task.returned_at, _merged_at(state)),
            unit=task.unit,
        )
        for task in state.tasks
        if task.due_on is not None and (task.part is TaskPart.CO or task.mode is AssignMode.ASSIGNMENT)
    ]


def clocks_of(state: MatterState, counting: Counting) -> tuple[Clock, ...]:
    """Every clock of a matter; the five of 13710 always stand in it, applying or not."""
    if state.imported and state.stage in {Stage.CLOSED, Stage.STRUCK_OFF, Stage.ARCHIVED}:
        return ()
    clocks = [clock for single in _SINGLE if (clock := single(state, counting)) is not None]
    return (
        *clocks,
        *_statutory(state, counting),
        *_monthly(state, counting),
        *_steps(state, counting),
        *_co_tasks(state, counting),
    )
