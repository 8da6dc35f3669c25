"""What may petitioners have put right, and what may they take home? Their own name, phone and address; all of it.

From home both need the proof that staff never see: an address decides where papers go, a phone who can prove to be whom
(Personal Information Protection Law, articles 45 and 46). At the window somebody of the house writes down what they
say; a phone that came so proves nothing for some days. What stood there before stays in the ledger, encrypted, and is
told of the change.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xinfang.models import Party, Person
from xinfang.models.protection import blind_index
from xinfang.queries.reaching import came_with_of, parties_of
from xinfang.rules.access.safety import reads_address
from xinfang.rules.access.sight import may_open_identity
from xinfang.rules.intake.materials import require_adding
from xinfang.rules.intake.own_details import corrected
from xinfang.rules.intake.window import CODE_GIVERS
from xinfang.rules.matters.events import EventType
from xinfang.rules.notices.messages import may_speak
from xinfang.rules.people.seats import PETITIONER, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services import outbox, proofs
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
        after, before = _changes(person, given)
        proofs.use_up(proved, at=at)
        _put_right(turn, person, after, before, proved.actor, at)
    return tuple(after)


@transaction.atomic
def correct_at_window(
    *, matter: UUID, person: UUID, given: Mapping[str, str], by: Actor, at: datetime
) -> tuple[str, ...]:
    """Write down what somebody at the counter says of themselves; returns the names of what changed.

    Refused as if it were not there for whoever may not open who it is; `details_at_the_window_only` for other posts.
    """
    turn = take(matter)
    if not may_open_identity(turn.state, by, at) or not reads_address(turn.state, by, at):
        raise RuleBroken("not_found")
    if not by.roles & CODE_GIVERS:
        raise RuleBroken("details_at_the_window_only")
    require_adding(turn.state, PETITIONER)
    party = Party.objects.filter(matter_id=matter, person_id=person, person__masked_at__isnull=True).first()
    if party is None:
        raise RuleBroken("choice_unknown", field="person")
    after, before = _changes(party.person, given)
    of = came_with_of(matter).get(party.seq, 1)
    _put_right(turn, party.person, after, before, by.on_part_of(of), at)
    return tuple(after)


def _changes(person: Person, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is new, and what stood in its place."""
    known = {name: person.opened(name) for name in ("name", "phone", "address")}
    after = corrected(known, given)
    return after, {name: known[name] for name in after}


def _put_right(
    turn: Turn, person: Person, after: Mapping[str, str], before: Mapping[str, str], by: Actor, at: datetime
) -> None:
    matter, former = turn.state.id, before.get("phone")
    _record(turn, person, before, by, at)
    _write(person, after)
    if "phone" in after:
        proofs.forget_codes(matter, at)
    # Where home is not safe the old phone may lie there.
    if former and may_speak(turn.state) and turn.state.address_kept_at is None:
        key = f"former-phone:{matter}:{turn.state.seq}"
        outbox.tell_former_phone(effect_key=key, matter=matter, phone=former, at=at)
    turn.finish()


def _own_person(matter: UUID) -> Person:
    """The petitioner to whom codes go: whoever left a phone, otherwise the first. An agent is not meant."""
    people = [party.person for party in parties_of(matter) if party.person.masked_at is None]
    if not people:
        raise RuleBroken("nobody_to_correct")
    return next((person for person in people if person.opened("phone")), people[0])


def _record(turn: Turn, person: Person, before: Mapping[str, str], by: Actor, at: datetime) -> None:
    payload = {"person": str(person.pk), "corrected": sorted(before)}
    words = {f"before_{name}": text for name, text in before.items() if text}
    roles = None if by.petitioner else CODE_GIVERS
    turn.record(Draft(EventType.PARTY_CORRECTED, payload, words), When.now(at), by, roles)


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
