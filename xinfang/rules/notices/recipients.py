"""Whom an event concerns: roles in units, by kind of event (who must act next, and who supervises lateness)."""

from collections.abc import Callable
from dataclasses import dataclass

from xinfang.rules.access.sight import LEADER_CHANNELS, RESTRICTED_ROLES
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import STATUTORY_CLOCKS, ClockCode, Grade
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.mediation.file import last
from xinfang.rules.people.seats import Role


@dataclass(frozen=True)
class Group:
    """The holders of these roles in these units, or over the unit at this path; and these users."""

    roles: frozenset[Role] = frozenset()
    units: frozenset[str] = frozenset()
    users: frozenset[int] = frozenset()
    over: str = ""


_HEADS = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD})
_WORKERS = frozenset({Role.HANDLER, Role.MEMBER_OFFICER})
_UNIT = _WORKERS | {Role.ORGAN_HEAD, Role.CENTRE_DIRECTOR}
_STATUTORY = frozenset(code.value for code in STATUTORY_CLOCKS)


def _holder(_event: Event, after: MatterState) -> list[Group]:
    return [Group(_HEADS, frozenset({after.holder}))]


def _deciders(_event: Event, after: MatterState) -> list[Group]:
    """The directors at and above the holder: a station's own head may not decide whom a petitioner wants kept out."""
    return [Group(frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY}), over=after.holder_path)]


def _urgent(event: Event, after: MatterState) -> list[Group]:
    """At once, on every rung: who has it, who directs and supervises above, the leader where it is hers to see."""
    above = {Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.PETITION_BUREAU, Role.SUPERVISOR}
    if after.channel in LEADER_CHANNELS:
        above.add(Role.LEADER)
    return [*_lead_and_holder(event, after), Group(frozenset(above), over=after.holder_path)]


def _safety(_event: Event, after: MatterState) -> list[Group]:
    """The directors over it, and the police liaison around it and around the place where it came in: nobody else."""
    both = frozenset({Role.CENTRE_DIRECTOR, Role.POLICE_LIAISON})
    return [Group(both, over=after.holder_path), Group(both, over=after.origin_path)]


def _assigned(event: Event, _after: MatterState) -> list[Group]:
    units = {row["unit"] for row in event.payload.get("co_units", ())} | {event.payload.get("lead", "")}
    return [Group(_UNIT, frozenset(units - {""}))]


def _lead(_event: Event, after: MatterState) -> list[Group]:
    units = {task.unit for task in after.open_tasks} or {after.holder}
    return [Group(_UNIT | _HEADS, frozenset(units))]


def _part(event: Event, after: MatterState) -> list[Group]:
    """The unit whose part it is: the person who was named for it, else everybody who could be."""
    task = next((task for task in reversed(after.tasks) if event.payload["k"] in {task.k, task.follows}), None)
    if task is None:
        return []
    return [Group(users=frozenset({task.handler}))] if task.handler else [Group(_UNIT, frozenset({task.unit}))]


def _bureau(after: MatterState) -> Group:
    return Group(frozenset({Role.PETITION_BUREAU}), over=after.holder_path)


def _objected(event: Event, after: MatterState) -> list[Group]:
    """Whoever has the matter hears of it, and the bureau, which rules."""
    return [*_holder(event, after), _bureau(after)]


def _escalated(event: Event, after: MatterState) -> list[Group]:
    return [*_holder(event, after), *([_bureau(after)] if "." not in after.holder_path else [])]


def _ruled(event: Event, after: MatterState) -> list[Group]:
    """Both sides of a ruling, and the unit that leads."""
    task = next((task for task in after.tasks if task.k == event.payload["k"]), None)
    own = [Group(_UNIT, frozenset({task.unit}))] if task else []
    return [*own, *_lead(event, after)]


def _review(event: Event, after: MatterState) -> list[Group]:
    """Whoever reviews, and both who handled it; what is reviewed above this house is followed by the bureau."""
    organ = after.reviews[-1].organ if after.reviews else ""
    own = Group(frozenset({Role.REVIEW_ORGAN}), frozenset({organ})) if organ else _bureau(after)
    return [own, *_lead_and_holder(event, after)]


