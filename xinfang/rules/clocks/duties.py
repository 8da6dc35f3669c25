"""Which clocks run on a matter, from when, until when, and what met them (C-1..C-0; articles 22, 23, 34)."""

from collections.abc import Callable
from datetime import datetime, time

from xinfang.rules.clocks.calling import calls_owed
from xinfang.rules.clocks.due import Count, Due, in_mode
from xinfang.rules.clocks.hours import OfficeHours, day_one
from xinfang.rules.clocks.limits import limits
from xinfang.rules.clocks.restudy import restudies
from xinfang.rules.clocks.ruling import rulings_owed
from xinfang.rules.clocks.shape import (
    SHANGHAI,
    Clock,
    Counting,
    day_of,
    first_of,
    first_since,
    left_at,
    local_day,
    midnight_after,
)
from xinfang.rules.clocks.statutory import do60, sixty, statutory
from xinfang.rules.clocks.urgency import urgent
from xinfang.rules.matters.codes import AssignMode, ClockCode, Nature, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import Classing, MatterState, Plan

__all__ = ["SHANGHAI", "Clock", "Counting", "clocks_of", "local_day", "midnight_after", "sixty"]

UNTRIAGED = Classing(datetime.min.replace(tzinfo=SHANGHAI), None, None, explicit=False)


def _house_count(state: MatterState) -> Count:
    return in_mode(Count.CAL_D, state.day_mode)


def _general(classing: Classing) -> bool:
    return classing.nature in {None, Nature.GENERAL}


def _quick(classing: Classing) -> bool:
    """General and solvable, as everything is until triage."""
    return _general(classing) and classing.solvable is not False


def _as_of(state: MatterState, dates: Due) -> Classing:
    """How the matter was classified when this moment came, or is so far: no later word moves a breach away (C-R2)."""
    over = midnight_after(dates.due)
    return next((classing for classing in reversed(state.classings) if classing.at < over), UNTRIAGED)


def _c1(state: MatterState, counting: Counting) -> Clock:
    when = day_one(state.received_at, counting.calendar, office_hours(state, counting))
    return Clock(ClockCode.C1, 0, state.received_at, when, met_at=first_of(state.triaged_at), ended_at=_over(state))


def office_hours(state: MatterState, counting: Counting) -> OfficeHours:
    """The hours under which the matter came in: who changes them later moves no date that was already told."""
    if not state.opens or not state.closes:
        return counting.hours
    closed_on = frozenset({local_day(state.received_at)} if state.closed_then else ())
    return OfficeHours(time.fromisoformat(state.opens), time.fromisoformat(state.closes), closed_on)


def _over(state: MatterState) -> datetime | None:
    """When the matter stopped asking for anything without being solved: closed, or merged into another."""
    return first_of(state.first_closed_at, left_at(state))


def _c3(state: MatterState, counting: Counting) -> Clock:
    start = state.received_at
    dates = day_of(counting, _house_count(state), counting.policy(state.policy).report_days, start)
    classing = _as_of(state, dates)
    if classing.explicit:
        return Clock(ClockCode.C3, 0, start, None, why_not="explicit_date")
    if not _general(classing):
        return Clock(ClockCode.C3, 0, start, None, why_not="not_general")
    reported = min((r.reported_at for r in state.reports if r.k == 0), default=None)
    return Clock(ClockCode.C3, 0, start, dates, first_of(reported, state.first_implemented_at), _over(state))


def _c7(state: MatterState, counting: Counting) -> Clock:
    start = state.received_at
    dates = _seven(state, counting)
    classing = _as_of(state, dates)
    for reason, holds in (
        ("explicit_date", classing.explicit),
        ("not_general", not _general(classing)),
        ("not_solvable", not _quick(classing)),
    ):
        if holds:
            return Clock(ClockCode.C7, 0, start, None, why_not=reason)
    reason_given = ClockCode.C7 in state.overruns
    met = state.first_implemented_at
    return Clock(ClockCode.C7, 0, start, dates, met, _over(state), reason_given=reason_given)


def _seven(state: MatterState, counting: Counting) -> Due:
    return day_of(counting, _house_count(state), counting.policy(state.policy).solve_days, state.received_at)


def _cm(state: MatterState, counting: Counting) -> Clock:
    """The month of what is hard now, and of what was hard when the seven days of the quick ones ended."""
    start = state.received_at
    now = state.classings[-1] if state.classings else UNTRIAGED
    if _quick(now) and _quick(_as_of(state, _seven(state, counting))):
        return Clock(ClockCode.CM, 0, start, None, why_not="general_and_solvable")
    month = day_of(counting, Count.CAL_M, counting.policy(state.policy).hard_months, start)
    plan = state.plan
    waits = plan is not None and plan.waits and plan.filed_at < midnight_after(month.due)
    return Clock(
        ClockCode.CM,
        0,
        start,
        month,
        first_of(state.first_implemented_at, _plan_in_force(state, month)),
        _over(state),
        reason_given=ClockCode.CM in state.overruns,
        awaits_answer=waits,
    )


