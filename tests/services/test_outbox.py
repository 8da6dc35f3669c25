"""What leaves the house leaves it once in normal life, and again under the same key after a crash."""

import json
from datetime import timedelta

import pytest

from tests.cast import at
from xinfang.gateways.messages import FakeGateway, Message, NotDelivered
from xinfang.models import Installation, OutgoingMessage
from xinfang.services import outbox

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")


@pytest.fixture
def carrier(settings):
    """A house with a carrier of messages."""
    settings.XINFANG_SMS = "file"
    return FakeGateway()


def test_a_message_is_handed_over_once_and_again_only_after_a_crash(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)

    def second_worker(_message):
        carrier.then = None
        assert outbox.drain(gateway=carrier, at=NOW) == 0

    carrier.then = second_worker
    assert outbox.drain(gateway=carrier, at=NOW) == 1
    assert [m.effect_key for m in carrier.sent] == ["e"]
    OutgoingMessage.objects.create(
        effect_key="dead", channel="sms", address_sealed=b"", text_sealed=b"", due_at=NOW, attempts=10
    )
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(days=1)) == 0


def test_what_another_worker_took_in_the_meantime_is_left_to_it(cast, carrier):
    for key in ("a", "b"):
        outbox.enqueue(effect_key=key, matter=None, channel="sms", address="1", text="字", at=NOW)

    def second_worker(_message):
        carrier.then = None
        assert outbox.drain(gateway=carrier, at=NOW) == 1

    carrier.then = second_worker
    assert outbox.drain(gateway=carrier, at=NOW) == 1
    assert [m.effect_key for m in carrier.sent] == ["a", "b"]
    assert list(OutgoingMessage.objects.values_list("attempts", flat=True)) == [1, 1]


def test_who_dies_after_the_hand_over_hands_it_over_again_under_the_same_key(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)

    def die(_message):
        carrier.then = None
        raise SystemExit

    carrier.then = die
    with pytest.raises(SystemExit):
        outbox.drain(gateway=carrier, at=NOW)
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(minutes=1)) == 0
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(minutes=2)) == 1
    assert [m.effect_key for m in carrier.sent] == ["e", "e"]


def test_a_carrier_that_refuses_is_asked_again_later_and_later(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)
    carrier.broken = True
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    row = OutgoingMessage.objects.get()
    assert (row.failure, row.attempts, row.due_at) == ("fake", 1, NOW + timedelta(minutes=1))
    carrier.broken = False
    assert outbox.drain(gateway=carrier, at=row.due_at) == 1


def test_nothing_is_handed_to_a_carrier_that_is_not_there(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)
    assert outbox.drain(gateway=FakeGateway(is_there=False), at=NOW) == 0


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
    assert not outbox.carrier().is_there
    with pytest.raises(NotDelivered):
        outbox.carrier().send(Message("e", "sms", "1", "字"))
    Installation.objects.update(is_demo=True)
    assert outbox.carrier().is_there
    settings.XINFANG_SMS = "none"
    assert not outbox.carrier().is_there
