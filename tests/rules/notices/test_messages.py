"""What the petitioner hears outside the house, by which way, and when a message is given up."""

from datetime import timedelta

import pytest

from tests.rules.states import CHAIN, NOON, state
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import Channel
from xinfang.rules.matters.events import EventType
from xinfang.rules.notices.messages import (
    KINDS,
    MessageKind,
    MessageWay,
    Reach,
    due_at,
    kind_of,
    may_be_posted,
    pause_after,
    way_of,
)

BOTH = frozenset({MessageWay.SMS, MessageWay.MAIL})


def told(kind, **changes):
    return kind_of(happened(kind), state(**changes))


def happened(kind):
    return Event(
        chain=CHAIN, seq=2, type=kind, occurred_at=NOON, recorded_at=NOON, actor=1, role="", unit="", payload={},
    )  # fmt: skip


def test_only_what_the_petitioner_is_told_of_in_writing_or_must_know_at_once_speaks():
    silent = set(EventType) - set(KINDS)
    assert {told(kind) for kind in silent} == {None}
    assert told(EventType.REGISTERED) is MessageKind.RECEIPT
    assert told(EventType.NOT_ACCEPTED) is told(EventType.EXTENDED) is MessageKind.DOCUMENT
    assert told(EventType.OPINION_SERVED) is MessageKind.RESULT
    assert {EventType.URGENT_MARKED, EventType.SEALED_LATE, EventType.SIGHT_RESTRICTED, EventType.URGED} <= silent


@pytest.mark.parametrize(
    "about", [{"restricted": True}, {"sealed": True}, {"imported": True}, {"anonymous": True}, {"revoked_at": NOON}]
)
def test_a_matter_that_wants_secrecy_was_sealed_imported_or_taken_back_says_nothing(about):
    assert [told(kind, **about) for kind in KINDS] == [None] * len(KINDS)


def test_what_came_with_a_batch_waits_until_the_batch_cannot_be_taken_back():
    plain = state()
    assert due_at(happened(EventType.REGISTERED), plain) == NOON
    assert due_at(happened(EventType.REGISTERED), state(batch="b")) == plain.registered_at + timedelta(hours=24)
    late = state(batch="b", registered_at=NOON - timedelta(days=2))
    assert due_at(happened(EventType.ACCEPTED), late) == NOON


@pytest.mark.parametrize(
    ("reach", "carried", "way"),
    [
        (Reach(phone="1", address="甲村"), BOTH, "sms"),
        (Reach(phone="1", address="甲村"), frozenset(), None),
        (Reach(address="甲村"), BOTH, "letter"),
        (Reach(address="甲村"), frozenset(), "letter"),
        (Reach(mail="a@b"), BOTH, None),
        (Reach(), BOTH, None),
        (Reach("1", "a@b", "甲村", MessageWay.MAIL), BOTH, "mail"),
        (Reach("1", "a@b", "甲村", MessageWay.MAIL), frozenset({MessageWay.SMS}), "sms"),
        (Reach("1", "", "甲村", MessageWay.LETTER), BOTH, "letter"),
        (Reach("1", "", "", MessageWay.LETTER), BOTH, "sms"),
        (Reach("", "", "甲村", MessageWay.SMS), BOTH, "letter"),
        (Reach("1", "a@b", "甲村", MessageWay.NONE), BOTH, None),
    ],
)
def test_a_message_goes_as_asked_else_to_the_phone_else_on_paper(reach, carried, way):
    assert way_of(MessageKind.RESULT, Channel.VISIT, reach, carried) == way


def test_that_a_code_was_renewed_goes_to_the_phone_whatever_was_wished():
    for wish in MessageWay:
        reach = Reach("1", "a@b", "甲村", wish)
        assert way_of(MessageKind.CODE_RENEWED, Channel.VISIT, reach, BOTH) is MessageWay.SMS


def test_nobody_is_posted_the_receipt_that_they_hold_nor_a_code_of_five_minutes():
    at_home = Reach(address="甲村")
    assert way_of(MessageKind.RECEIPT, Channel.VISIT, at_home, BOTH) is None
    assert way_of(MessageKind.RECEIPT, Channel.LETTER, at_home, BOTH) is MessageWay.LETTER
    assert [may_be_posted(MessageKind.PHONE_CODE, channel) for channel in Channel] == [False] * len(Channel)
    assert may_be_posted(MessageKind.CODE_RENEWED, Channel.VISIT)


def test_pauses_grow_to_an_hour_and_end_after_ten_attempts():
    pauses = [pause_after(attempts, "too_many", lasting=False) for attempts in range(1, 11)]
    assert [pause and pause.total_seconds() / 60 for pause in pauses] == [1, 2, 4, 8, 16, 32, 60, 60, 60, None]


def test_what_may_have_been_taken_is_asked_once_more_and_what_lasts_never_again():
    assert pause_after(1, "no_answer", lasting=False) == timedelta(minutes=1)
    assert pause_after(2, "no_answer", lasting=False) is None
    assert pause_after(1, "number_refused", lasting=True) is None
