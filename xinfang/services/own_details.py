"""What may petitioners have put right, and what may they take home? Their own name, phone and address; all of it.

Both need the proof that staff never see: an address decides where papers go, a phone who can prove to be whom
(Personal Information Protection Law, articles 45 and 46). What stood there before stays in the ledger, encrypted.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xinfang.models import Party, Person
from xinfang.models.protection import blind_index
from xinfang.rules.intake.materials import require_adding
from xinfang.rules.intake.own_details import corrected
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import PETITIONER, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services import proofs
from xinfang.services.ledger import Draft, When
from xinfang.services.turns import Turn, take


def correct(
    *, matter: UUID, given: Mapping[str, str], way: str, code: str, address: str, at: datetime
) -> tuple[str, ...]:
    """Put right what is given and differs; returns the names of what changed. Raises `nothing_to_correct`."""
    proved = proofs.prove(matter=matter, way=way, code=code, address=address, at=at)
    with transaction.atomic():
        turn = take(matter)
        require_adding(turn.state, PETITIONER)
        person = _own_person(matter)
        before = {name: person.opened(name) for name in ("name", "phone", "address")}
        after = corrected(before, given)
        proofs.use_up(proved, at=at)
        _record(turn, person, {name: before[name] for name in after}, proved.actor, at)
        _write(person, after)
        turn.finish()
    return tuple(after)


def _own_person(matter: UUID) -> Person:
    """The petitioner to whom codes go: whoever left a phone, otherwise the first. An agent is not meant."""
    parties = Party.objects.filter(matter_id=matter, person__masked_at__isnull=True).exclude(part=Party.Part.AGENT)
    people = [party.person for party in parties.select_related("person").order_by("id")]
    if not people:
        raise RuleBroken("nobody_to_correct")
    return next((person for person in people if person.opened("phone")), people[0])


def _record(turn: Turn, person: Person, before: Mapping[str, str], by: Actor, at: datetime) -> None:
    payload = {"person": str(person.pk), "corrected": sorted(before)}
    words = {f"before_{name}": text for name, text in before.items() if text}
    turn.record(Draft(EventType.PARTY_CORRECTED, payload, words), When.now(at), by)


def _write(person: Person, after: Mapping[str, str]) -> None:
    for name, text in after.items():
        setattr(person, f"{name}_sealed", person.sealed(name, text))
    if "phone" in after:
        person.phone_index = blind_index(after["phone"], "phone")
    person.save()


def take_record(*, matter: UUID, way: str, code: str, address: str, at: datetime) -> None:
    """Prove to be the petitioner, and note that the whole record was taken; only they read that it was."""
    proved = proofs.prove(matter=matter, way=way, code=code, address=address, at=at)
    with transaction.atomic():
        turn = take(matter)
        proofs.use_up(proved, at=at)
        turn.record(Draft(EventType.RECORD_TAKEN), When.now(at), proved.actor)
        turn.finish()
