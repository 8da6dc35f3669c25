"""Who posts what no phone and no e-mail reached, and may a message that failed be sent again? Each letter once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xinfang.models import OutgoingMessage
from xinfang.queries.access import state_for
from xinfang.queries.reaching import Addressee, addressee_of
from xinfang.rules.access.safety import reads_address
from xinfang.rules.access.sight import may_open_identity
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.notices.messages import POSTERS, MessageKind, MessageState, MessageWay, may_send_again
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.looks import open_identity

LONGEST_NUMBER = 40
NO_LETTER = "no_such_letter"


def open_letter(*, letter: int, by: Actor, reason: str, at: datetime) -> Addressee:
    """Whom a letter goes to, in the clear; that somebody looked is noted, as for every look at an identity."""
    row = _letter(letter, by)
    matter = _matter(row, by, at)
    addressee = addressee_of(matter)
    if addressee is None or not addressee.reach.address:
        raise RuleBroken(NO_LETTER)
    open_identity(matter=matter, by=by, reason=reason, at=at)
    return addressee


@transaction.atomic
def mark_posted(*, letter: int, number: str, by: Actor, at: datetime) -> None:
    """Note that a letter went to the post, with the number of the registered mail if it has one; once."""
    row = _letter(letter, by)
    _matter(row, by, at)
    plain = tidy(number)
    if len(plain) > LONGEST_NUMBER:
        raise RuleBroken("text_too_long", field="number", most=LONGEST_NUMBER)
    waiting = OutgoingMessage.objects.filter(pk=row.pk, state=MessageState.TO_POST)
    posted = waiting.update(
        state=MessageState.POSTED,
        channel=MessageWay.LETTER.value,
        reached="",
        sent_at=at,
        posted_by=by.user_id,
        post_number=plain,
    )
    if not posted:
        raise RuleBroken(NO_LETTER)


@transaction.atomic
def send_again(*, message: int, matter: UUID, by: Actor, at: datetime) -> None:
    """Hand a message that did not arrive to the carrier once more, under the same key."""
    state = state_for(by, matter, at)
    row = OutgoingMessage.objects.select_for_update().filter(pk=message, matter=matter).first()
    if state is None or row is None or not may_open_identity(state, by, at):
        raise RuleBroken("not_found")
    if not may_send_again(MessageKind(row.kind), MessageState(row.state), row.failure, state):
        raise RuleBroken("message_not_failed")
    row.state, row.attempts, row.due_at, row.channel = MessageState.WAITING, 0, at, ""
    row.save(update_fields=["state", "attempts", "due_at", "channel"])


def _letter(letter: int, by: Actor) -> OutgoingMessage:
    row = OutgoingMessage.objects.filter(pk=letter, state=MessageState.TO_POST).first()
    if row is None or not by.roles & POSTERS:
        raise RuleBroken(NO_LETTER)
    return row


def _matter(row: OutgoingMessage, by: Actor, at: datetime) -> UUID:
    """The matter of a letter, for who may see it and whom it concerns."""
    state = state_for(by, row.matter, at) if row.matter else None
    if state is None or state.restricted or not may_open_identity(state, by, at):
        raise RuleBroken(NO_LETTER)
    if not reads_address(state, by, at):
        raise RuleBroken(NO_LETTER)
    return state.id
