"""What the events of a mediation make of a matter: offered, answered, begun, held, agreed, performed, confirmed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from xinfang.rules.clocks.shape import local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.apply_closing import reopened, resolution_withdrawn
from xinfang.rules.matters.apply_limits import noted
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import Limit, MatterState
from xinfang.rules.mediation.codes import AgreementForm, CourtWord, MediationKind, PartyAnswer, Performance, Signer
from xinfang.rules.mediation.file import (
    PETITIONER,
    Agreement,
    Mediation,
    PerformanceStep,
    last,
    signature,
)

Reading = Callable[[MatterState, Event], dict[str, Any]]
CONFIRM, ENFORCE, SUE, FOLLOW_UP = "ME-JC30", "ME-ENF2Y", "EX-CIV3Y", "HF-FUP1"
AFTER_A_MONTH, HALF_YEAR = "HF-FUP30", "HF-FUP6M"
# From how many days after its beginning a visit answers for a rule: a week before the last day is near enough.
_ANSWERED_FROM = {FOLLOW_UP: 0, AFTER_A_MONTH: 23, HALF_YEAR: 173}


def _day(event: Event, name: str) -> date:
    return date.fromisoformat(event.payload[name])


def _timed(state: MatterState, event: Event) -> tuple[tuple[Limit, ...], int]:
    """The limits with the one within which this mediation is to end, and its number; 0 where none begins."""
    rule = event.payload.get("time_rule")
    if not rule:
        return state.limits, 0
    limits = noted(state, rule, local_day(event.occurred_at), event)
    return limits, limits[-1].k


def _offered(state: MatterState, event: Event) -> dict[str, Any]:
    limits, k = _timed(state, event)
    kind = MediationKind(event.payload.get("mediation_kind", MediationKind.PEOPLE))
    fresh = Mediation(
        len(state.mediations) + 1, kind, event.occurred_at, event.payload.get("others", 1), event.seq, time_limit=k
    )
    return {"mediations": (*state.mediations, fresh), "limits": limits}


def _changed(state: MatterState, change: Callable[[Mediation], Mediation]) -> dict[str, Any]:
    """The newest mediation, changed; nothing where there is none."""
    mediation = last(state.mediations)
    return {} if mediation is None else {"mediations": (*state.mediations[:-1], change(mediation))}


def _answered(state: MatterState, event: Event) -> dict[str, Any]:
    """A party that does not want to ends the mediation, and that is all it does (人民调解法 17)."""
    answer = PartyAnswer(event.payload["party_answer"])
    over = event.occurred_at if answer is PartyAnswer.DECLINES else None

    def change(one: Mediation) -> Mediation:
        return replace(one, answers={**one.answers, event.payload["party"]: answer}, ended_at=over)

    return _changed(state, change) | (_time_over(state, event) if over else {})


def _time_over(state: MatterState, event: Event, *, met: bool = False) -> dict[str, Any]:
    """The time within which it was to end runs no longer: an agreement meets it, anything else only ends it."""
    mediation = last(state.mediations)
    k = mediation.time_limit if mediation else 0

    def over(limit: Limit) -> Limit:
        at = event.occurred_at
        return replace(limit, met_at=at) if met else replace(limit, ended_at=at)

    return {"limits": tuple(over(limit) if limit.k == k and limit.runs else limit for limit in state.limits)}


def _mediator(state: MatterState, event: Event) -> dict[str, Any]:
    limits, k = _timed(state, event)
    user = event.payload["mediator"]

    def change(one: Mediation) -> Mediation:
        committee = event.payload.get("committee", "")
        named = replace(one, mediator=user, mediators=one.mediators | {user}, committee=committee)
        return replace(named, time_limit=k or one.time_limit)

    return {**_changed(state, change), "limits": limits}


def _told(state: MatterState, event: Event) -> dict[str, Any]:
    party = event.payload["party"]
    return _changed(state, lambda one: replace(one, rights_told=one.rights_told | {party}))


def _held(state: MatterState, _event: Event) -> dict[str, Any]:
    return _changed(state, lambda one: replace(one, sittings=one.sittings + 1))


def _prolonged(state: MatterState, event: Event) -> dict[str, Any]:
    """The parties' own day stands beside the usual month; it is told as such, no rule is stretched for it."""
    return _changed(state, lambda one: replace(one, until=_day(event, "prolonged_to")))


def _ended(state: MatterState, event: Event) -> dict[str, Any]:
    return _changed(state, lambda one: replace(one, ended_at=event.occurred_at)) | _time_over(state, event)


def _drafted(state: MatterState, event: Event) -> dict[str, Any]:
    """A new wording takes the place of the last one, promises and all; an oral one holds at once."""
    effect = _day(event, "effect_on") if event.payload.get("effect_on") else None
    agreement = Agreement(AgreementForm(event.payload["agreement_form"]), event.occurred_at, event.seq)
    changes = _changed(state, lambda one: replace(one, agreement=agreement))
    return _in_effect(replace(state, **changes), event, effect) if effect else changes


def _agreement(state: MatterState, change: Callable[[Agreement], Agreement]) -> dict[str, Any]:
    return _changed(state, lambda one: replace(one, agreement=change(one.agreement)) if one.agreement else one)


