"""What a person says of a signal: handled, with what was done, or a false alarm with one key (B13)."""

from datetime import datetime

from django.db import transaction

from xinfang.models import RiskSignal
from xinfang.models.protection import protect
from xinfang.queries.risk import DECIDERS, signal_for
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.risk.codes import SignalState
from xinfang.services.house import record

MOST_WORDS = 2000


@transaction.atomic
def handle(*, signal: int, done: str, by: Actor, at: datetime) -> None:
    """Say what was done about it. Raises `field_required` without words, `signal_decided` where somebody was first."""
    words = tidy(done)
    if not words:
        raise RuleBroken("field_required", field="done")
    if len(words) > MOST_WORDS:
        raise RuleBroken("text_too_long", field="done", most=MOST_WORDS)
    _decide(signal, SignalState.HANDLED, words, by, at)


@transaction.atomic
def call_false(*, signal: int, by: Actor, at: datetime) -> None:
    """Say that it was nothing: it lowers the precision of its rule, and asks for no reason."""
    _decide(signal, SignalState.FALSE_ALARM, "", by, at)


def _decide(pk: int, state: SignalState, words: str, by: Actor, at: datetime) -> None:
    row = signal_for(by, pk)
    if row is None or not by.roles & DECIDERS:
        raise RuleBroken("not_found")
    row = RiskSignal.objects.select_for_update().get(pk=pk)
    if row.state != SignalState.OPEN.value:
        raise RuleBroken("signal_decided")
    row.state, row.decided_at, row.decided_by = state.value, at, by.user_id
    row.done_sealed = protect(words.encode(), row.place) if words else b""
    row.save(update_fields=["state", "decided_at", "decided_by", "done_sealed"])
    facts = {"signal": pk, "rule": row.rule, "level": row.level, "decision": state.value}
    record(HouseEvent.RISK_DECIDED, facts, by=by, at=at, roles=DECIDERS)