def _session(event: Event, after: MatterState) -> list[Group]:
    """Everybody of the house who is asked to a session; what one of them answers, whoever called it."""
    of = [one for one in after.sessions if one.k == event.payload["k"]]
    chairs = {one.chair for one in of}
    guests = {guest.user for one in of for guest in one.guests} | chairs
    asked = chairs if event.type == EventType.SESSION_ANSWERED else guests
    return [Group(users=frozenset(user for user in asked if user is not None))]


def _in_charge(_event: Event, after: MatterState) -> list[Group]:
    return [Group(users=after.leaders)]


def _studied_anew(event: Event, after: MatterState) -> list[Group]:
    """The unit that leads, and the leader in charge."""
    return [*_lead(event, after), *_in_charge(event, after)]


def _lead_and_holder(event: Event, after: MatterState) -> list[Group]:
    return [*_lead(event, after), *_holder(event, after)]


def _rated(event: Event, after: MatterState) -> list[Group]:
    """A bad grade is told to those who call, never to who was graded: it is no reproach to be passed on."""
    return _callers(after) if event.payload["grade"] == Grade.DISSATISFIED else []


def _callers(after: MatterState) -> list[Group]:
    return [Group(frozenset({Role.CALLER}), over=after.holder_path)]


def _is_for_callers(event: Event) -> bool:
    return str(event.payload["clock"]).startswith(ClockCode.CALL.value)


def _is_for_deciders(event: Event) -> bool:
    """Whoever rules is late with the ruling, not the units that wait for it."""
    return str(event.payload["clock"]).startswith(ClockCode.RULING.value)


def _due_soon(event: Event, after: MatterState) -> list[Group]:
    """One rung a level: whoever works on it, the head of the unit, the director of the centre, the district leader."""
    level = event.payload["level"]
    if level >= Level.LEADER:
        return [Group(frozenset({Role.LEADER}), over=after.holder_path)]
    if _is_for_callers(event):
        return _callers(after)
    if _is_for_deciders(event):
        return [_bureau(after)]
    groups = _working(event, after)
    if level >= Level.ORANGE:
        groups.append(Group(frozenset({Role.ORGAN_HEAD}), _clock_units(event, after)))
    if level >= Level.RED:
        groups.append(Group(_HEADS, _clock_units(event, after) | {after.holder}))
    return groups


def _breached(event: Event, after: MatterState) -> list[Group]:
    """A breach of the house's clocks goes to the supervision office, one of the law to the petition bureau (C-R7)."""
    statutory = event.payload["clock"].split("#")[0] in _STATUTORY
    overseer = Role.PETITION_BUREAU if statutory else Role.SUPERVISOR
    above = Group(frozenset({overseer}), over=after.holder_path)
    if _is_for_callers(event):
        return [*_callers(after), above]
    if _is_for_deciders(event):
        return [_bureau(after), above]
    return [*_working(event, after), *_heads(event, after), above]


def _clock_units(event: Event, after: MatterState) -> frozenset[str]:
    """The unit that a clock names, else the lead, else whoever holds the matter."""
    lead = after.lead
    return frozenset({event.payload.get("unit") or (lead.unit if lead and lead.is_open else after.holder)})


def _working(event: Event, after: MatterState) -> list[Group]:
    """The handler who was named, else everybody of the unit who could be."""
    units = _clock_units(event, after)
    named = {task.handler for task in after.open_tasks if task.unit in units and task.handler is not None}
    if named:
        return [Group(users=frozenset(named))]
    # What the petition bureau holds itself has no other hands than its own.
    return [Group(_UNIT | _HEADS | {Role.PETITION_BUREAU, Role.REVIEW_ORGAN}, units)]


def _heads(event: Event, after: MatterState) -> list[Group]:
    return [Group(_HEADS | {Role.ORGAN_HEAD}, _clock_units(event, after) | {after.holder})]


def _mediation(_event: Event, after: MatterState) -> list[Group]:
    """Who handles the matter, and who mediates it."""
    mediation = last(after.mediations)
    named = frozenset({mediation.mediator} if mediation and mediation.mediator else ())
    return [*_lead_and_holder(_event, after), *([Group(users=named)] if named else [])]


