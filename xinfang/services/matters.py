"""Every move of a matter: lock, ask the rules, append the event, write the projections, tell whom it concerns."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xinfang.models import Event, Unit
from xinfang.queries.access import matter_id_for
from xinfang.queries.catalogue_versions import number_in_force
from xinfang.queries.people import centre_above, holds, reviewer_over, unit_of
from xinfang.rules.access.sight import may_see
from xinfang.rules.lifecycle.allowed import require
from xinfang.rules.lifecycle.joint import check_given_down
from xinfang.rules.lifecycle.leader_moves import RECEIVERS
from xinfang.rules.lifecycle.move import FieldKind, Move, Need
from xinfang.rules.lifecycle.needs import ROUTING_ROLES
from xinfang.rules.lifecycle.reviewing import after_service, requested
from xinfang.rules.lifecycle.safety_moves import NOTE_SAFETY
from xinfang.rules.lifecycle.situation import Situation, situation
from xinfang.rules.lifecycle.urgent_moves import MARK_URGENT
from xinfang.rules.lifecycle.values import REVIEWER, Entered, check_together, entered
from xinfang.rules.matters.codes import AssignMode, ExplicitSource, Stage
from xinfang.rules.matters.events import SAFETY_EVENTS, SYSTEM_EVENTS, EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role, UnitKind, within
from xinfang.rules.refusals import RuleBroken
from xinfang.services import linking, mediation
from xinfang.services.finality import no_longer
from xinfang.services.ledger import Draft, When
from xinfang.services.routes import aid_asked, channelled, result_taken
from xinfang.services.slips import bind_slip, slip_to_bind
from xinfang.services.turns import Turn, state_of, take, take_all

__all__ = ["Turn", "perform", "state_of", "take"]


# What the watcher wrote, and what only the petitioner reads of.
MOVES_NOTHING = SYSTEM_EVENTS | SAFETY_EVENTS | {EventType.RECORD_TAKEN, EventType.UNREACHED}


@transaction.atomic
def perform(
    move: str,
    *,
    matter: UUID,
    by: Actor,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    recorded_at: datetime | None = None,
    late_reason: str = "",
    expected_seq: int | None = None,
) -> MatterState:
    """Make one move of `rules.lifecycle` on a matter and return where it stands then.

    `at` is when it happened, `recorded_at` when it is written down (the same by default); aware datetimes.
    `expected_seq` is the last event that whoever decided had read: refused when the matter has moved on since.
    Raises `RuleBroken` for whatever the rules refuse; a matter out of sight is `not_found`.
    """
    when = When(at, recorded_at or at, late_reason)
    other = linking.other_side(move, matter=matter, by=by, at=when.recorded_at, values=values or {})
    turns = take_all(matter, *([other] if other else []))
    turn = turns[matter]
    if not may_see(turn.state, by, when.recorded_at):
        raise RuleBroken("not_found")
    if expected_seq is not None and _moved_since(turn.state, expected_seq):
        raise RuleBroken("matter_moved_on")
    asked = situation(turn.state, by, at, turn.counting)
    verb = _required(move, asked, when)
    given = entered(verb, values or {})
    check_together(verb, given.facts, given.words, asked)
    draft = Draft(verb.event, payload := _payload(verb, given, asked), given.words)
    if other is not None:
        linking.check_pair(move, turn.state, turns[other].state)
    turn.record(draft, when, by, verb.roles)
    _start_the_hour(verb, turn, given, when, by)
    if other is not None:
        linking.mirror(turns[other], draft, matter=matter, when=when, by=by, roles=verb.roles)
    if verb.name == "serve_opinion" and payload.get("slip"):
        bind_slip(serial=payload["slip"], matter=matter, at=when.recorded_at)
        turn.record(Draft(EventType.SLIP_BOUND, {"slip": payload["slip"]}), when, by, verb.roles)
    return turn.finish()


def _required(move: str, asked: Situation, when: When) -> Move:
    """The move, if the rules allow it; a day put back does not wake a safety concern that has lapsed."""
    verb = require(move, asked)
    if Need.SAFETY_OPEN in verb.needs and not asked.state.has_concern(when.recorded_at):
        raise RuleBroken("need_safety_open", move=verb.name)
    return verb


def _start_the_hour(verb: Move, turn: Turn, given: Entered, when: When, by: Actor) -> None:
    """A safety concern starts the hour of an urgent matter if none runs; the mark says no more than any other."""
    if verb is NOTE_SAFETY and turn.state.urgency is None:
        facts, words = {"move": MARK_URGENT.name, "stage": turn.state.stage.value}, {"reason": given.words["reason"]}
        turn.record(Draft(MARK_URGENT.event, facts, words), when, by, MARK_URGENT.roles)


def _moved_since(state: MatterState, seq: int) -> bool:
    """Has anybody acted since that event?"""
    later = Event.objects.filter(chain_id=state.id, seq__gt=seq)
    return state.seq < seq or later.exclude(type__in=MOVES_NOTHING).exists()


def _payload(verb: Move, given: Entered, asked: Situation) -> dict[str, Any]:
    """What the event says: the entered facts, checked against the database, and the stage that follows."""
    facts = dict(given.facts)
    for spec in verb.fields:
        if spec.name in facts:
            facts[spec.name] = _resolved(spec.kind, spec.name, facts[spec.name], asked)
    facts["move"] = verb.name
    facts["proof"] = asked.actor.proof
    target = verb.targets[asked.state.stage]
    facts |= _SPECIAL.get(verb.name, _nothing_special)(facts, asked)
    facts |= mediation.said_in_words(verb.name, given.words)
    facts.setdefault("stage", target.value)
    check_given_down(facts, given.words, asked)
    return {name: value for name, value in facts.items() if value is not None}


def _resolved(kind: FieldKind, name: str, value: Any, asked: Situation) -> Any:
    if kind is FieldKind.UNIT:
        return unit_of(value, field=name).code
    if kind in {FieldKind.TASKS, FieldKind.STEPS}:
        return [{**row, "unit": unit_of(row["unit"], field=name).code} for row in value]
    if kind is FieldKind.USER:
        return _user(name, value, asked)
    if kind is FieldKind.MATTER:
        return _other_matter(name, value, asked)
    return value


_NAMED = {
    "mediator": frozenset({Role.MEDIATOR}),
    "leader": RECEIVERS,
    "handler": frozenset({Role.HANDLER, Role.MEMBER_OFFICER}),
}


def _user(name: str, value: Any, asked: Situation) -> int:
    try:
        user_id = int(value)
    except (TypeError, ValueError):
        raise RuleBroken("user_unknown", field=name) from None
    if name == "reviewed_by":
        if user_id == asked.actor.user_id or not holds(user_id, REVIEWER, asked.today):
            raise RuleBroken("reviewer_unfit", field=name)
    elif name in _NAMED and not holds(user_id, _NAMED[name], asked.today):
        raise RuleBroken("user_unknown", field=name)
    if user_id in asked.state.recused_users and name != "recused_user":
        raise RuleBroken("user_recused", field=name)
    return user_id


def _other_matter(name: str, value: Any, asked: Situation) -> str:
    other = matter_id_for(asked.actor, str(value), asked.at)
    if other is None or other == asked.state.id:
        raise RuleBroken("matter_unknown", field=name)
    return str(other)


def _nothing_special(_facts: dict[str, Any], _asked: Situation) -> dict[str, Any]:
    return {}


def _triage(facts: dict[str, Any], _asked: Situation) -> dict[str, Any]:
    """What was suggested and chosen out of the catalogue is read with the version that held (B-09)."""
    return {"catalogue": number_in_force()} if facts.get("item") or facts.get("offered") else {}


def _assign(facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    """A centre or station that is given a matter holds it; a superior's letter with a date is an explicit date."""
    lead = unit_of(facts["lead"], field="lead")
    extra = _triage(facts, asked)
    extra |= _held_by(lead)
    if not asked.actor.roles & ROUTING_ROLES and not any(within(lead.path, own.path) for own in asked.actor.seats):
        raise RuleBroken("organ_assigns_within", field="lead")
    by_superior = Role.PETITION_BUREAU in asked.actor.roles
    if by_superior and facts["mode"] == AssignMode.ASSIGNMENT and facts.get("document") and facts.get("due_on"):
        extra |= {
            "explicit_on": facts["due_on"],
            "explicit_source": ExplicitSource.ASSIGNMENT_LETTER.value,
            "explicit_document": facts["document"],
        }
    return extra


