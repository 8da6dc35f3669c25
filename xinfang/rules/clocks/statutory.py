"""Which limits of the Regulation run on a matter: registering, telling, objecting, 60 days (articles 22, 23, 34)."""

from datetime import date

from xinfang.rules.clocks.due import Count, Due, due
from xinfang.rules.clocks.shape import Clock, Counting, day_of, first_of, first_since, left_at, local_day
from xinfang.rules.matters.codes import ClockCode, Kind, TaskPart
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
        day_of(counting, Count.CAL_D, 15, state.received_at),
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
        when = day_of(counting, Count.CAL_D, 15, state.received_at)
        return [Clock(ClockCode.TELL15, 0, state.received_at, when, met, gone)]
    firsts = [task for before, task in zip([None, *leads], leads, strict=False) if before is None or before.sent_back]
    clocks = []
    for first in firsts:
        back = next((t.returned_at for t in leads if t.k >= first.k and t.sent_back), None)
        when = day_of(counting, Count.CAL_D, 15, first.assigned_at)
        clocks.append(
            Clock(ClockCode.TELL15T, first.k, first.assigned_at, when, met, first_of(back, gone), unit=first.unit)
        )
    if leads[-1].sent_back:
        again = day_of(counting, Count.CAL_D, 15, state.received_at)
        clocks.append(Clock(ClockCode.TELL15, 0, state.received_at, again, met, gone))
    return clocks


def _objections(state: MatterState, counting: Counting) -> list[Clock]:
    """The five working days in which an organ may object; a limit, not a duty: it is never breached."""
    over = first_of(state.accepted_at, state.first_implemented_at, state.first_closed_at)
    return [
        Clock(
            ClockCode.OBJ5,
            task.k,
            task.assigned_at,
            day_of(counting, Count.WD, 5, task.assigned_at),
            state.objected_at if task.sent_back else None,
            first_of(over, task.returned_at, task.done_at),
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


def do60(state: MatterState, counting: Counting) -> Clock | None:
    accepted = state.accepted_at
    if accepted is None:
        return None
    met = first_since(accepted, state.first_opinion_at, state.opinion_served_at, state.first_closed_at, state.closed_at)
    if state.extended_days:
        until = due(Count.CAL_D, 60 + state.extended_days, local_day(accepted), counting.calendar)
        return Clock(ClockCode.EXT30, 0, accepted, until, met, left_at(state), unit=state.organ)
    return Clock(ClockCode.DO60, 0, accepted, sixty(state, counting), met, left_at(state), unit=state.organ)


def statutory(state: MatterState, counting: Counting) -> list[Clock]:
    """The Regulation's limits; they apply to petitions received on or after 2022-05-01.

    Until triage everything counts as a petition; what triage finds to be a mere dispute or an enquiry is none.
    """
    if local_day(state.received_at) < REGULATION_FROM:
        return []
    if state.kind in {Kind.DISPUTE, Kind.ENQUIRY}:
        return [Clock(ClockCode.TELL15, 0, state.received_at, None, why_not="not_a_petition")]
    sixty_days = do60(state, counting)
    return [
        _reg15(state, counting),
        *_told(state, counting),
        *_objections(state, counting),
        *([sixty_days] if sixty_days else []),
    ]
