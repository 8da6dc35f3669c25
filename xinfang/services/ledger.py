"""Writing to the ledger: one chain, one lock, one event at a time, and every projection in the same transaction."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from xinfang.models import Chain, Event, ProtectedText
from xinfang.models.ledger import text_place
from xinfang.models.protection import protect
from xinfang.rules.ledger import chain as rules
from xinfang.rules.people.seats import SYSTEM, Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.gathering import gathered

LATE_AFTER_SECONDS = 24 * 60 * 60
PETITIONER_FIELDS = frozenset({"words", "reason"})


@dataclass(frozen=True)
class When:
    """The two times: `occurred_at` is when it happened, `recorded_at` when it was written down (aware datetimes)."""

    occurred_at: datetime
    recorded_at: datetime
    late_reason: str = ""

    @classmethod
    def now(cls, at: datetime) -> "When":
        return cls(at, at)


@dataclass(frozen=True)
class Seat:
    """From where an event is recorded: who, in which role, for which unit."""

    actor: int | None
    role: str
    unit: str


@dataclass
class Draft:
    """An event about to be appended."""

    type: str
    payload: dict[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def seat_of(actor: Actor, roles: frozenset[Role] | None = None, units: frozenset[str] = frozenset()) -> Seat:
    """The seat from which an actor records, chosen among `roles` where given; one in `units` comes first."""
    if actor.petitioner:
        return Seat(None, Role.PETITIONER.value, "")
    if actor.user_id is None:
        return Seat(None, Role.SYSTEM.value, "")
    fit = [seat for seat in actor.seats if roles is None or seat.role in roles]
    seat = next((seat for seat in fit if seat.unit in units), fit[0] if fit else None)
    return Seat(actor.user_id, seat.role.value, seat.unit) if seat else Seat(actor.user_id, "", "")


SYSTEM_SEAT = seat_of(SYSTEM)


def lock_chain(chain_id: UUID) -> Chain:
    """The chain under a row lock for the rest of the transaction; raises `Chain.DoesNotExist`."""
    return Chain.objects.select_for_update().get(pk=chain_id)


def open_chain(chain_id: UUID, kind: str) -> Chain:
    """A new, empty chain."""
    chain = Chain(pk=chain_id, kind=kind, seq=0, head=rules.GENESIS)
    gathering = gathered()
    if gathering is not None and kind == Chain.Kind.MATTER:
        gathering.chains[chain.pk] = chain
    else:
        chain.save(force_insert=True)
    return chain


def check_times(when: When, previous: datetime | None) -> None:
    """An event is not in the future, and more than 24 hours late only with a reason."""
    late = (when.recorded_at - when.occurred_at).total_seconds()
    if late < 0:
        raise RuleBroken("occurs_in_the_future", field="occurred_at")
    if late > LATE_AFTER_SECONDS and not when.late_reason:
        raise RuleBroken("late_entry_needs_reason", field="late_reason")
    if previous is not None and when.recorded_at < previous:
        raise RuleBroken("recorded_before_last", field="recorded_at")


def append(chain: Chain, draft: Draft, when: When, seat: Seat) -> rules.Event:
    """Append one event to a locked chain with its protected words; returns it as the rules read it.

    Words never enter the payload: only their salted hashes do, under `texts`.
    """
    seq = chain.seq + 1
    words = {name: text for name, text in draft.words.items() if text}
    if when.late_reason:
        words["late_reason"] = when.late_reason
    salts = {name: os.urandom(16) for name in words}
    payload = dict(draft.payload)
    if words:
        payload["texts"] = {name: rules.salted(text, salts[name]) for name, text in words.items()}
    event = rules.Event(
        chain=chain.pk,
        seq=seq,
        type=str(draft.type),
        occurred_at=when.occurred_at,
        recorded_at=when.recorded_at,
        actor=seat.actor,
        role=seat.role,
        unit=seat.unit,
        payload=payload,
    )
    previous = bytes(chain.head)
    head = rules.digest(event, previous, settings.XINFANG_KEYS["chain_key"])
    chain.seq, chain.head = seq, head
    _store(chain, _row(event, previous, head), [_sealed(event, name, words[name], salts[name]) for name in words])
    return event


def _row(event: rules.Event, previous: bytes, head: bytes) -> Event:
    return Event(
        chain_id=event.chain,
        seq=event.seq,
        type=event.type,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        actor=event.actor,
        role=event.role,
        unit=event.unit,
        payload=event.payload,
        rule_version=event.rule_version,
        previous=previous,
        hash=head,
    )


def _sealed(event: rules.Event, name: str, text: str, salt: bytes) -> ProtectedText:
    """The words of one field, encrypted for the one place that they belong to."""
    place = text_place(event.chain, event.seq, name)
    return ProtectedText(
        chain_id=event.chain, seq=event.seq, field=name, salt=salt, sealed=protect(text.encode(), place)
    )


def _store(chain: Chain, event: Event, texts: list[ProtectedText]) -> None:
    gathering = gathered()
    if gathering is not None and chain.pk in gathering.chains:
        gathering.add(event, *texts)
        return
    event.save(force_insert=True)
    ProtectedText.objects.bulk_create(texts)
    Chain.objects.filter(pk=chain.pk).update(seq=chain.seq, head=chain.head)


def events_of(chain_id: UUID) -> list[rules.Event]:
    """Every event of a chain, oldest first."""
    return [event.plain() for event in Event.objects.filter(chain_id=chain_id).order_by("seq")]
