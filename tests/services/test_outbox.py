"""What leaves the house leaves it once in normal life, and again under the same key after a crash."""

import json
from datetime import timedelta

import pytest

from tests.cast import at
from tests.factories import moved, registered
from xinfang.gateways.messages import FakeGateway, Message, NotDelivered
from xinfang.models import Installation, Matter, OutgoingMessage
from xinfang.models.notices import MessageWish
from xinfang.models.protection import protect
from xinfang.rules.notices.messages import MessageKind
from xinfang.services import outbox

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
MINUTE = timedelta(minutes=1)
AWAY = [{"name": "周六", "address": "丙村二组"}]
DONE = "【群众工作服务中心】您登记的事项有了结果。凭回执上的单号和查询码可以看，也可以到窗口或者打电话问。"


@pytest.fixture
def carrier():
    """A carrier of text messages and e-mail."""
    return FakeGateway()


@pytest.fixture
def matter(cast):
    """A matter whose petitioner left a phone and an address; its own first message is out of the way."""
    found = registered(cast, NOW).matter
    OutgoingMessage.objects.all().delete()
    return found


def tell(matter, key="e", kind=MessageKind.RESULT, **changes):
    facts = {"at": NOW, "due_at": NOW, "facts": {}, **changes}
    outbox.write(kind=kind, matter=matter, effect_key=key, **facts)


def row(key="e"):
    return OutgoingMessage.objects.get(effect_key=key)


def test_a_message_is_handed_over_once_and_again_only_after_a_crash(matter, carrier):
    tell(matter)
    tell(matter)

    def second_worker(_message):
        carrier.then = None
        assert outbox.drain(gateway=carrier, at=NOW) == 0

    carrier.then = second_worker
    assert outbox.drain(gateway=carrier, at=NOW) == 1
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(days=1)) == 0
    (message,) = carrier.sent
    assert message == Message("e", "sms", "19900000001", DONE, "result", (), NOW)
    found = row()
    assert (found.state, found.channel, found.reached, found.sent_at) == ("sent", "sms", "199******01", NOW)
    assert (found.provider_id, found.maybe_twice) == ("fake-1", False)


def test_what_another_worker_took_in_the_meantime_is_left_to_it(matter, carrier):
    for key in ("a", "b"):
        tell(matter, key)

    def second_worker(_message):
        carrier.then = None
        assert outbox.drain(gateway=carrier, at=NOW) == 1

    carrier.then = second_worker
    assert outbox.drain(gateway=carrier, at=NOW) == 1
    assert [m.effect_key for m in carrier.sent] == ["a", "b"]
    assert list(OutgoingMessage.objects.values_list("attempts", flat=True)) == [1, 1]


def test_who_dies_after_the_hand_over_hands_it_over_again_under_the_same_key_and_says_so(matter, carrier):
    tell(matter)

    def die(_message):
        carrier.then = None
        raise SystemExit

    carrier.then = die
    with pytest.raises(SystemExit):
        outbox.drain(gateway=carrier, at=NOW)
    assert outbox.drain(gateway=carrier, at=NOW + MINUTE) == 0
    assert outbox.drain(gateway=carrier, at=NOW + 2 * MINUTE) == 1
    assert [m.effect_key for m in carrier.sent] == ["e", "e"]
    assert row().maybe_twice


def test_a_carrier_that_refuses_is_asked_again_later_and_later_and_then_the_post_has_it(matter, carrier):
    tell(matter)
    carrier.broken = True
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    assert (row().failure, row().attempts, row().due_at, row().state) == ("fake", 1, NOW + MINUTE, "waiting")
    while row().state == "waiting":
        outbox.drain(gateway=carrier, at=row().due_at)
    assert (row().state, row().attempts, row().failure, row().channel) == ("to_post", 10, "fake", "sms")
    assert row().due_at == NOW + timedelta(minutes=1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 + 60 + 2)
    assert not row().maybe_twice
    carrier.broken = False
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(days=9)) == 0


def test_a_number_that_cannot_be_reached_is_tried_once_and_fails_where_there_is_no_address(cast, carrier):
    matter = registered(cast, NOW, people=[{"name": "周六", "phone": "19900000006"}]).matter
    OutgoingMessage.objects.all().delete()
    tell(matter)
    carrier.broken, carrier.refusal = True, NotDelivered("number_refused", lasting=True)
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    assert (row().state, row().attempts, row().failure) == ("failed", 1, "number_refused")


def test_what_was_not_answered_is_asked_once_more_and_marked_as_perhaps_there_twice(matter, carrier):
    tell(matter)
    carrier.broken, carrier.refusal = True, NotDelivered("no_answer")
    outbox.drain(gateway=carrier, at=NOW)
    assert (row().state, row().maybe_twice) == ("waiting", False)
    outbox.drain(gateway=carrier, at=NOW + MINUTE)
    assert (row().state, row().attempts, row().maybe_twice) == ("to_post", 2, True)