def _plan_in_force(state: MatterState, month: Due) -> datetime | None:
    """The first plan that was approved meets C-M: from its filing if that was before the month ended."""
    plan = next(iter(state.approved_plans), None)
    if plan is None or plan.approved_at is None:
        return None
    return plan.filed_at if plan.filed_at < midnight_after(month.due) else plan.approved_at


def _c0(state: MatterState, _counting: Counting) -> Clock:
    return Clock(ClockCode.C0, 0, state.received_at, None, met_at=state.struck_off_at, ended_at=left_at(state))


def _explicit(state: MatterState, counting: Counting) -> list[Clock]:
    """Each date of its own; a later one ends the one before it, and what was late by then stays late."""
    clocks = []
    for k, (own, following) in enumerate(zip(state.explicits, [*state.explicits[1:], None], strict=False), start=1):
        dates = Due(own.on, own.on, own.on, not counting.calendar.is_published(own.on))
        met = first_since(
            own.set_at, state.first_implemented_at, state.implemented_at, state.first_closed_at, state.closed_at
        )
        ended = first_of(following.set_at if following else None, left_at(state))
        clocks.append(Clock(ClockCode.EXPLICIT, k if k > 1 else 0, own.set_at, dates, met, ended))
    return clocks


_HOUSE: tuple[Callable[[MatterState, Counting], Clock], ...] = (
    _c1, _c3, _c7, _cm, _c0,
)  # fmt: skip


def _monthly(state: MatterState, counting: Counting) -> list[Clock]:
    """One clock a month from a plan's approval until strike-off; the last one of the last plan is the one that runs.

    The months of a later plan are numbered after those of the plans before it, whose clocks stay on record.
    """
    clocks: list[Clock] = []
    for plan in state.approved_plans:
        clocks += _months_of(plan, state, counting, len(clocks))
    return clocks


def _months_of(plan: Plan, state: MatterState, counting: Counting, before: int) -> list[Clock]:
    """Each month is counted from the approval and begins when the month before it was over."""
    assert plan.approved_at is not None  # noqa: S101  # for the types: `approved_plans` holds no other
    over = first_of(state.struck_off_at, plan.ended_at)
    reported = {r.k: r.reported_at for r in reversed(state.monthly)}
    clocks: list[Clock] = []
    begins, every = plan.approved_at, counting.policy(state.policy).report_months
    while over is None or begins < over:
        k = len(clocks) + 1
        when = day_of(counting, Count.CAL_M, k * every, plan.approved_at)
        met = reported.get(before + k)
        clocks.append(Clock(ClockCode.CMF, before + k, begins, when, met, first_of(over, left_at(state))))
        waits = state.last_at is None or midnight_after(when.due) > state.last_at
        if over is None and met is None and waits:
            break
        begins = midnight_after(when.raw)
    return clocks


def _steps(state: MatterState, counting: Counting) -> list[Clock]:
    return [
        Clock(
            ClockCode.CP,
            step.k,
            plan.approved_at,
            Due(step.due_on, step.due_on, step.due_on, not counting.calendar.is_published(step.due_on)),
            step.done_at,
            first_of(state.struck_off_at, plan.ended_at, left_at(state)),
            unit=step.unit,
        )
        for plan in state.approved_plans
        for step in plan.steps
        if plan.approved_at is not None
    ]


def _tasks(state: MatterState, counting: Counting) -> list[Clock]:
    """The date that was given to a unit with its task; for the lead it asks for what the whole matter asks for."""
    return [
        Clock(
            ClockCode.TASK,
            task.k,
            task.assigned_at,
            Due(task.due_on, task.due_on, task.due_on, not counting.calendar.is_published(task.due_on)),
            _task_met(state, task),
            first_of(task.returned_at, left_at(state)),
            unit=task.unit,
        )
        for task in state.tasks
        if task.due_on is not None and (task.part is TaskPart.CO or task.mode is AssignMode.ASSIGNMENT)
    ]


def _task_met(state: MatterState, task: Task) -> datetime | None:
    if task.part is TaskPart.CO:
        return task.done_at
    done = (state.first_implemented_at, state.implemented_at, state.first_closed_at, state.closed_at)
    return first_of(task.done_at, first_since(task.assigned_at, *done))


def clocks_of(state: MatterState, counting: Counting) -> tuple[Clock, ...]:
    """Every clock of a matter; the five of 13710 always stand in it, applying or not.

    What was answered before it was imported asks for nothing; reopened, only for what comes since.
    """
    if state.sealed:
        return ()
    answered = state.imported and state.first_closed_at is not None and state.first_closed_at <= state.registered_at
    if answered and state.closed_at is not None:
        return ()
    sixty_days = do60(state, counting)
    old = [_c0(state, counting), *([sixty_days] if sixty_days else [])]
    return (
        *(old if answered else [*(clock(state, counting) for clock in _HOUSE), *statutory(state, counting)]),
        *_explicit(state, counting),
        *_monthly(state, counting),
        *_steps(state, counting),
        *_tasks(state, counting),
        *urgent(state, counting),
        *limits(state, counting),
        *calls_owed(state, counting),
        *rulings_owed(state, counting),
        *restudies(state, counting),
    )
