"""Registering a matter: never refused, one number, one code shown once, everything in one transaction (article 22)."""

import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from uuid_utils.compat import uuid7

from xinfang.models import Chain, Contact, LedgerCounter, Matter, Party, Person, Unit
from xinfang.models.protection import blind_index, code_hash, keyed_digest, searchable
from xinfang.queries.catalogue_versions import number_in_force
from xinfang.rules.clocks.duties import SHANGHAI, local_day
from xinfang.rules.clocks.noting import check_noted
from xinfang.rules.intake.alike import Choice
from xinfang.rules.intake.registration import PersonEntry, Registration, registration
from xinfang.rules.matters.apply import born
from xinfang.rules.matters.codes import Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.numbers import ledger_number, ledger_of, public_number
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services import notices
from xinfang.services.danger import asks_for_a_look
from xinfang.services.gathering import Submission, gathered, gathering_now, known_submissions, together
from xinfang.services.ledger import Draft, When, append, check_times, open_chain, seat_of


@dataclass(frozen=True)
class Receipt:
    """What the petitioner takes away. `code` is shown once and kept only as a keyed hash; "" when repeated."""

    matter: UUID
    number: str
    code: str
    repeated: bool = False


def register(
    *,
    values: Mapping[str, Any],
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    late_reason: str = "",
    submission_key: UUID | None = None,
    imported: bool = False,
    batch: str = "",
) -> Receipt:
    """Register one matter and return its number and code.

    `values` are those of `rules.intake.registration`, with `unit` the code of the centre that receives it. The same
    `submission_key` with the same content answers the same number again, with other content it is refused; which other
    matters had been `offered` as alike is no part of the content.
    """
    entry = registration(values)
    when = When(at, recorded_at or at, late_reason)
    check_times(when, None)
    body = _body_hash(entry)
    if submission_key is not None:
        known = _known(submission_key, body)
        if known is not None:
            return known
    try:
        with nullcontext() if gathered() else together():
            offered = tuple(values.get("offered") or ())
            return _write(entry, when, by, submission_key, body, imported=imported, batch=batch, offered=offered)
    except IntegrityError:
        known = _known(submission_key, body) if submission_key is not None else None
        if known is None:
            raise
        return known


def _known(key: UUID, body: bytes) -> Receipt | None:
    """The matter that this submission already made; refuses the same key with other content."""
    gathering = gathered()
    if gathering is None or not (key in gathering.asked or key in gathering.keys):
        known = known_submissions({key}).get(key)
    else:
        known = gathering.keys.get(key)
    if known is None:
        return None
    if known.body != body:
        raise RuleBroken("submission_key_reused")
    return Receipt(known.matter, known.number, "", repeated=True)


def _body_hash(entry: Registration) -> bytes:
    # What was suggested and shown meanwhile is no part of what was told.
    content = {**asdict(entry), "items_offered": "", "notice": ""}
    return keyed_digest(json.dumps(content, sort_keys=True, default=str, ensure_ascii=False), "registration")


def new_code() -> str:
    """A query code: 12 random digits."""
    return f"{secrets.randbelow(10**12):012d}"


def holder_of(entry: Registration) -> tuple[Unit, tuple[str, ...]]:
    """The unit that holds the matter, and the units recused from it.

    What concerns people of this centre is registered one tier up, and the centre itself is kept away.
    """
    unit = gathering_now().unit(entry.unit)
    if not entry.concerns_own_people:
        return unit, entry.recused_units
    if unit.parent is None:
        return unit, entry.recused_units
    return unit.parent, (*entry.recused_units, unit.code)


def _write(
    entry: Registration,
    when: When,
    by: Actor,
    key: UUID | None,
    body: bytes,
    *,
    imported: bool,
    batch: str,
    offered: Sequence[UUID],
) -> Receipt:
    holder, recused = holder_of(entry)
    matter_id, code = UUID(bytes=uuid7().bytes), new_code()
    number = public_number(secrets.token_bytes(7))
    chain = open_chain(matter_id, Chain.Kind.MATTER)
    people = [person_row(person) for person in entry.people]
    payload = _payload(entry, holder, number, people, when.occurred_at) | decided(Choice.NEW, offered)
    payload |= {"imported": imported, "batch": batch, "recused_units": list(recused), "stage": Stage.REGISTERED.value}
    ledger = ledger_of(holder.area_id, apart=bool(entry.restricted or entry.recused_users or recused))
    payload["ledger_number"] = _next_ledger_number(ledger, when.recorded_at)
    if not imported and asks_for_a_look(EventType.REGISTERED, entry.words, by):
        payload["danger"] = True
    event = append(chain, Draft(EventType.REGISTERED, payload, entry.words), when, seat_of(by))
    state = born(event)
    matter = Matter(
        chain_id=matter_id,
        submission_key=key or matter_id,
        body_hash=body,
        code_hash=code_hash(code, number),
        **searchable(entry.words),
    )
    _gather(matter, state, _children(entry, event.seq, matter_id, people, when))
    notices.tell_of(event, state, state)
    return Receipt(matter_id, number, code)


