"""What must be true beside stage and role: one function for each `Need`, answering with the code of what is missing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from xinfang.rules.access.safety import directs, reads_safety
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.due import Count, due
from xinfang.rules.clocks.duties import Counting, local_day, midnight_after, sixty
from xinfang.rules.lifecycle import joint, mediating, reviewing
from xinfang.rules.lifecycle.move import Need
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import ClockCode, Kind, Nature, Outcome, Proof, Stage, TaskPart
from xinfang.rules.matters.state import Limit, MatterState
from xinfang.rules.people.seats import Role
from xinfang.rules.supervision.strike_off import conditions, striker_roles

Answer = Callable[[Situation], bool]
STRONG = frozenset(Proof)
COOLING_DAYS = 3
ROUTING_ROLES = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD, Role.PETITION_BUREAU})


def _own_task_unsigned(s: Situation) -> bool:
    return any(t.unit in s.actor.units and t.signed_at is None for t in s.state.open_tasks)


def _own_lead(s: Situation) -> bool:
    """The actor's unit leads the handling, or is the organ that took the matter on; a co-unit decides nothing."""
    lead = s.state.lead
    return (lead is not None and lead.unit in s.actor.units) or s.state.organ in s.actor.units


def _leads_or_routes(s: Situation) -> bool:
    """Directors, stations and the petition bureau route; whoever only handles must lead."""
    return bool(s.actor.roles & ROUTING_ROLES) or _own_lead(s)


def _own_part(s: Situation) -> bool:
    """The actor's unit has a task, is the organ that accepted, or holds a matter that nobody else has a part in."""
    units = {task.unit for task in s.state.tasks if task.returned_at is None} | {s.state.organ}
    return bool(s.actor.units & s.state.handling_units) if not s.state.tasks else bool(s.actor.units & units)


def _own_co_task(s: Situation) -> bool:
    return any(t.unit in s.actor.units and t.part is TaskPart.CO for t in s.state.open_tasks)


def _within_objection_limit(s: Situation) -> bool:
    clock = s.clock(ClockCode.OBJ5)
    return clock is not None and clock.due_at is not None and s.at < clock.due_at


def _before_running_due(s: Situation) -> bool:
    """No house clock that still runs has passed its due moment (C-R2: changes come before the running due date)."""
    moving = {ClockCode.C3, ClockCode.C7, ClockCode.CM}
    return not any(clock.code in moving and clock.is_running and clock.is_late(s.at) for clock in s.clocks)


def _statutory_limit_runs(s: Situation) -> bool:
    limit = sixty(s.state, s.counting)
    return limit is not None and s.at < midnight_after(limit.due)


def _no_open_co_task(s: Situation) -> bool:
    return not joint.open_co_tasks(s.state)


def _needs_plan(s: Situation) -> bool:
    state = s.state
    hard = state.nature in {Nature.COMPLEX, Nature.MAJOR} or state.solvable is False
    plan = state.plan
    return hard and (plan is None or plan.returned_at is not None or plan.ended_at is not None)


def _plan_waits(s: Situation) -> bool:
    return s.state.plan is not None and s.state.plan.waits


def _plan_runs(s: Situation) -> bool:
    plan = s.state.plan
    return plan is not None and plan.approved_at is not None and plan.ended_at is None


def _outside_handling(s: Situation) -> bool:
    """Routing is not handling; but nobody who sits in a handling unit, or handled it, calls back or verifies."""
    return not s.actor.units & s.state.handling_units and s.actor.user_id not in s.state.handlers


def _outside_organ(s: Situation) -> bool:
    return s.state.organ not in s.actor.units


def _not_proposer(s: Situation) -> bool:
    return s.actor.user_id is None or s.actor.user_id != s.state.resolution_proposed_by


def cooled_on(state: MatterState) -> date | None:
    """The first day on which 息访 may be declared: three days after the opinion was served, or the result told."""
    since = state.opinion_served_at or state.result_told_at or state.closed_at
    return local_day(since) + timedelta(days=COOLING_DAYS) if since else None


def _cooled(s: Situation) -> bool:
    first = cooled_on(s.state)
    return first is not None and s.today >= first


