"""For whom does a matter wait? Who sees it under "mine", and which desk's inbox it lies in (domain 6.2, 9.2, E-1).

A name says a post or a person: `heads:UNIT`, `unit:UNIT`, `organ:UNIT`, `user:ID`, or a role that serves its whole
scope. `about:report` and `about:plan` say what lies in the supervision office's inbox; `about:call` and `about:caller`
that somebody was not satisfied and is to be called, by a caller or the bureau, or by a caller alone.
"""

from collections.abc import Callable, Iterable

from xinfang.rules.matters.codes import CallOutcome, ReportVerdict, Stage
from xinfang.rules.matters.poor_ratings import callers_alone, owed
from xinfang.rules.matters.state import MatterState
from xinfang.rules.mediation.file import last
from xinfang.rules.people.seats import Actor, Role, Seat
from xinfang.rules.review.ladder import open_review
from xinfang.rules.supervision.strike_off import striker_roles

ABOUT_REPORT, ABOUT_PLAN = "about:report", "about:plan"
ABOUT_CALL, ABOUT_CALLER = "about:call", "about:caller"
_WITH_ORGAN = frozenset({Stage.ASSIGNED, Stage.ACCEPTED, Stage.HANDLING, Stage.EXECUTING})
_ENDING = frozenset(
    {
        Stage.OPINION_SERVED, Stage.IMPLEMENTED, Stage.CHANNELLED, Stage.INFORMED, Stage.NOT_ACCEPTED,
        Stage.NO_LONGER, Stage.WITHDRAWN,
    }
)  # fmt: skip
_HEADS = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD, Role.PETITION_BUREAU})
_UNIT = frozenset({Role.HANDLER, Role.ORGAN_HEAD, Role.MEMBER_OFFICER, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY})
_SCOPE = {
    Role.PETITION_BUREAU: "bureau",
    Role.SUPERVISOR: "supervisor",
    Role.CALLER: "caller",
    Role.REVIEW_ORGAN: "reviewer",
}

Names = Iterable[str]


def _at_the_start(state: MatterState) -> Names:
    if state.stage in {Stage.REGISTERED, Stage.TRIAGED}:
        yield f"heads:{state.holder}"
        if state.escalated_to == state.holder and "." not in state.holder_path:
            yield "bureau"


def _tasks(state: MatterState) -> Names:
    """An unsigned task waits for its unit, a signed one for its handler; what is to be signed, for the head."""
    for task in state.open_tasks:
        named = (task.signed_at is not None or task.follows) and task.handler is not None
        yield f"user:{task.handler}" if named else f"unit:{task.unit}"
    lead = state.lead.unit if state.lead else state.organ
    if lead and state.stage in _WITH_ORGAN:
        yield f"organ:{lead}"


def _objection(state: MatterState) -> Names:
    if state.open_objections:
        yield "bureau"


def _documents(state: MatterState) -> Names:
    for document in state.unserved:
        yield f"unit:{document.issuer}"


def _called(state: MatterState) -> bool:
    return any(call.outcome is not CallOutcome.NOT_REACHED for call in state.calls)


def _ending(state: MatterState) -> Names:
    """A result waits to be closed by who has the matter, and to be called about by somebody outside."""
    if state.stage in _ENDING:
        yield f"unit:{state.lead.unit}" if state.lead else f"heads:{state.holder}"
    if state.closed_at is None:
        return
    if state.withdrawal or not _called(state) or (state.resolution_proposed_at and not state.resolved_at):
        yield "caller"
    elif state.stage is Stage.CLOSED:
        yield from (_SCOPE[role] for role in striker_roles(state))


def _withdrawal(state: MatterState) -> Names:
    if state.withdrawal:
        yield "caller"


def _contest(state: MatterState) -> Names:
    if state.contested_at:
        yield from ("reviewer", "bureau")


def _review(state: MatterState) -> Names:
    """A review waits for the organ that was asked; one above this house, and a late one, for the bureau."""
    review = open_review(state.reviews)
    if review is not None:
        yield "reviewer" if review.organ else "bureau"


def _reports(state: MatterState) -> Names:
    if any(not report.verdict for report in state.reports):
        yield from ("supervisor", ABOUT_REPORT)


def _plan(state: MatterState) -> Names:
    plan = state.plan
    if plan and plan.approved_at is None and plan.returned_at is None:
        yield from ("supervisor", "bureau", ABOUT_PLAN)


def _unreported(state: MatterState) -> Names:
    """A grave or urgent matter waits to be reported by whoever directs it, and by the bureau."""
    if state.urgency and state.urgency.reported_at is None:
        yield from (f"heads:{state.holder}", "bureau")


def _breaches(state: MatterState) -> Names:
    if state.breached - state.explained:
        yield f"heads:{state.holder}"


def _sent_back(state: MatterState) -> Names:
    if was_returned(state) and state.lead:
        yield f"unit:{state.lead.unit}"


def _not_satisfied(state: MatterState) -> Names:
    """Whoever gave the worst grade waits to be called by somebody outside."""
    rating = owed(state)
    if rating is not None:
        yield from ("caller", ABOUT_CALLER if callers_alone(rating) else ABOUT_CALL)


def _mediation(state: MatterState) -> Names:
    """A mediation waits for who mediates it until promises are kept and the court has spoken; else for the heads."""
    mediation = last(state.mediations)
    if mediation is None:
        return
    promised = mediation.agreement is not None and bool(mediation.agreement.open_steps)
    before_court = mediation.asked_court_on is not None and mediation.court is None
    if mediation.is_open or promised or before_court:
        yield f"user:{mediation.mediator}" if mediation.mediator else f"heads:{state.holder}"


_READINGS: tuple[Callable[[MatterState], Names], ...] = (
    _at_the_start, _tasks, _objection, _documents, _ending, _withdrawal, _contest, _reports, _plan, _breaches,
    _sent_back, _review, _unreported, _not_satisfied, _mediation,
)  # fmt: skip


def waits_on(state: MatterState) -> tuple[str, ...]:
    """The names that a matter waits for, sorted; nothing waits once it is merged, sealed or an old import."""
    if state.sealed or state.merged_into or (state.imported and state.closed_at):
        return ()
    if state.stage in {Stage.STRUCK_OFF, Stage.ARCHIVED}:
        return tuple(sorted({*_contest(state), *_review(state), *_not_satisfied(state)}))
    return tuple(sorted({name for reading in _READINGS for name in reading(state)}))


def was_returned(state: MatterState) -> bool:
    """Did something come back and is not yet done again: an assignment, a report, a plan?"""
    assignment = state.stage is Stage.TRIAGED and any(task.sent_back for task in state.tasks)
    plan = state.plan is not None and state.plan.returned_at is not None
    return assignment or plan or _report_returned(state)


def _report_returned(state: MatterState) -> bool:
    newest = {report.k: report.verdict for report in state.reports}
    return ReportVerdict.RETURNED in newest.values()


def names_of(actor: Actor) -> tuple[str, ...]:
    """The names under which matters wait for this member of staff."""
    names = {f"user:{actor.user_id}"}
    for seat in actor.seats:
        names.update(_names_of_seat(seat))
    return tuple(sorted(names))


def _names_of_seat(seat: Seat) -> Names:
    if seat.role in _HEADS:
        yield f"heads:{seat.unit}"
    if seat.role in _UNIT:
        yield f"unit:{seat.unit}"
    if seat.role is Role.ORGAN_HEAD:
        yield f"organ:{seat.unit}"
    if seat.role in _SCOPE:
        yield _SCOPE[seat.role]