def _danger(event: Event, after: MatterState) -> list[Group]:
    """Danger seen in a sitting rings where a safety concern rings (人民调解法 25); a calm one tells nobody."""
    return _safety(event, after) if event.payload.get("danger_seen") else []


_WHO: dict[str, Callable[[Event, MatterState], list[Group]]] = {
    EventType.REGISTERED: _holder,
    EventType.CONTACT_ADDED: _lead_and_holder,
    EventType.PARTY_ADDED: _lead_and_holder,
    EventType.PARTY_CORRECTED: _lead_and_holder,
    EventType.UNREACHED: _lead_and_holder,
    EventType.ASSIGNED: _assigned,
    EventType.ESCALATED: _escalated,
    EventType.OBJECTED: _objected,
    EventType.PART_OBJECTED: _objected,
    EventType.PART_RULED: _ruled,
    **dict.fromkeys(
        (
            EventType.SESSION_CALLED,
            EventType.SESSION_ANSWERED,
            EventType.SESSION_MOVED,
            EventType.SESSION_CALLED_OFF,
            EventType.SESSION_HELD,
            EventType.SESSION_CORRECTED,
        ),
        _session,
    ),
    EventType.TASK_RETURNED: _part,
    EventType.TASK_URGED: _part,
    EventType.TASK_CALLED_OFF: _part,
    EventType.OBJECTION_UPHELD: _lead_and_holder,
    EventType.OBJECTION_REJECTED: _lead,
    EventType.TASK_DONE: _lead,
    EventType.URGED: _lead_and_holder,
    EventType.URGENT_MARKED: _urgent,
    EventType.URGENT_ENDED: _urgent,
    EventType.SAFETY_NOTED: _safety,
    EventType.SAFETY_RENEWED: _safety,
    EventType.SAFETY_ENDED: _safety,
    EventType.MATERIAL_ADDED: _lead,
    EventType.PAPERS_ASKED: _lead_and_holder,
    EventType.LEADER_RECEIVED: _lead_and_holder,
    EventType.CHARGE_TAKEN: _in_charge,
    EventType.REFUSAL_CONTESTED: _holder,
    EventType.RECUSAL_ASKED: _deciders,
    EventType.WITHDRAWAL_ASKED: _lead_and_holder,
    EventType.RATED: _rated,
    EventType.PLAN_RETURNED: _lead_and_holder,
    EventType.PLAN_APPROVED: _lead,
    EventType.RESTUDIED: _studied_anew,
    EventType.REPORT_READ: _lead,
    EventType.REOPENED: _lead_and_holder,
    EventType.REVIEW_ASKED: _review,
    EventType.HEARING_OPENED: _review,
    EventType.REVIEW_DECIDED: _review,
    EventType.REVIEW_SERVED: _review,
    **dict.fromkeys(
        (
            EventType.MEDIATOR_NAMED,
            EventType.MEDIATION_ENDED,
            EventType.AGREEMENT_SIGNED,
            EventType.PERFORMANCE_RECORDED,
            EventType.CONFIRMATION_DECIDED,
        ),
        _mediation,
    ),
    EventType.MEDIATION_HELD: _danger,
    EventType.DUE_SOON: _due_soon,
    EventType.BREACHED: _breached,
}


def is_told_blindly(event: Event, after: MatterState) -> bool:
    """The leader hears that a breach lasts, and of which clock, but not in which matter, unless it is hers to see."""
    climbed = event.type == EventType.DUE_SOON and event.payload["level"] >= Level.LEADER
    return climbed and after.channel not in LEADER_CHANNELS


def recipients(event: Event, _before: MatterState, after: MatterState) -> list[Group]:
    """The groups to tell; an event that is not listed tells nobody.

    No notice reaches a recused unit (RC-4), nor a seat from which a matter of restricted sight cannot be seen.
    """
    who = _WHO.get(event.type)
    return [_cut(group, after) for group in who(event, after)] if who else []


def _cut(group: Group, after: MatterState) -> Group:
    roles = group.roles & RESTRICTED_ROLES if after.restricted else group.roles
    return Group(roles, group.units - after.recused_units, group.users - after.recused_users, group.over)
