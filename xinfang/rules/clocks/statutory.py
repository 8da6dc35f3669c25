"""Which limits of the Regulation run on a matter: registering, telling, objecting, 60 days (articles 22, 23, 34)."""

from datetime import date

from xinfang.rules.clocks.due import Count, Due, due
from xinfang.rules.clocks.shape import (
    Clock,
    Counting,
    by_rule,
    first_of,
    first_since,
    left_at,
    local_day,
    midnight_after,
)
from xinfang.rules.matters.codes import ClockCode, Kind, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import MatterState

REGULATION_FROM = date(2022, 5, 1)


def _reg15(state: MatterState, counting: Counting) -> Clock:
    """Registered and routed within 15 days of receipt (article 22)."""
    met = first_of(
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
        by_rule(counting, "XF-REG15", local_day(state.received_at)),
        met,
        left_at(state),
    )


def _told(state: MatterState, counting: Counting) -> list[Clock]:
    """Written notice within 15 days: of receipt, or of the organ's own receipt once it was passed on (article 23).

    Passing a matter on inside the house starts nothing anew; only an objection that was upheld does, because
    then another organ receives it. Until it has, the days from receipt run.
    """
    if state.anonymous:
        return [Clock(ClockCode.TELL15, 0, state.received_at, None, why_not="no_address")]
    met, gone = first_of(state.told_at, state.first_closed_at), left_at(state)
    leads = [task for task in state.tasks if task.part is TaskPart.LEAD]
    if not leads:
        when = by_rule(counting, "XF-TELL15", local_day(state.received_at))
        return [Clock(ClockCode.TELL15, 0, state.received_at, when, met, gone)]
    firsts = [task for before, task in zip([None, *leads], leads, strict=False) if before is None or before.sent_back]
    clocks = []
    for first in firsts:
        back = next((t.returned_at for t in leads if t.k >= first.k and t.sent_back), None)
        when = by_rule(counting, "XF-TELL15T", local_day(first.assigned_at))
        clocks.append(
            Clock(ClockCode.TELL15T, first.k, first.assigned_at, when, met, first_of(back, gone), unit=first.unit)
        )
    if leads[-1].sent_back:
        again = by_rule(counting, "XF-TELL15", local_day(state.received_at))
        clocks.append(Clock(ClockCode.TELL15, 0, state.received_at, again, met, gone))
    return clocks


def _objections(state: MatterState, counting: Counting) -> list[Clock]:
    """The five working days in which a unit may object to its part; a limit, not a duty: it is never breached."""
    over = first_of(state.accepted_at, state.first_implemented_at, state.first_closed_at)
    made = {objection.task: objection for objection in state.objections}
    return [
        Clock(
            ClockCode.OBJ5,
            task.k,
            task.assigned_at,
            may_object_until(task, counting),
            made[task.k].at if task.sent_back and task.k in made else None,
            first_of(over, task.returned_at, task.done_at),
            unit=task.unit,
        )
        for task in state.tasks
        if task.part is TaskPart.LEAD and (not task.ruled or task.k in made)
    ]


def may_object_until(task: Task, counting: Counting) -> Due | None:
    """The five working days from its receipt in which a unit may say that a part is not its own (article 23)."""
    return by_rule(counting, "XF-OBJ5", local_day(task.assigned_at))


def sixty(state: MatterState, counting: Counting) -> Due | None:
    """The 60 days from acceptance, without an extension; for the reply to a suggestion the law sets none (art. 29)."""
    if state.accepted_at is None or state.kind is Kind.SUGGESTION:
        return None
    return by_rule(counting, "XF-DO60", local_day(state.accepted_at))


def do60(state: MatterState, counting: Counting) -> Clock | None:
    accepted, limit = state.accepted_at, sixty(state, counting)
    if accepted is None or limit is None:
        return None
    met = first_since(accepted, state.first_opinion_at, state.opinion_served_at, state.first_closed_at, state.closed_at)
    if state.extended_days:
        days = counting.rules["XF-DO60"].n + state.extended_days
        until = due(Count.CAL_D, days, local_day(accepted), counting.calendar)
        return Clock(ClockCode.EXT30, 0, accepted, until, met, left_at(state), unit=state.organ)
    return Clock(ClockCode.DO60, 0, accepted, limit, met, left_at(state), unit=state.organ)


def _is_silent(state: MatterState, telling: Clock) -> bool:
    """Whether the fifteen days passed without a word: the watcher recorded it, or the word came too late."""
    return telling.key in state.breached or (telling.stopped_at is not None and telling.is_late(telling.stopped_at))


def _shadow(state: MatterState, counting: Counting, tellings: list[Clock]) -> list[Clock]:
    """60 days from the fifteenth on, where nobody had decided by then whether to accept: silence buys no time.

    They run beside the 60 days of a later acceptance and are met by the same opinion (domain 2.3, design).
    """
    silent = next((clock for clock in tellings if clock.due is not None and _is_silent(state, clock)), None)
    if silent is None or silent.due is None or state.kind not in {None, Kind.CLAIM}:
        return []
    met = first_of(state.first_opinion_at, state.refused_at, state.first_implemented_at, state.first_closed_at)
    dates, begins = by_rule(counting, "XF-DO60", silent.due.raw), midnight_after(silent.due.due)
    if met is not None and met < begins:
        return []
    unit = silent.unit or state.organ
    return [Clock(ClockCode.SHADOW60, 0, begins, dates, met, left_at(state), unit=unit, rule="XF-DO60")]


def statutory(state: MatterState, counting: Counting) -> list[Clock]:
    """The Regulation's limits; they apply to petitions received on or after 2022-05-01.

    Until triage everything counts as a petition; what triage finds to be a mere dispute or an enquiry is none.
    """
    if local_day(state.received_at) < REGULATION_FROM:
        return []
    if state.kind in {Kind.DISPUTE, Kind.ENQUIRY}:
        return [Clock(ClockCode.TELL15, 0, state.received_at, None, why_not="not_a_petition")]
    sixty_days, tellings = do60(state, counting), _told(state, counting)
    return [
        _reg15(state, counting),
        *tellings,
        *_objections(state, counting),
        *([sixty_days] if sixty_days else []),
        *_shadow(state, counting, tellings),
    ]