def _withdrawal_ripe(s: Situation) -> bool:
    return s.state.withdrawal is not None and s.today >= _next_working_after(
        s.state.withdrawal.asked_at, s.counting.calendar
    )


def _next_working_after(moment: datetime, calendar: Calendar) -> date:
    return due(Count.WD, 1, local_day(moment), calendar).due


def _nothing_open(s: Situation) -> bool:
    """Nothing is open: co-units' tasks, a supported measure, a contest, a withdrawal, a document on its way."""
    state = s.state
    if state.contested_at or state.withdrawal or not _no_open_co_task(s):
        return False
    if state.outcome is Outcome.SUPPORTED and state.implemented_at is None:
        return False
    if state.stage in {Stage.CHANNELLED, Stage.NOT_ACCEPTED, Stage.NO_LONGER}:
        return not state.unserved
    return True


def pausable(limit: Limit, counting: Counting) -> bool:
    """Whether a law takes days out of this limit, and none are being taken out now."""
    return limit.runs and not limit.is_paused and counting.rules[limit.rule].pauses_for is not None


def _strike_off_ready(s: Situation) -> bool:
    return all(condition.met for condition in conditions(s))


ANSWERS: dict[Need, Answer] = {
    Need.OWN_TASK_UNSIGNED: _own_task_unsigned,
    Need.OWN_LEAD: _own_lead,
    Need.OWN_PART: _own_part,
    Need.OWN_CO_TASK: _own_co_task,
    Need.LEADS_OR_ROUTES: _leads_or_routes,
    Need.TRIAGED_ONCE: lambda s: s.state.triaged_at is not None,
    Need.WITHIN_OBJECTION_LIMIT: _within_objection_limit,
    Need.BEFORE_RUNNING_DUE: _before_running_due,
    Need.STATUTORY_LIMIT_RUNS: _statutory_limit_runs,
    Need.NOT_EXTENDED: lambda s: s.state.extended_days == 0,
    Need.OPINION_SIGNED: lambda s: s.state.opinion_signed_at is not None,
    Need.NO_SIGNED_OPINION: lambda s: s.state.opinion_signed_at is None,
    Need.NO_OPEN_CO_TASK: _no_open_co_task,
    Need.OPEN_CO_TASK: lambda s: bool(joint.open_co_tasks(s.state)),
    Need.HOLDS: lambda s: s.state.holder in s.actor.units,
    Need.LEAD_NOT_RULED: lambda s: s.state.lead is None or not s.state.lead.ruled,
    Need.PART_OBJECTABLE: lambda s: bool(joint.objectable(s)),
    Need.PART_OBJECTED: lambda s: bool(joint.ruled_upon(s.state)),
    Need.NO_OWN_OBJECTION: lambda s: not joint.own_objection(s),
    Need.PART_RETURNABLE: lambda s: bool(joint.returnable(s.state)),
    Need.MAY_URGE: lambda s: bool(joint.urgeable(s)),
    Need.SUPPORTED: lambda s: s.state.outcome is Outcome.SUPPORTED,
    Need.NOT_A_CLAIM: lambda s: s.state.kind in {Kind.SUGGESTION, Kind.ENQUIRY},
    Need.NOT_IMPLEMENTED: lambda s: s.state.implemented_at is None,
    Need.UNSERVED_DOCUMENT: lambda s: bool(s.state.unserved),
    Need.NEEDS_PLAN: _needs_plan,
    Need.PLAN_WAITS: _plan_waits,
    Need.PLAN_RUNS: _plan_runs,
    Need.REPORT_UNREAD: lambda s: any(not report.verdict for report in s.state.reports),
    Need.BREACH_UNEXPLAINED: lambda s: bool(s.state.breached - s.state.explained),
    Need.OUTSIDE_HANDLING: _outside_handling,
    Need.OUTSIDE_ORGAN: _outside_organ,
    Need.HAS_RESULT: lambda s: s.state.closed_at is not None,
    Need.IMPLEMENTED: lambda s: s.state.implemented_at is not None,
    Need.NOT_RESOLVED: lambda s: s.state.resolved_at is None,
    Need.RESOLVED: lambda s: s.state.resolved_at is not None,
    Need.RESOLUTION_PROPOSED: lambda s: s.state.resolution_proposed_at is not None,
    Need.NOT_PROPOSER: _not_proposer,
    Need.COOLED: _cooled,
    Need.NOT_AT_REST: lambda s: s.state.at_rest_at is None,
    Need.AT_REST: lambda s: s.state.at_rest_at is not None,
    Need.NOBODY_JOINED: lambda s: s.state.joined == 0,
    Need.NO_WITHDRAWAL: lambda s: s.state.withdrawal is None,
    Need.WITHDRAWAL_ASKED: lambda s: s.state.withdrawal is not None,
    Need.WITHDRAWAL_RIPE: _withdrawal_ripe,
    Need.CONTEST_OPEN: lambda s: s.state.contested_at is not None,
    Need.NO_CONTEST: lambda s: s.state.contested_at is None,
    Need.REFUSED: lambda s: s.state.refusal_ground is not None,
    Need.TOLD: lambda s: s.state.told_at is not None,
    Need.NOT_TOLD: lambda s: s.state.told_at is None,
    Need.EXTERNAL_DONE: lambda s: (
        s.state.stage is not Stage.AWAITING_EXTERNAL or s.state.external_result_at is not None
    ),
    Need.NOTHING_OPEN: _nothing_open,
    Need.RIGHT_STRIKER: lambda s: bool(s.actor.roles & striker_roles(s.state)),
    Need.STRIKE_OFF_READY: _strike_off_ready,
    Need.STRONG_PROOF: lambda s: s.actor.proof in STRONG,
    Need.MERGED_AWAY: lambda s: s.state.merged_into is not None,
    Need.NOT_MERGED: lambda s: s.state.merged_into is None,
    Need.RATED: lambda s: bool(s.state.ratings),
    Need.URGENT: lambda s: s.state.urgency is not None,
    Need.NOT_URGENT: lambda s: s.state.urgency is None,
    Need.URGENT_REPORTED: lambda s: s.state.urgency is not None and s.state.urgency.reported_at is not None,
    Need.LIMIT_RUNS: lambda s: any(limit.runs for limit in s.state.limits),
    Need.LIMIT_PAUSABLE: lambda s: any(pausable(limit, s.counting) for limit in s.state.limits),
    Need.LIMIT_PAUSED: lambda s: any(limit.runs and limit.is_paused for limit in s.state.limits),
    Need.REVIEW_ASKABLE: reviewing.may_ask,
    Need.OWN_REVIEW: reviewing.own_review,
    Need.REVIEW_LATE: reviewing.late_unexplained,
    Need.LATENESS_SETTLED: reviewing.lateness_settled,
    Need.HEARING: reviewing.hearing,
    Need.NO_HEARING: reviewing.no_hearing,
    Need.REVIEW_DECIDED: reviewing.decided_unserved,
    Need.MEDIABLE: mediating.mediable,
    Need.PARTY_UNASKED: mediating.party_unasked,
    Need.ALL_CONSENT: mediating.all_consent,
    Need.RIGHTS_UNTOLD: mediating.rights_untold,
    Need.MEDIATION_BEGUN: mediating.begun,
    Need.MEDIATION_OPEN: mediating.is_open,
    Need.AGREEMENT_UNSIGNED: mediating.unsigned,
    Need.AGREEMENT_OPEN: mediating.agreement_open,
    Need.PERFORMANCE_OPEN: mediating.performance_open,
    Need.AGREEMENT_HOLDS: mediating.agreement_holds,
    Need.CONFIRMABLE: mediating.confirmable,
    Need.CONFIRMATION_WAITS: mediating.confirmation_waits,
    Need.IN_CHARGE: lambda s: s.state.in_charge is not None,
    Need.HARD: lambda s: s.state.is_hard,
    Need.SAFETY_OPEN: lambda s: reads_safety(s.state, s.actor, s.at),
    Need.ADDRESS_KEPT: lambda s: s.state.address_kept_at is not None and directs(s.state, s.actor),
}