def test_who_left_no_phone_gets_a_letter_that_waits_for_the_post(cast, carrier):
    matter = registered(cast, NOW, people=AWAY, channel="letter").matter
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    found = OutgoingMessage.objects.get(matter=matter)
    assert (found.kind, found.state, found.channel, found.attempts) == ("receipt", "to_post", "letter", 0)
    assert carrier.sent == []


@pytest.mark.parametrize(
    ("way", "mail", "gone_by", "to"),
    [
        ("mail", "li@example.cn", ["mail"], "l***@example.cn"),
        ("letter", "", [], ""),
        ("none", "", [], ""),
        ("mail", "", ["sms"], "199******01"),
    ],
)
def test_a_message_goes_as_the_petitioner_asked(matter, carrier, way, mail, gone_by, to):
    wish = MessageWish(matter_id=matter, way=way, at=NOW)
    wish.mail_sealed = protect(mail.encode(), wish.place) if mail else b""
    wish.save()
    assert str(wish) == f"{matter} {way}"
    tell(matter)
    outbox.drain(gateway=carrier, at=NOW)
    assert ([message.channel for message in carrier.sent], row().reached) == (gone_by, to)
    assert row().state == {"letter": "to_post", "none": "dropped"}.get(way, "sent")


@pytest.mark.parametrize("column", ["sealed", "restricted", "imported"])
def test_what_may_not_be_spoken_of_any_more_is_dropped_when_its_turn_comes(matter, carrier, column):
    tell(matter)
    Matter.objects.filter(pk=matter).update(**{column: True})
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    assert (row().state, row().failure, carrier.sent) == ("dropped", "may_not", [])


def test_without_a_carrier_a_message_is_dropped_and_does_not_go_out_months_later(matter):
    tell(matter)
    nobody = FakeGateway(channels=frozenset())
    assert outbox.drain(gateway=nobody, at=NOW) == 0
    assert (row().state, row().failure) == ("dropped", "no_sms_gateway")


def test_who_left_nothing_is_not_reached(cast, carrier):
    matter = registered(cast, NOW, people=[{"name": "周六"}]).matter
    tell(matter)
    outbox.drain(gateway=carrier, at=NOW)
    assert (row().state, row().failure) == ("dropped", "no_way")


def test_a_code_that_has_expired_is_not_sent_and_forgotten(matter, carrier):
    until = NOW + 5 * MINUTE
    outbox.enqueue_code(effect_key="c", matter=matter, phone="1", code="123456", at=NOW, until=until)
    carrier.broken = True
    outbox.drain(gateway=carrier, at=NOW)
    carrier.broken = False
    assert outbox.drain(gateway=carrier, at=until) == 0
    found = row("c")
    assert (found.state, found.failure) == ("dropped", "too_late")
    assert (bytes(found.text_sealed), bytes(found.address_sealed)) == (b"", b"")


def test_a_code_that_fails_for_good_is_not_posted(matter, carrier):
    outbox.enqueue_code(effect_key="c", matter=matter, phone="1", code="123456", at=NOW, until=NOW + 5 * MINUTE)
    carrier.broken, carrier.refusal = True, NotDelivered("number_refused", lasting=True)
    outbox.drain(gateway=carrier, at=NOW)
    found = row("c")
    assert (found.state, bytes(found.text_sealed)) == ("failed", b"")


SERVED = {
    "triage": {"kind": "claim", "nature": "general", "solvable": True, "lane": "disposal", "first_step": "先看一看"},
}


def test_the_events_of_a_matter_speak_and_the_others_are_silent(cast, carrier):
    receipt = registered(cast, NOW)
    moved(cast, receipt.matter, NOW, ("director", "triage", SERVED["triage"]))
    assert outbox.drain(gateway=carrier, at=NOW) == 1
    assert [(message.kind, message.values) for message in carrier.sent] == [("receipt", (receipt.number,))]
    assert receipt.number in carrier.sent[0].text
    assert receipt.code not in carrier.sent[0].text


def test_the_outbox_folder_holds_one_private_file_for_each_message(cast, settings, tmp_path):
    settings.XINFANG_OUTBOX, settings.XINFANG_SMS = tmp_path / "outbox", "file"
    for _time in range(2):
        outbox.carrier().send(Message("e", "sms", "1", "字"))
    (file,) = (tmp_path / "outbox").iterdir()
    assert json.loads(file.read_text()) == {"to": "1", "text": "字"}
    assert file.stat().st_mode & 0o777 == 0o600
    settings.XINFANG_OUTBOX = tmp_path / "outbox" / file.name
    with pytest.raises(NotDelivered):
        outbox.carrier().send(Message("e", "sms", "1", "字"))


def test_a_house_without_a_carrier_says_so_and_a_demo_has_its_outbox(cast, settings):
    assert not outbox.texts_go_out()
    with pytest.raises(NotDelivered):
        outbox.carrier().send(Message("e", "sms", "1", "字"))
    Installation.objects.update(is_demo=True)
    assert outbox.texts_go_out()
    settings.XINFANG_SMS = "none"
    assert not outbox.texts_go_out()