def _payload(
    entry: Registration, holder: Unit, number: str, people: list[tuple[Person, str]], received_at: datetime
) -> dict[str, Any]:
    """What the event says; the days are counted to the end with what held on the day of receipt."""
    gathering = gathering_now()
    settings, policy = gathering.settings, gathering.counting.policy_on(local_day(received_at))
    facts = {
        "number": number,
        "channel": entry.channel.value,
        "area": entry.area or holder.area_id,
        "holder": holder.code,
        "holder_path": holder.path,
        "policy": policy.number,
        "day_mode": policy.day_mode.value,
        "opens": settings["opens"],
        "closes": settings["closes"],
        "closed": local_day(received_at).isoformat() in settings["closed_on"] or None,
        "kind": entry.kind.value if entry.kind else "",
        "purpose": entry.purpose,
        "category": entry.category,
        "level": entry.level.value if entry.level else "",
        "addressee": entry.addressee.value if entry.addressee else "",
        "present": max(entry.present, len(people)),
        "concerned": max(entry.concerned, entry.present, len(people)),
        "notice": entry.notice,
        "anonymous": entry.anonymous,
        "restricted": entry.restricted,
        "recused_users": list(entry.recused_users),
        "parties": [{"person": str(person.pk), "part": part} for person, part in people],
        "limits": _limits(entry, received_at) or None,
        "missing": len(entry.words.get("missing", "").splitlines()) or None,
        "item": entry.item,
        "items_offered": entry.items_offered,
        "catalogue": number_in_force() if entry.item or entry.items_offered else None,
    }
    return {name: value for name, value in facts.items() if value not in ("", None)}


def _limits(entry: Registration, received_at: datetime) -> list[dict[str, str]]:
    """The limits that were spoken of at the counter, fit to run."""
    rules, today = gathering_now().counting.rules, local_day(received_at)
    for rule, began in entry.limits:
        check_noted(rules, rule, began, today)
    return [{"rule": rule, "from_on": began.isoformat()} for rule, began in entry.limits]


def decided(choice: Choice, offered: Sequence[UUID]) -> dict[str, Any]:
    """What the event says of the suggestions: which matters were offered, and what a person decided."""
    return {"decided": choice.value, "offered": [str(matter) for matter in offered]} if offered else {}


def person_row(entry: PersonEntry) -> tuple[Person, str]:
    person = Person(
        id_type=entry.id_type if entry.id_number else "", accessibility_needs=list(entry.accessibility_needs)
    )
    person.name_sealed = person.sealed("name", entry.name)
    person.id_number_sealed = person.sealed("id_number", entry.id_number)
    person.id_number_index = blind_index(entry.id_number, "id_number") if entry.id_number else None
    person.phone_sealed = person.sealed("phone", entry.phone)
    person.phone_index = blind_index(entry.phone, "phone") if entry.phone else None
    person.address_sealed = person.sealed("address", entry.address)
    return person, entry.part


def _children(
    entry: Registration, seq: int, matter: UUID, people: list[tuple[Person, str]], when: When
) -> list[Person | Party | Contact]:
    contact = Contact(
        matter_id=matter,
        seq=seq,
        channel=entry.channel.value,
        received_at=when.occurred_at,
        postmarked_on=entry.postmarked_on,
    )
    parties = [Party(matter_id=matter, person=person, part=part, seq=seq) for person, part in people]
    return [*(person for person, _part in people), *parties, contact]


def _gather(matter: Matter, state: MatterState, children: list[Person | Party | Contact]) -> None:
    """Hand the rows over; they are inserted together when the transaction ends."""
    gathering = gathering_now()
    gathering.matters[matter.pk] = matter
    gathering.keys[matter.submission_key] = Submission(matter.pk, state.number, bytes(matter.body_hash or b""))
    gathering.add(*children)
    gathering.project(state)


def _next_ledger_number(ledger: str, moment: datetime) -> str:
    """The next number of this ledger in the year of a moment."""
    year = moment.astimezone(SHANGHAI).year
    gathering = gathering_now()
    counter = gathering.counters.get((ledger, year))
    if counter is None:
        LedgerCounter.objects.bulk_create([LedgerCounter(code9=ledger, year=year)], ignore_conflicts=True)
        counter = LedgerCounter.objects.select_for_update().get(code9=ledger, year=year)
    counter.last += 1
    gathering.counters[ledger, year] = counter
    return ledger_number(ledger, year, counter.last)
