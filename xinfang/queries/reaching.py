"""How can the petitioner be reached, and nobody else? Read at the moment at which something is sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from xinfang.models import Event, Matter, Party, Person
from xinfang.models.notices import MessageWish
from xinfang.rules.access.petitioner_sight import whose
from xinfang.rules.access.proving import proves_from
from xinfang.rules.intake.window import AccessNeed
from xinfang.rules.matters.codes import Channel
from xinfang.rules.matters.events import EventType
from xinfang.rules.notices.messages import MessageWay, Reach


@dataclass(frozen=True)
class Addressee:
    """The petitioner of one matter, as far as a message must know: the public number, how it came in, the ways."""

    number: str
    channel: Channel
    name: str
    reach: Reach


@dataclass(frozen=True)
class OwnPhone:
    """The petitioner's own phone, or "", and until when it proves nothing because staff wrote it into the file."""

    number: str = ""
    paused_until: datetime | None = None

    def proves(self, now: datetime) -> bool:
        return bool(self.number) and (self.paused_until is None or self.paused_until <= now)


def own_phone(matter: UUID) -> OwnPhone:
    """The petitioner's own phone; an agent's phone proves nothing."""
    for party in parties_of(matter):
        number = party.person.opened("phone")
        if number:
            told = Q(seq=party.seq) | Q(type=EventType.PARTY_CORRECTED)
            events = Event.objects.filter(told, chain_id=matter).order_by("seq")
            since = proves_from((event.plain() for event in events), party.person_id, party.seq)
            return OwnPhone(number, since)
    return OwnPhone()


def asks_large_print(matter: UUID) -> bool:
    """Did anybody of this matter ask for large print? Then every paper of it is printed so."""
    asked = Party.objects.filter(matter_id=matter).values_list("person__accessibility_needs", flat=True)
    return any(AccessNeed.LARGE_PRINT in needs for needs in asked)


def came_with_of(matter: UUID) -> dict[int, int]:
    """For each event with which somebody came into a matter after it was brought: whose part it was, if not all's."""
    came = Event.objects.filter(chain_id=matter, type__in=(EventType.PARTY_ADDED, EventType.CONTACT_ADDED))
    found = {event.seq: whose(event.plain()) for event in came}
    return {seq: of for seq, of in found.items() if of > 1}


def parties_of(matter: UUID, came_with: int = 1) -> list[Party]:
    """The petitioners who came with that event, or came again to that part of it; an agent is not meant."""
    parties = Party.objects.filter(matter_id=matter).exclude(part=Party.Part.AGENT).select_related("person")
    groups = came_with_of(matter)
    return [party for party in parties.order_by("id") if groups.get(party.seq, 1) == came_with]


def _people(matter: UUID) -> list[Person]:
    return [party.person for party in parties_of(matter)]


def _first(people: list[Person], column: str) -> str:
    return next((found for person in people if (found := person.opened(column))), "")


def addressee_of(matter: UUID) -> Addressee | None:
    """Whom a message of this matter is for; None where none may go out: sealed, restricted, taken back, unsafe."""
    row = Matter.objects.filter(pk=matter, sealed=False, restricted=False, imported=False).first()
    if row is None or (row.batch and _taken_back(matter)):
        return None
    wish = MessageWish.objects.filter(matter=matter).first()
    if row.address_kept_at is not None and (wish is None or wish.at < row.address_kept_at):
        return None  # where home is not safe nothing goes out before they have said how it is safe, and then only so
    people = _people(matter)
    only = MessageWay(wish.way) if wish and row.address_kept_at is not None else None
    at_home = next((person for person in people if person.opened("address")), None)
    reach = Reach(
        phone=_first(people, "phone") if only in {None, MessageWay.SMS} else "",
        mail=wish.mail if wish else "",
        address=at_home.opened("address") if at_home and only in {None, MessageWay.LETTER} else "",
        wish=MessageWay(wish.way) if wish else None,
    )
    return Addressee(row.number, Channel(row.channel), at_home.opened("name") if at_home else "", reach)


def wish_of(matter: UUID) -> str:
    """How the petitioner asked to be told, or ""."""
    return MessageWish.objects.filter(matter=matter).values_list("way", flat=True).first() or ""


def _taken_back(matter: UUID) -> bool:
    return Event.objects.filter(chain_id=matter, type=EventType.BATCH_REVOKED).exists()
