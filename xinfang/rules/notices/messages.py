"""Which events speak to the petitioner outside the house, by which way, and what follows a refusal? (domain 2.10, H-05)

Whatever is said is neutral: no subject, no organ, no name; the query code never. Whoever wants secrecy hears nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xinfang.rules.clocks.shape import local_day, midnight_after
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import Channel
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Role


class MessageKind(StrEnum):
    """What a message tells the petitioner."""

    RECEIPT = "receipt"
    DOCUMENT = "document"
    RESULT = "result"
    PAPERS = "papers"
    CODE_RENEWED = "code_renewed"
    DETAILS = "details"
    RIGHT_NEARING = "right_nearing"
    RECEPTION = "reception"
    RECEPTION_OFF = "reception_off"
    SESSION = "session"
    SESSION_CODE = "session_code"
    SESSION_MOVED = "session_moved"
    SESSION_OFF = "session_off"
    SESSION_SOON = "session_soon"
    PHONE_CODE = "phone_code"


class MessageState(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENT = "sent"
    TO_POST = "to_post"
    POSTED = "posted"
    FAILED = "failed"
    DROPPED = "dropped"
    ARRIVED = "arrived"


class MessageWay(StrEnum):
    """How a message goes; `none` is a petitioner's wish to be left alone."""

    SMS = "sms"
    MAIL = "mail"
    LETTER = "letter"
    NONE = "none"


@dataclass(frozen=True)
class Reach:
    """What the petitioner left to be reached by, and what they asked for, if anything."""

    phone: str = ""
    mail: str = ""
    address: str = ""
    wish: MessageWay | None = None


KINDS: dict[str, MessageKind] = {
    EventType.REGISTERED: MessageKind.RECEIPT,
    EventType.INFORMED: MessageKind.DOCUMENT,
    EventType.CHANNELLED: MessageKind.DOCUMENT,
    EventType.ACCEPTED: MessageKind.DOCUMENT,
    EventType.NOT_ACCEPTED: MessageKind.DOCUMENT,
    EventType.NO_LONGER_ACCEPTED: MessageKind.DOCUMENT,
    EventType.REFUSAL_UPHELD: MessageKind.DOCUMENT,
    EventType.REFUSAL_OVERTURNED: MessageKind.DOCUMENT,
    EventType.EXTENDED: MessageKind.DOCUMENT,
    EventType.OPINION_SERVED: MessageKind.RESULT,
    EventType.IMPLEMENTED: MessageKind.RESULT,
    EventType.REPLIED_DIRECTLY: MessageKind.RESULT,
    EventType.PAPERS_ASKED: MessageKind.PAPERS,
    EventType.CODE_RENEWED: MessageKind.CODE_RENEWED,
    EventType.PARTY_CORRECTED: MessageKind.DETAILS,
}
# Whoever registered in these ways holds the receipt already, on paper or on the screen.
RECEIPT_IN_HAND = frozenset({Channel.VISIT, Channel.WEB, Channel.LEADER_RECEPTION, Channel.FIELD_VISIT})
# What the petitioner must hear of even if they asked for nothing: it may not have been them.
WATCHED = frozenset({MessageKind.CODE_RENEWED, MessageKind.DETAILS})
# What is of use today or not at all, and what warns: no limit holds it back.
CANNOT_WAIT = WATCHED | {MessageKind.PHONE_CODE, MessageKind.RECEPTION, MessageKind.RECEPTION_OFF}
# In the facts of a message to somebody who is no petitioner: what does not reach them goes to nobody else.
GUEST = "guest"
MOST_A_DAY = 5
HELD, SAID_TOGETHER, NOT_ARRIVED = "held_back", "said_together", "not_arrived"
MORNING = timedelta(hours=8, minutes=30)
BATCH_WAITS = timedelta(hours=24)
MOST_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=1)
# Nobody knows whether it was taken: asked once more, and marked as perhaps there twice.
UNSURE, UNSURE_ATTEMPTS = "no_answer", 2
# Who may open an address because a letter goes there.
POSTERS = frozenset(
    {Role.WINDOW_CLERK, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.PETITION_BUREAU, Role.STATION_HEAD}
)


def may_speak(state: MatterState) -> bool:
    """May anything be said of this matter outside? A message itself says that somebody was here."""
    silent = state.restricted or state.sealed or state.imported or state.anonymous
    return not silent and state.revoked_at is None


def kind_of(event: Event, state: MatterState) -> MessageKind | None:
    """What the petitioner hears of this event, if anything."""
    return KINDS.get(event.type) if may_speak(state) else None


def due_at(event: Event, state: MatterState) -> datetime:
    """When it may go out: at once, or when the batch that it came with can no longer be taken back."""
    return max(event.recorded_at, state.registered_at + BATCH_WAITS) if state.batch else event.recorded_at


def way_of(kind: MessageKind, channel: Channel, reach: Reach, carried: frozenset[MessageWay]) -> MessageWay | None:
    """How this message goes: as the petitioner asked, else to the phone, else on paper; None if there is no way."""
    open_ways = [way for way in (MessageWay.SMS, MessageWay.LETTER) if _is_open(way, kind, channel, reach, carried)]
    # What somebody else may have done is said to the phone on file: whoever holds a code may have changed the wish.
    heeded = kind not in WATCHED
    if heeded and reach.wish is MessageWay.NONE:
        return None
    if heeded and reach.wish is not None and _is_open(reach.wish, kind, channel, reach, carried):
        return reach.wish
    if reach.phone:
        # A letter to somebody who left a phone is for when the phone did not work.
        return MessageWay.SMS if MessageWay.SMS in open_ways else None
    return MessageWay.LETTER if MessageWay.LETTER in open_ways else None


def _is_open(
    way: MessageWay, kind: MessageKind, channel: Channel, reach: Reach, carried: frozenset[MessageWay]
) -> bool:
    if way is MessageWay.LETTER:
        return bool(reach.address) and may_be_posted(kind, channel)
    return way in carried and bool(reach.phone if way is MessageWay.SMS else reach.mail)


def may_be_posted(kind: MessageKind, channel: Channel) -> bool:
    """Is a letter of any use? Not for what lasts hours, nor for a receipt that is in the petitioner's hand."""
    if kind in {MessageKind.PHONE_CODE, MessageKind.RECEPTION, MessageKind.SESSION_CODE, MessageKind.SESSION_SOON}:
        return False
    return kind is not MessageKind.RECEIPT or channel not in RECEIPT_IN_HAND


def held_until(kind: MessageKind, expires_at: datetime | None, sent_today: int, at: datetime) -> datetime | None:
    """When a message goes out whose phone has had its share of today, over all matters; None where it goes at once."""
    may_wait = kind not in CANNOT_WAIT and expires_at is None
    return midnight_after(local_day(at)) + MORNING if may_wait and sent_today >= MOST_A_DAY else None


def pause_after(attempts: int, reason: str, *, lasting: bool) -> timedelta | None:
    """How long to wait after so many attempts, the last of them refused for this reason; None to give it up."""
    most = UNSURE_ATTEMPTS if reason == UNSURE else MOST_ATTEMPTS
    if lasting or attempts >= most:
        return None
    return min(LONGEST_PAUSE, timedelta(minutes=2 ** (attempts - 1)))


def may_send_again(kind: MessageKind, state: MessageState, failure: str, matter: MatterState) -> bool:
    """May somebody ask for another try? Not for a code that has expired, nor for what may not be said any more."""
    undone = state is MessageState.FAILED or (state is MessageState.TO_POST and failure != "")
    return undone and kind is not MessageKind.PHONE_CODE and may_speak(matter)
