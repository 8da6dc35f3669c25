"""What became of the messages to petitioners? Of one matter, the letters that wait, and the whole house counted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min

from xinfang.models import OutgoingMessage, Party
from xinfang.queries.access import matters_for
from xinfang.rules.notices.messages import MessageState
from xinfang.rules.people.seats import Actor

LETTERS_MOST = 200


@dataclass(frozen=True)
class WaitingLetter:
    """One letter that somebody must post."""

    message: OutgoingMessage
    number: str
    name: str


@dataclass(frozen=True)
class Tally:
    """How many messages stand in one state, and since when the oldest of them."""

    state: MessageState
    channel: str
    failure: str
    count: int
    since: datetime


def messages_of(matter: UUID) -> list[OutgoingMessage]:
    """Every message of one matter, newest first."""
    return list(OutgoingMessage.objects.filter(matter=matter).order_by("-at", "-pk"))


def letters_for(actor: Actor, now: datetime) -> list[WaitingLetter]:
    """The letters that wait for the post, oldest first, of matters that this person sees; none to an unsafe home."""
    seen = matters_for(actor, now).filter(restricted=False, address_kept_at__isnull=True)
    waiting = OutgoingMessage.objects.filter(state=MessageState.TO_POST, matter__in=seen.values("pk"))
    rows = list(waiting.order_by("at", "pk")[:LETTERS_MOST])
    matters = {row.matter for row in rows}
    numbers = dict(seen.filter(pk__in=matters).values_list("pk", "number"))
    names: dict[UUID, str] = {}
    parties = Party.objects.filter(matter_id__in=matters).exclude(part=Party.Part.AGENT).select_related("person")
    for party in parties.order_by("id"):
        if party.person.address_sealed:
            names.setdefault(party.matter_id, party.person.opened("name"))
    return [WaitingLetter(row, numbers[row.matter], names.get(row.matter, "")) for row in rows if row.matter in numbers]


def letter_for(actor: Actor, letter: int, now: datetime) -> WaitingLetter | None:
    """One letter that waits, for who may see its matter."""
    return next((found for found in letters_for(actor, now) if found.message.pk == letter), None)


def tallies() -> list[Tally]:
    """How many messages wait, failed or were not sent, by way and reason; nothing of what they say."""
    undone = [MessageState.WAITING, MessageState.TO_POST, MessageState.FAILED, MessageState.DROPPED]
    rows = OutgoingMessage.objects.filter(state__in=undone).values_list("state", "channel", "failure")
    counted = rows.annotate(count=Count("pk"), since=Min("at")).order_by("state", "channel", "failure")
    return [Tally(MessageState(state), *rest) for state, *rest in counted]
