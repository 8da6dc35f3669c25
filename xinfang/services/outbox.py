"""What leaves the house: messages are written with what caused them and handed to the carrier afterwards, once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from xinfang.gateways.messages import Gateway, Message, NotDelivered, configured
from xinfang.models import Installation, OutgoingMessage
from xinfang.models.protection import protect, reveal

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=1)


def carrier() -> Gateway:
    """What carries messages in this installation."""
    is_demo = Installation.objects.filter(pk=1).values_list("is_demo", flat=True).first()
    return configured(is_demo=bool(is_demo))


def enqueue(*, effect_key: str, matter: UUID | None, channel: str, address: str, text: str, at: datetime) -> None:
    """Write one message in the transaction of what caused it; the same effect is written once.

    Without a carrier nothing is written: a message must not go out months later, when one is set up.
    """
    if not carrier().is_there:
        return
    message = OutgoingMessage(
        effect_key=effect_key,
        matter=matter,
        channel=channel,
        address_sealed=protect(address.encode(), _place(effect_key, "address")),
        text_sealed=protect(text.encode(), _place(effect_key, "text")),
        due_at=at,
    )
    OutgoingMessage.objects.bulk_create([message], ignore_conflicts=True)


def _place(effect_key: str, column: str) -> str:
    return f"message|{column}|{effect_key}"


def drain(*, gateway: Gateway, at: datetime, most: int = 50) -> int:
    """Hand what is due to the carrier and return how many it took. Call it outside a transaction.

    A message is claimed by compare-and-set for the time of a lease. Whoever dies between the carrier's yes and our
    note of it leaves it due again after the lease: it is handed over once more under the same effect key.
    """
    if not gateway.is_there:
        return 0
    waiting = OutgoingMessage.objects.filter(sent_at__isnull=True, due_at__lte=at, attempts__lt=MOST_ATTEMPTS)
    return sum(_deliver(message, gateway, at) for message in waiting.order_by("due_at", "id")[:most])


def _deliver(message: OutgoingMessage, gateway: Gateway, at: datetime) -> bool:
    mine = OutgoingMessage.objects.filter(pk=message.pk, attempts=message.attempts, sent_at__isnull=True)
    if not mine.update(attempts=F("attempts") + 1, due_at=at + LEASE):
        return False
    row = OutgoingMessage.objects.filter(pk=message.pk)
    try:
        provider_id = gateway.send(_opened(message))
    except NotDelivered as refused:
        pause = min(LONGEST_PAUSE, timedelta(minutes=1) * 2**message.attempts)
        row.update(due_at=at + pause, failure=refused.reason[:80])
        return False
    # What was said is no longer needed here, and a one-time code never is.
    row.update(sent_at=at, provider_id=provider_id[:80], failure="", address_sealed=b"", text_sealed=b"")
    return True


def _opened(message: OutgoingMessage) -> Message:
    return Message(
        effect_key=message.effect_key,
        channel=message.channel,
        address=reveal(bytes(message.address_sealed), _place(message.effect_key, "address")).decode(),
        text=reveal(bytes(message.text_sealed), _place(message.effect_key, "text")).decode(),
    )