def _promised(state: MatterState, event: Event) -> dict[str, Any]:
    said = event.payload

    def change(one: Agreement) -> Agreement:
        step = PerformanceStep(len(one.steps) + 1, said["party"], _day(event, "due_on"), said.get("yuan", 0))
        return replace(one, steps=(*one.steps, step))

    return _agreement(state, change)


def _signed(state: MatterState, event: Event) -> dict[str, Any]:
    key = signature(Signer(event.payload["signer"]), event.payload.get("party", 0))
    on = _day(event, "signed_on")
    changes = _agreement(state, lambda one: replace(one, signed={**one.signed, key: on}))
    if not event.payload.get("effect_on"):
        return changes
    return _in_effect(replace(state, **changes), event, _day(event, "effect_on"))


def _in_effect(state: MatterState, event: Event, on: date) -> dict[str, Any]:
    """It binds: the days for the court begin, and each promise asks for a visit on the day after its own.

    One more is due a month after the last of them, and after half a year where there are instalments (domain 3.1).
    """
    after = replace(state, **_time_over(state, event, met=True))
    after = replace(after, limits=noted(after, CONFIRM, on, event))
    mediation = last(after.mediations)
    steps = []
    for step in mediation.agreement.steps if mediation and mediation.agreement else ():
        after = replace(after, limits=noted(after, FOLLOW_UP, step.due_on, event))
        steps.append(replace(step, limit=after.limits[-1].k))
    if steps:
        after = replace(after, limits=noted(after, AFTER_A_MONTH, max(step.due_on for step in steps), event))
    if len(steps) > 1:
        after = replace(after, limits=noted(after, HALF_YEAR, on, event))
    changes = _agreement(after, lambda one: replace(one, effect_on=on, steps=tuple(steps)))
    return {**changes, "limits": after.limits}


def _met(limits: tuple[Limit, ...], event: Event, which: Callable[[Limit], bool]) -> tuple[Limit, ...]:
    return tuple(replace(x, met_at=event.occurred_at) if x.runs and which(x) else x for x in limits)


def _performed(state: MatterState, event: Event) -> dict[str, Any]:
    """What was kept is done; what was broken takes back that the matter was solved, and opens it again (S11)."""
    done, seen = Performance(event.payload["performance"]), _day(event, "seen_on")
    mediation = last(state.mediations)
    agreement = mediation.agreement if mediation else None
    step = next((one for one in (agreement.steps if agreement else ()) if one.k == event.payload["k"]), None)
    if step is None:
        return {}

    def change(one: Agreement) -> Agreement:
        steps = (replace(x, done=done, done_on=seen) if x.k == step.k else x for x in one.steps)
        return replace(one, steps=tuple(steps))

    changes = _agreement(state, change) | {"limits": _met(state.limits, event, lambda x: x.k == step.limit)}
    if done is Performance.BROKEN:
        changes |= _breach(replace(state, **changes), event, step, seen)
    return changes


def _breach(state: MatterState, event: Event, step: PerformanceStep, seen: date) -> dict[str, Any]:
    changes = reopened(state, event) if event.payload.get("ground") else resolution_withdrawn(state, event)
    confirmed = (mediation := last(state.mediations)) is not None and mediation.court is CourtWord.CONFIRMED
    if step.party != PETITIONER and not confirmed:
        changes["limits"] = noted(state, SUE, seen, event)
    return changes


def _visited(state: MatterState, event: Event) -> dict[str, Any]:
    """A visit answers for every promise whose day had come, and for the later ones that are due within the week."""
    on = _day(event, "visited_on")

    def answered(limit: Limit) -> bool:
        wait = _ANSWERED_FROM.get(limit.rule)
        return wait is not None and limit.from_on + timedelta(days=wait) <= on

    return {"limits": _met(state.limits, event, answered)}


def _asked(state: MatterState, event: Event) -> dict[str, Any]:
    changes = _changed(state, lambda one: replace(one, asked_court_on=_day(event, "asked_on")))
    return {**changes, "limits": _met(state.limits, event, lambda limit: limit.rule == CONFIRM)}


def _decided(state: MatterState, event: Event) -> dict[str, Any]:
    """What a court confirmed can be enforced, for two years from the last day of performance (民事诉讼法 250)."""
    word = CourtWord(event.payload["court_word"])
    changes = _changed(state, lambda one: replace(one, court=word))
    mediation = last(state.mediations)
    final = mediation.agreement.last_day if mediation and mediation.agreement else None
    if word is CourtWord.CONFIRMED and final is not None:
        changes["limits"] = noted(state, ENFORCE, final, event)
    return changes


READINGS: dict[str, Reading] = {
    EventType.MEDIATION_OFFERED: _offered,
    EventType.MEDIATION_ANSWERED: _answered,
    EventType.MEDIATOR_NAMED: _mediator,
    EventType.MEDIATION_RIGHTS_TOLD: _told,
    EventType.MEDIATION_HELD: _held,
    EventType.MEDIATION_PROLONGED: _prolonged,
    EventType.MEDIATION_ENDED: _ended,
    EventType.AGREEMENT_DRAFTED: _drafted,
    EventType.PERFORMANCE_PROMISED: _promised,
    EventType.AGREEMENT_SIGNED: _signed,
    EventType.PERFORMANCE_RECORDED: _performed,
    EventType.PARTIES_VISITED: _visited,
    EventType.CONFIRMATION_ASKED: _asked,
    EventType.CONFIRMATION_DECIDED: _decided,
}
