"""From when does a telephone prove that it is the petitioner? (product "Proofs": proofs that staff never see)

A phone that was there from the beginning, or that the petitioner put right under a proof, proves at once. One that
staff wrote into the file later does so after a pause: by then the old phone was told of it, and could say no.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

STAFF_PHONE_PAUSES = timedelta(days=7)


def proves_from(events: Iterable[Event], person: UUID, came_with: int) -> datetime | None:
    """When the phone of this person, who came into the file with this event, begins to prove; None: it does already.

    `events` are those of one matter in their order, at least what named the person and every correction.
    """
    wrote = [event for event in events if event.seq == came_with or _is_phone_of(event, person)]
    last = wrote[-1] if wrote else None
    if last is None or last.seq == 1 or last.role == Role.PETITIONER:
        return None
    return last.recorded_at + STAFF_PHONE_PAUSES


def _is_phone_of(event: Event, person: UUID) -> bool:
    payload = event.payload
    if event.type != EventType.PARTY_CORRECTED:
        return False
    return payload.get("person") == str(person) and "phone" in payload.get("corrected", ())
