"""What leaves the house: messages are written with what caused them and handed to the carrier afterwards, once.

Where one goes and what it says is found when it goes out: by then a matter may be sealed, a batch taken back, a phone
corrected. Whom no phone and no e-mail reaches gets a letter, which waits for somebody who posts it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from xinfang.gateways.carriers import Carriers, configured
from xinfang.gateways.messages import MAIL, SMS, Gateway, Message, NotDelivered
from xinfang.labels.messages import text_of, values_of
from xinfang.models import Installation, OutgoingMessage
from xinfang.models.protection import blind_index, protect, reveal
from xinfang.queries.reaching import Addressee, addressee_of
from xinfang.rules.access.masking import masked_mail, masked_number
from xinfang.rules.clocks.shape import local_day, midnight_after
from xinfang.rules.notices.messages import (
    GUEST,
    HELD,
    SAID_TOGETHER,
    UNSURE,
    MessageKind,
    MessageState,
    MessageWay,
    held_until,
    may_be_posted,
    pause_after,
    way_of,
)
from xinfang.services.gathering import gathered

LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class _Parcel:
    """A message with its address: what is handed over."""

    way: MessageWay
    address: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Guest:
    """Somebody who is no petitioner: the phone that was written down for them, and their own code, if any."""

    phone: str
    code: str = ""


def carrier() -> Carriers:
    """What carries messages in this installation."""
    is_demo = Installation.objects.filter(pk=1).values_list("is_demo", flat=True).first()
    return configured(is_demo=bool(is_demo))


def texts_go_out() -> bool:
    """Can this installation send text messages?"""
    return carrier().carries(SMS)


def mails_go_out() -> bool:
    """Can this installation send e-mail?"""
    return carrier().carries(MAIL)


def write(
    *,
    kind: MessageKind,
    matter: UUID,
    effect_key: str,
    at: datetime,
    due_at: datetime,
    facts: dict[str, Any],
    expires_at: datetime | None = None,
    to: "Guest | None" = None,
) -> None:
    """Write one message in the transaction of what caused it; the same effect is written once. `facts` name nobody.

    With `to` it is for somebody who is no petitioner; phone and code are encrypted and kept until it is sent.
    """
    message = OutgoingMessage(
        effect_key=effect_key, matter=matter, kind=kind.value, facts=facts, at=at, due_at=due_at, expires_at=expires_at
    )
    if to is not None:
        message.channel, message.facts = SMS, {**facts, GUEST: True}
        message.address_sealed = protect(to.phone.encode(), _place(effect_key, "address"))
        message.text_sealed = protect(to.code.encode(), _place(effect_key, "text")) if to.code else b""
    gathering = gathered()
    if gathering is not None and matter in gathering.chains:
        gathering.add(message)
    else:
        OutgoingMessage.objects.bulk_create([message], ignore_conflicts=True)


def call_back(*, effect_key: str) -> None:
    """Do not send what is not true any more; what has gone out has gone out."""
    waiting = OutgoingMessage.objects.filter(effect_key=effect_key, state=MessageState.WAITING)
    waiting.update(state=MessageState.DROPPED, failure="called_back", address_sealed=b"", text_sealed=b"")


def codes_to(phone: str, since: datetime) -> int:
    """How many one-time codes went to this phone, whatever the matter."""
    rows = OutgoingMessage.objects.filter(kind=MessageKind.PHONE_CODE, reached_index=phone_mark(phone), at__gt=since)
    return rows.count()


def enqueue_code(*, effect_key: str, matter: UUID, phone: str, code: str, at: datetime, until: datetime) -> None:
    """A one-time code to this phone, of no use after `until`; both are kept encrypted and only until it is sent."""
    message = OutgoingMessage(
        effect_key=effect_key,
        matter=matter,
        kind=MessageKind.PHONE_CODE.value,
        channel=SMS,
        address_sealed=protect(phone.encode(), _place(effect_key, "address")),
        text_sealed=protect(code.encode(), _place(effect_key, "text")),
        reached_index=phone_mark(phone),
        at=at,
        due_at=at,
        expires_at=until,
    )
    OutgoingMessage.objects.bulk_create([message], ignore_conflicts=True)


def tell_former_phone(*, effect_key: str, matter: UUID, phone: str, at: datetime) -> None:
    """That something was changed, to the phone as it stood before; it is kept encrypted and only until it is sent."""
    message = OutgoingMessage(
        effect_key=effect_key,
        matter=matter,
        kind=MessageKind.DETAILS.value,
        channel=SMS,
        address_sealed=protect(phone.encode(), _place(effect_key, "address")),
        at=at,
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
    waiting = OutgoingMessage.objects.filter(state=MessageState.WAITING, due_at__lte=at)
    return sum(_deliver(message, gateway, at) for message in waiting.order_by("due_at", "id")[:most])


def _deliver(message: OutgoingMessage, gateway: Gateway, at: datetime) -> bool:
    mine = OutgoingMessage.objects.filter(pk=message.pk, attempts=message.attempts, state=MessageState.WAITING)
    unsure = message.maybe_twice or (message.attempts > 0 and message.failure in {"", UNSURE})
    if not mine.update(attempts=F("attempts") + 1, due_at=at + LEASE, failure="", maybe_twice=unsure):
        return False
    message.attempts, message.maybe_twice = message.attempts + 1, unsure
    addressee = addressee_of(message.matter) if message.matter else None
    parcel = _parcel(message, addressee, gateway, at)
    if isinstance(parcel, str):
        _note(message, state=MessageState.DROPPED, failure=parcel, address_sealed=b"", text_sealed=b"")
        return False
    if parcel.way is MessageWay.SMS and _is_held(message, parcel, at):
        return False
    if parcel.way is MessageWay.LETTER:
        _note(message, state=MessageState.TO_POST, channel=MessageWay.LETTER, attempts=0)
        return False
    return _hand_over(message, parcel, addressee, gateway, at)


def phone_mark(phone: str) -> bytes:
    """By what the messages of one phone are counted; it tells nobody which phone, nor who is called by it."""
    return blind_index(phone, "message")


def _is_held(message: OutgoingMessage, parcel: _Parcel, at: datetime) -> bool:
    """Has this phone heard enough today? Then it waits for the morning; what says the same again is said with it."""
    today = midnight_after(local_day(at)) - timedelta(days=1)
    heard = OutgoingMessage.objects.filter(reached_index=phone_mark(parcel.address), sent_at__gte=today)
    count = heard.exclude(kind=MessageKind.PHONE_CODE).count()
    until = held_until(MessageKind(message.kind), message.expires_at, count, at)
    if until is None:
        return False
    same = OutgoingMessage.objects.filter(
        matter=message.matter, kind=message.kind, facts=message.facts, state=MessageState.WAITING, failure=HELD
    )
    if same.exclude(pk=message.pk).exists():
        _note(message, state=MessageState.DROPPED, failure=SAID_TOGETHER)
    else:
        _note(message, due_at=until, failure=HELD, attempts=message.attempts - 1)
    return True


def forget_phones(*, at: datetime) -> int:
    """Which phone a message went to is counted for a day and then forgotten."""
    old = at - timedelta(days=2)
    return OutgoingMessage.objects.filter(reached_index__isnull=False, at__lt=old, due_at__lt=old).update(
        reached_index=None
    )


def _note(message: OutgoingMessage, **columns: Any) -> None:
    OutgoingMessage.objects.filter(pk=message.pk).update(**columns)


def _parcel(message: OutgoingMessage, addressee: Addressee | None, gateway: Gateway, at: datetime) -> _Parcel | str:
    """Where it goes and what fills its blanks; or the reason for which it does not go out at all."""
    if message.expires_at is not None and message.expires_at <= at:
        return "too_late"
    if addressee is None:
        return "may_not"
    if message.address_sealed:
        return _sealed_parcel(message)
    if GUEST in message.facts:
        return "may_not"
    carried = frozenset(MessageWay(channel) for channel in (SMS, MAIL) if gateway.carries(channel))
    way = way_of(MessageKind(message.kind), addressee.channel, addressee.reach, carried)
    if way is None:
        return "no_way" if carried or not addressee.reach.phone else "no_sms_gateway"
    address = {MessageWay.SMS: addressee.reach.phone, MessageWay.MAIL: addressee.reach.mail}.get(way, "")
    return _Parcel(way, address, {**message.facts, "number": addressee.number})


def _sealed_parcel(message: OutgoingMessage) -> _Parcel:
    """What carries its own address: a code, or a word to the phone as it stood before."""
    sealed = {"code": bytes(message.text_sealed)} if message.text_sealed else {}
    facts = {name: reveal(words, _place(message.effect_key, "text")).decode() for name, words in sealed.items()}
    address = reveal(bytes(message.address_sealed), _place(message.effect_key, "address")).decode()
    return _Parcel(MessageWay.SMS, address, {**message.facts, **facts})


def _hand_over(
    message: OutgoingMessage, parcel: _Parcel, addressee: Addressee | None, gateway: Gateway, at: datetime
) -> bool:
    kind = MessageKind(message.kind)
    reached = masked_number(parcel.address) if parcel.way is MessageWay.SMS else masked_mail(parcel.address)
    mark = phone_mark(parcel.address) if parcel.way is MessageWay.SMS else None
    _note(message, channel=parcel.way.value, reached=reached, reached_index=mark)
    try:
        provider_id = gateway.send(
            Message(
                effect_key=message.effect_key,
                channel=parcel.way.value,
                address=parcel.address,
                text=text_of(kind, parcel.facts),
                kind=kind.value,
                values=values_of(kind, parcel.facts),
                at=at,
            )
        )
    except NotDelivered as refused:
        _refused(message, refused, addressee, at)
        return False
    # What was said is no longer needed here, and a one-time code never is.
    done = {"state": MessageState.SENT, "sent_at": at, "provider_id": provider_id[:80]}
    _note(message, **done, failure="", address_sealed=b"", text_sealed=b"")
    return True


def _refused(message: OutgoingMessage, refused: NotDelivered, addressee: Addressee | None, at: datetime) -> None:
    """Try again later; or give it up, and then it goes by post where there is an address."""
    pause = pause_after(message.attempts, refused.reason, lasting=refused.lasting)
    if pause is not None:
        _note(message, due_at=at + pause, failure=refused.reason[:80])
        return
    give_up(message, addressee, failure=refused.reason[:80])


def give_up(message: OutgoingMessage, addressee: Addressee | None, **columns: Any) -> None:
    """It did not arrive and will not: by post where there is an address, else somebody of the house must know."""
    posts = addressee and addressee.reach.address and may_be_posted(MessageKind(message.kind), addressee.channel)
    posts = posts and GUEST not in message.facts
    state = MessageState.TO_POST if posts else MessageState.FAILED
    _note(message, state=state, address_sealed=b"", text_sealed=b"", **columns)