def _held_by(unit: Unit) -> dict[str, Any]:
    """A centre or station that is given a matter holds it."""
    if unit.kind in {UnitKind.CENTRE, UnitKind.STATION}:
        return {"holder": unit.code, "holder_path": unit.path}
    return {}


def _escalate(_facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    """To the centre above the one that has it; above the district there is none in this house."""
    above = centre_above(asked.state.holder)
    if above is None:
        raise RuleBroken("nothing_above", move="escalate")
    if above.code in asked.state.recused_units:
        raise RuleBroken("unit_recused", move="escalate")
    return _held_by(above)


def _ruled(facts: dict[str, Any], _asked: Situation) -> dict[str, Any]:
    """A ruling that names who leads instead gives it to them at once."""
    if not facts.get("instead"):
        return {}
    instead = unit_of(facts["instead"], field="instead")
    return {"stage": Stage.ASSIGNED.value, **_held_by(instead)}


def _serve_opinion(facts: dict[str, Any], _asked: Situation) -> dict[str, Any]:
    return {"slip": slip_to_bind(facts["slip"])} if facts.get("slip") else {}


def _request_review(facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    """On which step, against which document, how late; and who reviews, where nobody named the organ."""
    said = requested(facts, asked)
    kept_away = set(said["of"]) | asked.state.recused_units
    return {"organ": facts.get("organ") or reviewer_over(asked.state.holder_path, kept_away, asked.today), **said}


def _serve_review(_facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    return after_service(asked)


def _on_the_spot(_facts: dict[str, Any], _asked: Situation) -> dict[str, Any]:
    return {"on_the_spot": True}


def _instruction(facts: dict[str, Any], _asked: Situation) -> dict[str, Any]:
    """A day in a leader's instruction is an explicit date, with the instruction as its paper."""
    if not facts.get("due_on"):
        return {}
    return {
        "explicit_on": facts["due_on"],
        "explicit_source": ExplicitSource.LEADER_INSTRUCTION.value,
        "explicit_document": facts["document"],
    }


def _reopen(_facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    stage = Stage.HANDLING if asked.state.accepted_at else Stage.TRIAGED
    return {"stage": stage.value}


def _merge(_facts: dict[str, Any], _asked: Situation) -> dict[str, Any]:
    return {"link": "merged_into"}


def _unmerge(_facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    back = asked.state.merged_from or Stage.TRIAGED
    return {"stage": back.value, "link": "merged_into", "other": str(asked.state.merged_into)}


_SPECIAL = {
    "channel": channelled,
    "no_longer_accept": no_longer,
    **mediation.SPECIAL,
    "record_external_result": result_taken,
    "ask_legal_aid": aid_asked,
    "triage": _triage,
    "assign": _assign,
    "escalate": _escalate,
    "uphold_objection": _ruled,
    "serve_opinion": _serve_opinion,
    "ask_review": _request_review,
    "register_review": _request_review,
    "serve_review": _serve_review,
    "solve_on_the_spot": _on_the_spot,
    "record_reception": _instruction,
    "reopen": _reopen,
    "merge": _merge,
    "unmerge": _unmerge,
}
